"""``sijeong export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sijeong.cases.exports import SheetKind, write_cases
from sijeong.cases.models import Case
from sijeong.site.commands.importing import type_argument, version_of
from sijeong.site.console import chosen, government_option


@click.command()
@type_argument
@click.argument("path", metavar="파일", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@government_option
def export(type_code: str, path: Path, government: str | None) -> None:
    """한 종류의 사안을 XLSX나 CSV로 씁니다. 가져오기가 읽는 열 뒤에 상태와 기한 같은 열이 읽기 전용으로 붙으며, - 는 CSV를 표준 출력으로 보냅니다."""
    place = chosen(government)
    version = version_of(place, type_code)
    cases = Case.objects.filter(government=place, type_code=version.code)
    if str(path) == "-":
        write_cases(version.case_type, cases, sys.stdout.buffer, SheetKind.CSV)
        return
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise click.UsageError(f"{path}: 파일 이름은 .xlsx 나 .csv 로 끝나야 합니다.")
    with path.open("wb") as out:
        write_cases(version.case_type, cases, out, SheetKind(path.suffix.lower().removeprefix(".")))
    click.echo(f"{path}: {cases.count():,}건")
