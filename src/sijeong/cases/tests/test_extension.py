"""More time: asked for by the division, granted or refused by its head or planning, never after the term."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases import actions, checks, work
from sijeong.cases.errors import CaseError
from sijeong.cases.models import Case
from sijeong.notices.models import Notice
from sijeong.org import actions as org

from .filed import ask, bring

WHY = "자치구 자료를 모으는 중"
NONE = (None, None, "", None)


def request(case):
    case.refresh_from_db()
    return (case.extension_asked_at, case.extension_asked_by, case.extension_reason, case.extension_length)


@pytest.fixture
def asked(applied, case):
    """A case in hand for which five days more are asked."""
    bring(applied, case, "in_hand")
    return actions.ask_extension(case=case, reason=WHY, length=5, by=applied.viewer("officer"))


def page(client, case):
    return client.get(reverse("case", args=[case.number])).content.decode()


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def test_a_request_says_who_when_why_and_how_much(applied, asked):
    at, by, reason, length = request(asked)
    assert (by, reason, length) == (applied.people["officer"], WHY, 5)
    assert timezone.now() - at < dt.timedelta(minutes=1)
    assert list(checks.journal_faults()) == []


def test_granting_takes_over_what_was_asked(applied, asked):
    before = asked.due_on
    case = actions.extend(case=asked, by=applied.viewer("head"))
    assert before + dt.timedelta(days=5) <= case.due_on < before + dt.timedelta(days=10)
    assert (request(case), case.extensions, case.term.extensions[-1].reason) == (NONE, 1, WHY)
    assert list(checks.journal_faults()) == []


def test_the_decider_may_grant_less_and_say_otherwise(applied, asked):
    case = actions.extend(case=asked, length=2, reason="이틀이면 됨", by=applied.viewer("planning_officer"))
    assert case.term.extensions[-1].length.amount == 2


def test_without_a_request_the_head_extends_by_all_that_the_law_allows(applied, case):
    bring(applied, case, "in_hand")
    case = actions.extend(case=case, reason=WHY, by=applied.viewer("head"))
    assert case.term.extensions[-1].length.amount == 10


def test_a_refusal_has_its_reason_and_the_division_may_ask_again(applied, asked):
    before = asked.due_on
    with pytest.raises(CaseError, match="사유"):
        actions.refuse_extension(case=asked, reason=" ", by=applied.viewer("head"))
    case = actions.refuse_extension(case=asked, reason="이미 있는 자료", by=applied.viewer("head"))
    assert (request(case), case.due_on, case.extensions) == (NONE, before, 0)
    actions.ask_extension(case=case, reason="정말 없음", by=applied.viewer("officer"))
    assert request(case)[2:] == ("정말 없음", 10)


@pytest.mark.parametrize("length", [0, -1, 11])
def test_no_more_is_asked_or_given_than_the_law_allows(applied, case, length):
    bring(applied, case, "in_hand")
    for act, who in ((actions.ask_extension, "officer"), (actions.extend, "head")):
        with pytest.raises(CaseError, match="1일부터 10일까지"):
            act(case=case, reason=WHY, length=length, by=applied.viewer(who))


def test_one_request_at_a_time(applied, asked):
    with pytest.raises(CaseError, match="이미 연장을 요청"):
        actions.ask_extension(case=asked, reason="또", by=applied.viewer("colleague"))


def test_who_asks_does_not_decide(applied, asked):
    for act in (actions.extend, actions.refuse_extension):
        with pytest.raises(PermissionDenied):
            act(case=asked, reason=WHY, by=applied.viewer("officer"))


def test_a_deputy_decides_in_an_absent_heads_place(applied, asked):
    today = timezone.localdate()
    org.set_absence(
        user=applied.people["head"], deputy=applied.people["colleague"], first=today, last=today, reason="출장",
        by=applied.viewer("head"),
    )  # fmt: skip
    assert work.requests(applied.viewer("colleague")).get() == asked
    actions.extend(case=asked, by=applied.viewer("colleague"))


def test_once_extended_nothing_is_left_to_ask_for(applied, asked):
    case = actions.extend(case=asked, by=applied.viewer("head"))
    with pytest.raises(CaseError, match="이미 한 차례"):
        actions.ask_extension(case=case, reason="또", by=applied.viewer("officer"))


class TestWhenTheTermHasRunOut:
    """Under the law an extension is decided within the term: what was asked in time and left lying is lost."""

    @pytest.fixture
    def lapsed(self, applied):
        case = bring(applied, ask(applied, days_ago=40), "in_hand")
        at = case.received_at + dt.timedelta(days=2)
        return actions.ask_extension(case=case, reason=WHY, by=applied.viewer("officer"), at=at)

    def test_it_can_be_refused_but_not_granted(self, applied, lapsed):
        with pytest.raises(CaseError, match="지난 뒤에는 연장할 수 없습니다"):
            actions.extend(case=lapsed, by=applied.viewer("head"))
        assert request(lapsed)[2] == WHY
        actions.refuse_extension(case=lapsed, reason="기한이 지남", by=applied.viewer("head"))
        assert request(lapsed) == NONE

    def test_the_page_says_so_and_offers_only_what_is_possible(self, signed_in, lapsed):
        text = page(signed_in("head"), lapsed)
        assert "기한이 지나 이제는 늘릴 수 없습니다" in text
        assert 'data-dialog="act-refuse_extension"' in text and 'data-dialog="act-extend"' not in text

    def test_nobody_asks_after_it(self, applied):
        case = bring(applied, ask(applied, days_ago=40), "in_hand")
        with pytest.raises(CaseError, match="지난 뒤에는"):
            actions.ask_extension(case=case, reason=WHY, by=applied.viewer("officer"))


class TestTwoDecideAtOnce:
    @pytest.mark.parametrize("reason", [WHY, ""])  # "": that of the request, which is gone
    def test_what_one_refused_the_other_does_not_grant_unaware(self, applied, asked, reason):
        at = asked.extension_asked_at
        actions.refuse_extension(case=asked, reason="안 됨", asked=at, by=applied.viewer("head"))
        with pytest.raises(CaseError, match="그 사이 최과장 님이 연장 요청을 거절했습니다"):
            actions.extend(case=asked, asked=at, by=applied.viewer("planning_officer"), reason=reason)
        assert request(asked) == NONE and Case.objects.get(pk=asked.pk).extensions == 0

    def test_what_one_granted_the_other_does_not_refuse(self, applied, asked):
        at = asked.extension_asked_at
        actions.extend(case=asked, asked=at, by=applied.viewer("planning_officer"))
        with pytest.raises(CaseError, match="받아들였습니다"):
            actions.refuse_extension(case=asked, reason="안 됨", asked=at, by=applied.viewer("head"))
        with pytest.raises(CaseError, match="열려 있는 연장 요청이 없습니다"):
            actions.refuse_extension(case=asked, reason="안 됨", by=applied.viewer("head"))
        assert Case.objects.get(pk=asked.pk).extensions == 1

    def test_the_second_is_told_on_the_page_and_keeps_what_was_typed(self, applied, signed_in, asked):
        at = asked.extension_asked_at.isoformat()
        actions.extend(case=asked, by=applied.viewer("planning_officer"))
        where = reverse("case_act", args=[asked.number, "refuse_extension"])
        response = signed_in("head").post(where, {"reason": "쓰던 사유", "asked": at})
        assert response.status_code == 409
        assert "연장 요청을 받아들였습니다" in response.content.decode()


ENDS = {
    "pass_on": ("officer", {"reason": "소관", "to": "personnel"}), "return_to_planning": ("officer", {"reason": "소관"}),
    "withdraw": ("member", {"reason": "받음"}),
}  # fmt: skip


@pytest.mark.parametrize("act", ENDS)
def test_a_request_ends_with_what_takes_the_case_away(applied, asked, act):
    who, facts = ENDS[act]
    facts = facts | ({"to": applied.units[facts["to"]]} if "to" in facts else {})
    getattr(actions, act)(case=asked, by=applied.viewer(who), **facts)
    assert request(asked) == NONE
    assert list(checks.journal_faults()) == []


def test_a_request_ends_when_the_case_is_merged(applied, asked):
    actions.merge(case=asked, into=ask(applied), reason="같음", by=applied.viewer("planning_officer"))
    assert request(asked) == NONE


def test_a_request_stays_before_the_head_and_ends_with_the_approval(applied, signed_in, asked):
    officer = applied.viewer("officer")
    actions.save_draft(case=asked, body={"answer": "제출"}, outcome="done", by=officer)
    actions.submit(case=asked, by=officer)
    assert request(asked)[2] == WHY
    actions.approve(case=asked, by=applied.viewer("head"))
    assert request(asked) == NONE
    assert "정하지 않은 연장 요청은 없어짐" in page(signed_in("officer"), asked)


def test_a_request_stays_while_the_clock_runs_on_and_ends_where_it_stops(applied, asked):
    actions.pause(case=asked, reason="어느 청사인지", by=applied.viewer("officer"))
    assert request(asked)[2] == WHY
    actions.extend(case=asked, by=applied.viewer("head"))
    finding = bring(applied, ask(applied, type_code="audit_finding", kind="correction"), "in_hand")
    actions.ask_extension(case=finding, reason=WHY, by=applied.viewer("officer"))
    actions.pause(case=finding, reason="범위", by=applied.viewer("officer"))
    assert request(finding) == NONE


def test_a_request_passes_to_the_heir_with_the_case(applied, asked):
    actions.hand_over(applied.units["general_affairs"], applied.units["personnel"])
    assert request(asked)[2] == WHY
    assert work.requests(applied.viewer("personnel_head")).get() == asked


def test_the_database_itself_keeps_a_request_whole(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=asked.pk).update(extension_asked_at=None)


def test_those_who_decide_are_told_and_then_who_asked(applied, asked):
    assert told("extension") == {"head", "planning_officer"}
    actions.refuse_extension(case=asked, reason="안 됨", by=applied.viewer("planning_officer"))
    assert told("extension") == {"head", "planning_officer", "officer"}
    actions.ask_extension(case=asked, reason=WHY, by=applied.viewer("colleague"))
    actions.extend(case=asked, by=applied.viewer("head"))
    assert told("extended") == {"officer", "colleague", "member", "aide"}


def test_who_decides_is_reminded_before_it_is_too_late(applied, asked):
    day = asked.due_on - dt.timedelta(days=1)
    while actions.reminding.calendar(applied.seoul).is_off(day):
        day -= dt.timedelta(days=1)
    texts = {
        (one.person, one.text.split(" ")[0])
        for one in actions.reminding.owed_on(applied.seoul, day)
        if one.kind == "extension"
    }
    assert texts == {(applied.people[who].pk, "연장") for who in ("head", "planning_officer")}


@pytest.mark.parametrize(
    ("who", "sees"), [("planning_officer", True), ("head", True), ("joint_head", False), ("officer", False)]
)
def test_requests_lie_on_the_desks_of_those_who_decide(applied, signed_in, asked, who, sees):
    piles = {pile.code: pile.cases.count() for pile in work.piles(applied.viewer(who))}
    assert piles.get("extension", 0) == int(sees)
    shown = signed_in(who).get(reverse("my_work")).content.decode()
    assert (f"{asked.number} 연장 거절" in shown) == sees


def test_planning_finds_them_on_its_desk_and_in_the_list(signed_in, applied, asked):
    other = bring(applied, ask(applied), "in_hand")
    client = signed_in("planning_officer")
    desk = client.get(reverse("planning")).content.decode()
    assert WHY in desk and f"{asked.number} 연장" in desk
    listed = client.get(reverse("cases"), {"extended": "asked"}).content.decode()
    assert asked.number in listed and other.number not in listed and "연장 요청 중" in listed


def test_the_dialog_opens_with_what_was_asked(signed_in, asked):
    client = signed_in("head")
    where = reverse("case", args=[asked.number])
    text = client.get(where, {"act": "extend"}).content.decode()
    assert 'id="act-extend" aria-labelledby="act-extend_title" data-open' in text
    assert 'value="5"' in text and text.count(WHY) >= 2
    assert client.get(where, {"act": "<script>"}).status_code == 200


def test_who_asked_the_city_does_not_read_of_it(signed_in, program, asked):
    client = signed_in("member")
    assert WHY not in page(client, asked) and "연장 요청" not in page(client, asked)
    assert asked.number not in client.get(reverse("cases"), {"extended": "asked"}).content.decode()
    assert program("member").read(f"/cases/{asked.number}").json()["extension_asked"] is None


def test_a_length_that_is_no_number_is_told_at_its_field(signed_in, applied, case):
    bring(applied, case, "in_hand")
    where = reverse("case_act", args=[case.number, "ask_extension"])
    response = signed_in("officer").post(where, {"length": "열흘", "reason": WHY})
    assert response.status_code == 422
    text = response.content.decode()
    assert WHY in text and 'id="id_ask_extension_length_error"' in text


def test_the_whole_way_through_the_api(applied, program, case):
    bring(applied, case, "in_hand")
    officer, head = program("officer"), program("head")
    assert officer.change(case.number, "ask_extension", {"reason": WHY, "length": 5}).status_code == 200
    request_ = head.read(f"/cases/{case.number}").json()["extension_asked"]
    assert (request_["by"]["name"], request_["reason"], request_["length"]) == ("이주무", WHY, 5)
    assert "ask_extension" not in officer.read(f"/cases/{case.number}/acts").json()["acts"]
    assert {"extend", "refuse_extension"} <= set(head.read(f"/cases/{case.number}/acts").json()["acts"])
    listed = head.read("/cases", extended="asked").json()["cases"]
    assert [row["number"] for row in listed] == [case.number]
    assert head.change(case.number, "extend", {"asked": request_["at"]}).status_code == 200
    assert head.read("/cases", extended="asked").json()["cases"] == []
    gone = head.change(case.number, "refuse_extension", {"reason": "안 됨", "asked": request_["at"]})
    assert gone.status_code == 409 and "받아들였습니다" in gone.json()["detail"]


def test_the_journal_tells_each_step(applied, asked):
    actions.refuse_extension(case=asked, reason="안 됨", by=applied.viewer("head"))
    assert [event.act for event in journal.of(asked)][-2:] == ["ask_extension", "refuse_extension"]


@pytest.mark.parametrize("told", ["2026-01-01T09:00:00", "2026-01-01", "어제", "1999-13-40"])
def test_a_request_that_never_was_is_not_granted(asked, signed_in, told):
    """Also after one was decided, and told without a zone of time: words, and no fault of ours."""
    for decided in (False, True):
        if decided:
            actions.refuse_extension(case=asked, reason="될 일", by=None)
        page = signed_in("head").post(f"/cases/{asked.number}/extend/", {"reason": "방대함", "asked": told})
        assert page.status_code in {409, 422}
        assert "연장 요청" in page.content.decode() or "어느 요청" in page.content.decode()
    asked.refresh_from_db()
    assert asked.extensions == 0
