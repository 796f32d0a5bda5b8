"""Publication stops until a person has decided every place; a changed text asks again."""

import pytest
from django.core.exceptions import PermissionDenied

from sijeong.audit import journal
from sijeong.cases import actions as cases
from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.documents import contents
from sijeong.documents.models import FileText
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.errors import PublicationStopped
from sijeong.portal.models import Decision, PublicCase
from sijeong.portal.queues import cases_of
from sijeong.portal.review import FILE, UNREAD, Review

from .told import SECRETS, ask_about, decided, filed, published


def kinds(review):
    return {(place.piece.key.split(".")[0], place.kind) for place in review.places}


def test_every_text_that_becomes_public_is_looked_through(delivered):
    review = Review(delivered)
    assert kinds(review) == {
        ("title", "phone"), ("question", "resident_number"), ("answer", "email"), ("follow_up", "phone"),
        ("follow_up", "plate"), ("file", "phone"), ("file", "resident_number"),
    }  # fmt: skip
    assert {place.text for place in review.places} == set(SECRETS.values())
    assert not review.ready


def test_publication_stops_until_everything_is_decided(applied, delivered):
    by = applied.viewer("planning_officer")
    with pytest.raises(PublicationStopped, match="8군데"):
        actions.publish(case=delivered, by=by)
    first, *rest = Review(delivered).places
    actions.decide(case=delivered, chosen=[Chosen(*place.key, "mask") for place in rest], by=by)
    with pytest.raises(PublicationStopped, match="1군데"):
        actions.publish(case=delivered, by=by)
    actions.decide(case=delivered, chosen=[Chosen(*first.key, "clear", "개인정보가 아님")], by=by)
    public = actions.publish(case=delivered, by=by)
    delivered.refresh_from_db()
    assert delivered.state == "published"
    assert "010-7301-1001" in public.title  # cleared
    assert (public.question, public.masked) == (
        "○ 신청인(******-*******)이 요구한 최근 3년간 청사 시설 개선 내역",
        7,
    )


def test_the_original_stays_as_it_was(applied, delivered):
    published(applied, delivered)
    delivered.refresh_from_db()
    assert SECRETS["question"] in delivered.question
    assert SECRETS["answer"] in delivered.answers.get().body["answer"]


def test_the_journal_proves_what_was_decided_and_keeps_nothing_secret(applied, delivered):
    public = published(applied, delivered)
    events = list(journal.of(delivered))
    assert [event.act for event in events[-2:]] == ["redact", "publish"]
    assert events[-1].data["public"] == public.digest
    assert len(events[-2].data["decisions"]) == 8
    assert not any(
        secret in str(event.data) for event in events for secret in SECRETS.values() if event.act == "redact"
    )


def test_a_clearing_says_why(applied, delivered):
    place = Review(delivered).places[0]
    with pytest.raises(PublicationStopped, match="사유"):
        actions.decide(
            case=delivered, chosen=[Chosen(*place.key, "clear", " ")], by=applied.viewer("planning_officer")
        )
    assert not Decision.objects.exists()


def test_a_choice_made_again_replaces_the_one_before(applied, delivered):
    by, place = applied.viewer("planning_officer"), Review(delivered).places[0]
    actions.decide(case=delivered, chosen=[Chosen(*place.key, "mask")], by=by)
    actions.decide(case=delivered, chosen=[Chosen(*place.key, "clear", "착오")], by=by)
    assert Decision.objects.get().choice == "clear"
    assert [event.act for event in journal.of(delivered)][-2:] == ["redact", "redact"]


def test_another_text_asks_again(applied, delivered):
    decided(applied, delivered)
    Case.objects.filter(pk=delivered.pk).update(title="안내 전화 010-7301-1001 로 바뀜")
    delivered.refresh_from_db()
    assert [place.piece.key for place in Review(delivered).undecided] == ["title"]


def test_a_decision_on_a_text_that_is_no_more_is_refused(applied, delivered):
    place = Review(delivered).places[0]
    Case.objects.filter(pk=delivered.pk).update(title="다른 제목")
    with pytest.raises(PublicationStopped, match="바뀌었습니다"):
        actions.decide(
            case=delivered, chosen=[Chosen(*place.key, "mask")], by=applied.viewer("planning_officer")
        )


def test_new_evidence_is_not_public_until_it_is_looked_at(applied):
    case = ask_about(applied, answer="제출합니다.", promise="결과 보고")
    public = published(applied, case)
    officer = applied.viewer("officer")
    cases.close_follow_up(follow_up=case.follow_ups.get(), evidence="010-7301-4004로 알림", by=officer)
    assert public.follow_ups.get().evidence == ""
    case.refresh_from_db()
    with pytest.raises(PublicationStopped):
        actions.publish(case=case, by=applied.viewer("planning_officer"))
    again = published(applied, case)
    assert again.pk == public.pk
    assert again.follow_ups.get().evidence == "010-****-4004로 알림"
    assert list(journal.of(case))[-1].act == "republish"


def test_what_no_form_gives_away_is_masked_by_hand(applied, delivered):
    by = applied.viewer("planning_officer")
    decided(applied, delivered)
    assert actions.mask_by_hand(case=delivered, text="가온", by=by) == 1
    public = actions.publish(case=delivered, by=by)
    assert public.files.get(original=False).text == "성명,번호\n**,******-*******\n"
    with pytest.raises(PublicationStopped, match="어디에도 없습니다"):
        actions.mask_by_hand(case=delivered, text="없는 사람", by=by)


def test_a_file_with_a_mask_is_given_as_text_and_a_clean_one_as_it_is(applied, delivered):
    public = published(applied, delivered)
    told = {file.name: (file.original, file.text) for file in public.files.all()}
    assert told == {
        "명단 010-****-3003.txt (글).txt": (False, "성명,번호\n가온,******-*******\n"),
        "예산 010-****-5005.csv": (True, ""),
    }


def test_a_file_nobody_read_stops_and_one_that_cannot_be_read_waits_for_a_person(applied):
    scan = filed(applied, "스캔.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[scan])
    by = applied.viewer("planning_officer")
    with pytest.raises(PublicationStopped, match="1군데"):
        actions.publish(case=case, by=by)
    place = Review(case).places[0]
    assert (place.kind, place.piece.digest) == (UNREAD, scan.sha256)
    with pytest.raises(PublicationStopped, match="열어 보고"):
        actions.decide(case=case, chosen=[Chosen(*place.key, "mask")], by=by)
    actions.decide(case=case, chosen=[Chosen(*place.key, "clear", "열어 보고 확인함")], by=by)
    FileText.objects.all().delete()
    with pytest.raises(PublicationStopped, match="읽지 않았습니다"):
        actions.publish(case=case, by=by)


def test_a_file_that_is_read_again_is_looked_at_again(applied, delivered, settings):
    """Not before it was; and of what is public already a reviewer is told, though nothing happened to the case."""
    public, by = published(applied, delivered), applied.viewer("planning_officer")
    assert cases_of("changed", by) == []
    settings.FILE_READER_EDITION += 1
    assert len(Review(delivered).reading) == 2
    settings.FILE_READER = f"{__name__}.seeing_more"
    for enclosure in Review(delivered).reading:
        contents.read(enclosure.file)
    assert cases_of("changed", by) == [delivered]
    with pytest.raises(PublicationStopped, match="3군데"):
        actions.publish(case=delivered, by=by)
    assert published(applied, delivered).files.filter(original=False).count() == 2 and public.pk
    assert cases_of("changed", by) == []


def test_who_looked_before_more_was_told_of_it_is_asked_again(applied, settings):
    scan = filed(applied, "스캔.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[scan])
    public, by = published(applied, case), applied.viewer("planning_officer")
    settings.FILE_READER_EDITION += 1
    contents.read(scan)
    assert cases_of("changed", by) == [] and Review(case).ready  # nothing else came of it
    settings.FILE_READER_EDITION, settings.FILE_READER = 99, f"{__name__}.telling_more"
    contents.read(scan)
    assert cases_of("changed", by) == [case]
    with pytest.raises(PublicationStopped, match="1군데"):
        actions.publish(case=case, by=by)
    decided(applied, case)
    assert cases_of("changed", by) == [] and Review(case).ready and not public.withdrawn_at


def telling_more(path, kind):
    return "", "촬영 위치가 든 그림 1개"


def seeing_more(path, kind):
    return path.read_text() + "지은이 900214-1234567", ""


@pytest.mark.parametrize("kind", [FILE, UNREAD])
def test_a_file_may_be_kept_back_whole(applied, kind):
    scan = filed(applied, "010-7301-3003.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[scan])
    by, enclosure = applied.viewer("planning_officer"), Review(case).material.enclosures[0]
    chosen = Chosen(enclosure.text_key, scan.sha256, 0, 0, kind, "withhold")
    assert actions.decide(case=case, chosen=[chosen], by=by).ready
    public = actions.publish(case=case, by=by)
    assert (public.withheld, public.files.count()) == (1, 0)


def test_a_type_cannot_leave_out_a_number_that_names_somebody(applied, delivered):
    definition = delivered.type.definition
    definition["publication"]["mask"] = ["name"]
    delivered.type.save()
    kinds = {place.kind for place in Review(Case.objects.get(pk=delivered.pk)).places}
    assert kinds >= {"phone", "resident_number", "email", "plate"}


def test_who_reviews(applied, delivered):
    for who in ("officer", "head", "member", "auditor", "administrator", "mayors_officer", "jung_gu_officer"):
        with pytest.raises(PermissionDenied):
            actions.publish(case=delivered, by=applied.viewer(who))
        with pytest.raises(PermissionDenied):
            actions.mask_by_hand(case=delivered, text="청사", by=applied.viewer(who))


def test_a_type_that_is_not_published_is_refused(applied):
    fields = {"meeting": "single", "met_on": "2024-01-02"}
    case = bring(applied, ask(applied, type_code="meeting_suggestion", fields=fields), "delivered")
    with pytest.raises(PermissionDenied):
        actions.publish(case=case, by=applied.viewer("planning_officer"))


def test_who_asked_is_told_by_type(applied, delivered):
    assert published(applied, delivered).asker == "서의원"
    Case.objects.filter(pk=delivered.pk).update(asker=None, asker_name="김시민")
    delivered.refresh_from_db()
    assert published(applied, delivered).asker == "시민"


def test_withdrawing_leaves_a_tombstone_and_publishing_again_lifts_it(applied, delivered):
    published(applied, delivered)
    by = applied.viewer("planning_officer")
    with pytest.raises(PublicationStopped, match="까닭"):
        actions.withdraw(case=delivered, why="싫음", by=by)
    public = actions.withdraw(case=delivered, why="personal", note="이름이 보인다는 신고", by=by)
    delivered.refresh_from_db()
    assert (delivered.state, delivered.published_at, public.withdrawn_why) == ("delivered", None, "personal")
    assert not PublicCase.objects.shown().exists()
    assert list(journal.of(delivered))[-1].data["reason"].endswith("이름이 보인다는 신고")
    actions.publish(case=delivered, by=by)
    assert PublicCase.objects.shown().get().withdrawn_at is None


def test_a_case_that_is_answered_anew_is_not_shown(applied, delivered):
    published(applied, delivered)
    cases.reopen(case=delivered, reason="빠진 해가 있음", by=applied.viewer("planning_officer"))
    assert not PublicCase.objects.shown().exists()
