"""Who is told of a round, in the transaction of the act: who signs, who prepared it, the division, and who applied here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sijeong.cases.korean import settled
from sijeong.cases.roster import roster
from sijeong.notices.actions import tell
from sijeong.notices.told import Told
from sijeong.org.models import Post
from sijeong.org.viewer import Viewer

from .models import Application, Decision, Round


def submitted(found: Round, by: Viewer) -> None:
    """Who signs for the division, and their deputies."""
    people = roster(found.government_id, {found.unit_id}, timezone.localdate())
    heads = people.heads.get(found.unit_id, [])
    signing = [one for head in heads for one in (head, *people.deputies.get(head, ()))]
    _tell(found, told(found, signing, "approval", f"‘{found.title}’의 결재를 기다립니다."), by)


def sent_back(found: Round, reason: str, by: Viewer) -> None:
    """Who sent it up."""
    people = [found.submitted_by_id] if found.submitted_by_id else []
    _tell(found, told(found, people, "approval", f"‘{found.title}’이(가) 반려되었습니다: {reason}"), by)


def released(found: Round, by: Viewer) -> None:
    """Everyone of the division, and everyone who applied here: each their own result, with its reason."""
    posts = Post.objects.on(timezone.localdate()).filter(
        Q(unit=found.unit_id) | Q(unit__parent=found.unit_id)
    )
    outcome = found.run.outcome if found.run else {}
    text = f"‘{found.title}’이(가) 확정되었습니다. {outcome.get('served', 0):,}건을 배정했습니다."
    division = told(found, posts.values_list("user_id", flat=True), "allocated", text)
    _tell(found, [*division, *results(found)], by)


def results(found: Round) -> Iterator[Told]:
    """A notice for each application of the round that was filed here."""
    filed = dict(Application.objects.filter(round=found).values_list("number", "filed_by_id"))
    if not filed:
        return
    rows = Decision.objects.filter(run=found.run, number__in=filed).select_related("run", "place")
    for row in rows:
        yield Told(
            person=filed[row.number], kind="allocated", key=f"allocated:{found.pk}:{row.number}", subject=row.number,
            title=found.title, text=settled(row.sentence),
            address=reverse("public_allocation", args=[found.government.code, found.pk]),
        )  # fmt: skip


def told(found: Round, people: Iterable[int], kind: str, text: str) -> list[Told]:
    return [
        Told(
            person=person, kind=kind, key=f"allocation:{found.pk}:{found.version}", subject="배정", title=found.title,
            text=settled(text), address=reverse("allocation_round", args=[found.pk]),
        )
        for person in dict.fromkeys(people)
    ]  # fmt: skip


def _tell(found: Round, notices: list[Told], by: Viewer) -> None:
    """Never who did it, of what they did."""
    own = f"allocation:{found.pk}:{found.version}"
    wanted = [one for one in notices if one.person != by.pk or one.key != own]
    tell(government_id=found.government_id, told=wanted)
