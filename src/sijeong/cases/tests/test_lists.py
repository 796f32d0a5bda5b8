"""Lists: filtered from the address, paged by key, and counted for whom they wait."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions, at_hand, work
from sijeong.cases.listing import Filters, lines_page, page
from sijeong.cases.models import Case

from .filed import ask, bring


def listed(client, **query):
    return client.get(reverse("cases"), query).content.decode()


def test_pages_follow_each_other_without_gap_or_double(applied):
    numbers = {ask(applied, days_ago=n % 4).number for n in range(11)}
    seen, after = [], ""
    while True:
        found = page(Filters(order="due").applied(applied.viewer("planning_officer")), "due", after, size=4)
        seen += [case.number for case in found.cases]
        after = found.next
        if not after:
            break
    assert len(seen) == 11 and set(seen) == numbers


@pytest.mark.parametrize("after", ["x", "W10", "bnVsbA", "W251bGwsbnVsbF0", "WyIyMDI2LTAxLTAxIiwgIngiXQ"])
def test_a_key_that_is_not_ours_shows_the_first_page(applied, case, signed_in, after):
    response = signed_in("planning_officer").get(reverse("cases"), {"after": after})
    assert response.status_code == 200 and case.number in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True), ({"scope": "closed"}, False), ({"q": "청사"}, True), ({"q": "없는 말"}, False), ({"type": "data_request"}, True),
        ({"type": "city_question"}, False), ({"state": "received"}, True), ({"state": "delivered"}, False),
        ({"due": "late"}, False), ({"due": "week"}, False), ({"year": "1999"}, False), ({"unit": "x", "year": "’26"}, True),
        ({"basis": "source"}, False), ({"order": "'; DROP"}, True),
    ],
)  # fmt: skip
def test_filters_of_the_address(signed_in, case, query, found):
    assert (case.number in listed(signed_in("planning_officer"), **query)) == found


def test_late_leaves_out_what_a_source_merely_states(applied, case):
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))
    viewer = applied.viewer("planning_officer")
    assert Filters(due="late").applied(viewer).count() == 1
    Case.objects.filter(pk=case.pk).update(outcome="in_progress", outcome_basis="source")
    assert Filters(due="late").applied(viewer).count() == 0


def test_what_is_really_late_comes_before_what_a_source_merely_states(signed_in, applied):
    """On the list opened cold, from page to page, and in the piles of a desk."""
    late, told, soon = (ask(applied) for _ in range(3))
    today = timezone.localdate()
    for case, days in ((late, -1), (told, -900), (soon, 3)):
        Case.objects.filter(pk=case.pk).update(due_on=today + dt.timedelta(days=days))
    Case.objects.filter(pk=told.pk).update(outcome="in_progress", outcome_basis="source")
    planning = applied.viewer("planning_officer")
    order = [late.number, soon.number, told.number]
    html = listed(signed_in("planning_officer"))
    assert sorted(order, key=html.index) == order
    assert [case.number for case in work.open_cases(planning)] == order
    found, after = [], ""
    for _ in order:
        shown = lines_page(planning, Filters.of(QueryDict("")), after, size=1)
        found, after = found + [line.number for line in shown.cases], shown.next
    assert (found, after) == (order, "")


def test_a_number_in_the_search_box_opens_its_case(signed_in, case):
    found = signed_in("planning_officer").get(reverse("search"), {"q": case.number})
    assert found["Location"] == reverse("case", args=[case.number])
    found = signed_in("other_officer").get(reverse("search"), {"q": case.number})
    assert found.status_code == 200 and case.title not in found.content.decode()


def waiting(city, who):
    return {
        pile.code: pile.cases.count()
        for pile in work.piles(city.viewer(who))
        if pile.listed and pile.cases.exists()
    }


def test_each_person_finds_what_waits_for_them(applied, case):
    assert waiting(applied, "planning_officer") == {"unassigned": 1}
    bring(applied, case, "assigned")
    assert waiting(applied, "officer") == {"division": 1}
    assert waiting(applied, "joint_officer") == {"joint": 1}
    bring_on = applied.viewer("officer")
    actions.start(case=case, by=bring_on)
    assert waiting(applied, "officer") == {"mine": 1}
    assert waiting(applied, "member") == {"asked": 1}
    assert waiting(applied, "other_officer") == {}


def test_the_badge_counts_what_waits_for_the_person(applied, case):
    def count(who):
        return at_hand.told(applied.viewer(who)).waiting

    assert (count("planning_officer"), count("head"), count("member")) == (1, 0, 0)
    bring(applied, case, "in_approval")
    assert (count("planning_officer"), count("head"), count("officer")) == (0, 1, 1)
    actions.approve(case=case, by=applied.viewer("head"))
    actions.deliver(case=case, channel="here", by=applied.viewer("officer"))
    assert (count("member"), count("aide"), count("other_member")) == (1, 1, 0)


def test_a_list_by_due_date_ends_with_the_cases_that_have_none(applied):
    made = [ask(applied).number for _ in range(5)]
    Case.objects.filter(number__in=made[1:4]).update(due_on=None)
    viewer, filters, after, seen = applied.viewer("planning_officer"), Filters.of(QueryDict("")), "", []
    while len(seen) <= len(made):
        shown = lines_page(viewer, filters, after, size=1)
        seen += [line.number for line in shown.cases]
        if not (after := shown.next):
            break
    assert sorted(seen) == sorted(made) and seen[2:] == made[1:4]


def test_several_cases_are_assigned_at_once(applied, signed_in):
    numbers = [ask(applied).number for _ in range(3)]
    sent = {"case": numbers[:2], "lead": applied.units["personnel"].pk}
    response = signed_in("planning_officer").post(reverse("planning"), sent, follow=True)
    assert "2건을 인사과에 배정했습니다" in response.content.decode()
    assert Case.objects.filter(lead=applied.units["personnel"]).count() == 2


@pytest.mark.parametrize("sent", [{}, {"case": ["자료요구-2026-00001"]}, {"lead": "1"}])
def test_an_assignment_that_is_incomplete_says_so(applied, signed_in, case, sent):
    response = signed_in("planning_officer").post(reverse("planning"), sent, follow=True)
    assert "사안을 하나 이상 고르고" in response.content.decode()


def test_a_pile_opens_to_all_its_cases_and_no_other(applied, signed_in, case):
    other = bring(applied, ask(applied), "assigned")
    page = listed(signed_in("planning_officer"), pile="unassigned")
    assert case.number in page and other.number not in page
    assert "내 업무의 묶음" in listed(
        signed_in("planning_officer"), pile="nothing"
    )  # and is told of as left out


def test_a_member_reads_the_public_words_for_a_state(applied, signed_in, case):
    bring(applied, case, "in_approval")
    assert "결재 중" in signed_in("officer").get(reverse("case", args=[case.number])).content.decode()
    assert "결재 중" not in signed_in("member").get(reverse("case", args=[case.number])).content.decode()
    assert case.public_state in listed(signed_in("member"))


def test_what_comes_next_stands_first_and_every_count_is_its_list(applied, signed_in):
    late, later, returned = (ask(applied, days_ago=n, title=f"{n}일 전 요구") for n in (14, 2, 8))
    for one in (late, later):
        bring(applied, one, "in_hand")
    bring(applied, returned, "in_approval")
    actions.send_back(case=returned, reason="보완", by=applied.viewer("head"))
    page = signed_in("officer").get(reverse("my_work")).content.decode()
    first = page.index("다음에 할 일")
    assert (
        page.index("14일 전 요구", first)
        < page.index("8일 전 요구", first)
        < page.index("2일 전 요구", first)
    )
    assert page.count("고쳐 다시 상신") == 1
    viewer = applied.viewer("officer")
    for pile, _, counts in work.load(viewer):
        for due, count in counts:
            query = QueryDict(f"scope=open&pile={pile}&due={due}")
            assert Filters.of(query).applied(viewer).count() == count, (pile, due)
    assert dict(work.load(viewer)[0][2]) == {"late": 1, "today": 0, "soon": 1, "week": 1, "": 3} | dict(
        work.load(viewer)[1][2]
    )
