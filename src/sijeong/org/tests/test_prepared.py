"""Statements written once give what their querysets give, whatever the values."""

import datetime as dt

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sijeong.org.models import Absence, Post, Session, Unit, User
from sijeong.prepared import Prepared

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def held(user, day, *, codes):
    away = Absence.objects.filter(deputy_id=OuterRef("user_id"))
    posts = Post.objects.on(day).filter(user_id=user, unit__level__in=codes).select_related("unit__parent")
    return posts.annotate(stands_in=Exists(away)).order_by("unit__code", "pk")


def named(names, units, day):
    people = User.objects.filter(posts__unit_id__in=units, posts__valid_from__lte=day)
    return people.exclude(name=names).order_by("-posts__valid_from", "pk").values_list("pk", "name")


def alive(data, since):
    found = Session.objects.filter(expire_date__gt=since, session_data=data)
    return found.order_by("expire_date").values_list("session_key", flat=True)


HELD, NAMED, ALIVE = Prepared(held), Prepared(named), Prepared(alive)
LEVELS = tuple(Unit.Level.values)


def test_models_come_with_what_was_selected_and_annotated(city, django_assert_num_queries):
    for user in User.objects.all():
        with django_assert_num_queries(1):
            found = HELD(user.pk, DAY, codes=LEVELS)
            seen = [(post.unit.name, post.unit.parent and post.unit.parent.name) for post in found]
        wanted = list(held(user.pk, DAY, codes=LEVELS))
        assert found == wanted
        assert [vars(one) | {"_state": 0} for one in found] == [vars(one) | {"_state": 0} for one in wanted]
        assert seen == [(post.unit.name, post.unit.parent and post.unit.parent.name) for post in wanted]
        assert not any(post._state.adding for post in found)


@given(
    name=st.text(max_size=5).filter(lambda text: "\0" not in text),
    take=st.integers(0, 6),
    day=st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)),
)
def test_values_and_tuples_of_any_length(name, take, day):
    units = tuple(Unit.objects.values_list("pk", flat=True)[:take])
    assert NAMED(name, units, day) == list(named(name, units, day))


def test_tuples_hold_the_rows_that_stand_for_them(city):
    units = tuple(Unit.objects.values_list("pk", flat=True))
    assert NAMED("", units, DAY)
    for length in range(len(units)):
        assert NAMED("", units[:length], DAY) == list(named("", units[:length], DAY))


def test_moments_and_texts(city):
    now = timezone.now()
    for hour in range(3):
        end = now + dt.timedelta(hours=hour)
        Session.objects.create(session_key=f"{hour}", session_data="it's", expire_date=end)
    found = [ALIVE("it's", now + dt.timedelta(hours=hour, seconds=-1)) for hour in range(4)]
    assert found == [["0", "1", "2"], ["1", "2"], ["2"], []]
    assert ALIVE("its", now - dt.timedelta(days=1)) == []


def test_rows_are_todays_and_not_those_of_the_first_asking(city):
    user = User.objects.first()
    asked = Prepared(lambda pk: User.objects.filter(pk=pk))
    before = asked.first(user.pk)
    User.objects.filter(pk=user.pk).update(name="새 이름")
    assert before.name != asked.first(user.pk).name == "새 이름"
    assert asked.first(10**9) is None


def test_a_statement_is_written_once_for_each_set_of_facts(city):
    written = []

    def build(pk, *, kind):
        written.append(kind)
        return Unit.objects.filter(pk__gt=pk, level=kind)

    asked = Prepared(build)
    for pk in range(5):
        asked(pk, kind="division")
    for pk in range(5):
        asked(pk, kind="bureau")
    assert written == ["division", "bureau"]
    assert {unit.level for unit in asked(0, kind="bureau")} == {"bureau"}


@pytest.mark.parametrize("text", ["50%", "%s", "100%%s", "it's", 'a "b"', "\\n", "가%나", "{}", "$1"])
def test_what_never_differs_may_read_like_anything(city, text):
    User.objects.update(name="")
    wanted = User.objects.order_by("pk").first()
    User.objects.filter(pk=wanted.pk).update(name=text)
    asked = Prepared(lambda pk, *, name: User.objects.filter(pk__gte=pk, name=name, is_active=True))
    assert asked(0, name=text) == [wanted]
    assert asked(0, name=text + "'") == []
    holding = Prepared(lambda pk, *, name: User.objects.filter(name__contains=name, pk__lte=pk))
    assert holding(wanted.pk, name=text) == [wanted]


@pytest.mark.parametrize(
    "build",
    [
        lambda pk: Unit.objects.filter(path__startswith=str(pk)),  # stands there, but not as it was given
        lambda pk: Unit.objects.all(),
        lambda pk: Unit.objects.filter(pk=pk + 1),
        lambda pk: Unit.objects.filter(pk=pk).prefetch_related("children"),
        lambda pk: Unit.objects.filter(pk=pk).values("name"),
    ],
)
def test_what_cannot_be_asked_with_other_values_is_refused(city, build):
    with pytest.raises(TypeError):
        Prepared(build)(1)
