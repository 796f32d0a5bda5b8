"""What an address asks of a list, value by value. What nobody understands is left out, and told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from typing import NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from sijeong.cleaned import line

CHOOSE = "고르는 칸에 있는 것만 씁니다."
YEAR, MONTH, DAY = "2026처럼 적으십시오.", "2026-03처럼 적으십시오.", "2026-03-02처럼 적으십시오."
T = TypeVar("T")
Row = TypeVar("Row", bound=Model)
SHOWN = 40  # letters of such a value that are told back


class Misread(NamedTuple):
    """A value that was left out: its name in the address, the filter's on the screen, the value, what to write."""

    name: str
    label: str
    value: str
    how: str = CHOOSE


class Address:
    """The values of an address as a list takes them; ``misread`` has those that it does not."""

    def __init__(self, query: QueryDict) -> None:
        self._given = {name: str(value) for name, value in query.dict().items() if value}
        self.misread: list[Misread] = []

    def text(self, name: str, most: int = 100) -> str:
        """Words as one line, empty where there are none."""
        given = self._given.get(name)
        return line(given)[:most].strip() if given else ""

    def choice(self, name: str, label: str, known: Container[str], otherwise: str = "") -> str:
        """A code that is known."""
        given = self.text(name)
        if not given:
            return otherwise
        return given if given in known else self._miss(name, label, given, CHOOSE, otherwise)

    def key(self, name: str, label: str) -> int | None:
        """The key of a row."""
        if not (given := self.text(name)):
            return None
        return int(given) if _is_key(given) else self._miss(name, label, given, CHOOSE, None)

    def row(self, name: str, label: str, rows: QuerySet[Row]) -> Row | None:
        """One of the rows, by its key."""
        if (key := self.key(name, label)) is None:
            return None
        return rows.filter(pk=key).first() or self._miss(name, label, str(key), CHOOSE, None)

    def keys(self, name: str, label: str, most: int) -> tuple[int, ...]:
        """Keys of rows, parted by commas; so many at most."""
        found = []
        for given in filter(None, self._given.get(name, "").split(",")[:most]):
            if _is_key(given):
                found.append(int(given))
            else:
                self._miss(name, label, line(given), CHOOSE, None)
        return tuple(found)

    def year(self, name: str, label: str) -> int | None:
        """A year of this century or the one before."""
        if not (given := self.text(name)):
            return None
        wanted = re.fullmatch(r"(19|20)\d{2}", given, re.ASCII)
        return int(given) if wanted else self._miss(name, label, given, YEAR, None)

    def month(self, name: str, label: str) -> str:
        """``2021-03``, also where somebody typed ``2021. 3.`` or ``2021년 3월``."""
        if not (given := self.text(name)):
            return ""
        wanted = r"((?:19|20)\d{2})(?:\s*[-./년]\s*|(?=\d{2}\s*$))(0?[1-9]|1[0-2])\s*[.월]?"
        found = re.fullmatch(wanted, given, re.ASCII)
        return f"{found[1]}-{int(found[2]):02}" if found else self._miss(name, label, given, MONTH, "")

    def day(self, name: str, label: str) -> dt.date | None:
        """A day of the calendar."""
        if not (given := self.text(name)):
            return None
        try:
            found = dt.date.fromisoformat(given)
        except ValueError:
            return self._miss(name, label, given, DAY, None)
        # Beside the first and the last year no calendar has a month.
        return found if 1900 <= found.year < dt.MAXYEAR else self._miss(name, label, given, DAY, None)

    def _miss(self, name: str, label: str, given: str, how: str, otherwise: T) -> T:
        self.misread.append(Misread(name, label, given[:SHOWN], how))
        return otherwise


def _is_key(given: str) -> bool:
    return given.isascii() and given.isdecimal() and len(given) < 10
