"""Cases as sheets: first the columns that the import reads, then what else people look for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import BinaryIO

import orjson
import xlsxwriter
from django.db.models import Prefetch
from django.utils import timezone

from sijeong.catalog import CaseType
from sijeong.org.viewer import Viewer
from sijeong.sheets.reading import FORMULA, READ_ONLY, Column

from .columns import columns_for, core, title_of, told_columns
from .korean import countdown
from .lines import line
from .models import Answer, Case, CaseQuerySet, Part
from .permissions import relations

WIDTHS = {
    "order": 6,
    "number": 20,
    "kind": 14,
    "title": 30,
    "question": 60,
    "units": 24,
    "outcome": 12,
    "asker": 14,
    "received": 12,
}


class SheetKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


def values_of(case: Case, order: int, viewer: Viewer | None = None) -> dict[str, str]:
    """A case as a row: what an import would read, and what it leaves alone. ``viewer``: who gets it, if not the city."""
    lead = [part.unit.name for part in case.parts.all() if part.kind == Part.Kind.LEAD]
    joint = [part.unit.name for part in case.parts.all() if part.kind == Part.Kind.JOINT]
    answer = _answer(case, viewer)
    return {
        "order": str(case.source_order or order),
        # One that came in by a sheet is known by what it asks, and goes out in the columns it came with.
        "number": case.number if case.source != "import" else "",
        "kind": case.kind_label,
        "title": "" if case.title == title_of(case.question) else case.title,
        "question": case.question,
        "asker": "" if case.asker_name == "출처에 없음" else case.asker_name,
        "received": _day(case.received_at) if case.source != "import" else "",
        "units": ", ".join(lead + joint),
        "outcome": case.outcome_label,
        **{f"field.{code}": str(value) for code, value in case.fields.items()},
        **{f"answer.{code}": text for code, text in (answer.body if answer else {}).items()},
        "files": ", ".join(one.file.name for one in answer.attachments.all()) if answer else "",
        **_told(case, viewer),
    }


def _answer(case: Case, viewer: Viewer | None) -> Answer | None:
    """The last answer that stands; for who only asked, the last of those that were delivered."""
    standing = [a for a in case.answers.all() if a.state in {Answer.State.APPROVED, Answer.State.SOURCE}]
    if viewer and not viewer.sees_government and not relations(viewer, case) - {"asker"}:
        delivered = {one.answer_id for one in case.deliveries.all()}
        standing = [
            a for a in standing if a.pk in delivered or (delivered and a.state == Answer.State.SOURCE)
        ]
    return standing[-1] if standing else None


def _told(case: Case, viewer: Viewer | None) -> dict[str, str]:
    """What the list shows of the case, as the list shows it."""
    shown = line(case)
    return {
        "told.number": case.number if case.source == "import" else "",
        "told.state": shown.labels.public_state if viewer and viewer.members else shown.labels.state,
        "told.lead": shown.lead or "배정 전",
        "told.officer": shown.officer,
        "told.received": _day(case.received_at),
        "told.due": case.due_on.isoformat() if case.due_on else "기한 없음",
        "told.left": _left(case, viewer.day if viewer else timezone.localdate()),
        "told.delivered": _day(case.delivered_at),
    }


def _left(case: Case, day: dt.date) -> str:
    if case.paused_on:
        return "기한 멈춤"
    if case.open and case.outcome_basis == "source":
        return "따로 셈"
    if case.due_on is None:
        return ""
    return countdown((case.due_on - day).days) if case.open else "마감"


def _day(moment: dt.datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def rows_of(cases: CaseQuerySet, viewer: Viewer | None = None) -> Iterator[dict[str, str]]:
    """Rows in the order of the source, else of receipt; constant memory."""
    active = Part.objects.filter(active=True).select_related("unit").order_by("pk")
    full = cases.with_type("lead", "officer").prefetch_related(
        Prefetch("parts", active), "answers__attachments__file", "deliveries"
    )
    for order, case in enumerate(full.order_by("source_order", "received_at", "pk").iterator(500), 1):
        yield values_of(case, order, viewer)


def write_cases(
    case_type: CaseType, cases: CaseQuerySet, out: BinaryIO, kind: SheetKind, *, viewer: Viewer | None = None,
    asked: Collection[str] = (),
) -> None:  # fmt: skip
    """Write the cases of one type. A column beyond the core is written only where a row has something in it.

    ``asked``: codes of the columns that the list was asked to show. Rows wait on disk until the last one has said
    which columns there are, so that the database is read once and memory stays as it is.
    """
    used = core(case_type)
    with tempfile.TemporaryFile() as waiting:
        for row in rows_of(cases.filter(type_code=case_type.code), viewer):
            used |= {code for code, text in row.items() if text}
            waiting.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        waiting.seek(0)
        columns = [c for c in (*columns_for(case_type), *told_columns(asked)) if c.code in used]
        rows = ([row.get(column.code, "") for column in columns] for row in map(orjson.loads, waiting))
        write_rows(case_type.name, columns, rows, out, kind)


def write_rows(
    title: str, columns: list[Column], rows: Iterable[list[str]], out: BinaryIO, kind: SheetKind
) -> None:
    """A header and its rows. A cell holds at most 32,767 characters (the import takes 20,000)."""
    (_xlsx if kind == SheetKind.XLSX else _csv)(title, columns, rows, out)


def _xlsx(title: str, columns: list[Column], rows: Iterable[list[str]], out: BinaryIO) -> None:
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet(title[:31])
    head = book.add_format(
        {"bold": True, "bg_color": "#E6EAF2", "border": 1, "align": "center", "valign": "vcenter"}
    )
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for i, column in enumerate(columns):
        sheet.set_column(i, i, 16 if column.name.endswith(READ_ONLY) else WIDTHS.get(column.code, 40))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for i, column in enumerate(columns):
        sheet.write_string(0, i, column.name, head)
    for r, row in enumerate(rows, 1):
        for i, (column, value) in enumerate(zip(columns, row, strict=True)):
            if column.code == "order" and value.isdecimal():
                sheet.write_number(r, i, int(value), cell)
            elif value:
                sheet.write_string(r, i, value, cell)
            else:
                sheet.write_blank(r, i, None, cell)
    book.close()


def _csv(title: str, columns: list[Column], rows: Iterable[list[str]], out: BinaryIO) -> None:
    lines = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(lines)
    writer.writerow([column.name for column in columns])
    for row in rows:
        # A leading quote keeps a spreadsheet from running the text; reading takes it off again.
        writer.writerow([f"'{value}" if FORMULA.match(value) else value for value in row])
    lines.detach()


def write_template(case_type: CaseType, out: BinaryIO) -> None:
    """An empty sheet, with a second one that says what each column takes."""
    book = xlsxwriter.Workbook(out)
    sheet, told = book.add_worksheet(case_type.name[:31]), book.add_worksheet("작성 방법")
    head = book.add_format({"bold": True, "bg_color": "#E6EAF2", "border": 1, "align": "center"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    choices = {"kind": case_type.kinds, "outcome": case_type.outcomes}
    told.set_column(0, 0, 20)
    told.set_column(1, 1, 90)
    told.write_row(0, 0, ["열", "적는 방법"], head)
    for i, column in enumerate(columns_for(case_type)):
        sheet.set_column(i, i, WIDTHS.get(column.code, 40))
        sheet.write_string(0, i, column.name, head)
        named = [choice.name for choice in choices.get(column.code, ())]
        if named:
            sheet.data_validation(1, i, 5000, i, {"validate": "list", "source": named})
        told.write_string(i + 1, 0, column.name, wrap)
        told.write_string(i + 1, 1, _advice(column, named), wrap)
    book.close()


ADVICE = {
    "order": "출처의 연번입니다. 숫자만 적습니다.",
    "number": "이 시스템에서 내려받은 사안의 번호입니다. 그런 행은 다시 접수하지 않습니다. 새 사안은 비웁니다.",
    "title": "비우면 내용의 첫머리를 제목으로 씁니다.",
    "asker": "시의원이면 이름을 그대로 적습니다. 그 의원의 화면에 사안이 보입니다.",
    "received": "2026-03-02처럼 적습니다. 비우면 가져올 때 정한 접수일을 씁니다. 기한은 이날부터 셉니다.",
    "units": "첫 부서가 주관, 쉼표 뒤가 협조부서입니다. 지금 있는 부서 이름을 적습니다.",
}


def _advice(column: Column, named: list[str]) -> str:
    needed = "꼭 적어야 합니다. " if column.required else ""
    told = f"가능한 값: {', '.join(named)}. " if named else ""
    if column.code == "outcome":
        told += "출처의 진술로만 기록됩니다. 전달 기록이 없으면 이 시스템의 ‘완료’로 세지 않습니다. "
    if column.code == "answer.plan":
        told += "날짜가 있는 항목은 향후계획으로 따로 관리합니다. "
    return needed + told + ADVICE.get(column.code, "")
