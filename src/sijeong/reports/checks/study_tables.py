"""Clean tables as offices draw them, made from a seed, each with the relations that hold by construction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sijeong.reports.facts.grids import Grid
from sijeong.reports.reading.documents import Cell, Place, Table

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
    """Revenue lines as a tree of three levels, parents first, nothing but the numbers to show it."""
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
            truths.extend(((at, k), tuple((child[0], k) for child in children), 0) for k in (1, 2, 3))
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


def _rounded(random: Random) -> Clean:
    """Money printed in millions from won: every figure is rounded by itself, sums and remainders may be off
    a little.
    """
    count = random.randint(2, 9)
    lines = [(b := random.randint(10**7, 10**11), random.randint(10**6, b)) for _ in range(count)]
    lines.insert(0, (sum(b for b, _ in lines), sum(s for _, s in lines)))
    rows = [["사업명", "예산현액", "집행액", "잔액", "집행률"]]
    for r, (budget, spent) in enumerate(lines):
        printed = [f"{round(n / 10**6):,}" for n in (budget, spent, budget - spent)]
        rate = int(1000 * spent / budget) / 10 if count % 2 else 100 * spent / budget
        rows.append(["계" if r == 0 else f"사업{r}", *printed, f"{rate:.1f}%"])
    truths: list[Truth] = [
        ((1, c), tuple((r, c) for r in range(2, count + 2)), count // 2 + 1) for c in (1, 2, 3)
    ]
    truths += [((r, 1), ((r, 2), (r, 3)), 1) for r in range(1, count + 2)]
    return Clean("재정 집행현황", rows, "백만원", truths)


def _unrelated(random: Random) -> Clean:
    """Figures that have nothing to do with each other, large or small."""
    height, width = random.randint(3, 12), random.randint(2, 7)
    most = random.choice([4, 12, 90, 5000, 10**7])
    rows = [
        ["구분", *(random.choice(["인원", "시설", "면적", "2022년", "2023년", "횟수"]) for _ in range(width))]
    ]
    rows += [[f"지역{r}", *(shown(random.randint(0, most)) for _ in range(width))] for r in range(height)]
    return Clean("지역별 현황", rows, random.choice(["", "명", "백만원"]))


def _partial(random: Random) -> Clean:
    """A total of more lines than are shown, and of-which lines below it, over several years."""
    width = random.randint(2, 4)
    body = [[random.randint(10, 900) for _ in range(width)] for _ in range(random.randint(2, 5))]
    total = [sum(column) + random.randint(50, 5000) for column in zip(*body, strict=True)]
    rows = [["구분", *(f"20{20 + c}년" for c in range(width))], ["계", *map(shown, total)]]
    rows += [[f"주요 유형{r}", *map(shown, line)] for r, line in enumerate(body)]
    return Clean("주요 유형별 현황", rows, "건")


SHAPES: tuple[Callable[[Random], Clean], ...] = (
    _crossed,
    _staffing,
    _budget,
    _tree,
    _change,
    _months,
    _list,
    _rounded,
)
DECOYS: tuple[Callable[[Random], Clean], ...] = (_unrelated, _partial)
