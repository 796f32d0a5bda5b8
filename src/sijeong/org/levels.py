"""Which unit may stand under which, and which role fits which unit."""

from __future__ import annotations

from .models import Role, Unit

LEVEL = Unit.Level
CITY_SIDE = {LEVEL.CITY, LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.TEAM, LEVEL.AGENCY}
COUNCIL_SIDE = {LEVEL.COUNCIL, LEVEL.COMMITTEE}
COUNCIL_ROLES = {Role.COUNCIL_MEMBER, Role.AIDE}
HEADS = {Role.DIVISION_HEAD, Role.BUREAU_HEAD}

# None: at the top of its government's tree.
_ABOVE: dict[str, set[str | None]] = {
    LEVEL.CITY: {None},
    LEVEL.BUREAU: {None, LEVEL.CITY},
    LEVEL.DIVISION: {None, LEVEL.CITY, LEVEL.BUREAU},
    LEVEL.TEAM: {LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.AGENCY},
    LEVEL.AGENCY: {None, LEVEL.CITY, LEVEL.BUREAU},
    LEVEL.COUNCIL: {None},
    LEVEL.COMMITTEE: {None, LEVEL.COUNCIL},
}
_HELD_IN: dict[str, set[str]] = {
    Role.PLANNING_OFFICER: {LEVEL.DIVISION, LEVEL.TEAM},
    Role.DIVISION_OFFICER: {LEVEL.CITY, LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.TEAM, LEVEL.AGENCY},
    Role.DIVISION_HEAD: {LEVEL.DIVISION, LEVEL.AGENCY},
    Role.BUREAU_HEAD: {LEVEL.CITY, LEVEL.BUREAU},
    Role.COUNCIL_MEMBER: {LEVEL.COUNCIL, LEVEL.COMMITTEE},
    Role.AIDE: {LEVEL.COUNCIL, LEVEL.COMMITTEE},
    Role.MAYORS_OFFICE: {LEVEL.CITY, LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.TEAM},
    Role.AUDITOR: {LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.TEAM},
    Role.ADMINISTRATOR: {LEVEL.CITY, LEVEL.BUREAU, LEVEL.DIVISION, LEVEL.TEAM},
}


def may_stand_under(level: str, above: str | None) -> bool:
    return above in _ABOVE[level]


def may_be_held_in(role: str, level: str) -> bool:
    return level in _HELD_IN[role]


def same_side(one: str, other: str) -> bool:
    """Whether both belong to the city's executive, or both to its council."""
    return (one in COUNCIL_SIDE) == (other in COUNCIL_SIDE)
