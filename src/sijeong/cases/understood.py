"""Filters of a list without what their government does not know: codes of its case types, its units, a reader's piles."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sijeong.catalog import CaseType
from sijeong.org.access import units
from sijeong.org.address import SHOWN, Misread
from sijeong.org.viewer import Viewer

from .listing import Filters
from .models import CaseTypeVersion
from .models.types import InForce, parsed
from .work import title_of

CODES = {"type": "종류", "state": "상태", "kind": "구분", "outcome": "처리 결과"}
Versions = tuple[tuple[str, int], ...]  # digests and keys


def understood(filters: Filters, viewer: Viewer, types: tuple[InForce, ...] = ()) -> Filters:
    """The filters, what is not known left out and told. ``types``: those in force, where they are at hand anyway.

    Nothing is asked of the database for what the address does not name.
    """
    narrowing, told = filters.narrowing, list(filters.misread)
    wrong: dict[str, Any] = {}
    for name, label in CODES.items():
        given = getattr(narrowing if name in {"kind", "outcome"} else filters, name)
        if given and not is_code(name, given, viewer.government_id, types):
            wrong[name] = ""
            told.append(Misread(name, label, given[:SHOWN]))
    if filters.unit and not units(viewer).filter(pk=filters.unit).exists():
        wrong["unit"] = None
        told.append(Misread("unit", "부서", str(filters.unit)))
    if narrowing.lead:
        ours = {0, *units(viewer).filter(pk__in=narrowing.lead).values_list("pk", flat=True)}
        wrong["lead"] = tuple(pk for pk in narrowing.lead if pk in ours)
        told += [Misread("lead", "주관부서", str(pk)) for pk in narrowing.lead if pk not in ours]
    if filters.pile and not title_of(viewer, filters.pile):
        wrong["pile"] = ""
        told.append(Misread("pile", "내 업무의 묶음", filters.pile))
    if len(told) == len(filters.misread):
        return filters
    inner = {name: wrong.pop(name) for name in ("kind", "outcome", "lead") if name in wrong}
    return replace(filters, **wrong, narrowing=replace(narrowing, **inner), misread=tuple(told))


def is_code(name: str, given: str, government_id: int, types: tuple[InForce, ...] = ()) -> bool:
    """Whether a type has it, one in force or one with which an older case began; ``-`` is none."""
    if given == "-" and name in {"kind", "outcome"}:
        return True
    if given in _codes(name, tuple((one.digest, one.pk) for one in types)):
        return True
    every = CaseTypeVersion.objects.filter(government_id=government_id).order_by("pk")
    return given in _codes(name, tuple(every.values_list("digest", "pk")))


@lru_cache(maxsize=256)
def _codes(name: str, versions: Versions) -> frozenset[str]:
    return frozenset(code for digest, pk in versions for code in _of(name, parsed(digest, pk)))


def _of(name: str, case_type: CaseType) -> list[str]:
    if name == "type":
        return [case_type.code]
    within = {"state": case_type.states, "kind": case_type.kinds, "outcome": case_type.outcomes}
    return [one.code for one in within[name]]
