"""조직개편: what ends passes to its heir whole, and the past stays as it was."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.audit import journal
from sijeong.org import actions
from sijeong.org.errors import CannotFound, CannotReorganise
from sijeong.org.models import Category, Post, Quota, Role, Unit
from sijeong.org.tests.people import SINCE
from sijeong.org.tests.soundness import faults
from sijeong.org.tree import node_of, path_to, tree_on

DAY = dt.timedelta(days=1)
ON = dt.date(2024, 7, 1)


@pytest.fixture
def handed():
    """The pairs of ended unit and heir that were handed over."""
    return []


@pytest.fixture
def by(city, handed):
    """What every reorganisation is told besides its units."""

    def hand_over(ended, heir):
        handed.append((ended.name, heir.name))

    return {"on": ON, "hand_over": hand_over, "by": city.viewer("administrator")}


def acts(subject):
    return [event.act for event in journal.of(subject)]


def names(day, government):
    return {node.unit.name for top in tree_on(government.pk, day) for node in top.walk()}


def test_a_renamed_unit_ends_and_its_heir_begins(city, by, handed):
    unit = city.units["general_affairs"]
    heir = actions.rename_unit(unit=unit, name="총무지원과", **by)
    unit.refresh_from_db()
    assert (unit.name, unit.valid_to, unit.successor) == ("총무과", ON - DAY, heir)
    assert (heir.name, heir.code, heir.valid_from, heir.valid_to) == ("총무지원과", unit.code, ON, None)
    assert handed == [("총무과", "총무지원과")]
    assert acts(unit) == ["renamed"]
    assert acts(heir) == ["founded", "succeeded"]
    assert faults() == []


def test_people_of_a_renamed_unit_go_on_in_its_heir_with_the_same_rights(city, by):
    unit, head = city.units["general_affairs"], city.people["head"]
    before = Post.objects.get(user=head)
    heir = actions.rename_unit(unit=unit, name="총무지원과", **by)
    before.refresh_from_db()
    after = Post.objects.on(ON).get(user=head)
    assert (before.unit, before.valid_to) == (unit, ON - DAY)
    assert (after.unit, after.role, after.title, after.valid_to) == (
        heir, Role.DIVISION_HEAD, before.title, None,
    )  # fmt: skip
    assert {unit.pk, heir.pk} <= city.viewer("head").units, "they still read what the former unit answered"
    assert acts(head) == ["post_followed"]


def test_children_move_and_the_past_tree_stays(city, by):
    administration, team = city.units["administration"], city.units["general_team"]
    heir = actions.rename_unit(unit=administration, name="행정자치국", **by)
    now, before = tree_on(city.seoul.pk, ON), tree_on(city.seoul.pk, ON - DAY)
    assert [unit.name for unit in path_to(now, team.pk)] == ["서울특별시", "행정자치국", "총무과", "총무팀"]
    assert [unit.name for unit in path_to(before, team.pk)] == ["서울특별시", "행정국", "총무과", "총무팀"]
    assert node_of(now, administration.pk) is None
    assert node_of(before, heir.pk) is None
    assert acts(city.units["personnel"]) == ["moved"]
    team.refresh_from_db()
    assert team.path == f"{heir.path}{city.units['general_affairs'].pk}/{team.pk}/"
    assert {unit.pk for unit in Unit.objects.filter(path__startswith=heir.path)} == {
        heir.pk, *(city.units[key].pk for key in ("general_affairs", "general_team", "personnel"))
    }  # fmt: skip


def test_a_tree_twice_reorganised_is_right_on_every_day(city, by):
    first = actions.rename_unit(unit=city.units["administration"], name="행정자치국", **by)
    later = dt.date(2025, 1, 1)
    actions.rename_unit(unit=first, name="행정안전국", **(by | {"on": later}))
    personnel = city.units["personnel"].pk

    def above(day):
        return [unit.name for unit in path_to(tree_on(city.seoul.pk, day), personnel)][1]

    assert [above(day) for day in (SINCE, ON - DAY, ON, later - DAY, later, timezone.localdate())] == [
        "행정국", "행정국", "행정자치국", "행정자치국", "행정안전국", "행정안전국",
    ]  # fmt: skip
    assert faults() == []


def test_two_divisions_merge_into_one_that_keeps_one_head(city, by, handed):
    into = actions.found_unit(
        government=city.seoul, code="staff", name="총무인사과", level="division",
        parent=city.units["administration"], on=ON, by=by["by"],
    )  # fmt: skip
    actions.merge_units(units=[city.units["general_affairs"], city.units["personnel"]], into=into, **by)
    assert handed == [("총무과", "총무인사과"), ("인사과", "총무인사과")]
    there = dict(Post.objects.on(ON).filter(unit=into).values_list("user__username", "role"))
    assert there == {
        "head": Role.DIVISION_HEAD,
        "personnel_head": Role.DIVISION_OFFICER,
        "officer": Role.DIVISION_OFFICER,
        "colleague": Role.DIVISION_OFFICER,
        "personnel_officer": Role.DIVISION_OFFICER,
    }
    assert names(ON, city.seoul) - names(ON - DAY, city.seoul) == {"총무인사과"}
    assert names(ON - DAY, city.seoul) - names(ON, city.seoul) == {"총무과", "인사과"}
    assert faults() == []


def test_an_abolished_team_leaves_its_work_to_the_division_above(city, by, handed):
    team, division = city.units["general_team"], city.units["general_affairs"]
    actions.abolish_unit(unit=team, heir=division, **by)
    assert handed == [("총무팀", "총무과")]
    assert Post.objects.on(ON).get(user=city.people["team_officer"]).unit == division
    assert acts(team) == ["abolished"]
    assert journal.of(division).get().data["ended_name"] == "총무팀"


def test_a_head_is_an_officer_where_another_leads_or_the_level_is_another(city, by):
    culture, division, planning = (city.units[key] for key in ("culture", "culture_policy", "planning"))
    chief = city.people["newcomer"]
    actions.give_post(user=chief, unit=culture, role=Role.BUREAU_HEAD, on=SINCE, by=None)
    actions.abolish_unit(unit=division, heir=planning, **by)
    actions.abolish_unit(unit=culture, heir=city.units["systems"], **by)
    for who in (chief, city.people["other_head"]):
        assert Post.objects.on(ON).get(user=who).role == Role.DIVISION_OFFICER
    assert faults() == []


def test_quotas_add_up_in_the_heir(city, by):
    general, personnel = city.units["general_affairs"], city.units["personnel"]
    for unit, grade, posts in [(general, "5급", 2), (general, "6급", 3), (personnel, "6급", 4)]:
        actions.set_quota(unit=unit, category=Category.GENERAL, grade=grade, posts=posts, on=SINCE, by=None)
    actions.merge_units(units=[general], into=personnel, **by)
    on = dict(Quota.objects.on(ON).filter(unit=personnel).values_list("grade", "posts"))
    before = dict(Quota.objects.on(ON - DAY).filter(unit=personnel).values_list("grade", "posts"))
    assert (on, before) == ({"5급": 2, "6급": 7}, {"6급": 4})
    assert not Quota.objects.on(ON).filter(unit=general).exists()
    assert Quota.objects.on(ON - DAY).filter(unit=general).count() == 2


def test_bureaus_answer_to_the_heir_of_their_committee(city, by):
    ended = city.units["administration_committee"]
    heir = actions.rename_unit(unit=ended, name="기획행정위원회", **by)
    answering = set(Unit.objects.filter(committee=heir).values_list("name", flat=True))
    assert answering == {"기획조정실", "행정국"}
    assert city.viewer("member").committees == {city.units["council"].pk, heir.pk}


def test_what_the_caller_cannot_hand_over_undoes_the_whole(city, by):
    def refuse(ended, heir):
        raise RuntimeError("사안을 옮기지 못했습니다")

    unit = city.units["general_affairs"]
    with pytest.raises(RuntimeError):
        actions.rename_unit(unit=unit, name="총무지원과", **(by | {"hand_over": refuse}))
    unit.refresh_from_db()
    assert (unit.valid_to, unit.successor) == (None, None)
    assert not Unit.objects.filter(name="총무지원과").exists()
    assert acts(unit) == acts(city.people["head"]) == []


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda u, by: actions.rename_unit(unit=u["personnel"], name=" 인사과 ", **by), "새 이름"),
        (lambda u, by: actions.rename_unit(unit=u["personnel"], name="", **by), "새 이름"),
        (
            lambda u, by: actions.rename_unit(
                unit=u["personnel"], name="새 과", **(by | {"on": timezone.localdate() + DAY})
            ),
            "앞날",
        ),
        (
            lambda u, by: actions.rename_unit(unit=u["personnel"], name="새 과", **(by | {"on": SINCE})),
            "생긴 부서",
        ),
        (lambda u, by: actions.merge_units(units=[], into=u["personnel"], **by), "하나 이상"),
        (lambda u, by: actions.merge_units(units=[u["personnel"]], into=u["personnel"], **by), "자기 자신"),
        (lambda u, by: actions.abolish_unit(unit=u["personnel"], heir=u["personnel"], **by), "자기 자신"),
        (lambda u, by: actions.merge_units(units=[u["personnel"]], into=u["culture"], **by), "같은 단계"),
        (
            lambda u, by: actions.merge_units(units=[u["personnel"]], into=u["jung_gu_planning"], **by),
            "다른 자치단체",
        ),
        (
            lambda u, by: actions.abolish_unit(unit=u["general_affairs"], heir=u["general_team"], **by),
            "아래 부서",
        ),
        (
            lambda u, by: actions.abolish_unit(unit=u["personnel"], heir=u["culture"], **by),
            "맡을 수 없습니다",
        ),
        (lambda u, by: actions.abolish_unit(unit=u["culture"], heir=u["council"], **by), "맡을 수 없습니다"),
        (lambda u, by: actions.abolish_unit(unit=u["culture"], heir=u["personnel"], **by), "둘 수 없는 단계"),
    ],
)
def test_what_cannot_be_reorganised_changes_nothing(city, by, handed, act, says):
    before = list(Unit.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())
    with pytest.raises(CannotReorganise, match=says):
        act(city.units, by)
    assert before == (list(Unit.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values()))
    assert handed == []


def test_a_unit_ends_once(city, by):
    unit = city.units["personnel"]
    actions.rename_unit(unit=unit, name="인사정책과", **by)
    with pytest.raises(CannotReorganise, match="이미 없어진"):
        actions.rename_unit(unit=unit, name="인사기획과", **by)
    with pytest.raises(CannotReorganise, match="지금도 있는 부서"):
        actions.merge_units(units=[city.units["general_affairs"]], into=unit, **by)


def test_a_quota_changed_since_forbids_an_earlier_day(city, by):
    actions.set_quota(
        unit=city.units["personnel"], category="general", grade="5급", posts=1, on=ON + DAY, by=None
    )
    with pytest.raises(CannotReorganise, match="정원이 2024-07-02에 바뀌었습니다"):
        actions.rename_unit(unit=city.units["personnel"], name="인사정책과", **by)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"on": timezone.localdate() + DAY}, "앞날"),
        ({"code": "personnel"}, "인사과에서 쓰고"),
        ({"name": " "}, "모두 적어야"),
        ({"level": "bureau", "parent": "personnel"}, "둘 수 없습니다"),
        ({"level": "ministry"}, "가운데 하나"),
        ({"parent": "jung_gu_office"}, "다른 자치단체"),
        ({"on": dt.date(2020, 1, 1)}, "지금도 있는 부서"),
        ({"committee": "welfare"}, "상임위원회만"),
    ],
)
def test_what_cannot_be_founded(city, given, says):
    asked = {
        "code": "new",
        "name": "새 과",
        "level": "division",
        "parent": "administration",
        "on": ON,
    } | given
    for key in ("parent", "committee"):
        asked[key] = city.units[asked[key]] if key in asked else None
    with pytest.raises(CannotFound, match=says):
        actions.found_unit(government=city.seoul, by=None, **asked)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"code": "seoul"}, "이미"),
        ({"code": "Seoul!"}, "소문자"),
        ({"kind": "village"}, "하나여야"),
        ({"name": ""}, "이름"),
    ],
)
def test_what_government_cannot_be_founded(city, given, says):
    asked = {"code": "busan", "name": "부산광역시", "kind": "metropolitan", "city": "busan"} | given
    with pytest.raises(CannotFound, match=says):
        actions.found_government(**asked, by=None)


def test_a_founded_government_has_its_own_journal(db):
    busan = actions.found_government(
        code="busan", name="부산광역시", kind="metropolitan", city="busan", by=None
    )
    assert journal.of(busan).get().government_id == busan.pk
    assert faults() == []
