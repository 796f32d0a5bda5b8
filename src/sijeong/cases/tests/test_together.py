"""Many at once: each with its own event; what cannot be done is named and left as it was."""

import pytest
from django.urls import reverse

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.models import Delivery
from sijeong.cases.together import Fate
from sijeong.org.tests.everyone import EVERYONE, told_to

from .filed import ask, bring


@pytest.fixture
def answers(applied):
    """Three answers that wait for the member: of the first case the receipt is confirmed already."""
    cases = [bring(applied, ask(applied, title=f"요구 {n}"), "delivered") for n in range(3)]
    found = [case.deliveries.get() for case in cases]
    actions.acknowledge(delivery=found[0], by=applied.viewer("aide"))
    return found


def acts(case):
    return [event.act for event in journal.of(case)]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("who", ["member", "aide"])
def test_several_answers_are_acknowledged_each_with_its_event(answers, signed_in, who):
    sent = {"delivery": [one.pk for one in answers] + [10**9]}
    page = text(signed_in(who).post(reverse("acknowledge_chosen"), sent, follow=True))
    assert "답변 2건의 수령을 확인했습니다." in page
    assert f"이미 수령을 확인한 답변: {answers[0].case.number}" in page
    assert "볼 수 없는 답변 1건은 그대로 두었습니다." in page
    assert [acts(one.case).count("acknowledge") for one in answers] == [1, 1, 1]
    assert not Delivery.objects.filter(acknowledged_at=None).exists()


def test_answers_to_others_are_named_or_not_there(applied, answers, signed_in):
    """Who works on a case sees it and is told; to who does not see it, it is not there."""
    sent = {"delivery": [one.pk for one in answers[1:]]}
    told = {
        who: text(signed_in(who).post(reverse("acknowledge_chosen"), sent, follow=True)) for who in EVERYONE
    }
    named = {
        who for who in told if f"받는 사람이 아니어서 그대로 둔 답변: {answers[1].case.number}" in told[who]
    }
    gone = {who for who in told if "볼 수 없는 답변 2건은 그대로 두었습니다." in told[who]}
    assert {"officer", "head", "planning_officer", "auditor"} <= named
    assert {"other_member", "other_officer", "newcomer", "jung_gu_officer"} & told.keys() <= gone
    assert told.keys() - named - gone == {"member", "aide"} & told.keys()


def test_choosing_none_and_nonsense_is_told(applied, signed_in, answers):
    client = signed_in("member")
    for sent in ({}, {"delivery": ["가", "-1", "9" * 30]}):
        assert "답변을 고르십시오" in text(client.post(reverse("acknowledge_chosen"), sent, follow=True))
    assert client.get(reverse("acknowledge_chosen")).status_code == 405


def test_the_list_of_cases_acknowledges_what_was_chosen(applied, signed_in, answers):
    client, still = signed_in("member"), ask(applied)
    assert "고른 것 수령 확인" in text(client.get("/cases/?scope=all"))
    assert "고른 것 수령 확인" not in text(signed_in("officer").get("/cases/?scope=all"))
    sent = {"do": "acknowledge", "case": [answers[1].case.number, still.number], "back": "scope=all"}
    page = text(client.post(reverse("cases_chosen"), sent, follow=True))
    assert "답변 1건의 수령을 확인했습니다." in page and f"확인할 답변이 없는 사안: {still.number}" in page
    assert "acknowledge" not in acts(answers[2].case)


def test_my_work_offers_them_to_be_chosen(signed_in, answers):
    page = text(signed_in("member").get("/"))
    assert page.count('name="delivery"') == 2 and "고른 답변 수령 확인" in page


def test_a_program_assigns_many_each_from_the_version_it_read(program, applied):
    first, second, third = (ask(applied, title=f"요구 {n}") for n in range(3))
    lead, client = applied.units["personnel"].pk, program("planning_officer")
    rows = client.read("/planning/unassigned").json()["cases"]
    etags = {row["number"]: row["etag"] for row in rows}
    actions.withdraw(case=second, reason="이미 받음", by=applied.viewer("member"))
    wanted = [{"number": one.number, "lead": lead, "etag": etags[one.number]} for one in (first, second)]
    wanted += [{"number": third.number, "lead": lead}, {"number": "자료요구-1999-00001", "lead": lead}]
    sent = {"cases": wanted}
    response = client.send("/planning/assign", sent, Idempotency_Key="assign-1")
    assert response.status_code == 200, response.json()
    told = response.json()
    assert (told["done"], [one["result"] for one in told["results"]]) == (
        2,
        ["done", "changed", "done", "missing"],
    )
    assert told["results"][0]["etag"] == client.read(f"/cases/{first.number}")["ETag"]
    again = client.send("/planning/assign", sent, Idempotency_Key="assign-1")
    assert again["Idempotency-Replayed"] == "true" and again.json() == told
    assert [one["result"] for one in client.send("/planning/assign", sent).json()["results"]][2] == "refused"


def test_who_assigns_many(program, applied, case):
    sent = {"cases": [{"number": case.number, "lead": applied.units["personnel"].pk}]}
    # To the district's planner the division is none of theirs.
    expected = lambda who: {"planning_officer": 200, "jung_gu_officer": 422}.get(who, 403)  # noqa: E731
    assert told_to(program, expected, lambda c: c.send("/planning/assign", sent)) == {}
    for wrong in ({"cases": []}, {"cases": [{"number": case.number, "lead": 10**9}]}, {}):
        assert program("planning_officer").send("/planning/assign", wrong).status_code == 422


def test_a_program_acknowledges_what_waits(program, applied, answers):
    client = program("aide")
    waiting = client.read("/deliveries").json()["deliveries"]
    assert [one["id"] for one in waiting] == [one.pk for one in answers[:0:-1]]
    sent = {"deliveries": [one.pk for one in answers] + [10**9]}
    told = client.send("/deliveries/acknowledge", sent).json()
    assert [one["result"] for one in told["results"]] == ["already", "done", "done", "missing"]
    assert client.read("/deliveries").json() == {"deliveries": [], "next": None}
    for who, fate in (
        ("officer", Fate.FORBIDDEN),
        ("jung_gu_officer", Fate.MISSING),
        ("other_member", Fate.MISSING),
    ):
        results = program(who).send("/deliveries/acknowledge", sent).json()["results"]
        assert {one["result"] for one in results} <= {fate, Fate.MISSING}
        assert program(who).read("/deliveries").json()["deliveries"] == []
