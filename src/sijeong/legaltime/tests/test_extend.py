import pytest

from sijeong.legaltime import LegalTimeError, Length

DATA_REQUEST = ("civil", "2024-09-12", 10, "days")


def test_a_data_request_of_ten_days_is_extended_by_ten(counted, korea):
    term = counted(*DATA_REQUEST).extended(Length(10, "days"), reason="자료가 많음", calendar=korea)

    assert str(term.last_day) == "2024-10-04"  # from 24 September; 3 October is 개천절
    assert [(str(e.length), e.reason) for e in term.extensions] == [("10일", "자료가 많음")]
    assert [step.text for step in term.steps][4:] == [
        "2024.9.23.(월)까지",
        "만료 다음 날 9.24.(화)부터 10일 연장 (사유: 자료가 많음)",
        "9.24.–10.3. 1–10일째",
        "말일 10.3.(목)은 쉬는 날(개천절)이라 10.4.(금)로 넘김 (민법 제161조)",
        "2024.10.4.(금)까지",
    ]


def test_the_term_extended_is_another_and_the_first_stays(counted, korea):
    term = counted(*DATA_REQUEST)
    term.extended(Length(10, "days"), reason="자료가 많음", calendar=korea)
    assert term == counted(*DATA_REQUEST)


@pytest.mark.parametrize(
    ("rule", "start", "base", "extension", "last"),
    [
        (
            "civil",
            "2024-01-30",
            (1, "months"),
            (1, "months"),
            "2024-04-01",
        ),  # March, from its first day on; 31st a Sunday
        ("civil", "2024-09-12", (10, "days"), (2, "weeks"), "2024-10-07"),
        (
            "petition",
            "2024-09-02",
            (14, "days"),
            (3, "days"),
            "2024-09-27",
        ),  # in days: the base has more than five
        ("petition", "2024-09-02", (1, "months"), (10, "days"), "2024-10-18"),
        (
            "petition",
            "2024-09-02",
            (10, "days"),
            (1, "months"),
            "2024-10-14",
        ),  # from the 14th to Sunday 13 October
        ("burden", "2024-09-12", (3, "days"), (7, "days"), "2024-09-21"),
    ],
)
def test_an_extension_goes_on_from_the_day_after(*, counted, korea, rule, start, base, extension, last):
    term = counted(rule, start, *base).extended(Length(*extension), reason="", calendar=korea)
    assert str(term.last_day) == last


def test_hours_go_on_from_the_moment(counted, korea):
    petition = counted("petition", "2024-09-12T14:30", 3, "days")
    assert str(petition.last_moment)[:16] == "2024-09-20 14:30"
    longer = petition.extended(Length(1, "days"), reason="", calendar=korea)
    assert str(longer.last_moment)[:16] == "2024-09-23 14:30"
    longer = longer.extended(Length(4, "hours"), reason="", calendar=korea)
    assert str(longer.last_moment)[:16] == "2024-09-24 09:30"
    notice = counted("civil", "2024-09-12T14:30", 48, "hours")
    assert (
        str(notice.extended(Length(24, "hours"), reason="", calendar=korea).last_moment)[:16]
        == "2024-09-15 14:30"
    )


def test_hours_that_ended_with_a_day_go_on_from_its_24_o_clock(counted, korea):
    term = counted("civil", "2024-09-12T00:00", 48, "hours").extended(
        Length(1, "hours"), reason="", calendar=korea
    )
    assert [step.text for step in term.steps][3:] == [
        "2024.9.13.(금) 24:00까지",
        "9.13.(금) 24:00부터 1시간 연장",
        "9.14. 1시간",
        "2024.9.14.(토) 01:00까지",
    ]


@pytest.mark.parametrize(
    ("rule", "start", "base", "extension", "allowed"),
    [
        ("petition", "2024-09-12T14:30", (3, "days"), (1, "weeks"), "hours, days 단위로만"),
        ("civil", "2024-09-12T14:30", (48, "hours"), (1, "days"), "hours 단위로만"),
        ("disclosure", "2024-09-12", (10, "days"), (5, "hours"), "days, weeks, months, years 단위로만"),
    ],
)
def test_hours_and_days_are_not_mixed(*, counted, korea, rule, start, base, extension, allowed):
    term = counted(rule, start, *base)
    with pytest.raises(LegalTimeError, match=f"연장 {Length(*extension)}: {Length(*base)} 기간은 {allowed}"):
        term.extended(Length(*extension), reason="", calendar=korea)


def test_an_extension_against_the_person_goes_by_the_civil_act(counted, korea):
    term = counted("burden", "2024-09-12", 10, "days", against=True)
    assert str(term.extended(Length(10, "days"), reason="", calendar=korea).last_day) == "2024-10-04"
