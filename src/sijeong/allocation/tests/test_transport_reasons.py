"""Every reason is checked by solving again with the change it names."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from sijeong.allocation.solving import serving
from sijeong.allocation.solving.flow import solve
from sijeong.allocation.solving.transport import plan, supplied
from sijeong.allocation.solving.transport_reasons import NOT_OFFERED, SHORT, prices, reasons, widened

from .test_transport import instances


def served_with(people, found, pool, by):
    network = widened(found.model.network, found, pool, by)
    order = np.lexsort((people.rank, people.cls))
    counts = serving.most(network, found.model.sink, found.groups.of[order], len(found.groups))
    waiting = [k for k in order if counts[found.groups.of[k]] > 0]
    left, result = counts.copy(), set()
    for k in waiting:
        if left[found.groups.of[k]]:
            left[found.groups.of[k]] -= 1
            result.add(int(k))
    return result, network, counts


@settings(max_examples=120, deadline=None)
@given(instances())
def test_the_places_named_would_have_served_and_one_less_would_not(instance):
    people, sites, rules = instance
    found = plan(people, sites, rules)
    why = reasons(people, found, rules)
    for k in np.flatnonzero(found.site < 0):
        if why.code[k] == NOT_OFFERED:
            assert why.best[k] == -1
            continue
        assert why.code[k] == SHORT and why.more[k] >= 1
        assert k in served_with(people, found, int(why.best[k]), int(why.more[k]))[0]
        assert k not in served_with(people, found, int(why.best[k]), int(why.more[k]) - 1)[0]


@settings(max_examples=120, deadline=None)
@given(instances(quotas=True))
def test_one_more_place_saves_what_its_price_says(instance):
    people, sites, rules = instance
    found = plan(people, sites, rules)
    for pool, price in enumerate(prices(found, people)):
        served, network, counts = served_with(people, found, pool, 1)
        entrants = [int(people.cls[k]) for k in served if found.site[k] < 0]
        assert entrants == ([price.serves] if price.serves >= 0 else [])
        if not entrants:
            again = solve(supplied(replace(found.model, network=network), counts))
            gained = {a: found.aims[a] - v for a, v in zip(found.model.aims, again.values, strict=True)}
            assert gained == price.gains
