"""The benefits as a document: generated, and compared in the tests, so that it cannot grow old."""

import datetime as dt
from typing import Any

from sijeong.benefits.rules.population import Assumptions
from sijeong.benefits.rules.results import CAUTION, group_label
from sijeong.benefits.rules.rulebook import BenefitRule, Rulebook
from sijeong.benefits.rules.simulate import Reform

_HEADER = """# 지원사업

`sijeong benefits list --markdown`이 쓴 문서이다. 손으로 고치지 않는다.
"""


def markdown(rulebook: Rulebook) -> str:
    """Return all benefits with criteria, parameters, dates, basis and assumptions."""
    parts = [_HEADER, *(_benefit(rule) for rule in rulebook.benefits.values())]
    return "\n".join(parts)


def _benefit(rule: BenefitRule) -> str:
    about = rule.about
    lines = [f"## {rule.korean} (`{rule.name}`)", ""]
    lines += [f"- 조건: {', '.join(criterion.korean for criterion in rule.criteria)}"]
    lines += [f"- 단위: {about['per']}. 끝수: {rule.rounding.korean}"]
    lines += [f"- 신청: {about['apply']['where']}", f"- 근거: {about['basis']}"]
    lines += [f"- 현물: {about['in_kind']}"] if "in_kind" in about else []
    lines += [f"- 함께 받을 수 없음: {', '.join(about['excludes'])}"] if "excludes" in about else []
    if rule.quota:
        way = rule.places_by
        how = f"배정 `{way.allocation}` ({', '.join(way.classes)})" if way else "접수한 차례"
        lines += [f"- 자리: `{rule.quota}`, 나누는 법: {how}"]
    for plan in about.get("planned", []):
        lines.append(f"- 계획: {plan['year']}년 {plan['volume']:,}{plan['unit']} ({plan['basis']})")
    lines += [f"- 가정: {assumption}" for assumption in about.get("assumptions", [])]
    lines += ["", "| 매개변수 | 시행일 | 값 | 근거 |", "|---|---|---|---|"]
    for parameter in rule.parameters.values():
        for dated in parameter.values:
            end = f"~{dated.end}" if dated.end else "~"
            basis = (
                dated.basis
                + (f" ※ {dated.note}" if dated.note else "")
                + (" (추정)" if dated.expected else "")
            )
            name = f"{parameter.label} `{parameter.name}`"
            lines.append(f"| {name} | {dated.start}{end} | {_value(dated.value)}{parameter.unit} | {basis} |")
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    return ", ".join(f"{part:,}" for part in value) if isinstance(value, tuple) else f"{value:,}"


def reform_markdown(rulebook: Rulebook, result: Reform, given: Assumptions) -> str:
    """Return winners, losers and the cost difference by benefit and group, with the digests."""
    lines = [
        "| 지원 | 늘어나는 사람 | 줄어드는 사람 | 지금(원) | 바꾼 뒤(원) | 차이(원) |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    changed = {name: d for name, d in result.differences.items() if d.winners or d.losers}
    for name, difference in changed.items():
        before, after = result.baseline.tallies[name].amount, result.reform.tallies[name].amount
        who = f"{difference.winners:,} | {difference.losers:,}"
        lines.append(
            f"| {rulebook[name].korean} | {who} | {before:,} | {after:,} | {signed(difference.cost)} |"
        )
    if not changed:
        lines.append("| 달라지는 사람이 없습니다 | 0 | 0 | | | 0 |")
    for name, difference in changed.items():
        for group in ("welfare", "age"):
            rows = difference.by_group.get(group, {})
            lines += [
                "",
                f"{rulebook[name].korean}",
                "",
                "| 집단 | 늘어나는 사람 | 줄어드는 사람 | 차이(원) |",
                "|---|---:|---:|---:|",
            ]
            for key, (won, lost, change) in sorted(rows.items()):
                lines.append(
                    f"| {group_label(group, key, given.districts)} | {won:,} | {lost:,} | {signed(change)} |"
                )
    digests = result.baseline.digests
    lines += ["", f"사람 {result.baseline.people:,}명, {result.baseline.year}년. {CAUTION}"]
    lines += [f"규칙(지금) `{digests['rules'][:16]}`, 규칙(바꾼 뒤) `{result.reform.digests['rules'][:16]}`, "
              f"인구 `{digests['population'][:16]}`"]  # fmt: skip
    return "\n".join([*lines, ""])


def signed(won: int) -> str:
    """Return won with the minus of Korean public tables (△)."""
    return f"△{-won:,}" if won < 0 else f"{won:,}"


def as_of(rulebook: Rulebook, name: str, day: dt.date) -> dict[str, int]:
    """Return the values a benefit's parameters had on a day: what a reform back to that law sets."""
    law = rulebook[name].law_on(day)
    own = rulebook[name].about["parameters"]
    return {f"{name}.{key}": getattr(law, key) for key in own}
