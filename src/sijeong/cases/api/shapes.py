"""The shapes of cases as other systems get them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from sijeong.links.shapes import Named


class Row(Schema):
    """A line of the list. ``etag`` is what a change of the case needs as If-Match."""

    number: str
    title: str
    type: str
    kind: str
    state: str
    open: bool
    outcome: str
    outcome_basis: str
    received_at: dt.datetime
    due_on: dt.date | None
    delivered_at: dt.datetime | None
    paused_on: dt.date | None
    asker: str
    lead: Named | None
    officer: Named | None
    etag: str


class Rows(Schema):
    """A page of the list; ``next`` is the address of the page after it, null at the end."""

    cases: list[Row]
    next: str | None


class FileShape(Schema):
    """A file on record; ``kind`` is what its bytes say."""

    id: int
    name: str
    kind: str
    size: int
    sha256: str


class PartShape(Schema):
    unit: Named
    kind: Literal["lead", "joint"]
    active: bool
    since: dt.datetime
    until: dt.datetime | None
    text: str | None
    written_at: dt.datetime | None


class AnswerShape(Schema):
    """A version of the answer; ``edition`` counts the saves of a draft."""

    number: int
    edition: int
    state: str
    body: dict[str, str]
    outcome: str
    author: Named | None
    saved_at: dt.datetime
    signer: Named | None
    signed_for: str
    signed_at: dt.datetime | None
    note: str
    files: list[FileShape]


class DeliveryShape(Schema):
    id: int
    answer: int
    recipient: Named | None
    recipient_name: str
    channel: str
    delivered_at: dt.datetime
    receipt: str
    file: FileShape | None
    acknowledged_at: dt.datetime | None
    acknowledged_by: Named | None


class PromiseShape(Schema):
    id: int
    text: str
    due_on: dt.date
    unit: Named
    owner: Named | None
    state: str
    evidence: str
    file: FileShape | None
    closed_at: dt.datetime | None


class ExtensionAsked(Schema):
    """More time that was asked for and is not decided yet; ``length`` in the unit of the type's extension."""

    at: dt.datetime
    by: Named | None
    reason: str
    length: int


class EventShape(Schema):
    """One thing that happened, as the journal keeps it."""

    seq: int
    act: str
    at: dt.datetime
    actor: str
    data: dict[str, Any]
    digest: str


class Whole(Schema):
    """All of a case that the asker may see. Drafts, opinions and events are for those who handle it."""

    number: str
    type: str
    type_version: int
    title: str
    question: str
    kind: str
    fields: dict[str, Any]
    asker: Named | None
    asker_name: str
    received_at: dt.datetime
    state: str
    state_label: str
    open: bool
    outcome: str
    outcome_label: str
    outcome_basis: str
    due_on: dt.date | None
    extensions: int
    extension_asked: ExtensionAsked | None = Field(
        description="정해지지 않은 연장 요청. 요구한 쪽에는 보이지 않는다"
    )
    paused_on: dt.date | None
    lead: Named | None
    officer: Named | None
    answered_at: dt.datetime | None
    delivered_at: dt.datetime | None
    published_at: dt.datetime | None
    merged_into: str | None
    term: dict[str, Any] | None = Field(description="기한과 그것이 정해진 과정. /due와 같은 모양")
    parts: list[PartShape]
    answers: list[AnswerShape]
    deliveries: list[DeliveryShape]
    follow_ups: list[PromiseShape]
    events: list[EventShape]


class Done(Schema):
    """What a change led to. ``visible``: whether the asker still sees the case (not after passing it on)."""

    number: str
    state: str
    due_on: dt.date | None
    etag: str
    visible: bool


class Made(Done):
    """A case taken in."""

    received_at: dt.datetime


class EarlierShape(Schema):
    """An earlier case: ``alike`` per cent of the titles' pairs of syllables are shared, ``words`` name some."""

    number: str
    title: str
    alike: int
    words: list[str]


class SuggestedLead(Schema):
    """A division, to which ``of`` so many of ``all`` like cases went."""

    unit: Named
    of: int
    all: int
    earlier: list[EarlierShape]


class Acts(Schema):
    """What the asker may do to the case as it stands; who may assign it, is told a division where one is suggested."""

    acts: list[str]
    suggestion: SuggestedLead | None
