"""Which rows (or columns) of a table are sums of which others: from labels, and from the numbers themselves.

A rule is believed only as far as the other columns bear it out; that is what keeps false alarms away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

TOTAL = re.compile(
    r"(?:총|합|소|총합|전체|누)?계|전체|합|총괄|총(?:원|액|량|인원|건수|사업비|예산|배출량|면적|인구|가구|세대)"
)
_GRAND = re.compile(r"총계|합계|총합계|전체|총원|총액")
_MOST_LINES = 150
ENOUGH_DIGITS = 9
MANY_DIGITS = 14

Number = int | None


@dataclass(slots=True)
class Rule:
    """line[target] = sum of line[terms], tried over all measures: in how many it held, failed, or could not
    be told.
    """

    target: int
    terms: tuple[int, ...]
    held: int
    failed: tuple[int, ...]
    labelled: bool
    weak: int = 0
    evidence: int = 0  # digits of the totals it held for: small numbers agree by chance

    @property
    def size(self) -> int:
        return len(self.terms)


@dataclass
class Lines:
    """Rows or columns of a table as vectors over the measures across them; None where nothing countable is.

    `slacks` is the printed unit of each measure (a figure may be off by half of it), 0 where figures are
    exact.
    """

    paths: list[tuple[str, ...]]
    vectors: list[list[Number]]
    slacks: list[int]
    usable: list[bool]

    @cached_property
    def labels(self) -> list[str]:
        return [path[-1].partition("(")[0] if path else "" for path in self.paths]

    @cached_property
    def totals(self) -> list[bool]:
        """Which lines are called 계, 합계, 소계 …"""
        return [bool(TOTAL.fullmatch(label)) for label in self.labels]

    @cached_property
    def filled(self) -> list[list[int]]:
        """The vectors with nothing counted as 0."""
        return [[number or 0 for number in vector] for vector in self.vectors]

    @cached_property
    def rising(self) -> bool:
        """True if no figure is negative: sums only grow."""
        return all(number >= 0 for vector in self.filled for number in vector)


def tried(lines: Lines, target: int, terms: Sequence[int], labelled: bool) -> Rule:
    """A rule with its record over all measures."""
    held = weak = evidence = 0
    failed: list[int] = []
    for measure, stated in enumerate(lines.vectors[target]):
        if stated is None:
            continue
        parts = [lines.vectors[t][measure] for t in terms]
        known = [p for p in parts if p is not None]
        if not known:
            continue
        unknown = len(known) < len(parts)
        gap = stated - sum(known)
        if 2 * abs(gap) <= lines.slacks[measure] * (len(terms) + 1):
            if sum(p != 0 for p in known) >= 2 and stated:
                held += 1
                evidence += len(str(abs(stated)))
            elif stated or any(known):
                weak += 1
        elif not unknown:
            failed.append(measure)
    return Rule(target, tuple(terms), held, tuple(failed), labelled, weak, evidence)


def rules(lines: Lines) -> list[Rule]:
    """The believed rules of one direction of a table."""
    count = len(lines.paths)
    if count < 3 or count > _MOST_LINES:
        return [] if count < 3 else _labelled(lines)
    labelled = _labelled(lines)
    if any(not rule.failed and rule.held and rule.size + 1 == sum(lines.usable) for rule in labelled):
        return labelled  # one total of all other lines: nothing is left to be found
    seen = _independent(_by_numbers(lines, range(count)) + _by_numbers(lines, range(count - 1, -1, -1)))
    named = {rule.target: rule for rule in labelled}
    better = [rule for rule in seen if rule.target not in named or _score(rule) > _score(named[rule.target])]
    taken = {rule.target for rule in better}
    return better + [rule for target, rule in named.items() if target not in taken]


def _independent(found: list[Rule]) -> list[Rule]:
    """One rule a target: the best borne out, the shortest among equals."""
    best: dict[int, Rule] = {}
    for rule in found:
        other = best.get(rule.target)
        if other is None or _rank(rule) > _rank(other):
            best[rule.target] = rule
    return list(best.values())


def _score(rule: Rule) -> int:
    return rule.held - len(rule.failed)


def _rank(rule: Rule) -> tuple[int, int]:
    return _score(rule), -rule.size


def _by_numbers(lines: Lines, order: range) -> list[Rule]:
    """Parents found from the numbers alone, children following them in `order` (or going before, if it runs
    backwards).
    """
    found: list[Rule] = []
    tops: list[int] = []
    for line in reversed(order):
        if not lines.usable[line]:
            continue
        rule = _parent(lines, line, tops)
        if rule is not None:
            found.append(rule)
            del tops[len(tops) - rule.size :]
        tops.append(line)
    return found


def _parent(lines: Lines, line: int, tops: list[int]) -> Rule | None:
    """The rule by which `line` sums the nearest tops (the last in the list are the nearest), if the numbers
    bear it out.
    """
    best: Rule | None = None
    wanted = [(m, stated) for m, stated in enumerate(lines.vectors[line]) if stated]
    if not wanted:
        return None
    running = [0] * len(lines.vectors[line])
    needed = max(1, len(wanted) // 2)
    for size in range(1, len(tops) + 1):
        running = list(map(add, running, lines.filled[tops[-size]]))
        hits = sum(2 * abs(stated - running[m]) <= lines.slacks[m] * (size + 1) for m, stated in wanted)
        if size >= 2 and hits >= needed:
            rule = tried(lines, line, tuple(reversed(tops[-size:])), False)
            if believed(rule, lines.totals[line]) and (best is None or _rank(rule) > _rank(best)):
                best = rule
        if lines.rising and all(
            2 * (running[m] - stated) > lines.slacks[m] * (size + 1) for m, stated in wanted
        ):
            break
    return best


def believed(rule: Rule, labelled: bool) -> bool:
    """Enough measures bear the rule out: with a total's label one and no more failures than that, without
    it more.
    """
    failed = len(rule.failed)
    if labelled:
        return rule.held >= 1 and failed <= rule.held
    return rule.held >= 2 and plausible(rule.held, failed, rule.evidence)


def plausible(held: int, failed: int, digits: int) -> bool:
    """Whether what held so often, over so many digits, can't be chance though it failed somewhere."""
    if not failed:
        return True
    return (failed * 3 <= held and digits >= ENOUGH_DIGITS) or (failed * 2 <= held and digits >= MANY_DIGITS)


def _labelled(lines: Lines) -> list[Rule]:
    """Rules for lines called 계, 합계, 소계: of all readings the best borne out; else the one that holds
    for the line's likes.
    """
    found: list[Rule] = []
    open_: list[tuple[int, list[Rule]]] = []
    for line in range(len(lines.paths)):
        if not lines.usable[line] or not lines.totals[line]:
            continue
        readings = [tried(lines, line, t, True) for t in dict.fromkeys(_readings(lines, line)) if len(t) >= 2]
        good = [rule for rule in readings if believed(rule, True)]
        if good:
            found.append(max(good, key=_rank))
        elif readings and not any(rule.held or rule.weak for rule in readings):
            open_.append((line, readings))
    grouped = any(len(lines.paths[rule.target]) > 1 and not rule.failed for rule in found)
    for line, readings in open_:
        if grouped and len(lines.paths[line]) > 1 and len(readings[0].failed) == 1:
            found.append(readings[0])  # a subtotal of its group, as the other groups' subtotals are
        elif not found and (sole := _sole(lines, line, readings)) is not None:
            found.append(sole)
    return found


def _sole(lines: Lines, line: int, readings: list[Rule]) -> Rule | None:
    """The rule of a table with one measure only: believed if its label and place leave no other reading."""
    distinct = {rule.terms for rule in readings}
    totals = [i for i in range(len(lines.paths)) if lines.totals[i] and lines.usable[i]]
    at_edge = line in (0, len(lines.paths) - 1) or line == min(i for i, ok in enumerate(lines.usable) if ok)
    rule = readings[0]
    if len(distinct) != 1 or len(totals) != 1 or not at_edge or len(rule.failed) != 1:
        return None
    measure = rule.failed[0]
    stated = lines.vectors[line][measure] or 0
    parts = [lines.vectors[t][measure] or 0 for t in rule.terms]
    deep = any(len(lines.paths[t]) > 1 for t in rule.terms)
    if deep or min(parts) < 0 or abs(stated) < max(parts) or explained(stated, parts, lines.slacks[measure]):
        return None
    return rule


def explained(stated: int, parts: list[int], slack: int) -> bool:
    """True when leaving some lines out (they may be 'of which' lines) gives the stated total."""
    gap = sum(parts) - stated
    if gap <= 0:
        return False
    reachable = {0}
    for part in parts[:20]:
        reachable |= {value + part for value in reachable if value + part <= gap + slack}
        if len(reachable) > 4000:
            return True
    return any(abs(value - gap) <= slack for value in reachable if value)


def _readings(lines: Lines, line: int) -> Iterator[tuple[int, ...]]:
    """Sets of lines that a total by its label and place could sum."""
    count = len(lines.paths)
    prefix = lines.paths[line][:-1]
    usable = [i for i in range(count) if lines.usable[i] and i != line]
    if prefix:
        yield _reduced(lines, [i for i in usable if lines.paths[i][: len(prefix)] == prefix], len(prefix))
        return
    yield _reduced(lines, usable, 0)
    plain = [i for i in usable if not lines.totals[i]]
    yield tuple(plain)
    subtotals = tuple(i for i in usable if lines.totals[i] and not _GRAND.fullmatch(lines.labels[i]))
    if subtotals:
        yield subtotals
    yield tuple(_run(lines, range(line + 1, count)))
    yield tuple(reversed(_run(lines, range(line - 1, -1, -1))))


def _run(lines: Lines, order: range) -> list[int]:
    run: list[int] = []
    for i in order:
        if lines.totals[i]:
            break
        if lines.usable[i]:
            run.append(i)
    return run


def _reduced(lines: Lines, members: list[int], depth: int) -> tuple[int, ...]:
    """Members with every group that has a subtotal of its own replaced by it."""
    groups: dict[str, list[int]] = {}
    alone: list[int] = []
    for i in members:
        if len(lines.paths[i]) > depth + 1:
            groups.setdefault(lines.paths[i][depth], []).append(i)
        else:
            alone.append(i)
    for group in groups.values():
        totals = [i for i in group if lines.totals[i]]
        alone.extend(totals[:1] or group)
    return tuple(sorted(alone))
