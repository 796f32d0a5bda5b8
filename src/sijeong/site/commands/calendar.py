"""``sijeong calendar plan`` and ``sijeong calendar apply``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import orjson

from sijeong.cases.actions import plan_calendar, recalendar
from sijeong.cases.actions.recalendaring import CalendarPlan
from sijeong.cases.korean import day
from sijeong.cases.models import Case
from sijeong.site.console import Operator, chosen, government_option

json_option = click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")


def as_json(plan: CalendarPlan) -> dict[str, Any]:
    """The plan as data: every open case counted by another calendar, moving or not."""
    numbers = _numbers(plan)
    return {
        "applied": plan.applied.version if plan.applied else None, "version": plan.version,
        "days": [{"day": c.day, "before": c.before, "after": c.after} for c in plan.days],
        "moving": [{"case": numbers[t.pk], "before": t.before, "due_on": t.due_on} for t in plan.moving],
        "staying": {why: [numbers[t.pk] for t in terms] for why, terms in plan.staying.items()},
    }  # fmt: skip


def lines(plan: CalendarPlan) -> Iterator[str]:
    """The plan as people read it; nothing where there is nothing to do."""
    if not plan:
        return
    numbers = _numbers(plan)
    yield from (f"* {changed}" for changed in plan.days)
    yield from (f"~ {numbers[t.pk]} {day(t.before)} → {day(t.due_on)}" for t in plan.moving)
    yield from (f"  옮기지 않음 {len(terms)}건: {why}" for why, terms in plan.staying.items())
    yield f"기한이 옮겨지는 사안 {len(plan.moving)}건."


def _numbers(plan: CalendarPlan) -> dict[int, str]:
    terms = {term.pk for term in plan.terms}
    return dict(Case.objects.filter(open=True, pk__in=terms).values_list("pk", "number"))


def _tell(plan: CalendarPlan, data: bool) -> None:
    if data:
        click.echo(orjson.dumps(as_json(plan), option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo("\n".join(lines(plan)) or "옮길 기한이 없습니다.")


@click.command()
@government_option
@json_option
def plan(government: str | None, as_json: bool) -> None:
    """휴일 파일을 적용하면 어느 기한이 옮겨지는지 보입니다. 아무것도 바꾸지 않습니다."""
    _tell(plan_calendar(chosen(government)), as_json)


@click.command()
@government_option
@json_option
def apply(government: str | None, as_json: bool) -> None:
    """휴일 파일대로 처리 중인 사안의 기한을 모두 옮기고 알립니다. 두 번 적용해도 같습니다."""
    _tell(recalendar(government=chosen(government), by=Operator()), as_json)
