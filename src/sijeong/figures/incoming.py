"""A budget sheet understood: rows to lines in won, or what is wrong with which cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sijeong.sheets.reading import Column, SheetRefused, read
from sijeong.sheets.reading import Row as SheetRow

from .arithmetic import Row, complete, mismatches

UNITS = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}
MOST = 3000
LARGEST = 10**15  # won: more than the budgets of all cities together
SHEET = (
    Column("label", "과목", ("구분", "항목", "부서", "세목", "통계목", "사업명"), required=True),
    Column("above", "상위", ("상위과목", "상위 과목")),
    Column("level", "단계", ("수준",)),
    Column("original", "당초예산", ("당초", "본예산")),
    Column("supplement", "추경", ("추경예산", "추가경정")),
    Column("budget", "예산현액", ("예산액", "예산", "편성액")),
    Column("spent", "집행액", ("징수액", "지출액", "수납액", "집행", "세입액")),
    Column("left", "잔액", ("집행잔액", "미징수액", "미집행액")),
    Column("note", "비고", ("산출근거", "설명")),
)
_TOTAL = re.compile(r"(총?합?계|총계|합계|소계)")
_AMOUNTS = ("original", "supplement", "budget", "spent", "left")


def amount(text: str, unit: int) -> int | None:
    """Won from ``341,200`` or ``△17.8`` in printed units; None for a blank or a dash.

    Raises ValueError for what is no number, is no whole number of won, or is beyond any budget.
    """
    bare = text.replace(",", "").replace(" ", "").replace("△", "-").replace("▲", "-").split("\n")[0]
    if bare in {"", "-", "―", "–"}:
        return None
    try:
        won = Decimal(bare) * unit
    except InvalidOperation as error:
        raise ValueError("숫자가 아닙니다") from error
    if not won.is_finite() or abs(won) > LARGEST:
        raise ValueError("금액이 터무니없이 큽니다. 단위를 확인하십시오")
    if won != won.to_integral_value():
        raise ValueError("1원보다 작은 금액이 있습니다. 단위를 확인하십시오")
    return int(won)


def understand(path: Path, kind: str, unit: str) -> tuple[list[Row], list[str]]:
    """The lines of a sheet and everything wrong with it, a sentence each with its cell. Nothing is written.

    Raises SheetRefused for a file that is no sheet or has no header.
    """
    rows: list[Row] = []
    wrong: list[str] = []
    for given in read(path, kind, SHEET):
        if len(rows) >= MOST:
            raise SheetRefused(f"{MOST:,}줄을 넘습니다. 부서별로 나누어 올리십시오.")
        rows.append(_row(given, UNITS[unit], wrong))
    _tree(rows, wrong)
    for row in rows:
        complete(row)
        if "budget" not in row.amounts and "spent" not in row.amounts:
            wrong.append(f"{row.number}행 {row.label}: 예산현액(또는 당초예산)이나 집행액이 있어야 합니다")
    if not rows:
        wrong.append("과목이 적힌 줄이 없습니다")
    return rows, [*wrong, *map(str, mismatches(rows, UNITS[unit]))]


def _row(given: SheetRow, unit: int, wrong: list[str]) -> Row:
    label = " ".join(given.values.get("label", "").split())
    row = Row(
        label[:120], number=given.number, note=given.values.get("note", "")[:300], places=dict(given.places)
    )
    row.places["above"] = given.values.get("above", "")
    row.places["level"] = given.values.get("level", "")
    if not label:
        wrong.append(f"{given.place('label')}: 과목이 비어 있습니다")
    for column in _AMOUNTS:
        try:
            won = amount(given.values.get(column, ""), unit)
        except ValueError as error:
            wrong.append(f"{given.place(column)} ‘{given.values[column][:20]}’: {error}")
        else:
            if won is not None:
                row.amounts[column] = won
    return row


def _tree(rows: Sequence[Row], wrong: list[str]) -> None:
    """Who sums whom: by the name above, by the level, or a first line of totals over all the rest."""
    path: list[int] = []
    total = 0 if rows and _TOTAL.fullmatch(rows[0].label.replace(" ", "")) else None
    for index, row in enumerate(rows):
        above, level = row.places.pop("above"), row.places.pop("level")
        if above:
            row.parent = _named(rows[:index], " ".join(above.split()))
            if row.parent is None:
                wrong.append(f"{row.number}행 상위 ‘{above}’: 이 줄보다 위에 그런 과목이 없습니다")
        elif level:
            if not level.isdecimal() or not 1 <= int(level) <= len(path) + 1:
                wrong.append(f"{row.number}행 단계 ‘{level}’: 1부터 {len(path) + 1}까지의 숫자여야 합니다")
            else:
                path = [*path[: int(level) - 1], index]
                row.parent = path[-2] if len(path) > 1 else None
        elif total is not None and index:
            row.parent = total
        row.depth = rows[row.parent].depth + 1 if row.parent is not None else 0


def _named(before: Sequence[Row], label: str) -> int | None:
    return next((n for n in range(len(before) - 1, -1, -1) if before[n].label == label), None)


def shown(lines: Iterable[str], most: int = 50) -> list[str]:
    """The first of many mistakes, and how many more there are."""
    told = list(lines)
    return told if len(told) <= most else [*told[:most], f"그 밖에 {len(told) - most:,}건"]
