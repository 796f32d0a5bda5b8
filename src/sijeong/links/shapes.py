"""The shapes in which values come and go, strict: what a field does not say is refused, not bent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints, WithJsonSchema

# No control characters but line breaks and tabs: neither database nor office wants them.
CLEAN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
PLAIN = r"^[^\x00-\x1f\x7f]*$"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})?", re.ASCII)
KEY = 2**53 - 1


def _written(pattern: re.Pattern[str]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError("format")
        if not isinstance(value, str | dt.date):
            raise ValueError("format")
        return value

    return BeforeValidator(check)


def line(longest: int, shortest: int = 0) -> Any:
    """A line of text of so many letters."""
    return Annotated[
        str, StringConstraints(strict=True, min_length=shortest, max_length=longest, pattern=PLAIN)
    ]


def text(longest: int, shortest: int = 0) -> Any:
    """Text with line breaks."""
    return Annotated[
        str, StringConstraints(strict=True, min_length=shortest, max_length=longest, pattern=CLEAN)
    ]


def one_of(values: Iterable[str]) -> Any:
    """One of these texts."""
    return Literal[tuple(values)]


Day = Annotated[dt.date, _written(DAY)]
Moment = Annotated[dt.datetime, _written(MOMENT)]
Key = Annotated[StrictInt, Field(ge=1, le=KEY)]
# Keys in an address arrive as text: digits only.
PathKey = Annotated[
    int,
    BeforeValidator(lambda given: int(given) if str(given).isascii() and str(given).isdecimal() else given),
    Field(ge=1, le=KEY),
]


class Body(Schema):
    """What is sent: a field that is not there is an error, not noise."""

    model_config = ConfigDict(extra="forbid")


class Named(Schema):
    """Somebody or something with a key and a name."""

    id: int
    name: str


class Wrong(Schema):
    """One value that is wrong: where it stands, and why."""

    where: str
    message: str


class ProblemShape(Schema):
    """Problem details of RFC 9457. ``type`` is stable; ``instance`` is the request's id in the logs."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Wrong] | None = None


NUMBER = r"^[^/\s\x00-\x1f-]{1,20}-[0-9]{4}-[0-9]{3,9}$"
Yes = Literal[True]
