"""Planning's desk: suggestions and their reasons, many assigned at once and taken back, and who will be late."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sijeong.cases import actions
from sijeong.cases.forecast import WINDOW, expected
from sijeong.cases.load import loads
from sijeong.cases.models import Case, FollowUp
from sijeong.cases.suggesting import Earlier, alike, suggest, suggestions

from .filed import ask, bring

DAY = dt.date(2026, 3, 2)


def nth(n):
    return DAY + dt.timedelta(days=n)


def test_twenty_deliveries_in_twenty_days_is_one_a_day():
    queue = [(1, nth(1)), (2, nth(1)), (3, nth(5))]
    found = expected(queue, WINDOW, nth)
    assert [(one.case, one.day, one.late) for one in found] == [
        (1, nth(1), False), (2, nth(2), True), (3, nth(3), False),
    ]  # fmt: skip


@pytest.mark.parametrize("delivered", [0, 2])
def test_after_few_deliveries_nothing_is_said(delivered):
    (one,) = expected([(1, nth(1))], delivered, nth)
    assert (one.day, one.late) == (None, False)


queues = st.lists(st.integers(0, 60), max_size=40).map(lambda days: [(i, nth(d)) for i, d in enumerate(days)])


@given(queues, st.integers(3, 80), st.integers(3, 80))
def test_who_delivers_more_has_less_late(queue, one, other):
    slow, fast = sorted((one, other))
    late = [sum(each.late for each in expected(queue, pace, nth)) for pace in (slow, fast)]
    assert late[0] >= late[1]
    days = [each.day for each in expected(queue, slow, nth)]
    assert days == sorted(days)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_even_and_of_a_hundred(one, other):
    assert 0 <= alike(one, other) == alike(other, one) <= 100
    assert alike(one, one) in {0, 100}


def test_spaces_make_no_other_text():
    assert alike("어린이 보호구역 안전시설", "어린이보호구역 안전 시설") == 100


def earlier(unit, alike, number="자료요구-2021-00001"):
    return Earlier(number, "제목", unit.pk, alike, ())


def test_a_division_that_ended_is_suggested_as_its_successor(applied):
    old, new = applied.units["personnel"], applied.units["general_affairs"]
    old.valid_to, old.successor = dt.date(2024, 1, 1), new
    found = suggest([earlier(old, 80), earlier(new, 40)], {old.pk: old, new.pk: new})
    assert (found.unit, found.of, found.all) == (new, 2, 2)


def test_what_is_hardly_alike_suggests_nothing(applied):
    unit = applied.units["personnel"]
    assert suggest([earlier(unit, 24)], {unit.pk: unit}) is None


@pytest.fixture
def asked_before(applied):
    """Two subjects, each asked before of its division."""
    cache.clear()  # suggestions are kept by case, and another test had cases of these numbers
    for title, unit in (
        ("어린이보호구역 안전시설 설치 현황", "general_affairs"),
        ("어린이 보호구역 안전시설 예산", "general_affairs"),
        ("직원 초과근무 수당 지급", "personnel"),
        ("직원 초과근무 현황", "personnel"),
    ):
        case = ask(applied, title=title, question=f"{title} 자료를 요구합니다.")
        actions.assign(case=case, lead=applied.units[unit], by=None)
    return applied


def waiting(city, title):
    return ask(city, title=title, question=f"{title} 자료를 요구합니다.")


@pytest.mark.django_db(transaction=True)
def test_the_division_of_like_cases_is_suggested_with_those_cases(asked_before):
    case, other = (
        waiting(asked_before, "어린이보호구역 안전시설 점검"),
        waiting(asked_before, "겨울철 제설 장비"),
    )
    found = suggestions(asked_before.viewer("planning_officer"), [case, other])
    assert found[case.pk].unit == asked_before.units["general_affairs"]
    assert all(one.alike > 40 for one in found[case.pk].earlier)
    assert other.pk not in found


@pytest.mark.django_db(transaction=True)
def test_the_page_of_a_case_suggests_it_to_who_may_assign(asked_before, signed_in, program):
    case = waiting(asked_before, "어린이보호구역 안전시설 점검")
    unit, where = asked_before.units["general_affairs"], f"/cases/{case.number}/"
    client = signed_in("planning_officer")
    page = client.get(where).content.decode()
    assert f"제안하는 부서: {unit.name}" in page and "제목 " in page and f'value="{unit.pk}" selected' in page
    told = program("planning_officer").read(f"/cases/{case.number}/acts").json()
    assert told["suggestion"]["unit"] == {"id": unit.pk, "name": unit.name}
    for who in ("auditor", "member", "administrator"):
        assert "제안하는 부서" not in signed_in(who).get(where).content.decode()
        assert program(who).read(f"/cases/{case.number}/acts").json().get("suggestion") is None
    client = signed_in("planning_officer")
    assert client.post(where + "assign/", {"lead": unit.pk}).status_code == 302
    case.refresh_from_db()
    assert case.lead == unit and "제안하는 부서" not in client.get(where).content.decode()


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_built_nobody_is_told_that_there_is_nothing_alike(applied, signed_in, monkeypatch):
    ask(applied)
    monkeypatch.setattr("sijeong.search.searching._ready", lambda government: None)
    page = signed_in("planning_officer").get("/planning/").content.decode()
    assert "색인을 만드는 중" in page and "비슷한 앞선 사안이 없음" not in page


def test_many_are_assigned_where_suggested_and_taken_back(asked_before, signed_in):
    one, two = (
        waiting(asked_before, "어린이보호구역 안전시설 점검"),
        waiting(asked_before, "직원 초과근무 내역"),
    )
    client = signed_in("planning_officer")
    page = client.get("/planning/").content.decode()
    units = asked_before.units
    assert f'name="for:{one.number}" value="{units["general_affairs"].pk}"' in page
    sent = {
        "do": "suggested", "case": [one.number, two.number],
        f"for:{one.number}": units["general_affairs"].pk, f"for:{two.number}": units["personnel"].pk,
    }  # fmt: skip
    client.post("/planning/", sent)
    leads = dict(Case.objects.filter(pk__in=[one.pk, two.pk]).values_list("pk", "lead__name"))
    assert leads == {one.pk: "총무과", two.pk: "인사과"}
    actions.start(case=two, by=asked_before.viewer("personnel_officer"))
    assert "방금 배정한 2건" in client.get("/planning/").content.decode()
    after = client.post("/planning/undo/", follow=True).content.decode()
    assert "1건의 배정을 되돌렸습니다" in after
    assert f"이미 손댄 사안은 되돌리지 않았습니다: {two.number}" in after
    states = dict(Case.objects.filter(pk__in=[one.pk, two.pk]).values_list("pk", "state"))
    assert states == {one.pk: "received", two.pk: "in_hand"}
    assert "방금 배정한" not in client.get("/planning/").content.decode()


def test_a_case_without_suggestion_stays(applied, signed_in, case):
    client = signed_in("planning_officer")
    sent = {"do": "suggested", "case": [case.number], f"for:{case.number}": "0"}
    text = client.post("/planning/", sent, follow=True).content.decode()
    assert f"제안된 부서가 없어 그대로 둔 사안: {case.number}" in text
    case.refresh_from_db()
    assert case.state == "received"


def test_assigning_nothing_is_told(applied, signed_in, case):
    for sent in ({"do": "suggested"}, {}):
        page = signed_in("planning_officer").post("/planning/", sent, follow=True)
        assert "사안을 하나 이상 고르" in page.content.decode()


def test_a_division_of_another_government_is_no_suggestion(applied, signed_in, case):
    unit = applied.units["jung_gu_planning"].pk
    sent = {"do": "suggested", "case": [case.number], f"for:{case.number}": unit}
    signed_in("planning_officer").post("/planning/", sent)
    case.refresh_from_db()
    assert case.lead is None


def test_the_load_counts_what_lies_open_and_what_was_delivered(applied):
    for ago in (0, 1, 1, 30):
        bring(applied, ask(applied, days_ago=ago), "in_hand")
    for ago in (1, 2, 3):
        bring(applied, ask(applied, days_ago=ago), "delivered")
    (load,) = loads(applied.seoul, timezone.localdate())
    assert (load.unit.name, load.open, load.late, load.delivered, load.thin) == ("총무과", 4, 1, 3, False)
    # A delivery in seven working days: the late one first, then the three that are due in nine or ten days.
    assert len(load.will_be_late) == 3


def test_the_load_asks_as_often_however_many_divisions(applied):
    counts = []
    for unit in ("personnel", "welfare_policy"):
        actions.assign(case=ask(applied), lead=applied.units[unit], by=None)
        with CaptureQueriesContext(connection) as asked:
            loads(applied.seoul, timezone.localdate())
        counts.append(len(asked))
    assert counts[0] == counts[1] == 3


LINK = re.compile(
    r'<a href="(/cases/\?[^"]+)">([\d,]+)</a>|<a class="stat [^>]*href="(/(?:cases|follow-ups)/\?[^"]+)"><span>[^<]*</span><strong>([\d,]+)'
)
TOLD = re.compile(r"모두 <strong>([\d,]+)</strong>건")


def test_every_number_of_the_desk_opens_as_many_cases(applied, signed_in):
    for ago in (0, 1, 1, 8, 30):
        bring(applied, ask(applied, days_ago=ago), "in_hand")
    for ago in (1, 2, 3):
        bring(applied, ask(applied, days_ago=ago), "delivered")
    actions.pause(case=bring(applied, ask(applied), "in_hand"), reason="확인", by=applied.viewer("officer"))
    # What a source tells to be under way is open, too, but counts as late nowhere.
    told = bring(applied, ask(applied, days_ago=40), "in_hand")
    Case.objects.filter(pk=told.pk).update(outcome="in_progress", outcome_basis="source")
    late = timezone.localdate() - dt.timedelta(days=1)
    FollowUp.objects.filter(pk__in=FollowUp.objects.order_by("pk")[:2]).update(due_on=late)
    planning = signed_in("planning_officer")
    opened = {}
    for page in ("planning", "planning_load"):
        for one in LINK.finditer(planning.get(reverse(page)).content.decode()):
            opened[unescape(one[1] or one[3])] = one[2] or one[4]
    assert {"pile=coming", "fate=overdue", "due=week", "due=late", "due=soon"} <= {
        part for link in opened for part in link.split("?")[1].split("&")
    }
    assert opened["/follow-ups/?due=late"] == "2"
    for link, number in opened.items():
        assert TOLD.search(planning.get(link).content.decode())[1] == number, link


def test_what_will_be_late_is_planning_s_to_see(applied, signed_in, case):
    for who, status in (("planning_officer", 200), ("officer", 200)):
        page = signed_in(who).get(reverse("cases"), {"pile": "coming"})
        assert page.status_code == status and case.number not in page.content.decode()
