"""What keeps a report from being released: figures that do not tie, or are no longer what the records say."""

from __future__ import annotations

from collections.abc import Iterator

from sijeong.reports.checks import check
from sijeong.reports.checks.verdicts import SERIOUS
from sijeong.reports.writing.model import Report, document


def faults(report: Report) -> list[str]:
    """What our own reader would find wrong in it, and figures without a source."""
    told = [str(verdict) for verdict in check(document(report)).verdicts if verdict.kind in SERIOUS]
    return told + [
        f"{place}: ‘{figure.text}’의 출처가 없습니다"
        for figure, place in report.figures()
        if figure.source not in report.sources
    ]


def differences(frozen: Report, now: Report) -> list[str]:
    """Figures of the frozen report that the records now tell otherwise, for an erratum or a new freeze."""
    return list(_differences(frozen, now))


def _differences(frozen: Report, now: Report) -> Iterator[str]:
    before, after = list(frozen.figures()), list(now.figures())
    if [figure.source for figure, _ in before] != [figure.source for figure, _ in after]:
        yield "줄이나 표의 짜임이 달라졌습니다. 아래 비교는 같은 차례의 수만 견준 것입니다."
    for (old, place), (new, _) in zip(before, after, strict=False):
        if old.source == new.source and old.value != new.value:
            yield f"{place}: {old.text} → 지금 {new.text} ({frozen.sources[old.source].label})"
