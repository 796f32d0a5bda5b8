"""Atom (RFC 4287): what was published last, for each filter that an address can hold."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from sijeong.org.models import Government

from .listing import Filters
from .models import PublicCase

MOST = 50


def _summary(public: PublicCase) -> str:
    told = [public.question, *(f"{name}: {text}" for name, text in public.answer)]
    if public.outcome_name:
        told.append(f"결과: {public.outcome_name}")
    # A summary is HTML to its reader: what a text says is never markup, and keeps its lines.
    return str(linebreaks("\n\n".join(told), autoescape=True))


def atom(government: Government, filters: Filters, link: str, own: str, address: Callable[[str], str]) -> str:
    """The newest MOST of the filters, words aside: a feed tells what is new, not what is near."""
    rows = filters.applied(government).select_related("lead").order_by("-published_at", "-pk")[:MOST]
    feed = Atom1Feed(
        title=f"{government.name} 공개한 답변", link=link, description="시의회가 묻고 시가 답한 것", language="ko",
        feed_url=own, feed_guid=own, author_name=government.name,
    )  # fmt: skip
    for public in rows:
        url = address(public.number)
        feed.add_item(
            title=public.title, link=url, unique_id=url, description=_summary(public), pubdate=public.published_at,
            updateddate=public.changed_at, author_name=public.lead.name, categories=[public.type_name],
        )  # fmt: skip
    return feed.writeString("utf-8")
