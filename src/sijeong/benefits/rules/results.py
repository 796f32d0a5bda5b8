"""Writes simulations and reforms as XLSX and text: every figure with the digests it can be reproduced
from."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from sijeong.benefits.rules.plans import Beside, planned_beside
from sijeong.benefits.rules.population import Assumptions
from sijeong.benefits.rules.rulebook import Rulebook
from sijeong.benefits.rules.simulate import Reform, Simulation
from sijeong.benefits.rules.tally import GROUPS

PLAN_HEAD = [
    "지원", "계획한 해", "계획", "단위", "셈한 사람", "시 전체(낮게)", "시 전체", "시 전체(높게)", "셈한 법", "다른 까닭",
]  # fmt: skip
CAUTION = "합성 인구로 셈한 값이며 실제 자료가 아닙니다."
_LABELS = {
    "female": {0: "남", 1: "여"},
    "welfare": {0: "해당 없음", 1: "생계급여", 2: "차상위"},
}


def plan_rows(beside: Iterable[Beside]) -> Iterator[list[Any]]:
    """Plans as rows under `PLAN_HEAD`."""
    for one in beside:
        kind = "표본에서 늘려 잡음" if one.sample else "전부 셈"
        counts = [one.planned, one.unit, one.counted, one.low, one.expected, one.high]
        yield [one.korean, one.plan_year, *counts, kind, one.remark]


def group_label(group: str, key: int, districts: dict[int, str]) -> str:
    if group == "district":
        return districts.get(key, str(key))
    if group == "age":
        return f"{key * 10}대" if key else "10세 미만"
    return _LABELS[group].get(key, str(key))


def summary_rows(rulebook: Rulebook, result: Simulation) -> list[list[Any]]:
    """One row a benefit: name, entitled, recipients, won, unknown, excluded, places, day the places run
    out."""
    rows = []
    for name, tally in result.tallies.items():
        quota = result.quotas.get(name)
        day = quota.day.isoformat() if quota and quota.day else ""
        counts = [tally.eligible, tally.recipients, tally.amount, tally.unknown, tally.excluded]
        rows.append([rulebook[name].korean, *counts, quota.places if quota else "", day])
    return rows


def write_simulation(
    path: Path, rulebook: Rulebook, result: Simulation, given: Assumptions, whole: int | None = None
) -> None:
    """Write a simulation as a workbook: summary, months, groups, plans, assumptions, sources.

    `whole`: persons of the city, where the population may be a sample of it.
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        head = [
            "지원",
            "대상자",
            "받는 사람",
            "금액(원)",
            "더 알아야 함",
            "함께 못 받음",
            "자리",
            "자리가 다 차는 날",
        ]
        _sheet(book, "요약", head, summary_rows(rulebook, result))
        _sheet(book, "월별", ["지원", "월", "받는 사람", "금액(원)"], (
            [rulebook[name].korean, month, count, won]
            for name, tally in result.tallies.items()
            for month, count, won in tally.months(result.year)
        ))  # fmt: skip
        for group, korean in GROUPS.items():
            _sheet(book, korean, ["지원", korean, "받는 사람", "금액(원)"], (
                [rulebook[name].korean, group_label(group, key, given.districts), *tally.by_group[group][key]]
                for name, tally in result.tallies.items()
                for key in sorted(tally.by_group.get(group, {}))
            ))  # fmt: skip
        _sheet(book, "계획과 비교", PLAN_HEAD, plan_rows(planned_beside(rulebook, result, whole=whole)))
        _sheet(book, "가정", ["이름", "값", "근거"], given.lines())
        _sheet(book, "출처", ["이름", "값"], _sources(result))


def write_reform(path: Path, rulebook: Rulebook, result: Reform, given: Assumptions) -> None:
    """Write a reform against its baseline as a workbook."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        head = [
            "지원",
            "늘어나는 사람",
            "줄어드는 사람",
            "늘어나는 돈(원)",
            "줄어드는 돈(원)",
            "비용 차이(원)",
        ]
        _sheet(book, "요약", head, (
            [rulebook[name].korean, d.winners, d.losers, d.gained, d.lost, d.cost]
            for name, d in result.differences.items()
        ))  # fmt: skip
        for group, korean in GROUPS.items():
            _sheet(book, korean, ["지원", korean, "늘어나는 사람", "줄어드는 사람", "차이(원)"], (
                [rulebook[name].korean, group_label(group, key, given.districts), *d.by_group[group][key]]
                for name, d in result.differences.items()
                for key in sorted(d.by_group.get(group, {}))
            ))  # fmt: skip
        _sheet(book, "출처", ["이름", "값"], [
            *(("지금: " + name, value) for name, value in _sources(result.baseline)),
            *(("바꾼 뒤: " + name, value) for name, value in _sources(result.reform)),
        ])  # fmt: skip


def _sources(result: Simulation) -> list[tuple[str, Any]]:
    return [
        ("주의", CAUTION),
        ("해", result.year),
        ("사람", result.people),
        ("규칙과 매개변수 SHA-256", result.digests["rules"]),
        ("인구 파일 SHA-256", result.digests["population"]),
    ]


def _sheet(book: Any, name: str, head: list[str], rows: Iterable[Any]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    number = book.add_format({"num_format": "#,##0"})
    sheet.set_column(0, len(head) - 1, 18)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, head, bold)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value, number)
            else:
                sheet.write_string(at, column, str(value))  # never a formula, whatever the text begins with
