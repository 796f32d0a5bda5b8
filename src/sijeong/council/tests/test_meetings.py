"""Meetings as they are recorded, counted, and become cases."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases.models import Case
from sijeong.council import actions, listing
from sijeong.council.errors import MeetingError
from sijeong.council.forms import MeetingForm
from sijeong.council.models import Meeting

from .meetings import meet


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"},
        }
    }  # fmt: skip


def acts(subject):
    return [event.act for event in journal.of(subject)]


def test_a_suggestion_becomes_a_case_linked_both_ways(applied, signed_in):
    meeting, officer = meet(applied), applied.viewer("officer")
    said = actions.suggest(
        meeting=meeting, text="승강기를 모두 점검할 것", member=applied.people["member"], by=officer
    )
    case = actions.take_up(suggestion=said, type_code="meeting_suggestion", title="승강기 점검", by=officer)
    assert actions.take_up(suggestion=said, type_code="data_request", title="또", by=officer) == case
    assert (case.asker, case.question, case.source) == (applied.people["member"], said.text, "meeting")
    day = timezone.localtime(meeting.held_at).date()
    assert case.fields == {"meeting": "single", "met_on": day.isoformat()}
    # The day the member spoke is not counted; the last of the fourteen may move to a working day.
    assert case.due_on >= day + dt.timedelta(days=14)
    meeting.refresh_from_db()
    assert acts(meeting) == ["recorded", "suggested", "taken_up"] and acts(case) == ["receive"]
    assert not journal.head_fault(meeting, journal.of(meeting).last())
    of_meeting = signed_in("member").get(reverse("meeting", args=[meeting.pk])).content.decode()
    of_case = signed_in("member").get(reverse("case", args=[case.number])).content.decode()
    assert case.number in of_meeting and reverse("meeting", args=[meeting.pk]) in of_case
    # The officer's division met, but the case is not (yet) theirs: its number is told, its page is not there.
    page = signed_in("officer").get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert case.number in page and reverse("case", args=[case.number]) not in page


def test_only_types_of_which_a_meeting_tells_enough_are_offered(applied):
    said = actions.suggest(
        meeting=meet(applied), text="자료를 낼 것", said_by="위원회", by=applied.viewer("officer")
    )
    with pytest.raises(MeetingError, match="시정질문은 모임에서 바로"):
        actions.take_up(
            suggestion=said, type_code="city_question", title="질문", by=applied.viewer("officer")
        )
    case = actions.take_up(
        suggestion=said, type_code="data_request", title="자료", by=applied.viewer("planning_officer")
    )
    assert (case.asker, case.asker_name, case.fields) == (None, "위원회", {})


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"members": []}, "하나 이상 골라야"),
        ({"subject": " "}, "주제와 장소"),
        ({"kind": "lunch"}, "종류는 없습니다"),
    ],
)
def test_a_meeting_needs_its_facts(applied, facts, why):
    with pytest.raises(MeetingError, match=why):
        meet(applied, **facts)


def test_nothing_crosses_to_another_government_or_division(applied):
    with pytest.raises(MeetingError, match="다른 기관"):
        meet(applied, units=[applied.units["general_affairs"], applied.units["jung_gu_planning"]])
    with pytest.raises(MeetingError, match="우리 부서를"):
        meet(applied, units=[applied.units["welfare_policy"]])
    with pytest.raises(MeetingError, match="의원이 아닙니다"):
        meet(applied, members=[applied.people["head"]])
    with pytest.raises(PermissionDenied):
        meet(applied, who="member")
    with pytest.raises(PermissionDenied):
        meet(applied, who="jung_gu_officer")


def test_what_is_to_come_takes_no_suggestion_and_what_was_said_is_not_called_off(applied):
    officer = applied.viewer("officer")
    with pytest.raises(MeetingError, match="아직 열리지"):
        actions.suggest(meeting=meet(applied, days=3), text="미리", said_by="가", by=officer)
    held = meet(applied)
    with pytest.raises(MeetingError, match="참석하지 않았습니다"):
        actions.suggest(meeting=held, text="건의", member=applied.people["other_member"], by=officer)
    actions.suggest(meeting=held, text="건의", said_by="가", by=officer)
    with pytest.raises(MeetingError, match="취소할 수 없습니다"):
        actions.cancel_meeting(meeting=held, reason="사정", by=officer)
    planned = actions.cancel_meeting(meeting=meet(applied, days=3), reason="사정", by=officer)
    with pytest.raises(MeetingError, match="취소한 모임"):
        actions.cancel_meeting(meeting=planned, reason="사정", by=officer)


def test_years_count_what_took_place_and_each_count_is_its_list(applied, signed_in):
    day = lambda *ymd: dt.datetime(*ymd, 23, 59, tzinfo=timezone.get_current_timezone())  # noqa: E731
    for kind, held_at in (
        ("briefing", day(2021, 12, 31)), ("talk", day(2022, 1, 1)), ("talk", day(2022, 1, 31)), ("talk", day(2022, 2, 1)),
    ):  # fmt: skip
        meet(applied, kind=kind, held_at=held_at)
    meet(applied, days=5)
    viewer = applied.viewer("planning_officer")
    seen = Meeting.objects.visible_to(viewer)
    years = listing.by_year(seen, viewer.day)
    assert [(year, counts["briefing"], counts["talk"], total) for year, counts, total in years] == [
        (2022, 0, 3, 3), (2021, 1, 0, 1),
    ]  # fmt: skip
    where = reverse("meetings") + "?counted=1&kind=talk&since=2022-01-01&until=2022-01-31"
    page = signed_in("planning_officer").get(where).content.decode()
    assert "2건" in page
    assert "2021년" in page and "kind=briefing&amp;since=2021-01-01" in page


def test_pages_of_meetings_follow_each_other(applied, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    made = [meet(applied, days=-n).pk for n in (1, 2, 2, 4, 5)]
    seen = Meeting.objects.visible_to(applied.viewer("auditor"))
    found, after = [], ""
    for _ in range(3):
        rows, after = listing.page(seen, after)
        found += [row.pk for row in rows]
    assert (sorted(found), after) == (sorted(made), "")
    assert listing.page(seen, "nonsense_1")[0]


def test_the_form_keeps_what_was_typed_and_says_who_is_meant(applied, signed_in):
    client = signed_in("officer")
    data = {
        "kind": "single", "held_at": "2026-11-02T10:00", "place": "의원실", "subject": "승강기",
        "members": applied.people["member"].pk, "units": applied.units["general_affairs"].pk, "officers": "이주무, 홍길동",
    }  # fmt: skip
    response = client.post(reverse("meeting_new"), data)
    page = response.content.decode()
    assert response.status_code == 422 and "홍길동: 고른 부서에 없습니다" in page and 'value="승강기"' in page
    response = client.post(reverse("meeting_new"), data | {"officers": "이주무, 도팀원"})
    meeting = Meeting.objects.get()
    assert response["Location"] == reverse("meeting", args=[meeting.pk])
    assert {user.name for user in meeting.officers.all()} == {"이주무", "도팀원"}
    page = client.get(reverse("meeting_edit", args=[meeting.pk])).content.decode()
    assert "도팀원(team_officer)" in page


def test_files_are_taken_in_handed_out_and_taken_off(applied, signed_in):
    meeting, client = meet(applied), signed_in("officer")
    where = reverse("meeting_files", args=[meeting.pk])
    client.post(where, {"files": [SimpleUploadedFile("회의 자료.pdf", b"%PDF-1.7")]})
    response = client.post(where, {"files": [SimpleUploadedFile("회의.pdf", b"MZ\x00\x00")]})
    assert response.status_code == 422 and "받지 않는 형식" in response.content.decode()
    kept = meeting.files.get()
    response = signed_in("member").get(reverse("meeting_file", args=[meeting.pk, kept.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    client.post(reverse("meeting_file_remove", args=[meeting.pk, kept.pk]))
    assert acts(meeting) == ["recorded", "file_added", "file_removed"]


def test_the_sheet_holds_what_its_reader_sees(applied, signed_in):
    meet(applied, subject="=HYPERLINK(1)")
    where = reverse("meeting_export")
    text = b"".join(signed_in("officer").get(where + "?as=csv").streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text and "서의원" in text
    assert (
        "서의원" not in b"".join(signed_in("other_officer").get(where + "?as=csv").streaming_content).decode()
    )
    book = b"".join(signed_in("officer").get(where).streaming_content)
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()


def test_the_calendar_shows_a_month(applied, signed_in):
    meet(
        applied,
        held_at=dt.datetime(2026, 2, 28, 23, 30, tzinfo=timezone.get_current_timezone()),
        subject="이월의 마지막",
    )
    page = signed_in("member").get(reverse("meeting_calendar") + "?month=2026-02").content.decode()
    assert "이월의 마지막" in page and "23:30" in page and "?month=2026-03" in page
    assert (
        "이월의 마지막"
        not in signed_in("member").get(reverse("meeting_calendar") + "?month=2026-03").content.decode()
    )
    assert signed_in("member").get(reverse("meeting_calendar") + "?month=x").status_code == 200
    assert not Case.objects.exists()


def amended(meeting, **told):
    """What the form of the meeting sends."""
    form = MeetingForm.initial_of(meeting)
    form["held_at"] = form["held_at"].strftime("%Y-%m-%dT%H:%M")
    return form | told


def test_of_two_who_write_the_minutes_the_second_is_told(applied, signed_in):
    meeting = meet(applied)
    where = reverse("meeting_edit", args=[meeting.pk])
    first, second = (amended(meeting, content=text) for text in ("먼저 쓴 내용", "나중에 쓴 내용"))
    client = signed_in("officer")
    assert client.post(where, first).status_code == 302
    response = client.post(where, second)
    page = response.content.decode()
    assert response.status_code == 409
    assert "먼저 쓴 내용" in page and "나중에 쓴 내용" in page and "다른 사람이 고쳤습니다" in page
    meeting = Meeting.objects.get()
    assert meeting.content == "먼저 쓴 내용"
    # The page has shown what was saved: sent again, it is a decision.
    assert f'value="{meeting.fingerprint()}"' in page
    assert client.post(where, amended(meeting, content="둘 다")).status_code == 302


def test_minutes_that_do_not_say_what_they_began_from_overwrite_nothing(applied, signed_in):
    meeting = meet(applied)
    where = reverse("meeting_edit", args=[meeting.pk])
    for seen in ("", "0" * 64, "가"):
        response = signed_in("officer").post(where, amended(meeting, content="덮어쓰기", seen=seen))
        assert response.status_code == 409 and "덮어쓰기" in response.content.decode()
    assert Meeting.objects.get().content == "승강기 고장이 잦음"


def test_a_meeting_called_off_meanwhile_keeps_what_was_typed(applied, signed_in):
    meeting = meet(applied)
    actions.cancel_meeting(meeting=meeting, reason="일정이 바뀜", by=applied.viewer("officer"))
    sent = {"text": "길게 적은 건의", "said_by": "위원회"}
    response = signed_in("officer").post(reverse("meeting_suggest", args=[meeting.pk]), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "취소한 모임입니다" in page and "길게 적은 건의" in page


@pytest.mark.parametrize("held_at", ["0001-01-01T10:00", "9999-12-31T10:00"])
def test_a_meeting_of_no_year_that_can_be_is_refused_at_its_field(applied, signed_in, held_at):
    meeting = meet(applied)
    sent = amended(meeting, held_at=held_at, content="남아야 할 글")
    response = signed_in("officer").post(reverse("meeting_edit", args=[meeting.pk]), sent)
    page = response.content.decode()
    assert response.status_code == 422 and "남아야 할 글" in page
    assert "년까지의 일시를" in page.split('id="id_held_at_error"')[1][:120]


@pytest.mark.parametrize(
    "asked",
    ["since=0001-01-01", "until=9999-12-31", "since=2026-02-30&until=어제", "month=9999-12", "month=0001-01"],
)
def test_days_beside_which_there_is_no_month_are_as_if_not_asked_for(applied, signed_in, asked):
    name = "meeting_calendar" if asked.startswith("month") else "meetings"
    assert signed_in("officer").get(f"{reverse(name)}?{asked}").status_code == 200
