"""``sijeong catalog plan`` and ``sijeong catalog apply``."""

from __future__ import annotations

import json

import click
from django.conf import settings

from sijeong.allocation.actions import adopt_folder
from sijeong.cases.actions import apply_catalog, plan_calendar
from sijeong.cases.actions.catalogue import applied_types
from sijeong.catalog import City, Plan, read_city
from sijeong.catalog import plan as compared
from sijeong.org.models import Government
from sijeong.site.commands import calendar
from sijeong.site.console import Operator, chosen, government_option

json_option = click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")


def folder_of(government: Government) -> City:
    """The government's city folder, read and checked. Raises CatalogError."""
    return read_city(settings.CITIES / government.city)


def _tell(changes: Plan, as_json: bool) -> None:
    click.echo(json.dumps(changes.as_json(), ensure_ascii=False, indent=1) if as_json else str(changes))


@click.command()
@government_option
@json_option
def plan(government: str | None, as_json: bool) -> None:
    """도시 폴더를 적용하면 무엇이 바뀌는지 보입니다. 아무것도 바꾸지 않습니다."""
    place = chosen(government)
    changes, terms = compared(applied_types(place), folder_of(place).case_types), plan_calendar(place)
    if as_json:
        told = {**changes.as_json(), "calendar": calendar.as_json(terms)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    _tell(changes, as_json)
    if terms:
        click.echo("\n".join([*calendar.lines(terms), "기한은 따로 옮깁니다: sijeong calendar apply"]))


@click.command()
@government_option
@json_option
def apply(government: str | None, as_json: bool) -> None:
    """도시 폴더의 사안 유형과 배정 정의를 새 판으로 적용합니다. 두 번 적용해도 같습니다."""
    place = chosen(government)
    _tell(apply_catalog(government=place, city=folder_of(place), by=Operator()), as_json)
    for scheme in adopt_folder(government=place, folder=settings.CITIES / place.city, by=Operator()):
        click.echo(f"배정 정의: {scheme.code} 제{scheme.number}판 {scheme.title}", err=as_json)
