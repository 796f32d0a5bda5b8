"""Many cases at once, each by itself: what cannot be done is told with its reason and left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sijeong.links.preconditions import read_as
from sijeong.links.problems import Kind, Problem
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from . import access, actions
from .errors import CaseError
from .models import Case, Delivery

MOST = 200


class Fate(StrEnum):
    """What became of one of many."""

    DONE = "done"
    ALREADY = "already"
    CHANGED = "changed"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    MISSING = "missing"


WHY = {
    Fate.ALREADY: "이미 확인한 답변입니다.",
    Fate.CHANGED: "그 사이 바뀌었습니다.",
    Fate.FORBIDDEN: "이 일을 할 권한이 없습니다.",
    Fate.MISSING: "없는 것이거나 볼 수 없는 것입니다.",
}


@dataclass(frozen=True)
class Result:
    """What became of one of them and why; the case as it stands, none where nothing is there for these eyes."""

    key: str
    fate: Fate
    case: Case | None = None
    why: str = ""


@dataclass(frozen=True)
class Assignment:
    """A case by its number and where it goes; ``tag``: the version that it was read in, where that is known."""

    number: str
    lead: Unit
    joint: tuple[Unit, ...] = ()
    tag: str = ""


@transaction.atomic
def assign(viewer: Viewer, wanted: Sequence[Assignment]) -> list[Result]:
    """Assign each case; results in the order in which they were wanted."""
    found = {case.number: case for case in access.cases(viewer).filter(number__in=[w.number for w in wanted])}
    # All units before the first case, and cases in one order: of two who do this at once the second only waits.
    actions.hold_units(unit for wish in wanted for unit in (wish.lead, *wish.joint))
    results = {}
    for at in sorted(range(len(wanted)), key=lambda at: _pk(found.get(wanted[at].number))):
        wish = wanted[at]
        results[at] = _one(wish.number, found.get(wish.number), partial(_assigned, wish, viewer), wish.tag)
    return [results[at] for at in range(len(wanted))]


def _assigned(wish: Assignment, viewer: Viewer, case: Case) -> Case:
    return actions.assign(case=case, lead=wish.lead, joint=wish.joint, by=viewer)


def _pk(case: Case | None) -> int:
    return case.pk if case else 0


@transaction.atomic
def acknowledge(viewer: Viewer, keys: Iterable[int]) -> list[Result]:
    """Confirm the receipt of each delivery, in the order of their cases; those that are not there come last."""
    wanted = set(keys)
    found = list(access.deliveries(viewer).filter(pk__in=wanted).order_by("case", "pk"))
    results = [_one(str(one.pk), one.case, partial(_acknowledged, one, viewer)) for one in found]
    gone = sorted(wanted - {one.pk for one in found})
    return results + [Result(str(key), Fate.MISSING, None, WHY[Fate.MISSING]) for key in gone]


def _acknowledged(delivery: Delivery, viewer: Viewer, case: Case) -> Case | None:
    return case if actions.acknowledge(delivery=delivery, by=viewer) else None


def _one(key: str, case: Case | None, act: Callable[[Case], Case | None], tag: str = "") -> Result:
    """Do it, or undo all of it and say why. ``act`` gives nothing where there was nothing to do any more."""
    if case is None:
        return Result(key, Fate.MISSING, None, WHY[Fate.MISSING])
    try:
        with read_as(case, tag), transaction.atomic():
            done = act(case)
    except CaseError as refusal:
        return Result(key, Fate.REFUSED, case, str(refusal))
    except PermissionDenied:
        return Result(key, Fate.FORBIDDEN, case, WHY[Fate.FORBIDDEN])
    except Problem as problem:
        if problem.kind is not Kind.CHANGED:
            raise
        return Result(key, Fate.CHANGED, case, WHY[Fate.CHANGED])
    return Result(key, Fate.DONE, done) if done else Result(key, Fate.ALREADY, case, WHY[Fate.ALREADY])
