"""A run told as data: repeated to the same figure, with shares, budgets and a reform."""

import datetime as dt
import json

import pytest

from sijeong.benefits.rules import population, runs
from sijeong.benefits.rules.limits import Interval, spent_by
from sijeong.benefits.rules.tally import Tally
from sijeong.benefits.rules.tests.conftest import SEOUL

pytestmark = pytest.mark.xdist_group("kernel")
REQUEST = {"year": 2024, "benefits": ["defector_dental"], "population": {"people": 200_000, "seed": 5}}


@pytest.fixture(scope="module")
def given():
    return population.assumptions(SEOUL.parent / "population.yaml")


@pytest.fixture(scope="module")
def people(rulebook, given, tmp_path_factory):
    return runs.synthetic(tmp_path_factory.mktemp("p"), rulebook, given, **REQUEST["population"])


@pytest.fixture(scope="module")
def dental(rulebook, people):
    return runs.run(rulebook, REQUEST | {"against": "2023-12-31"}, people)


def test_the_reform_of_2024_helps_the_poor_and_costs_the_others(dental):
    told = dental.result["reform"]["defector_dental"]
    welfare = told["groups"]["welfare"]
    assert set(welfare) <= {"0", "1", "2"}
    assert all(welfare[key][0] == 0 for key in welfare if key == "0")
    assert all(welfare[key][1] == 0 for key in welfare if key != "0")
    assert told["cost"] == told["after"] - told["before"] == told["gained"] - told["lost"]
    assert told["winners"] + told["losers"] > 0


def test_it_is_repeated_to_the_same_figure_and_digest(rulebook, given, dental, tmp_path):
    again = runs.synthetic(tmp_path, rulebook, given, **REQUEST["population"])
    kept = runs.Run(json.loads(json.dumps(dental.result)), dental.digests)
    second = runs.run(rulebook, REQUEST | {"against": "2023-12-31"}, again)
    assert list(runs.differences(kept, second)) == []
    other = runs.run(rulebook, REQUEST, again)
    assert any(line.startswith("/reform") for line in runs.differences(kept, other))


def test_observed_shares_scale_persons_and_won_with_their_interval(rulebook, people):
    told = runs.run(rulebook, REQUEST | {"take_up": {"defector_dental": [50, 100]}}, people)
    one = told.result["benefits"]["defector_dental"]
    low, middle, high = one["persons"]
    assert middle == one["recipients"] // 2 and low <= middle <= high <= one["recipients"]
    assert one["spent"][1] == one["won"] // 2 and one["take_up"] == [4038, 5000, 5962]


def test_a_budget_runs_out_on_the_day_it_is_spent(rulebook, people):
    tally = Tally()
    tally.by_day[1:11, 1] = 10
    assert spent_by(tally, 100, 2024, 1.0) is None
    assert spent_by(tally, 99, 2024, 1.0) == dt.date(2024, 1, 10)
    assert spent_by(tally, 45, 2024, 0.5) == dt.date(2024, 1, 10)
    told = runs.run(rulebook, REQUEST | {"budget": {"defector_dental": 1}}, people)
    assert told.result["benefits"]["defector_dental"]["budget_days"][1].startswith("2024-01")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"benefits": ["nothing"]}, "없는 지원"),
        ({"changes": {"defector_dental.nothing": 1}}, "없는 매개변수"),
        ({"against": "2019-01-01"}, "시행하지 않은 지원"),
        ({"take_up": {"defector_dental": [3, 2]}}, "대상자 2명"),
    ],
)
def test_a_request_that_cannot_be_run_says_why(rulebook, people, wrong, why):
    with pytest.raises(runs.BadRequest, match=why):
        runs.run(rulebook, REQUEST | wrong, people)


def test_interval_floors_are_whole():
    assert Interval(0.1, 0.5, 0.9).times(10).floors() == [1, 5, 9]
