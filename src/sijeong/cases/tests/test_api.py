"""Another system at work: it reads, files, drafts, waits, and loses or doubles nothing."""

import datetime as dt
import json
from urllib.parse import quote

import pytest
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.documents.models import File
from sijeong.links.models import Answered
from sijeong.org.models import User

from .filed import ask, bring

NEW = {"type": "data_request", "title": "청사 예산", "question": "최근 3년 예산"}


def kind(response):
    return response.status_code, response.json()["type"].rpartition(":")[2]


def test_a_case_goes_its_whole_way(program, applied):
    member, planner, officer, head = map(program, ("member", "planning_officer", "officer", "head"))
    made = member.send("/cases", NEW)
    assert made.status_code == 201 and made["Location"] == quote(f"/api/v1/cases/{made.json()['number']}")
    number = made.json()["number"]
    units = {unit["name"]: unit["id"] for unit in planner.read("/units").json()["units"]}
    assert planner.change(number, "assign", {"lead": units["총무과"]}).json()["state"] == "assigned"
    assert officer.change(number, "start").json()["state"] == "in_hand"
    due_on = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    draft = {
        "body": {"answer": "붙임과 같음"},
        "outcome": "done",
        "plans": [{"text": "보고", "due_on": due_on}],
    }
    assert officer.change(number, "draft", draft | {"submit": True}).json()["state"] == "in_approval"
    assert officer.read(f"/cases/{number}").json()["answers"][0]["state"] == "submitted"
    assert head.change(number, "approve").json()["state"] == "answered"
    proof = officer.post(
        "/api/v1/files?name=수령.txt", "받음".encode(), content_type="application/octet-stream"
    ).json()
    told = {"channel": "hand", "at": timezone.now().isoformat(), "file": proof["id"]}
    assert officer.change(number, "deliver", told).json()["state"] == "delivered"
    whole = member.read(f"/cases/{number}").json()
    assert whole["answers"][0]["body"]["answer"] == "붙임과 같음" and whole["events"] == []
    assert whole["term"]["steps"] and whole["follow_ups"][0]["state"] == "open"
    got = member.get(f"/api/v1/cases/{number}/files/{proof['id']}")
    assert b"".join(got.streaming_content) == "받음".encode()
    promise = whole["follow_ups"][0]["id"]
    assert officer.change(number, f"follow-ups/{promise}/close", {"evidence": "보고함"}).status_code == 200
    case = Case.objects.get(number=number)
    assert [event.act for event in journal.of(case)][-1] == "follow_up_closed" and case.source == "api"
    assert officer.read(f"/cases/{number}").json()["events"][0]["act"] == "receive"
    assert not list(journal.subject_faults(Case.objects.all()))


def test_who_asked_sees_nothing_before_it_is_delivered(program, applied, case):
    bring(applied, case, "answered")
    whole = program("member").read(f"/cases/{case.number}").json()
    assert (whole["answers"], whole["events"], whole["follow_ups"]) == ([], [], [])
    assert {part["text"] for part in whole["parts"]} == {None}


def test_a_list_is_read_to_its_end_by_next(program, applied):
    numbers = {ask(applied).number for _ in range(7)}
    client, seen, where = program("planning_officer"), [], "/api/v1/cases?size=3&scope=all"
    while where:
        response = client.get(where)
        seen += [row["number"] for row in response.json()["cases"]]
        where = response.json()["next"]
        assert ("Link" in response) == bool(where)
    assert len(seen) == 7 and set(seen) == numbers
    assert kind(client.read("/cases", after="abc")) == (422, "invalid")


def test_what_is_known_is_not_sent_again(program, case):
    client = program("member")
    tag = client.read(f"/cases/{case.number}")["ETag"]
    where = f"/api/v1/cases/{case.number}"
    again = client.get(where, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    case.record("note", by=None)
    assert client.get(where, headers={"if-none-match": tag}).status_code == 200


def test_no_update_is_lost(program, applied, case):
    bring(applied, case, "in_hand")
    client, path = program("officer"), f"/cases/{case.number}/draft"
    tag = client.read(f"/cases/{case.number}")["ETag"]
    draft = {"body": {"answer": "하나"}}
    assert kind(client.send(path, draft)) == (428, "precondition_required")
    first = client.send(path, draft, If_Match=tag)
    assert first.status_code == 200
    lost = client.send(path, {"body": {"answer": "둘"}, "edition": 1}, If_Match=tag)
    assert kind(lost) == (412, "precondition_failed")
    assert lost["ETag"] == first["ETag"] == first.json()["etag"]
    stale = client.send(path, {"body": {"answer": "둘"}}, If_Match=first["ETag"])
    assert kind(stale) == (409, "stale_edit") and stale.json()["theirs"]["answer"] == "하나"
    assert case.answers.get().body["answer"] == "하나"


def test_what_changed_between_reading_and_the_lock_is_found_under_the_lock(
    program, applied, case, monkeypatch
):
    """The row moves after the door was passed: the lock compares again."""
    bring(applied, case, "in_hand")
    client = program("officer")
    tag = client.read(f"/cases/{case.number}")["ETag"]
    began = actions.handling.begin

    def meanwhile(*args, **kwargs):
        monkeypatch.setattr(actions.handling, "begin", began)
        Case.objects.get(pk=case.pk).record("note", by=None)
        return began(*args, **kwargs)

    monkeypatch.setattr(actions.handling, "begin", meanwhile)
    response = client.send(f"/cases/{case.number}/pause", {"reason": "어느 청사인지"}, If_Match=tag)
    assert kind(response) == (412, "precondition_failed")
    case.refresh_from_db()
    assert case.state == "in_hand"


def test_a_write_sent_twice_happens_once(program, applied):
    client = program("member")
    first, again = (client.send("/cases", NEW, Idempotency_Key="a-1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content and first["ETag"] == again["ETag"]
    assert first["Location"] == again["Location"] and again["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1
    other = client.send("/cases", NEW | {"title": "다른 것"}, Idempotency_Key="a-1")
    assert kind(other) == (422, "idempotency_key_reused")
    # A key is its person's: another's means nothing.
    assert program("other_member").send("/cases", NEW, Idempotency_Key="a-1").status_code == 201
    assert Case.objects.count() == 2


def test_a_change_sent_twice_is_answered_before_its_condition_is_asked(program, applied, case):
    bring(applied, case, "in_hand")
    client = program("head")
    tag = client.read(f"/cases/{case.number}")["ETag"]
    told = [
        client.send(f"/cases/{case.number}/extend", {"reason": "방대함"}, If_Match=tag, Idempotency_Key="e")
        for _ in range(2)
    ]
    assert [response.status_code for response in told] == [200, 200]
    case.refresh_from_db()
    assert case.extensions == 1


def test_what_was_refused_may_be_tried_again_under_its_key(program, applied):
    client = program("member")
    assert client.send("/cases", NEW | {"type": "none"}, Idempotency_Key="k").status_code == 422
    assert not Answered.objects.exists()
    assert client.send("/cases", NEW, Idempotency_Key="k").status_code == 201


def test_a_file_sent_twice_is_one_file(program, applied):
    client = program("officer")

    def send(content, key="f"):
        return client.post(
            "/api/v1/files?name=a.txt",
            content,
            content_type="application/octet-stream",
            headers={"Idempotency-Key": key},
        )

    assert send(b"one").json() == send(b"one").json()
    assert kind(send(b"two")) == (422, "idempotency_key_reused")
    assert File.objects.count() == 1


def test_another_persons_file_proves_nothing(program, applied, case):
    bring(applied, case, "answered")
    sent = program("planning_officer").post(
        "/api/v1/files?name=a.txt", b"x", content_type="application/octet-stream"
    )
    told = {"channel": "hand", "at": timezone.now().isoformat(), "file": sent.json()["id"]}
    refused = program("officer").change(case.number, "deliver", told)
    assert refused.json()["errors"][0]["where"] == "body.file"


@pytest.mark.parametrize(
    ("content", "media", "expected"),
    [
        (b"{", "application/json", (400, "bad_request")),
        (b"\xff", "application/json", (400, "bad_request")),
        (b"title=x", "application/x-www-form-urlencoded", (415, "unsupported_media_type")),
        (b"{}", "text/plain", (415, "unsupported_media_type")),
        (b"[]", "application/json", (422, "invalid")),
        (json.dumps(NEW | {"x": 1}).encode(), "application/json", (422, "invalid")),
        (json.dumps(NEW | {"title": "\x00"}).encode(), "application/json", (422, "invalid")),
        (json.dumps(NEW | {"title": 1}).encode(), "application/json", (422, "invalid")),
        (b'{"title": "' + b"x" * 11_000_000 + b'"}', "application/json", (413, "too_large")),
    ],
)
def test_bodies_that_are_not_taken(program, applied, content, media, expected):
    assert kind(program("member").post("/api/v1/cases", content, content_type=media)) == expected


def test_files_that_are_not_taken(program, applied, settings):
    client = program("officer")
    settings.UPLOAD_LIMIT = 10
    send = lambda content, media="application/octet-stream": kind(  # noqa: E731
        client.post("/api/v1/files?name=a", content, content_type=media)
    )
    assert send(b"x" * 11) == (413, "too_large")
    assert send(b"") == (415, "unsupported_media_type")
    assert send(b"\x00\x01") == (415, "unsupported_media_type")
    assert send(b"x", "text/plain") == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("get", "/api/v1/none", (404, "not_found")),
        ("get", "/api/v1/cases/x", (422, "invalid")),
        ("get", "/api/v1/cases/자료요구-2026-99999", (404, "not_found")),
        ("delete", "/api/v1/cases", (405, "method_not_allowed")),
        ("put", "/api/v1/units", (405, "method_not_allowed")),
    ],
)
def test_addresses_that_are_not_there(program, applied, method, path, expected):
    response = getattr(program("officer"), method)(path)
    assert kind(response) == expected
    assert response["Content-Type"] == "application/problem+json"
    assert ("Allow" in response) == (expected[0] == 405)


def test_what_breaks_is_a_problem_too(program, applied, monkeypatch):
    monkeypatch.setattr("sijeong.links.organisation.access.units", lambda viewer: 1 / 0)
    response = program("officer").read("/units")
    assert kind(response) == (500, "broken")
    assert response.json()["instance"] == f"urn:sijeong:request:{response['X-Request-ID']}"


def test_what_a_form_finds_wrong_is_told_where_it_stands(program, applied, case):
    bring(applied, case, "in_hand")
    response = program("officer").change(case.number, "pass_on", {"to": 10**6, "reason": "소관"})
    assert (response.status_code, [one["where"] for one in response.json()["errors"]]) == (422, ["body.to"])
    finding = {"type": "interview_request", "title": "제목", "question": "내용", "fields": {"nothing": "x"}}
    told = program("planning_officer").send("/cases", finding | {"asker_name": "시민"})
    assert told.json()["errors"][0]["where"] == "body.fields.nothing"


def test_a_browser_writes_only_with_its_page_s_proof(applied, signed_in):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(applied.people["member"])
    refused = client.post("/api/v1/cases", NEW, content_type="application/json")
    assert kind(refused) == (403, "csrf")
    client.get("/tokens/")
    proof = client.cookies["csrftoken"].value
    sent = client.post("/api/v1/cases", NEW, content_type="application/json", headers={"X-CSRFToken": proof})
    assert sent.status_code == 201


def test_a_temporary_password_opens_nothing_here_either(applied, signed_in):
    User.objects.filter(username="member").update(password_is_temporary=True)
    assert kind(signed_in("member").get("/api/v1/cases")) == (403, "temporary_password")


def test_no_other_site_may_read_it(program, applied):
    response = program("member").get("/api/v1/cases", headers={"origin": "https://example.org"})
    assert not [name for name in response.headers if name.lower().startswith("access-control")]
    assert response["Cache-Control"] == "private, no-cache"


def test_the_list_asks_the_database_the_same_whatever_its_length(program, applied, django_assert_num_queries):
    client = program("planning_officer")
    ask(applied)
    client.read("/cases")  # the first of a minute takes a block of its allowance
    with django_assert_num_queries(2):  # the token with its person and posts, the rows
        client.read("/cases", scope="all")
    for _ in range(5):
        ask(applied)
    with django_assert_num_queries(2):
        client.read("/cases", scope="all")


def test_a_draft_takes_files_and_gives_them_back(program, applied, case):
    bring(applied, case, "in_hand")
    client = program("officer")
    client.change(case.number, "draft", {"body": {"answer": "붙임과 같음"}})
    sent = client.post("/api/v1/files?name=a.txt", b"x", content_type="application/octet-stream").json()
    files = lambda: client.read(f"/cases/{case.number}").json()["answers"][-1]["files"]  # noqa: E731
    assert client.change(case.number, "attach", {"file": sent["id"]}).status_code == 200
    assert files() == [sent]
    assert kind(client.change(case.number, "attach", {"file": sent["id"]})) == (409, "conflict")
    assert client.change(case.number, f"attached/{sent['id']}/detach").status_code == 200
    assert files() == [] and not File.objects.exists()


def test_promises_are_listed_to_their_end(program, applied):
    numbers = {bring(applied, ask(applied), "delivered").number for _ in range(3)}
    client, seen, where = program("officer"), set(), "/api/v1/follow-ups?size=2&mine=1"
    while where:
        page = client.get(where).json()
        seen |= {row["case"] for row in page["follow_ups"]}
        where = page["next"]
    assert seen == numbers
    assert program("other_officer").read("/follow-ups").json()["follow_ups"] == []


def test_planning_reads_the_load_and_previews_a_holiday(program, applied, case):
    bring(applied, case, "in_hand")
    planner = program("planning_officer")
    (load,) = planner.read("/planning/load").json()["divisions"]
    assert (load["unit"]["name"], load["open"], load["thin"], load["will_be_late"]) == ("총무과", 1, True, [])
    preview = planner.read("/planning/calendar").json()
    assert preview["moving"] == []
    assert kind(planner.send("/planning/calendar", {"version": "0"})) == (409, "conflict")
    done = planner.send("/planning/calendar", {"version": preview["version"]})
    assert done.json() == {"version": preview["version"], "moved": 0}
