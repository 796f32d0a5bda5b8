"""Cases as sheets: first the columns that the import reads, then what else people look for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO

import orjson
import xlsxwriter
from django.utils import timezone

from sijeong.catalog import CaseType
from sijeong.catalog.case_type import FormField
from sijeong.org.viewer import Viewer
from sijeong.sheets.reading import FORMULA, READ_ONLY, Column

from . import cells
from .columns import columns_for, core, title_of, told_columns
from .incoming import key_of
from .korean import countdown
from .lines import COLUMNS, Line, lines
from .models import Answer, Attachment, CaseQuerySet, Delivery, Part
from .models.types import parsed

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


BATCH = 500


class SheetKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class _Beside:
    """What stands beside a batch of cases, by the key of the case: a few statements however many there are."""

    def __init__(self, keys: list[int], viewer: Viewer | None) -> None:
        parts = Part.objects.filter(case__in=keys, active=True).order_by("pk")
        self.units: dict[int, dict[str, list[str]]] = {}
        inside = set() if viewer and not viewer.sees_government else set(keys)
        for case, kind, unit, name in parts.values_list("case", "kind", "unit", "unit__name"):
            self.units.setdefault(case, {}).setdefault(kind, []).append(name)
            if viewer and unit in viewer.units:
                inside.add(case)
        self.answers = self._answers(keys, inside)
        self.files: dict[int, list[str]] = {}
        files = Attachment.objects.filter(answer__in=[pk for pk, _ in self.answers.values()]).order_by("pk")
        for answer, name in files.values_list("answer", "file__name"):
            self.files.setdefault(answer, []).append(name)

    def _answers(self, keys: list[int], inside: set[int]) -> dict[int, tuple[int, dict[str, str]]]:
        """The last answer that stands; for who only asked (``inside`` has the others), of those delivered."""
        told = Delivery.objects.filter(case__in=keys).values_list("case", "answer")
        cases, answers = {case for case, _ in told}, {answer for _, answer in told}
        standing = Answer.objects.filter(
            case__in=keys, state__in=[Answer.State.APPROVED, Answer.State.SOURCE]
        )
        found = {}
        for case, pk, state, body in standing.order_by("number").values_list("case", "pk", "state", "body"):
            if case in inside or pk in answers or (case in cases and state == Answer.State.SOURCE):
                found[case] = pk, body
        return found

    def told(self, case: int, case_type: CaseType) -> dict[str, str]:
        """The columns of a case that it fills."""
        units = self.units.get(case, {})
        answer, body = self.answers.get(case, (0, {}))
        return {
            "units": ", ".join(units.get(Part.Kind.LEAD, []) + units.get(Part.Kind.JOINT, [])),
            **_fields("answer.", case_type.answer_fields, body),
            "files": ", ".join(self.files.get(answer, [])),
        }


MORE = ("question", "fields", "source", "source_order", "source_key", "type_code")
OF_SOURCE = ("source_order", "received_at", "pk")


def rows_of(cases: CaseQuerySet, viewer: Viewer | None = None) -> Iterator[dict[str, str]]:
    """Cases as rows: what an import would read, and what it leaves alone; in their order, else in that of the source.

    ``viewer``: who gets them, if not the city itself. Memory stays as it is however many there are.
    """
    listed = cases if cases.query.order_by else cases.order_by(*OF_SOURCE)
    rows, place = listed.values_list(*COLUMNS, *MORE).iterator(BATCH), 0
    while batch := list(islice(rows, BATCH)):
        told = list(lines(row[: len(COLUMNS)] for row in batch))
        beside = _Beside([pk for _, pk in told], viewer)
        for (shown, pk), row in zip(told, batch, strict=True):
            place += 1
            case_type = parsed(row[DIGEST], row[VERSION])
            asked = _asked(shown, row, place)
            yield {
                **asked,
                **_fields("field.", case_type.extra_fields, row[len(COLUMNS) + 1]),
                **beside.told(pk, case_type),
                **_told(shown, viewer, numbered=bool(asked["number"])),
            }


DIGEST, VERSION, KIND = (COLUMNS.index(name) for name in ("type__digest", "type_id", "kind"))


def _asked(shown: Line, row: tuple[Any, ...], place: int) -> dict[str, str]:
    """What was asked. What a sheet brought in goes out in the columns it came with, where these say what it is known by."""
    question, _, source, order, key, type_code = row[len(COLUMNS) :]
    asker = "" if shown.asker_name == "출처에 없음" else shown.asker_name
    brought = source == "import"
    again = brought and key == key_of(
        type_code, question, kind=row[KIND], order=str(order or ""), asker=asker, received=""
    )
    return {
        "order": str(order or ("" if brought else place)),
        "number": "" if again else shown.number,
        "kind": shown.labels.kind,
        "title": "" if shown.title == title_of(question) else shown.title,
        "question": question,
        "asker": asker,
        "received": "" if brought else _day(shown.received_at),
        "outcome": shown.labels.outcome,
    }


def _fields(prefix: str, fields: Iterable[FormField], told: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a type's own fields."""
    return {
        prefix + one.code: cells.told(one, told[one.code])
        for one in fields
        if told.get(one.code) not in (None, "")
    }


def _told(shown: Line, viewer: Viewer | None, *, numbered: bool) -> dict[str, str]:
    """What the list shows of the case, as the list shows it."""
    return {
        "told.number": "" if numbered else shown.number,
        "told.state": shown.labels.public_state if viewer and viewer.members else shown.labels.state,
        "told.lead": shown.lead or "배정 전",
        "told.officer": shown.officer,
        "told.received": _day(shown.received_at),
        "told.due": shown.due_on.isoformat() if shown.due_on else "기한 없음",
        "told.left": _left(shown, viewer.day if viewer else timezone.localdate()),
        "told.delivered": _day(shown.delivered_at),
    }


def _left(shown: Line, day: dt.date) -> str:
    if shown.paused:
        return "기한 멈춤"
    if shown.open and shown.outcome_basis == "source":
        return "따로 셈"
    if shown.due_on is None:
        return ""
    return countdown((shown.due_on - day).days) if shown.open else "마감"


def _day(moment: dt.datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


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
    r = 0
    for r, row in enumerate(rows, 1):
        for i, (column, value) in enumerate(zip(columns, row, strict=True)):
            if column.code == "order" and value.isdecimal():
                sheet.write_number(r, i, int(value), cell)
            elif value:
                sheet.write_string(r, i, value, cell)
            else:
                sheet.write_blank(r, i, None, cell)
    sheet.autofilter(0, 0, r, len(columns) - 1)  # by its due date, by its officer, as whoever opens it likes
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
