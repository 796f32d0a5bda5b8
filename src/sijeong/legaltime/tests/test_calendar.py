import datetime as dt
import re

import pytest

from sijeong.legaltime import Calendar, LegalTimeError, Override, almanac, drawing
from sijeong.legaltime.tests.almanac import DAYS, NAMES

PROCLAIMED = Override(dt.date(2027, 5, 14), "임시공휴일", "국무회의 의결", dt.date(2027, 5, 3))


@pytest.fixture(scope="module")
def seoul(pytestconfig):
    return Calendar.from_folder(pytestconfig.rootpath / "cities" / "seoul")


def test_the_almanac_of_the_tests_has_its_191_days():
    assert len(NAMES) == 191


def test_the_almanac_beside_us_is_the_packages_own():
    assert drawing.drawn() == almanac.PAGE.read_text("utf-8")


@pytest.mark.parametrize("which", ["korea", "seoul"])
def test_every_day_of_ten_years_is_as_the_almanac_says(which, seoul):
    calendar = Calendar.korea() if which == "korea" else seoul
    for day in DAYS:
        assert (calendar.name(day) is not None) == (day in NAMES), day
        assert calendar.is_off(day) == (day.strftime("%a") in {"Sat", "Sun"} or day in NAMES), day


def test_holidays_are_called_what_the_regulation_calls_them(seoul):
    assert {day: seoul.name(day) for day, name in NAMES.items() if name} == {
        day: name for day, name in NAMES.items() if name
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2020-08-17", "임시공휴일"),
        ("2022-03-09", "제20대 대통령선거"),
        ("2024-10-01", "임시공휴일(국군의 날)"),
        ("2025-06-03", "임시공휴일(제21대 대통령선거)"),
    ],
)
def test_one_off_days_have_a_name_of_their_own(seoul, day, name):
    assert seoul.name(dt.date.fromisoformat(day)) == name


@pytest.mark.parametrize(("year", "off"), [(2024, False), (2025, False), (2026, True)])
def test_labour_day_closes_offices_only_from_2026(year, off):
    assert Calendar.korea().is_off(dt.date(year, 5, 1)) is off


def test_a_saturday_is_off_and_has_no_name():
    saturday = dt.date(2024, 9, 14)
    assert Calendar.korea().is_off(saturday)
    assert Calendar.korea().name(saturday) is None


def test_a_proclaimed_day_is_added_and_another_taken_away():
    calendar = Calendar.korea(overrides=[PROCLAIMED, Override(dt.date(2027, 5, 13), None, "착오")])

    assert calendar.name(dt.date(2027, 5, 14)) == "임시공휴일"
    assert not calendar.is_off(dt.date(2027, 5, 13))


def test_the_proclamations_that_made_a_calendar_can_be_cited(seoul):
    armed_forces_day = next(o for o in seoul.overrides if o.day == dt.date(2024, 10, 1))
    assert armed_forces_day.basis == "국무회의 의결"
    assert armed_forces_day.proclaimed_on == dt.date(2024, 9, 3)


@pytest.mark.parametrize("day", [dt.date(2007, 12, 31), dt.date(2101, 1, 1)])
def test_of_days_beyond_its_years_the_calendar_says_nothing(day):
    calendar = Calendar.korea()
    for ask in (calendar.name, calendar.is_off):
        with pytest.raises(LegalTimeError, match=f"{day}: 달력은 2008-01-01부터 2100-12-31까지만"):
            ask(day)


def test_a_saturday_stays_off_when_its_holiday_is_taken_away():
    assert Calendar.korea(overrides=[Override(dt.date(2027, 7, 17), None, "착오")]).is_off(
        dt.date(2027, 7, 17)
    )


def test_the_version_follows_what_the_calendar_says_and_nothing_else():
    version = Calendar.korea().version
    changed = [
        Calendar.korea(overrides=[PROCLAIMED]),
        Calendar.korea(overrides=[Override(dt.date(2027, 5, 5), "다른 이름", "시험")]),
        Calendar.korea(last_known=2028),
        Calendar.korea(years=range(2018, 2031)),
    ]

    assert Calendar.korea().version == version
    assert Calendar.korea(overrides=[Override(dt.date(2027, 5, 5), "어린이날", "그대로")]).version == version
    assert len({calendar.version for calendar in changed} | {version}) == len(changed) + 1


@pytest.mark.parametrize("years", [range(0), range(1990, 2030), range(2018, 2200), range(2018, 2030, 2)])
def test_years_outside_what_is_known_are_refused(years):
    with pytest.raises(LegalTimeError, match="2008년부터 2100년까지"):
        Calendar.korea(years=years)


def test_an_override_outside_the_years_is_refused():
    with pytest.raises(LegalTimeError, match=r"2204-10-01 임시공휴일: .*2008–2100년 밖"):
        Calendar.korea(overrides=[Override(dt.date(2204, 10, 1), "임시공휴일", "오타")])


def test_a_folder_without_proclamations_has_the_calendar_of_korea(tmp_path):
    assert Calendar.from_folder(tmp_path).version == Calendar.korea().version


@pytest.mark.parametrize("text", ["", "# 아직 없음\n", "days:\n", "days: []\n"])
def test_an_empty_file_proclaims_nothing(tmp_path, text):
    (tmp_path / "holidays.yaml").write_text(text, encoding="utf-8")
    assert Calendar.from_folder(tmp_path).version == Calendar.korea().version


def test_a_folder_says_how_far_holidays_are_known(tmp_path):
    (tmp_path / "holidays.yaml").write_text("known_until: 2028\n", encoding="utf-8")
    assert Calendar.from_folder(tmp_path).last_known == 2028


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("days:\n- add: 2024-02-30\n  name: 하루\n  basis: 의결\n", 2, "'2024-02-30': 있는 날짜"),
        ("days:\n- add: 2024-10-01\n  basis: 의결\n", 2, "name"),
        ("days:\n- add: 2024-10-01\n  name: 하루\n", 2, "basis"),
        ("days:\n- add: 2024-10-01\n  name: ''\n  basis: 의결\n", 3, "빈칸"),
        ("days:\n- remove: 2024-10-01\n  name: 하루\n  basis: 의결\n", 3, "name은 add에만"),
        ("days:\n- name: 하루\n  basis: 의결\n", 2, "add와 remove"),
        ("days:\n- add: 2024-10-01\n  remove: 2024-10-01\n  basis: 의결\n", 2, "add와 remove"),
        (
            "days:\n- add: 2024-10-01\n  name: 하루\n  base: 의결\n",
            4,
            "'base': 쓸 수 있는 이름은 add, remove",
        ),
        ("days:\n- remove: 2024-10-01\n  remove: 2024-10-02\n  basis: 의결\n", 3, "각각 한 번"),
        (
            "days:\n- remove: 2024-10-01\n  basis: 의결\n- remove: 2024-10-01\n  basis: 의결\n",
            4,
            "2024-10-01: 두 번",
        ),
        ("days: 하루\n", 1, "목록"),
        ("days:\n- 2024-10-01\n", 2, "이름: 값"),
        ("- 2024-10-01\n", 1, "known_until, days"),
        ("known_until: 이천이십칠\n", 1, "'이천이십칠': 해를 2027처럼"),
        ("known_until: [2027]\n", 1, "글이어야"),
        ("days:\n- add: [\n", 3, "YAML"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_with_its_line(tmp_path, text, line, what):
    path = tmp_path / "holidays.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LegalTimeError, match=re.escape(f"{path}:{line}: ") + ".*" + re.escape(what)):
        Calendar.from_folder(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "holidays.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LegalTimeError, match=r"holidays\.yaml:1: YAML"):
        Calendar.from_folder(tmp_path)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    (tmp_path / "holidays.yaml").mkdir()
    with pytest.raises(LegalTimeError, match=r"holidays\.yaml: 열 수 없습니다"):
        Calendar.from_folder(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(LegalTimeError, match="부산: 도시 폴더가 없습니다"):
        Calendar.from_folder(tmp_path / "부산")
