"""``sijeong catalog check``: needs no database and no settings."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from sijeong.catalog import CatalogError, read_city
from sijeong.legaltime import Calendar, LegalTimeError


@click.command()
@click.argument("folder", metavar="도시폴더", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")
def check(folder: Path, as_json: bool) -> None:
    """도시 폴더를 읽고, 잘못된 곳을 파일과 줄로 보입니다. 잘못이 있으면 1로 끝납니다."""
    faults, problems = [], []
    try:
        city = read_city(folder)
    except CatalogError as error:
        faults, problems = [str(one) for one in error.problems], [asdict(one) for one in error.problems]
    try:
        if folder.is_dir():
            Calendar.from_folder(folder)
    except LegalTimeError as error:
        faults.append(str(error))
        problems.append({"file": "holidays.yaml", "what": str(error)})
    if as_json:
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=1))
    elif faults:
        click.echo("\n".join(faults), err=True)
    else:
        click.echo(f"{city.name}: 사안 유형 {len(city.case_types)}개, 잘못이 없습니다.")
    raise SystemExit(1 if faults else 0)
