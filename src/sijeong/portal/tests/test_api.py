"""Publication by another system: nothing is opened before each place is decided, and what is opened is masked."""

import pytest
from django.urls import reverse

from sijeong.cases.tests.test_api_by_role import BODIES, PLANNERS, told_to
from sijeong.cases.tests.test_pages_by_role import SEES
from sijeong.links.tests.keys import program
from sijeong.portal.models import PublicCase

from .told import SECRETS

__all__ = ["program"]
pytestmark = pytest.mark.django_db


def test_a_case_is_reviewed_opened_and_taken_back(program, delivered, client):
    planner, path = program("planning_officer"), f"/cases/{delivered.number}/publication"
    review = planner.read(path).json()
    assert not review["ready"] and review["undecided"] == len(review["places"]) and review["public"] is None
    act = lambda name, told=None: planner.send(  # noqa: E731
        f"{path}/{name}", told, If_Match=planner.read(path)["ETag"]
    )
    assert act("publish").status_code == 409 and not PublicCase.objects.exists()
    named = ("piece", "digest", "start", "end", "kind")
    chosen = [{name: place[name] for name in named} | {"choice": "mask"} for place in review["places"]]
    assert act("decide", {"decisions": chosen}).json()["ready"]
    assert act("by-hand", {"text": "최근 3년간"}).status_code == 200
    opened = act("publish").json()
    page = client.get(opened["public"]["address"]).content.decode()
    assert delivered.number in page and "최근 3년간" not in page
    assert not [secret for secret in SECRETS.values() if secret in page]
    listed = lambda tab: [one["number"] for one in planner.read("/publications", tab=tab).json()["cases"]]  # noqa: E731
    assert (listed("open"), listed("waiting")) == ([delivered.number], [])
    assert act("withdraw", {"why": "law"}).json()["public"]["withdrawn_why"] == "law"
    assert client.get(reverse("public_case", args=["seoul", delivered.number])).status_code == 410


def test_a_decision_is_of_the_text_that_was_read(program, delivered):
    planner, path = program("planning_officer"), f"/cases/{delivered.number}/publication"
    review = planner.read(path)
    place = review.json()["places"][0]
    told = {name: place[name] for name in ("piece", "digest", "start", "end", "kind")} | {"choice": "mask"}
    assert planner.send(f"{path}/decide", {"decisions": [told]}).status_code == 428
    wrong = {"decisions": [told | {"digest": "0" * 64}]}
    assert planner.send(f"{path}/decide", wrong, If_Match="*").status_code == 409
    unreasoned = {"decisions": [told | {"choice": "clear"}]}
    assert planner.send(f"{path}/decide", unreasoned, If_Match="*").status_code == 409
    assert planner.send(f"{path}/decide", {"decisions": [told]}, If_Match=review["ETag"]).status_code == 200
    assert planner.send(f"{path}/decide", {"decisions": [told]}, If_Match=review["ETag"]).status_code == 412


def test_who_reviews(program, delivered):
    expected = lambda done: lambda who: done if who == "planning_officer" else 403 if who in SEES else 404  # noqa: E731
    path = f"/cases/{delivered.number}/publication"
    assert told_to(program, expected(200), lambda c: c.read(path)) == {}
    for act, done in (("decide", 409), ("by-hand", 200), ("publish", 409), ("withdraw", 409)):
        body = BODIES.get(f"publication_{act.replace('-', '_')}")
        send = lambda c, a=act, b=body: c.send(f"{path}/{a}", b, If_Match="*")  # noqa: E731
        assert told_to(program, expected(done), send) == {}, act
    lists = lambda who: 200 if who in PLANNERS else 403  # noqa: E731
    assert told_to(program, lists, lambda c: c.read("/publications")) == {}
