"""Every address of the room, for every role."""

import pytest
from django.urls import reverse

from sijeong.cases.tests.test_pages_by_role import ASKERS, GOVERNMENT, LEAD
from sijeong.council import actions
from sijeong.council.urls import urlpatterns
from sijeong.documents.models import File
from sijeong.org.tests.everyone import told_to

from .meetings import meet

SEES = GOVERNMENT | ASKERS | LEAD
EDITS = LEAD | {"planning_officer"}
FOR_ALL = {"meetings", "meeting_calendar", "meeting_export"}
OF_ONE = {
    "meeting", "meeting_edit", "meeting_cancel", "meeting_files", "meeting_file", "meeting_file_remove", "meeting_suggest",
    "meeting_take_up",
}  # fmt: skip
# Planning officers of both governments, and whoever works in a division.
NOT_WORKING = {
    "member", "other_member", "aide", "mayors_officer", "auditor", "administrator", "newcomer", "jung_gu_administrator",
}  # fmt: skip


@pytest.fixture
def meeting(applied):
    return meet(applied)


def test_the_table_covers_every_address_of_the_room():
    assert {p.name for p in urlpatterns} == FOR_ALL | OF_ONE | {"meeting_new"}


@pytest.mark.parametrize("name", sorted(FOR_ALL))
def test_everyone_has_the_lists_of_what_they_see(signed_in, meeting, name):
    assert told_to(signed_in, lambda who: 200, lambda client: client.get(reverse(name))) == {}


def test_a_list_holds_what_its_reader_sees(signed_in, meeting):
    for who in ("auditor", "member", "aide", "head", "other_officer", "other_member", "jung_gu_officer"):
        listed = signed_in(who).get(reverse("meetings")).content.decode()
        assert ("청사 승강기" in listed) == (who in SEES), who


def test_who_sees_and_who_changes_a_meeting(signed_in, applied, meeting):
    said = actions.suggest(meeting=meeting, text="건의", said_by="가", by=applied.viewer("officer"))
    stored = File.objects.create(
        government=applied.seoul, name="표.pdf", kind="pdf", size=1, sha256="1" * 64, path="none"
    )
    file = actions.add_file(meeting=meeting, file=stored, by=applied.viewer("officer"))
    edits = lambda done: lambda who: done if who in EDITS else 403 if who in SEES else 404  # noqa: E731
    at = lambda name, *more: reverse(name, args=[meeting.pk, *more])  # noqa: E731
    assert told_to(signed_in, lambda who: 200 if who in SEES else 404, lambda c: c.get(at("meeting"))) == {}
    assert told_to(signed_in, edits(200), lambda c: c.get(at("meeting_edit"))) == {}
    assert told_to(signed_in, edits(409), lambda c: c.post(at("meeting_cancel"), {"reason": "사정"})) == {}
    assert told_to(signed_in, edits(422), lambda c: c.post(at("meeting_files"))) == {}
    assert told_to(signed_in, edits(302), lambda c: c.post(at("meeting_file_remove", file.pk))) == {}
    note = {"text": "건의", "said_by": "가"}
    assert told_to(signed_in, edits(302), lambda c: c.post(at("meeting_suggest"), note)) == {}
    case = {f"s{said.pk}-title": "건의", f"s{said.pk}-type_code": "meeting_suggestion"}
    assert told_to(signed_in, edits(302), lambda c: c.post(at("meeting_take_up", said.pk), case)) == {}
    assert signed_in("officer").get(at("meeting_file", 10**6)).status_code == 404
    assert signed_in("other_officer").get(at("meeting_file", file.pk)).status_code == 404


def test_who_records_meetings(signed_in, applied):
    expected = lambda who: 403 if who in NOT_WORKING else 200  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.get(reverse("meeting_new"))) == {}


@pytest.mark.parametrize("name", sorted(p.name for p in urlpatterns))
def test_who_is_not_signed_in_is_sent_to_the_door(client, meeting, name):
    args = [] if name in FOR_ALL | {"meeting_new"} else [meeting.pk]
    if name in {"meeting_file", "meeting_file_remove", "meeting_take_up"}:
        args.append(1)
    response = client.get(reverse(name, args=args))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/login/")
