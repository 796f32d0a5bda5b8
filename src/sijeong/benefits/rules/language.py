"""What a rule author writes: a `Benefit` class, its criteria, its amount.

    class EggFreezing(Benefit):
        \"\"\"난자동결 시술비용 지원\"\"\"
        rounding = Rounding.DOWN_10

        @criterion("나이")
        def age(p, law): return law.min_age <= p.age <= law.max_age

        def amount(p, law): return min(p.cost * law.rate / 100, law.cap)

Every function is one `return` of a plain expression over `p` (declared inputs) and `law` (parameters in
force that day); other functions of the same file may be called. That is little enough for a lawyer to
read and for a compiler to turn into a loop.
"""

import enum
import inspect
import math
from collections.abc import Callable
from typing import Any, ClassVar

Rule = Callable[[Any, Any], Any]


class Rounding(enum.Enum):
    """How an amount becomes whole won: step and direction."""

    DOWN_1 = (1, "down")
    DOWN_10 = (10, "down")  # 국고금 관리법 제47조제1항, 지방자치단체는 같은 조 제3항으로 준용
    UP_10 = (10, "up")
    NEAREST_10 = (10, "nearest")  # halves up

    @property
    def korean(self) -> str:
        step, direction = self.value
        return f"{step}원 미만 " + {"down": "버림", "up": "올림", "nearest": "반올림"}[direction]

    def __call__(self, amount: float) -> int:
        """Return `amount` (won, fractions of hundredths at most) as whole won."""
        step, direction = self.value
        if direction == "down":
            return math.floor(amount / step) * step
        if direction == "up":
            return math.ceil(amount / step) * step
        return math.floor(amount / step + 0.5) * step


def criterion(korean: str) -> Callable[[Rule], Rule]:
    """Mark a function as a condition that must hold, with its name for the citizen."""

    def mark(function: Rule) -> Rule:
        function.criterion = korean  # type: ignore[attr-defined]
        return function

    return mark


class Benefit:
    """Base of every rule. Never instantiated: a rule has no state."""

    rounding: ClassVar[Rounding]
    criteria: ClassVar[dict[str, Rule]]
    korean: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.criteria = {
            name: function for name, function in vars(cls).items() if hasattr(function, "criterion")
        }
        cls.korean = (inspect.getdoc(cls) or "").split("\n")[0]
