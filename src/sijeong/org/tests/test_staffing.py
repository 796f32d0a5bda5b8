"""정원·현원 as the city's own reports print them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.org import actions
from sijeong.org.models import Category, Government, Post, Role, Unit, User
from sijeong.org.staffing import Staffing, staffing_on
from sijeong.org.tree import Node, node_of, tree_on

GENERAL, SPECIAL = Category.GENERAL, Category.SPECIAL
FOUNDED = dt.date(2021, 5, 1)
GRADES = [
    *((GENERAL, grade) for grade in ("2급", "3급", "5급", "6급", "7급", "8·9급")),
    *((SPECIAL, grade) for grade in ("4급상당", "5급상당", "6급상당", "7~9급상당")),
]
# 시장비서실 주요업무보고, 2022. 2. (기준 2022. 1. 31.) and 2023. 5. (기준 2023. 4. 19.)
SECRETARIAT_QUOTA = [0, 1, 2, 3, 2, 1, 3, 18, 4, 0]
SECRETARIAT = {
    dt.date(2022, 1, 31): ([0, 1, 6, 2, 6, 0, 3, 10, 4, 2], (34, 34), (9, 15), (25, 19)),
    dt.date(2023, 4, 19): ([1, 0, 2, 2, 6, 0, 3, 13, 2, 3], (34, 32), (9, 11), (25, 21)),
}
# 약자와의동행추진단 주요업무보고, 2022. 9. (기준 2022. 9. 1.): grade → (quota, actual)
COMPANION_DAY = dt.date(2022, 9, 1)
COMPANION = {
    "동행정책담당관": (4, {"3급": (1, 0), "4급": (1, 2), "5급": (5, 5), "6급": (7, 9), "7급": (6, 5)}),
    "동행사업담당관": (3, {"4급": (1, 0), "5급": (3, 4), "6급": (6, 6), "7급": (1, 1), "8급": (0, 1)}),
}


@pytest.fixture
def seoul(db):
    return Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")


def found(seoul, name, level, parent=None):
    return actions.found_unit(
        government=seoul, code=name, name=name, level=level, on=FOUNDED, parent=parent, by=None
    )


def fill(unit, category, grade, people, *, first, last=None):
    start = User.objects.count()
    users = User.objects.bulk_create(
        User(government=unit.government, username=f"u{start + i}", name=f"직원{start + i}")
        for i in range(people)
    )
    Post.objects.bulk_create(
        Post(
            user=user, unit=unit, role=Role.DIVISION_OFFICER, category=category, grade=grade,
            valid_from=first, valid_to=last,
        )
        for user in users
    )  # fmt: skip


def on(unit, day):
    node = node_of(tree_on(unit.government_id, day), unit.pk)
    return staffing_on([node], day)[unit.pk]


@pytest.fixture
def secretariat(seoul):
    unit = found(seoul, "시장비서실", "division")
    for (category, grade), posts in zip(GRADES, SECRETARIAT_QUOTA, strict=True):
        if posts:
            actions.set_quota(unit=unit, category=category, grade=grade, posts=posts, on=FOUNDED, by=None)
    for day, last in zip(SECRETARIAT, [dt.date(2022, 12, 31), None], strict=True):
        for (category, grade), people in zip(GRADES, SECRETARIAT[day][0], strict=True):
            fill(unit, category, grade, people, first=day, last=last)
    return unit


@pytest.mark.parametrize("day", SECRETARIAT)
def test_the_mayors_secretariat(secretariat, day):
    actual, total, general, special = SECRETARIAT[day]
    staffing = on(secretariat, day)
    assert (staffing.of(), staffing.of(GENERAL), staffing.of(SPECIAL)) == (total, general, special)
    cells = dict(zip(GRADES, zip(SECRETARIAT_QUOTA, actual, strict=True), strict=True))
    assert {key: (staffing.quota[key], staffing.actual[key]) for key in GRADES} == cells
    assert staffing.cells == [key for key in GRADES if cells[key] != (0, 0)]
    assert staffing.categories == [GENERAL, SPECIAL]


def test_who_is_acting_or_holds_an_ungraded_second_post_is_not_counted_again(secretariat):
    day = dt.date(2023, 4, 19)
    user = Post.objects.filter(unit=secretariat, grade="5급상당", valid_to=None).first().user
    for acting, category, grade in [(True, GENERAL, "3급"), (False, "", "")]:
        Post.objects.create(
            user=user, unit=secretariat, role=Role.MAYORS_OFFICE, acting=acting, valid_from=day,
            category=category, grade=grade,
        )  # fmt: skip
    assert on(secretariat, day).of() == (34, 32)


@pytest.fixture
def companion(seoul):
    """Quota in the divisions, people in the seven teams below them."""
    bureau = found(seoul, "약자와의동행추진단", "bureau")
    for name, (teams, grades) in COMPANION.items():
        division = found(seoul, name, "division", bureau)
        rooms = [found(seoul, f"{name} {i + 1}팀", "team", division) for i in range(teams)]
        for i, (grade, (quota, actual)) in enumerate(grades.items()):
            if quota:
                actions.set_quota(
                    unit=division, category=GENERAL, grade=grade, posts=quota, on=FOUNDED, by=None
                )
            fill(rooms[i % teams], GENERAL, grade, actual, first=FOUNDED)
    return bureau


def test_the_companion_bureau_with_two_divisions_and_seven_teams(companion):
    node = node_of(tree_on(companion.government_id, COMPANION_DAY), companion.pk)
    staffing = staffing_on([node], COMPANION_DAY)
    assert staffing[companion.pk].of() == (31, 33)
    assert {below.unit.name: staffing[below.unit.pk].of() for below in node.below} == {
        "동행정책담당관": (20, 21),
        "동행사업담당관": (11, 12),
    }
    assert sum(below.unit.level == Unit.Level.TEAM for below in node.walk()) == 7
    total = staffing[companion.pk]
    by_grade = {
        grade: (total.quota[GENERAL, grade], total.actual[GENERAL, grade]) for _, grade in total.cells
    }
    assert by_grade == {
        "3급": (1, 0), "4급": (2, 2), "5급": (8, 9), "6급": (13, 15), "7급": (7, 6), "8급": (0, 1),
    }  # fmt: skip


def test_a_past_table_stays_when_the_unit_has_been_merged_since(companion, seoul):
    welfare = found(seoul, "복지정책실", "bureau")
    merged = dt.date(2023, 7, 1)
    actions.merge_units(units=[companion], into=welfare, on=merged, hand_over=lambda *_: None, by=None)
    assert on(companion, COMPANION_DAY).of() == on(welfare, merged).of() == (31, 33)
    assert on(welfare, COMPANION_DAY).of() == (0, 0)


def test_two_queries_whatever_the_size(companion, django_assert_num_queries):
    tops = tree_on(companion.government_id, COMPANION_DAY)
    with django_assert_num_queries(2):
        staffing_on(tops, COMPANION_DAY)


KEYS = st.sampled_from(GRADES)


@given(st.lists(st.tuples(KEYS, st.integers(1, 50), st.integers(1, 50)), max_size=12))
def test_categories_add_up_to_the_whole(cells):
    staffing = Staffing()
    for key, quota, actual in cells:
        staffing += Staffing(
            quota=type(staffing.quota)({key: quota}), actual=type(staffing.actual)({key: actual})
        )
    parts = [staffing.of(category) for category in staffing.categories]
    assert staffing.of() == (sum(q for q, _ in parts), sum(a for _, a in parts))
    assert staffing.of() == (sum(q for _, q, _ in cells), sum(a for _, _, a in cells))


def test_a_day_before_a_unit_existed_knows_it_not(companion):
    assert node_of(tree_on(companion.government_id, FOUNDED - dt.timedelta(days=1)), companion.pk) is None


def test_a_unit_whose_parent_is_missing_stands_at_the_top(companion):
    Unit.objects.filter(pk=companion.pk).update(valid_to=FOUNDED)
    tops = tree_on(companion.government_id, COMPANION_DAY)
    assert {node.unit.name for node in tops if isinstance(node, Node)} == set(COMPANION)
