"""A kept run as a workbook: every figure beside the digests it is repeated by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import xlsxwriter

from .figures import groups
from .models import Simulation
from .rules.plans import Beside
from .rules.population import Assumptions
from .rules.results import CAUTION, PLAN_HEAD, group_label, plan_rows
from .rules.tally import GROUPS

SUMMARY = ["지원", "대상자", "받을 사람", "금액(원)", "신청 비율(낮게, %)", "신청 비율(%)", "신청 비율(높게, %)",
           "신청할 사람(낮게)", "신청할 사람", "신청할 사람(높게)", "드는 돈(낮게)", "드는 돈", "드는 돈(높게)", "더 알아야 함",
           "함께 못 받음", "자리", "자리가 다 차는 날", "예산", "예산이 다 되는 날"]  # fmt: skip


def write(out: IO[bytes], simulation: Simulation, given: Assumptions) -> None:
    """Summary, months, groups, reform, plans, assumptions, and what it is repeated by."""
    result = simulation.result
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        told = list(result["benefits"].values())
        _sheet(book, "요약", SUMMARY, map(_summary, told))
        _sheet(book, "월별", ["지원", "월", "받을 사람", "금액(원)"], (
            [one["korean"], month, *one["months"][month - 1]] for one in told for month in range(1, 13)
        ))  # fmt: skip
        for key, korean in GROUPS.items():
            _sheet(book, korean, ["지원", korean, "받을 사람", "금액(원)"], (
                [one["korean"], *row] for one in told for group in groups(one, given) if group.key == key
                for row in group.rows
            ))  # fmt: skip
        if result["reform"]:
            _reform(book, simulation, given)
        _sheet(book, "계획과 비교", PLAN_HEAD, plan_rows(Beside(**one) for one in result["planned"]))
        _sheet(book, "가정", ["이름", "값", "근거"], given.lines())
        _sheet(book, "재현", ["이름", "값"], _sources(simulation))


def _summary(one: dict[str, Any]) -> list[Any]:
    quota, days = one["quota"] or {}, one.get("budget_days") or [None, None, None]
    return [
        one["korean"], one["entitled"], one["recipients"], one["won"], *(rate / 100 for rate in one["take_up"]),
        *one["persons"], *one["spent"], one["unknown"], one["excluded"], quota.get("places", ""),
        quota.get("day") or "", one["budget"] or "", days[1] or "",
    ]  # fmt: skip


def _reform(book: Any, simulation: Simulation, given: Assumptions) -> None:
    reform, named = simulation.result["reform"], simulation.result["benefits"]
    head = [
        "지원",
        "늘어나는 사람",
        "줄어드는 사람",
        "늘어나는 돈(원)",
        "줄어드는 돈(원)",
        "지금(원)",
        "바꾼 뒤(원)",
        "차이(원)",
    ]
    keys = ("winners", "losers", "gained", "lost", "before", "after", "cost")
    _sheet(
        book, "개편 요약", head, ([named[n]["korean"], *(one[k] for k in keys)] for n, one in reform.items())
    )
    _sheet(book, "개편 집단별", ["지원", "나눔", "집단", "늘어나는 사람", "줄어드는 사람", "차이(원)"], (
        [named[name]["korean"], GROUPS[key], group_label(key, int(code), given.districts), *values]
        for name, one in reform.items() for key, told in one["groups"].items() for code, values in told.items()
    ))  # fmt: skip


def _sources(simulation: Simulation) -> list[list[Any]]:
    asked = simulation.request
    return [
        ["주의", "올린 자료로 셈한 값입니다." if simulation.file else CAUTION], ["이름", simulation.title],
        ["해", simulation.year], ["사람", simulation.result["people"]],
        *([key, str(asked[key])] for key in ("against", "changes", "take_up", "budget", "population") if asked.get(key)),
        *([f"SHA-256 {key}" if len(value) > 20 else key, value] for key, value in simulation.digests.items()),
    ]  # fmt: skip


def _sheet(book: Any, name: str, head: list[str], rows: Iterable[Any]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    number = book.add_format({"num_format": "#,##0.##"})
    sheet.set_column(0, len(head) - 1, 18)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, head, bold)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, str(value))  # never a formula, whatever the text begins with
