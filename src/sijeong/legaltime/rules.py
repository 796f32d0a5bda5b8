"""Which provision counts a period, and in what manner. Written here once; scalar and batch both read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from .errors import LegalTimeError
from .lengths import Length, Unit

HOURS_A_DAY = 8
"""Working hours a day counts for (Civil Petitions Treatment Act 19 (1))."""
MOST_DAYS_IN_HOURS = 5
"""A petition of so many days or fewer is counted in working hours (the same)."""


class Rule(StrEnum):
    CIVIL = "civil"
    PETITION = "petition"
    DISCLOSURE = "disclosure"
    BURDEN = "burden"

    @property
    def korean(self) -> str:
        return _STATUTE[self]


_STATUTE = {
    Rule.CIVIL: "민법",
    Rule.PETITION: "민원 처리에 관한 법률",
    Rule.DISCLOSURE: "공공기관의 정보공개에 관한 법률",
    Rule.BURDEN: "행정기본법",
}


class Counting(Enum):
    CALENDAR_DAYS = auto()
    """Every day counts; weeks, months and years by the calendar."""
    OPEN_DAYS = auto()
    """Saturdays and public holidays do not count."""
    OPEN_HOURS = auto()
    """Working hours of days that are neither Saturday nor public holiday."""
    HOURS = auto()
    """Every hour counts."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a period is counted, and the provisions that say so.

    `first_day_counts` is about a period that starts within a day; one from midnight on always counts it.
    `rolls`: a last day that is a Saturday or public holiday moves on to the next day that is neither.
    """

    counting: Counting
    basis: str
    first_day_counts: bool = True
    first_basis: str = ""
    rolls: bool = False
    end_basis: str = "민법 제161조"

    def __post_init__(self) -> None:
        if not self.first_basis:
            object.__setattr__(self, "first_basis", self.basis)

    @property
    def in_hours(self) -> bool:
        return self.counting in {Counting.OPEN_HOURS, Counting.HOURS}

    @property
    def needs_holidays(self) -> bool:
        return self.rolls or self.counting in {Counting.OPEN_DAYS, Counting.OPEN_HOURS}


_CIVIL = Manner(
    Counting.CALENDAR_DAYS,
    "민법 제155조부터 제161조까지",
    first_day_counts=False,
    first_basis="민법 제157조",
    rolls=True,
)
_CIVIL_HOURS = Manner(Counting.HOURS, "민법 제156조")
_PETITION_HOURS = Manner(Counting.OPEN_HOURS, "민원 처리에 관한 법률 제19조 제1항")
_BURDEN = Manner(
    Counting.CALENDAR_DAYS,
    "행정기본법 제6조 제2항",
    first_basis="행정기본법 제6조 제2항 제1호",
    end_basis="행정기본법 제6조 제2항 제2호",
)
_BURDEN_LIFTED = replace(_CIVIL, basis="행정기본법 제6조 제2항 단서")


def _by_unit(*, hours: Manner, days: Manner, longer: Manner) -> dict[Unit, Manner]:
    return {Unit.HOURS: hours, Unit.DAYS: days, Unit.WEEKS: longer, Unit.MONTHS: longer, Unit.YEARS: longer}


_MANNERS = {
    Rule.CIVIL: _by_unit(hours=_CIVIL_HOURS, days=_CIVIL, longer=_CIVIL),
    Rule.PETITION: _by_unit(
        hours=_PETITION_HOURS,
        days=Manner(Counting.OPEN_DAYS, "민원 처리에 관한 법률 제19조 제2항"),
        longer=Manner(Counting.CALENDAR_DAYS, "민원 처리에 관한 법률 제19조 제3항", rolls=True),
    ),
    Rule.DISCLOSURE: _by_unit(
        hours=replace(_CIVIL_HOURS, basis="공공기관의 정보공개에 관한 법률 제29조 제1항"),
        days=Manner(Counting.OPEN_DAYS, "공공기관의 정보공개에 관한 법률 제29조 제2항"),
        longer=replace(_CIVIL, basis="공공기관의 정보공개에 관한 법률 제29조 제1항"),
    ),
    Rule.BURDEN: _by_unit(
        hours=replace(_CIVIL_HOURS, basis="행정기본법 제6조 제1항"), days=_BURDEN, longer=_BURDEN
    ),
}


def manner_of(rule: Rule, length: Length, *, against: bool = False) -> Manner:
    """The manner in which `rule` counts `length`.

    `against`: under `burden`, counting so would be to the person's disadvantage; then the Civil Act counts
    (General Act on Public Administration 6 (1), and (2), proviso).
    """
    if against and rule is not Rule.BURDEN:
        raise LegalTimeError(f"규칙 {rule}: against(국민에게 불리한 경우)는 burden에만 있습니다.")
    if against and length.unit is not Unit.HOURS:
        return _BURDEN_LIFTED
    if rule is Rule.PETITION and length.unit is Unit.DAYS and length.amount <= MOST_DAYS_IN_HOURS:
        return _PETITION_HOURS
    return _MANNERS[rule][length.unit]


def manner_of_extension(rule: Rule, base: Length, extension: Length, *, against: bool = False) -> Manner:
    """The manner in which an extension of `base` is counted.

    A period counted in hours is extended in hours, one counted in days never: it is the statutory period, not
    its extension, that is "set at 5 days or fewer".
    """
    manner = manner_of(rule, base, against=against)
    if manner.in_hours:
        allowed = [Unit.HOURS, Unit.DAYS] if manner.counting is Counting.OPEN_HOURS else [Unit.HOURS]
    else:
        allowed = [unit for unit in Unit if unit is not Unit.HOURS]
    if extension.unit not in allowed:
        names = ", ".join(allowed)
        raise LegalTimeError(f"연장 {extension}: {base} 기간은 {names} 단위로만 연장할 수 있습니다.")
    if manner.in_hours:
        return manner
    return _BURDEN_LIFTED if against else _MANNERS[rule][extension.unit]


def hours_in(length: Length) -> int:
    """Hours a period counted in hours has: a day of it is 8 working hours."""
    return length.amount * (HOURS_A_DAY if length.unit is Unit.DAYS else 1)


def needs_time(rule: str, length: Length) -> bool:
    """Whether the count needs the time of day at which the period starts, not only the day."""
    return manner_of(rule_named(rule), length).in_hours


def rule_named(rule: str) -> Rule:
    try:
        return Rule(rule)
    except ValueError:
        raise LegalTimeError(f"규칙 {rule!r}: {', '.join(Rule)} 가운데 하나여야 합니다.") from None
