"""From day to day: who leaves, who arrives, who moves on, and what the day's plan changed and why.

Those placed stay where they are. They move when their stay there is over (step-down), when their place is closed
or shrinks, or, where the definition lists the aim "moved", when an aim above it gains by the move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from .flow import Ints
from .transport import People, Plan, Rules, Sites, plan


@dataclass(frozen=True)
class Book:
    """Who is where: `people.now` holds the site, `since` the day on which they came there."""

    people: People
    since: Ints


@dataclass(frozen=True)
class Turn:
    """The terms of a stay: `stay` by class the days after which one leaves; `step_down` by need (bits) the days
    after which one moves on, and the need from then on; `movable` whether the placed may move for an aim."""

    stay: Mapping[int, int]
    step_down: Mapping[int, tuple[int, int]]
    movable: bool = False


@dataclass(frozen=True)
class Change:
    """`kind`: left, placed, moved or waits; sites by index, -1 for none; `why` in Korean."""

    id: str
    kind: str
    origin: int
    site: int
    why: str


@dataclass(frozen=True)
class Day:
    """The book after the day, those who wait, and every change. `plan` is what was solved."""

    book: Book
    waiting: People
    changes: tuple[Change, ...]
    plan: Plan


EMPTY = np.zeros(0, np.int64)
NOBODY = Book(People((), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY), EMPTY)


def advance(
    book: Book, arrivals: People, sites: Sites, rules: Rules, turn: Turn, *, day: int,
    early: frozenset[str] = frozenset(),
) -> Day:  # fmt: skip
    """The day's plan. `sites.capacity` is today's; `arrivals` includes those who waited; `early`: who left already."""
    gone = leaving(book, turn, day)
    before = (
        np.array([ident in early for ident in book.people.ids], bool) if early else np.zeros(len(gone), bool)
    )
    arrivals = (
        select(arrivals, ~np.array([ident in early for ident in arrivals.ids], bool)) if early else arrivals
    )
    gone |= before
    stayed = taken_out(book, ~gone)
    needs, aged = stepped(stayed, turn, day)
    people = replace(stayed.people, need=needs)
    loose = must_move(people, sites, rules)
    if turn.movable:
        loose = np.ones(len(people), bool)
    held = select(people, ~loose)
    movers = select(people, loose)
    asking = joined(movers, arrivals)
    busy = np.bincount(site_of(held), minlength=len(sites))
    found = plan(asking, replace(sites, taken=busy), rules)
    origin = site_of(asking)
    changes = [
        Change(
            name, "left", int(at), -1, "일찍 나갔습니다." if name in early else "머무는 기간이 끝났습니다."
        )
        for name, at in leavers(book, gone)
    ]
    changes += told(asking, origin, found.site, set(select(people, aged).ids))
    placed = found.site >= 0
    since = np.where(found.site == origin, joined_since(stayed.since[loose], arrivals, day), day)
    after = joined(held, replace(select(asking, placed), now=found.site[placed]))
    since_all = np.concatenate([stayed.since[~loose], since[placed]])
    waiting = replace(select(asking, ~placed), now=None)
    return Day(Book(after, since_all), waiting, tuple(changes), found)


def site_of(people: People) -> Ints:
    return np.full(len(people), -1, np.int64) if people.now is None else people.now


def leaving(book: Book, turn: Turn, day: int) -> np.ndarray:
    terms = np.full(int(book.people.cls.max(initial=0)) + 1, 10**9)
    for cls, days in turn.stay.items():
        terms[cls : cls + 1] = days
    return day - book.since >= terms[book.people.cls]


def leavers(book: Book, gone: np.ndarray) -> list[tuple[str, int]]:
    sites = site_of(book.people)
    return [(book.people.ids[k], int(sites[k])) for k in np.flatnonzero(gone)]


def stepped(book: Book, turn: Turn, day: int) -> tuple[Ints, np.ndarray]:
    """Today's needs, and whose need changed: more days than allowed at one level lead to the next."""
    needs, aged = book.people.need.copy(), np.zeros(len(book.people), bool)
    for need, (days, after) in turn.step_down.items():
        over = (book.people.need == need) & (day - book.since > days)
        needs[over], aged[over] = after, True
    return needs, aged


def must_move(people: People, sites: Sites, rules: Rules) -> np.ndarray:
    """Whose site no longer offers what they need, and who is too many where capacity fell (the last in line)."""
    at = site_of(people)
    unfit = (people.need & sites.offers[at]) != people.need
    unfit |= rules.hops[people.place, sites.place[at]] > rules.reach
    order = np.lexsort((people.rank, people.cls, unfit, at))
    begins = np.searchsorted(at[order], at[order])
    position = np.arange(len(order)) - begins
    result = np.zeros(len(people), bool)
    result[order] = unfit[order] | (position >= sites.capacity[at[order]])
    return result


def select(people: People, chosen: np.ndarray) -> People:
    rows = np.flatnonzero(chosen)
    rank, cls, place, need, share = (
        column[rows] for column in (people.rank, people.cls, people.place, people.need, people.share)
    )
    now = site_of(people)[rows]
    return People(tuple(people.ids[k] for k in rows), rank, cls, place, need, share, now)


def taken_out(book: Book, chosen: np.ndarray) -> Book:
    return Book(select(book.people, chosen), book.since[chosen])


def joined(first: People, second: People) -> People:
    """Both lists as one, the first before the second in line."""
    rank = np.concatenate([first.rank, second.rank + int(first.rank.max(initial=-1)) + 1])
    cls, place, need, share = (
        np.concatenate([getattr(first, name), getattr(second, name)])
        for name in ("cls", "place", "need", "share")
    )
    now = np.concatenate([site_of(first), site_of(second)])
    compact = np.empty(len(rank), np.int64)
    compact[np.argsort(rank, kind="stable")] = np.arange(len(rank))
    return People(first.ids + second.ids, compact, cls, place, need, share, now)


def joined_since(since: Ints, arrivals: People, day: int) -> Ints:
    return np.concatenate([since, np.full(len(arrivals), day, np.int64)])


def told(people: People, origin: Ints, site: Ints, aged: set[str]) -> list[Change]:
    """A change for everyone who does not stay where they were."""
    changes = []
    for k in np.flatnonzero(site != origin):
        name, old, new = people.ids[k], int(origin[k]), int(site[k])
        if new < 0:
            changes.append(
                Change(name, "waits", old, -1, "있던 곳을 떠나야 하나 갈 수 있는 자리가 없습니다.")
            )
        elif old < 0:
            changes.append(Change(name, "placed", -1, new, "새로 배정되었습니다."))
        else:
            reason = (
                "이 단계의 기간을 넘겨 다음 단계로 옮깁니다."
                if name in aged
                else "정원 변경이나 앞선 목표 때문에 옮깁니다."
            )
            changes.append(Change(name, "moved", old, new, reason))
    waits = np.flatnonzero((site < 0) & (origin < 0))
    return changes + [
        Change(people.ids[k], "waits", -1, -1, "갈 수 있는 자리가 모두 찼습니다.") for k in waits
    ]
