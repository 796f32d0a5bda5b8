"""Public holidays of Korean offices, each state of knowledge with a version.

The days are those of the Public Holidays Act and the Regulation on Public Holidays of Public Offices
(공휴일에 관한 법률, 관공서의 공휴일에 관한 규정) as the almanac beside this holds them, corrected by dated
overrides. Sunday is a public holiday by the regulation; Saturday is none, but every counting rule names it
beside them, so `is_off` says yes to both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sijeong.late import Late

from .almanac import YEARS, days
from .errors import LegalTimeError
from .proclaimed import FILE, Override, read_proclaimed

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")

ALMANAC_UNTIL = 2027
"""Last year whose official almanac (월력요항) is out and agrees with ours, day by day."""

SATURDAY, SUNDAY = 5, 6
_STATUTORY = {
    "신정연휴": "1월 1일",
    "삼일절": "3ㆍ1절",
    "설날 다음날": "설날 다음 날",
    "추석 다음날": "추석 다음 날",
    "석가탄신일": "부처님 오신 날",
    "부처님오신날": "부처님 오신 날",
    "대통령 선거일": "대통령선거",
    "국회의원 선거일": "국회의원선거",
    "지방선거일": "전국동시지방선거",
}
_SUBSTITUTE = " 대체 휴일"
_SEASONS = {"설날": "설 연휴", "추석": "추석 연휴"}


@dataclass(frozen=True, eq=False)
class Calendar:
    """Names of the public holidays of `years`, Sundays apart; of them, those to `last_known` are settled.

    `overrides` are the proclamations that went into them, to be cited when a term moves.
    """

    names: Mapping[dt.date, str]
    years: range = YEARS
    last_known: int = ALMANAC_UNTIL
    overrides: tuple[Override, ...] = ()

    @classmethod
    def korea(
        cls, *, overrides: Iterable[Override] = (), years: range = YEARS, last_known: int = ALMANAC_UNTIL
    ) -> Self:
        """The calendar of Korea with `overrides` laid over it, one after the other."""
        if not years or years.step != 1 or years.start < YEARS.start or years.stop > YEARS.stop:
            raise LegalTimeError(
                f"달력의 해 {years}: {YEARS.start}년부터 {YEARS.stop - 1}년까지 이어져야 합니다."
            )
        names = {day: _statutory(name) for day, name in days().items() if day.year in years}
        overrides = tuple(overrides)
        for override in overrides:
            if override.day.year not in years:
                raise LegalTimeError(
                    f"{override.day} {override.name or '공휴일 아님'}: "
                    f"달력의 해 {years.start}–{years.stop - 1}년 밖입니다."
                )
            if override.name is None:
                names.pop(override.day, None)
            else:
                names[override.day] = override.name
        return cls(names, years, last_known, overrides)

    @classmethod
    def from_folder(cls, folder: Path | str) -> Self:
        """The calendar of Korea with what `holidays.yaml` of a city folder proclaims, if there is one.

        Raises LegalTimeError `file:line: what; allowed` for a file that cannot be understood.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise LegalTimeError(f"{folder}: 도시 폴더가 없습니다.")
        overrides, known_until = read_proclaimed(folder / FILE)
        return cls.korea(overrides=overrides, last_known=known_until or ALMANAC_UNTIL)

    @cached_property
    def first(self) -> dt.date:
        return dt.date(self.years.start, 1, 1)

    @cached_property
    def last(self) -> dt.date:
        return dt.date(self.years.stop - 1, 12, 31)

    @cached_property
    def version(self) -> str:
        """Digest of all that a count can depend on: two calendars of one version give one answer."""
        facts = [f"{self.first} {self.last} {self.last_known}"]
        facts += [f"{day} {name}" for day, name in sorted(self.names.items())]
        return "kr-" + sha256("\n".join(facts).encode()).hexdigest()[:12]

    def name(self, day: dt.date) -> str | None:
        """The public holiday's statutory name; None for a day without one, plain Sundays among them."""
        self.check(day)
        return self.names.get(day)

    def is_off(self, day: dt.date) -> bool:
        """Whether `day` is a Saturday or a public holiday."""
        self.check(day)
        return day.weekday() >= SATURDAY or day in self.names

    def why_off(self, day: dt.date) -> str:
        """What closes the offices on `day`, or ""; the days around the two great feasts are one season."""
        name = self.names.get(day)
        if name is None:
            return {SATURDAY: "토요일", SUNDAY: "일요일"}.get(day.weekday(), "")
        return next((season for feast, season in _SEASONS.items() if feast in name), name)

    def check(self, day: dt.date) -> None:
        """Raises LegalTimeError for a day the calendar does not reach."""
        if not self.first <= day <= self.last:
            raise LegalTimeError(f"{day}: 달력은 {self.first}부터 {self.last}까지만 압니다.")

    @cached_property
    def open_days(self) -> np.busdaycalendar:
        """The days that are not off, as numpy counts with them."""
        return np.busdaycalendar(holidays=np.array(sorted(self.names), "M8[D]"))


def _statutory(name: str) -> str:
    """The package's name as the regulation writes it; feasts that fall on one day are joined."""
    parts = name.split("; ")
    feasts = "·".join(
        _STATUTORY.get(part, part) for part in (re.sub(f"{_SUBSTITUTE}$", "", p) for p in parts)
    )
    return f"대체공휴일({feasts})" if all(part.endswith(_SUBSTITUTE) for part in parts) else feasts
