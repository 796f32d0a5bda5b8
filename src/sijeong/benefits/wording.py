"""What is told of a decision, in the words of the letter that goes out."""

from __future__ import annotations

from .rules.decision import Decision as Outcome
from .rules.decision import Status
from .rules.rulebook import BenefitRule, Rulebook

APPEAL = "이 결정에 이의가 있으면 통지를 받은 날부터 30일 안에 이의신청을 할 수 있습니다(행정기본법 제36조)."


def reason(book: Rulebook, outcome: Outcome) -> str:
    """Why it is granted or not, a line."""
    rule = book[outcome.benefit]
    if outcome.status is Status.YES:
        return "모든 조건을 채웁니다: " + ", ".join(step.korean for step in outcome.trace)
    if outcome.status is Status.EXCLUDED:
        return f"‘{book[outcome.excluded_by].korean}’을(를) 받아 함께 받을 수 없습니다."
    if outcome.status is Status.NOT_IN_FORCE:
        return f"{outcome.on:%Y. %m. %d.}에는 {rule.korean}을(를) 시행하지 않습니다."
    failed = ", ".join(step.korean for step in outcome.trace if step.holds is False)
    return f"채우지 못한 조건: {failed}"


def letter(rule: BenefitRule, outcome: Outcome, why: str) -> str:
    """The text of the decision: result, amount, reason, basis, and how to appeal."""
    if outcome.status is Status.YES:
        gift = rule.about.get("in_kind")
        given = f"{gift}을(를) 드립니다." if gift else f"{outcome.amount:,}원을 지급합니다."
        first = f"{rule.korean} 신청을 받아들여 {given}"
    else:
        first = f"{rule.korean} 신청을 받아들이지 않습니다."
    return "\n".join([first, why, f"근거: {rule.about['basis']}", APPEAL])
