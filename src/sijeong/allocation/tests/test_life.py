"""The life of a round: prepared, solved, looked at, undone, signed, released, followed."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sijeong.allocation import actions, tasks, written
from sijeong.allocation.errors import AllocationError
from sijeong.allocation.models import Holding, Run
from sijeong.allocation.solving import bundle
from sijeong.audit import journal
from sijeong.documents.actions import local_path

from .made import FIRST, LAST

pytestmark = pytest.mark.django_db

FIVE = ["home_care", "jeju_retreat", "next_local", "care_visits", "tests"]


def acts(found):
    return [event.act for event in journal.of(found)]


@pytest.mark.parametrize("code", FIVE)
def test_each_of_the_five_goes_from_its_tables_to_its_release(made, code):
    found = made.bring(made.round(code), "released")
    assert found.state == "released"
    assert found.run.decisions.count() == found.run.outcome["served"] + found.run.outcome["refused"]
    assert all(row.sentence for row in found.run.decisions.select_related("run", "place")[:50])
    assert Holding.objects.filter(round=found, ended_at=None).exists()
    assert not list(journal.chain_faults(journal.of(found)))
    lottery = ["freeze", "frozen"] if found.by_lottery else []
    bring = ["bring"] * found.sheets.count()
    assert acts(found) == ["founded", *bring, *lottery, "solve", "solved", "submit", "release"]


def test_a_refused_person_reads_why_and_what_would_have_served_them(made):
    tables = made.tables("home_care")
    tables["resources"] = [
        tables["resources"][0],
        *[[*row[:3], str(int(row[3]) // 3)] for row in tables["resources"][1:]],
    ]
    found = made.bring(made.round(tables=tables), "solved")
    row = found.run.decisions.filter(served=False).select_related("run").first()
    assert row.sentence.startswith("배정되지 않았습니다.")
    assert "자리가" in row.sentence and "더 있었다면" in row.sentence


def test_a_result_is_undone_with_a_reason_and_solved_again(made):
    found = made.bring(made.round(), "solved")
    officer, first = made.viewer("officer"), found.run
    with pytest.raises(AllocationError, match="사유"):
        actions.undo(found=found, reason=" ", by=officer)
    actions.undo(found=found, reason="정원이 틀림", by=officer)
    found.refresh_from_db()
    assert (found.state, found.run) == ("preparing", None)
    assert first.decisions.exists()  # what was decided once stays on record
    made.bring(found, "solved")
    same = [
        list(run.decisions.order_by("number").values_list("number", "place__key"))
        for run in (first, found.run)
    ]
    assert same[0] == same[1]


def test_a_bad_row_is_told_with_row_column_and_reason_and_nothing_is_run(made):
    tables = made.tables("home_care")
    tables["applicants"][3][3] = "부산진구"
    tables["applicants"][5][0] = tables["applicants"][4][0]
    found = made.round(tables=tables)
    actions.solve(found=found, by=made.viewer("officer"))
    made.worked(found)
    run = found.runs.get()
    assert (found.state, run.state) == ("preparing", "failed")
    assert [fault[:3] for fault in run.faults] == [["환자", 4, "자치구"], ["환자", 6, "접수번호"]]
    assert not run.decisions.exists()


def test_a_cancelled_run_brings_nothing(made):
    found = made.round()
    officer = made.viewer("officer")
    run = actions.solve(found=found, by=officer)
    actions.cancel(found=found, by=officer)
    made.worked(found)
    run.refresh_from_db()
    assert (found.state, run.state) == ("preparing", "cancelled")
    assert not run.decisions.exists()


def test_a_run_cancelled_while_it_is_written_is_not_the_result(made, monkeypatch):
    found = made.round()
    officer = made.viewer("officer")
    run = actions.solve(found=found, by=officer)
    insert = written.insert

    def cancel_then(rows):
        actions.cancel(found=found, by=officer)
        insert(rows)

    monkeypatch.setattr(written, "insert", cancel_then)
    made.worked(found)
    run.refresh_from_db()
    assert (found.state, found.run, run.state) == ("preparing", None, "cancelled")


def test_only_who_signs_for_the_division_releases(made):
    found = made.bring(made.round(), "submitted")
    for who in ("officer", "personnel_head", "planning_officer", "administrator"):
        with pytest.raises(PermissionDenied):
            actions.release(found=found, by=made.viewer(who))
    actions.release(found=found, by=made.viewer("bureau_head"))


def test_what_is_released_is_only_undone_by_a_new_one(made):
    found = made.bring(made.round(), "released")
    officer = made.viewer("officer")
    for act in (actions.undo, actions.thaw):
        with pytest.raises(AllocationError, match="확정"):
            act(found=found, reason="잘못", by=officer)
    new = actions.follow(
        found_=found, title="고친 배정", valid_from=FIRST, valid_to=LAST, daily=False, by=officer
    )
    for role, rows in made.tables("home_care", seed=2).items():
        actions.bring(found=new, role=role, rows=rows, by=officer)
    made.bring(new, "released")
    found.refresh_from_db()
    assert found.state == "superseded"
    assert not found.holdings.filter(ended_at=None).exists()


def test_seats_are_held_for_their_days_and_others_get_what_is_left(made):
    tables = made.tables("home_care")
    made.bring(made.round(tables=tables), "released")
    other = {
        **tables,
        "applicants": [tables["applicants"][0], *[["X" + r[0], *r[1:]] for r in tables["applicants"][1:]]],
    }
    later = made.round(tables=other, valid_from=LAST + dt.timedelta(1), valid_to=LAST + dt.timedelta(7))
    made.bring(later, "released")
    overlapping = made.bring(made.round(tables=other, valid_from=LAST, valid_to=LAST), "submitted")
    with pytest.raises(AllocationError, match="다른 배정이 쓰고 있습니다"):
        actions.release(found=overlapping, by=made.viewer("head"))


def test_nobody_is_served_by_two_releases_of_the_same_days(made):
    tables = made.tables("home_care")
    wide = {
        **tables,
        "resources": [tables["resources"][0], *[[*r[:3], "500"] for r in tables["resources"][1:]]],
    }
    made.bring(made.round(tables=wide), "released")
    again = made.bring(made.round(tables=wide), "submitted")
    with pytest.raises(AllocationError, match="이미 확정된 ‘home_care 시험’에서 배정받았습니다"):
        actions.release(found=again, by=made.viewer("head"))


def test_a_conflict_is_told_in_words_and_nobody_is_assigned(made):
    text = made.scheme("home_care").text.replace("tie: received", "tie: received\nmust_serve: [가]")
    scheme = actions.adopt(government=made.city.seoul, text=text, by=None)
    assert scheme.number == 2
    officer = made.viewer("officer")
    found = actions.found(
        scheme=scheme,
        unit=made.city.units["general_affairs"],
        title="모자람",
        valid_from=FIRST,
        valid_to=LAST,
        by=officer,
    )
    rows = {
        "applicants": [
            ["접수번호", "접수시각", "등급", "자치구"],
            ["1", "1", "가", "중구"],
            ["2", "2", "가", "중구"],
        ],
        "resources": [["기관번호", "기관명", "자치구", "정원"], ["M1", "중구 의원", "중구", "1"]],
    }
    for role, told in rows.items():
        actions.bring(found=found, role=role, rows=told, by=officer)
    made.bring(found, "conflicting")
    assert found.state == "conflicting"
    assert found.run.outcome["conflict"]
    assert not found.run.decisions.exists()


def test_the_list_is_frozen_before_the_value_is_known_and_checked_against_it(made):
    found = made.round("jeju_retreat")
    officer = made.viewer("officer")
    with pytest.raises(AllocationError, match="동결"):
        actions.solve(found=found, by=officer)
    actions.freeze(found=found, by=officer)
    made.worked(found)
    assert found.state == "frozen" and len(found.list_sha256) == 64
    with pytest.raises(AllocationError, match="명단 동결"):
        actions.bring(
            found=found, role="applicants", rows=made.tables("jeju_retreat", seed=2)["applicants"], by=officer
        )
    made.bring(found, "solved")
    actions.undo(found=found, reason="확인", by=officer)
    with pytest.raises(AllocationError, match="이미 계산한 명단"):
        actions.thaw(found=found, reason="명단을 바꾸려고", by=officer)


def test_the_value_of_a_public_beacon_is_used_where_one_was_announced(made):
    found = made.round("jeju_retreat")
    officer = made.viewer("officer")
    actions.freeze(found=found, by=officer, beacon_round="drand 4201337")
    made.worked(found)
    with pytest.raises(AllocationError, match="16진수"):
        actions.solve(found=found, by=officer, beacon_value="없음")
    actions.solve(found=found, by=officer, beacon_value="ab" * 32)
    made.worked(found)
    checks = bundle.verify(local_path(found.run.bundle).read_bytes(), found.list_sha256)
    assert all(check.held for check in checks)


def silent(run, **more):
    """The run as a worker left it that nobody has heard of for a minute."""
    heard = timezone.now() - dt.timedelta(minutes=1)
    type(run).objects.filter(pk=run.pk).update(beat_at=heard, **more)


def test_a_run_of_a_living_worker_is_left_alone_and_a_silent_one_begun_again(made):
    found = made.round()
    run = actions.solve(found=found, by=made.viewer("officer"))
    type(run).objects.filter(pk=run.pk).update(state="running", attempts=1)
    assert made.worked(found).state == "solving"
    silent(run)
    assert made.worked(found).state == "solved"
    assert found.run.attempts == 2


def test_a_run_that_two_workers_died_of_is_failed_with_what_to_do(made):
    found = made.round()
    run = actions.solve(found=found, by=made.viewer("officer"))
    silent(run, state="running", attempts=2)
    made.worked(found)
    run.refresh_from_db()
    assert (found.state, found.run, run.state) == ("preparing", None, "failed")
    assert "다시 시작하십시오" in run.faults[0][3]
    made.bring(found, "solved")


def test_a_worker_that_comes_back_too_late_changes_nothing(made, monkeypatch):
    """It was only stopped for a while, and another has done it meanwhile."""
    found = made.round()
    run = actions.solve(found=found, by=made.viewer("officer"))
    insert = written.insert

    def late(rows):
        monkeypatch.setattr(written, "insert", insert)
        insert(rows)
        silent(run)
        made.worked(found)

    monkeypatch.setattr(written, "insert", late)
    made.worked(found)
    run.refresh_from_db()
    assert (found.state, run.state, run.attempts) == ("solved", "done", 2)
    assert run.decisions.count() == run.outcome["served"] + run.outcome["refused"]


def test_nobody_beats_inside_a_transaction():
    """From another connection a beat would wait for what the transaction holds, as long as the database lets it."""
    with tasks.beating(Run()):
        assert "run" not in {thread.name for thread in threading.enumerate()}
