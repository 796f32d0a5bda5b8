"""How each kind is masked: what public offices leave readable stays, every other mark becomes a star."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sijeong.privacy.finding import Kind
from sijeong.privacy.plain import flat

STARS = re.compile(r"\*+(?:[ ]\*+)*")


def _but(text: str, keep: Callable[[int, int], bool]) -> str:
    """Stars for letters and digits, except the n-th of m for which ``keep`` says so; signs and spaces stay."""
    marks = [i for i, mark in enumerate(text) if mark.isalnum()]
    kept = {place for n, place in enumerate(marks) if keep(n, len(marks))}
    return "".join("*" if mark.isalnum() and i not in kept else mark for i, mark in enumerate(text))


def _phone(text: str) -> str:
    """The first group and the last four: 010-****-1234, 02-***-1234, +82-10-****-1234."""
    plain = "".join(mark for mark in flat(text) if mark.isdigit())
    local = plain[2:] if flat(text).lstrip().startswith("+") else plain
    head = (
        (2 if local.startswith("02") else 4 if local.startswith("050") else 3) if local.startswith("0") else 2
    )
    first = len(plain) - len(local) + head if len(plain) > 8 else 0
    return _but(text, lambda n, m: n < first or n >= m - 4)


def _email(text: str) -> str:
    """Two letters of the name, and the host: ab****@example.kr."""
    name = len(re.split(r"@|[(\[]", flat(text), maxsplit=1)[0])
    head = "".join(
        mark if i < min(2, name - 1) or mark in " \n" else "*" for i, mark in enumerate(text[:name])
    )
    return (head if name != 1 else "*") + text[name:]


def _address(text: str) -> str:
    """The road or quarter stays, every number of a building and a door goes."""
    road = re.search(r"(?:대로|로|길|동|리|가|읍|면)(?=[ \n]{0,2}(?:지하[ ]?|산[ ]?)?\d)", flat(text))
    at = road.end() if road else 0
    return text[:at] + "".join("*" if mark.isalnum() and mark not in "동호층" else mark for mark in text[at:])


def _name(text: str) -> str:
    """홍*동, 이*, 남궁*연은 남**연."""
    return _but(text, lambda n, m: n == 0 or (m > 2 and n == m - 1))


BY_KIND: dict[Kind, Callable[[str], str]] = {
    Kind.NAME: _name,
    Kind.RESIDENT_NUMBER: lambda text: _but(text, lambda n, m: False),
    Kind.FOREIGNER_NUMBER: lambda text: _but(text, lambda n, m: False),
    Kind.BIRTH_DATE: lambda text: _but(text, lambda n, m: False),
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.ADDRESS: _address,
    Kind.ACCOUNT: lambda text: _but(text, lambda n, m: n < 3),
    Kind.CARD: lambda text: _but(text, lambda n, m: n < 6 or n >= m - 4),
    Kind.PASSPORT: lambda text: _but(text, lambda n, m: n < 1),
    Kind.DRIVING_LICENCE: lambda text: _but(text, lambda n, m: n < 2),
    Kind.PLATE: lambda text: _but(text, lambda n, m: n < m - 4),
}


def mask(kind: Kind | str, text: str, *, keep_length: bool = True) -> str:
    """``text`` masked as its kind is. ``keep_length`` False writes each run of stars as three: a length tells too.

    A kind that is not known (what a reviewer chose by hand) is masked whole.
    """
    told = BY_KIND.get(Kind(kind)) if kind in set(Kind) else None
    masked = told(text) if told else _but(text, lambda n, m: False)
    return masked if keep_length else STARS.sub("***", masked)


def redacted(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with each (start, end, kind) masked. Spans may touch or overlap; what any of them hides stays hidden."""
    marks = list(text)
    for start, end, kind in spans:
        for place, mark in enumerate(mask(kind, text[start:end]), start):
            if mark == "*":
                marks[place] = "*"
    return "".join(marks)
