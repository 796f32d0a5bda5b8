"""Matches of both sides: stability, the applicants' best, and what a seat would change, against all matches."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving.matching import Market, match, one_more_seat, seats_needed


@st.composite
def markets(draw):
    teams, regions = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    wishes = np.full((teams, 3), -1, np.int64)
    for team in range(teams):
        order = draw(st.permutations(range(regions)))
        length = draw(st.integers(1, regions))
        wishes[team, :length] = order[:length]
    ranks = np.array([draw(st.permutations(range(teams))) for _ in range(regions)], np.int64)
    standing = np.where(wishes >= 0, ranks[wishes, np.arange(teams)[:, None]], 0)
    capacity = draw(st.lists(st.integers(0, 3), min_size=regions, max_size=regions))
    return Market(wishes, standing, np.array(capacity, np.int64))


def stable(market, got):
    regions = [market.wishes[a, w] if w >= 0 else -1 for a, w in enumerate(got)]
    for a, mine in enumerate(got):
        for wish in range(3 if mine < 0 else mine):
            region = market.wishes[a, wish]
            if region < 0:
                continue
            there = [market.standing[b, got[b]] for b in range(len(got)) if regions[b] == region]
            if len(there) < market.capacity[region] or max(there, default=-1) > market.standing[a, wish]:
                return False
    return all(regions.count(r) <= c for r, c in enumerate(market.capacity))


def all_stable(market):
    options = itertools.product(range(-1, 3), repeat=len(market.wishes))
    fits = (o for o in options if all(w < 0 or market.wishes[a, w] >= 0 for a, w in enumerate(o)))
    return [o for o in fits if stable(market, o)]


def liking(got):
    return [3 if wish < 0 else wish for wish in got]


@settings(max_examples=100, deadline=None)
@given(markets())
def test_the_match_is_stable_and_no_stable_match_is_better_for_any_applicant(market):
    got = match(market).tolist()
    every = all_stable(market)
    assert tuple(got) in every
    for other in every:
        assert all(a <= b for a, b in zip(liking(got), liking(other), strict=True))


@settings(max_examples=100, deadline=None)
@given(markets())
def test_the_seats_named_would_have_sufficed_and_one_less_would_not(market):
    got = match(market)
    for who in np.flatnonzero(got < 0):
        region = int(market.wishes[who, 0])
        more = seats_needed(market, int(who), region)
        for extra, enough in ((more, True), (more - 1, False)):
            capacity = market.capacity.copy()
            capacity[region] += extra
            assert bool(match(replace(market, capacity=capacity))[who] == 0) is enough


@settings(max_examples=100, deadline=None)
@given(markets())
def test_one_more_seat_matches_as_many_more_as_it_says(market):
    got = match(market)
    for region in range(len(market.capacity)):
        capacity = market.capacity.copy()
        capacity[region] += 1
        more = (match(replace(market, capacity=capacity)) >= 0).sum() - (got >= 0).sum()
        assert one_more_seat(market, got, region) == more
