"""Two reports of one bureau: which figures changed, what is new, what was promised then and is not
mentioned now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sijeong.reports.facts import Facts
from sijeong.reports.facts.budget import Line
from sijeong.reports.facts.programmes import Programme

_PARTICLES = re.compile(
    r"(으로써|으로서|에서의|에서는|으로|에서|에게|까지|부터|하는|하고|하여|되는|위한|통한|대한|관련|등을|등의|등|을|를|이|가|은|는|의|에|와|과|로|및|도)$"
)
_IDLE = frozenset(
    [
        "추진",
        "지원",
        "강화",
        "확대",
        "운영",
        "지속",
        "개선",
        "실시",
        "계획",
        "수립",
        "시행",
        "관리",
        "구축",
        "활성화",
        "제고",
        "마련",
        "협력",
        "소통",
        "서울시",
        "시민",
        "사업",
        "정책",
        "연중",
        "계속",
        "향후",
        "예정",
        "검토",
        "적극",
        "위한",
        "통해",
        "다양",
        "주요",
        "관련",
        "통한",
        "대한",
    ]
)
_ENOUGH = 0.5


@dataclass(slots=True)
class Change:
    """One figure in both reports: what it is of, then and now."""

    what: str
    then: str
    now: str
    difference: str = ""


@dataclass
class Comparison:
    """A revision is no error: changes are told, not judged."""

    changed: list[Change] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def compare(then: Facts, now: Facts) -> Comparison:
    """What changed from one report to the next."""
    result = Comparison()
    _match(result, then.staffing, now.staffing, key=_post, say=_posts, moved=_posts_moved)
    _match(result, then.budget, now.budget, key=_line, say=_amounts, moved=_amounts_moved)
    _programmes(result, then.programmes, now.programmes)
    _findings(result, then, now)
    said = _vocabulary(_statements(now))
    for programme in then.programmes:
        for promise in [*programme.plan, *(what for what, _ in programme.schedule)]:
            if not _mentioned(promise, said):
                result.silent.append(f"{programme.title}: {promise}")
    return result


def _n(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"


def _post(post: Any) -> str:
    return " ".join(part for part in (post.division, post.category, post.grade) if part) or "총계"


def _posts(post: Any) -> str:
    return f"정원 {_n(post.quota)} / 현원 {_n(post.actual)}"


def _posts_moved(then: Any, now: Any) -> str:
    return (
        f"정원 {(now.quota or 0) - (then.quota or 0):+,} / 현원 {(now.actual or 0) - (then.actual or 0):+,}"
    )


def _line(line: Line) -> str:
    return "예산 " + (" ".join(line.path) or "(이름 없는 줄)")


def _won(line: Line, name: str) -> Decimal:
    return line.amounts[name] * (line.scale or 1)


def _money(line: Line) -> list[str]:
    return [name for name in ("budget", "spent", "left") if name in line.amounts]


def _amounts(line: Line) -> str:
    unit = "원" if line.scale else ""
    return ", ".join(f"{line.labels[name]} {_won(line, name):,}{unit}" for name in _money(line))


def _amounts_moved(then: Line, now: Line) -> str:
    shared = [name for name in _money(then) if name in now.amounts]
    return ", ".join(f"{now.labels[name]} {_won(now, name) - _won(then, name):+,}" for name in shared)


def _match(
    result: Comparison,
    then: Iterable[Any],
    now: Iterable[Any],
    *,
    key: Callable[[Any], str],
    say: Callable[[Any], str],
    moved: Callable[[Any, Any], str],
) -> None:
    before = {key(fact): fact for fact in then}
    after = {key(fact): fact for fact in now}
    for name, fact in after.items():
        if name not in before:
            result.new.append(f"{name}: {say(fact)}")
        elif say(before[name]) != say(fact):
            result.changed.append(Change(name, say(before[name]), say(fact), moved(before[name], fact)))
    result.gone += [f"{name}: {say(fact)}" for name, fact in before.items() if name not in after]


def _programmes(result: Comparison, then: list[Programme], now: list[Programme]) -> None:
    for programme in now:
        if _closest(programme.title, then) is None:
            result.new.append(f"사업 {programme.title}")
    for programme in then:
        if _closest(programme.title, now) is None:
            result.gone.append(f"사업 {programme.title}")


def _closest(title: str, programmes: list[Programme]) -> Programme | None:
    words = _words(title)
    best = max(programmes, key=lambda p: _overlap(words, _words(p.title)), default=None)
    return best if best is not None and _overlap(words, _words(best.title)) >= _ENOUGH else None


def _findings(result: Comparison, then: Facts, now: Facts) -> None:
    """Findings that moved from one outcome to another."""
    after = {"".join(f.request.split()): f for f in now.findings}
    for finding in then.findings:
        other = after.get("".join(finding.request.split()))
        if other is not None and other.outcome != finding.outcome:
            result.changed.append(Change(f"처리요구 {finding.request[:40]}", finding.outcome, other.outcome))
        elif other is None and now.findings and finding.outcome not in ("완료", "미반영"):
            result.silent.append(
                f"처리요구 {finding.request[:40]}: {finding.plan.partition(chr(10))[0] or finding.outcome}"
            )


def _statements(facts: Facts) -> Iterable[str]:
    for programme in facts.programmes:
        yield programme.title
        yield from (*programme.overview, *programme.results, *programme.plan)
        yield from (what for what, _ in programme.schedule)
    yield from (event.title for event in facts.events)
    yield from (agreement.title for agreement in facts.agreements)
    yield from (finding.done + finding.plan for finding in facts.findings)


def _words(text: str) -> set[str]:
    """The words that tell a statement from another: no particles, no office filler, no lone letters or
    figures.
    """
    found = set()
    for word in re.findall(r"[가-힣A-Za-z]{2,}", text):
        bare = _PARTICLES.sub("", word)
        if len(bare) >= 2 and bare not in _IDLE:
            found.add(bare)
    return found


def _vocabulary(statements: Iterable[str]) -> list[set[str]]:
    return [words for words in map(_words, statements) if words]


def _overlap(a: set[str], b: set[str]) -> float:
    """Share of the words of `a` that stand in `b`, whole or as part of a longer word."""
    if not a:
        return 0.0
    return sum(any(word in other or other in word for other in b) for word in a) / len(a)


def _mentioned(promise: str, said: list[set[str]]) -> bool:
    words = _words(promise)
    return not words or any(_overlap(words, other) >= _ENOUGH for other in said)
