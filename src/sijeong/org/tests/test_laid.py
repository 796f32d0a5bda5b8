"""What tests begin with is the same, whether the actions laid it down or a copy of their rows was put in."""

import pytest
from django.db import transaction

from sijeong.org.models import Government

from .laid import filled, held, laid
from .people import build_city

pytestmark = pytest.mark.django_db


def seen(key, build):
    with transaction.atomic():
        given = laid(key, build)
        found = held(filled())
        transaction.set_rollback(True)
    return given, found


def renamed():
    Government.objects.filter(code="seoul").update(name="다른 시")
    Government.objects.create(code="busan", name="부산광역시", kind="metropolitan", city="busan")


def test_a_copy_has_the_rows_and_gives_what_was_given():
    first, laid_down = seen("test_city", build_city)
    again, put_in = seen("test_city", lambda: pytest.fail("laid down twice"))
    assert put_in == laid_down and len(put_in["org_unit"]) == len(first.units)
    assert again == first and again.units["planning"] is not first.units["planning"]


def test_rows_that_were_changed_are_changed(city):
    _, laid_down = seen("test_renamed", renamed)
    _, put_in = seen("test_renamed", lambda: pytest.fail("laid down twice"))
    assert put_in == laid_down
    assert Government.objects.get(pk=city.seoul.pk).name == "서울특별시"


def test_where_something_is_in_the_way_it_is_laid_down_anew(city):
    seen("test_in_the_way", renamed)
    Government.objects.filter(code="seoul").update(name="또 다른 시")
    asked = []
    seen("test_in_the_way", lambda: asked.append("anew"))
    assert asked == ["anew"]
