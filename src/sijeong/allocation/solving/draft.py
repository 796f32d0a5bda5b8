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
}
ROLES = {
    "places": (
        ("id", "received", "class", "place", "need", "hour", "share"),
        ("id", "name", "place", "capacity", "offers", "hours"),
    ),
    "nights": (("id", "received", "class", "share", "room", "start", "nights", "before"), ()),
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
    return (*lacking, *(role for role in RESOURCE[structure] if role not in resources))


def classes_in(rows: Sequence[Sequence[str]], heading: str) -> tuple[str, ...]:
    """The classes that the table holds, in the order met: for the officer to put in order."""
    at = list(rows[0]).index(heading)
    return tuple(dict.fromkeys(row[at] for row in rows[1:]))


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
