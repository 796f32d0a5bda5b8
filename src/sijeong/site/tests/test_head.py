"""HEAD tells what GET would, without its body: of pages, programs' addresses, files, and what citizens see."""

import pytest
from django.urls import reverse

from sijeong.cases.tests.filed import applied, bring, case
from sijeong.links.tests.keys import program
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "program", "signed_in"]
pytestmark = pytest.mark.django_db
# Told anew each time.
OWN = {"X-Request-ID", "Set-Cookie", "Content-Security-Policy"}


def both(client, where, **headers):
    """What is told by GET and by HEAD, and the body that HEAD gives."""
    whole, bare = client.get(where, headers=headers), client.head(where, headers=headers)
    if whole.streaming:
        list(whole.streaming_content)  # read to its end, it is closed
    told = [{k: v for k, v in each.headers.items() if k not in OWN} for each in (whole, bare)]
    body = b"".join(bare.streaming_content) if bare.streaming else bare.content
    assert (bare.status_code, body) == (whole.status_code, b""), where
    # A page holds a token of its own each time, which may be as long as the last one or not.
    for each in told:
        if each.get("Content-Type", "").startswith("text/html"):
            assert int(each.pop("Content-Length", 0)) >= 0
    if "Content-Length" not in told[0]:  # which the server then adds
        told[1].pop("Content-Length", None)
    assert told[0] == told[1], where
    return bare


def test_of_pages(signed_in, case):
    client = signed_in("planning_officer")
    for where in (
        "/",
        "/cases/",
        f"/cases/{case.number}/",
        "/cases/없는-2026-00001/",
        "/planning/undo/",
        "/due/",
    ):
        both(client, where)
    both(client, reverse("case_export") + "?type=data_request&as=csv")


def test_of_what_a_program_asks(program, case):
    client = program("planning_officer")
    where = f"/api/v1/cases/{case.number}"
    for each in (
        "/api/v1/cases",
        where,
        "/api/v1/openapi.json",
        "/api/v1/nothing",
        "/api/v1/planning/assign",
    ):
        both(client, each)
    tag = client.head(where)["ETag"]
    assert tag == client.get(where)["ETag"] and int(client.head(where)["Content-Length"]) > 100
    assert both(client, where, if_none_match=tag).status_code == 304
    assert client.head("/api/v1/planning/assign").status_code == 405


def test_of_who_is_nobody_and_of_what_citizens_see(client, applied, case):
    assert client.head(f"/api/v1/cases/{case.number}").status_code == 401
    assert client.head("/").status_code == 302
    where = f"/public/{applied.seoul.code}/feed.atom"
    told = both(client, where)
    if "ETag" in told:
        assert both(client, where, if_none_match=told["ETag"]).status_code == 304


def test_nothing_is_done_by_it_that_get_does_not(signed_in, applied, case):
    bring(applied, case, "in_hand")
    client = signed_in("officer")
    assert client.head(reverse("case_act", args=[case.number, "submit"])).status_code == 302
    case.refresh_from_db()
    assert case.state == "in_hand"
