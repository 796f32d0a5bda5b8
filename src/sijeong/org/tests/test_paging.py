"""Lists by key: every row once whatever its neighbours, and a key of another list opens none of this one's pages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.audit.models import Event
from sijeong.org import paging
from sijeong.org.models import Post

pytestmark = pytest.mark.django_db
PACKED = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.dates().map(str),
    st.datetimes().map(str),
    st.text(max_size=9),
)


def walked(rows, by, size):
    found, after = [], ""
    while True:
        shown, after = paging.page(rows, by, after, size)
        found += [row.pk for row in shown]
        if not after:
            return found
        assert len(found) < 10_000, "the pages do not end"


@pytest.mark.parametrize("by", ["valid_from", "-valid_from", "id", "-id"])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_every_row_once_in_order(city, by, size):
    for i, post in enumerate(Post.objects.order_by("pk")):
        Post.objects.filter(pk=post.pk).update(valid_from=dt.date(2022, 1, 1 + i % 3))
    pk = "-pk" if by.startswith("-") else "pk"
    assert walked(Post.objects.all(), by, size) == list(
        Post.objects.order_by(by, pk).values_list("pk", flat=True)
    )


@given(told=PACKED, pk=PACKED, by=st.sampled_from(["valid_from", "at", "id"]))
def test_a_key_is_this_lists_or_refused(told, pk, by):
    rows = Event.objects.all() if by == "at" else Post.objects.all()
    key = paging.key_of(by, {by: told, "pk": pk})
    try:
        list(paging.following(rows, by, key)[:1])
    except paging.BadKey:
        assert paging.page(rows, by, key, 1) == paging.page(rows, by, "", 1)


@pytest.mark.parametrize(
    "key", ["x", "W10", "bnVsbA", "W251bGwsIDFd", "é", "WyIyMDI2LTAxLTAxIiwgIngiXQ", "WyIwMDAxLTAxLTAxIiwxXQ"]
)
def test_letters_of_any_kind_are_refused(key):
    with pytest.raises(paging.BadKey):
        paging.following(Post.objects.all(), "valid_from", key)


@pytest.mark.parametrize("by", ["valid_to", "-valid_to"])
@pytest.mark.parametrize("size", [1, 4])
def test_rows_without_a_value_come_last_and_are_not_lost(city, by, size):
    posts = list(Post.objects.order_by("pk"))
    for i, post in enumerate(posts):
        ends = dt.date(2030, 1, 1 + i % 3) if i % 2 else None
        Post.objects.filter(pk=post.pk).update(valid_to=ends)
    rows = {post.pk: post.valid_to for post in Post.objects.all()}
    found = walked(Post.objects.all(), by, size)
    assert sorted(found) == sorted(rows) and None in rows.values()
    filled = [rows[pk] for pk in found if rows[pk]]
    assert [rows[pk] for pk in found] == filled + [None] * (len(rows) - len(filled))
    assert filled == sorted(filled, reverse=by.startswith("-"))
