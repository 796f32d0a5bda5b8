"""Meetings as other systems send and get them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from sijeong.cases.api.shapes import FileShape
from sijeong.links.listing import Paged
from sijeong.links.shapes import Body, Day, Key, Moment, Named, line, text

Kind = Literal["briefing", "talk", "single", "policy"]


class MeetingsAsked(Paged):
    """The filters of the page ``/council/``; ``counted`` leaves out what is to come or was called off."""

    q: line(100) = Field("", description="주제, 장소, 내용")  # type: ignore[valid-type]
    kind: Literal["", "briefing", "talk", "single", "policy"] = ""
    since: Day | None = None
    until: Day | None = None
    unit: Annotated[int, Field(ge=1, lt=10**9)] | None = None
    counted: Literal["", "1"] = ""


class MeetingRow(Schema):
    """A line of the list. ``etag`` is what a change of the meeting needs as If-Match."""

    id: int
    kind: str
    held_at: dt.datetime
    place: str
    subject: str
    units: list[Named]
    members: list[Named]
    suggestions: int
    cancelled_at: dt.datetime | None
    etag: str


class Meetings(Schema):
    meetings: list[MeetingRow]
    next: str | None


class SuggestionShape(Schema):
    """What was suggested; ``case`` is the number of the case that it became."""

    id: int
    text: str
    member: Named | None
    said_by: str
    case: str | None
    noted_at: dt.datetime


class MeetingShape(Schema):
    """A meeting whole."""

    id: int
    kind: str
    held_at: dt.datetime
    place: str
    subject: str
    content: str
    units: list[Named]
    members: list[Named]
    officers: list[Named]
    cancelled_at: dt.datetime | None
    suggestions: list[SuggestionShape]
    files: list[FileShape]
    etag: str


class NewMeeting(Body):
    """A meeting, planned or held. To change one, all of it is sent again."""

    kind: Kind
    held_at: Moment
    place: line(100, 1)  # type: ignore[valid-type]
    subject: line(200, 1)  # type: ignore[valid-type]
    members: list[Key] = Field(min_length=1, max_length=200, description="참석 의원. /members의 id")
    units: list[Key] = Field(min_length=1, max_length=50, description="참석 부서. /units의 id")
    officers: list[line(40, 1)] = Field(  # type: ignore[valid-type]
        default=[], max_length=20, description="참석 직원의 이름. 같은 이름이 있으면 이름(계정)"
    )
    content: text(20000) = ""  # type: ignore[valid-type]


class Cancel(Body):
    reason: text(2000, 1)  # type: ignore[valid-type]


class Suggest(Body):
    """``member`` took part in the meeting; who is no member is told by name."""

    text: text(20000, 1)  # type: ignore[valid-type]
    member: Key | None = None
    said_by: line(80) = ""  # type: ignore[valid-type]


class TakeUp(Body):
    title: line(200, 1)  # type: ignore[valid-type]
    type: line(40, 1) = Field("meeting_suggestion", description="/case-types의 code")  # type: ignore[valid-type]


class FileNamed(Body):
    file: Key = Field(description="/files로 올린 내 파일")
