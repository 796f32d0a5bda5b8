"""Random persons for the property tests: every input anywhere in its range, often on a border, some unknown."""

import random

from sijeong.benefits.emit import nullable

BORDERS = (0, 1, 2, 3, 11, 12, 13, 18, 19, 20, 29, 30, 34, 35, 39, 40, 44, 45, 49, 50, 55, 60, 61, 75, 90, 91)
WON = (0, 9, 10, 299_999, 300_000, 999_999, 1_000_000, 2_500_000, 3_600_001, 4_500_001, 5_729_913, 99_999_999)


def one(declared, rng):
    if declared.kind == "bool":
        return rng.random() < 0.8
    if declared.kind == "choice":
        return rng.choice(declared.choices)
    pick = rng.random()
    if pick < 0.2:
        return rng.choice((declared.low, declared.high))
    if pick < 0.8:
        borders = WON if declared.unit == "원" else BORDERS
        return min(max(rng.choice(borders), declared.low), declared.high)
    return rng.randint(declared.low, declared.high)


def random_people(rulebook, count, seed, unknown=0.1):
    rng = random.Random(seed)
    people = []
    for _ in range(count):
        gaps = {
            name
            for name, declared in rulebook.inputs.by_name.items()
            if nullable(declared, rulebook.inputs) and rng.random() < unknown
        }
        people.append({name: one(d, rng) for name, d in rulebook.inputs.by_name.items() if name not in gaps})
    return people
