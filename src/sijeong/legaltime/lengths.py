"""How long a statutory period is: a whole number of hours, days, weeks, months or years."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from .errors import LegalTimeError

LONGEST = 99_999


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def korean(self) -> str:
        return _KOREAN[self]


_KOREAN = {Unit.HOURS: "시간", Unit.DAYS: "일", Unit.WEEKS: "주", Unit.MONTHS: "개월", Unit.YEARS: "년"}


@dataclass(frozen=True, slots=True)
class Length:
    """`amount` of `unit`, a `Unit` or its name: `Length(10, "days")`."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "unit", Unit(self.unit))
        except ValueError:
            allowed = ", ".join(Unit)
            raise LegalTimeError(f"기간의 단위 {self.unit!r}: {allowed} 가운데 하나여야 합니다.") from None
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise LegalTimeError(f"기간 {self.amount!r}: 자연수여야 합니다.")
        if not 1 <= self.amount <= LONGEST:
            raise LegalTimeError(f"기간 {self.amount}: 1부터 {LONGEST}까지의 자연수여야 합니다.")

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.korean}"


def end_by_calendar(first: dt.date, length: Length) -> dt.date:
    """Last day of a period of days, weeks, months or years of which `first` is the first day counted.

    Civil Act 160: a period that runs from within a month ends on the day before the like day of its last
    month; where that month has no such day, on the month's last day. Ends past year 9999 are cut to its end.
    """
    match length.unit:
        case Unit.DAYS | Unit.WEEKS:
            days = length.amount * (7 if length.unit is Unit.WEEKS else 1)
            return dt.date.fromordinal(min(first.toordinal() + days - 1, dt.date.max.toordinal()))
        case Unit.MONTHS | Unit.YEARS:
            months = length.amount * (12 if length.unit is Unit.YEARS else 1)
            year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
            if year > dt.MAXYEAR:
                return dt.date.max
            start_of_month = dt.date(year, month + 1, 1)
            days_before = min(first.day - 1, monthrange(year, month + 1)[1])
            return start_of_month + dt.timedelta(days=days_before - 1)
        case Unit.HOURS:
            raise ValueError("hours have no last day by the calendar")
