"""Limits beyond one person's rule: places for the first to come, ceilings over a year, shares that apply."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules.decision import Decision, decide
from sijeong.benefits.rules.inputs import Inputs
from sijeong.benefits.rules.rulebook import BenefitRule
from sijeong.benefits.rules.tally import Tally


@dataclass(frozen=True)
class Quota:
    """How far the places of a year go: the day the last one is taken (None: places are left), at three
    take-ups."""

    places: int
    granted: int
    amount: int
    day: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None


def first_come(
    days: npt.NDArray[np.int64], entitled: npt.NDArray[np.bool_], places: int
) -> npt.NDArray[np.bool_]:
    """Return who gets one of `places`: by day of application, within a day by row."""
    rows = np.flatnonzero(entitled)
    order = rows[np.argsort(days[rows], kind="stable")]
    granted = np.zeros(len(days), np.bool_)
    granted[order[:places]] = True
    return granted


def declared_take_up(rule: BenefitRule) -> "Interval":
    """The share of those entitled who apply as the city's text assumes; everyone where it says nothing."""
    told = rule.about.get("take_up", {"low": 1.0, "rate": 1.0, "high": 1.0})
    return Interval(told["low"], told["rate"], told["high"])


def run_out(rule: BenefitRule, tally: Tally, year: int, take_up: "Interval | None" = None) -> Quota:
    """Return how the year's places go, from the recipients of each day.

    On the day the places run out, the amount is that day's average for each place left.
    """
    places = int(getattr(rule.law_on(dt.date(year, 12, 31)), rule.quota))
    share = take_up or declared_take_up(rule)
    day, granted, amount = _fill(tally, places, share.estimate, year)
    earliest, latest = (_fill(tally, places, rate, year)[0] for rate in (share.high, share.low))
    return Quota(places, granted, amount, day, earliest, latest)


def _fill(tally: Tally, places: int, rate: float, year: int) -> tuple[dt.date | None, int, int]:
    arrived = np.floor(np.cumsum(tally.by_day[:, 0]) * rate + 1e-9).astype(np.int64)
    paid = np.cumsum(tally.by_day[:, 1])
    full = int(np.searchsorted(arrived, places))
    if full == len(arrived):
        return None, int(arrived[-1]), math.floor(int(paid[-1]) * rate)
    before = int(arrived[full - 1]) if full else 0
    average = tally.by_day[full, 1] / max(1, tally.by_day[full, 0])
    amount = math.floor(int(paid[full - 1]) * rate if full else 0) + math.floor((places - before) * average)
    return dt.date(year, 1, 1) + dt.timedelta(days=full - 1), places, amount


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % bounds."""

    low: float
    estimate: float
    high: float

    def times(self, count: int) -> "Interval":
        return Interval(self.low * count, self.estimate * count, self.high * count)

    def floors(self) -> list[int]:
        """The three as whole numbers of persons or won."""
        return [math.floor(value + 1e-9) for value in (self.low, self.estimate, self.high)]


def spent_by(tally: Tally, budget: int, year: int, share: float) -> dt.date | None:
    """Return the day on which a year's budget is spent, paying in turn; None: it lasts."""
    paid = np.floor(np.cumsum(tally.by_day[:, 1]) * share + 1e-9)
    over = int(np.searchsorted(paid, budget, side="right"))
    return None if over == len(paid) else dt.date(year, 1, 1) + dt.timedelta(days=over - 1)


def take_up_rate(applied: int, entitled: int) -> Interval:
    """Return the share that applied, with its Wilson interval at 95 % (Wilson 1927). Raises `ValueError`."""
    if not 0 <= applied <= entitled or entitled == 0:
        raise ValueError(f"신청자 {applied:,}명은 대상자 {entitled:,}명 가운데일 수 없습니다")
    z, share = 1.959964, applied / entitled
    middle = (share + z * z / (2 * entitled)) / (1 + z * z / entitled)
    half = z / (1 + z * z / entitled) * math.sqrt(share * (1 - share) / entitled + z * z / (4 * entitled**2))
    return Interval(max(0.0, middle - half), share, min(1.0, middle + half))


def pay_in_turn(
    rule: BenefitRule, person: Mapping[str, Any], claims: list[tuple[dt.date, dict[str, Any]]], inputs: Inputs
) -> list[Decision]:
    """Decide a person's claims one after the other, each knowing what the earlier ones of its calendar
    year paid.

    The inputs declared with `history: <this benefit>` are filled: counts of grants and won paid in the
    year.
    """
    decisions: list[Decision] = []
    for day, facts in claims:
        granted = [d for d in decisions if d.code > 0]
        this_year = sum(d.amount for d in granted if d.on.year == day.year)
        decisions.append(
            decide(
                rule, {**person, **facts, **_history(rule, inputs, granted, this_year, person)}, day, inputs
            )
        )
    return decisions


def _history(
    rule: BenefitRule, inputs: Inputs, granted: list[Decision], this_year: int, person: Mapping[str, Any]
) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for name in rule.inputs:
        declared = inputs[name]
        if declared.history == rule.name:
            known = person.get(name, 0)
            won, count = known + this_year, known + len(granted)
            filled[name] = bool(count) if declared.kind == "bool" else won if declared.unit == "원" else count
    return filled
