"""A definition from two spreadsheets: what the headings usually mean, and the text that follows from the answers.

For a page that asks instead of making a division write text: the page shows `guess`, the officer corrects it and
orders the classes, `draft` writes the YAML and checks it like any other definition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from .definition import APPLICANT, RESOURCE, parse
from .intake import Column, named, whole
from .intake import columns as read_columns

USUAL = {
    "id": ("접수번호", "신청번호", "번호", "팀번호", "기관번호", "지역", "사업번호", "연번"),
    "received": ("접수시각", "접수일시", "접수일", "신청일시", "신청일"),
    "class": ("등급", "순위", "우선순위", "구분", "중증도", "위험등급"),
    "place": ("자치구", "구", "지역구"),
    "need": ("필요", "필요병상"),
    "hour": ("희망시각", "희망시간"),
    "share": ("신청구분", "구분"),
    "room": ("객실", "객실유형"),
    "start": ("첫밤", "입실일", "시작일"),
    "nights": ("박", "박수", "숙박일수"),
    "before": ("다녀온횟수", "이용횟수"),
    "area": ("권역",),
    "wish1": ("1지망",),
    "wish2": ("2지망",),
    "wish3": ("3지망",),
    "field": ("분야",),
    "name": ("기관명", "이름", "명칭", "사업명"),
    "capacity": ("정원", "자리", "병상", "수용인원", "시간당"),
    "offers": ("제공", "가능"),
    "hours": ("여는시간", "운영시간"),
    "open": ("모집",),
    "high": ("성수기", "성수기객실수", "방수", "객실수", "실수"),
    "low": ("비수기", "비수기객실수", "방수", "객실수", "실수"),
}
# What a page asks for each role.
ASKED = {
    "id": "번호(한 번씩만)", "received": "접수한 때나 순서", "class": "등급", "place": "자치구", "need": "필요한 것",
    "hour": "희망 시각(0-23)", "share": "신청 구분", "room": "객실 유형", "start": "첫 밤", "nights": "박 수",
    "before": "이미 다녀온 횟수", "area": "권역", "wish1": "1지망", "wish2": "2지망", "wish3": "3지망", "field": "분야",
    "name": "이름", "capacity": "자리 수", "offers": "제공하는 것", "hours": "여는 시간(09-18)", "open": "모집(예·아니오)",
    "high": "성수기 방 수", "low": "비수기 방 수",
}  # fmt: skip
ROOMS = ("room", "high", "low")
ROLES = {
    "places": (
        ("id", "received", "class", "place", "need", "hour", "share"),
        ("id", "name", "place", "capacity", "offers", "hours"),
    ),
    "nights": (
        ("id", "received", "class", "share", "room", "start", "nights", "before"),
        ("room", "high", "low"),
    ),
    "choices": (
        ("id", "received", "class", "area", "wish1", "wish2", "wish3", "field"),
        ("id", "area", "capacity", "open"),
    ),
}


@dataclass(frozen=True)
class Answers:
    """What the officer says: `structure` is places, nights or choices; `classes` as (code, basis), first first;
    `part` the settings of the structure; `more` further top-level settings (needs, shares, quotas, aims)."""

    name: str
    title: str
    basis: tuple[str, ...]
    structure: str
    tie: str
    nouns: tuple[str, str]
    applicants: Mapping[str, str]
    resources: Mapping[str, str]
    classes: Sequence[tuple[str, str]]
    part: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def guess(
    structure: str, applicants: Sequence[str], resources: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Headings by role for both tables, each heading used once; a role without a usual heading is left out."""
    sides = zip(ROLES[structure], (applicants, resources), strict=True)
    first, second = (matched(roles, headings) for roles, headings in sides)
    return first, second


def matched(roles: Sequence[str], headings: Sequence[str]) -> dict[str, str]:
    result: dict[str, str] = {}
    for role in roles:
        free = (name for name in USUAL[role] if name in headings and name not in result.values())
        if found := next(free, None):
            result[role] = found
    return result


def missing(structure: str, applicants: Mapping[str, str], resources: Mapping[str, str]) -> tuple[str, ...]:
    """The roles that still need a heading."""
    lacking = [role for role in APPLICANT[structure] if role not in applicants]
    return (*lacking, *(role for role in required(structure)[1] if role not in resources))


def required(structure: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles of both tables that must have a heading; the room types of nights come from the second table."""
    return APPLICANT[structure], ROOMS if structure == "nights" else RESOURCE[structure]


def classes_in(rows: Sequence[Sequence[str]], heading: str) -> tuple[str, ...]:
    """The values that a column holds, whole cells, in the order met: classes, or shares."""
    at = list(rows[0]).index(heading)
    return tuple(dict.fromkeys(row[at] for row in rows[1:] if at < len(row) and row[at]))


def values_in(rows: Sequence[Sequence[str]], heading: str) -> tuple[str, ...]:
    """The single values that stand in a column, several in a cell apart by spaces or commas, in the order met."""
    at = list(rows[0]).index(heading)
    cells = (row[at] for row in rows[1:] if at < len(row))
    return tuple(dict.fromkeys(part for cell in cells for part in cell.replace(",", " ").split()))


def rooms_in(rows: Sequence[Sequence[str]], columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Room types with their numbers by season. Raises BadTable."""
    wanted = {
        "room": Column(columns["room"], named, True),
        "high": Column(columns["high"], whole(0, 10_000)),
        "low": Column(columns["low"], whole(0, 10_000)),
    }
    found = read_columns("객실", rows, wanted)
    return [
        {"room": room, "high": high, "low": low}
        for room, high, low in zip(found["room"], found["high"], found["low"], strict=True)
    ]


def draft(answers: Answers) -> str:
    """The definition as YAML. Raises BadDefinition if the answers do not make one."""
    data = {
        "allocation": answers.name,
        "title": answers.title,
        "basis": list(answers.basis),
        "applicants": {"noun": answers.nouns[0], "columns": dict(answers.applicants)},
        "resources": {"noun": answers.nouns[1], "columns": dict(answers.resources)},
        "classes": [{"code": code, "name": code, "basis": basis} for code, basis in answers.classes],
        "tie": answers.tie,
        **answers.more,
        answers.structure: dict(answers.part),
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    parse(text, f"{answers.name}.yaml")
    return text
