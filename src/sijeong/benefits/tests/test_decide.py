"""From receipt to payment: decided by the rule, kept with all it came from, within places and caps."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sijeong.audit import journal
from sijeong.benefits import actions, books
from sijeong.benefits.actions.paying import payable
from sijeong.benefits.errors import BenefitError
from sijeong.benefits.models import Application, Decision
from sijeong.benefits.rules.digests import rule_digest
from sijeong.cases import actions as cases
from sijeong.cases.models import Case

from .filed import DENTAL, WATCH, approve, decide, deliver, file, moment


@pytest.fixture
def book(city):
    return books.book_of(city.seoul)


@pytest.fixture
def few_places(book, monkeypatch):
    """Two watches a year."""
    few = book.reformed({"health_watch.places": 2})
    for module in (books, actions.deciding, actions.receiving):
        monkeypatch.setattr(module, "book_of", lambda government: few)
    return few


def test_the_decision_keeps_rule_law_inputs_and_trace(applied, book):
    application = file(applied)
    decision = decide(applied, application)
    assert (decision.status, decision.amount) == ("granted", 4_500_000)
    assert decision.rule == rule_digest(book["defector_dental"])
    assert decision.law["cap_poor"] == 4_500_000 and decision.inputs["dental_cost"] == 5_000_000
    assert decision.trace == [["lives_here", "서울 거주", True], ["defector", "북한이탈주민", True]]
    answer = application.case.answers.get()
    assert "4,500,000원을 지급합니다" in answer.body["decision"] and answer.outcome == "done"
    assert list(journal.subject_faults(Application.objects.all())) == []


def test_the_law_of_the_day_of_receipt_decides(applied):
    """Received on the last day of the old law, decided under the new one."""
    old = file(applied, at=moment(2023, 12, 31))
    new = file(applied, at=moment(2024, 1, 1), name="다른이")
    assert decide(applied, old).amount == 4_000_000
    assert decide(applied, new).amount == 4_500_000


def test_a_change_of_the_law_touches_nothing_decided(applied, book, monkeypatch):
    decision = decide(applied, file(applied))
    monkeypatch.setattr(books, "book_of", lambda government: book.reformed({"defector_dental.cap_poor": 1}))
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.amount, kept.law, kept.rule) == (decision.amount, decision.law, decision.rule)


def test_what_is_not_verified_or_not_known_is_not_decided(applied):
    application = file(applied)
    with pytest.raises(BenefitError, match="사실을 확인한 뒤에"):
        actions.decide(application=application, by=applied.viewer("officer"))
    with pytest.raises(BenefitError, match="치과 치료비는 얼마입니까"):
        decide(applied, application, {k: v for k, v in DENTAL.items() if k != "dental_cost"})
    with pytest.raises(BenefitError, match="무엇으로 확인했는지"):
        actions.verify(application=application, facts=DENTAL, proof=" ", by=applied.viewer("officer"))
    with pytest.raises(BenefitError, match="dental_cost"):
        actions.verify(
            application=application,
            facts=DENTAL | {"dental_cost": -1},
            proof="x",
            by=applied.viewer("officer"),
        )


def test_a_refusal_names_the_criteria(applied):
    decision = decide(applied, file(applied), DENTAL | {"defector": False})
    assert (decision.status, decision.amount) == ("refused", 0)
    assert "북한이탈주민" in decision.reason


def test_only_the_leading_division_decides(applied):
    application = file(applied)
    for who in ("other_officer", "planning_officer", "auditor", "member"):
        with pytest.raises(PermissionDenied):
            actions.decide(application=application, by=applied.viewer(who))


@pytest.mark.parametrize("benefit", ["nothing", "vaccine_reaction"])
def test_what_is_not_in_force_is_not_taken(applied, benefit):
    with pytest.raises(BenefitError, match="시행하지 않는"):
        file(applied, benefit=benefit)


def test_places_go_by_receipt_and_the_next_one_waits(applied, few_places):
    first, second, third, fourth = (
        file(applied, benefit="health_watch", claims=WATCH, name=f"사람{n}", at=moment(2023, 3, n + 1))
        for n in range(4)
    )
    with pytest.raises(BenefitError, match="앞서 접수한 2건을 먼저"):
        decide(applied, third)
    assert [decide(applied, one).status for one in (first, second, third, fourth)] == [
        "granted", "granted", "waiting", "waiting"]  # fmt: skip
    assert "대기 2번" in fourth.latest.reason and third.case.answers.count() == 0
    # One withdraws: the first in the line gets the place, though the second asks first.
    cases.withdraw(case=first.case, reason="이사", by=applied.viewer("officer"))
    with pytest.raises(BenefitError, match="앞서 접수한 1건을 먼저"):
        actions.decide(application=fourth, by=applied.viewer("officer"))
    assert actions.decide(application=third, by=applied.viewer("officer")).status == "granted"
    assert actions.decide(application=fourth, by=applied.viewer("officer")).status == "waiting"


def test_what_was_granted_once_is_not_granted_again(applied):
    decide(applied, file(applied, benefit="health_watch", claims=WATCH, at=moment(2023, 3, 1)))
    again = decide(applied, file(applied, benefit="health_watch", claims=WATCH, at=moment(2023, 9, 1)))
    assert again.status == "refused" and "처음 받음" in again.reason


def test_a_yearly_cap_counts_what_the_year_has_granted(applied):
    ill = {
        "resident": True, "defector": True, "city_hospital": True, "welfare": "해당 없음",
        "illness_cost": 2_000_000, "illness_paid_this_year": 0,
    }  # fmt: skip
    amounts = [
        decide(applied, file(applied, benefit="defector_illness", claims=ill, at=at)).amount
        for at in (moment(2024, 3, 1), moment(2024, 6, 1), moment(2024, 9, 1), moment(2025, 1, 2))
    ]
    assert amounts == [1_600_000, 400_000, 0, 1_600_000]


def test_what_excludes_what_is_seen_across_benefits(applied):
    eggs = {
        "resident": True, "months_resident": 60, "female": True, "egg_freezing_done": True,
        "egg_freezing_received": False, "egg_freezing_cost": 1_000_000,
    }  # fmt: skip
    treated = {
        "resident": True, "months_resident": 60, "female": True, "infertility_diagnosed": True,
        "in_couple": True, "couple.infertile": True,
        "procedure": "신선배아", "cycles_used": 0, "treatment_cost": 3_000_000,
    }  # fmt: skip
    high = file(applied, benefit="infertility_treatment", claims=treated, at=moment(2024, 3, 1))
    assert decide(applied, high).amount == 1_100_000
    low = decide(applied, file(applied, benefit="egg_freezing", claims=eggs, at=moment(2024, 4, 1)))
    assert low.status == "refused" and "함께 받을 수 없습니다" in low.reason
    dearer = file(
        applied, benefit="egg_freezing", claims=eggs | {"egg_freezing_cost": 4_000_000}, at=moment(2024, 5, 1)
    )
    with pytest.raises(BenefitError, match="앞의 결정을 먼저 거두십시오"):
        decide(applied, dearer)


def test_an_appeal_reopens_and_the_new_decision_follows(applied):
    application = file(applied)
    decide(applied, application, DENTAL | {"welfare": "해당 없음"})
    approve(applied, application)
    deliver(applied, application)
    first = actions.appeal(
        application=application, reason="생계급여 증명을 냈습니다.", by=applied.viewer("officer")
    )
    assert first.current  # it stands until the next
    second = decide(applied, application)
    assert [(d.number, d.amount, d.current) for d in application.decisions.all()] == [
        (1, 3_600_000, False), (2, 4_500_000, True)]  # fmt: skip
    approve(applied, application)
    assert [decision.pk for decision in payable()] == [second.pk]


def test_an_appeal_has_its_term_and_the_office_its_own_duty(applied):
    application = file(applied, at=timezone.now() - dt.timedelta(days=90))
    decide(applied, application)
    with pytest.raises(BenefitError, match="통지하기 전에는"):
        actions.appeal(application=application, reason="적다", by=applied.viewer("officer"))
    approve(applied, application)
    deliver(applied, application)
    Case.objects.filter(pk=application.case_id).update(delivered_at=timezone.now() - dt.timedelta(days=50))
    with pytest.raises(BenefitError, match="이의신청 기한"):
        actions.appeal(application=application, reason="적다", by=applied.viewer("officer"))
    actions.appeal(application=application, reason="잘못 셈", by=applied.viewer("officer"), ex_officio=True)


def test_only_approved_grants_are_paid_and_once(applied):
    application = file(applied)
    decision = decide(applied, application)
    assert list(payable()) == []
    approve(applied, application)
    today, officer = timezone.localdate(), applied.viewer("officer")
    assert actions.pay(decisions=[decision], on=today, by=officer) == 4_500_000
    with pytest.raises(BenefitError, match="목록을 새로"):
        actions.pay(decisions=[decision], on=today, by=officer)
    with pytest.raises(BenefitError, match="오지 않은 날"):
        actions.pay(decisions=[decision], on=today + dt.timedelta(days=1), by=officer)
    with pytest.raises(BenefitError, match="이미 지급"):
        actions.appeal(application=application, reason="적다", by=officer, ex_officio=True)


def test_a_letter_that_says_otherwise_is_not_paid(applied):
    application = file(applied)
    decide(applied, application, DENTAL | {"defector": False})
    officer = applied.viewer("officer")
    answer = application.case.answers.get()
    cases.save_draft(
        case=application.case, body=answer.body, outcome="done", by=officer, edition=answer.edition
    )
    approve(applied, application)
    assert list(payable()) == []


def test_from_the_public_page_it_is_a_claim_for_planning_to_assign(applied):
    application = file(applied, who=None)
    assert (application.case.state, application.verified_at) == ("received", None)
    assert application.case.title == "북한이탈주민 치과 치료비 지원 신청(홍*순)"
    assert "홍길순" not in str(application.case.fields) + application.case.asker_name
