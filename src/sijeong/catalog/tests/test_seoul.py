"""What the shipped types promise, against the facts of law and of the council's own findings."""

import pytest

from sijeong.catalog.vocabulary import Act, Clock, Mask, OutcomeNeed, Who

OUTCOMES = {"done", "in_progress", "under_review", "not_adopted"}


def test_eight_types_are_shipped(seoul):
    assert seoul.code == "seoul"
    assert seoul.name == "서울특별시"
    assert {code: ct.name for code, ct in seoul.case_types.items()} == {
        "city_question": "시정질문",
        "five_minute_speech": "5분 자유발언",
        "data_request": "의원요구자료",
        "audit_finding": "행정사무감사 처리요구사항",
        "meeting_suggestion": "간담회 건의",
        "interview_request": "시장 면담 요청",
        "law_improvement": "법령·제도개선 건의",
        "benefit_application": "지원사업 신청",
    }


@pytest.mark.parametrize(
    ("code", "kind", "article", "length", "rule", "set_by"),
    [
        ("city_question", "statutory", "서울특별시 기본조례 제50조", 10, "civil", "law"),
        ("five_minute_speech", "courtesy", "서울특별시의회 회의규칙 제37조", 10, "civil", "council"),
        ("data_request", "statutory", "행정사무감사 및 조사에 관한 조례 제7조", 10, "civil", "law"),
        ("audit_finding", "statutory", "지방자치법 제50조", 30, "civil", "city"),
        ("meeting_suggestion", "courtesy", "", 14, "civil", "city"),
        (
            "interview_request",
            "statutory",
            "민원 처리에 관한 법률 시행령 제15조(건의민원), 제21조(연장)",
            14,
            "petition",
            "law",
        ),
        ("law_improvement", "courtesy", "", 30, "civil", "city"),
    ],
)
def test_the_basis_and_term_of_each_type(seoul, code, kind, article, length, rule, set_by):
    ct = seoul.case_types[code]
    assert (ct.basis.kind, ct.basis.article) == (kind, article)
    assert (ct.term.length, ct.term.unit, ct.term.rule, ct.term.set_by) == (length, "days", rule, set_by)


def test_a_speech_of_five_minutes_binds_nobody_by_law(seoul):
    assert "20-0049" in seoul.case_types["five_minute_speech"].basis.note


def test_no_day_count_is_called_law_that_the_city_chose(seoul):
    own = [ct for ct in seoul.case_types.values() if ct.term.set_by == "city"]
    assert len(own) == 4
    assert all("시가 스스로 정한" in ct.basis.note for ct in own)


def test_a_data_request_is_extended_once_by_ten_days_with_a_reason(seoul):
    extension = seoul.case_types["data_request"].extension
    assert (extension.times, extension.length, extension.unit, extension.needs_reason) == (
        1,
        10,
        "days",
        True,
    )


def test_waiting_for_the_member_does_not_stop_the_statutory_clock_of_a_data_request(seoul):
    assert seoul.case_types["data_request"].state("paused").clock == Clock.RUNS
    assert seoul.case_types["interview_request"].state("paused").clock == Clock.STOPPED


@pytest.mark.parametrize("code", ["city_question", "five_minute_speech"])
def test_an_answer_to_a_speech_on_the_floor_is_neither_extended_nor_paused(seoul, code):
    ct = seoul.case_types[code]
    assert ct.extension is None
    assert not ct.pause


def test_an_audit_finding_has_the_kinds_outcomes_and_fields_of_the_report(seoul):
    ct = seoul.case_types["audit_finding"]
    assert [kind.name for kind in ct.kinds] == ["시정·처리요구", "건의", "기타(자료제출)"]
    assert {each.code: each.name for each in ct.outcomes} == {
        "done": "완료",
        "in_progress": "추진 중",
        "under_review": "검토 중",
        "not_adopted": "미반영",
    }
    assert [field.name for field in ct.answer_fields] == ["추진내용", "향후계획", "관련근거"]


@pytest.mark.parametrize(
    ("code", "starts"),
    [("city_question", "질문한 날"), ("five_minute_speech", "발언한 날"), ("meeting_suggestion", "만난 날")],
)
def test_what_is_said_in_a_room_is_due_from_the_day_it_was_said(seoul, code, starts):
    ct = seoul.case_types[code]
    assert next(field.name for field in ct.fields if field.code == ct.term.starts) == starts


def test_what_is_asked_is_one_field_and_the_rest_is_about_it(seoul):
    ct = seoul.case_types["audit_finding"]
    assert ct.question.name == "요구사항"
    assert [field.name for field in ct.extra_fields] == ["감사"]
    with pytest.raises(KeyError, match="audit_finding has no field 'lost'"):
        _ = ct.model_copy(update={"asks": "lost"}).question


def test_reported_means_delivered(seoul):
    for ct in seoul.case_types.values():
        assert {each.code for each in ct.outcomes} <= OUTCOMES
        assert next(each for each in ct.outcomes if each.code == "done").final
        assert all(each.needs == OutcomeNeed.DELIVERY for each in ct.outcomes if each.final)
        assert ct.state("answered").open
        assert all(each.act == Act.DELIVER for each in ct.transitions if each.to == "delivered")


def test_what_is_published_is_masked(seoul):
    public = {ct.code for ct in seoul.case_types.values() if ct.publication.public}
    assert public == set(seoul.case_types) - {
        "meeting_suggestion", "interview_request", "benefit_application",
    }  # fmt: skip
    assert all(set(seoul.case_types[code].publication.mask) == set(Mask) for code in public)


def test_the_life_of_a_data_request(seoul):
    ct = seoul.case_types["data_request"]
    state, path = ct.initial.code, []
    for act in ("assign", "start", "submit", "approve", "deliver", "publish"):
        state = ct.transition(act, state).target(state)
        path.append(state)
    assert path == ["assigned", "in_hand", "in_approval", "answered", "delivered", "published"]


def test_an_extended_case_stays_where_it_is_and_a_paused_one_goes_back(seoul):
    ct = seoul.case_types["data_request"]
    assert ct.transition("extend", "in_hand").target("in_hand") == "in_hand"
    paused = ct.transition("pause", "assigned").target("assigned")
    assert ct.transition("resume", paused).target(paused, previous="assigned") == "assigned"
    with pytest.raises(ValueError, match="resume leads to the state before 'paused', which was not given"):
        ct.transition("resume", "paused").target("paused")


def test_acts_are_asked_by_state(seoul):
    ct = seoul.case_types["data_request"]
    assert {each.act for each in ct.acts_from("in_approval")} == {
        Act.SEND_BACK,
        Act.APPROVE,
        Act.ASK_EXTENSION,
        Act.EXTEND,
        Act.REFUSE_EXTENSION,
        Act.WITHDRAW,
    }
    assert ct.acts_from("withdrawn") == ()
    assert ct.transition("approve", "in_hand") is None
    assert ct.transition("approve", "in_approval").who == (Who.LEAD_HEAD,)
    assert ct.state("in_approval").public == "처리 중"
    with pytest.raises(KeyError, match="data_request has no state 'lost'"):
        ct.state("lost")


def test_who_asked_judges_and_asks_again(seoul):
    judged = {ct.code for ct in seoul.case_types.values() if ct.transition("judge", "delivered")}
    assert judged == set(seoul.case_types) - {
        "law_improvement",  # asked by a division, answered by a ministry
        "benefit_application",  # decided by rule, and open to an appeal instead
    }
    for code in judged:
        ct = seoul.case_types[code]
        judge, again = ct.transition("judge", "delivered"), ct.transition("ask_again", "delivered")
        assert (judge.to, judge.who, again.who) == ("same", (Who.ASKER,), (Who.ASKER,))
        # A finding stays owed until it is done; anything else is asked anew, with a number and a term of its own.
        assert again.to == ("in_hand" if code == "audit_finding" else "same")


def test_numbers_are_written_with_prefix_and_year(seoul):
    assert seoul.case_types["data_request"].numbered(2026, 1) == "자료요구-2026-00001"
