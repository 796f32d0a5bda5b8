"""``sijeong import``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click
from django.utils import timezone

from sijeong.cases.actions import import_cases
from sijeong.cases.incoming import Reading, understand
from sijeong.cases.models import CaseTypeVersion
from sijeong.cases.tasks import report
from sijeong.documents.sniff import kind_of
from sijeong.org.models import Government
from sijeong.site.console import Day, Operator, chosen, government_option
from sijeong.site.progress import bar

type_argument = click.argument("type_code", metavar="종류")


def version_of(government: Government, asked: str) -> CaseTypeVersion:
    """The applied type called ``asked``: its code, its name, or a part of its code (findings)."""
    versions = list(CaseTypeVersion.objects.filter(government=government, current=True).order_by("code"))
    for fits in (
        [each for each in versions if asked in {each.code, each.name}],
        [each for each in versions if asked.removesuffix("s") in each.code],
    ):
        if len(fits) == 1:
            return fits[0]
    known = ", ".join(f"{each.code} {each.name}" for each in versions) or "없음 (먼저 sijeong catalog apply)"
    raise click.UsageError(f"사안 종류 {asked!r}: 하나를 고를 수 없습니다. 있는 종류: {known}")


def _print(reading: Reading, taken: int | None) -> None:
    told = report(reading)
    click.echo(f"새 사안 {told['new']}건, 이미 있는 것 {told['known']}건, 고칠 칸 {told['refused']}개")
    for name, counts in (("구분", reading.by_kind), ("추진상황", reading.by_outcome)):
        if counts:
            click.echo(f"  {name}: " + ", ".join(f"{kind} {count}" for kind, count in counts.items()))
    click.echo(f"  협조부서가 있는 사안 {told['joint']}건, 날짜가 있는 향후계획 {told['promises']}건")
    for refusal in reading.refusals:
        click.echo(f"  {refusal.place}: {refusal.value!r}: {refusal.why}", err=True)
    if taken is not None:
        click.echo(f"{taken}건을 가져왔습니다.")


@click.command("import")
@type_argument
@click.argument("path", metavar="파일", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--received-on",
    type=Day(),
    metavar="날짜",
    help="접수일 열이 없을 때의 접수일. 기본은 오늘.",
)
@click.option("--label", default="", metavar="글", help="회차나 출처. 일지에 남습니다.")
@click.option("--dry-run", is_flag=True, help="확인만 하고 가져오지 않습니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")
@government_option
def import_(
    *, type_code: str, path: Path, received_on: dt.date | None, label: str, dry_run: bool, as_json: bool,
    government: str | None,
) -> None:  # fmt: skip
    """XLSX나 CSV 파일의 사안을 모두 가져오거나, 고칠 칸이 있으면 하나도 가져오지 않고 어디인지 보입니다.

    \b
    sijeong import findings 처리요구사항.xlsx --dry-run
    """
    place = chosen(government)
    version = version_of(place, type_code)
    with path.open("rb") as stream:
        kind = kind_of(stream) or "unknown"
    day = received_on or timezone.localdate()
    if day > timezone.localdate():
        raise click.UsageError(f"--received-on {day}: 아직 오지 않은 날입니다.")
    reading = understand(government=place, version=version, path=path, kind=kind, received_on=day)
    taken = None
    if not dry_run and not reading.refusals:
        with bar("가져오기") as progress:
            taken = import_cases(
                government=place,
                reading=reading,
                source=f"{label} {path.name}".strip(),
                by=Operator(),
                progress=progress,
            )
    if as_json:
        click.echo(json.dumps(report(reading) | {"taken": taken}, ensure_ascii=False, indent=1, default=str))
    else:
        _print(reading, taken)
    raise SystemExit(1 if reading.refusals else 0)
