"""The volumes a city planned beside those the rules and a population give, and why the two differ."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sijeong.benefits.rules.limits import Interval, declared_take_up, take_up_rate
from sijeong.benefits.rules.rulebook import BenefitRule, Rulebook
from sijeong.benefits.rules.simulate import Simulation


@dataclass(frozen=True)
class Beside:
    """One plan: its volume and unit, the persons counted, and those expected of the whole city with their bounds.

    Expected is what was counted, scaled from a sample of the city to all of it (`sample`), times the share that
    applies; the bounds are the Wilson interval of the sample and that of the share, both at 95 %.
    """

    korean: str
    planned: int
    unit: str
    plan_year: int
    counted: int
    low: int
    expected: int
    high: int
    sample: bool
    remark: str


def planned_beside(
    rulebook: Rulebook, found: Simulation, shares: Mapping[str, Interval] | None = None, whole: int | None = None
) -> list[Beside]:  # fmt: skip
    """Each benefit of the run that has a plan for its year. `whole`: persons of the city a sample was drawn from."""
    beside = []
    for name, tally in found.tallies.items():
        rule = rulebook[name]
        plan = plan_for(rule, found.year)
        if plan is None:
            continue
        share = (shares or {}).get(name) or declared_take_up(rule)
        sample = whole is not None and 0 < found.people < whole
        low, middle, high = _persons(tally.recipients, found.people, whole if sample else None, share)
        remark = _remark(rule, plan, found.year, (low, middle, high), share)
        beside.append(Beside(
            rule.korean, plan["volume"], plan["unit"], plan["year"], tally.recipients, low, middle, high, sample, remark,
        ))  # fmt: skip
    return beside


def plan_for(rule: BenefitRule, year: int) -> Mapping[str, Any] | None:
    """The plan told for that year, or the latest earlier one that holds every year."""
    plans = [plan for plan in rule.about.get("planned", []) if plan["year"] <= year]
    held = [plan for plan in plans if plan["year"] == year or plan.get("yearly")]
    return max(held, key=lambda plan: plan["year"], default=None)


def _persons(counted: int, people: int, whole: int | None, share: Interval) -> tuple[int, int, int]:
    if whole is None:
        low, middle, high = share.times(counted).floors()
        return low, middle, high
    rate = take_up_rate(counted, people)
    bounds = (rate.low * share.low, rate.estimate * share.estimate, rate.high * share.high)
    low, middle, high = (math.floor(bound * whole + 0.5) for bound in bounds)
    return low, middle, high


def _remark(
    rule: BenefitRule, plan: Mapping[str, Any], year: int, persons: tuple[int, int, int], share: Interval
) -> str:
    low, middle, high = persons
    ratio = middle / plan["volume"]
    if 0.8 <= ratio <= 1.25:
        return "비슷함"
    if low <= plan["volume"] <= high:
        return "구간 안에 있어 다르다고 할 수 없음"
    return f"계획의 {ratio:.1f}배로 {'많음' if ratio > 1 else '적음'}: {'. '.join(_reasons(rule, plan, year, ratio, share))}"


def _reasons(
    rule: BenefitRule, plan: Mapping[str, Any], year: int, ratio: float, share: Interval
) -> list[str]:
    reasons = [plan["note"]] if "note" in plan else []
    start = rule.in_force_from()
    if start.year == year and start > dt.date(year, 1, 1):
        reasons.append(f"{start:%Y. %m. %d.}에 시행하여 그 뒤의 값이다")
    if plan["unit"] == "건":
        reasons.append("계획은 건수인데 셈은 사람 수이다(한 사람이 여러 번 받는다)")
    if ratio > 1 and share.low == 1:
        reasons.append("대상자 모두가 신청한다고 보았다")
    elif ratio < 1 and plan["unit"] != "건" and not reasons:
        reasons.append("한 사람이 한 해 한 번만 신청한다고 보았다")
    return [*reasons, "인구의 가정도 다를 수 있다"]
