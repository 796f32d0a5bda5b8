"""Units and people from a sheet: looked at first, all or nothing, wrong cells by their place."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from sijeong.audit import journal
from sijeong.org import passwords
from sijeong.org.entry import COLUMNS, MOST
from sijeong.org.models import Post, Unit, User

PERSON = {"username": "kim.new", "name": "김새로", "unit": "인사과", "role": "담당자", "title": "주무관"}
UNIT = {"code": "0900", "name": "재정국", "level": "실·본부·국", "parent": "서울특별시", "on": "2026-01-01"}
BELOW = {"code": "0901", "name": "재정과", "level": "과·담당관", "parent": "0900", "on": "2026. 1. 2."}


def table(kind, *rows):
    columns = COLUMNS[kind]
    return [[c.name for c in columns], *([row.get(c.code, "") for c in columns] for row in rows)]


def as_csv(lines, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(lines):
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


@pytest.fixture
def send(signed_in):
    """Upload a sheet as the administrator; or confirm what an answer of before carries along."""
    client = signed_in("administrator")

    def send(kind, content=b"", rows=None):
        told = {"rows": rows} if rows else {"file": SimpleUploadedFile("표.csv", content)}
        return client.post(reverse("enter", args=[kind]), told)

    return send


def kept(response):
    return response.content.decode().split('name="rows" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    "write", [as_csv, as_xlsx, lambda lines: as_csv(lines, "cp949")], ids=["csv", "xlsx", "cp949"]
)
def test_a_sheet_is_looked_at_and_then_entered(city, send, write):
    looked = send("people", write(table("people", PERSON)))
    assert looked.status_code == 200 and not User.objects.filter(username="kim.new").exists()
    assert send("people", rows=kept(looked)).url == reverse("administration")
    user = User.objects.get(username="kim.new")
    post = Post.objects.get(user=user)
    assert (post.unit, post.role, user.has_usable_password()) == (
        city.units["personnel"],
        "division_officer",
        False,
    )
    assert [event.act for event in journal.of(user)] == ["added", "post_given"]
    told = journal.of(city.seoul).last()
    assert (told.act, told.data, told.actor_id) == (
        "entered",
        {"kind": "people", "rows": 1},
        city.people["administrator"].pk,
    )


def handed_out(client, content):
    looked = client.post(reverse("enter", args=["people"]), {"file": SimpleUploadedFile("표.csv", content)})
    return client.post(reverse("enter", args=["people"]), {"rows": kept(looked), "passwords": "on"})


def test_passwords_are_seen_once_taken_as_a_sheet_and_changed_at_the_first_sign_in(city, signed_in, client):
    administrator = signed_in("administrator")
    second = PERSON | {"username": "Lee.New", "name": "이새로"}
    page = handed_out(administrator, as_csv(table("people", PERSON, second)))
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    told = re.findall(r"([\w.]+)</td><td [^>]+><code>([a-z0-9-]{19})<", page.content.decode())
    assert [username for username, _ in told] == ["kim.new", "lee.new"]
    sheet = page.content.decode().split('name="sheet" value="')[1].split('"')[0]
    file = administrator.post(reverse("enter_passwords"), {"sheet": sheet})
    assert "no-store" in file["Cache-Control"]
    rows = list(load_workbook(io.BytesIO(file.content)).active.values)
    assert rows[1:] == [("인사과", "김새로", *told[0]), ("인사과", "이새로", *told[1])]
    taken = [event for event in journal.of(city.seoul) if event.act == "passwords_taken"]
    assert [(event.data, event.actor_id) for event in taken] == [
        ({"people": 2, "how": how}, city.people["administrator"].pk) for how in ("screen", "xlsx")
    ]
    username, password = told[1]
    assert password not in json.dumps(
        [event.data for user in User.objects.all() for event in journal.of(user)]
    )
    assert User.objects.get(username=username).password_is_temporary
    assert client.login(username=username, password=password)
    assert client.get("/").url == reverse("account_change_password")


def test_the_sheet_of_passwords_is_for_who_made_it_and_for_ten_minutes(city, signed_in, monkeypatch):
    administrator = signed_in("administrator")
    page = handed_out(administrator, as_csv(table("people", PERSON))).content.decode()
    sheet = page.split('name="sheet" value="')[1].split('"')[0]
    assert passwords.taken(sheet, city.people["officer"]) == []
    assert passwords.taken(sheet[:-1] + "x", city.people["administrator"]) == []
    assert len(passwords.taken(sheet, city.people["administrator"])) == 1
    monkeypatch.setattr(passwords, "MINUTES", -1)
    assert administrator.post(reverse("enter_passwords"), {"sheet": sheet}).url == reverse("administration")


def test_a_row_may_stand_on_one_above_it(city, send):
    send("units", rows=kept(send("units", as_csv(table("units", UNIT, BELOW)))))
    below = Unit.objects.get(code="0901")
    assert (below.parent.name, str(below.valid_from)) == ("재정국", "2026-01-02")


WRONG = [
    ("people", {"username": "officer"}, "2행", "이미 쓰고 있습니다"),
    ("people", {"username": "한글"}, "2행", "영문 소문자"),
    ("people", {"role": "대장"}, "E2", "담당자, 부서장"),
    ("people", {"unit": "없는과"}, "D2", "그런 부호나 이름의 부서가 없습니다"),
    ("people", {"unit": ""}, "D2", "부서가 비어 있습니다"),
    ("people", {"on": "어제"}, "I2", "2026-01-02처럼"),
    (
        "people",
        {"role": "의원 보좌", "unit": "보건복지위원회", "assists": "nobody"},
        "J2",
        "찾을 수 없습니다",
    ),
    ("people", {"email": "골뱅이 없음"}, "C2", "전자우편 주소로"),
    ("units", {"code": "0101", "level": "국"}, "C2", "과·담당관"),
    ("units", {"parent": "기획예산과"}, "D2", "그런 부호나 이름의"),  # another government's
]


@pytest.mark.parametrize(("kind", "change", "place", "why"), WRONG)
def test_a_wrong_cell_is_told_by_its_place_and_nothing_is_entered(city, send, kind, change, place, why):
    right = {"people": PERSON, "units": UNIT}[kind]
    before = User.objects.count(), Unit.objects.count()
    response = send(
        kind, as_csv(table(kind, right | change, right | {"username": "lee.new", "code": "0902"}))
    )
    text = response.content.decode()
    assert response.status_code == 422 and 'name="rows"' not in text
    assert f"{place}</th>" in text and why in text
    assert (User.objects.count(), Unit.objects.count()) == before


def test_what_changed_since_it_was_looked_at_is_told(city, send):
    looked = kept(send("people", as_csv(table("people", PERSON))))
    assert send("people", rows=looked).status_code == 302
    again = send("people", rows=looked)
    assert again.status_code == 409 and "이미 쓰고 있습니다" in again.content.decode()
    assert User.objects.filter(username="kim.new").count() == 1


def test_only_what_was_looked_at_is_entered(city, send):
    looked = kept(send("people", as_csv(table("people", PERSON))))
    for kind, rows in (("people", looked[:-2] + "xx"), ("units", looked)):
        assert send(kind, rows=rows).url == reverse("enter", args=[kind])
    assert not User.objects.filter(username="kim.new").exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04nonsense", "엑셀 파일을 열 수 없습니다"), (b"a,b\n1,2", "머리글을 찾지 못했습니다"),
        (as_csv(table("people")), "적힌 행이 없습니다"), (b"\x00\x01", "XLSX나 CSV 파일이 아닙니다"),
        (as_csv(table("people", *[PERSON] * (MOST + 1))), f"{MOST}행까지"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_sheet_is_told_at_its_field(send, content, why):
    response = send("people", content)
    assert response.status_code == 422 and why in response.content.decode()


def test_the_empty_sheet_is_one_that_is_read(city, signed_in, send):
    given = signed_in("administrator").get(reverse("enter_template", args=["people"])).content
    assert send("people", given).status_code == 200


def test_there_are_two_kinds_of_sheets(signed_in):
    assert signed_in("administrator").get(reverse("enter", args=["cases"])).status_code == 404
