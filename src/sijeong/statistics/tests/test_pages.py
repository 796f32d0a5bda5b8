"""Pages of figures: who sees what, that each number's link leads to as many cases, and the sheets."""

import csv
import io
import re

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sijeong.cases.tests.filed import ask, bring
from sijeong.org.tests.everyone import EVERYONE
from sijeong.org.tests.laid import laid
from sijeong.statistics.urls import urlpatterns

PAGES = {"statistics", "statistics_units", "statistics_download"}
NUMBER = re.compile(r'href="(/cases/\?[^"]+)"[^>]*>(?:<span>[^<]*</span><strong>)?([\d,]+)<')


@pytest.fixture
def busy(applied):
    """Cases in every fate, of two months and two divisions."""
    laid("busy", lambda: _work(applied), settings.CITIES, timezone.localdate())
    return applied


def _work(applied):
    for ago in (1, 15, 40):
        ask(applied, days_ago=ago)
        for state in ("in_hand", "delivered"):
            bring(applied, ask(applied, days_ago=ago), state)


def test_the_table_covers_every_address_of_the_room():
    assert {pattern.name for pattern in urlpatterns} == PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_has_statistics(signed_in, applied, name):
    for who in EVERYONE:
        status = signed_in(who).get(reverse(name)).status_code
        assert status == (403 if who == "newcomer" else 200), who


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_is_not_signed_in_is_sent_to_the_door(client, city, name):
    assert client.get(reverse(name))["Location"].startswith("/account/login/")


@pytest.mark.parametrize("who", ["planning_officer", "auditor", "officer", "bureau_head", "joint_officer"])
@pytest.mark.parametrize(
    "page",
    ["/statistics/?year=all", "/statistics/?year=all&type=data_request", "/statistics/units/?year=all"],
)
def test_each_number_leads_to_as_many_cases(signed_in, busy, who, page):
    client = signed_in(who)
    text = client.get(page).content.decode().replace("&amp;", "&")
    links = NUMBER.findall(text)
    assert len(links) > 10 or who == "joint_officer"
    for address, number in dict.fromkeys(links):
        if "fate=delivered" in address:  # a median opens to what it is the middle of
            continue
        told = re.search(r"모두 <strong>([\d,]+)</strong>건", client.get(address).content.decode())
        if told is None:  # a list not narrowed is not counted
            assert "fate" not in address
            continue
        assert told[1] == number, address


def test_a_division_sees_its_own_and_a_member_all_without_links(signed_in, busy):
    own = signed_in("personnel_officer").get("/statistics/?year=all").content.decode()
    assert "접수된 사안이 없습니다" in own
    member = signed_in("other_member").get("/statistics/?year=all").content.decode()
    assert "/cases/?" not in member.split('id="page"')[1]
    assert "지방자치법 제49조" in member
    assert re.search(r'data-label="접수">9<', member)


def test_another_governments_unit_narrows_nothing(signed_in, busy):
    unit = busy.units["jung_gu_planning"].pk
    plain, asked = (
        signed_in("planning_officer").get(f"/statistics/?year=all{more}").content.decode()
        for more in ("", f"&unit={unit}")
    )
    assert "기획예산과" not in asked
    assert NUMBER.findall(plain.replace("&amp;", "&")) == NUMBER.findall(asked.replace("&amp;", "&"))


@pytest.mark.parametrize("query", ["year=0", "year=²", "year=99999999", "type=none", "unit=x", "unit=0"])
def test_what_is_unknown_is_as_if_not_asked(signed_in, busy, query):
    assert signed_in("planning_officer").get(f"/statistics/?{query}").status_code == 200


def test_the_sheets_hold_the_pages_numbers(signed_in, busy):
    client = signed_in("planning_officer")
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/statistics/download/?year=all").streaming_content))
    )
    assert book.sheetnames == ["연도별", "월별", "종류별", "부서별"]
    for sheet in book:
        rows = list(sheet.iter_rows(values_only=True))
        assert "기준, 모든 해 접수, 모든 종류, 전체" in rows[0][0]
        assert rows[-1][0] == "합계"
        assert rows[-1][1] == sum(row[1] for row in rows[2:-1])
    text = b"".join(client.get("/statistics/download/?year=all&as=csv&table=units").streaming_content).decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["주관부서"]: row["접수"] for row in rows} == {"총무과": "6", "배정 전": "3", "합계": "9"}
    assert client.get("/statistics/download/?as=csv&table=none").status_code == 404


def test_the_page_reads_the_sums_once(signed_in, busy, django_assert_max_num_queries):
    client = signed_in("planning_officer")
    client.get("/statistics/")
    with django_assert_max_num_queries(16) as told:
        client.get("/statistics/units/?year=all")
    assert not [
        query
        for query in told
        if 'FROM "cases_case"' in query["sql"] and "count(*)" not in query["sql"].lower()
    ]
