"""What cannot hold together is named by its smallest conflict, and nothing is assigned."""

import itertools
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving import engine
from sijeong.allocation.solving.conflict import smallest_conflict
from sijeong.allocation.solving.definition import parse
from sijeong.allocation.solving.districts import NOWHERE

CITY = Path(__file__).parents[4] / "cities" / "seoul"


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.sets(st.integers(0, n - 1), min_size=1), max_size=4)))
def test_the_conflict_is_the_smallest_of_all(conflicts):
    count = 6

    def holds(chosen):
        return not any(conflict <= set(chosen) for conflict in conflicts)

    found = smallest_conflict(count, holds)
    every = (
        c for size in range(count + 1) for c in itertools.combinations(range(count), size) if not holds(c)
    )
    assert len(found) == len(next(every, ()))
    assert not found or not holds(found)


def test_forty_dialysis_patients_do_not_fit_38_beds_and_nothing_is_assigned():
    text = (CITY / "allocations" / "beds.yaml").read_text(encoding="utf-8")
    found = parse(
        text.replace("tie: received", "must_serve: [중증]\ntie: received").replace(
            "districts: seoul", "reach: 9"
        ),
        "beds.yaml",
    )
    columns = {"접수번호": "id", "접수시각": "received", "중증도": "class", "자치구": "place", "필요": "need"}
    patients = [list(columns)] + [[f"B{k}", str(k), "중증", "", "투석"] for k in range(40)]
    beds = [
        ["기관번호", "기관명", "자치구", "병상", "제공"],
        ["D1", "가 병원", "", "38", "투석"],
        ["D2", "나 병원", "", "9", "중증"],
    ]
    result = engine.run(found, {"applicants": patients, "resources": beds}, NOWHERE)
    assert result.status == "infeasible" and (result.got == -1).all()
    assert set(result.conflict) == {"중증 40명은 모두 배정되어야 합니다.", "가 병원의 정원은 38입니다."}
