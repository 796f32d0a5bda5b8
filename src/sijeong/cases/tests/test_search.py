"""The search of every page: it finds what is said anywhere in a case, and nothing that its reader may not see."""

from __future__ import annotations

import datetime as dt
import io
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.cases.searching import reaches
from sijeong.documents import contents
from sijeong.documents.actions import store
from sijeong.org.tests.people import JUNG_GU_PEOPLE, PEOPLE
from sijeong.search import searching
from sijeong.search.engine import Asked
from sijeong.search.replica import Replica

from .filed import ask, bring

EVERYONE = [*PEOPLE, *JUNG_GU_PEOPLE]


@pytest.fixture
def find(signed_in):
    """Numbers of the cases that a person finds."""

    def find(who, q, **query):
        page = signed_in(who).get(reverse("search"), {"q": q, **query})
        assert page.status_code == 200
        return set(map(unquote, re.findall(r'href="/cases/([^/"]+)/" data-open', page.content.decode())))

    return find


@pytest.fixture
def several(applied):
    """Cases in every state, of two members and two divisions."""
    states = ["received", "assigned", "in_hand", "in_approval", "answered", "delivered", "published"]
    cases = [bring(applied, ask(applied, title=f"어린이 보호구역 {state}"), state) for state in states]
    other = ask(applied, who="other_member", title="어린이보호구역 단속")
    actions.assign(case=other, lead=applied.units["culture_policy"], by=applied.viewer("planning_officer"))
    return [*cases, other]


def test_who_finds_is_who_sees(applied, several, find):
    for who in EVERYONE:
        seen = set(Case.objects.visible_to(applied.viewer(who)).values_list("number", flat=True))
        assert find(who, "어린이보호구역을") == seen, who
    assert len(find("planning_officer", "어린이보호구역을")) == 8


def test_an_answer_is_found_by_its_asker_only_once_it_is_delivered(applied, case, find):
    bring(applied, case, "in_hand")
    officer = applied.viewer("officer")
    plan = actions.answering.Plan("배수펌프 교체", timezone.localdate() + dt.timedelta(days=9))
    actions.save_draft(
        case=case, body={"answer": "물재생센터 증설"}, outcome="done", plans=[plan], by=officer
    )
    actions.contribute(case=case, text="상수도 점검", by=applied.viewer("joint_officer"))
    for q in ("물재생센터", "배수펌프", "상수도"):
        assert find("member", q) == find("aide", q) == find("other_officer", q) == set()
        assert find("officer", q) == find("joint_officer", q) == find("auditor", q) == {case.number}
        assert "물재생" not in searching_text(applied, "member", case)
    actions.submit(case=case, by=officer)
    actions.approve(case=case, by=applied.viewer("head"))
    assert find("member", "물재생센터") == set()
    actions.deliver(case=case, channel="here", by=officer)
    assert find("member", "물재생 센터") == find("aide", "배수펌프") == {case.number}
    assert find("member", "상수도") == set()  # a joint division's note stays inside


def searching_text(city, who, case):
    """All that a search by number hands to the person's page."""
    answered = searching.search(city.seoul, Asked(case.number, reaches(city.viewer(who))))
    return " ".join(f"{hit.title} {hit.text} {hit.inner}" for hit in answered.found.hits)


def test_what_a_file_says_is_found_where_the_file_may_be_opened(applied, case, find):
    bring(applied, case, "in_hand")
    officer = applied.viewer("officer")
    file = store(
        stream=io.BytesIO("노후 하수관로 정비 계획".encode()), name="정비계획.txt", government=applied.seoul,
        by=officer.user,
    )  # fmt: skip
    actions.save_draft(case=case, body={"answer": "붙임과 같음"}, outcome="done", by=officer)
    actions.attach(case=case, file=file, by=officer)
    assert find("officer", "정비계획") == {case.number} and find("officer", "하수관로") == set()
    contents.read(file)  # what the worker does
    assert find("officer", "하수관로를") == {case.number} and find("member", "하수관로") == set()
    actions.submit(case=case, by=officer)
    actions.approve(case=case, by=applied.viewer("head"))
    actions.deliver(case=case, channel="here", by=officer)
    assert find("member", "하수관로") == find("member", "정비계획", file="yes") == {case.number}


def test_a_hit_that_moved_out_of_sight_is_not_shown(applied, case, find, monkeypatch):
    """The index may be a moment behind: the door looks at the rows."""
    bring(applied, case, "in_hand")
    assert find("officer", "청사") == {case.number}
    monkeypatch.setattr(Replica, "follow", lambda self, *args, **options: self.behind())
    actions.pass_on(
        case=case, to=applied.units["culture_policy"], reason="소관", by=applied.viewer("officer")
    )
    assert find("officer", "청사") == set()


def test_facets_narrow_and_count(several, find, signed_in, applied):
    page = signed_in("planning_officer").get(reverse("search"), {"q": "보호구역"}).content.decode()
    assert re.search(r"의원요구자료 <span class=\"n\">8</span>", page)
    assert re.search(r"총무과 <span class=\"n\">6</span>", page) and "문화정책과" in page
    unit = applied.units["culture_policy"].pk
    assert find("planning_officer", "보호구역", unit=unit) == {several[-1].number}
    assert find("planning_officer", "보호구역", state="received") == {several[0].number}
    assert find("planning_officer", "보호구역", unit=unit, state="received") == set()
    assert len(find("planning_officer", "보호구역", order="newest", page="1")) == 8
    assert find("planning_officer", "보호구역", page="7") == set()


def test_the_page_marks_the_words_and_escapes_the_rest(applied, signed_in):
    ask(applied, title="<b>어린이 보호구역</b>", question="<script>alert(1)</script> 보호구역")
    page = signed_in("planning_officer").get(reverse("search"), {"q": "보호구역을"}).content.decode()
    assert "&lt;b&gt;어린이 <mark>보호구역</mark>&lt;/b&gt;" in page and "<script>alert" not in page


@pytest.mark.parametrize("query", [{}, {"q": " "}, {"q": "'\"(*:~"}, {"q": "가" * 500}, {"q": "청사", "page": "x"},
                                   {"q": "청사", "page": "0"}, {"q": "청사", "unit": "x", "type": "é"}])  # fmt: skip
def test_any_question_is_answered(case, signed_in, query):
    assert signed_in("planning_officer").get(reverse("search"), query).status_code == 200


def test_lists_are_filtered_by_the_same_words(applied, several, signed_in, case):
    page = signed_in("planning_officer").get(reverse("cases"), {"q": "어린이보호구역에서", "scope": "all"})
    text = page.content.decode()
    assert all(one.number in text for one in several) and case.number not in text


def test_while_the_index_is_made_numbers_and_titles_are_found(applied, case, signed_in, monkeypatch):
    monkeypatch.setattr(searching, "SMALL", 0)
    assert (
        "색인을 만들고 있습니다"
        in signed_in("officer").get(reverse("search"), {"q": "청사"}).content.decode()
    )
    assert case.number in signed_in("planning_officer").get(reverse("cases"), {"q": "청사"}).content.decode()


def test_cases_of_like_text_say_what_they_share(applied, several):
    asked = Asked("", reaches(applied.viewer("planning_officer")), limit=3)
    found = searching.like(applied.seoul, "어린이 보호구역 단속 현황", asked)
    assert found[0][0].id == several[-1].pk and any("단속" in words for words in found[0][1])
    assert searching.like(applied.seoul, "전혀 다른 말", asked) == []
