"""`sijeong due`: a statutory period on the command line, with the steps that lead to its end."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from sijeong.legaltime import KST, Calendar, LegalTimeError, Length, Rule, Term, Unit, count
from sijeong.legaltime.proclaimed import FILE
from sijeong.legaltime.wording import full_day, full_moment

DEFAULT_CITY = Path("cities/seoul")


@click.command("due")
@click.argument("start", metavar="날짜")
@click.option("--rule", default="civil", show_default=True, metavar="|".join(Rule), help="세는 규칙")
@click.option("--hours", metavar="N", help="기간: 시간 (petition은 근무시간)")
@click.option("--days", metavar="N", help="기간: 일")
@click.option("--weeks", metavar="N", help="기간: 주")
@click.option("--months", metavar="N", help="기간: 개월")
@click.option("--years", metavar="N", help="기간: 년")
@click.option("--at", metavar="HH:MM", help="시작한 시각 (한국 시각). 00:00이면 첫날도 셉니다")
@click.option("--extend", metavar="N", help="같은 단위로 연장")
@click.option("--against", is_flag=True, help="burden대로 세면 국민에게 불리한 경우")
@click.option(
    "--city", type=click.Path(path_type=Path), metavar="폴더", help=f"도시 폴더 (기본: {DEFAULT_CITY})"
)
@click.option("--json", "as_json", is_flag=True, help="JSON으로 출력")
@click.pass_context
def due(
    context: click.Context,
    *,
    start: str,
    rule: str,
    at: str | None,
    extend: str | None,
    against: bool,
    city: Path | None,
    as_json: bool,
    **amounts: str | None,
) -> None:
    """법정 기간이 언제 끝나는지, 어떻게 세었는지 보여 줍니다.

    \b
    sijeong due 2024-09-12 --days 10 --rule civil
    sijeong due 2024-09-12 --at 14:30 --days 3 --rule petition
    """
    try:
        length = _length(amounts)
        calendar = _calendar(city)
        term = count(rule=rule, start=_start(start, at), length=length, calendar=calendar, against=against)
        if extend is not None:
            term = term.extended(Length(_number(extend), length.unit), reason="", calendar=calendar)
    except LegalTimeError as error:
        click.echo(f"오류: {error}", err=True)
        context.exit(2)
    click.echo(json.dumps(term.as_json(), ensure_ascii=False, indent=2) if as_json else _page(term))


def _page(term: Term) -> str:
    end = full_moment(term.last_day, term.last_moment) if term.last_moment else full_day(term.last_day)
    rows = [
        ("규칙", f"{term.rule.korean} ({term.rule})"),
        ("근거", term.article),
        ("기간", " + ".join(str(part) for part in (term.length, *(e.length for e in term.extensions)))),
        ("말일", end + (" 잠정" if term.provisional else "")),
        ("달력", term.calendar_version),
    ]
    steps = [f"{number:>3}. {step.text}" for number, step in enumerate(term.steps, 1)]
    return "\n".join([*(f"{name}  {value}" for name, value in rows), "", *steps])


def _start(day: str, at: str | None) -> dt.date:
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        raise LegalTimeError(f"날짜 {day!r}: 달력에 있는 날짜를 2024-09-12처럼 적어 주십시오.") from None
    if at is None:
        return date
    try:
        hour, minute = at.split(":")
        return dt.datetime.combine(date, dt.time(int(hour), int(minute)), KST)
    except ValueError:
        raise LegalTimeError(f"시각 {at!r}: 00:00부터 23:59까지 14:30처럼 적어 주십시오.") from None


def _length(amounts: dict[str, str | None]) -> Length:
    given = [(amount, unit) for unit, amount in amounts.items() if amount is not None]
    if len(given) != 1:
        said = " ".join(f"--{unit} {amount}" for amount, unit in given) or "없음"
        allowed = ", ".join(f"--{unit}" for unit in Unit)
        raise LegalTimeError(f"기간 {said}: {allowed} 가운데 하나를 주십시오.")
    [(amount, unit)] = given
    return Length(_number(amount), Unit(unit))


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise LegalTimeError(f"기간 {text!r}: 자연수여야 합니다.") from None


def _calendar(city: Path | None) -> Calendar:
    """Of the city asked for; else of Seoul, where its folder is at hand; else of Korea alone."""
    if city is not None:
        return Calendar.from_folder(city)
    return Calendar.from_folder(DEFAULT_CITY) if (DEFAULT_CITY / FILE).exists() else Calendar.korea()
