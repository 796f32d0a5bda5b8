"""One's lists, notices and subscriptions by another system."""

import pytest

from sijeong.cases.tests.filed import applied, case
from sijeong.links.tests.keys import program
from sijeong.notices.models import Subscription
from sijeong.org.tests.people import city

__all__ = ["applied", "case", "city", "program"]
pytestmark = pytest.mark.django_db


def test_views_are_saved_shared_opened_and_forgotten(program, applied):
    officer, colleague, other = program("officer"), program("colleague"), program("other_officer")
    unit = applied.units["general_affairs"].pk
    told = {"list": "cases", "name": "급한 것", "query": "due=soon&after=x", "unit": unit, "opens": True}
    (view,) = officer.send("/views", told).json()["views"]
    assert (view["query"], view["own"], view["opens"]) == ("due=soon", True, True)
    (shared,) = colleague.read("/views", list="cases").json()["views"]
    assert (shared["own"], shared["opens"]) == (False, False) and other.read("/views").json()["views"] == []
    assert colleague.send(f"/views/{view['id']}/open").json()["views"][0]["opens"]
    assert colleague.send(f"/views/{view['id']}/forget").status_code == 403
    assert other.send(f"/views/{view['id']}/open").status_code == 404
    assert other.send("/views", told).status_code == 422  # another's unit
    assert officer.send(f"/views/{view['id']}/plain").json()["views"][0]["opens"] is False
    assert officer.send(f"/views/{view['id']}/forget").json()["views"] == []


def test_subscriptions_begin_and_end(program, applied, case):
    member = program("member")
    for _ in range(2):
        (held,) = member.send(f"/cases/{case.number}/subscribe").json()["subscriptions"]
    asker = {"asker": f"asker:{applied.people['other_member'].pk}"}
    assert len(member.send("/subscriptions", asker).json()["subscriptions"]) == 2
    assert member.send("/subscriptions", {"asker": "asker:0"}).json()["errors"][0]["where"] == "body.asker"
    assert program("officer").send(f"/subscriptions/{held['id']}/end").status_code == 404
    assert len(member.send(f"/subscriptions/{held['id']}/end").json()["subscriptions"]) == 1
    assert Subscription.objects.count() == 1


def test_channels_are_chosen_and_binding_ones_stay(program, applied):
    officer = program("officer")
    told = [
        {"kind": "assigned", "channel": "email", "on": False},
        {"kind": "due", "channel": "here", "on": False},
    ]
    chosen = officer.send("/notices/choices", {"choices": told}).json()["choices"]
    on = {(one["kind"], one["channel"]): one["on"] for one in chosen}
    assert (on["assigned", "email"], on["assigned", "here"], on["due", "here"]) == (False, True, True)
    assert officer.read("/notices/choices").json()["choices"] == chosen


def test_all_are_read_until_a_moment(program, applied, case):
    planner = program("planning_officer")
    before = planner.send("/notices/read", {"until": "2001-01-01T00:00:00Z"}).json()["read"]
    waiting = len(planner.read("/notices", unread="true").json()["notices"])
    after = planner.send("/notices/read", {"until": "2999-01-01T00:00:00Z"}).json()["read"]
    assert (before, after) == (0, waiting)
