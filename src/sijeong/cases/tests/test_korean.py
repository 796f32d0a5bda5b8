"""Particles follow the sound of the word before them."""

import datetime as dt

import pytest

from sijeong.cases.korean import day, settled


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("소관 부처을(를) 적어야", "소관 부처를 적어야"),
        ("‘접수’ 상태에서는 결재을(를)", "‘접수’ 상태에서는 결재를"),
        ("총무과은(는) 폐지", "총무과는 폐지"),
        ("기획담당관은(는) 이미", "기획담당관은 이미"),
        ("‘총무가’은(는) 없음", "‘총무가’는 없음"),
        ("자료요구-2026-00001은(는)", "자료요구-2026-00001은"),
        ("서울(으)로 넘김", "서울로 넘김"),
        ("인사과(으)로", "인사과로"),
        ("건설본부장(으)로", "건설본부장으로"),
        ("항목 plan이(가)", "항목 plan이"),
    ],
)
def test_the_right_particle_is_chosen(written, read):
    assert settled(written) == read


@pytest.mark.parametrize("written", ["2026-11-21", dt.date(2026, 11, 21)])
def test_a_day_is_written_as_offices_do(written):
    assert day(written) == "2026. 11. 21.(토)"
