"""What waits for a reviewer, and what they opened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from sijeong.cases.models import Case, CaseQuerySet, CaseTypeVersion
from sijeong.org.viewer import Viewer

from .models import Decision, PublicCase, PublicFile
from .review import Review

RECENT = dt.timedelta(days=90)
MOST = 300


@dataclass(frozen=True)
class Queue:
    """A tab of the list: its code, its name, and what it holds."""

    code: str
    name: str
    hint: str


QUEUES = [
    Queue("waiting", "공개할 것", "최근 90일에 전달한 답변 가운데 아직 공개하지 않은 것입니다."),
    Queue("begun", "검토 중", "판단을 시작했으나 아직 공개하지 않은 것입니다."),
    Queue(
        "changed",
        "글이 바뀐 것",
        "공개한 뒤에 이행 결과나 글이 바뀌었거나 파일에서 더 읽은 것이 있습니다. 다시 검토해야 시민 화면에 나옵니다.",
    ),
    Queue("open", "공개한 것", "시민이 보고 있는 것입니다."),
    Queue("withdrawn", "내린 것", "비공개로 돌린 것입니다. 주소에는 내린 까닭만 보입니다."),
]


def _publishable(viewer: Viewer) -> CaseQuerySet:
    versions = CaseTypeVersion.objects.filter(government_id=viewer.government_id)
    public = [v.pk for v in versions if v.case_type.publication.public]
    after = {v.case_type.publication.after or "" for v in versions if v.case_type.publication.public}
    cases = Case.objects.visible_to(viewer).filter(type__in=public, state__in=after, published_at=None)
    return cases.select_related("lead", "type").order_by("-delivered_at", "-pk")


def cases_of(queue: str, viewer: Viewer) -> list[Case]:
    """The cases of a queue, newest first, at most MOST."""
    match queue:
        case "waiting":
            since = timezone.make_aware(dt.datetime.combine(viewer.day - RECENT, dt.time.min))
            untouched = ~Exists(Decision.objects.filter(case=OuterRef("pk")))
            return list(_publishable(viewer).filter(untouched, delivered_at__gte=since)[:MOST])
        case "begun":
            begun = Decision.objects.filter(case__government=viewer.government_id).values("case")
            return list(_publishable(viewer).filter(public=None, pk__in=begun)[:MOST])
        case "changed":
            return [public.case for public in _changed(viewer)]
        case "withdrawn":
            rows = PublicCase.objects.filter(government_id=viewer.government_id).exclude(withdrawn_at=None)
            return [
                p.case
                for p in rows.select_related("case__lead", "case__type").order_by("-withdrawn_at")[:MOST]
            ]
    rows = PublicCase.objects.filter(government_id=viewer.government_id).shown()
    shown = rows.select_related("case__lead", "case__type").order_by("-published_at", "-pk")
    return [public.case for public in shown[:MOST]]


def _changed(viewer: Viewer) -> list[PublicCase]:
    """Published ones whose texts are no longer those that the public version was made of.

    A file that is read again is no event of the case, but may say more than was looked at.
    """
    rows = PublicCase.objects.filter(government_id=viewer.government_id).shown()
    read = PublicFile.objects.filter(
        public=OuterRef("pk"), file__contents__read_at__gt=OuterRef("changed_at")
    )
    moved = rows.exclude(Q(case__version=F("seen_version")) & ~Exists(read)).select_related(
        "case__lead", "case__type", "case__government", "case__asker_unit"
    )
    newest = moved.order_by("-published_at")[:MOST]
    return [p for p in newest if (now := Review(p.case)).material.digest != p.material or now.unlooked]
