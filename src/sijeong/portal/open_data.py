"""The open data sets: their columns, once, for CSV, JSON, schema and dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Count
from django.utils import timezone

from sijeong.org.models import Government
from sijeong.sheets.reading import FORMULA

from . import access
from .city import portal_of
from .models import PublicCase, PublicFollowUp

# Columns are only ever added at the end; one that changes its meaning gets another name and this another number.
VERSION = "1"
STRING, INTEGER, BOOLEAN, DATE, MOMENT = "string", "integer", "boolean", "date", "date-time"


@dataclass(frozen=True)
class Column:
    """A column: its code, its Korean name, type and meaning, and how a row gives it. Empty where ``optional``."""

    code: str
    name: str
    type: str
    meaning: str
    of: Callable[[Any], Any]
    optional: bool = False


@dataclass(frozen=True)
class DataSet:
    code: str
    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Government], Iterator[Any]]


def _answer(public: PublicCase) -> str:
    several = len(public.answer) > 1
    return "\n\n".join(f"[{name}]\n{text}" if several else text for name, text in public.answer)


def _cases(government: Government) -> Iterator[PublicCase]:
    rows = access.public_cases(government).select_related("lead", "committee")
    return rows.annotate(promises=Count("follow_ups")).order_by("number").iterator(500)


def _promises(government: Government) -> Iterator[PublicFollowUp]:
    rows = PublicFollowUp.objects.filter(public__in=access.public_cases(government))
    return rows.select_related("public", "follow_up__unit").order_by("public__number", "pk").iterator(500)


CASES = DataSet("cases", "공개한 질문과 답변", (
    Column("number", "번호", STRING, "사안의 번호. 한 자치단체 안에서 겹치지 않는다.", lambda c: c.number),
    Column("type_code", "종류 코드", STRING, "사안 종류의 코드. 예: data_request", lambda c: c.type_code),
    Column("type", "종류", STRING, "사안 종류의 이름. 예: 의원요구자료", lambda c: c.type_name),
    Column("kind", "구분", STRING, "종류 안의 구분. 예: 시정·처리요구", lambda c: c.kind, optional=True),
    Column("title", "제목", STRING, "개인정보를 가린 제목", lambda c: c.title),
    Column("question", "내용", STRING, "개인정보를 가린 질문이나 요구", lambda c: c.question),
    Column("answer", "답변", STRING, "개인정보를 가린, 마지막에 전달한 답변. 항목이 여럿이면 [항목] 아래에 적는다.", _answer),
    Column("asker", "요구자", STRING, "시의원, 위원회, 부서의 이름. 시민은 이름 대신 ‘시민’", lambda c: c.asker),
    Column("outcome_code", "결과 코드", STRING, "처리 결과의 코드. 예: done", lambda c: c.outcome, optional=True),
    Column("outcome", "결과", STRING, "처리 결과의 이름. 예: 완료, 추진 중", lambda c: c.outcome_name, optional=True),
    Column("lead_unit", "주관부서", STRING, "답변한 부서", lambda c: c.lead.name),
    Column("committee", "상임위원회", STRING, "요구한 위원회나 부서가 속한 위원회", lambda c: c.committee.name if c.committee else "", optional=True),
    Column("received_on", "접수일", DATE, "시가 접수한 날", lambda c: c.received_on),
    Column("due_on", "기한", DATE, "법이나 기준이 정한 마지막 날. 연장했으면 연장한 날", lambda c: c.due_on, optional=True),
    Column("delivered_on", "전달일", DATE, "답변을 전달한 날", lambda c: c.delivered_on),
    Column("on_time", "기한 지킴", BOOLEAN, "전달일이 기한과 같거나 앞서면 참", lambda c: c.on_time),
    Column("extensions", "연장 횟수", INTEGER, "기한을 연장한 횟수", lambda c: c.extensions),
    Column("follow_ups", "향후계획 수", INTEGER, "답변에서 약속한 일의 수. 내용은 follow-ups에 있다.", lambda c: c.promises),
    Column("masked", "가린 곳", INTEGER, "개인정보라서 가린 곳의 수", lambda c: c.masked),
    Column("published_at", "공개 일시", MOMENT, "처음 공개한 때", lambda c: c.published_at),
), _cases)  # fmt: skip
FOLLOW_UPS = DataSet("follow-ups", "답변에서 약속한 일", (
    Column("case_number", "사안 번호", STRING, "cases의 number", lambda f: f.public.number),
    Column("text", "할 일", STRING, "개인정보를 가린 약속의 내용", lambda f: f.text),
    Column("due_on", "기한", DATE, "지금의 기한", lambda f: f.follow_up.due_on),
    Column("state_code", "상태 코드", STRING, "open, closed, dropped 가운데 하나", lambda f: f.follow_up.state),
    Column("state", "상태", STRING, "이행 중, 이행 완료, 중단", lambda f: f.follow_up.get_state_display()),
    Column("closed_on", "마친 날", DATE, "이행을 마치거나 중단한 날", lambda f: f.follow_up.closed_at and timezone.localdate(f.follow_up.closed_at), optional=True),
    Column("evidence", "이행 결과", STRING, "개인정보를 가린 이행 결과. 검토를 마친 것만", lambda f: f.evidence, optional=True),
    Column("unit", "담당부서", STRING, "약속을 지킬 부서", lambda f: f.follow_up.unit.name),
), _promises)  # fmt: skip
SETS = {each.code: each for each in (CASES, FOLLOW_UPS)}


def _plain(value: Any) -> Any:
    return None if value in ("", None) else value


def values(data: DataSet, row: Any) -> dict[str, Any]:
    """A row as JSON has it; what there is none of is null."""
    return {column.code: _plain(column.of(row)) for column in data.columns}


def json_lines(data: DataSet, government: Government, address: str) -> Iterator[bytes]:
    """One JSON document in pieces: what it is, then every row. Constant memory."""
    licence = portal_of(government).licence
    head = {
        "name": data.name, "government": government.name, "version": VERSION, "schema": f"{address}{data.code}.schema.json",
        "licence": {"code": licence.code, "name": licence.name}, "as_of": timezone.now(),
    }  # fmt: skip
    yield orjson.dumps(head)[:-1] + b',"rows":['
    between = b"\n"
    for row in data.rows(government):
        yield between + orjson.dumps(values(data, row))
        between = b",\n"
    yield b"\n]}\n"


def csv_lines(data: DataSet, government: Government) -> Iterator[bytes]:
    """UTF-8 with its mark, so that spreadsheets read Hangul; text that one would run has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff".encode()
    writer.writerow([column.code for column in data.columns])
    for row in data.rows(government):
        writer.writerow([_cell(column.of(row)) for column in data.columns])
        if out.tell() > 64 * 1024:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text


def schema(data: DataSet, address: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of the JSON document."""
    properties = {column.code: _type(column) for column in data.columns}
    row = {
        "type": "object", "properties": properties, "required": [column.code for column in data.columns],
        "additionalProperties": False,
    }  # fmt: skip
    text = {"type": "string"}
    licence = {"type": "object", "properties": {"code": text, "name": text}, "required": ["code", "name"]}
    head = {
        "name": text, "government": text, "version": {"const": VERSION}, "schema": text, "licence": licence,
        "as_of": {"type": "string", "format": "date-time"}, "rows": {"type": "array", "items": row},
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{address}{data.code}.schema.json",
        "title": data.name, "type": "object", "properties": head, "required": list(head), "additionalProperties": False,
    }  # fmt: skip


def _type(column: Column) -> dict[str, Any]:
    plain: dict[str, Any] = (
        {"type": "string", "format": column.type} if column.type in {DATE, MOMENT} else {"type": column.type}
    )
    if column.optional:
        plain["type"] = [plain["type"], "null"]
    return {"title": column.name, "description": column.meaning} | plain
