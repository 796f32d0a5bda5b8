"""Places of a benefit by an allocation: handed over, drawn, signed, and taken back as decisions, through the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.allocation import actions as allocating
from sijeong.allocation.models import Round
from sijeong.allocation.tasks import work
from sijeong.allocation.tests.made import FOLDER
from sijeong.audit import journal
from sijeong.benefits import actions, books
from sijeong.benefits.errors import BenefitError
from sijeong.benefits.models import Application, Decision, Handover
from sijeong.benefits.tasks import take_places
from sijeong.benefits.tests.filed import decide, file
from sijeong.cases import actions as cases
from sijeong.cases.tests.filed import applied
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "city", "signed_in"]
pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
EGGS = {
    "resident": True, "months_resident": 60, "female": True, "early_menopause_risk": False,
    "egg_freezing_done": True, "egg_freezing_received": False, "egg_freezing_cost": 3_000_000,
}  # fmt: skip


@pytest.fixture
def waiting(applied, monkeypatch):
    """Five who wait for three places; the fourth is at risk, whose class comes first."""
    few = books.book_of(applied.seoul).reformed({"egg_freezing.places": 3})
    for module in (books, actions.deciding, actions.receiving, actions.placing):
        monkeypatch.setattr(module, "book_of", lambda government: few)
    text = (FOLDER / "allocations" / "benefit_places.yaml").read_text("utf-8")
    allocating.adopt(government=applied.seoul, text=text, by=None)
    found = [
        file(applied, benefit="egg_freezing", name=f"사람{n}", claims=EGGS | {"early_menopause_risk": n == 3})
        for n in range(5)
    ]
    assert {decide(applied, one).status for one in found} == {"waiting"}
    return found


def sent(signed_in, who, name, *args, **data):
    response = signed_in(who).post(reverse(name, args=args), data)
    assert response.status_code == 302, response.content.decode()
    return response


def hand_over(signed_in):
    sent(signed_in, "officer", "benefit_places", "egg_freezing", YEAR, until=timezone.localdate().isoformat())
    return Handover.objects.latest("pk")


def drawn(signed_in, found, state="released"):
    """The round through its own pages."""
    for act, who in (("freeze", "officer"), ("solve", "officer"), ("submit", "officer"), ("release", "head")):
        sent(signed_in, who, "allocation_act", found.pk, act)
        if act in {"freeze", "solve"}:
            work.func(run_id=found.runs.latest("pk").pk)
        if Round.objects.get(pk=found.pk).state == state:
            break
    return Round.objects.select_related("run").get(pk=found.pk)


def taken(signed_in, city, handover):
    sent(signed_in, "officer", "benefit_places_take", "egg_freezing", YEAR, handover.number)
    take_places.func(handover_id=handover.pk, user_id=city.viewer("officer").user.pk)
    handover.refresh_from_db()
    return handover


def statuses(applications):
    return [Decision.objects.get(application=one, current=True).status for one in applications]


def test_the_waiting_are_drawn_and_come_back_as_decisions(waiting, applied, signed_in):
    handover = hand_over(signed_in)
    assert handover.places == 3 and handover.handed == [one.case.number for one in waiting]
    found = Round.objects.get(pk=handover.round)
    page = signed_in("officer").get(reverse("benefit_places", args=["egg_freezing", YEAR])).content.decode()
    assert found.title in page and "자료 준비" in page and "거두기" in page
    drawn(signed_in, found)
    handover = taken(signed_in, applied, handover)
    assert (handover.state, handover.left) == ("taken", [])
    served = {d.number for d in Round.objects.get(pk=found.pk).run.decisions.filter(served=True)}
    assert (
        len(served) == 3 and waiting[3].case.number in served
    )  # the first class has its place whatever the lot says
    assert statuses(waiting) == ["granted" if a.case.number in served else "waiting" for a in waiting]
    for application in waiting:
        decision, drafts = application.latest, application.case.answers.count()
        granted = application.case.number in served
        assert (decision.amount, drafts, decision.round) == (1_500_000 if granted else 0, granted, found.pk)
        assert "배정" in decision.reason and decision.number == 2
    assert list(journal.subject_faults(Application.objects.all())) == []
    assert list(journal.subject_faults(Handover.objects.all())) == []
    response = signed_in("officer").post(
        reverse("benefit_places", args=["egg_freezing", YEAR]), {"until": timezone.localdate().isoformat()}
    )
    assert response.status_code == 422 and "3자리가 모두 찼습니다" in response.content.decode()


def test_a_place_given_up_is_drawn_among_those_who_still_wait(waiting, applied, signed_in):
    first = hand_over(signed_in)
    drawn(signed_in, Round.objects.get(pk=first.round))
    taken(signed_in, applied, first)
    winner = next(one for one, status in zip(waiting, statuses(waiting), strict=True) if status == "granted")
    cases.withdraw(case=winner.case, reason="이사", by=applied.viewer("officer"))
    second = hand_over(signed_in)
    assert (second.places, len(second.handed)) == (1, 2)
    drawn(signed_in, Round.objects.get(pk=second.round))
    assert taken(signed_in, applied, second).state == "taken"
    assert sorted(statuses([one for one in waiting if one != winner])) == ["granted"] * 3 + ["waiting"]


def test_what_happened_meanwhile_is_seen_when_the_result_comes_back(waiting, applied, signed_in):
    """One withdrew, of one the facts were mended, one is paused: nobody is granted what the rule no longer says."""
    handover = hand_over(signed_in)
    officer = applied.viewer("officer")
    drawn(signed_in, Round.objects.get(pk=handover.round))
    cases.withdraw(case=waiting[0].case, reason="이사", by=officer)
    actions.verify(application=waiting[1], facts=EGGS | {"resident": False}, proof="초본", by=officer)
    cases.pause(case=waiting[3].case, reason="보완", by=officer)
    handover = taken(signed_in, applied, handover)
    assert handover.state == "out" and [number for number, _ in handover.left] == [waiting[3].case.number]
    assert "보완 대기" in handover.left[0][1] and statuses(waiting)[1] == "refused"
    assert statuses(waiting)[0] == "waiting"  # withdrawn: no decision is added
    cases.resume(case=waiting[3].case, by=officer)
    assert taken(signed_in, applied, handover).state == "taken" and statuses(waiting)[3] == "granted"
    assert [one.decisions.count() for one in waiting[1:]] == [2, 2, 2, 2]  # nobody twice


def test_a_worker_that_died_half_way_goes_on(waiting, applied, signed_in, monkeypatch):
    handover = hand_over(signed_in)
    drawn(signed_in, Round.objects.get(pk=handover.round))
    sent(signed_in, "officer", "benefit_places_take", "egg_freezing", YEAR, handover.number)
    monkeypatch.setattr(actions.placing, "AT_ONCE", 2)
    settle, calls = actions.placing._settle, []

    def dying(application, *args):
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(application.pk)
        settle(application, *args)

    told = {"handover_id": handover.pk, "user_id": applied.viewer("officer").user.pk}
    monkeypatch.setattr(actions.placing, "_settle", dying)
    with pytest.raises(KeyboardInterrupt):
        take_places.func(**told)
    assert [one.decisions.count() for one in waiting] == [2, 2, 1, 1, 1]
    monkeypatch.setattr(actions.placing, "_settle", settle)
    take_places.func(**told)
    assert [one.decisions.count() for one in waiting] == [2] * 5
    assert statuses(waiting).count("granted") == 3


def test_nobody_is_left_out_and_one_list_is_out_at_a_time(waiting, applied, signed_in):
    late = file(applied, benefit="egg_freezing", name="늦은이", claims=EGGS)
    with pytest.raises(BenefitError, match="1건을 먼저 규칙으로"):
        actions.hand_over(
            benefit="egg_freezing", year=YEAR, until=timezone.localdate(), by=applied.viewer("officer")
        )
    decide(applied, late)
    handover = hand_over(signed_in)
    with pytest.raises(BenefitError, match="앞서 넘긴 것"):
        actions.hand_over(
            benefit="egg_freezing", year=YEAR, until=timezone.localdate(), by=applied.viewer("officer")
        )
    with pytest.raises(BenefitError, match="아직 확정되지 않았습니다"):
        actions.begin_taking(handover=handover, by=applied.viewer("officer"))
    found = drawn(signed_in, Round.objects.get(pk=handover.round), state="frozen")
    with pytest.raises(BenefitError, match="동결을 푸십시오"):
        actions.recall(handover=handover, reason="잘못", by=applied.viewer("officer"))
    sent(signed_in, "officer", "allocation_act", found.pk, "thaw", reason="명단 고침")
    sent(signed_in, "officer", "benefit_places_recall", "egg_freezing", YEAR, 1, reason="명단 고침")
    assert hand_over(signed_in).number == 2


def test_only_the_division_whose_list_it_is_takes_it_back(waiting, signed_in):
    handover = hand_over(signed_in)
    for name in ("benefit_places_take", "benefit_places_recall"):
        where = reverse(name, args=["egg_freezing", YEAR, handover.number])
        answers = {
            who: signed_in(who).post(where).status_code for who in ("other_officer", "auditor", "officer")
        }
        assert answers == {"other_officer": 403, "auditor": 403, "officer": 302 if "take" in name else 422}


def test_more_places_than_were_handed_over_are_not_taken_back(waiting, applied, signed_in):
    """The allocation's officer may bring another table; it gives no more than was left."""
    handover = hand_over(signed_in)
    found = Round.objects.get(pk=handover.round)
    rows = [["사업번호", "사업명", "자리"], ["a", "난자동결", "5"]]
    allocating.bring(found=found, role="resources", rows=rows, by=applied.viewer("officer"))
    drawn(signed_in, found)
    with pytest.raises(BenefitError, match="남은 자리는 3인데 5명에게"):
        actions.begin_taking(handover=handover, by=applied.viewer("officer"))


def test_a_benefit_whose_places_go_by_receipt_has_no_such_page(applied, signed_in):
    where = reverse("benefit_places", args=["health_watch", 2023])
    assert signed_in("officer").get(where).status_code == 404
