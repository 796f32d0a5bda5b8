"""The filters of a list that statistics link to: the cases behind a number, found by their rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from sijeong.org.address import Address

from .models import CaseQuerySet

FATES = {
    "on_time": "기한 안에 전달", "late": "기한 지나 전달", "overdue": "기한 지났고 전달 전", "open": "전달 전",
    "told": "출처의 진술만", "ended": "취하·병합", "delivered": "전달", "rated": "기한을 지켰는지 정해진 것",
}  # fmt: skip
EXTENDED = {"1": "연장한 것", "asked": "연장 요청 중"}
MOST = 500  # divisions in one address
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
    """What an address narrows a list to; what nobody understands is as if not given.

    ``lead`` are lead divisions, 0 for none yet; ``month`` is ``2021-03``, of receipt; ``outcome`` ``-`` is none.
    """

    lead: tuple[int, ...] = ()
    month: str = ""
    fate: str = ""
    extended: str = ""
    kind: str = ""
    outcome: str = ""

    @classmethod
    def of(cls, asked: Address) -> Narrowing:
        return cls(
            lead=asked.keys("lead", "주관부서", MOST), month=asked.month("month", "접수 월"),
            fate=asked.choice("fate", "기한 준수", FATES), extended=asked.choice("extended", "연장", EXTENDED),
            kind=asked.text("kind", 40), outcome=asked.text("outcome", 20),
        )  # fmt: skip

    @property
    def active(self) -> bool:
        return self != Narrowing()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the list carries along unseen."""
        told = {"lead": ",".join(map(str, self.lead)), "kind": self.kind, "outcome": self.outcome}
        return [(name, value) for name, value in told.items() if value]

    def applied(self, cases: CaseQuerySet, day: dt.date) -> CaseQuerySet:
        if self.lead:
            nobodys = Q(lead=None) if 0 in self.lead else Q(pk__in=[])
            cases = cases.filter(Q(lead_id__in=self.lead) | nobodys)
        if self.month:
            cases = cases.filter(**_month(self.month))
        if self.fate:
            cases = cases.filter(_fate(self.fate, day))
        if self.extended == "asked":
            cases = cases.filter(extension_asked_at__isnull=False)
        elif self.extended:
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
