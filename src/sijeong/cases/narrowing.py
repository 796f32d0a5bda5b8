"""The filters of a list that statistics link to: the cases behind a number, found by their rows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields

from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

from .models import CaseQuerySet

FATES = {
    "on_time": "기한 안에 전달", "late": "기한 지나 전달", "overdue": "기한 지났고 전달 전", "open": "전달 전",
    "told": "출처의 진술만", "ended": "취하·병합", "delivered": "전달", "rated": "기한을 지켰는지 정해진 것",
}  # fmt: skip
_GIVEN = Q(delivered_at__isnull=False)


def _fate(fate: str, day: dt.date) -> Q:
    """The rows of a fate of ``cases.counts``; ``overdue`` and ``rated`` are as of ``day``."""
    on_time = _GIVEN & (Q(due_on=None) | Q(delivered_at__date__lte=F("due_on")))
    late = _GIVEN & Q(delivered_at__date__gt=F("due_on"))
    overdue = Q(open=True, paused_on=None, due_on__lt=day) & ~_GIVEN & ~Q(outcome_basis="source")
    return {
        "on_time": on_time, "late": late, "overdue": overdue, "open": Q(open=True) & ~_GIVEN,
        "told": Q(open=False, outcome_basis="source") & ~_GIVEN,
        "ended": Q(open=False) & ~_GIVEN & ~Q(outcome_basis="source"), "delivered": _GIVEN,
        "rated": on_time | late | overdue,
    }[fate]  # fmt: skip


@dataclass(frozen=True)
class Narrowing:
    """What an address narrows a list to; unknown values are as if not given.

    ``lead`` 0 is those without a division; ``month`` is ``2021-03``, of receipt; ``outcome`` ``-`` is none.
    """

    lead: int | None = None
    month: str = ""
    fate: str = ""
    extended: bool = False
    kind: str = ""
    outcome: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Narrowing:
        lead, month = query.get("lead", ""), query.get("month", "")
        return cls(
            lead=int(lead) if lead.isdecimal() and len(lead) < 10 else None,
            month=month if re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", month) else "",
            fate=query.get("fate", "") if query.get("fate") in FATES else "",
            extended=query.get("extended") == "1", kind=query.get("kind", "")[:40],
            outcome=query.get("outcome", "")[:20],
        )  # fmt: skip

    @property
    def active(self) -> bool:
        return self != Narrowing()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the list carries along unseen."""
        told = [(one.name, getattr(self, one.name)) for one in fields(self)]
        shown = {"month", "fate", "extended"}
        return [(name, str(value)) for name, value in told if name not in shown and value not in {None, ""}]

    def applied(self, cases: CaseQuerySet, day: dt.date) -> CaseQuerySet:
        if self.lead is not None:
            cases = cases.filter(lead_id=self.lead or None)
        if self.month:
            cases = cases.filter(**_month(self.month))
        if self.fate:
            cases = cases.filter(_fate(self.fate, day))
        if self.extended:
            cases = cases.filter(extensions__gt=0)
        if self.kind:
            cases = cases.filter(kind="" if self.kind == "-" else self.kind)
        if self.outcome:
            cases = cases.filter(outcome="" if self.outcome == "-" else self.outcome)
        return cases


def _month(month: str) -> dict[str, dt.datetime]:
    first = dt.datetime.fromisoformat(f"{month}-01")
    after = (first + dt.timedelta(days=32)).replace(day=1)
    return {
        "received_at__gte": timezone.make_aware(first),
        "received_at__lt": timezone.make_aware(after),
    }
