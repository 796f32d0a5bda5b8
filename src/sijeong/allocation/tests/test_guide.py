"""A division brings two spreadsheets, says what the columns mean, and has a definition and a round that runs."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from sijeong.allocation.models import Round, Scheme, Sketch

pytestmark = pytest.mark.django_db

TEAMS = "연번,신청일,순위,구\n1,2022-03-01,기초,중구\n2,2022-03-02,일반,종로구\n3,2022-03-02,기초,중구\n"
PLACES = "번호,명칭,자치구,정원\nA,쉼터 하나,중구,1\nB,쉼터 둘,종로구,1\n"
ANSWERS = {
    "title": "쉼터 배정", "basis": "쉼터 운영 지침", "noun1": "신청자", "noun2": "쉼터", "tie": "received",
    "valid_from": "2022-04-01", "valid_to": "2022-04-30", "near": "on", "applicants_id": "연번",
    "applicants_received": "신청일", "applicants_class": "순위", "applicants_place": "구", "resources_id": "번호",
    "resources_name": "명칭", "resources_place": "자치구", "resources_capacity": "정원", "order_1": "1", "order_2": "2",
}  # fmt: skip
STAYS = "접수번호,접수일,등급,객실,첫밤,박\n1,1,일반,큰방,2022-04-01,2\n2,2,일반,큰방,2022-04-02,1\n"
ROOMS = "객실,성수기,비수기\n큰방,1,1\n"
NIGHTS = {
    **{k: ANSWERS[k] for k in ("title", "basis", "noun1", "noun2", "valid_from", "valid_to")}, "tie": "lottery",
    "applicants_id": "접수번호", "applicants_received": "접수일", "applicants_class": "등급", "applicants_room": "객실",
    "applicants_start": "첫밤", "applicants_nights": "박", "resources_room": "객실", "resources_high": "성수기",
    "resources_low": "비수기", "order_1": "1", "high_months": "7, 8",
}  # fmt: skip


def brought(client, made, structure, applicants, resources, name="신청.csv"):
    unit = made.city.units["general_affairs"].pk
    files = {
        "applicants": SimpleUploadedFile(name, applicants if name.endswith("xlsx") else applicants.encode()),
        "resources": SimpleUploadedFile("자원.csv", resources.encode()),
    }
    response = client.post(reverse("allocation_guide"), {"structure": structure, "unit": unit, **files})
    assert response.status_code == 302, response.content.decode()
    return response.url


def test_two_spreadsheets_become_a_round_that_runs(signed_in, made):
    client = signed_in("officer")
    where = brought(client, made, "places", TEAMS, PLACES)
    page = client.get(where).content.decode()
    assert (
        "쉼터 하나" in page and "‘기초’의 순서" in page
    )  # the preview, and the classes of the guessed column
    response = client.post(where, ANSWERS)
    found = Round.objects.get()
    assert (response.status_code, response.url) == (302, reverse("allocation_round", args=[found.pk]))
    made.bring(found, "released")
    got = dict(found.run.decisions.values_list("number", "place__key"))
    assert got == {"1": "A", "2": None, "3": "B"}  # 기초 before 일반, the nearer one for who came first


def test_the_guided_page_takes_stays_over_nights(signed_in, made):
    client = signed_in("officer")
    where = brought(client, made, "nights", STAYS, ROOMS)
    response = client.post(where, NIGHTS)
    assert response.status_code == 302, response.content.decode()
    made.bring(Round.objects.get(), "released")
    assert Round.objects.get().run.outcome["served"] == 1


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_made(signed_in, made):
    client = signed_in("officer")
    where = brought(
        client, made, "places", TEAMS.replace("종로구", "부산진구"), PLACES.replace(",1\nB", ",-1\nB")
    )
    page = client.post(where, ANSWERS)
    told = page.content.decode()
    assert page.status_code == 422
    assert "부산진구" in told and "-1은(는) 0부터" in told and 'value="쉼터 배정"' in told
    assert not Round.objects.exists() and not Scheme.objects.exists()


def messy(*, fault: str = "") -> bytes:
    """A sheet as it is found on a desk: a merged title, its date, blank lines, units and dates as people write them."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2022년 수련원 신청 명단"])
    sheet.merge_cells("A1:F1")
    for row in (["(기준: 2022. 3. 1.)"], [], ["접수번호", "접수일", "등급", "객실", "첫밤", "박"], []):
        sheet.append(row)
    sheet.append(["A-1", "2022.3.1. 9:00", "일반 부서", "큰방", dt.date(2022, 4, 1), "2박"])
    sheet.append([])
    sheet.append([fault or "A-2", "2022년 3월 2일", "우선 부서", " 큰방 ", "2022. 4. 2.", 1.0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MESSY_ROOMS = '객실 현황\n\n객실,성수기,비수기\n큰방,1실,"1 실"\n'


def test_a_sheet_as_it_is_found_on_a_desk_is_read(signed_in, made):
    client = signed_in("officer")
    where = brought(client, made, "nights", messy(), MESSY_ROOMS, name="신청.xlsx")
    page = client.get(where).content.decode()
    assert "‘일반 부서’의 순서" in page and "‘우선 부서’의 순서" in page  # a class of two words stays one
    response = client.post(where, {**NIGHTS, "tie": "received", "order_1": "2", "order_2": "1"})
    assert response.status_code == 302, response.content.decode()
    found = made.bring(Round.objects.get(), "released")
    assert dict(found.run.decisions.values_list("number", "served")) == {"A-1": False, "A-2": True}
    held = found.holdings.get()
    assert (held.first_day, held.last_day) == (dt.date(2022, 4, 2), dt.date(2022, 4, 2))


def test_its_faults_are_told_by_the_line_of_the_sheet_itself(signed_in, made):
    client = signed_in("officer")
    where = brought(client, made, "nights", messy(fault="A-1"), MESSY_ROOMS, name="신청.xlsx")
    page = client.post(where, {**NIGHTS, "order_2": "2", "valid_to": "2022-04-02"})
    told = " ".join(page.content.decode().split())
    assert page.status_code == 422 and "A-1은(는) 6행에 이미 있습니다" in told and '"행">8</td>' in told


def test_a_column_used_twice_and_one_that_is_missing_are_told_at_the_field(signed_in, made):
    client = signed_in("officer")
    where = brought(client, made, "places", TEAMS, PLACES)
    told = client.post(
        where, {**ANSWERS, "applicants_received": "연번", "resources_capacity": ""}
    ).content.decode()
    assert "‘연번’ 열은 이미 ‘번호(한 번씩만)’에 썼습니다." in told
    assert "resources_capacity_error" in told


def test_a_file_that_is_no_table_is_refused_at_once(signed_in, made):
    client = signed_in("officer")
    unit = made.city.units["general_affairs"].pk
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    picture.name = "그림.png"
    files = {"applicants": picture, "resources": SimpleUploadedFile("자원.csv", PLACES.encode())}
    page = client.post(reverse("allocation_guide"), {"structure": "places", "unit": unit, **files})
    assert page.status_code == 422 and "엑셀(.xlsx)이나 CSV" in page.content.decode()
    assert not Sketch.objects.exists()


def test_another_divisions_sketch_is_not_there(signed_in, made):
    where = brought(signed_in("officer"), made, "places", TEAMS, PLACES)
    assert signed_in("personnel_officer").get(where).status_code == 404
    assert signed_in("jung_gu_head").get(where).status_code == 404
