"""A table brought and a round solved by another system, with the rights of its person and the page's own refusals."""

import pytest

from sijeong.links.scopes import Scope
from sijeong.links.tests.keys import program

__all__ = ["program"]
pytestmark = pytest.mark.django_db

HEAD = ["접수번호", "접수시각", "등급", "자치구"]
PLACES = [["기관번호", "기관명", "자치구", "정원"], ["A", "중구 의원", "중구", "1"]]


def test_a_system_brings_tables_has_them_solved_and_reads_how_it_stands(program, made):
    found = made.round(tables={})
    theirs, where = program("officer", Scope.ALLOCATIONS), f"/allocations/{found.pk}"
    people = [HEAD, ["1", "1", "가", "중구"], ["2", "2", "가", "중구"]]
    for role, rows in (("applicants", people), ("resources", PLACES)):
        assert theirs.send(f"{where}/tables/{role}", {"rows": rows}).status_code == 201
    assert theirs.send(f"{where}/solve").json()["state"] == "solving"
    made.worked(found)
    told = theirs.read(where).json()
    assert (told["state"], told["served"], told["refused"]) == ("solved", 1, 1)
    assert set(found.sheets.values_list("source", flat=True)) == {"api"}


def test_what_is_wrong_is_told_and_what_is_not_theirs_is_not_there(program, made):
    found = made.round(tables={})
    where = f"/allocations/{found.pk}"
    assert program("other_officer").read(where).status_code == 404
    assert program("auditor").send(f"{where}/tables/applicants", {"rows": [HEAD]}).status_code == 403
    theirs = program("officer")
    lacking = theirs.send(f"{where}/tables/applicants", {"rows": [["번호"]]})
    assert (
        lacking.status_code == 422
        and "‘" not in lacking.json()["type"]
        and "제목의 열이 없습니다" in lacking.text
    )
    assert theirs.send(f"{where}/tables/mentors", {"rows": [["번호"]]}).status_code == 422
    assert theirs.send(f"{where}/solve").status_code == 409
    theirs.send(f"{where}/tables/applicants", {"rows": [HEAD, ["1", "1", "가", "부산진구"]]})
    theirs.send(f"{where}/tables/resources", {"rows": PLACES})
    theirs.send(f"{where}/solve")
    made.worked(found)
    assert theirs.read(where).json()["faults"][0][:3] == ["환자", 2, "자치구"]
