"""What a field of a case type holds, as a cell of a sheet tells it and as it is read back. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sijeong.catalog.case_type import FormField
from sijeong.sheets.reading import folded

# As offices write days: 2026-03-02, 26.3.2., ’26년 3월 2일(월).
DATE = re.compile(
    r"[’'‘′`]?(\d{2}|\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})\s?[일.]?\s?(?:\([월화수목금토일]\))?(?: 00:00)?"
)
YES = {True: "예", False: "아니오"}
_YES_OR_NO = {"예": True, "네": True, "o": True, "y": True, "yes": True, "true": True, "1": True} | dict.fromkeys(
    ["아니오", "아니요", "x", "n", "no", "false", "0"], False
)  # fmt: skip


def day_of(text: str) -> dt.date:
    """The day that a cell tells. Raises ValueError that says how to write it."""
    match = DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        year = int(match[1])
        return dt.date(year + 2000 if year < 100 else year, int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError("날짜가 아닙니다. 2026-03-02처럼 적으십시오") from error


def told(field: FormField, value: Any) -> str:
    """The value as people read it: a choice by its name, yes or no in words. What the type does not know stays."""
    if field.type == "yes_no":
        return {"True": YES[True], "False": YES[False]}.get(str(value), str(value))
    named = {choice.code: choice.name for choice in field.choices}
    return named.get(str(value), str(value))


def taken(field: FormField, text: str) -> Any:
    """The value that the cell tells, as a form would give it. Raises ValueError that says what is wrong."""
    match str(field.type):
        case "choice":
            for choice in field.choices:
                if folded(text) in {folded(choice.name), folded(choice.code)} and folded(text):
                    return choice.code
            raise ValueError("가능한 값: " + ", ".join(choice.name for choice in field.choices))
        case "yes_no":
            if (found := _YES_OR_NO.get(folded(text))) is None:
                raise ValueError(f"{YES[True]}나 {YES[False]}로 적으십시오")
            return found
        case "date":
            return day_of(text).isoformat()
        case "number":
            digits = text.replace(",", "")
            if not re.fullmatch(r"[+-]?\d{1,15}", digits, re.ASCII):
                raise ValueError("정수여야 합니다")
            return int(digits)
    return text
