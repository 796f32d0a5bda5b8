"""Measures `sijeong.legaltime`, and beside it what the nearest libraries do of the same job.

    python benchmarks/legaltime.py

Each figure is the median of seven runs. The peers know no statute: they count open days, which is the part of the job
they share with us, and their answers must be ours.
"""

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import holidays
import numpy as np

from sijeong.legaltime import Calendar, Length, Rule, count, last_days

RUNS = 7
MILLION = 1_000_000
CALENDAR = Calendar.korea()
MOMENTS = np.datetime64("2018-01-01T00:00") + np.random.default_rng(1).integers(0, 3652 * 1440, MILLION)
STARTS = MOMENTS.astype("M8[D]")
SINGLE = [dt.date(2018, 1, 1) + dt.timedelta(days=number) for number in range(3652)]
TEN_DAYS = Length(10, "days")
write = sys.stdout.write


def median(work: Callable[[], object]) -> float:
    """Seconds."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def line(what: str, work: Callable[[], object], number: int) -> None:
    seconds = median(work)
    write(f"{what:<60}{seconds * 1e3:>10.1f} ms{seconds / number * 1e6:>12.3f} µs each\n")


def agree(ours: object, theirs: object, peer: str) -> None:
    if not np.array_equal(ours, theirs):
        raise SystemExit(f"{peer} gives other days: nothing to compare")


def batches() -> None:
    write(f"{MILLION:,} last days in one call\n")
    for rule in Rule:
        for length in (TEN_DAYS, Length(2, "weeks"), Length(3, "months"), Length(1, "years")):
            line(f"  {rule}, {length}", partial(last_days, rule, STARTS, length, CALENDAR), MILLION)
    in_hours = partial(last_days, "petition", MOMENTS, Length(3, "days"), CALENDAR)
    line("  petition, 3일, working hours from the minute of receipt", in_hours, MILLION)

    closed = np.array(sorted(CALENDAR.names), "M8[D]")
    peer = partial(np.busday_offset, STARTS, 9, roll="forward", holidays=closed)
    agree(last_days("disclosure", STARTS, TEN_DAYS, CALENDAR), peer(), "numpy.busday_offset")
    line("  peer: numpy.busday_offset, 10 open days", peer, MILLION)


def one_by_one(rule: Rule) -> list[dt.date]:
    return [count(rule=rule, start=day, length=TEN_DAYS, calendar=CALENDAR).last_day for day in SINGLE]


def terms() -> None:
    write(f"\n{len(SINGLE):,} terms one by one, with all their steps\n")
    for rule in Rule:
        line(f"  {rule}, {TEN_DAYS}", partial(one_by_one, rule), len(SINGLE))

    korea = holidays.country_holidays("KR", years=CALENDAR.years)
    eves = [day - dt.timedelta(days=1) for day in SINGLE]

    def peer() -> list[dt.date]:
        return [korea.get_nth_working_day(eve, 10) for eve in eves]

    agree(one_by_one(Rule.DISCLOSURE), peer(), "holidays.get_nth_working_day")
    line("  peer: holidays.get_nth_working_day, the day alone", peer, len(SINGLE))


if __name__ == "__main__":
    batches()
    terms()
