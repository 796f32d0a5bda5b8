"""Who works at the command line, and for which government."""

from __future__ import annotations

import datetime as dt
import getpass
from dataclasses import dataclass, field
from typing import Any

import click

from sijeong.org.models import Government


@dataclass(frozen=True)
class Operator:
    """As the journal keeps it: no account of the city, but the machine's user."""

    pk: None = None
    label: str = field(default_factory=lambda: f"명령줄({getpass.getuser()})")


def chosen(code: str | None) -> Government:
    """The government asked for, or the only one that stands under no other."""
    governments = Government.objects.order_by("pk")
    if not governments:
        raise click.UsageError("자치단체가 없습니다: 먼저 sijeong found 를 실행하십시오.")
    known = ", ".join(f"{each.code} {each.name}" for each in governments)
    fitting = governments.filter(code=code) if code else governments.filter(parent=None)
    if len(fitting) > 1:
        raise click.UsageError(f"자치단체가 여럿입니다: --government 로 하나를 고르십시오. 있는 것: {known}")
    if not fitting:
        raise click.UsageError(f"자치단체 {code!r} 이(가) 없습니다. 있는 것: {known}")
    return fitting[0]


class Day(click.ParamType):
    """A date as offices and ISO 8601 write it: 2024-09-12."""

    name = "날짜"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: 달력에 있는 날짜를 2024-09-12처럼 적으십시오.", param, ctx)


government_option = click.option(
    "--government", metavar="부호", help="어느 자치단체인지. 기본은 맨 위의 하나."
)
