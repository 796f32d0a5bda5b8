"""What a check says about one figure."""

from __future__ import annotations

from dataclasses import dataclass, field

from sijeong.reports.reading.documents import Place

ERROR, ROUNDING, TRUNCATED, SUSPICIOUS, MALFORMED = (
    "error",
    "rounding",
    "truncated",
    "suspicious",
    "malformed",
)
KOREAN = {ERROR: "오류", ROUNDING: "반올림", TRUNCATED: "버림", SUSPICIOUS: "의심", MALFORMED: "형식 오류"}
SERIOUS = (ERROR, MALFORMED)


@dataclass(slots=True)
class Repair:
    """The one change that makes every failing constraint hold and breaks none."""

    place: Place
    old: str
    new: str
    fixes: int

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.place}, {self.fixes}개 관계가 맞게 됨)"


@dataclass(slots=True)
class Verdict:
    """One figure that doesn't agree: where, what is printed, what it should be, by which formula.

    kind: error, rounding, truncated, suspicious, malformed. hint: swapped, sign, scale, digit or ''.
    `cells` are all places that take part.
    """

    kind: str
    place: Place
    stated: str
    computed: str
    formula: str
    hint: str = ""
    repair: Repair | None = None
    cells: list[Place] = field(default_factory=list)

    def __str__(self) -> str:
        text = f"[{KOREAN[self.kind]}] {self.place}: {self.stated}"
        if self.computed:
            text += f" ≠ {self.computed}" if self.kind == ERROR else f" ~ {self.computed}"
        if self.formula:
            text += f" ({self.formula})"
        if self.hint:
            text += f" · {HINTS[self.hint]}"
        return text + (f" · 고침: {self.repair}" if self.repair else "")


HINTS = {
    "swapped": "숫자 두 자리가 바뀐 듯",
    "sign": "부호가 빠진 듯",
    "scale": "자릿수(단위)가 틀린 듯",
    "digit": "숫자 한 자리가 틀린 듯",
}


def hint(stated: int, wanted: int) -> str:
    """How the stated number could have come from the wanted one by a slip of the hand."""
    if stated == -wanted and stated:
        return "sign"
    a, b = str(abs(stated)), str(abs(wanted))
    if (stated < 0) == (wanted < 0) and a != b:
        if a.rstrip("0") == b.rstrip("0"):
            return "scale"
        if len(a) == len(b):
            wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
            if len(wrong) == 1:
                return "digit"
            if len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]:
                return "swapped"
    return ""
