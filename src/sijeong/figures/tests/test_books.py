"""A budget sheet comes, is looked at, counts, and is followed by a later one."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sijeong.audit.models import Event
from sijeong.figures import access, actions, checks
from sijeong.figures.arithmetic import Row
from sijeong.figures.models import Book, Line
from sijeong.figures.urls import urlpatterns
from sijeong.org.tests.closing import close
from sijeong.org.tests.people import JUNG_GU_PEOPLE, PEOPLE

pytestmark = pytest.mark.django_db
JANUARY, APRIL = dt.date(2022, 1, 31), dt.date(2022, 4, 30)
SHEET = "구분,예산액,집행액,잔액\n계,341200,43544,297656\n기관운영업무추진비,277200,38255,238945\n시책추진업무추진비,64000,5289,58711\n"
KEEPERS = {"officer", "colleague", "head", "bureau_head", "planning_officer", "team_officer"}
OTHER_KEEPERS = {"planning_head", "personnel_officer", "personnel_head", "joint_officer", "joint_head", "joint_bureau_head", "other_officer", "other_head"}  # fmt: skip


def sent(city, **changes):
    return {
        "unit": city.units["general_affairs"].pk, "year": 2022, "kind": "spending", "base_on": "2022-01-31",
        "money": "천원", "source": "세출예산 집행현황", "file": SimpleUploadedFile("예산.csv", SHEET.encode("utf-8-sig")),
    } | changes  # fmt: skip


@pytest.fixture
def brought(city):
    def brought(base_on=JANUARY, spent=43_544_000):
        rows = [Row("계", {"budget": 341_200_000, "spent": spent}, number=2)]
        return actions.bring(
            unit=city.units["general_affairs"], year=2022, kind="spending", base_on=base_on, rows=rows,
            source="시험", by=city.viewer("officer"),
        )  # fmt: skip

    return brought


def test_a_sheet_becomes_a_draft_and_then_counts(city, signed_in):
    client = signed_in("officer")
    answer = client.post(reverse("budget_new"), sent(city), follow=True)
    book = Book.objects.get()
    assert "기관운영업무추진비" in answer.content.decode() and book.state == "draft"
    assert client.post(reverse("budget_act", args=[book.pk, "confirm"])).status_code == 302
    book.refresh_from_db()
    assert book.state == "current"
    lines = access.current_lines([book.unit_id], 2022, "spending")
    assert [(line.label, str(line.rate)) for line in lines] == [
        ("계", "12.8"), ("기관운영업무추진비", "13.8"), ("시책추진업무추진비", "8.3"),
    ]  # fmt: skip
    assert [event.act for event in Event.objects.filter(subject="budget_book").order_by("seq")] == [
        "brought",
        "confirmed",
    ]


def test_a_sheet_that_does_not_tie_leaves_nothing(city, signed_in):
    wrong = SHEET.replace("58711", "58712")
    file = SimpleUploadedFile("예산.csv", wrong.replace("297656", "297660").encode("utf-8-sig"))
    answer = signed_in("officer").post(reverse("budget_new"), sent(city, file=file))
    assert answer.status_code == 422 and "D2 계 잔액" in answer.content.decode()
    assert not Book.objects.exists() and "2022-01-31" in answer.content.decode()


def test_a_later_basis_takes_the_place_and_an_earlier_one_cannot(city, brought):
    officer = city.viewer("officer")
    first = actions.confirm(book=brought(), by=officer)
    late = actions.confirm(book=brought(APRIL, 89_517_000), by=officer)
    first.refresh_from_db()
    assert (first.state, late.state) == ("past", "current")
    with pytest.raises(actions.FiguresRefused, match="앞선 기준일"):
        actions.confirm(book=brought(), by=officer)
    with pytest.raises(actions.FiguresRefused, match="지울 수 없습니다"):
        actions.discard(book=late, by=officer)
    assert list(checks.faults()) == []


def test_doctor_finds_a_line_changed_behind_the_actions(city, brought):
    book = actions.confirm(book=brought(), by=city.viewer("officer"))
    Line.objects.filter(book=book).update(left=1)
    assert [fault.subject for fault in checks.faults()] == ["budget_book"]


def test_a_book_goes_out_in_the_columns_it_came_in(city, brought, signed_in):
    book = actions.confirm(book=brought(), by=city.viewer("officer"))
    answer = signed_in("auditor").get(reverse("budget_download", args=[book.pk]))
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("과목", "단계", "당초예산", "추경") and rows[1][4:7] == (
        341_200_000,
        43_544_000,
        297_656_000,
    )


@pytest.mark.parametrize("who", [*PEOPLE, *JUNG_GU_PEOPLE])
def test_who_sees_and_who_keeps(city, signed_in, brought, who):
    draft, client, there = brought(), signed_in(who), who in PEOPLE
    keeper = who in KEEPERS
    sees_draft = keeper or who in {"auditor", "mayors_officer", "administrator"}
    table = {
        "budget_books": ([], "get", 200), "budget_template": ([], "get", 200),
        "budget_new": ([], "get", 200 if keeper or who in OTHER_KEEPERS or who in {"jung_gu_officer", "jung_gu_head"} else 403),
        "budget_book": ([draft.pk], "get", 200 if there and sees_draft else 404),
        "budget_download": ([draft.pk], "get", 200 if there and sees_draft else 404),
        "budget_act": ([draft.pk, "confirm"], "post", 302 if keeper else 403 if there and sees_draft else 404),
    }  # fmt: skip
    assert {pattern.name for pattern in urlpatterns} == set(table)
    for name, (args, method, status) in table.items():
        answer = getattr(client, method)(reverse(name, args=args))
        close(answer)
        assert answer.status_code == status, name
    confirmed = Book.objects.get(pk=draft.pk)
    assert client.get(reverse("budget_book", args=[confirmed.pk])).status_code == (
        200 if there and (sees_draft or confirmed.state == "current") else 404
    )
