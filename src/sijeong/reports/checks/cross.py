"""Checks the same fact said in two places: headline staffing against its table, findings against their
summary, subtotals against children.
"""

from __future__ import annotations

import re
from decimal import Decimal

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.verdicts import Verdict
from sijeong.reports.facts.findings import Finding, kind_of
from sijeong.reports.facts.grids import Grid, squeezed
from sijeong.reports.facts.staffing import Staffing, is_total
from sijeong.reports.reading.outline import Item

_HEADLINE = re.compile(r"정\s?원\s*[:：]?\s*(\d{1,5})\s?명?\s*[/,·]?\s*현\s?원\s*[:：]?\s*(\d{1,5})\s?명?")
_TOTAL_FINDINGS = re.compile(r"총\s?(\d{1,4})\s?건")
_OUTCOME_WORDS = ("완료", "추진중", "검토중", "미반영")
_OWN_COUNT = re.compile(
    r"(?:총\s?)?(\d[\d,]*)\s?(회|건|명|개소|곳|개)\s*$|\((?:총\s?)?(\d[\d,]*)\s?(회|건|명|개소|곳|개)\)"
)


def check_headlines(items: list[Item], staffing: list[Staffing]) -> tuple[list[Verdict], int]:
    """`정원 31명 / 현원 33명` against the grand total of the staffing table."""
    totals = [s for s in staffing if not (s.category or s.division or s.grade)]
    if len(totals) != 1 or totals[0].quota is None or totals[0].actual is None:
        return [], 0
    total = totals[0]
    found: list[Verdict] = []
    tried = 0
    for item in items:
        for match in _HEADLINE.finditer(item.text):
            tried += 1
            said = (int(match[1]), int(match[2]))
            if (
                said != (total.quota, total.actual)
                and item.place.block
                and abs(item.place.block - total.place.block) < 12
            ):
                found.append(
                    Verdict(
                        verdicts.ERROR,
                        item.place,
                        f"정원 {said[0]} / 현원 {said[1]}",
                        f"정원 {total.quota} / 현원 {total.actual}",
                        f"{total.place}의 합계",
                        cells=[item.place, total.place],
                    )
                )
    return found, tried


def check_findings(findings: list[Finding], grids: list[Grid]) -> tuple[list[Verdict], int]:
    """Findings counted by kind and outcome against the summary table (조치내역).

    Where the grand total differs the report may list only some of them: that is suspicious and no more.
    """
    summary = next((grid for grid in grids if _is_summary(grid)), None)
    if summary is None or len(findings) < 2:
        return [], 0
    outcomes = [squeezed("".join(summary.column_path(c)[-1:])) for c in summary.figures]
    if not {squeezed(finding.outcome) for finding in findings} <= set(outcomes):
        return [], 0
    found: list[Verdict] = []
    tried = 0
    for row in summary.body:
        label = "".join(summary.row_path(row))
        for column, outcome in zip(summary.figures, outcomes, strict=True):
            value = summary.at(row, column)
            if value.kind not in ("number", "dash") or not (outcome in _OUTCOME_WORDS or is_total(outcome)):
                continue
            tried += 1
            counted = _counted(findings, label, outcome)
            if Decimal(counted) != value.amount:
                place, said = summary.where(row, column), f"본문의 {label} {outcome} 건을 센 것"
                whole = is_total(label) and is_total(outcome)
                kind = verdicts.SUSPICIOUS if whole else verdicts.ERROR
                found.append(Verdict(kind, place, value.text, str(counted), said, cells=[place]))
    partial = [verdict for verdict in found if verdict.kind == verdicts.SUSPICIOUS]
    return partial or found, tried


def _counted(findings: list[Finding], label: str, outcome: str) -> int:
    """How many findings stand under a row and a column of the summary."""
    kind = "" if is_total(label) else kind_of(label)
    return sum(
        (not kind or finding.kind == kind) and (is_total(outcome) or squeezed(finding.outcome) == outcome)
        for finding in findings
    )


def _is_summary(grid: Grid) -> bool:
    labels = {squeezed("".join(grid.column_path(c)[-1:])) for c in grid.figures}
    rows = "".join("".join(grid.row_path(r)) for r in grid.body)
    return len(labels & set(_OUTCOME_WORDS)) >= 2 and ("요구" in rows or "건의" in rows)


def check_children(items: list[Item]) -> tuple[list[Verdict], int]:
    """`기자설명회 : 6회` against the counts of the items right under it, where each of them bears one of
    the same unit.
    """
    found: list[Verdict] = []
    tried = 0
    for item in items:
        children = [child for child in item.children if not child.caption and child.level < 8]
        own = _own(item.text) if len(children) > 1 else None
        if own is None:
            continue
        counts = [_own(child.text.partition(":")[0]) or _own(child.text) for child in children]
        known = [count for count in counts if count is not None and count[1] == own[1]]
        if len(known) < len(children) or re.search(r"등|이상|내외|약\s?\d", item.text):
            continue
        tried += 1
        total = sum(number for number, _ in known)
        if total != own[0]:
            said = " + ".join(str(number) for number, _ in known)
            found.append(
                Verdict(
                    verdicts.SUSPICIOUS,
                    item.place,
                    f"{own[0]}{own[1]}",
                    f"{total}{own[1]}",
                    f"아래 항목: {said}",
                    cells=[item.place],
                )
            )
    return found, tried


def _own(text: str) -> tuple[int, str] | None:
    """The one count an item ends with or bears in brackets; None if it bears none or several."""
    matches = list(_OWN_COUNT.finditer(text))
    if len(matches) != 1:
        return None
    match = matches[0]
    return int((match[1] or match[3]).replace(",", "")), match[2] or match[4]
