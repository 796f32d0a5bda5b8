"""A reorganisation hands open cases and promises to the heir; what is closed stays with who answered it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases import actions, checks
from sijeong.cases.models import Case
from sijeong.org import actions as org
from sijeong.org.models import Unit

from .filed import ask, bring

ON = dt.date(2024, 7, 1)


def rename(city, key, name):
    return org.rename_unit(unit=city.units[key], name=name, on=ON, hand_over=actions.hand_over, by=None)


def test_open_cases_go_to_the_heir_each_with_its_event(applied, case):
    bring(applied, case, "in_hand")
    heir = rename(applied, "general_affairs", "총무담당관")
    case.refresh_from_db()
    assert (case.lead, case.state) == (heir, "in_hand")
    told = journal.of(case).last()
    assert (told.act, told.data["out_of"], told.data["to"]) == ("hand_over", "총무과", "총무담당관")
    assert list(checks.journal_faults()) == [] and list(checks.unit_faults()) == []


def test_those_who_moved_with_the_unit_go_on_with_the_case(applied, case):
    bring(applied, case, "in_hand")
    rename(applied, "general_affairs", "총무담당관")
    actions.save_draft(case=case, body={"answer": "이어서 씀"}, by=applied.viewer("officer"))
    assert case.answers.get().author == applied.people["officer"]


def test_closed_cases_stay_and_the_heir_reads_them(applied, case):
    bring(applied, case, "delivered")
    heir = rename(applied, "general_affairs", "총무담당관")
    case.refresh_from_db()
    assert case.lead == applied.units["general_affairs"] != heir
    assert Case.objects.visible_to(applied.viewer("officer")).filter(pk=case.pk).exists()


def test_open_promises_of_a_closed_case_go_on_with_the_heir(applied, promise):
    heir = rename(applied, "general_affairs", "총무담당관")
    promise.refresh_from_db()
    assert promise.unit == heir
    actions.close_follow_up(follow_up=promise, evidence="이어서 이행함", by=applied.viewer("officer"))


def test_a_case_of_both_merged_divisions_stays_one_case(applied):
    case = ask(applied)
    units = applied.units
    actions.assign(
        case=case,
        lead=units["personnel"],
        joint=[units["general_affairs"]],
        by=applied.viewer("planning_officer"),
    )
    org.merge_units(
        units=[units["personnel"]], into=units["general_affairs"], on=ON, hand_over=actions.hand_over, by=None
    )
    case.refresh_from_db()
    assert [(part.unit.name, part.kind) for part in case.parts.filter(active=True)] == [("총무과", "lead")]
    assert list(checks.unit_faults()) == []


def test_the_page_lists_what_would_move_and_does_it_when_confirmed(applied, signed_in, case):
    bring(applied, case, "in_hand")
    client, unit = signed_in("administrator"), applied.units["general_affairs"]
    sent = {"act": "rename", "unit": unit.pk, "name": "총무담당관", "on": ON.isoformat()}
    preview = client.post(reverse("reorganise"), sent).content.decode()
    assert "처리 중인 사안 1건" in preview and case.number in preview
    assert Unit.objects.filter(name="총무담당관").count() == 0
    done = client.post(reverse("reorganise"), sent | {"confirmed": "1"})
    heir = Unit.objects.get(name="총무담당관")
    assert done["Location"] == reverse("unit", args=[heir.pk])
    case.refresh_from_db()
    assert case.lead == heir


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"act": "rename", "name": ""}, "새 이름을 적어야"),
        ({"act": "merge"}, "이어받을 부서를 골라야"),
        ({"act": "rename", "name": "미래과", "on": "2999-01-01"}, "앞날로 개편할 수 없습니다"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_moves(applied, signed_in, sent, why):
    told = {
        "unit": applied.units["personnel"].pk,
        "on": timezone.localdate().isoformat(),
        "confirmed": "1",
    } | sent
    response = signed_in("administrator").post(reverse("reorganise"), told)
    assert response.status_code == 422
    assert why in response.content.decode()
