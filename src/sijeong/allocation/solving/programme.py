"""Integer programmes with several aims in strict order, by HiGHS: each aim is kept while the next is improved.

Each aim has its value and the bound that was proven for it; they are equal unless the time ran out. One thread, so
that the same programme takes the same way everywhere.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeAlias

from sijeong.beside import beside
from sijeong.late import Late

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt
    from ortools.util.python import solve_interrupter
else:
    mathopt = Late("ortools.math_opt.python.mathopt")
    solve_interrupter = Late("ortools.util.python.solve_interrupter")

Linear: TypeAlias = "mathopt.LinearTypes"
UNKNOWN = -(2**31)
HALF = 0.5  # every aim counts whole things: a smaller gap is none


class NoPlan(Exception):
    """The limits cannot all be kept."""


class Programme:
    """A model under its limits; `seconds` for all aims together."""

    def __init__(self, seconds: float) -> None:
        self.model = mathopt.Model()
        self.left = seconds
        self.interrupter = solve_interrupter.SolveInterrupter()
        self.now: dict[mathopt.Variable, float] = {}

    def limit(self, parts: list[mathopt.Variable], most: Linear) -> None:
        self.model.add_linear_constraint(mathopt.fast_sum(parts) <= most)

    def improve(self, goal: Linear) -> tuple[int, int]:
        """The smallest value of the goal, and its bound. Raises NoPlan."""
        self.model.minimize(goal)
        hints = [mathopt.SolutionHint(variable_values=self.now)] if self.now else []
        result = mathopt.solve(
            self.model, mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                time_limit=dt.timedelta(seconds=max(self.left, 0.2)),
                relative_gap_tolerance=0.0, absolute_gap_tolerance=HALF,
            ),
            model_params=mathopt.ModelSolveParameters(solution_hints=hints), interrupter=self.interrupter,
        )  # fmt: skip
        self.left -= result.solve_time().total_seconds()
        if result.has_primal_feasible_solution():
            self.now = result.variable_values()
        elif result.termination.reason == mathopt.TerminationReason.INFEASIBLE and not self.now:
            raise NoPlan
        elif not self.now:
            raise ArithmeticError("정한 시간 안에 지킬 수 있는 계획을 하나도 찾지 못했습니다.")
        value = round(mathopt.evaluate_expression(goal, self.now))
        self.model.add_linear_constraint(goal <= value)
        if result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            return value, value
        below = result.termination.objective_bounds.dual_bound
        return value, math.ceil(below - 0.001) if math.isfinite(below) else UNKNOWN

    def taken(self, variable: mathopt.Variable) -> int:
        """The whole number that a variable stands at."""
        return round(self.now[variable])

    def watched(self, stopped: Callable[[], bool] | None) -> AbstractContextManager[None]:
        """Stop the search when somebody asks for it; what was found until then remains."""

        def watch() -> bool:
            if stopped is None:
                return True
            if asked := stopped():
                self.left = 0.0
                self.interrupter.interrupt()
            return asked

        return beside(watch, 0.5)
