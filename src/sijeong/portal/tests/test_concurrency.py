"""Two reviewers at once: one publication, one public version, and no decision lost."""

import pytest

from sijeong.audit import journal
from sijeong.cases.tests.test_concurrency import at_once, sound
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.models import Decision, PublicCase
from sijeong.portal.review import Review

from .told import decided, published

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_publish_and_one_is_told(applied, delivered):
    decided(applied, delivered)
    by = applied.viewer("planning_officer")
    told = at_once(*[lambda: actions.publish(case=delivered, by=by)] * 2)
    assert sorted(str(each) for each in told) == ["None", f"{delivered.number}: 이미 공개한 것과 같습니다."]
    assert [event.act for event in journal.of(delivered)].count("publish") == 1
    assert PublicCase.objects.get().files.count() == 2
    assert sound()


def test_decisions_made_at_once_are_all_kept(applied, delivered):
    by, places = applied.viewer("planning_officer"), Review(delivered).places
    acts = [
        lambda place=place: actions.decide(case=delivered, chosen=[Chosen(*place.key, "mask")], by=by)
        for place in places
    ]
    assert at_once(*acts) == [None] * len(places)
    assert Decision.objects.count() == len(places)
    assert sound()


def test_who_withdraws_while_another_publishes_anew_leaves_one_of_both(applied, delivered):
    published(applied, delivered)
    by = applied.viewer("planning_officer")
    at_once(
        lambda: actions.withdraw(case=delivered, why="law", by=by),
        lambda: actions.mask_by_hand(case=delivered, text="청사", by=by),
    )
    delivered.refresh_from_db()
    public = PublicCase.objects.get()
    assert (delivered.published_at is None) == (public.withdrawn_at is not None)
    assert sound()
