"""The same ten rules as an expert would write them for numpy, Polars and OpenFisca-core."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit

Columns = dict[str, Any]
Totals = dict[str, int]


def timed(work: Callable[[], Any], runs: int) -> tuple[dict[str, float], Any]:
    """Return the medians of wall and processor seconds, and the last result."""
    wall, cpu, result = [], [], None
    for _ in range(runs):
        result = None
        start, spent = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - spent)
    return {"total s": statistics.median(wall), "cpu s": statistics.median(cpu)}, result


@njit(nogil=True)
def _read(column: Any, start: int, end: int) -> int:
    total = 0
    for i in range(start, end):
        total += column[i]
    return total


@njit(nogil=True)
def _write(column: Any, start: int, end: int) -> None:
    for i in range(start, end):
        column[i] = -1


def touch(inputs: list[Any], output: Any, threads: int = 2) -> None:
    """Read every row of the inputs and write the output, once."""
    rows = len(inputs[0])
    share = -(-rows // (threads * 4))

    def part(start: int) -> None:
        for column in inputs:
            _read(column, start, min(start + share, rows))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, range(0, rows, share)))
    _write(output, 0, len(output))


def numpy_by_hand(c: Columns, laws: dict[str, Any], runs: int) -> tuple[dict[str, float], Totals]:
    times, out = timed(lambda: _numpy_rules(c, laws), runs)
    return times, {name: int(amount.sum(dtype=np.int64)) for name, amount in out.items()}


def _whole(amount: Any) -> Any:
    return (np.floor(amount / 10) * 10).astype(np.int32)


def _numpy_rules(c: Columns, laws: dict[str, Any]) -> dict[str, Any]:
    resident, female, age, out = c["resident"] == 1, c["female"] == 1, c["age"], {}
    gave, months = c["gave_birth"] == 1, c["months_resident"]

    def pay(name: str, who: Any, amount: Any) -> None:
        out[name] = np.where(who, _whole(amount), 0).astype(np.int32)

    law = laws["tubal_reversal"]
    limit = np.where(female, law["max_age_woman"], law["max_age_man"])
    who = resident & (c["reversal_done"] == 1) & (age <= limit) & (c["reversal_received"] == 0)
    pay("tubal_reversal", who, np.minimum(c["reversal_own_share"], law["cap"]))
    law = laws["egg_freezing"]
    aged = ((age >= law["min_age"]) & (age <= law["max_age"])) | (
        (age >= law["young_min"]) & (age < law["min_age"]) & (c["early_menopause_risk"] == 1)
    )
    who = resident & (months >= law["min_months"]) & female & aged
    who &= (c["egg_freezing_done"] == 1) & (c["egg_freezing_received"] == 0)
    pay("egg_freezing", who, np.minimum(c["egg_freezing_cost"] * (law["rate"] / 100), law["cap"]))
    law = laws["prenatal_tests"]
    who = resident & female & (c["pregnancy_weeks"] > 0) & (age >= law["min_age"])
    pay("prenatal_tests", who, np.minimum(c["prenatal_cost"], law["cap"]))
    law = laws["multiple_birth_insurance"]
    who = resident & gave & (c["newborns"] >= law["min_newborns"])
    pay("multiple_birth_insurance", who, c["newborns"].astype(np.int32) * law["unit_cost"])
    law = laws["postnatal_care"]
    who = (
        resident & (months >= law["min_months"]) & female & gave & (c["days_since_birth"] <= law["max_days"])
    )
    pay("postnatal_care", who & (c["postnatal_received"] == 0), np.int32(law["grant"]))
    law = laws["pregnancy_transport"]
    expecting = (c["pregnancy_weeks"] >= law["min_weeks"]) | (
        gave & (c["months_since_birth"] < law["months_after"])
    )
    who = resident & (months >= law["min_months"]) & female & expecting & (c["transport_received"] == 0)
    pay("pregnancy_transport", who, np.int32(law["voucher"]))
    pay("first_child_care", *_numpy_care(c, laws["first_child_care"], resident & female & gave))
    poor = (c["welfare"] == 1) | (c["welfare"] == 2)
    who, law = resident & (c["defector"] == 1), laws["defector_dental"]
    rate, cap = (np.where(poor, law[f"{x}_poor"], law[f"{x}_other"]) for x in ("rate", "cap"))
    pay("defector_dental", who, np.minimum(c["dental_cost"] * rate / 100, cap))
    law = laws["defector_illness"]
    rate, cap = (np.where(poor, law[f"{x}_poor"], law[f"{x}_other"]) for x in ("rate", "cap"))
    left = np.maximum(cap - c["illness_paid_this_year"], 0)
    pay("defector_illness", who & (c["city_hospital"] == 1), np.minimum(c["illness_cost"] * rate / 100, left))
    law, stage = laws["next_local"], c["startup_stage"]
    cap = np.where(stage == 1, law["survey_cap"], np.where(stage == 2, law["trial_cap"], law["final_cap"]))
    who = (
        resident
        & (age >= law["min_age"])
        & (age <= law["max_age"])
        & (c["startup_selected"] == 1)
        & (stage != 0)
    )
    pay("next_local", who, np.minimum(c["startup_cost"], cap))
    return out


def _numpy_care(c: Columns, law: dict[str, Any], mother: Any) -> tuple[Any, Any]:
    household = c["household_id"]
    size = np.bincount(household)[household]
    income = np.bincount(household, weights=c["income"])[household]
    table = np.array(law["median_income"])
    median = table[np.minimum(size, law["median_table"])]
    median = median + np.maximum(size - law["median_table"], 0) * law["median_income_step"]
    rate = np.where(income * 100 > median * law["median_percent"], law["rate_over"], law["rate"])
    who = mother & (c["birth_order"] == 2) & (c["days_since_birth"] <= law["max_days"])
    who &= (c["elder_child_age"] <= law["max_child_age"]) & (c["care_gap"] == 1)
    return who, c["care_own_share"] * rate / 100


def polars_frame(c: Columns, laws: dict[str, Any], runs: int) -> tuple[dict[str, float], Totals]:
    import polars as pl  # only this engine's process loads it

    frame = pl.DataFrame({name: column for name, column in c.items() if name != "__rows__"})
    times, out = timed(lambda: _polars_rules(pl, frame, laws), runs)
    return times, {name: int(out[name].cast(pl.Int64).sum()) for name in out.columns}


def _polars_rules(pl: Any, frame: Any, laws: dict[str, Any]) -> Any:
    col = pl.col
    resident, female, age, gave = col("resident") == 1, col("female") == 1, col("age"), col("gave_birth") == 1
    months, weeks, poor = col("months_resident"), col("pregnancy_weeks"), col("welfare").is_in([1, 2])
    defector, stage = col("defector") == 1, col("startup_stage")

    def pay(name: str, who: Any, amount: Any) -> Any:
        whole = ((amount / 10).floor() * 10).cast(pl.Int32)
        return pl.when(who).then(whole).otherwise(0).alias(name)

    def least(value: Any, cap: Any) -> Any:
        return pl.min_horizontal(value, cap)

    def choose(test: Any, yes: Any, no: Any) -> Any:
        return pl.when(test).then(yes).otherwise(no)

    tubal, egg, tests = laws["tubal_reversal"], laws["egg_freezing"], laws["prenatal_tests"]
    multi, post, trans = laws["multiple_birth_insurance"], laws["postnatal_care"], laws["pregnancy_transport"]
    care, dental, ill, local = (
        laws[n] for n in ("first_child_care", "defector_dental", "defector_illness", "next_local")
    )
    aged = age.is_between(egg["min_age"], egg["max_age"]) | (
        (age >= egg["young_min"]) & (age < egg["min_age"]) & (col("early_menopause_risk") == 1)
    )
    size, income = col("size"), col("household_income")
    table = pl.lit(pl.Series(care["median_income"]))
    median = table.gather(pl.min_horizontal(size, pl.lit(care["median_table"]))) + (
        (size.cast(pl.Int64) - care["median_table"]).clip(0) * care["median_income_step"]
    )
    over = income.cast(pl.Int64) * 100 > median * care["median_percent"]
    groups = frame.lazy().group_by("household_id").agg(
        pl.len().alias("size"), col("income").sum().alias("household_income")
    )  # fmt: skip
    wide = frame.lazy().join(groups, on="household_id", how="left", maintain_order="left")
    return wide.select(
        pay("tubal_reversal",
            resident & (col("reversal_done") == 1) & (col("reversal_received") == 0)
            & (age <= choose(female, tubal["max_age_woman"], tubal["max_age_man"])),
            least(col("reversal_own_share"), tubal["cap"])),
        pay("egg_freezing",
            resident & (months >= egg["min_months"]) & female & aged & (col("egg_freezing_done") == 1)
            & (col("egg_freezing_received") == 0),
            least(col("egg_freezing_cost") * (egg["rate"] / 100), egg["cap"])),
        pay("prenatal_tests", resident & female & (weeks > 0) & (age >= tests["min_age"]),
            least(col("prenatal_cost"), tests["cap"])),
        pay("multiple_birth_insurance", resident & gave & (col("newborns") >= multi["min_newborns"]),
            col("newborns").cast(pl.Int32) * multi["unit_cost"]),
        pay("postnatal_care",
            resident & (months >= post["min_months"]) & female & gave & (col("postnatal_received") == 0)
            & (col("days_since_birth") <= post["max_days"]), pl.lit(post["grant"])),
        pay("first_child_care",
            resident & female & gave & (col("birth_order") == 2)
            & (col("days_since_birth") <= care["max_days"])
            & (col("elder_child_age") <= care["max_child_age"]) & (col("care_gap") == 1),
            col("care_own_share") * choose(over, care["rate_over"], care["rate"]) / 100),
        pay("pregnancy_transport",
            resident & (months >= trans["min_months"]) & female & (col("transport_received") == 0)
            & ((weeks >= trans["min_weeks"]) | (gave & (col("months_since_birth") < trans["months_after"]))),
            pl.lit(trans["voucher"])),
        pay("defector_dental", resident & defector,
            choose(poor, least(col("dental_cost") * dental["rate_poor"] / 100, dental["cap_poor"]),
                   least(col("dental_cost") * dental["rate_other"] / 100, dental["cap_other"]))),
        pay("defector_illness", resident & defector & (col("city_hospital") == 1),
            choose(poor,
                   least(col("illness_cost") * ill["rate_poor"] / 100,
                         (ill["cap_poor"] - col("illness_paid_this_year")).clip(0)),
                   least(col("illness_cost") * ill["rate_other"] / 100,
                         (ill["cap_other"] - col("illness_paid_this_year")).clip(0)))),
        pay("next_local",
            resident & age.is_between(local["min_age"], local["max_age"]) & (col("startup_selected") == 1)
            & (stage != 0),
            least(col("startup_cost"),
                  choose(stage == 1, local["survey_cap"],
                         choose(stage == 2, local["trial_cap"], local["final_cap"])))),
    ).collect()  # fmt: skip


def openfisca(c: Columns, laws: dict[str, Any], runs: int) -> tuple[dict[str, float], Totals]:
    from benefits_openfisca import build_system, simulate  # only this engine's process loads it

    built, simulation = timed(lambda: simulate(build_system(laws, c), c), 1)
    times, out = timed(lambda: {name: simulation.calculate(name, "2024-06") for name in laws}, 1)
    totals = {name: int(amount.sum(dtype=np.int64)) for name, amount in out.items()}
    return times | {"build s": built["total s"], "build cpu s": built["cpu s"]}, totals
