"""What happens to the synthetic people in a year: births, treatments, claims. One event a person and kind."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def events(rng: np.random.Generator, people: dict[str, Array], place: Array, given: Any) -> dict[str, Array]:
    """Return the columns of events for persons whose age, sex, couple and household are drawn.

    `given` is `population.Assumptions`.
    """
    return (
        _births(rng, people, place, given)
        | _fertility(rng, people, given)
        | _hardship(rng, people, given)
        | _others(rng, people, given)
    )


def _chance(rng: np.random.Generator, who: Array, expected: float) -> Array:
    """True for some of `who`, `expected` of them on average."""
    drawn: Array = who & (rng.random(len(who)) < expected / max(1, int(who.sum())))
    return drawn


def _won(rng: np.random.Generator, who: Array, low: int, high: int) -> Array:
    """A cost between low and high for some, nothing for the others."""
    return np.where(who, rng.integers(low // 1000, high // 1000, len(who)) * 1000, 0)


def _births(rng: np.random.Generator, people: dict[str, Array], place: Array, given: Any) -> dict[str, Array]:
    size, age = len(place), people["age"]
    yearly = given.per_person("births") * size
    fertile = people["female"] & people["in_couple"] & (age >= 25) & (age < 45)
    likely = fertile & (rng.random(size) < np.where((age >= 30) & (age < 38), 1.0, 0.35))
    born = _chance(rng, likely, yearly)
    pregnant = _chance(rng, likely & ~born, yearly)
    children, eldest = _children(people, place)
    gave = born & (children > 0)
    weeks = np.where(pregnant, rng.integers(4, 40, size), 0)
    days = np.where(born, rng.integers(0, 85, size), 0)
    return {
        "gave_birth": born,
        "days_since_birth": days,
        "months_since_birth": days // 30,
        "newborns": np.where(born, 1 + (rng.random(size) < given["multiple_births"]), 0),
        "birth_order": np.where(gave, children + 1, born.astype(np.int64)),
        "elder_child_age": np.where(gave, np.minimum(eldest, 60), 0),
        "care_gap": gave & (rng.random(size) < 0.4),
        "care_own_share": _won(rng, gave, 100_000, 1_500_000),
        "pregnancy_weeks": weeks,
        "prenatal_cost": _won(rng, pregnant, 200_000, 1_500_000),
        "transport_received": (pregnant | born) & (rng.random(size) < np.where(born, 0.78, 0.0)),
        "postnatal_received": np.zeros(size, bool),
    }


def _children(people: dict[str, Array], place: Array) -> tuple[Array, Array]:
    """For each person the children under 20 of the household, and the eldest one's age."""
    household, age = people["household_id"], people["age"]
    child = (age < 20) & (place > 0)
    count = np.bincount(household, weights=child)
    eldest = np.zeros(len(count), np.int64)
    np.maximum.at(eldest, household[child], age[child])
    return count[household].astype(np.int64), eldest[household]


def _fertility(rng: np.random.Generator, people: dict[str, Array], given: Any) -> dict[str, Array]:
    age, female, size = people["age"], people["female"], len(people["age"])
    couple = people["in_couple"] & (age >= 25) & (age < 50)
    infertile = _chance(rng, couple, given.per_person("infertile") * size)
    treated = infertile & female & (rng.random(size) < given["treated_share"])
    freezing = _chance(rng, female & (age >= 25) & (age < 46), given.per_person("egg_freezing") * size)
    reversal = _chance(
        rng, people["in_couple"] & (age >= 30) & (age < 56), given.per_person("reversals") * size
    )
    return {
        "infertility_diagnosed": infertile,
        "procedure": np.where(treated, rng.choice([1, 2, 3], p=[0.5, 0.3, 0.2], size=size), 0),
        "cycles_used": np.where(treated, rng.integers(0, 24, size), 0),
        "treatment_cost": _won(rng, treated, 200_000, 3_500_000),
        "reversal_done": reversal,
        "reversal_own_share": _won(rng, reversal, 300_000, 2_000_000),
        "reversal_received": np.zeros(size, bool),
        "egg_freezing_done": freezing,
        "early_menopause_risk": rng.random(size) < 0.01,
        "egg_freezing_cost": _won(
            rng, freezing, 2_500_000, 5_000_000
        ),  # 250만~500만 원 a cycle (press, 2023)
        "egg_freezing_received": np.zeros(size, bool),
    }


def _hardship(rng: np.random.Generator, people: dict[str, Array], given: Any) -> dict[str, Array]:
    size = len(people["age"])
    defector = _chance(rng, np.ones(size, bool), given.per_person("defectors") * size)
    general, own = given.shares("welfare_shares")[1], given.shares("defector_welfare_shares")[1]
    first, second = np.where(defector, own[0], general[0]), np.where(defector, own[1], general[1])
    drawn = rng.random(size)
    dental = defector & (rng.random(size) < given["defector_dental_share"])
    ill = defector & (rng.random(size) < given["defector_illness_share"])
    return {
        "resident": np.ones(size, bool),
        "defector": defector,
        "welfare": np.where(drawn < first, 1, np.where(drawn < first + second, 2, 0)),
        "dental_cost": _won(rng, dental, 500_000, 8_000_000),
        "city_hospital": ill,
        "illness_cost": _won(rng, ill, 200_000, 5_000_000),
        "illness_paid_this_year": np.zeros(size, np.int64),
        "years_since_checkup": rng.choice([0, 1, 2, 99], p=[0.1, 0.3, 0.2, 0.4], size=size),
        "newcomer": defector & (rng.random(size) < 0.03),
        "crisis_household": rng.random(size) < 0.01,
    }


def _others(rng: np.random.Generator, people: dict[str, Array], given: Any) -> dict[str, Array]:
    size, age = len(people["age"]), people["age"]
    selected = _chance(rng, (age >= 19) & (age < 40), given.per_person("startups") * size)
    official = _chance(rng, (age >= 22) & (age < 60), given.per_person("officials") * size)
    abused = _chance(rng, official, given.per_person("abused_officials") * size)
    claim = _chance(rng, age >= 12, given.per_person("vaccine_claims") * size)
    return {
        "startup_selected": selected,
        "startup_stage": np.where(selected, rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1], size=size), 0),
        "startup_cost": _won(rng, selected, 500_000, 60_000_000),
        "has_smartphone": rng.random(size) < np.where(age >= 70, 0.8, 0.97),
        "watch_received": np.zeros(size, bool),
        "city_official": official,
        "abused_by_caller": abused,
        "abuse_medical_cost": _won(rng, abused, 50_000, 2_000_000),
        "vaccine_claim": _won(rng, claim, 20_000, 800_000),
        "vaccine_cause_clear": claim & (rng.random(size) < 0.3),
    }
