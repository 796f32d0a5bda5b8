"""Costing a year: counts, months, quotas, reforms; streamed, reproducible, and equal to deciding one by
one."""

import datetime as dt
import tracemalloc

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.benefits.rules import population, simulate
from sijeong.benefits.rules.columns import BadPopulation
from sijeong.benefits.rules.decision import decide
from sijeong.benefits.rules.digests import file_digest
from sijeong.benefits.rules.groups import aggregate, scattered
from sijeong.benefits.rules.limits import Interval, first_come, pay_in_turn, run_out, take_up_rate
from sijeong.benefits.rules.reference import as_of
from sijeong.benefits.rules.results import write_reform, write_simulation
from sijeong.benefits.rules.tally import Tally
from sijeong.benefits.rules.tests.conftest import SEOUL

PEOPLE = 30_000


@pytest.fixture(scope="module")
def assumed():
    return population.assumptions(SEOUL.parent / "population.yaml")


@pytest.fixture(scope="module")
def file(tmp_path_factory, rulebook, assumed):
    path = tmp_path_factory.mktemp("population") / "people.parquet"
    population.write(path, rulebook.inputs, assumed, people=PEOPLE, seed=1)
    return path


def test_the_population_is_the_same_for_the_same_seed(rulebook, assumed, file, tmp_path):
    again, other = tmp_path / "again.parquet", tmp_path / "other.parquet"
    population.write(again, rulebook.inputs, assumed, people=PEOPLE, seed=1)
    population.write(other, rulebook.inputs, assumed, people=PEOPLE, seed=2)
    assert file_digest(again) == file_digest(file) != file_digest(other)


def test_the_population_follows_the_written_marginals(assumed, file):
    table = pq.read_table(file)
    assert table.num_rows == PEOPLE
    assert set(table.column("district").to_pylist()) == set(assumed.districts)
    weights = assumed.weights
    songpa = (np.asarray(table.column("district")) == 11710).sum()
    assert songpa == pytest.approx(PEOPLE * weights[11710] / sum(weights.values()), abs=1)
    _, sizes = np.unique(np.asarray(table.column("household_id")), return_counts=True)
    assert (sizes == 1).mean() == pytest.approx(assumed.text["household_sizes"]["shares"][1], abs=0.02)
    assert np.asarray(table.column("female")).mean() == pytest.approx(0.51, abs=0.02)
    births = np.asarray(table.column("gave_birth")).sum()
    assert births == pytest.approx(assumed.per_person("births") * PEOPLE, rel=0.35)


def test_every_assumption_has_a_basis(tmp_path):
    path = tmp_path / "population.yaml"
    path.write_text("births: {value: 3}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"population.yaml:1: 'births'에 근거"):
        population.assumptions(path)


def test_the_simulation_is_the_sum_of_the_persons(rulebook, file):
    """Each person decided in plain Python under the law of the day of application."""
    year = 2024
    table = pq.read_table(file)
    rows = table.to_pylist()
    households = {}
    for row in rows:
        households.setdefault(row["household_id"], []).append(row)
    expected = dict.fromkeys(rulebook.benefits, 0)
    for row in rows:
        if not (row["gave_birth"] or row["defector"] or row["egg_freezing_done"] or row["pregnancy_weeks"]):
            continue
        on = dt.date(year, 1, 1) + dt.timedelta(days=row["applied_day"] - 1)
        answers = _answers(rulebook, row, households[row["household_id"]])
        for name in (
            "postnatal_care",
            "first_child_care",
            "defector_dental",
            "egg_freezing",
            "pregnancy_transport",
        ):
            expected[name] += max(0, decide(rulebook[name], answers, on, rulebook.inputs).code)
    result = simulate.simulate(rulebook, file, year)
    for name in (
        "postnatal_care",
        "first_child_care",
        "defector_dental",
        "egg_freezing",
        "pregnancy_transport",
    ):
        assert result.tallies[name].amount == expected[name], name
    assert expected["postnatal_care"] > 0 and expected["first_child_care"] > 0


def _answers(rulebook, row, members):
    own = {n: d for n, d in rulebook.inputs.by_name.items() if not d.group}
    answers = {name: declared.decode(row[name]) for name, declared in own.items()}
    for name in ("household.size", "household.income"):
        answers[name] = aggregate(rulebook.inputs[name], members)
    return answers


def test_months_and_groups_add_up_to_the_total(rulebook, file, assumed):
    result = simulate.simulate(rulebook, file, 2024)
    assert result.people == PEOPLE
    for tally in result.tallies.values():
        months = tally.months(2024)
        assert sum(count for _, count, _ in months) == tally.recipients
        assert sum(won for _, _, won in months) == tally.amount
        for sums in tally.by_group.values():
            assert sum(won for _, won in sums.values()) == tally.amount
    care = {month: won for month, _, won in result.tallies["postnatal_care"].months(2024)}
    assert all(care[month] > 0 for month in range(1, 13))
    begun = simulate.simulate(rulebook, file, 2023).tallies["postnatal_care"].months(2023)
    assert [won > 0 for _, _, won in begun] == [False] * 8 + [True] * 4  # from September 2023


def test_small_batches_give_the_same_result(rulebook, file, monkeypatch):
    whole = simulate.simulate(rulebook, file, 2024)
    monkeypatch.setattr(simulate, "BATCH", 1_009)
    parts = simulate.simulate(rulebook, file, 2024)
    assert {n: (t.recipients, t.amount) for n, t in whole.tallies.items()} == {
        n: (t.recipients, t.amount) for n, t in parts.tallies.items()
    }


def _peak(rulebook, path):
    """The most bytes held while a year is costed: Arrow's own, and NumPy's as tracemalloc counts them."""
    arrow = []
    pa.default_memory_pool().release_unused()
    before = pa.total_allocated_bytes()
    tracemalloc.start()
    try:
        simulate.simulate(
            rulebook, path, 2024, progress=lambda rows: arrow.append(pa.total_allocated_bytes() - before)
        )
        return max(arrow) + tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_population_six_times_as_large_takes_no_more_memory(
    rulebook, compiled, file, tmp_path, monkeypatch
):
    """Larger than memory is streamed: what is held is a batch, however long the file."""
    monkeypatch.setattr(simulate, "BATCH", 1_500)
    told, parts = pq.read_table(file).slice(0, 10_000), []
    for shift in range(0, 6 * PEOPLE, PEOPLE):
        part = told
        for name in ("household_id", "couple_id"):
            moved = pa.compute.add(part.column(name), shift)
            part = part.set_column(part.schema.get_field_index(name), name, moved)
        parts.append(part)
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    pq.write_table(parts[0], small, row_group_size=3_000)
    pq.write_table(pa.concat_tables(parts), large, row_group_size=3_000)
    simulate.simulate(rulebook, small, 2024)  # what is compiled and imported once
    assert _peak(rulebook, large) < 1.25 * _peak(rulebook, small)


def test_the_dental_reform_of_2024_has_winners_and_losers(rulebook, file):
    before = rulebook.reformed(as_of(rulebook, "defector_dental", dt.date(2023, 12, 31)))
    result = simulate.reform(before.only(["defector_dental"]), rulebook.only(["defector_dental"]), file, 2024)
    difference = result.differences["defector_dental"]
    assert difference.cost == difference.gained - difference.lost
    assert difference.cost == result.reform.tallies["defector_dental"].amount - (
        result.baseline.tallies["defector_dental"].amount
    )
    by_welfare = difference.by_group["welfare"]
    assert all(lost == 0 for key, (_, lost, _) in by_welfare.items() if key)  # only the others can lose
    assert all(won == 0 for key, (won, _, _) in by_welfare.items() if not key)
    assert result.baseline.digests["rules"] != result.reform.digests["rules"]


def test_a_reform_that_changes_nothing_has_no_winners(rulebook, file):
    same = simulate.reform(rulebook, rulebook.reformed({"egg_freezing.cap": 2_000_000}), file, 2024)
    assert {(d.winners, d.losers, d.cost) for d in same.differences.values()} == {(0, 0, 0)}


def test_the_places_of_the_watch_run_out_on_a_day(rulebook):
    rule = rulebook["health_watch"]
    tally = Tally()
    tally.by_day[1:366, 0] = 1_000
    tally.by_day[1:366, 1] = 88_000_000
    quota = run_out(rule, tally, 2021, take_up=Interval(1.0, 1.0, 1.0))
    assert (quota.places, quota.granted, quota.day) == (50_000, 50_000, dt.date(2021, 2, 19))
    assert quota.amount == 4_400_000_000  # the 4.4 billion won of 2021
    slow = run_out(rule, tally, 2021, take_up=Interval(0.1, 0.1, 0.1))
    assert slow.day is None and slow.granted == 36_500
    spread = run_out(rule, tally, 2021)
    assert spread.day is None  # at 3 %; the declared range is 2-5 %


@given(
    days=st.lists(st.integers(1, 366), max_size=60),
    places=st.integers(0, 40),
    entitled=st.lists(st.booleans(), min_size=60, max_size=60),
)
def test_first_come_takes_the_earliest_and_never_more_than_there_are(days, places, entitled):
    who = np.array(entitled[: len(days)], dtype=bool)
    granted = first_come(np.array(days, dtype=np.int64), who, places)
    assert granted.sum() == min(places, who.sum())
    assert not (granted & ~who).any()
    left_out = [days[i] for i in range(len(days)) if who[i] and not granted[i]]
    taken = [days[i] for i in range(len(days)) if granted[i]]
    assert not (left_out and taken) or max(taken) <= min(left_out)


def test_a_take_up_rate_comes_with_its_interval():
    rate = take_up_rate(30, 100)
    assert (round(rate.low, 3), rate.estimate, round(rate.high, 3)) == (0.219, 0.3, 0.396)
    assert take_up_rate(0, 10).low == 0.0 and take_up_rate(10, 10).high == pytest.approx(1.0)
    assert rate.times(1000).estimate == 300
    with pytest.raises(ValueError, match="11명은 대상자 10명"):
        take_up_rate(11, 10)


def test_the_ceiling_of_a_year_is_shared_by_its_claims(rulebook):
    person = {"resident": True, "defector": True, "city_hospital": True, "welfare": "해당 없음",
              "illness_paid_this_year": 0}  # fmt: skip
    claims = [
        (dt.date(2024, 3, 1), {"illness_cost": 2_000_000}),
        (dt.date(2024, 9, 1), {"illness_cost": 2_000_000}),
        (dt.date(2024, 12, 31), {"illness_cost": 10_000}),
        (dt.date(2025, 1, 1), {"illness_cost": 2_000_000}),
    ]
    paid = [d.amount for d in pay_in_turn(rulebook["defector_illness"], person, claims, rulebook.inputs)]
    assert paid == [1_600_000, 400_000, 0, 1_600_000]


def test_a_benefit_given_once_in_a_life_is_given_once(rulebook):
    person = {"resident": True, "reversal_done": True, "female": True, "age": 40, "reversal_received": False,
              "reversal_own_share": 500_000}  # fmt: skip
    claims = [(dt.date(2024, 3, 1), {}), (dt.date(2025, 3, 1), {})]
    codes = [d.code for d in pay_in_turn(rulebook["tubal_reversal"], person, claims, rulebook.inputs)]
    assert codes == [500_000, -1]


@given(st.lists(st.integers(-1, 6), max_size=40))
def test_scattered_households_are_found(keys):
    array = np.array(keys, dtype=np.int64)
    seen, expected = -1, -1
    for row, key in enumerate(keys):
        if key >= 0 and key < seen:
            expected = row
            break
        seen = max(seen, key)
    assert scattered(array) == expected


def test_results_are_written_with_their_sources(rulebook, file, assumed, tmp_path):
    result = simulate.simulate(rulebook, file, 2024)
    write_simulation(tmp_path / "year.xlsx", rulebook, result, assumed)
    book = openpyxl.load_workbook(tmp_path / "year.xlsx")
    assert book.sheetnames == [
        "요약",
        "월별",
        "자치구",
        "나이",
        "성별",
        "형편",
        "계획과 비교",
        "가정",
        "출처",
    ]
    sources = {row[0].value: row[1].value for row in book["출처"]}
    assert sources["인구 파일 SHA-256"] == file_digest(file) and "합성" in sources["주의"]
    amounts = {row[0].value: row[3].value for row in book["요약"]}
    assert amounts["산모 산후조리경비 지원"] == result.tallies["postnatal_care"].amount
    reform = simulate.reform(rulebook, rulebook.reformed({"egg_freezing.cap": 1_000_000}), file, 2024)
    write_reform(tmp_path / "reform.xlsx", rulebook, reform, assumed)
    assert openpyxl.load_workbook(tmp_path / "reform.xlsx")["요약"].max_row == 16


def test_a_file_that_is_no_population_is_refused(rulebook, tmp_path):
    path = tmp_path / "text.parquet"
    path.write_text("not parquet")
    with pytest.raises(BadPopulation, match="Parquet 파일로 읽을 수 없습니다"):
        simulate.simulate(rulebook, path, 2024)


def test_a_day_outside_the_year_is_named(rulebook, file, tmp_path):
    table = pq.read_table(file).slice(0, 100)
    days = [*([5] * 41), 400, *([5] * 58)]
    place = table.schema.get_field_index("applied_day")
    bad = table.set_column(place, "applied_day", pa.array(days))
    pq.write_table(bad, tmp_path / "bad.parquet")
    with pytest.raises(BadPopulation, match=r"applied_day 42행: 1~366"):
        simulate.simulate(rulebook, tmp_path / "bad.parquet", 2024)
