"""What an address asks and nobody understands is left out and told, on every list; a program is refused."""

from html import unescape

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sijeong.cases.tests.filed import applied, case
from sijeong.links.tests.keys import program
from sijeong.org.address import Address
from sijeong.org.models import Unit
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "program", "signed_in"]
pytestmark = pytest.mark.django_db
ELSEWHERE = 999_999_999  # the key of no row

# Address of the list, a filter, values it takes, one that it does not, and what the filter is called.
PAGES = [
    ("/cases/", "year", ["2026", ""], "’26", "접수 연도"), ("/cases/", "year", [], "20266", "접수 연도"),
    ("/cases/", "month", ["2026-03", "2026년 3월"], "2026-13", "접수 월"), ("/cases/", "due", ["late"], "soonish", "기한"),
    ("/cases/", "type", ["data_request"], "nothing", "종류"), ("/cases/", "state", ["received"], "gone", "상태"),
    ("/cases/", "kind", ["-"], "nokind", "구분"), ("/cases/", "outcome", ["done", "-"], "perhaps", "처리 결과"),
    ("/cases/", "unit", [], str(ELSEWHERE), "부서"), ("/cases/", "unit", [], "총무과", "부서"),
    ("/cases/", "lead", ["0"], f"0,{ELSEWHERE}", "주관부서"), ("/cases/", "lead", [], "a,b", "주관부서"),
    ("/cases/", "pile", ["unassigned"], "mountain", "내 업무의 묶음"), ("/cases/", "scope", ["all"], "some", "범위"),
    ("/cases/", "order", ["received"], "'; DROP", "차례"), ("/cases/", "basis", ["source"], "hearsay", "결과 근거"),
    ("/cases/", "fate", ["on_time"], "doom", "기한 준수"), ("/cases/", "extended", ["asked"], "2", "연장"),
    ("/follow-ups/", "state", ["all"], "x", "상태"), ("/follow-ups/", "due", ["soon"], "x", "기한"),
    ("/follow-ups/", "unit", [], str(ELSEWHERE), "부서"), ("/follow-ups/", "mine", ["1"], "x", "맡은 곳"),
    ("/council/", "kind", ["talk"], "x", "종류"), ("/council/", "since", ["2026-03-02"], "2026-02-30", "부터"),
    ("/council/", "until", ["2026-03-02"], "어제", "까지"), ("/council/", "unit", [], str(ELSEWHERE), "부서"),
    ("/council/calendar/", "month", ["2026-03"], "2026-3x", "달"), ("/statistics/", "year", ["all", "2026"], "3026x", "접수 연도"),
    ("/statistics/", "type", ["data_request"], "x", "종류"), ("/statistics/units/", "unit", [], str(ELSEWHERE), "부서"),
    ("/search/", "type", ["data_request", "meeting:talk"], "x", "종류"), ("/search/", "state", ["received"], "x", "상태"),
    ("/search/", "unit", [], str(ELSEWHERE), "부서"), ("/search/", "year", ["2026"], "x", "접수 연도"),
    ("/search/", "file", ["yes"], "x", "붙임"), ("/search/", "order", ["newest"], "x", "차례"),
    ("/notices/", "kind", ["late"], "x", "종류"), ("/notices/", "unread", ["1"], "x", "읽지 않은 것만"),
    ("/benefits/", "state", ["waiting"], "x", "상태"), ("/benefits/", "benefit", [], "x", "지원"),
    ("/benefits/payments/", "paid", ["1"], "x", "지급한 것"), ("/figures/", "year", [], "1999", "회계연도"),
    ("/reports/programmes/", "year", [], "1999", "연도"), ("/import/", "state", ["done"], "x", "상태"),
    ("/publication/", "tab", [], "x", "목록"), ("/public/seoul/", "type", ["city_question"], "x", "종류"), ("/public/seoul/", "unit", [], "x", "부서"),
    ("/public/seoul/", "year", ["1999"], "x", "접수 연도"), ("/public/seoul/statistics/", "year", [], "x", "접수 연도"),
]  # fmt: skip


def said(response):
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def test_every_list_tells_what_it_left_out(applied, signed_in, case):
    client = signed_in("planning_officer")
    for path, name, taken, other, label in PAGES:
        for value in taken:
            assert "알 수 없는 값" not in said(client.get(path, {name: value})), (path, name, value)
        told = f"<strong>{label}</strong> ‘{other.removeprefix('0,').split(',')[0]}’: 알 수 없는 값"
        assert told in said(client.get(path, {name: other})), (path, name, other)


def test_the_administrators_list_tells_too(applied, signed_in):
    client = signed_in("administrator")
    assert "<strong>상태</strong> ‘x’" in said(client.get("/administration/", {"state": "x"}))


def test_what_is_left_out_hides_nothing(applied, signed_in, case):
    client = signed_in("planning_officer")
    for query in ({"type": "nothing"}, {"pile": "mountain"}, {"year": "20266"}, {"unit": "9" * 30}):
        assert case.number in said(client.get("/cases/", query)), query


def test_another_governments_unit_is_not_known_here(applied, signed_in, case):
    other = Unit.objects.filter(government=applied.jung_gu).first()
    for path in ("/cases/", "/council/", "/statistics/", "/follow-ups/"):
        html = said(signed_in("planning_officer").get(path, {"unit": other.pk}))
        assert other.name not in html and "알 수 없는 값" in html, path


def test_only_the_rows_come_back_with_it_where_only_they_are_asked_for(applied, signed_in, case):
    headers = {"HX-Request": "true", "HX-Target": "rows"}
    html = said(signed_in("planning_officer").get("/cases/", {"year": "x"}, headers=headers))
    assert "<html" not in html and "알 수 없는 값" in html


API = [
    ("/cases", "type", "nothing"), ("/cases", "state", "gone"), ("/cases", "unit", ELSEWHERE), ("/cases", "lead", "x"),
    ("/cases", "month", "2026-13"), ("/cases", "kind", "nokind"), ("/cases", "pile", "mountain"), ("/cases", "due", "soonish"),
    ("/cases", "year", "x"), ("/follow-ups", "unit", ELSEWHERE), ("/meetings", "unit", ELSEWHERE), ("/meetings", "since", "x"),
    ("/statistics", "type", "x"), ("/statistics", "unit", ELSEWHERE), ("/search", "type", "x"), ("/search", "unit", "x"),
    ("/search", "year", "26"), ("/notices", "kind", "x"), ("/benefits/applications", "benefit", "x"),
    ("/benefits/payments", "benefit", "x"),
]  # fmt: skip


def test_a_program_is_told_which_value_it_was(applied, program, case):
    client = program("planning_officer")
    for path, name, value in API:
        refused = client.read(path, **({"q": "청사"} if path == "/search" else {}), **{name: value})
        assert refused.status_code == 422 and refused["Content-Type"] == "application/problem+json", (
            path,
            name,
        )
        assert [one["where"] for one in refused.json()["errors"]] == [f"query.{name}"], (path, name)


def test_a_feed_of_a_filter_that_is_none_is_refused(applied, client):
    refused = client.get("/public/seoul/feed.atom", {"year": "26"})
    assert refused.status_code == 422 and refused.json()["errors"][0]["where"] == "query.year"
    assert client.get("/public/seoul/feed.atom").status_code == 200


@given(st.text(max_size=60))
def test_a_value_is_understood_or_told(typed):
    query = QueryDict(mutable=True)
    query["x"] = typed
    for read in (
        lambda asked: asked.choice("x", "x", {"a"}), lambda asked: asked.key("x", "x"), lambda asked: asked.year("x", "x"),
        lambda asked: asked.month("x", "x"), lambda asked: asked.day("x", "x"),
    ):  # fmt: skip
        asked = Address(query)
        found = read(asked)
        assert bool(asked.text("x")) == (bool(found or found == 0) or len(asked.misread) == 1)
