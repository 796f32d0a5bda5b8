"""The list of a result as a spreadsheet, in constant memory."""

from __future__ import annotations

from typing import IO

import xlsxwriter

from .models import Round, Run
from .receipts import secret_of

HEAD = ("접수번호", "공개번호", "확인번호", "등급", "구분", "배정", "변경", "까닭")


def write_decisions(found: Round, run: Run, out: IO[bytes]) -> None:
    """One row an applicant, in the order of their numbers."""
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("배정")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEAD)
    rows = run.decisions.select_related("place").order_by("pk").iterator(2000)
    for row, each in enumerate(rows, start=1):
        each.run = run
        got = each.place.name if each.place else ""
        secret = secret_of(found, each.number)
        told = (
            each.number,
            each.public,
            secret,
            each.cls,
            each.area,
            got,
            each.get_change_display(),
            each.sentence,
        )
        sheet.write_row(row, 0, told)
    book.close()
