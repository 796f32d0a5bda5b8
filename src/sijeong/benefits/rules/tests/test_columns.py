"""Bad input is named by column and row, and refused or counted as unknown as declared: never a silent
zero."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.benefits.rules import kernel
from sijeong.benefits.rules.columns import BadPopulation, prepare
from sijeong.benefits.rules.inputs import BadAnswer, completed

ON = dt.date(2024, 6, 3)
ROWS = 4


@pytest.fixture
def officers(rulebook):
    return rulebook.only(["officer_medical"])


def table(**changes):
    good = {
        "city_official": pa.array([1, 1, 0, 1], pa.int8()),
        "abused_by_caller": pa.array([True, True, True, False]),
        "abuse_medical_cost": pa.array([50_000, 2_000_000, 70_000, 0], pa.int32()),
    }
    return pa.table({name: column for name, column in (good | changes).items() if column is not None})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": pa.array([1] * ROWS)}, "colour: 모르는 열입니다"),
        ({"city_official": None}, "city_official: 열이 없습니다"),
        (
            {"city_official": pa.array(["네"] * ROWS)},
            "city_official: 형이 다릅니다: string (허용: 예 또는 아니오)",
        ),
        ({"abuse_medical_cost": pa.array([1.5] * ROWS)}, "abuse_medical_cost: 형이 다릅니다: double"),
        ({"abuse_medical_cost": pa.array([0, 0, -1, 0])}, "abuse_medical_cost 3행: -1은(는) 범위 밖입니다"),
        ({"city_official": pa.array([0, 2, 0, 0])}, "city_official 2행: 2은(는) 범위 밖입니다"),
        ({"city_official": pa.array([1, None, 0, 1], pa.int8())}, "city_official 2행: 빈칸입니다"),
    ],
)
def test_a_bad_table_is_refused_with_its_row(officers, changes, message):
    with pytest.raises(BadPopulation) as caught:
        prepare(table(**changes), officers)
    assert str(caught.value).startswith(message)


def test_the_row_is_counted_through_the_whole_file(officers):
    with pytest.raises(BadPopulation, match=r"city_official 1,002행"):
        prepare(table(city_official=pa.array([0, 2, 0, 0])), officers, first_row=1_001)


def test_an_empty_cell_that_may_be_is_unknown_not_nought(rulebook, officers):
    cost = pa.array([50_000, None, None, None], pa.int32())
    hits = kernel.build(officers).run(prepare(table(abuse_medical_cost=cost), officers), ON)[
        "officer_medical"
    ]
    assert hits.dense(ROWS).tolist() == [50_000, -2, -1, -1]  # no is no, whatever the cost


@pytest.fixture
def care(rulebook):
    return rulebook.only(["first_child_care"])


def household(household_id, **changes):
    columns = {
        "resident": [1, 1], "female": [1, 0], "gave_birth": [1, 0], "birth_order": [2, 0],
        "days_since_birth": [5, 0],
        "elder_child_age": [3, 0], "care_gap": [1, 0], "care_own_share": [900_000, 0],
        "income": [3_000_000, 3_000_000], **changes,
    }  # fmt: skip
    return pa.table(
        {"household_id": household_id, **{name: pa.array(column) for name, column in columns.items()}}
    )


def test_a_person_in_no_household_is_refused_with_the_row(care):
    with pytest.raises(BadPopulation, match="household_id 2행: 가구이\\(가\\) 없는 사람입니다"):
        prepare(household(pa.array([1, None])), care)
    with pytest.raises(BadPopulation, match="household_id 2행: 가구 번호가 음수입니다"):
        prepare(household(pa.array([1, -1])), care)


def test_households_out_of_order_are_refused(care):
    with pytest.raises(BadPopulation, match="household_id 2행: 가구 번호의 순서로 놓여 있지 않습니다"):
        prepare(household(pa.array([2, 1])), care)


def test_a_member_of_unknown_income_makes_the_household_unknown(care):
    engine = kernel.build(care)
    for income, code in (([3_000_000, 3_000_000], 450_000), ([3_000_000, 2_500_000], 900_000),
                         ([9_000_000, 3_000_000], 450_000), ([3_000_000, None], -2)):  # fmt: skip
        columns = prepare(household(pa.array([7, 7]), income=pa.array(income, pa.int32())), care)
        assert engine.run(columns, ON)["first_child_care"].dense(2).tolist() == [code, -1]


def test_choices_may_be_words(rulebook):
    dental = rulebook.only(["defector_dental"])
    people = pa.table({
        "resident": [True, True], "defector": [True, True], "welfare": ["생계급여", "해당 없음"],
        "dental_cost": [1_000_000, 1_000_000],
    })  # fmt: skip
    assert prepare(people, dental)["welfare"].tolist() == [1, 0]
    place = people.schema.get_field_index("welfare")
    wrong = people.set_column(place, "welfare", pa.array(["생계급여", "부자"]))
    with pytest.raises(BadPopulation, match="welfare 2행: '부자'은\\(는\\) 고를 수 없습니다"):
        prepare(wrong, dental)


def test_a_good_column_is_not_copied(officers):
    source = pa.table({
        "city_official": pa.array(np.ones(9, np.int8)), "abused_by_caller": pa.array(np.ones(9, np.int8)),
        "abuse_medical_cost": pa.array(np.ones(9, np.int32)),
    })  # fmt: skip
    columns = prepare(source, officers)
    for name in source.column_names:
        assert np.shares_memory(columns[name], source.column(name).chunk(0).to_numpy())


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"colour": 1}, "colour: 선언되지 않은 입력입니다"),
        ({"age": 121}, "age: 121은(는) 범위 밖입니다 (허용: 0~120세)"),
        ({"age": "30"}, "age: '30'은(는) 쓸 수 없습니다"),
        ({"age": True}, "age: True은(는) 쓸 수 없습니다"),
        ({"resident": 1}, "resident: 1은(는) 쓸 수 없습니다 (허용: 예 또는 아니오)"),
        ({"welfare": "부자"}, "welfare: '부자'은(는) 고를 수 없습니다 (허용: 해당 없음, 생계급여, 차상위)"),
        ({"age": dt.date(2024, 6, 4)}, "age: 2024-06-04은(는) 기준일 2024-06-03보다 뒤입니다"),
    ],
)
def test_a_bad_answer_is_named_with_what_is_allowed(rulebook, answers, message):
    with pytest.raises(BadAnswer) as caught:
        rulebook.inputs.accept(answers, ON)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("unit", "start", "on", "count"),
    [
        ("years", "1994-06-03", "2024-06-03", 30),
        ("years", "1994-06-04", "2024-06-03", 29),
        ("years", "2004-02-29", "2023-02-28", 18),
        ("years", "2004-02-29", "2023-03-01", 19),
        ("years", "2004-02-29", "2024-02-29", 20),
        ("months", "2024-03-03", "2024-06-03", 3),
        ("months", "2024-03-04", "2024-06-03", 2),
        ("months", "2023-12-31", "2024-02-29", 1),
        ("days", "2024-06-03", "2024-06-03", 0),
        ("calendar_years", "2023-12-31", "2024-01-01", 1),
    ],
)
def test_ages_and_durations_are_counted_in_completed_units(unit, start, on, count):
    assert completed(unit, dt.date.fromisoformat(start), dt.date.fromisoformat(on)) == count


@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)))
def test_an_age_never_falls_and_rises_by_one_a_year(born, on):
    if born > on:
        born, on = on, born
    age = completed("years", born, on)
    assert 0 <= completed("years", born, on + dt.timedelta(days=1)) - age <= 1
    assert completed("months", born, on) // 12 == age
