"""Units and people from a sheet: its columns, and what a row's words mean here. Writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from sijeong.sheets.reading import Column, Row, SheetRefused, folded, read

from .errors import OrgError
from .models import Category, District, Government, Role, Unit, User

MOST = 200
"""Rows of one sheet: as many as are entered while somebody waits."""

COLUMNS = {
    "units": [
        Column("code", "부호", ("부서 부호", "부서코드"), required=True),
        Column("name", "부서 이름", ("부서명", "부서"), required=True),
        Column("level", "단계", ("구분",), required=True),
        Column("parent", "상위 부서", ("상위부서 부호",)),
        Column("committee", "소관 상임위원회", ("상임위원회",)),
        Column("on", "설치일", ("시작일",)),
        Column("duties", "분장사무"),
    ],
    "people": [
        Column("username", "아이디", ("계정",), required=True),
        Column("name", "이름", ("성명",), required=True),
        Column("email", "전자우편", ("이메일", "메일")),
        Column("unit", "부서", ("부서 부호", "부서명")),
        Column("role", "역할"),
        Column("title", "직위", ("직책",)),
        Column("category", "직종"),
        Column("grade", "직급"),
        Column("on", "발령일"),
        Column("assists", "보좌할 의원 아이디", ("보좌할 의원",)),
        Column("district", "선거구"),
    ],
}
NAMES = {"units": "부서", "people": "사람"}
# What the empty sheet that is handed out shows of a right row.
SAMPLE = {
    "units": ["0101", "총무과", "과·담당관", "행정국", "", "", "청사 관리"],
    "people": ["kimjumu", "김주무", "", "총무과", "담당자", "주무관", "일반직", "7급", "", "", ""],
}


class RowRefused(OrgError):
    """A cell that means nothing here; ``code`` is its column."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


def rows_of(path: Path, kind: str) -> list[Row]:
    """The rows of an uploaded sheet. Raises SheetRefused where it is none, is empty, or has too many."""
    rows = list(read(path, _sort(path), COLUMNS[kind]))
    if not rows:
        raise SheetRefused("머리글 아래에 적힌 행이 없습니다.")
    if len(rows) > MOST:
        raise SheetRefused(f"한 번에 {MOST}행까지 등록합니다(적힌 행 {len(rows):,}). 나누어 올리십시오.")
    return rows


def _sort(path: Path) -> str:
    """What the bytes say: a zip is taken for XLSX, other bytes for text in UTF-8, else in CP949."""
    content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "text-cp949"
    return "text" if b"\x00" not in content else "binary"


@dataclass(frozen=True)
class Place:
    """Where a person of the sheet is posted; None of a row without a unit."""

    unit: Unit
    facts: dict[str, Any]


def unit_of(row: Row, government: Government) -> dict[str, Any]:
    """What ``found_unit`` takes. Raises RowRefused."""
    told = row.values
    return {
        "code": told["code"], "name": told["name"], "level": _choice(told, "level", Unit.Level),
        "parent": _unit(told, "parent", government), "committee": _unit(told, "committee", government),
        "on": _day(told, "on"), "duties": told.get("duties", ""),
    }  # fmt: skip


def person_of(row: Row) -> dict[str, str]:
    """What ``add_person`` takes. Raises RowRefused."""
    if email := row.values.get("email"):
        try:
            validate_email(email)
        except ValidationError:
            raise RowRefused("email", f"‘{email}’: name@example.kr처럼 전자우편 주소로 적으십시오") from None
    return {name: row.values.get(name, "") for name in ("username", "name", "email")}


def place_of(row: Row, government: Government) -> Place | None:
    """Where ``give_post`` puts the person; without a unit nowhere. Raises RowRefused."""
    told = row.values
    unit = _unit(told, "unit", government)
    if unit is None:
        stray = next((code for code in ("role", "title", "grade", "on") if told.get(code)), "")
        if stray:
            raise RowRefused(
                "unit", "부서가 비어 있습니다. 발령하지 않을 사람이면 역할·직위·직급도 비우십시오"
            )
        return None
    facts = {
        "role": _choice(told, "role", Role), "category": _choice(told, "category", Category, needed=False),
        "title": told.get("title", ""), "grade": told.get("grade", ""), "on": _day(told, "on"),
        "assists": _person(told, "assists", government), "district": _district(told, "district", government),
    }  # fmt: skip
    return Place(unit, facts)


def _choice(told: dict[str, str], code: str, choices: type[TextChoices], *, needed: bool = True) -> str:
    given = folded(told.get(code, ""))
    if not given and not needed:
        return ""
    for value, label in choices.choices:
        if given in {folded(value), folded(label)}:
            return str(value)
    raise RowRefused(code, f"‘{told.get(code, '')}’: {', '.join(choices.labels)} 가운데 하나로 적으십시오")


def _day(told: dict[str, str], code: str) -> dt.date:
    given = told.get(code, "").rstrip(".")
    if not given:
        return timezone.localdate()
    try:
        year, month, day = (int(part) for part in given.replace(".", "-").replace("/", "-").split("-"))
        return dt.date(year, month, day)
    except ValueError:
        raise RowRefused(code, f"‘{told[code]}’: 2026-01-02처럼 날짜로 적으십시오") from None


def _unit(told: dict[str, str], code: str, government: Government) -> Unit | None:
    """The living unit with that code, or the only one of that name."""
    given = told.get(code, "")
    if not given:
        return None
    alive = Unit.objects.filter(government=government, valid_to=None)
    found = list(alive.filter(code=given)) or list(alive.filter(name=given)[:2])
    if len(found) == 1:
        return found[0]
    why = (
        "같은 이름의 부서가 여럿입니다. 부호로 적으십시오" if found else "그런 부호나 이름의 부서가 없습니다"
    )
    raise RowRefused(code, f"‘{given}’: {why}")


def _person(told: dict[str, str], code: str, government: Government) -> User | None:
    return _one(told, code, User.objects.filter(government=government, username=told.get(code, "").lower()))


def _district(told: dict[str, str], code: str, government: Government) -> District | None:
    return _one(told, code, District.objects.filter(government=government, name=told.get(code, "")))


def _one(told: dict[str, str], code: str, found: QuerySet[Any]) -> Any:
    if not told.get(code):
        return None
    if one := found.first():
        return one
    raise RowRefused(code, f"‘{told[code]}’: 찾을 수 없습니다")
