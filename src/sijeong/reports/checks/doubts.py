"""What speaks against calling a failed sum an error: dashes that stand for the unknown, words beside the
figures, a rule that little else bears out.
"""

from __future__ import annotations

import re

from sijeong.reports.checks.constraints import Sum
from sijeong.reports.checks.matrix import Layer, Square
from sijeong.reports.checks.verdicts import hint

_SAID = re.compile(r"겸직|겸임|중복|포함|제외|별도|합산|미포함|일부|외\s?\d")


def doubtful(layer: Layer, failing: list[Sum]) -> bool:
    """True if every failed sum may have a reason that the table doesn't print. Where one slip of the hand
    in one cell explains it, or several sums fail together, there is no need of such a reason.
    """
    return all(
        _unknown(layer, sum_)
        or _explained(layer, sum_)
        or not (sum_.sure or len(failing) > 1 or _slipped(layer, sum_))
        for sum_ in failing
    )


def _slipped(layer: Layer, sum_: Sum) -> bool:
    for square in sum_.cells:
        wanted = sum_.solved(square, layer.numbers)
        if wanted is not None and hint(layer.numbers[square], wanted):
            return True
    return False


def _unknown(layer: Layer, sum_: Sum) -> bool:
    """A dash counts as nothing, but a total that is a dash, or one mostly of dashes, may not have been
    counted.
    """
    dashes = sum(_dash(layer, square) for _, square in sum_.terms)
    short = layer.numbers[sum_.target] > sum_.computed(layer.numbers)
    return _dash(layer, sum_.target) or (short and 2 * dashes >= len(sum_.terms))


def _dash(layer: Layer, square: Square) -> bool:
    value = layer.grid.values.get(square)
    return value is not None and value.kind == "dash"


def _explained(layer: Layer, sum_: Sum) -> bool:
    """Words in a row of the sum say that something is counted twice, apart, or not at all."""
    rows = {square[0] for square in sum_.cells}
    return any(
        value.kind == "text" and row in rows and column >= layer.grid.stub and bool(_SAID.search(value.text))
        for (row, column), value in layer.grid.values.items()
    )
