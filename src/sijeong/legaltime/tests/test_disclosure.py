"""공공기관의 정보공개에 관한 법률 제29조, 제11조."""

import pytest

from sijeong.legaltime import Length


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2024-09-02", "2024-09-13"),
        ("2024-09-12", "2024-09-30"),
        ("2024-09-14", "2024-10-04"),  # a Saturday is no first day; 1 and 3 October are holidays
        ("2025-10-02", "2025-10-22"),
    ],
)
def test_29_ten_days_are_ten_open_days_the_first_included(last_day, start, last):
    assert last_day("disclosure", start, 10, "days") == last


def test_29_what_is_not_set_in_days_goes_by_the_civil_act(counted):
    term = counted("disclosure", "2024-09-12", 1, "months")
    assert term.article == "공공기관의 정보공개에 관한 법률 제29조 제1항"
    assert term.last_day == counted("civil", "2024-09-12", 1, "months").last_day


def test_11_the_extension_runs_from_the_day_after_the_first_period_ends(counted, korea):
    term = counted("disclosure", "2024-09-12", 10, "days")
    longer = term.extended(Length(10, "days"), reason="제3자 의견 청취", calendar=korea)

    assert (str(term.last_day), str(longer.last_day)) == ("2024-09-30", "2024-10-17")
    assert longer.last_day == counted("disclosure", "2024-09-12", 20, "days").last_day


def test_runs_of_skipped_days_are_one_step_each(counted):
    steps = counted("disclosure", "2024-09-12", 10, "days").steps
    assert [step.text for step in steps if step.kind == "skipped"] == [
        "주말 9.14.–15. 제외",
        "추석 연휴 9.16.–18. 제외",
        "주말 9.21.–22. 제외",
        "주말 9.28.–29. 제외",
    ]
    assert [step.text for step in steps if step.kind == "counted"][-1] == "9.30. 10일째"


def test_a_holiday_between_saturday_and_sunday_keeps_its_name(counted):
    steps = counted("disclosure", "2027-02-04", 3, "days").steps
    assert [step.text for step in steps if step.kind == "skipped"] == ["설 연휴 2.6.–9. 제외"]
    steps = counted("disclosure", "2024-06-05", 2, "days").steps
    assert [step.text for step in steps if step.kind == "skipped"] == ["현충일 6.6. 제외"]
    steps = counted("disclosure", "2019-05-10", 2, "days").steps
    assert [step.text for step in steps if step.kind == "skipped"] == [
        "토요일 5.11. 제외",
        "부처님 오신 날 5.12. 제외",
    ]
