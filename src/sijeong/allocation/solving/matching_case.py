"""Choice by both sides: from checked tables to a market, and from its match to a result with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .flow import Ints
from .matching import Market, match, one_more_seat, waiting
from .matching_conflict import conflict
from .result import Aim, Result, Use, infeasible
from .transport import People, Rules, Sites, plan

WISHES = ("wish1", "wish2", "wish3")


@dataclass(frozen=True)
class Case:
    """`cls`, `area` and `field` by team; mentors as (number, area, field)."""

    ids: tuple[str, ...]
    rank: Ints
    cls: Ints
    market: Market
    regions: tuple[str, ...]
    area: tuple[str, ...]
    field: tuple[str, ...]
    mentors: tuple[tuple[str, str, str], ...]


def read(definition: Definition, tables: Any, seed: bytes | None) -> Case:
    """A checked case. Raises BadTable: a closed region, regions of two areas, a score twice."""
    regions = read_regions(definition, tables["resources"])
    names = [name for name, *_ in regions]
    teams = read_teams(definition, tables["applicants"], names)
    check_wishes(definition, teams, regions, rows=tables["applicants"])
    ids = tuple(teams["id"])
    rank = lottery.draw(seed, ids) if seed is not None else lottery.receipt(teams["received"], ids)
    wishes = np.stack([np.array(teams.get(wish, [-1] * len(ids)), np.int64) for wish in WISHES], axis=1)
    scores = read_scores(tables.get("scores", ()), ids, names)
    cls = np.array(teams["class"], np.int64)
    top = 1_001
    given = np.array([[scores.get((a, int(r)), 0) for r in row] for a, row in enumerate(wishes)], np.int64)
    standing = (cls[:, None] * top + (top - 1 - given)) * len(ids) + rank[:, None]
    capacity = np.array([seats if open_ else 0 for _, _, seats, open_ in regions], np.int64)
    mentors = (
        read_mentors(tables.get("mentors", ())) if definition.choices and definition.choices.mentors else ()
    )
    fields = tuple(teams.get("field", [""] * len(ids)))
    return Case(
        ids,
        rank,
        cls,
        Market(wishes, standing, capacity),
        tuple(names),
        tuple(teams["area"]),
        fields,
        mentors,
    )


def read_regions(definition: Definition, rows: Any) -> list[tuple[str, str, int, bool]]:
    parse: dict[str, intake.Parse] = {
        "id": intake.named,
        "area": intake.named,
        "capacity": intake.whole(0, 100_000),
        "open": lambda cell: intake.one_of(("아니오", "예"))(cell) == 1,
    }
    table = definition.resources
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    opened = found.get("open", [True] * len(found["id"]))
    return sorted(zip(found["id"], found["area"], found["capacity"], opened, strict=True))


def read_teams(definition: Definition, rows: Any, names: list[str]) -> dict[str, list[Any]]:
    parse: dict[str, intake.Parse] = {
        "id": intake.named,
        "received": intake.moment,
        "class": intake.one_of([each.code for each in definition.classes]),
        "area": intake.named,
        "field": str,
        "wish1": intake.one_of(names),
        "wish2": intake.one_of(names, empty=True),
        "wish3": intake.one_of(names, empty=True),
    }
    table = definition.applicants
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    return intake.columns(table.noun, rows, wanted)


def check_wishes(
    definition: Definition,
    teams: dict[str, list[Any]],
    regions: list[tuple[str, str, int, bool]],
    *,
    rows: Any,
) -> None:
    table, faults = definition.applicants, []
    for row, area in enumerate(teams["area"]):
        seen: set[int] = set()
        for wish in WISHES:
            at = teams[wish][row] if wish in teams else -1
            if at < 0:
                continue
            name, its_area, _, opened = regions[at]
            reason = ""
            if not opened:
                reason = f"{name}은(는) 모집하지 않는 지역입니다"
            elif its_area != area:
                reason = f"{name}은(는) {area} 권역이 아닙니다. 한 권역 안에서 고릅니다"
            elif at in seen:
                reason = f"{name}을(를) 두 번 골랐습니다"
            seen.add(at)
            if reason:
                faults.append(
                    intake.Fault(table.noun, intake.line_of(rows, row + 1), table.columns[wish], reason)
                )
    if faults:
        raise intake.BadTable(faults)


def read_scores(rows: Any, ids: tuple[str, ...], names: list[str]) -> dict[tuple[int, int], int]:
    """The regions' scores, 0 to 1,000, by team and region; a team without a score stands behind."""
    if not rows:
        return {}
    wanted = {
        "team": intake.Column("팀번호", intake.one_of(ids)),
        "region": intake.Column("지역", intake.one_of(names)),
        "score": intake.Column("점수", intake.whole(0, 1000)),
    }
    found = intake.columns("점수", rows, wanted)
    pairs = list(zip(found["team"], found["region"], strict=True))
    seen: set[tuple[int, int]] = set()
    faults = []
    for row, pair in enumerate(pairs, start=1):
        if pair in seen:
            faults.append(
                intake.Fault(
                    "점수", intake.line_of(rows, row), "지역", "같은 팀과 지역의 점수가 이미 있습니다"
                )
            )
        seen.add(pair)
    if faults:
        raise intake.BadTable(faults)
    return dict(zip(pairs, found["score"], strict=True))


def read_mentors(rows: Any) -> tuple[tuple[str, str, str], ...]:
    wanted = {
        "id": intake.Column("멘토번호", intake.named, True),
        "area": intake.Column("권역", intake.named),
        "field": intake.Column("분야", str),
    }
    found = intake.columns("멘토", rows, wanted) if rows else {"id": [], "area": [], "field": []}
    return tuple(sorted(zip(found["id"], found["area"], found["field"], strict=True)))


def run(definition: Definition, tables: Any, seed: bytes | None) -> Result:
    return decide(definition, read(definition, tables, seed))


def decide(definition: Definition, case: Case) -> Result:
    """The match, its mentors and the reasons."""
    market, count = case.market, len(case.ids)
    got = match(market)
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    if np.isin(case.cls[got < 0], must).any():
        told = conflict(definition, market, case.cls, regions=case.regions)
        return infeasible(definition, "choices", case.ids, 1, told)
    region = np.where(got >= 0, market.wishes[np.arange(count), got], -1)
    queues = waiting(market, got)
    best, place = nearest_miss(queues, got)
    mentor = pair_mentors(case, got)
    served, first = int((got >= 0).sum()), int((got == 0).sum())
    paired = int((mentor >= 0).sum())
    method, why_method = words.METHODS["choices"]
    aims = [
        Aim("served", words.AIMS["served"], served, served),
        Aim("wish", words.AIMS["wish"], first, first),
    ]
    if case.mentors:
        aims.append(Aim("pairs", words.AIMS["pairs"], paired, paired))
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure="choices",
        method=method,
        why_method=why_method,
        status="optimal",
        aims=tuple(aims),
        ids=case.ids,
        got=region,
        code=np.where(got >= 0, 0, 1),
        facts={"wish": got + 1, "best": best, "waiting": place, "mentor": mentor},
        labels={"best": case.regions, "mentor": tuple(number for number, *_ in case.mentors)},
        resources=uses(case, got, queues),
    )


def uses(case: Case, got: Ints, queues: list[Ints]) -> tuple[Use, ...]:
    """By region the seats, those used, and who would come with one more."""
    region = case.market.wishes[np.arange(len(got)), got][got >= 0]
    used = np.bincount(region, minlength=len(case.regions)).tolist()
    result = []
    for number, name in enumerate(case.regions):
        worth = "자리를 늘려도 나아지지 않습니다."
        if len(queues[number]):
            gain = one_more_seat(case.market, got, number)
            first = case.ids[queues[number][0]]
            worth = f"한 자리 더 있으면 {first} 팀이 옮겨 옵니다(전체 {gain}팀 더 배정)."
        result.append(Use(name, name, int(case.market.capacity[number]), used[number], worth))
    return tuple(result)


def nearest_miss(queues: list[Ints], got: Ints) -> tuple[Ints, Ints]:
    """For those not matched: the region where they are furthest ahead in the queue, and that place."""
    best, place = np.full(len(got), -1, np.int64), np.zeros(len(got), np.int64)
    for number, queue in enumerate(queues):
        position = np.arange(1, len(queue) + 1)
        closer = (got[queue] < 0) & ((best[queue] < 0) | (position < place[queue]))
        best[queue[closer]], place[queue[closer]] = number, position[closer]
    return best, place


def pair_mentors(case: Case, got: Ints) -> Ints:
    """A mentor for each matched team, one to one: same area and field first, then field, then area."""
    matched = np.flatnonzero(got >= 0)
    result = np.full(len(got), -1, np.int64)
    if not case.mentors or not len(matched):
        return result
    kinds = sorted(
        {*zip(case.area, case.field, strict=True), *((area, field) for _, area, field in case.mentors)}
    )
    at = {kind: number for number, kind in enumerate(kinds)}
    steps = np.array([[2 * (a[1] != b[1]) + (a[0] != b[0]) for b in kinds] for a in kinds], np.int64)
    zero = np.zeros(len(matched), np.int64)
    place = np.array([at[case.area[k], case.field[k]] for k in matched], np.int64)
    rank = np.argsort(np.argsort(case.rank[matched]))
    people = People(tuple(case.ids[k] for k in matched), rank, zero, place, zero, zero)
    free = np.zeros(len(case.mentors), np.int64)
    where = np.array([at[area, field] for _, area, field in case.mentors], np.int64)
    sites = Sites(tuple(number for number, *_ in case.mentors), where, free, free + 1, free)
    result[matched] = plan(people, sites, Rules(steps, 3, aims=("distance",))).site
    return result
