"""Temporary passwords of many people as a sheet: carried by the page that shows them once, and kept nowhere."""

from __future__ import annotations

import io
from dataclasses import astuple, dataclass

import xlsxwriter
from django.core import signing

from .models import User

SALT = "org.passwords"
MINUTES = 10 * 60
HEADINGS = ("부서", "이름", "아이디", "임시 비밀번호")


@dataclass(frozen=True)
class Issued:
    """What is handed to one person."""

    unit: str
    name: str
    username: str
    password: str


def carried(issued: list[Issued], by: User) -> str:
    """The sheet as its page carries it, for whoever saw it and nobody else."""
    return signing.dumps([by.pk, [astuple(one) for one in issued]], salt=SALT, compress=True)


def taken(text: str, by: User) -> list[Issued]:
    """What the page carried; nothing once it is ten minutes old, was changed, or is another person's."""
    try:
        whose, rows = signing.loads(text, salt=SALT, max_age=MINUTES)
    except signing.BadSignature:
        return []
    return [Issued(*row) for row in rows] if whose == by.pk else []


def as_xlsx(issued: list[Issued]) -> bytes:
    """The workbook, a person a row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, head = book.add_worksheet("임시 비밀번호"), book.add_format({"bold": True})
        sheet.set_column(0, 3, 24)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.write_row(0, 0, HEADINGS, head)
        for row, one in enumerate(issued, 1):
            for place, text in enumerate(astuple(one)):
                sheet.write_string(row, place, text)
    return out.getvalue()
