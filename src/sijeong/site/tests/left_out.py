"""Loaded by pytest with the tests: on a machine that has everything (``.ci/run``), no test is left out unseen.

There a test that is skipped has failed, whoever skipped it and for what, save two kinds that are named here: those of
PostgreSQL while the run is on SQLite, for they have a run of their own, and those that read documents which are not
ours to hand out. An expected failure has failed, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

EVERYTHING = "SIJEONG_ALL_TESTS"
WRONGLY = "이 기계에서는 빠지면 안 되는 시험입니다"


def _refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    if os.environ.get(EVERYTHING) == "1" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{WRONGLY}: {report.longrepr}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    later = item.get_closest_marker("postgres") and not item.config.getoption("--postgres", False)
    if not later and not item.get_closest_marker("samples"):
        _refuse(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _refuse(report)
    return report
