"""The asker judges an answer, asks again, and files many at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.errors import CaseError
from sijeong.cases.models import Case

from .filed import ask, bring


def acts(case):
    return [event.act for event in journal.of(case)]


def test_an_answer_is_judged_by_who_asked_and_its_outcome_stays(applied, case):
    bring(applied, case, "delivered")
    with pytest.raises(CaseError, match="무엇이 부족한지"):
        actions.judge(case=case, sufficient=False, by=applied.viewer("aide"))
    actions.judge(case=case, sufficient=False, reason="2023년 자료 없음", by=applied.viewer("aide"))
    actions.judge(case=case, sufficient=True, by=applied.viewer("member"))
    for who in ("officer", "planning_officer", "other_member"):
        with pytest.raises(PermissionDenied):
            actions.judge(case=case, sufficient=True, by=applied.viewer(who))
    case.refresh_from_db()
    assert (case.state, case.open, case.outcome, case.outcome_basis) == (
        "delivered",
        False,
        "done",
        "delivery",
    )
    assert [j.sufficient for j in case.judgements.all()] == [False, True]
    assert acts(case)[-2:] == ["judge", "judge"]


def test_nothing_is_judged_before_it_is_delivered(applied, case):
    bring(applied, case, "answered")
    with pytest.raises(CaseError, match="답변 평가를 할 수 없습니다"):
        actions.judge(case=case, sufficient=True, by=applied.viewer("member"))


def test_asking_again_is_a_new_case_linked_to_the_first(applied, case):
    bring(applied, case, "delivered")
    member = applied.viewer("member")
    again = actions.ask_again(case=case, reason="2023년 자료가 빠졌습니다", by=member)
    assert actions.ask_again(case=case, reason="2023년 자료가 빠졌습니다", by=member) == again
    case.refresh_from_db()
    assert (case.state, case.outcome, case.open) == ("delivered", "done", False)
    assert (again.again_of, again.asker, again.state) == (case, case.asker, "received")
    assert again.number != case.number and again.due_on > timezone.localdate()
    assert (acts(case)[-1], acts(again)) == ("ask_again", ["receive"])
    assert Case.objects.count() == 2


def test_a_question_asked_again_is_due_from_today(applied):
    case = ask(
        applied,
        type_code="city_question",
        fields={"session": "제300회", "asked_on": "2024-09-12"},
        days_ago=0,
    )
    bring(applied, case, "delivered")
    again = actions.ask_again(case=case, reason="답이 다름", by=applied.viewer("member"))
    assert again.fields["asked_on"] == timezone.localdate().isoformat()
    assert again.due_on > timezone.localdate()


def test_a_finding_asked_again_is_the_same_case_taken_up(applied):
    case = ask(applied, type_code="audit_finding", kind="suggestion")
    bring(applied, case, "delivered")
    again = actions.ask_again(case=case, reason="이행되지 않음", by=applied.viewer("member"))
    assert (again.pk, again.state, again.outcome, again.open) == (case.pk, "in_hand", "", True)
    assert acts(case)[-1] == "ask_again"


def test_many_are_filed_at_once_and_once_only(applied):
    member = applied.viewer("member")
    rows = [
        {"title": f"요구 {n}", "question": "내용", "asker": member.user, "asker_name": member.user.name}
        for n in range(3)
    ]
    told = {"government": applied.seoul, "type_code": "data_request", "rows": rows, "by": member}
    filed = actions.receive_many(**told, once="가")
    assert [case.title for case in filed] == ["요구 0", "요구 1", "요구 2"]
    assert actions.receive_many(**told, once="가") == filed
    # Another person's filing of the same name is another filing.
    assert len(actions.receive_many(**told | {"by": applied.viewer("aide")}, once="가")) == 3
    assert Case.objects.count() == 6


def test_one_bad_row_and_none_is_filed(applied):
    member = applied.viewer("member")
    row = {"title": "요구", "question": "내용", "asker": member.user, "asker_name": "서의원"}
    with pytest.raises(CaseError, match="2번째 사안: 제목과 내용"):
        actions.receive_many(
            government=applied.seoul,
            type_code="data_request",
            rows=[row, row | {"title": " "}],
            once="나",
            by=member,
        )
    assert not Case.objects.exists()
