"""What is embedded in a file of an answer, on its way to citizens."""

import pytest

from sijeong.audit import journal
from sijeong.cases.tests.filed import applied
from sijeong.org.tests.people import city
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.errors import PublicationStopped
from sijeong.portal.review import UNREAD, Review
from sijeong.portal.tests.conftest import kept_here
from sijeong.portal.tests.told import ask_about, filed

from .test_inside import book, photo, word

__all__ = ["applied", "city", "kept_here"]
pytestmark = pytest.mark.django_db


def test_what_is_embedded_stops_until_somebody_has_looked_at_it(applied, kept_here):
    """A list inside a document is found as any text; the picture beside it waits for a person, named in the journal."""
    data = word(part=book("성명: 가온 900214-1234567", photo("PNG")))
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[filed(applied, "답변.docx", data)])
    by, places = applied.viewer("planning_officer"), Review(case).places
    assert [place.kind for place in places if place.kind != "name"] == ["resident_number", UNREAD]
    (unread,) = [place for place in places if place.kind == UNREAD]
    assert "그림 1개" in unread.why
    others = [Chosen(*place.key, "mask") for place in places if place.kind != UNREAD]
    actions.decide(case=case, chosen=others, by=by)
    with pytest.raises(PublicationStopped, match="1군데"):
        actions.publish(case=case, by=by)
    actions.decide(case=case, chosen=[Chosen(*unread.key, "clear", "열어 보고 확인함")], by=by)
    told = [event for event in journal.of(case) if event.act == "redact"][-1]
    assert (told.actor, told.data["decisions"][0]["why"]) == (by.user.label, "열어 보고 확인함")
    assert actions.publish(case=case, by=by).files.get(original=False).text.count("*") > 10
