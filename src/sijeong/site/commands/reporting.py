"""``sijeong report``: work reports built from the records, and their files, by the door that the page has."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sijeong.audit.models import Actor
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import viewer_for
from sijeong.reports import access, actions
from sijeong.reports.building import designs
from sijeong.reports.models import WorkReport
from sijeong.reports.writing import FORMATS, write
from sijeong.site.console import Day, Operator, chosen, government_option


class Formats(click.ParamType):
    """hwpx,pdf"""

    name = "형식"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        asked = value if isinstance(value, tuple) else tuple(str(value).replace(" ", "").split(","))
        unknown = [each for each in asked if each not in FORMATS]
        if unknown:
            self.fail(f"{', '.join(unknown)!r}: {', '.join(FORMATS)} 가운데 고르십시오.", param, ctx)
        return asked


_out = click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="폴더",
    help="파일을 둘 곳.",
)
_formats = click.option(
    "--formats", type=Formats(), default=FORMATS, metavar="hwpx,pdf", help="쓸 형식. 기본은 다섯 가지 모두."
)


def _actor(name: str | None, unit: Unit) -> Actor:
    """The machine's user, or the named person with the rights that they have today."""
    if name is None:
        return Operator()
    user = User.objects.filter(username=name, government=unit.government, is_active=True).first()
    if user is None:
        raise click.UsageError(f"--as {name!r}: 이 자치단체에 없는 사람입니다.")
    viewer = viewer_for(user, timezone.localdate())
    if not access.writes(viewer, unit):
        raise click.UsageError(f"--as {name!r}: {unit}의 업무보고를 쓸 수 없는 사람입니다.")
    return viewer


def _unit(place: Government, asked: str) -> Unit:
    living = Unit.objects.filter(government=place, valid_to=None, level__in=access.LEVELS)
    found = list(living.filter(Q(name=asked) | Q(code=asked)).select_related("government")[:2])
    if len(found) != 1:
        raise click.UsageError(
            f"--unit {asked!r}: 그런 실·국이나 과가 {'여럿입니다' if found else '없습니다'}."
        )
    return found[0]


def _refused(error: actions.ReportsRefused) -> SystemExit:
    click.echo(f"만들 수 없습니다 ({len(error.reasons)})", err=True)
    for reason in error.reasons:
        click.echo(f"  {reason}", err=True)
    return SystemExit(1)


def _written(report: WorkReport, formats: tuple[str, ...], out: Path) -> None:
    """Write the frozen content; a file that was handed over is compared with what it was then."""
    whole = actions.kept(report)
    out.mkdir(parents=True, exist_ok=True)
    handed = dict(report.editions.values_list("format", "file__sha256"))
    for format_ in formats:
        data = write(whole, format_, settings.PRINT_FONTS, settings.ADDRESS)
        path = out / report.file_name(format_)
        path.write_bytes(data)
        same = {True: " (내준 파일과 같음)", False: " (내준 파일과 바이트가 다름)"}
        told = same[handed[format_] == hashlib.sha256(data).hexdigest()] if format_ in handed else ""
        click.echo(f"{path}: {len(data):,}바이트{told}")
    click.echo(f"보고서 {report.pk}, {report.get_state_display()}, 지문 {report.digest}")


@click.command()
@click.argument("design", metavar="서식")
@click.option("--unit", required=True, metavar="부서", help="이름이나 부호.")
@click.option("--base-date", type=Day(), metavar="날짜", help="기준일. 기본은 오늘.")
@click.option("--occasion", default="", metavar="회기", help="예: 제330회 정례회")
@click.option("--as", "name", metavar="아이디", help="누구의 이름으로 만들지. 기본은 명령줄.")
@_formats
@_out
@government_option
def build(
    *, design: str, unit: str, base_date: dt.date | None, occasion: str, name: str | None,
    formats: tuple[str, ...], out: Path, government: str | None,
) -> None:  # fmt: skip
    """기록에서 업무보고를 만들어 굳히고 결재에 올린 뒤 파일로 씁니다. 맞지 않는 수가 있으면 목록을 보이고 아무것도 남기지 않습니다.

    \b
    sijeong report build work_report --unit 총무과 --base-date 2026-10-31 --out 보고
    """
    place = chosen(government)
    known = designs(place)
    if design not in known:
        raise click.UsageError(f"서식 {design!r}: 없습니다. 있는 서식: {', '.join(known)}")
    whose = _unit(place, unit)
    by = _actor(name, whose)
    try:
        with transaction.atomic():
            made = actions.make_report(
                unit=whose, design=design, title=known[design].title, occasion=occasion[:60],
                base_on=base_date or timezone.localdate(), by=by,
            )  # fmt: skip
            report = actions.freeze(report=made, by=by)
        _written(report, formats, out)
    except actions.ReportsRefused as error:
        raise _refused(error) from error


@click.command("write")
@click.argument("number", type=int, metavar="번호")
@_formats
@_out
@government_option
def rewrite(*, number: int, formats: tuple[str, ...], out: Path, government: str | None) -> None:
    """굳힌 보고서를 다시 파일로 씁니다. 굳힌 내용이 그 지문과 다르면 쓰지 않습니다."""
    place = chosen(government)
    report = WorkReport.objects.filter(government=place, pk=number).select_related("unit").first()
    if report is None:
        raise click.UsageError(f"번호 {number}: {place}의 업무보고에 없습니다.")
    try:
        _written(report, formats, out)
    except actions.ReportsRefused as error:
        raise _refused(error) from error


@click.command("list")
@government_option
def list_(government: str | None) -> None:
    """업무보고를 새것부터 보입니다."""
    found = WorkReport.objects.filter(government=chosen(government)).select_related("unit").order_by("-pk")
    for report in found:
        click.echo(
            f"{report.pk:>5} {report} {report.occasion} {report.get_state_display()} {report.digest[:12]}"
        )
