"""Whatever happens to cases, the sums equal a recount by a query and one from the journal."""

import datetime as dt
import statistics
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijeong.cases import actions as acts
from sijeong.cases.errors import CaseError
from sijeong.cases.models import Case, Tally, TallyDelta
from sijeong.cases.tests.filed import ask, bring
from sijeong.statistics import actions
from sijeong.statistics.checks import differences
from sijeong.statistics.figures import figures
from sijeong.statistics.reading import Wanted, read

from .recount import days_taken, recounted

TYPES = ("data_request", "interview_request", "five_minute_speech")
STEPS = (
    "assign", "assign", "start", "answer", "approve", "deliver", "deliver", "publish", "pass_on", "return_to_planning",
    "ask_extension", "ask_extension", "extend", "refuse_extension", "pause", "resume", "withdraw", "merge", "reopen", "fold", "reorganise",
)  # fmt: skip
STAFF = {"general_affairs": ("officer", "head"), "personnel": ("personnel_officer", "personnel_head")}


def compared(city):
    """The sums of months by unit and type beside the recount, both as of today."""
    day = timezone.localdate()
    lines = read(city.seoul.pk, Wanted("month", each_unit=True, each_type=True)).lines
    told = {}
    for line, counts in lines.items():
        found = figures(counts, day)
        names = ("received", "on_time", "late", "overdue", "told", "ended", "extended", "open")
        shown = {name: getattr(found, name) for name in names}
        if any(shown.values()):
            told[line.start.year, line.start.month, line.unit, line.type_code] = shown
    return told, {key: dict(counts) for key, counts in recounted(city.seoul, day).items()}


def step(city, what, cases, which, days):
    """Do one thing to one case, as those do it whose it is; what its state forbids does not happen."""
    case = cases[which % len(cases)]
    case.refresh_from_db()
    unit = next((key for key in STAFF if city.units[key].pk == case.lead_id), "general_affairs")
    other = next(key for key in STAFF if key != unit)
    officer, head = (city.viewer(who) for who in STAFF[unit])
    match what:
        case "assign":
            acts.assign(case=case, lead=city.units[list(STAFF)[which % 2]], by=None)
        case "pass_on":
            acts.pass_on(case=case, to=city.units[other], reason="소관", by=None)
        case "answer":
            field = next(f.code for f in case.case_type.answer_fields if f.required)
            outcome = case.case_type.outcomes[0].code if case.case_type.outcomes else ""
            acts.save_draft(case=case, body={field: "제출"}, outcome=outcome, by=officer, edition=0)
            acts.submit(case=case, by=officer, at=case.received_at)
        case "approve":
            acts.approve(case=case, by=head)
        case "deliver":
            acts.deliver(case=case, channel="hand", receipt="총무과-1", by=None)
        case "merge":
            acts.merge(case=case, into=cases[(which + 1) % len(cases)], reason="같음", by=None)
        case "fold":
            actions.fold(government_id=city.seoul.pk)
        case "reorganise":
            acts.hand_over(city.units["personnel"], city.units["general_affairs"])
        case "publish":
            acts.publish(case=case, public="0" * 64, by=None)
        case "resume" | "start":
            getattr(acts, what)(case=case, by=None)
        case _:
            at = {"at": min(timezone.now(), case.received_at + dt.timedelta(days=days))}
            given = at if what in {"ask_extension", "extend", "pause"} else {}
            getattr(acts, what)(case=case, reason="사유", by=None, **given)


filed = st.lists(st.tuples(st.sampled_from(TYPES), st.integers(0, 75)), min_size=1, max_size=4)
histories = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 12)), min_size=4, max_size=40
)


@given(filed, histories)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_adds_up(applied, cases, history):
    told = {"applicant": "가", "contact": "나", "subject": "다", "session": "제1회", "speech": "라"}
    with transaction.atomic():
        rows = []
        for code, ago in cases:
            spoken = {"spoken_on": (timezone.localdate() - dt.timedelta(days=ago)).isoformat()}
            version = acts.intake.current_type(applied.seoul, code)
            known = {field.code for field in version.case_type.extra_fields}
            facts = {name: value for name, value in (told | spoken).items() if name in known}
            rows.append(ask(applied, days_ago=ago, type_code=code, fields=facts))
        for what, which, days in history:
            try:
                with transaction.atomic():
                    step(applied, what, rows, which, days)
            except (CaseError, PermissionDenied):
                continue
        sums, recount = compared(applied)
        assert sums == recount
        assert list(differences(applied.seoul)) == []
        for figure in sums.values():
            parts = ("on_time", "late", "open", "told", "ended")
            assert figure["received"] == sum(figure[part] for part in parts)
        actions.fold_all(government_id=applied.seoul.pk)
        assert compared(applied)[0] == recount
        kept = {(r.span, r.start, r.unit, r.type_code): r.counts for r in Tally.objects.all()}
        actions.rebuild(government=applied.seoul)
        assert {(r.span, r.start, r.unit, r.type_code): r.counts for r in Tally.objects.all()} == kept
        transaction.set_rollback(True)


def test_a_case_passed_on_takes_its_counts_with_it(applied, case):
    bring(applied, case, "assigned")
    acts.pass_on(case=case, to=applied.units["personnel"], reason="인사 소관", by=None)
    lines = read(applied.seoul.pk, Wanted("year", each_unit=True)).lines
    received = {line.unit: counts["received"] for line, counts in lines.items() if counts["received"]}
    assert received == {applied.units["personnel"].pk: 1}


def test_the_median_is_that_of_the_cases(applied):
    for ago in (3, 4, 4, 9, 20, 31):
        bring(applied, ask(applied, days_ago=ago), "delivered")
    lines = read(applied.seoul.pk, Wanted("year")).lines
    assert lines
    for line, counts in lines.items():  # in January of two years
        days = days_taken(applied.seoul, line.start.year)
        assert figures(counts, timezone.localdate()).median == statistics.median(days)


def test_an_open_case_becomes_overdue_with_the_day_alone(applied, case):
    lines = read(applied.seoul.pk, Wanted("year")).lines
    (counts,) = lines.values()
    assert figures(counts, case.due_on).overdue == 0
    assert figures(counts, case.due_on + dt.timedelta(days=1)).overdue == 1


def test_sums_of_one_government_are_not_anothers(applied, case):
    assert read(applied.jung_gu.pk, Wanted("year")).lines == {}


def test_verification_names_the_place_that_was_changed(applied, case):
    bring(applied, case, "delivered")
    actions.fold_all(government_id=applied.seoul.pk)
    row = Tally.objects.get(span="month", unit=applied.units["general_affairs"].pk, type_code="data_request")
    row.counts["on_time"] = 7
    row.save()
    (found,) = differences(applied.seoul)
    assert f"{row.start.month}월 총무과 data_request 기한 안: 요약 7, 일지 1, 사안 1" in str(found)
    actions.rebuild(government=applied.seoul)
    assert list(differences(applied.seoul)) == []


def test_verification_sees_a_row_that_was_changed_behind_the_journal(applied, case):
    Case.objects.filter(pk=case.pk).update(open=False)
    assert any("일지 1, 사안 0" in str(found) for found in differences(applied.seoul))


def test_a_fold_that_breaks_off_leaves_everything_as_it_was(applied, case):
    bring(applied, case, "assigned")
    before = compared(applied)
    with (
        mock.patch.object(TallyDelta.objects, "filter", side_effect=[TallyDelta.objects.all(), RuntimeError]),
        pytest.raises(RuntimeError),
    ):
        actions.fold(government_id=applied.seoul.pk)
    assert compared(applied) == before
    assert not Tally.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_reading_takes_one_statement(applied, case, django_assert_num_queries):
    with django_assert_num_queries(1):
        read(applied.seoul.pk, Wanted("year"), Wanted("month", each_type=True))


def test_an_act_that_counts_nothing_writes_no_change(applied, case):
    bring(applied, case, "in_hand")
    before = TallyDelta.objects.count()
    acts.save_draft(case=case, body={"answer": "초안"}, outcome="done", by=applied.viewer("officer"))
    acts.submit(case=case, by=applied.viewer("officer"))
    assert TallyDelta.objects.count() == before
