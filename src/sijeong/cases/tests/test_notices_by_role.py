"""Who may subscribe to what, and who may move due dates."""

import pytest
from django.urls import reverse

from sijeong.notices.models import Subscription
from sijeong.org.tests.everyone import told_to

from .filed import bring
from .test_pages_by_role import SEES


def test_who_sees_a_case_may_subscribe_to_it(signed_in, applied, case):
    bring(applied, case, "in_hand")
    where = reverse("case_subscribe", args=[case.number])
    assert told_to(signed_in, lambda who: 302 if who in SEES else 404, lambda c: c.post(where)) == {}


def test_everyone_may_subscribe_to_a_member_of_their_government(signed_in, applied):
    where, member = reverse("subscribe_asker"), f"asker:{applied.people['member'].pk}"
    assert told_to(signed_in, lambda who: 200, lambda c: c.get(where)) == {}
    expected = lambda who: 422 if who.startswith("jung_gu") else 302  # noqa: E731
    assert told_to(signed_in, expected, lambda c: c.post(where, {"asker": member})) == {}


@pytest.mark.parametrize(("method", "done"), [("get", 200), ("post", 302)])
def test_administrators_and_planning_move_due_dates(signed_in, applied, method, done):
    may = {"administrator", "planning_officer", "jung_gu_administrator", "jung_gu_officer"}
    version = "" if method == "get" else applied_version(applied)
    expected = lambda who: done if who in may else 403  # noqa: E731
    ask = lambda c: getattr(c, method)(reverse("calendar"), {"version": version})  # noqa: E731
    assert told_to(signed_in, expected, ask) == {}


def applied_version(city):
    from sijeong.cases.terms import calendar

    return calendar(city.seoul).version


def test_a_subscription_begins_and_ends_on_the_page(signed_in, applied, case):
    client, where = signed_in("member"), reverse("case", args=[case.number])
    assert ">구독</button>" in client.get(where).content.decode().replace("\n", "")
    client.post(where + "subscribe/")
    assert "구독 그만두기" in client.get(where).content.decode()
    client.post(where + "subscribe/", {"end": "1"})
    assert not Subscription.objects.exists()
