"""`sijeong read`, `sijeong check`, `sijeong compare`: work reports on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sijeong.reports.checks import Checked, check, study
from sijeong.reports.checks.export import FACTS, as_html, as_json, left_out, plain
from sijeong.reports.checks.verdicts import KOREAN, SERIOUS, SUSPICIOUS
from sijeong.reports.facts.compare import compare
from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Unreadable

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")


def _each(files: tuple[Path, ...], show: Callable[[Path, Checked], None]) -> tuple[list[Checked], bool]:
    """Every readable file checked and shown; True if one could not be read (one line says why)."""
    done: list[Checked] = []
    failed = False
    for path in files:
        try:
            checked = check(read(sys.stdin.buffer.read() if str(path) == "-" else path))
        except Unreadable as error:
            failed = True
            click.echo(f"{path}: {error}", err=True)
            continue
        show(path, checked)
        done.append(checked)
    return done, failed


@click.command("read")
@_FILES
@click.option("--json", "form", flag_value="json", help="모든 내용을 JSON으로")
@click.option("--html", "form", flag_value="html", help="사실과 점검 결과를 한 쪽의 HTML로")
def read_command(files: tuple[Path, ...], form: str | None) -> None:
    """업무보고를 읽어 사실로 보입니다(HWPX, HWP, PDF, DOCX, 마크다운, 텍스트, HTML). 파일 대신 -를 주면 표준 입력을 읽습니다."""
    collected: list[dict[str, Any]] = []

    def show(path: Path, checked: Checked) -> None:
        if form == "json":
            collected.append({"file": str(path), **as_json(checked)})
        elif form == "html":
            click.echo(as_html(path.name, checked))
        else:
            _summary(path, checked)

    _, failed = _each(files, show)
    if form == "json":
        click.echo(json.dumps(collected, ensure_ascii=False, indent=1))
    if failed:
        sys.exit(2)


def _summary(path: Path, checked: Checked) -> None:
    document = checked.reading.document
    click.echo(
        f"{path}: {document.format}, 문단 {len(document.paragraphs):,}개, 표 {len(document.tables):,}개"
    )
    if line := left_out(document):
        click.echo(f"  {line}")
    for name, title in FACTS.items():
        facts = getattr(checked.facts, name)
        if facts:
            click.echo(f"  {title} {len(facts)}건")
            for fact in facts:
                click.echo(f"    - {_line(plain(fact))}")


def _line(fact: dict[str, Any]) -> str:
    """One fact on one line: its filled fields, the place last."""
    place = fact.pop("place", {"text": ""})
    said = [f"{name}={_short(value)}" for name, value in fact.items() if value not in ("", None, [], {})]
    return ", ".join(said) + f" [{place['text']}]"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--all", "everything", is_flag=True, help="반올림·버림도 보임")
@click.option("--json", "as_data", is_flag=True, help="결과를 JSON으로")
@click.option(
    "--study", "study_path", type=click.Path(path_type=Path), help="오류를 심어 얼마나 찾는지 재어 파일로 씀"
)
@click.option("--trials", default=1000, show_default=True, help="--study에서 심을 오류의 수")
def check_command(
    files: tuple[Path, ...], everything: bool, as_data: bool, study_path: Path | None, trials: int
) -> None:
    """서로 맞아야 하는 숫자를 모두 점검합니다. 오류가 있으면 1, 읽지 못한 파일이 있으면 2로 끝납니다.
    파일 대신 -를 주면 표준 입력을 읽습니다.
    """
    if study_path is not None:
        study_path.write_text(study.report(trials), encoding="utf-8")
        return
    if not files:
        raise click.UsageError("점검할 파일을 하나 이상 주세요.")
    collected: list[dict[str, Any]] = []

    def show(path: Path, checked: Checked) -> None:
        if as_data:
            collected.append({"file": str(path), "tried": checked.tried, "verdicts": plain(checked.verdicts)})
            return
        kinds = KOREAN if everything else (*SERIOUS, SUSPICIOUS)
        shown = [verdict for verdict in checked.verdicts if verdict.kind in kinds]
        click.echo(f"{path}: 관계 {checked.tried:,}개 점검, 오류 {len(checked.serious)}건")
        if line := left_out(checked.reading.document):
            click.echo(f"  {line}")
        for verdict in shown:
            click.echo(f"  {verdict}")

    done, failed = _each(files, show)
    if as_data:
        click.echo(json.dumps(collected, ensure_ascii=False, indent=1))
    if failed:
        sys.exit(2)
    if any(checked.serious for checked in done):
        sys.exit(1)


@click.command("compare")
@click.argument("then", type=click.Path(path_type=Path))
@click.argument("now", type=click.Path(path_type=Path))
def compare_command(then: Path, now: Path) -> None:
    """같은 부서의 두 업무보고를 견줍니다: 바뀐 숫자, 새것, 사라진 것, 약속했으나 언급이 없는 것."""
    done, failed = _each((then, now), lambda path, checked: None)
    if failed:
        sys.exit(2)
    result = compare(done[0].facts, done[1].facts)
    click.echo(f"바뀐 것 {len(result.changed)}건")
    for change in result.changed:
        more = f" ({change.difference})" if change.difference else ""
        click.echo(f"  {change.what}: {change.then} → {change.now}{more}")
    for title, lines in (
        ("새로 나온 것", result.new),
        ("사라진 것", result.gone),
        ("약속했으나 언급이 없는 것", result.silent),
    ):
        click.echo(f"{title} {len(lines)}건")
        for line in lines:
            click.echo(f"  {line}")


commands = (read_command, check_command, compare_command)
