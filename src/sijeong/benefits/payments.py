"""The list of payments, and the same as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import xlsxwriter
from django.db.models import QuerySet

from sijeong.org.viewer import Viewer

from . import access
from .actions.paying import payable
from .models import Decision
from .showing import shown

HEAD = [
    "결정 번호",
    "지원",
    "이름",
    "생년월일",
    "은행",
    "계좌번호",
    "금액(원)",
    "담당 부서",
    "결정일",
    "지급일",
]


def listed(viewer: Viewer, *, paid: bool) -> QuerySet[Decision]:
    """What is to be paid of what the viewer may see, or what was."""
    seen = payable().filter(application__in=access.applications(viewer), paid_on__isnull=not paid)
    return seen.select_related("application__case__lead", "paid_by").prefetch_related(
        "application__case__parts"
    )


def write(out: IO[bytes], viewer: Viewer, decisions: Iterable[Decision], total: int) -> None:
    """One row a payment, as the viewer may see the person; the sum below."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False}) as book:
        sheet, bold = book.add_worksheet("지급 목록"), book.add_format({"bold": True})
        won = book.add_format({"num_format": "#,##0"})
        sheet.set_column(0, len(HEAD) - 1, 16)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, HEAD, bold)
        at = 0
        for at, decision in enumerate(decisions, start=1):
            for column, value in enumerate(_row(viewer, decision)):
                if isinstance(value, int):
                    sheet.write_number(at, column, value, won)
                else:
                    sheet.write_string(at, column, value)  # never a formula, whatever a name begins with
        sheet.write_string(at + 1, 0, "모두", bold)
        sheet.write_number(at + 1, 6, total, won)


def _row(viewer: Viewer, decision: Decision) -> list[str | int]:
    application = decision.application
    person = shown(viewer, application)
    return [
        decision.label, application.benefit_name, person.name, person.born_on, person.bank, person.account,
        decision.amount, application.case.lead.name if application.case.lead else "",
        f"{decision.decided_at:%Y-%m-%d}", decision.paid_on.isoformat() if decision.paid_on else "",
    ]  # fmt: skip
