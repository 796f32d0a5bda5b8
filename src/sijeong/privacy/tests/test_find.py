"""What is found, what is declared to be none, and what is honestly not found."""

import time

import pytest

from sijeong.privacy import Certainty, Kind, Rules, find
from sijeong.privacy.planted import corpus
from sijeong.privacy.study import PAGE, figures, found, page

K = Kind


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("신청인(900101-1234567)", K.RESIDENT_NUMBER, "900101-1234567"),
        ("주민등록번호 2110051234567", K.RESIDENT_NUMBER, "2110051234567"),
        ("외국인등록번호 900101-5234567", K.FOREIGNER_NUMBER, "900101-5234567"),
        ("연락처 010.1234.5678", K.PHONE, "010.1234.5678"),
        ("연락처 (02) 345-6789", K.PHONE, "(02) 345-6789"),
        ("02)2133-1234", K.PHONE, "02)2133-1234"),
        ("+82 10-1234-5678", K.PHONE, "+82 10-1234-5678"),
        ("０１０－１２３４－５６７８", K.PHONE, "０１０－１２３４－５６７８"),
        ("010-\n1234-5678로", K.PHONE, "010-\n1234-5678"),
        ("순번\t연락처\n1\t1012345678\n", K.PHONE, "1012345678"),
        ("안심번호 0507-1234-5678", K.PHONE, "0507-1234-5678"),
        ("전화 345-6789", K.PHONE, "345-6789"),
        ("gildong (at) example.com", K.EMAIL, "gildong (at) example.com"),
        ("신한은행 110-123-456789", K.ACCOUNT, "110-123-456789"),
        ("농협 301-1234-5678-\n91", K.ACCOUNT, "301-1234-5678-\n91"),
        ("단속 차량 12가3456", K.PLATE, "12가3456"),
        ("서울12가3456", K.PLATE, "서울12가3456"),
        ("123가 4567", K.PLATE, "123가 4567"),
        ("여권 M12345678", K.PASSPORT, "M12345678"),
        ("11-12-345678-90", K.DRIVING_LICENCE, "11-12-345678-90"),
        ("4111 1111 1111 1111", K.CARD, "4111 1111 1111 1111"),
        ("서울특별시 중구 가람로 110, 101동 1203호", K.ADDRESS, "서울특별시 중구 가람로 110, 101동 1203호"),
        ("성명: 김가온", K.NAME, "김가온"),
        ("생년월일 1990. 1. 1.", K.BIRTH_DATE, "1990. 1. 1"),
        ("붙임_홍길동_900101-1234567.pdf", K.RESIDENT_NUMBER, "900101-1234567"),
    ],
)
def test_it_is_found(text, kind, told):
    assert [(f.kind, f.text) for f in find(text)] == [(kind, told)]
    assert all(f.why and text[f.start : f.end] == f.text for f in find(text))


@pytest.mark.parametrize(
    "text",
    [
        "기획담당관-1250(2021. 3. 2.)", "제2021-123456호", "다산콜센터 02-120", "대표번호 1577-1234", "080-123-4567", "법인등록번호 110111-1234567",
        "사업자등록번호 123-45-67890", "예산 1,234,567,890원", "12조 3456억 원", "임대주택 12동 345호 공급", "서소문청사 2동 301호 회의실",
        "조례 제12조 3456자", "2021-03-12", "991301-1234567", "농협은행 금고 평균잔액 1,234,567,890원", "순번\t직급\t성명\t주요 업무",
        "010-****-5678", "******-*******", "홍길동 의원이 말하였다",
        "과목\t금액\n시설비\t1012345678", "연락처 관리비\t금액(원)이며 그 합은 1012345678원",
    ],
)  # fmt: skip
def test_it_is_none(text):
    assert find(text) == []


def test_certainty_follows_what_proves_it():
    assert find("800101-1000008")[0].certainty is Certainty.CERTAIN  # the check digit fits
    assert find("900101-1234567")[0].certainty is Certainty.LIKELY  # none fits, and since 2020 none need fit
    assert find("kim@seoul.go.kr")[0].certainty is Certainty.POSSIBLE


def test_a_city_declares_its_offices():
    rules = Rules(("02-2133-",), frozenset({"office@seoul.go.kr"}), frozenset({"김가온"}))
    assert find("문의 02-2133-1234, office@seoul.go.kr, 성명: 김가온", rules) == []
    assert len(find("문의 02-2134-1234, other@seoul.go.kr, 성명: 김나래", rules)) == 3


def test_the_planted_is_found_and_the_plain_is_left_alone():
    texts, hits = figures(corpus(7, 40))
    missed = {key: texts[key] - hits[key] for key in texts if key[0] and hits[key] < 0.98 * texts[key]}
    alarms = {key: hits[key] for key in texts if not key[0] and hits[key] > 0.02 * texts[key]}
    assert (missed, alarms) == ({}, {})


def test_the_page_of_figures_is_true():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_what_was_planted_amid_other_text_is_found_there_too():
    for one in corpus(3, 2):
        if one.kind:
            moved = type(one)(
                f"□ 앞글 12\n{one.text}\n○ 뒷글", one.kind, (one.span[0] + 8, one.span[1] + 8), one.shape
            )
            assert found(moved) == found(one), moved


@pytest.mark.parametrize(
    "bit",
    ["1 ", "가로 ", "a@", "0-", "1", "010-", "주소 가로 1, ", "은행 123-", "서울특별시 중구 ", "101동 "],
)
def test_time_grows_with_the_text(bit):
    began = time.process_time()
    find(bit * (60_000 // len(bit)))
    assert time.process_time() - began < 2
