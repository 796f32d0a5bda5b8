"""Those who must be matched: all of them are, or the smallest conflict is told and nobody is."""

import itertools

import numpy as np
from hypothesis import given, settings

from sijeong.allocation.solving import engine
from sijeong.allocation.solving.definition import parse
from sijeong.allocation.solving.districts import NOWHERE
from sijeong.allocation.solving.matching_conflict import seated

from .test_matching import markets

TEXT = """
allocation: teams
title: 짝짓기
basis: [공고]
applicants: {noun: 팀, columns: {id: 팀번호, received: 순서, class: 구분, area: 권역, wish1: 1지망, wish2: 2지망}}
resources: {noun: 지역, columns: {id: 지역, area: 권역, capacity: 자리}}
classes: [{code: 재도전, name: 재도전 팀, basis: 공고}, {code: 참가, name: 참가팀, basis: 공고}]
must_serve: [재도전]
tie: received
choices: {up_to: 2}
"""
REGIONS = [["지역", "권역", "자리"], ["강릉", "강원", "1"], ["춘천", "강원", "1"]]


def run(*teams):
    head = ["팀번호", "순서", "구분", "권역", "1지망", "2지망"]
    rows = [head, *([f"T{k}", str(k), cls, "강원", *wishes] for k, (cls, *wishes) in enumerate(teams))]
    return engine.run(parse(TEXT, "teams.yaml"), {"applicants": rows, "resources": REGIONS}, NOWHERE)


def test_a_team_that_must_have_a_region_goes_before_all_others():
    result = run(("참가", "강릉", ""), ("재도전", "강릉", ""))
    assert result.status == "optimal" and result.got.tolist() == [-1, 0]


def test_too_few_seats_are_told_with_the_teams_that_want_them():
    result = run(("재도전", "강릉", ""), ("재도전", "강릉", ""), ("참가", "춘천", ""))
    assert result.status == "infeasible" and (result.got == -1).all()
    assert result.conflict == ("재도전 팀 2팀은 모두 배정되어야 합니다.", "강릉의 자리는 1개입니다.")


def test_where_only_another_order_would_seat_them_the_order_is_part_of_the_conflict():
    result = run(("재도전", "강릉", "춘천"), ("재도전", "강릉", ""))
    assert result.conflict == (
        "재도전 팀 2팀은 모두 배정되어야 합니다.",
        "강릉의 자리는 1개입니다.",
        "서로 고른 순위를 지킵니다. 앞선 팀을 덜 원한 곳으로 보내 자리를 만들지 않습니다.",
    )


@settings(max_examples=60, deadline=None)
@given(markets())
def test_as_many_fit_as_in_the_best_of_all_seatings(market):
    options = itertools.product(*([-1, *(r for r in row if r >= 0)] for row in market.wishes.tolist()))
    most = 0
    for option in options:
        used = np.bincount([r for r in option if r >= 0], minlength=len(market.capacity))
        if (used <= market.capacity).all():
            most = max(most, int(used.sum()))
    assert seated(market) == most
