"""What programs know and nobody sees never reaches the database: from forms, from other systems, from sheets."""

from pathlib import Path
from unicodedata import category
from xml.sax.saxutils import escape

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from sijeong.cases.actions.intake import current_type
from sijeong.cases.incoming import understand
from sijeong.cases.models import Case, Writing
from sijeong.cases.tests.filed import applied, bring, case
from sijeong.cleaned import cleaned, line
from sijeong.links.parsing import JsonOnly
from sijeong.links.tests.keys import program
from sijeong.org.tests.people import city, signed_in
from sijeong.site.middleware import Typed

__all__ = ["applied", "case", "city", "program", "signed_in"]
# Every kind of mark that texts bring along, and what people write.
PASTED = st.text(
    st.sampled_from(
        "가나 a1.\t\n\r\v\f\0\x01\x1b\x1f\x7f\x85\xad\u200b\u200d\u202e\u2028\u3164\ufeff\ufffe\ud800👩💻"
    )
    | st.characters()
)
# As a person pastes it from Hangul Word Processor: soft line breaks, a page break, marks without width.
FROM_HWP = "1. 추진\u200b실적\v가. 예산\x00 집행\r\n\f2. 향후\ufeff계획\x1f"
KEPT = "1. 추진실적\n가. 예산 집행\n\n2. 향후계획"


@given(PASTED)
def test_what_is_kept_can_be_stored_and_written_anywhere(text):
    kept = cleaned(text)
    assert cleaned(kept) == kept
    assert all(mark in "\n\t" or category(mark) != "Cc" for mark in kept)
    assert etree.fromstring(f"<a>{escape(kept)}</a>") is not None and "\ud800" not in kept
    # What people see stays, in its order.
    seen = [mark for mark in text if category(mark)[0] in "LNPS" and mark not in "\u3164\u115f\u1160\uffa0"]
    assert [mark for mark in kept if category(mark)[0] in "LNPS"] == seen
    assert "\n" not in line(text) and line(text) == line(line(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (FROM_HWP, KEPT), ("첫 줄\v둘째 줄", "첫 줄\n둘째 줄"), ("a\r\nb\rc\u2028d", "a\nb\nc\nd"), ("어린이\u200b보호구역", "어린이보호구역"),
        ("\u3164", " "), ("표\t칸", "표\t칸"), ("가족 👨\u200d👩\u200d👧", "가족 👨\u200d👩\u200d👧"), ("가\u200d나", "가나"), ("\u202egpj.exe", "gpj.exe"),
    ],
)  # fmt: skip
def test_who_pastes_gets_the_text(text, kept):
    assert cleaned(text) == kept


def test_a_password_stays_as_it_is():
    request = RequestFactory().post(
        "/", {"password1": "비밀\u200b번호\x07", "note": "글\x07", "many": ["a\v", "b"]}
    )
    Typed(lambda request: None).process_view(request)
    assert request.POST.dict() | {"many": request.POST.getlist("many")} == {
        "password1": "비밀\u200b번호\x07", "note": "글", "many": ["a\n", "b"]
    }  # fmt: skip


@pytest.mark.django_db
def test_what_is_pasted_into_pages_is_kept_as_it_reads(applied, signed_in):
    client = signed_in("member")
    told = {"title": "시설\x00 개선\v예산\u200b", "question": FROM_HWP, "received_at": ""}
    sent = client.post(reverse("case_new_of", args=["data_request"]), told)
    assert sent.status_code == 302, sent.content.decode()
    filed = Case.objects.get()
    assert (filed.title, filed.question) == ("시설 개선 예산", KEPT)
    bring(applied, filed, "in_hand")
    officer = signed_in("officer")
    officer.post(
        reverse("case_keep", args=[filed.number]), {"a_answer": FROM_HWP, "edition": 0, "revision": 0}
    )
    assert Writing.objects.get().fields["a_answer"] == KEPT


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PASTED)
def test_a_program_is_refused_or_its_text_is_kept_clean(applied, program, text):
    client = _program(program)
    told = {"type": "data_request", "title": "시설 개선", "question": text}
    sent = client.send("/cases", told)
    assert sent.status_code in (201, 400, 422)  # half a character is no JSON
    if sent.status_code == 201:
        question = Case.objects.get(number=sent.json()["number"]).question
        assert question == cleaned(text).strip() and "\0" not in question


def _program(program, kept={}):  # noqa: B006 - one token for all examples
    if program not in kept:
        kept[program] = program("member")
    return kept[program]


@pytest.mark.django_db
def test_a_sheet_brings_the_text(applied, tmp_path: Path):
    book = Workbook()
    book.active.append(["연번", "구분", "요구사항", "소관부서", "추진상황"])
    book.active.append([1, "건의", "첫 줄_x000B_둘째\u200b 줄_x0007_", "총무과", "검토 중"])
    book.save(path := tmp_path / "a.xlsx")
    found = understand(
        government=applied.seoul, version=current_type(applied.seoul, "audit_finding"), path=path, kind="xlsx",
        received_on=timezone.localdate(),
    )  # fmt: skip
    assert [row.question for row in found.rows] == ["첫 줄\n둘째 줄"] and not found.refusals


def test_a_body_s_names_stay_and_its_texts_are_cleaned():
    request = RequestFactory().post(
        "/", b'{"a": ["x\\u200b", {"b": "y\\r\\n"}], "c": "z\\u0000"}', content_type="application/json"
    )
    assert JsonOnly().parse_body(request) == {
        "a": ["x", {"b": "y\n"}],
        "c": "z\0",
    }  # the last is refused by its shape
