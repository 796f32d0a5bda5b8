"""Public cases as the search room indexes them: the masked version, under the key that everyone has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sijeong.org.models import Government
from sijeong.search import searching
from sijeong.search.engine import PUBLIC, Asked, Document, Reach

from .models import PublicCase

KIND = "public"
EVERYONE = (Reach(frozenset({PUBLIC})),)


class PublicSource:
    """What citizens see, as documents. One taken back or answered anew is no document."""

    kind = KIND

    def concerned(self, kind: str, ids: set[int]) -> set[int]:
        if kind == "case":
            return set(PublicCase.objects.filter(case__in=ids).values_list("pk", flat=True))
        return ids if kind == KIND else set()

    def ids(self, government_id: int) -> Iterable[int]:
        rows = PublicCase.objects.filter(government_id=government_id).shown().order_by("pk")
        return rows.values_list("pk", flat=True).iterator(5000)

    def count(self, government_id: int) -> int:
        return PublicCase.objects.filter(government_id=government_id).shown().count()

    def documents(self, government_id: int, ids: Iterable[int]) -> Iterator[Document]:
        rows = PublicCase.objects.filter(government_id=government_id, pk__in=list(ids)).shown()
        for public in rows.select_related("lead", "committee").prefetch_related("follow_ups", "files"):
            yield document(public)


PUBLIC_CASES = PublicSource()


def document(public: PublicCase) -> Document:
    """What can be found of a public version: nothing but what is in it."""
    texts = [
        public.asker,
        public.lead.name,
        public.committee.name if public.committee else "",
        public.question,
    ]
    texts += [text for _, text in (*public.told, *public.answer)]
    texts += [text for promise in public.follow_ups.all() for text in (promise.text, promise.evidence)]
    texts += [text for file in public.files.all() for text in (file.name, file.text)]
    return Document(
        kind=KIND, id=public.pk, number=public.number, title=public.title, sees=frozenset({PUBLIC}),
        text="\n".join(filter(None, texts)),
        tags={"type": (public.type_code,), "year": (str(public.year),)}, at=int(public.published_at.timestamp()),
    )  # fmt: skip


def nearest(government: Government, q: str, most: int) -> list[int] | None:
    """Ids of public cases that the words find, nearest first; None while the index is being made."""
    return searching.ids(government, Asked(q, EVERYONE, kinds=(KIND,)), most)
