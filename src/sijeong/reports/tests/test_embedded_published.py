"""What is embedded in a file of an answer, on its way to citizens."""

import pytest

from sijeong.audit import journal
from sijeong.cases.tests.filed import applied
from sijeong.documents.models import File
from sijeong.org.tests.people import city
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.errors import PublicationStopped
from sijeong.portal.review import UNREAD, Review
from sijeong.portal.tests.conftest import kept_here
from sijeong.portal.tests.told import ask_about, filed, published

from . import making
from .test_inside import book, hwpx, photo, word, zipped_with

__all__ = ["applied", "city", "kept_here"]
CORE = "<c><creator>가온</creator><description>문의 010-7301-1001 담당</description><lastModifiedBy>바다</lastModifiedBy></c>"
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


def test_the_picture_of_the_first_page_stays_in_the_house(applied, kept_here, client):
    """Citizens get the file without it; a version in its place leaves no copy of the one before behind."""
    data = hwpx("Preview/PrvImage.png", photo("PNG"))
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[filed(applied, "보고.hwpx", data)])
    by, before = applied.viewer("planning_officer"), File.objects.count()
    public = actions.publish(case=case, by=by)
    told = public.files.get()
    assert told.original and told.file.size == len(data) and File.objects.count() == before + 1
    got = b"".join(client.get(f"/public/seoul/cases/{case.number}/files/{told.pk}/").streaming_content)
    assert dict(making.parts_of(data)).keys() - dict(making.parts_of(got)).keys() == {"Preview/PrvImage.png"}
    actions.mask_by_hand(case=case, text="내역", by=by)
    again = actions.publish(case=case, by=by).files.get()
    assert not again.original and again.copy is None and File.objects.count() == before


def test_what_stands_beside_the_page_is_told_with_its_place_and_not_handed_out_as_text(applied, kept_here):
    data = zipped_with(word("word/odd.xml", b'<a b="900214-1234567"/>'), "docProps/core.xml", CORE)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[filed(applied, "답변.docx", data)])
    places = {place.where: place for place in Review(case).places}
    assert set(places) == {"다른 부분(word/odd.xml)", "문서 속성: 설명"}
    place = places["문서 속성: 설명"]
    assert (place.before, place.text, place.after) == ("문의 ", "010-7301-1001", " 담당")
    assert "문서 속성: 작성자" not in place.before + place.after
    public = published(applied, case)
    assert public.files.get().text == "청사 개선 내역"
