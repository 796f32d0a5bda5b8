"""Meetings by another system: its whole way, and what is refused in words."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.cases.models import Case
from sijeong.cases.tests.test_api_by_role import told_to
from sijeong.council import actions
from sijeong.documents.models import File
from sijeong.links.tests.keys import program

from .meetings import meet
from .test_pages_by_role import EDITS, NOT_WORKING, SEES

__all__ = ["program"]
pytestmark = pytest.mark.django_db


def told(city, **more):
    return {
        "kind": "single", "held_at": (timezone.now() - dt.timedelta(days=2)).isoformat(), "place": "의원회관 302호",
        "subject": "청사 승강기", "members": [city.people["member"].pk], "units": [city.units["general_affairs"].pk],
        "officers": ["이주무"], "content": "승강기 고장이 잦음",
    } | more  # fmt: skip


def on(client, meeting, act, body=None):
    """An act from the version that stands now."""
    path = f"/meetings/{meeting}"
    return client.send(f"{path}/{act}", body, If_Match=client.read(path)["ETag"])


def test_a_meeting_goes_its_whole_way(program, applied):
    officer = program("officer")
    made = officer.send("/meetings", told(applied))
    key = made.json()["id"]
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/meetings/{key}")
    assert made.json()["officers"] == [{"id": applied.people["officer"].pk, "name": "이주무"}]
    assert on(officer, key, "amend", told(applied, place="본관")).json()["place"] == "본관"
    said = {"text": "승강기를 새로 놓을 것", "member": applied.people["member"].pk}
    suggested = on(officer, key, "suggestions", said).json()["suggestions"]
    taken = on(officer, key, f"suggestions/{suggested[0]['id']}/take-up", {"title": "승강기 교체"}).json()
    assert taken["suggestions"][0]["case"] == Case.objects.get().number
    assert (
        on(officer, key, "cancel", {"reason": "사정"}).status_code == 409
    )  # what was said shows that it took place
    assert program("member").read(f"/meetings/{key}").json()["suggestions"] == taken["suggestions"]
    rows = program("auditor").read("/meetings", counted="1").json()["meetings"]
    assert [(row["id"], row["suggestions"]) for row in rows] == [(key, 1)]


def test_nobody_writes_over_what_another_wrote(program, applied):
    officer, planner = program("officer"), program("planning_officer")
    key = meet(applied).pk
    known = officer.read(f"/meetings/{key}")["ETag"]
    assert on(planner, key, "amend", told(applied, place="본관")).status_code == 200
    refused = officer.send(f"/meetings/{key}/amend", told(applied, place="별관"), If_Match=known)
    assert refused.status_code == 412 and officer.read(f"/meetings/{key}").json()["place"] == "본관"
    assert officer.send(f"/meetings/{key}/cancel", {"reason": "사정"}).status_code == 428
    again = officer.get(f"/api/v1/meetings/{key}", headers={"if-none-match": refused["ETag"]})
    assert again.status_code == 304


def test_files_are_added_taken_off_and_kept_where_another_names_them(program, applied):
    officer, (one, other) = program("officer"), (meet(applied).pk, meet(applied).pk)
    file = officer.post(
        "/api/v1/files?name=회의록.txt", "기록".encode(), content_type="application/octet-stream"
    ).json()["id"]
    for key in (one, other):
        assert on(officer, key, "files", {"file": file}).json()["files"][0]["id"] == file
    got = officer.get(f"/api/v1/meetings/{one}/files/{file}")
    assert b"".join(got.streaming_content) == "기록".encode()
    assert on(officer, one, f"files/{file}/remove").json()["files"] == []
    assert File.objects.filter(pk=file).exists()
    assert on(officer, other, f"files/{file}/remove").json()["files"] == []
    assert not File.objects.filter(pk=file).exists()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"members": [10**6]}, "body.members"), ({"units": [10**6]}, "body.units"), ({"officers": ["모르는이"]}, "body.officers"),
        ({"kind": "x"}, "body.kind"), ({"held_at": "어제"}, "body.held_at"), ({"place": ""}, "body.place"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(program, applied, wrong, where):
    refused = program("officer").send("/meetings", told(applied, **wrong))
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, where)


def test_a_list_is_read_to_its_end_by_next(program, applied):
    made = {meet(applied, days=-n).pk for n in (1, 2, 2, 3)}
    client, seen, where = program("auditor"), [], "/api/v1/meetings?size=3"
    while where:
        page = client.get(where).json()
        seen += [row["id"] for row in page["meetings"]]
        where = page["next"]
    assert len(seen) == 4 and set(seen) == made


def test_who_reads_and_who_changes(program, applied):
    key = meet(applied).pk
    meeting = meet(applied)
    said = actions.suggest(meeting=meeting, text="건의", said_by="가", by=applied.viewer("officer"))
    sees = lambda who: 200 if who in SEES else 404  # noqa: E731
    assert told_to(program, sees, lambda c: c.read(f"/meetings/{key}")) == {}
    assert told_to(program, lambda who: 404, lambda c: c.read(f"/meetings/{key}/files/1")) == {}
    edits = lambda who, done=200: done if who in EDITS else 403 if who in SEES else 404  # noqa: E731
    take_up = f"suggestions/{said.pk}/take-up"
    for where, body, done in (
        (f"{key}/amend", told(applied, units=[applied.units["general_affairs"].pk]), 200), (f"{key}/cancel", {"reason": "사정"}, 200),
        (f"{key}/suggestions", {"text": "건의", "said_by": "가"}, 200), (f"{meeting.pk}/{take_up}", {"title": "건의"}, 200),
        (f"{key}/files", {"file": 10**6}, 422),
    ):  # fmt: skip
        send = lambda c, w=where, b=body: c.send(f"/meetings/{w}", b, If_Match="*")  # noqa: E731
        assert told_to(program, lambda who, d=done: edits(who, d), send) == {}, where
    gone = lambda c: c.send(f"/meetings/{key}/files/1/remove", If_Match="*")  # noqa: E731
    assert told_to(program, lambda who: 404, gone) == {}
    records = lambda who: 403 if who in NOT_WORKING else 201 if who in EDITS else 422  # noqa: E731
    # Who works in no division that met is told; another government's people and units are none here.
    assert told_to(program, lambda who: 409 if who not in EDITS and records(who) == 422 and not who.startswith("jung") else records(who),
                   lambda c: c.send("/meetings", told(applied))) == {}  # fmt: skip
