"""Who hears of what, when something happens to a case."""

import datetime as dt

import pytest

from sijeong.cases import actions
from sijeong.notices.actions import subscribe
from sijeong.notices.models import Notice

from .filed import ask, bring


def told(**by):
    return set(Notice.objects.filter(**by).values_list("person__username", "kind"))


def listening(city, who, subject):
    person = city.people[who]
    subscribe(person=person, subject=subject, label="사안", address="/", by=person)


HEAR = {
    "assigned": {"officer", "colleague", "team_officer", "joint_officer"},
    "approval": {"head"},
    "delivered": {"member", "aide"},
}


def test_each_step_is_told_to_whom_it_concerns_and_to_nobody_else(applied, case):
    bring(applied, case, "delivered")
    assert told() == {(who, kind) for kind, people in HEAR.items() for who in people}
    assert Notice.objects.count() == 7


def test_extending_is_told_to_who_asked_and_who_answers(applied, case):
    bring(applied, case, "in_hand")
    actions.extend(case=case, reason="자료가 많음", by=applied.viewer("head"))
    assert told(kind="extended") == {("member", "extended"), ("aide", "extended"), ("officer", "extended")}


def test_what_a_committee_asked_is_told_to_who_sits_in_it(applied):
    unit = applied.units["welfare_committee"]
    case = ask(applied, asker=None, asker_unit=unit, asker_name=unit.name)
    bring(applied, case, "in_hand")
    actions.extend(case=case, reason="자료가 많음", by=applied.viewer("head"))
    assert told(kind="extended") == {("other_member", "extended"), ("officer", "extended")}


def test_nobody_is_told_what_they_did_themselves(applied, case):
    bring(applied, case, "in_hand")
    actions.extend(case=case, reason="자료가 많음", by=applied.viewer("head"))
    assert ("head", "extended") not in told()


def test_sending_back_and_acknowledging_are_told_to_the_officer(applied, case):
    bring(applied, case, "in_approval")
    actions.send_back(case=case, reason="보완", by=applied.viewer("head"))
    other = bring(applied, ask(applied), "delivered")
    actions.acknowledge(delivery=other.deliveries.get(), by=applied.viewer("aide"))
    assert told(person__username="officer", kind__in=["approval", "acknowledged"]) == {
        ("officer", "approval"), ("officer", "acknowledged"),
    }  # fmt: skip


@pytest.mark.parametrize("subject", ["case:{case.pk}", "asker:{case.asker_id}"])
def test_subscribers_hear_of_what_looks_different_from_outside(applied, case, subject):
    listening(applied, "auditor", subject.format(case=case))
    bring(applied, case, "delivered")
    texts = list(
        Notice.objects.filter(person__username="auditor").order_by("pk").values_list("text", flat=True)
    )
    assert len(texts) == len(set(texts)) >= 3
    assert "전달" in texts[-1]
    assert {n.kind for n in Notice.objects.filter(person__username="auditor")} == {"subscribed"}


def test_who_cannot_see_a_case_hears_nothing_of_it(applied, case):
    for who in ("other_officer", "other_member", "jung_gu_officer"):
        listening(applied, who, f"case:{case.pk}")
        listening(applied, who, f"asker:{case.asker_id}")
    bring(applied, case, "delivered")
    assert told(kind="subscribed") == set()


def test_what_was_rolled_back_told_nobody(applied, case):
    with pytest.raises(ValueError, match="아직 오지 않은"):
        actions.assign(
            case=case, lead=applied.units["personnel"], by=applied.viewer("planning_officer"),
            at=case.received_at + dt.timedelta(days=400),
        )  # fmt: skip
    assert told() == set()
