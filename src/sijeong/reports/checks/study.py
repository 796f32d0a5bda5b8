"""The planted-error study: clean tables as offices draw them, one slip of the hand each, and how many slips are found.

Ground truth comes from how a table was made, not from what the checks believe about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from sijeong.reports.checks.tables import check_table
from sijeong.reports.checks.verdicts import SERIOUS
from sijeong.reports.documents import Cell, Place, Table
from sijeong.reports.grids import Grid

Square = tuple[int, int]
Truth = tuple[Square, tuple[Square, ...], int]  # target, terms, how far rounding may put them apart


@dataclass
class Clean:
    """A clean table: its texts, merged heads, unit, and the relations that hold by construction."""

    shape: str
    rows: list[list[str]]
    unit: str
    truths: list[Truth] = field(default_factory=list)
    rates: list[tuple[Square, Square, Square]] = field(default_factory=list)
    spans: dict[Square, tuple[int, int]] = field(default_factory=dict)
    head: int = 1

    def grid(self) -> Grid:
        covered = {
            (r + i, c + j)
            for (r, c), (h, w) in self.spans.items()
            for i in range(h)
            for j in range(w)
            if i or j
        }
        cells = [
            Cell(r, c, [text] if text else [], *self.spans.get((r, c), (1, 1)), header=r < self.head)
            for r, row in enumerate(self.rows)
            for c, text in enumerate(row)
            if (r, c) not in covered
        ]
        return Grid(Table(cells, Place(1, table=1)), title=self.shape, unit=self.unit)


def shown(number: int) -> str:
    return f"△{-number:,}" if number < 0 else f"{number:,}" if number else "-"


def _crossed(random: Random) -> Clean:
    """Kinds by outcomes, totals first both ways (행정사무감사 조치내역)."""
    height, width = random.randint(2, 6), random.randint(3, 6)
    body = [[random.randint(0, 60) for _ in range(width)] for _ in range(height)]
    full = [[sum(row), *row] for row in body]
    full = [[sum(column) for column in zip(*full, strict=True)], *full]
    rows = [["구분", "계", *(f"항목{c}" for c in range(width))]]
    rows += [[("계" if r == 0 else f"부문{r}"), *map(shown, row)] for r, row in enumerate(full)]
    truths: list[Truth] = [
        ((r, 1), tuple((r, c) for c in range(2, width + 2)), 0) for r in range(1, height + 2)
    ]
    truths += [((1, c), tuple((r, c) for r in range(2, height + 2)), 0) for c in range(1, width + 2)]
    return Clean("처리 현황", rows, "건", truths)


def _staffing(random: Random) -> Clean:
    """정원 and 현원 by category and grade under merged heads."""
    grades = [random.randint(2, 5), random.randint(2, 4)]
    rows = [["구분", "총계"], ["", ""]]
    spans: dict[Square, tuple[int, int]] = {(0, 0): (2, 1), (0, 1): (2, 1)}
    truths: list[Truth] = []
    body: list[list[int]] = [[], []]
    column, subtotals = 2, []
    for name, count in zip(("일반직", "별정직"), grades, strict=True):
        spans[0, column] = (1, count + 1)
        rows[0] += [name] + [""] * count
        rows[1] += ["소계"] + [f"{g + 3}급" for g in range(count)]
        subtotals.append(column)
        for line in body:
            posts = [random.randint(0, 40) for _ in range(count)]
            line += [sum(posts), *posts]
        truths += [((r, column), tuple((r, column + 1 + g) for g in range(count)), 0) for r in (2, 3)]
        column += count + 1
    truths += [((r, 1), tuple((r, c) for c in subtotals), 0) for r in (2, 3)]
    for name, line in zip(("정원", "현원"), body, strict=True):
        rows.append([name, shown(sum(line[c - 2] for c in subtotals)), *map(shown, line)])
    return Clean("인력현황", rows, "명", truths, spans=spans, head=2)


def _budget(random: Random) -> Clean:
    """Budget, spent with its rate beside it, left; the total line first."""
    count = random.randint(2, 8)
    lines = [(b := random.randint(10_000, 9_000_000), random.randint(1_000, b)) for _ in range(count)]
    lines.insert(0, (sum(b for b, _ in lines), sum(s for _, s in lines)))
    rows = [["과목", "예산액", "집행액", "집행률(%)", "잔액"]]
    for r, (budget, spent) in enumerate(lines):
        name = "합계" if r == 0 else f"과목{r}"
        rows.append(
            [name, shown(budget), shown(spent), f"{100 * spent / budget + 1e-9:.1f}", shown(budget - spent)]
        )
    truths: list[Truth] = [
        ((1, c), tuple((r, c) for r in range(2, count + 2)), (count + 1) // 2) for c in (1, 2, 4)
    ]
    truths += [((r, 1), ((r, 2), (r, 4)), 1) for r in range(1, count + 2)]
    rates = [((r, 3), (r, 2), (r, 1)) for r in range(1, count + 2)]
    return Clean("예산 집행현황", rows, "천원", truths, rates)


def _tree(random: Random) -> Clean:
    """Revenue lines as a tree of three levels, parents before children, nothing but the numbers to show it."""
    rows = [["과목", "예산액", "징수액", "미수납액"]]
    truths: list[Truth] = []

    def add(depth: int) -> tuple[int, list[int]]:
        at = len(rows)
        rows.append([f"과목{at}"])
        if depth == 2:
            planned = random.randint(100_000, 90_000_000)
            got = random.randint(50_000, planned)
            values = [planned, got, planned - got]
        else:
            children = [add(depth + 1) for _ in range(random.randint(2, 4))]
            values = [sum(child[1][k] for child in children) for k in range(3)]
            for k in range(3):
                truths.append(((at, k + 1), tuple((child[0], k + 1) for child in children), 0))
        rows[at] += map(shown, values)
        truths.append(((at, 1), ((at, 2), (at, 3)), 0))
        return at, values

    add(0)
    return Clean("세입 현황", rows, "원", truths)


def _change(random: Random) -> Clean:
    """Two years, the change (with △) and its rate; the total last."""
    count = random.randint(3, 9)
    lines = [(random.randint(100, 90_000), random.randint(100, 90_000)) for _ in range(count)]
    lines.append((sum(a for a, _ in lines), sum(b for _, b in lines)))
    rows = [["구분", "2023년(A)", "2024년(B)", "증감(B-A)", "증감률(%)"]]
    for r, (before, after) in enumerate(lines):
        rate = f"{100 * (after - before) / before:.1f}".replace("-", "△")
        rows.append(
            ["합계" if r == count else f"기관{r}", shown(before), shown(after), shown(after - before), rate]
        )
    truths: list[Truth] = [((count + 1, c), tuple((r, c) for r in range(1, count + 1)), 0) for c in (1, 2, 3)]
    truths += [((r, 2), ((r, 1), (r, 3)), 0) for r in range(1, count + 2)]
    return Clean("연도별 실적", rows, "건", truths)


def _months(random: Random) -> Clean:
    """Districts by months with a total column at the end and a total row on top."""
    height, width = random.randint(5, 25), random.randint(4, 12)
    body = [[random.randint(0, 3000) for _ in range(width)] for _ in range(height)]
    body.insert(0, [sum(column) for column in zip(*body, strict=True)])
    rows = [["자치구", *(f"{m + 1}월" for m in range(width)), "계"]]
    rows += [
        ["합계" if r == 0 else f"{r}구", *map(shown, line), shown(sum(line))] for r, line in enumerate(body)
    ]
    truths: list[Truth] = [
        ((r, width + 1), tuple((r, c) for c in range(1, width + 1)), 0) for r in range(1, height + 2)
    ]
    truths += [((1, c), tuple((r, c) for r in range(2, height + 2)), 0) for c in range(1, width + 2)]
    return Clean("월별 현황", rows, "명", truths)


def _list(random: Random) -> Clean:
    """One column of counts with its total on top: only the label says that it is one."""
    count = random.randint(3, 9)
    body = [random.randint(5, 900) for _ in range(count)]
    rows = [["구분", "건수", "비고"], ["계", shown(sum(body)), ""]]
    rows += [[f"유형{r}", shown(n), ""] for r, n in enumerate(body, 1)]
    return Clean("유형별 접수", rows, "건", [((1, 1), tuple((r, 1) for r in range(2, count + 2)), 0)])


SHAPES: tuple[Callable[[Random], Clean], ...] = (_crossed, _staffing, _budget, _tree, _change, _months, _list)


def slips(text: str, random: Random) -> Iterator[tuple[str, str]]:
    """(kind, text) of slips that leave a well-formed number: a digit changed, two swapped, the sign dropped."""
    digits = [i for i, ch in enumerate(text) if ch.isdigit()]
    at = random.choice(digits)
    other = random.choice([d for d in "0123456789" if d != text[at] and not (d == "0" and at == digits[0])])
    yield "digit", text[:at] + other + text[at + 1 :]
    pairs = [
        (i, j)
        for i, j in zip(digits, digits[1:], strict=False)
        if text[i] != text[j] and not (i == digits[0] and text[j] == "0")
    ]
    if pairs:
        i, j = random.choice(pairs)
        swapped = list(text)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        yield "swapped", "".join(swapped)
    if text.startswith("△"):
        yield "sign", text[1:]


def number(text: str) -> int:
    return 0 if text == "-" else int(text.replace(",", "").replace("△", "-"))


def determined(clean: Clean, square: Square, old: str, new: str) -> bool:
    """True if some relation that holds by construction is broken by more than rounding allows."""
    gap = abs(number(new) - number(old))
    return any(gap > slack for target, terms, slack in clean.truths if square == target or square in terms)


@dataclass
class Outcome:
    """What became of one planted slip."""

    shape: str
    kind: str
    determined: bool
    found: bool
    located: bool


def planted(seed: int) -> Outcome:
    """Makes a clean table, plants one slip, checks; `found` if a serious verdict involves the cell."""
    random = Random(seed)  # noqa: S311 - a study, not a secret
    clean = SHAPES[seed % len(SHAPES)](random)
    squares = sorted(
        {s for target, terms, _ in clean.truths for s in (target, *terms) if clean.rows[s[0]][s[1]] != "-"}
    )
    square = random.choice(squares)
    old = clean.rows[square[0]][square[1]]
    kind, new = random.choice(list(slips(old, random)))
    fixed = determined(clean, square, old, new)
    clean.rows[square[0]][square[1]] = new
    grid = clean.grid()
    place = grid.where(*square)
    found = [v for v in check_table(grid).verdicts if v.kind in SERIOUS]
    located = any(v.repair is not None and v.repair.place == place and v.repair.new == old for v in found)
    return Outcome(clean.shape, kind, fixed, any(place in v.cells for v in found), located)


def false_alarms(seed: int) -> int:
    """Serious verdicts on a clean table."""
    clean = SHAPES[seed % len(SHAPES)](Random(seed))  # noqa: S311
    return sum(v.kind in SERIOUS for v in check_table(clean.grid()).verdicts)


def report(trials: int = 1000) -> str:
    """The study as a Markdown page: recall and repairs by shape and by slip, false alarms on as many clean tables."""
    outcomes = [planted(seed) for seed in range(trials)]
    known = [o for o in outcomes if o.determined]
    alarms = sum(false_alarms(seed) for seed in range(trials))
    lines = [
        "# How many planted errors the report checks find",
        "",
        "Written by `sijeong check --study`; the tables are seeded, so the figures are the same on every machine.",
        "",
        f"- {trials:,} clean tables of {len(SHAPES)} shapes, one slip planted in each; {len(known):,} slips are determined by",
        "  another figure (a change within rounding is not).",
        f"- Found: {_share(known, 'found')}. Repaired to the very figure at the very cell: {_share(known, 'located')}.",
        f"- False alarms on the {trials:,} clean tables: {alarms}.",
        "",
        "| table or slip | determined | found | repaired |",
        "|---|---:|---:|---:|",
    ]
    for key in ("shape", "kind"):
        for name in Counter(getattr(o, key) for o in known):
            some = [o for o in known if getattr(o, key) == name]
            lines.append(f"| {name} | {len(some)} | {_share(some, 'found')} | {_share(some, 'located')} |")
    return "\n".join(lines) + "\n"


def _share(outcomes: list[Outcome], what: str) -> str:
    return f"{sum(getattr(o, what) for o in outcomes) / max(len(outcomes), 1):.1%}"
