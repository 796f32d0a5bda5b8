"""A case from its receipt to its last promise, through the actions."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.errors import CaseError, StaleEdit
from sijeong.cases.models import Case
from sijeong.org import actions as org

from .filed import ask, bring


def acts(case):
    return [event.act for event in journal.of(case)]


def test_the_main_job_from_request_to_kept_promise(applied, case):
    bring(applied, case, "delivered")
    delivery = case.deliveries.get()
    actions.acknowledge(delivery=delivery, by=applied.viewer("aide"))
    actions.close_follow_up(
        follow_up=case.follow_ups.get(), evidence="11월 보고 완료", by=applied.viewer("officer")
    )
    case.refresh_from_db()
    assert acts(case) == [
        "receive", "assign", "start", "draft", "submit", "approve", "deliver", "acknowledge", "follow_up_closed",
    ]  # fmt: skip
    assert (case.state, case.open, case.outcome, case.outcome_basis) == (
        "delivered",
        False,
        "done",
        "delivery",
    )
    answer = case.answers.get()
    assert (answer.signer, answer.signed_for) == (applied.people["head"], "")


def test_a_number_counts_by_type_and_year(applied):
    numbers = [ask(applied).number for _ in range(3)]
    year = (timezone.localtime() - dt.timedelta(days=1)).year
    assert numbers == [f"자료요구-{year}-0000{n}" for n in (1, 2, 3)]
    assert ask(applied, type_code="audit_finding", kind="suggestion").number == f"감사요구-{year}-00001"


def test_a_number_rolled_back_is_given_again(applied):
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(applied)
        raise RuntimeError
    assert ask(applied).number.endswith("-00001")


def test_a_city_question_counts_from_the_day_it_was_asked(applied):
    case = ask(
        applied,
        type_code="city_question",
        fields={"session": "제300회", "asked_on": "2024-09-12"},
        days_ago=0,
    )
    assert case.due_on == dt.date(2024, 9, 23)  # ten days end on Sunday the 22nd


@pytest.mark.parametrize("state", ["received", "assigned", "in_hand", "in_approval", "answered"])
def test_no_outcome_before_delivery(applied, case, state):
    bring(applied, case, state)
    assert (case.outcome, case.delivered_at) == ("", None)


def test_the_database_itself_refuses_an_outcome_without_its_basis(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(outcome="done")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(outcome="done", outcome_basis="delivery")


@pytest.mark.parametrize("channel", ["document", "email", "hand", "post"])
def test_outside_this_system_a_delivery_needs_proof(applied, case, channel):
    bring(applied, case, "answered")
    with pytest.raises(CaseError, match="증명할"):
        actions.deliver(case=case, channel=channel, recipient_name="서의원실", by=applied.viewer("officer"))
    actions.deliver(
        case=case,
        channel=channel,
        recipient_name="서의원실",
        receipt="총무과-1250",
        by=applied.viewer("officer"),
    )
    case.refresh_from_db()
    assert case.outcome_basis == "delivery"


def test_a_delivery_is_not_dated_before_its_signature_or_after_now(applied, case):
    bring(applied, case, "answered")
    for at, why in (
        (timezone.now() - dt.timedelta(days=3), "앞섭니다"),
        (timezone.now() + dt.timedelta(days=1), "오지 않은"),
    ):
        with pytest.raises(CaseError, match=why):
            actions.deliver(case=case, channel="hand", receipt="수령증", at=at, by=applied.viewer("officer"))


def test_a_term_is_extended_once_and_only_in_time(applied, case):
    bring(applied, case, "in_hand")
    before = case.due_on
    case = actions.extend(case=case, reason="자료가 방대함", by=applied.viewer("head"))
    assert case.due_on > before
    with pytest.raises(CaseError, match="이미 한 차례 연장"):
        actions.extend(case=case, reason="더 필요", by=applied.viewer("head"))
    late = bring(applied, ask(applied, days_ago=60), "in_hand")
    with pytest.raises(CaseError, match="지난 뒤에는"):
        actions.extend(case=late, reason="늦음", by=applied.viewer("planning_officer"))


@pytest.mark.parametrize(
    "act", ["extend", "ask_extension", "pass_on", "return_to_planning", "send_back", "withdraw", "reopen"]
)
def test_an_act_that_needs_a_reason_is_refused_without_one(applied, case, act):
    state = {"send_back": "in_approval", "reopen": "delivered"}.get(act, "in_hand")
    bring(applied, case, state)
    by = applied.viewer(
        {"send_back": "head", "extend": "head", "reopen": "planning_officer", "withdraw": "member"}.get(
            act, "officer"
        )
    )
    more = {"to": applied.units["personnel"]} if act == "pass_on" else {}
    with pytest.raises(CaseError, match="사유"):
        getattr(actions, act)(case=case, reason=" ", by=by, **more)
    assert act not in acts(case)


def test_a_statutory_request_runs_on_while_the_asker_is_asked(applied, case):
    bring(applied, case, "in_hand")
    case = actions.pause(case=case, reason="어느 청사인지", by=applied.viewer("officer"))
    assert (case.state, case.paused_on) == ("paused", None)


def test_a_paused_finding_does_not_count_the_days_between(applied):
    case = bring(applied, ask(applied, type_code="audit_finding", kind="correction", days_ago=10), "in_hand")
    due, now = case.due_on, timezone.now()
    case = actions.pause(
        case=case, reason="범위 확인", by=applied.viewer("officer"), at=now - dt.timedelta(days=8)
    )
    assert case.paused_on is not None
    case = actions.resume(
        case=case, note="본청만", by=applied.viewer("officer"), at=now - dt.timedelta(days=1)
    )
    assert (case.state, case.paused_on) == ("in_hand", None)
    assert case.due_on > due


def test_a_passed_on_case_leaves_the_sight_of_who_had_it(applied, case):
    bring(applied, case, "in_hand")
    case = actions.pass_on(
        case=case, to=applied.units["personnel"], reason="인사 소관", by=applied.viewer("officer")
    )
    seen = Case.objects.visible_to
    assert (case.state, case.lead, case.officer) == ("assigned", applied.units["personnel"], None)
    assert not seen(applied.viewer("officer")).exists()
    assert (
        seen(applied.viewer("personnel_officer")).exists() and seen(applied.viewer("joint_officer")).exists()
    )


def test_cases_go_only_to_living_divisions_of_the_government(applied, case):
    by = applied.viewer("planning_officer")
    for key, why in (("administration", "맡는 부서"), ("jung_gu_planning", "이 기관의 부서가 아닙니다")):
        with pytest.raises(CaseError, match=why):
            actions.assign(case=case, lead=applied.units[key], by=by)


def test_two_editors_at_once_lose_no_text(applied, case):
    bring(applied, case, "in_hand")
    actions.save_draft(case=case, body={"answer": "먼저 쓴 글"}, by=applied.viewer("officer"))
    with pytest.raises(StaleEdit) as told:
        actions.save_draft(case=case, body={"answer": "나중에 쓴 글"}, by=applied.viewer("colleague"))
    assert told.value.theirs == {"answer": "먼저 쓴 글"}
    saved = actions.save_draft(
        case=case, body={"answer": "합친 글"}, by=applied.viewer("colleague"), edition=1
    )
    assert (saved.edition, case.answers.get().body) == (2, {"answer": "합친 글"})


def test_a_returned_version_stays_and_the_next_begins_from_it(applied, case):
    bring(applied, case, "in_approval")
    actions.send_back(case=case, reason="집행액을 더하십시오", by=applied.viewer("head"))
    first, second = case.answers.all()
    assert (first.state, first.note, second.state, second.body) == (
        "returned",
        "집행액을 더하십시오",
        "draft",
        first.body,
    )


def test_a_deputy_signs_in_the_heads_place(applied, signed_in, case):
    bring(applied, case, "in_approval")
    with pytest.raises(PermissionDenied):
        actions.approve(case=case, by=applied.viewer("colleague"))
    today = timezone.localdate()
    org.set_absence(
        user=applied.people["head"], deputy=applied.people["colleague"], first=today, last=today,
        reason="출장", by=applied.viewer("head"),
    )  # fmt: skip
    for where in (
        reverse("my_work"),
        reverse("case", args=[case.number]),
    ):  # whose place it is, before it is taken
        assert (
            "님을 대신해" in (page := signed_in("colleague").get(where).content.decode())
            or "대신 결재" in page
        )
    answer = actions.approve(case=case, by=applied.viewer("colleague"))
    assert (answer.signer, answer.signed_for) == (applied.people["colleague"], applied.people["head"].label)


def test_a_reopened_case_keeps_its_delivery_and_has_no_outcome(applied, case):
    bring(applied, case, "published")
    case = actions.reopen(case=case, reason="누락된 연도", by=applied.viewer("planning_officer"))
    assert (case.state, case.open, case.outcome, case.delivered_at) == ("in_hand", True, "", None)
    assert case.deliveries.count() == 1


def test_a_merged_case_points_to_the_one_that_goes_on(applied, case):
    other = ask(applied)
    case = actions.merge(case=case, into=other, reason="같은 요구", by=applied.viewer("planning_officer"))
    assert (case.state, case.merged_into, case.open) == ("merged", other, False)
    assert acts(other)[-1] == "merge"
    with pytest.raises(CaseError, match="이미 끝난"):
        actions.merge(case=other, into=case, reason="되돌리기", by=applied.viewer("planning_officer"))


def test_a_promise_is_closed_with_evidence_and_only_once(applied, promise):
    officer = applied.viewer("officer")
    with pytest.raises(CaseError, match="적어야"):
        actions.close_follow_up(follow_up=promise, evidence="  ", by=officer)
    actions.postpone_follow_up(
        follow_up=promise, due_on=promise.due_on + dt.timedelta(days=7), reason="납품 지연", by=officer
    )
    actions.close_follow_up(follow_up=promise, evidence="납품 검수 완료", by=officer)
    with pytest.raises(CaseError, match="이행 완료 상태"):
        actions.drop_follow_up(follow_up=promise, reason="중복", by=officer)


def test_an_act_out_of_turn_is_told_by_state_not_hidden(applied, case):
    with pytest.raises(CaseError, match="‘접수’ 상태에서는 결재를"):
        bring(applied, case, "received")
        actions.approve(case=case, by=None)
