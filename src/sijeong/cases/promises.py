"""The list of follow-ups: filters from the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from sijeong.org.access import units
from sijeong.org.address import Address, Misread
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer
from sijeong.sheets.reading import Column

from . import access
from .models import FollowUp

PAGE = 50
DUE = {"late": "기한 지남", "soon": "3일 안", "month": "30일 안"}
AHEAD = {"soon": dt.timedelta(days=3), "month": dt.timedelta(days=30)}
STATES = {"open": "이행 중", "closed": "이행 완료", "dropped": "중단", "all": "모두"}
COLUMNS = [
    Column("text", "할 일"), Column("case", "사안 번호"), Column("title", "사안 제목"), Column("asker", "요구자"),
    Column("unit", "부서"), Column("due", "기한"), Column("state", "상태"), Column("evidence", "이행 결과"),
]  # fmt: skip


@dataclass(frozen=True)
class PromiseFilters:
    """What an address asks for; what nobody understands (``misread``) is as if not given."""

    q: str = ""
    state: str = "open"
    due: str = ""
    unit: Unit | None = None
    mine: bool = False
    misread: tuple[Misread, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, viewer: Viewer) -> PromiseFilters:
        asked = Address(query)
        return cls(
            q=asked.text("q"), state=asked.choice("state", "상태", STATES, "open"),
            due=asked.choice("due", "기한", DUE), unit=asked.row("unit", "부서", units(viewer)),
            mine=asked.choice("mine", "맡은 곳", {"1"}) == "1", misread=tuple(asked.misread),
        )  # fmt: skip

    def applied(self, viewer: Viewer) -> QuerySet[FollowUp]:
        """The follow-ups that the viewer may see and the filters leave."""
        found = access.follow_ups(viewer).select_related("case", "unit", "owner")
        if self.state != "all":
            found = found.filter(state=self.state)
        if self.q:
            found = found.filter(
                Q(text__icontains=self.q)
                | Q(case__title__icontains=self.q)
                | Q(case__number__icontains=self.q)
            )
        if self.unit:
            found = found.filter(unit=self.unit)
        if self.mine:
            found = found.filter(Q(unit_id__in=viewer.units) | Q(owner_id=viewer.pk))
        if self.due == "late":
            found = found.filter(state=FollowUp.State.OPEN, due_on__lt=viewer.day)
        elif self.due:
            until = viewer.day + AHEAD[self.due]
            found = found.filter(state=FollowUp.State.OPEN, due_on__gte=viewer.day, due_on__lte=until)
        return found


def values_of(promise: FollowUp) -> list[str]:
    """A follow-up as a row of COLUMNS."""
    case = promise.case
    return [
        promise.text, case.number, case.title, case.asker_name, promise.unit.name, promise.due_on.isoformat(),
        promise.get_state_display(), promise.evidence,
    ]  # fmt: skip
