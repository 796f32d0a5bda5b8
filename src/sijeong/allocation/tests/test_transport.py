"""Small instances against every possible plan."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.allocation.solving.transport import People, Quota, Rules, Sites, plan

TIERS = ((50, 0), (100, 3))


def ints(values):
    return np.array(values, np.int64)


@st.composite
def instances(draw, quotas=False):
    places = draw(st.integers(1, 3))
    hops = np.zeros((places, places), np.int64)
    for a, b in itertools.combinations(range(places), 2):
        hops[a, b] = hops[b, a] = draw(st.integers(1, 2))
    count = draw(st.integers(1, 6))

    def column(top):
        return ints(draw(st.lists(st.integers(0, top), min_size=count, max_size=count)))

    people = People(
        tuple(f"P{k}" for k in range(count)),
        ints(draw(st.permutations(range(count)))),
        column(1),
        column(places - 1),
        column(1),
        column(1),
    )
    many = draw(st.integers(1, 3))
    site = st.lists(st.integers(0, places - 1), min_size=many, max_size=many)
    caps = st.lists(st.integers(0, 4), min_size=many, max_size=many)
    offers = st.lists(st.integers(0, 1), min_size=many, max_size=many)
    sites = Sites(
        tuple(f"S{k}" for k in range(many)),
        ints(draw(site)),
        ints(draw(offers)),
        ints(draw(caps)),
        np.zeros(many, np.int64),
    )
    price = draw(st.sampled_from([None, 2])) if quotas else None
    quota = (Quota(1, 50, price),) if quotas else ()
    return people, sites, Rules(hops, draw(st.integers(1, 2)), TIERS, (2, 1), quotas=quota)


def tier_price(load, capacity):
    free = capacity * TIERS[0][0] // 100
    return max(0, load - free) * TIERS[1][1]


def value(people, sites, rules, choice):
    """What a plan is worth, smaller first; None where it breaks a rule."""
    load, shared = [0] * len(sites), [0] * len(sites)
    own = distance = 0
    for k, site in enumerate(choice):
        if site < 0:
            continue
        hop = rules.hops[people.place[k], sites.place[site]]
        if people.need[k] & ~sites.offers[site] or hop > rules.reach:
            return None
        load[site] += 1
        shared[site] += int(people.share[k] == 1)
        own += int(hop > 0)
        distance += int(hop) * rules.weights[people.cls[k]]
    if any(n > c for n, c in zip(load, sites.capacity, strict=True)):
        return None
    over = 0
    for quota in rules.quotas:
        above = [max(0, n - int(c) * 50 // 100) for n, c in zip(shared, sites.capacity, strict=True)]
        if quota.price is None and any(above):
            return None
        over += sum(above) * (quota.price or 0)
    line = sorted(range(len(people)), key=lambda k: (people.cls[k], people.rank[k]))
    balance = sum(tier_price(n, int(c)) for n, c in zip(load, sites.capacity, strict=True))
    return (tuple(int(choice[k] < 0) for k in line), over, own, distance, balance)


def best(people, sites, rules):
    options = itertools.product(range(-1, len(sites)), repeat=len(people))
    values = [value(people, sites, rules, option) for option in options]
    return min(v for v in values if v is not None)


@settings(max_examples=120, deadline=None)
@given(instances())
def test_a_plan_is_the_best_of_all_plans(instance):
    people, sites, rules = instance
    assert value(people, sites, rules, plan(people, sites, rules).site) == best(people, sites, rules)


@settings(max_examples=80, deadline=None)
@given(instances(quotas=True))
def test_quotas_hard_and_priced_are_solved_exactly(instance):
    people, sites, rules = instance
    found = plan(people, sites, rules)
    assert value(people, sites, rules, found.site) == best(people, sites, rules)


@settings(max_examples=80, deadline=None)
@given(instances(), st.randoms(use_true_random=False))
def test_another_order_of_the_input_changes_nothing(instance, random):
    people, sites, rules = instance
    order = list(range(len(people)))
    random.shuffle(order)
    other = People(
        tuple(people.ids[k] for k in order),
        *(getattr(people, name)[order] for name in ("rank", "cls", "place", "need", "share")),
    )
    first, second = plan(people, sites, rules), plan(other, sites, rules)
    assert dict(zip(people.ids, first.site.tolist(), strict=True)) == dict(
        zip(other.ids, second.site.tolist(), strict=True)
    )


@settings(max_examples=80, deadline=None)
@given(instances())
def test_nobody_equal_envies_someone_later_in_line(instance):
    people, sites, rules = instance
    site = plan(people, sites, rules).site

    def way(k):
        return 99 if site[k] < 0 else rules.hops[people.place[k], sites.place[site[k]]]

    for a, b in itertools.permutations(range(len(people)), 2):
        equal = all(getattr(people, n)[a] == getattr(people, n)[b] for n in ("cls", "place", "need", "share"))
        if equal and people.rank[a] < people.rank[b]:
            assert way(a) <= way(b)


def test_places_already_taken_are_not_given_again():
    people = People(("a", "b"), ints([0, 1]), ints([0, 0]), ints([0, 0]), ints([0, 0]), ints([0, 0]))
    sites = Sites(("s",), ints([0]), ints([0]), ints([2]), ints([1]))
    rules = Rules(np.zeros((1, 1), np.int64), 0, TIERS)
    assert plan(people, sites, rules).site.tolist() == [0, -1]
    assert plan(people, replace(sites, taken=ints([0])), rules).site.tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(3))
def test_the_first_in_line_are_served_when_thousands_wait(seed):
    random = np.random.default_rng(seed)
    n = 5000
    people = People(
        tuple(map(str, range(n))),
        random.permutation(n),
        random.integers(0, 3, n),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
    )
    sites = Sites(("s",), ints([0]), ints([0]), ints([3000]), ints([0]))
    served = plan(people, sites, Rules(np.zeros((1, 1), np.int64), 0)).site == 0
    line = np.lexsort((people.rank, people.cls))
    assert served[line[:3000]].all() and not served[line[3000:]].any()
