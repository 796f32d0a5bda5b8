"""Random persons for the property tests: every input anywhere in its range, often on a border, some
unknown."""

import random

from sijeong.benefits.rules.groups import aggregate
from sijeong.benefits.rules.writing import nullable

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


def one_person(rulebook, rng, unknown):
    """A person's own answers, without those of groups."""
    own = {name: declared for name, declared in rulebook.inputs.by_name.items() if not declared.group}
    return {
        name: one(declared, rng)
        for name, declared in own.items()
        if not (declared.missing == "unknown" and rng.random() < unknown)
    }


def random_households(rulebook, count, seed, unknown=0.1):
    """Return `count` persons with their groups' values filled in, and the columns' group numbers."""
    rng = random.Random(seed)
    people, keys = [], {"household_id": [], "couple_id": []}
    while len(people) < count:
        number = len(people)
        size = min(rng.choice((1, 1, 2, 3, 4, 7, 8, 9)), count - number)
        members = [one_person(rulebook, rng, unknown) for _ in range(size)]
        married = 2 if size > 1 and rng.random() < 0.6 else 0
        groups = {"household": members, "couple": members[:married]}
        for place, member in enumerate(members):
            keys["household_id"].append(number)
            keys["couple_id"].append(number if place < married else -1)
            people.append(member | _of_groups(rulebook, member, groups))
    return people, keys


def _of_groups(rulebook, member, groups):
    values = {}
    for name, declared in rulebook.inputs.by_name.items():
        if declared.group and any(member is other for other in groups[declared.group]):
            value = aggregate(declared, groups[declared.group])
            if value is not None:
                values[name] = value
    return values


def random_people(rulebook, count, seed, unknown=0.1):
    """Persons with every input of their own and of a group drawn freely."""
    rng = random.Random(seed)
    return [
        {
            name: one(declared, rng)
            for name, declared in rulebook.inputs.by_name.items()
            if not (nullable(declared, rulebook.inputs) and rng.random() < unknown)
        }
        for _ in range(count)
    ]
