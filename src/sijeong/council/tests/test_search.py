"""Meetings in the search of every page: found by who took part, with what was suggested, and by nobody else."""

import io

import pytest
from django.urls import reverse

from sijeong.cases.tests.filed import ask
from sijeong.council import actions
from sijeong.council.models import Meeting
from sijeong.documents import contents
from sijeong.documents.actions import store
from sijeong.links.scopes import Scope
from sijeong.links.tests.keys import program
from sijeong.org.tests.people import JUNG_GU_PEOPLE, PEOPLE

from .meetings import meet

__all__ = ["program"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def finds(signed_in):
    """Whether a person's search leads to the meeting."""

    def finds(who, q, meeting, **query):
        page = signed_in(who).get(reverse("search"), {"q": q, **query})
        return f'href="{reverse("meeting", args=[meeting.pk])}" data-open' in page.content.decode()

    return finds


@pytest.fixture
def meeting(applied):
    return meet(applied)


def test_who_finds_is_who_sees(applied, meeting, finds):
    for who in [*PEOPLE, *JUNG_GU_PEOPLE]:
        sees = Meeting.objects.visible_to(applied.viewer(who)).exists()
        assert finds(who, "승강기를", meeting) == sees, who


def test_what_was_suggested_and_what_files_say_is_found(applied, meeting, finds):
    officer = applied.viewer("officer")
    actions.suggest(meeting=meeting, text="물재생센터를 늘릴 것", said_by="주민대표", by=officer)
    file = store(
        stream=io.BytesIO("하수관로 정비".encode()),
        name="회의록.txt",
        government=applied.seoul,
        by=officer.user,
    )
    added = actions.add_file(meeting=meeting, file=file, by=officer)
    contents.read(file)  # what the worker does
    for q in ("물재생 센터", "주민대표", "하수관로를", "회의록"):
        assert finds("officer", q, meeting) and finds("member", q, meeting), q
        assert not finds("other_officer", q, meeting), q
    actions.remove_file(file=added, by=officer)
    assert not finds("officer", "하수관로", meeting)


def test_who_no_longer_takes_part_no_longer_finds(applied, meeting, finds):
    assert finds("member", "승강기", meeting) and not finds("other_member", "승강기", meeting)
    told = {name: getattr(meeting, name) for name in ("kind", "held_at", "place", "subject", "content")}
    actions.amend_meeting(
        meeting=meeting, units=list(meeting.units.all()), members=[applied.people["other_member"]],
        officers=[], by=applied.viewer("officer"), **told,
    )  # fmt: skip
    assert finds("other_member", "승강기", meeting) and not finds("member", "승강기", meeting)


def test_cases_and_meetings_stand_beside_each_other_and_are_told_apart(applied, meeting, finds, signed_in):
    number = ask(applied, title="청사 승강기 교체 예산").number
    page = signed_in("planning_officer").get(reverse("search"), {"q": "승강기"}).content.decode()
    assert number in page and '의원 개별 면담 <span class="n">1</span>' in page and "의원요구자료" in page
    assert finds("planning_officer", "승강기", meeting, type="meeting:single")
    assert not finds("planning_officer", "승강기", meeting, type="data_request")


def test_a_token_finds_what_it_is_for(program, applied, meeting):
    ask(applied, title="청사 승강기 교체 예산")
    found = lambda *scopes, **query: program("auditor", *scopes).read("/search", q="승강기", **query).json()  # noqa: E731
    both = found()
    assert {hit["kind"] for hit in both["hits"]} == {"case", "meeting"} and both["total"] == 2
    marked = [piece["text"] for hit in both["hits"] for piece in hit["title"] if piece["hit"]]
    assert set(marked) == {"승강기"}
    assert {one["value"]: one["count"] for one in both["facets"]["type"]} == {
        "data_request": 1,
        "meeting:single": 1,
    }
    assert [hit["kind"] for hit in found(Scope.CASES_READ)["hits"]] == ["case"]
    first = found(size=1)
    rest = program("auditor").get(first["next"]).json()
    assert rest["next"] is None
    assert {hit["kind"] for hit in (*first["hits"], *rest["hits"])} == {"case", "meeting"}
    assert program("auditor").read("/search", q="승강기", after="x").status_code == 422
