"""The smallest set of constraints that cannot all hold.

Every set that can hold, made as large as possible, leaves out a set of which the conflict must have one member
(a correction set). The smallest set with a member in each correction set known so far either conflicts, and is
then a smallest conflict, or holds and yields another correction set (Ignatiev, Previti, Liffiton,
Marques-Silva, Smallest MUS Extraction with Minimal Hitting Set Dualization, CP 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sijeong.late import Late

if TYPE_CHECKING:
    from ortools.sat.python import cp_model
else:
    cp_model = Late("ortools.sat.python.cp_model")


def smallest_conflict(count: int, holds: Callable[[Sequence[int]], bool]) -> list[int]:
    """Fewest of the constraints 0 … count-1 that cannot hold together; empty if all can.

    `holds(chosen)` tells whether the chosen constraints can hold together, the others being dropped.
    """
    if holds(range(count)):
        return []
    corrections: list[set[int]] = []
    while True:
        chosen = smallest_hitting_set(count, corrections)
        if not holds(chosen):
            return chosen
        kept = list(chosen)
        for each in range(count):
            if each not in chosen and holds([*kept, each]):
                kept.append(each)
        corrections.append(set(range(count)) - set(kept))


def smallest_hitting_set(count: int, sets: Sequence[set[int]]) -> list[int]:
    """The smallest set with a member of each of `sets`; among those the one with the smallest numbers."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(count)]
    for members in sets:
        model.add_at_least_one(taken[each] for each in sorted(members))
    model.minimize(sum(taken[each] * (count * count + each) for each in range(count)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise ArithmeticError("a hitting set always exists")
    return [each for each in range(count) if solver.value(taken[each])]
