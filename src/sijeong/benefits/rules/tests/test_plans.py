"""Planned volumes beside simulated ones: scaled from a sample, with an interval, and a remark that does not flatter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.benefits.rules.limits import Interval
from sijeong.benefits.rules.plans import plan_for, planned_beside
from sijeong.benefits.rules.simulate import Simulation
from sijeong.benefits.rules.tally import Tally

ALL, HALF = Interval(1.0, 1.0, 1.0), Interval(0.4, 0.5, 0.6)
CITY = 9_384_739


def beside(rulebook, name, counted, *, year=2024, people=CITY, share=ALL, whole=CITY):
    found = Simulation(year, people, {name: Tally(recipients=counted)}, {}, {})
    return planned_beside(rulebook, found, {name: share}, whole)


@pytest.mark.parametrize(
    ("name", "year", "volume"),
    [
        ("infertility_treatment", 2023, 41_000), ("egg_freezing", 2023, 300), ("egg_freezing", 2024, 1_000),
        ("egg_freezing", 2027, 1_000), ("tubal_reversal", 2025, 100), ("prenatal_tests", 2024, 15_173),
        ("multiple_birth_insurance", 2026, 2_295), ("first_child_care", 2024, 1_650), ("defector_dental", 2024, 160),
        ("defector_checkup", 2024, 200), ("health_watch", 2021, 50_000),
        ("defector_dental", 2025, None), ("infertility_treatment", 2022, None), ("health_watch", 2022, None),
    ],
)  # fmt: skip
def test_the_plan_of_the_year_or_the_one_that_holds_every_year(rulebook, name, year, volume):
    plan = plan_for(rulebook[name], year)
    assert (plan and plan["volume"]) == volume


def test_a_sample_is_scaled_and_has_an_interval(rulebook):
    (one,) = beside(rulebook, "defector_dental", 35, people=1_000_000)
    assert one.sample and one.counted == 35 and one.expected == round(35 * CITY / 1_000_000)
    assert one.low == 236 and one.high == 457 and "2.0배로 많음" in one.remark
    (one,) = beside(rulebook, "defector_dental", 331)
    assert not one.sample and (one.low, one.expected, one.high) == (331, 331, 331)


def test_what_the_interval_holds_is_not_called_different(rulebook):
    (one,) = beside(rulebook, "defector_dental", 1, people=100_000)
    assert one.expected == 94 and "다르다고 할 수 없음" in one.remark


def test_the_remark_names_what_was_assumed(rulebook):
    def remark(*told, **more):
        return beside(rulebook, *told, **more)[0].remark

    assert "대상자 모두가 신청" in remark("defector_dental", 331)
    assert "대상자 모두" not in remark("defector_dental", 3_310, share=HALF)
    assert "건수인데 셈은 사람 수" in remark("infertility_treatment", 20_000, year=2023)
    assert "2023. 09. 01.에 시행하여" in remark("infertility_treatment", 20_000, year=2023)
    assert remark("tubal_reversal", 100) == "비슷함"


@given(counted=st.integers(0, 5_000), people=st.integers(5_000, CITY), share=st.sampled_from([ALL, HALF]))
def test_the_interval_holds_its_estimate(rulebook, counted, people, share):
    (one,) = beside(rulebook, "defector_dental", counted, people=people, share=share)
    assert 0 <= one.low <= one.expected <= one.high
    assert dt.date(one.plan_year, 1, 1).year == 2024
