"""Text kept while it is typed, two editors at once, files of an answer, templates."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.errors import CaseError, StaleEdit
from sijeong.cases.merging import merged
from sijeong.cases.models import AnswerTemplate, Attachment, Writing
from sijeong.documents.actions import FileRefused, FileTooLarge, clean_name, store
from sijeong.documents.models import File

from .filed import bring


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def in_hand(applied, case):
    return bring(applied, case, "in_hand")


def taken_in(city, content=b"%PDF-1.7\n%%EOF\n", name="붙임 1.pdf"):
    return store(stream=io.BytesIO(content), name=name, government=city.seoul, by=city.people["officer"])


def acts(case):
    return [event.act for event in journal.of(case)]


def test_what_is_typed_is_kept_without_an_event_or_a_version(applied, in_hand):
    before = acts(in_hand)
    officer = applied.viewer("officer")
    writing = actions.keep(case=in_hand, fields={"a_answer": "쓰던"}, edition=0, revision=0, by=officer)
    writing = actions.keep(
        case=in_hand, fields={"a_answer": "쓰던 글"}, edition=0, revision=writing.revision, by=officer
    )
    assert (writing.revision, acts(in_hand), in_hand.answers.count()) == (2, before, 0)
    actions.save_draft(case=in_hand, body={"answer": "쓰던 글"}, by=officer, edition=0, revision=2)
    writing.refresh_from_db()
    assert (writing.fields, writing.revision) == ({}, 3)
    assert acts(in_hand) == [*before, "draft"]


def test_an_answer_lost_on_its_way_is_sent_again_and_kept_once(applied, in_hand):
    told = {
        "case": in_hand,
        "fields": {"a_answer": "글"},
        "edition": 0,
        "revision": 0,
        "by": applied.viewer("officer"),
    }
    assert actions.keep(**told).revision == actions.keep(**told).revision == 1


def test_another_window_of_the_same_person_is_told(applied, in_hand):
    officer = applied.viewer("officer")
    actions.keep(case=in_hand, fields={"a_answer": "창 하나"}, edition=0, revision=0, by=officer)
    with pytest.raises(StaleEdit, match="다른 창") as told:
        actions.keep(case=in_hand, fields={"a_answer": "창 둘"}, edition=0, revision=0, by=officer)
    assert told.value.theirs == {"answer": "창 하나"}
    with pytest.raises(StaleEdit, match="다른 창"):
        actions.save_draft(case=in_hand, body={"answer": "창 둘"}, by=officer, revision=0)


def test_a_text_begun_before_the_answer_was_sent_back_is_never_taken_for_current(applied, in_hand):
    officer, colleague = applied.viewer("officer"), applied.viewer("colleague")
    first = actions.save_draft(case=in_hand, body={"answer": "초안"}, outcome="done", by=officer)
    actions.keep(
        case=in_hand, fields={"a_answer": "동료의 글"}, edition=first.edition, revision=0, by=colleague
    )
    actions.save_draft(
        case=in_hand, body={"answer": "고침"}, outcome="done", by=officer, edition=first.edition
    )
    actions.submit(case=in_hand, by=officer)
    actions.send_back(case=in_hand, reason="보완", by=applied.viewer("head"))
    with pytest.raises(StaleEdit):
        actions.save_draft(
            case=in_hand, body={"answer": "동료의 글"}, by=colleague, edition=first.edition, revision=1
        )


def test_only_the_lead_division_keeps_text_and_only_while_it_may_be_changed(applied, in_hand):
    told = {"case": in_hand, "fields": {"a_answer": "글"}, "edition": 0, "revision": 0}
    for who in ("joint_officer", "planning_officer", "member", "other_officer"):
        with pytest.raises(PermissionDenied):
            actions.keep(**told, by=applied.viewer(who))
    actions.save_draft(case=in_hand, body={"answer": "글"}, outcome="done", by=applied.viewer("officer"))
    actions.submit(case=in_hand, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="고칠 수 없습니다"):
        actions.keep(**told, by=applied.viewer("officer"))


class Editor:
    """A window of a person: what it shows, and what it was last told. It loses nothing by itself."""

    def __init__(self, city, case, who):
        self.case, self.viewer = case, city.viewer(who)
        self.text, self.base, self.edition, self.revision, self.stuck = "", "", 0, 0, False
        self.open()

    def open(self):
        """As the page does: one's own kept text, else the draft."""
        answer = self.case.answers.order_by("-number").first()
        writing = Writing.objects.filter(case=self.case, writer=self.viewer.user).first()
        self.revision = writing.revision if writing else 0
        if writing and writing.fields:
            self.text, self.edition = writing.fields["a_answer"], writing.edition
            self.base = writing.base.get("answer", "")
        else:
            self.text = self.base = answer.body.get("answer", "") if answer else ""
            self.edition = answer.edition if answer else 0

    def type(self, word):
        self.text = f"{self.text}\n{word}".strip()

    def keep(self):
        self.revision = actions.keep(
            case=self.case, fields={"a_answer": self.text}, edition=self.edition, revision=self.revision,
            by=self.viewer,
        ).revision  # fmt: skip

    def save(self):
        actions.save_draft(
            case=self.case,
            body={"answer": self.text},
            by=self.viewer,
            edition=self.edition,
            revision=self.revision,
        )

    def send(self, what):
        """Whether the server took the text; what it refuses the page joins and still holds."""
        try:
            getattr(self, what)()
        except StaleEdit as stale:
            self.join(stale)
            return False
        if what == "save":
            self.open()
        return True

    def join(self, stale):
        """The conflict page with ‘둘 다’: the joined text, going on from what was shown, and from nothing else."""
        self.text = merged(self.base, self.text, stale.theirs.get("answer", "")).text
        if stale.own:
            self.revision = Writing.objects.get(case=self.case, writer=self.viewer.user).revision
        else:
            answer = self.case.answers.order_by("-number").first()
            self.base, self.edition = answer.body.get("answer", ""), answer.edition


STEP = st.tuples(st.integers(0, 2), st.sampled_from(["type", "type", "keep", "save", "open"]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=4, max_size=24))
def test_no_text_is_lost_under_any_order_of_two_editors_saves(applied, in_hand, steps):
    """Two windows of one officer and one of a colleague, in any order; whatever the server took stays somewhere."""
    in_hand.writings.all().delete()
    in_hand.answers.all().delete()
    windows = [Editor(applied, in_hand, who) for who in ("officer", "officer", "colleague")]
    taken = set()
    for n, (which, what) in enumerate(steps):
        window = windows[which]
        if what == "type":
            window.type(f"낱말{n}")
        elif what == "open":
            window.open()
        else:
            told = window.text
            if window.send(what):
                taken |= set(told.splitlines())
    held = [writing.fields.get("a_answer", "") for writing in Writing.objects.filter(case=in_hand)]
    held += [answer.body.get("answer", "") for answer in in_hand.answers.all()]
    assert taken <= {line for text in held for line in text.splitlines()}


def test_a_file_goes_with_the_versions_and_leaves_only_a_draft(applied, in_hand):
    officer, head = applied.viewer("officer"), applied.viewer("head")
    kept = actions.attach(case=in_hand, file=taken_in(applied), by=officer)
    gone = actions.attach(case=in_hand, file=taken_in(applied, b"%PDF-2", "잘못.pdf"), by=officer)
    with pytest.raises(CaseError, match="이미 붙인 파일"):
        actions.attach(case=in_hand, file=taken_in(applied, name="다른 이름.pdf"), by=officer)
    actions.detach(attachment=gone, by=officer)
    assert not File.objects.filter(name="잘못.pdf").exists()
    actions.save_draft(case=in_hand, body={"answer": "붙임과 같이"}, outcome="done", by=officer)
    actions.submit(case=in_hand, by=officer)
    with pytest.raises(CaseError, match="고칠 수 없습니다"):
        actions.detach(attachment=kept, by=officer)
    actions.send_back(case=in_hand, reason="보완", by=head)
    with pytest.raises(CaseError, match="1판은 반려 상태"):
        actions.detach(attachment=kept, by=officer)
    second = in_hand.answers.get(number=2)
    assert [one.file.name for one in second.attachments.all()] == ["붙임 1.pdf"]
    actions.submit(case=in_hand, by=officer)
    actions.approve(case=in_hand, by=head)
    actions.deliver(case=in_hand, channel="here", by=officer)
    told = [event.data for event in journal.of(in_hand) if event.act in {"attach", "detach"}]
    assert [data["name"] for data in told] == ["붙임 1.pdf", "잘못.pdf", "잘못.pdf"]
    assert all(len(data["sha256"]) == 64 for data in told)
    assert Attachment.objects.filter(answer=second).count() == 1


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\문서\\보고서.pdf", "보고서.pdf"),
        ("계획\u202efdp.exe.pdf", "계획fdp.exe.pdf"),
        ("보고서", "보고서.pdf"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af.pdf", "한글.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "이름 없는 파일.pdf"),
    ],
)
def test_a_dangerous_name_is_made_harmless(applied, given_name, kept_name):
    assert taken_in(applied, name=given_name).name == kept_name


def test_a_very_long_name_keeps_its_ending_and_fits_a_file_system():
    name = clean_name("가" * 300 + ".pdf")
    assert name.endswith(".pdf") and len(name.encode()) <= 240


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "빈.pdf", "빈 파일"),
        (b"MZ\x90\x00\x03" + b"\0" * 100, "보고서.pdf", "받지 않는 형식"),
        (b"@echo off\r\ndel *.*\r\n", "목록.bat", "이름은 .bat인데 내용은 글·CSV"),
        (b"<html><script>", "글.txt", "받지 않는 형식"),
        (b"%PDF-1.7", "그림.png", "이름은 .png인데 내용은 PDF"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words(applied, content, name, told):
    with pytest.raises(FileRefused, match=told):
        taken_in(applied, content, name)


def test_a_file_over_the_limit_is_refused_in_words(applied, settings):
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(FileTooLarge, match="를 넘습니다"):
        taken_in(applied, b"%PDF-" + b"0" * 20)


def test_a_division_keeps_its_templates(applied, case):
    told = {
        "government": applied.seoul, "unit": applied.units["general_affairs"], "type_code": "data_request",
        "name": "자료 제출", "body": {"answer": "{질문}에 대한 자료를 제출합니다."},
    }  # fmt: skip
    template = actions.make_template(**told, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="이미 있습니다"):
        actions.make_template(**told, by=applied.viewer("head"))
    with pytest.raises(PermissionDenied):
        actions.make_template(**told, by=applied.viewer("other_officer"))
    with pytest.raises(PermissionDenied):
        actions.make_template(**told | {"unit": None}, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="채울 수 없습니다"):
        actions.edit_template(
            template=template, name="자료", body={"answer": "{전화}"}, by=applied.viewer("officer")
        )
    with pytest.raises(CaseError, match="항목 lost"):
        actions.edit_template(
            template=template, name="자료", body={"lost": "글"}, by=applied.viewer("officer")
        )
    actions.retire_template(template=template, by=applied.viewer("officer"))
    template.refresh_from_db()
    assert [event.act for event in journal.of(template)] == ["made", "retired"]
    assert not journal.head_fault(template, journal.of(template).last())
    assert AnswerTemplate.objects.filter(active=True).count() == 0


def test_the_editor_tells_a_second_writer_and_shows_three_texts(applied, signed_in, in_hand):
    officer, colleague = signed_in("officer"), signed_in("colleague")
    at = {name: reverse(name, args=[in_hand.number]) for name in ("case_write", "case_keep", "case_draft")}
    base = "□ 현황\n- 예산 10억 원\n□ 계획\n- 하반기 점검"
    officer.post(at["case_draft"], {"edition": 0, "revision": 0, "a_answer": base})
    told = officer.post(
        at["case_keep"], {"edition": 1, "revision": 0, "a_answer": base.replace("10억", "12억")}
    ).json()
    assert told["others"] == [] and told["revision"] == 1
    told = colleague.post(
        at["case_keep"],
        {"edition": 1, "a_answer": base.replace("하반기", "11월"), "a_plan": "- 보고: ’27. 3월"},
    ).json()
    assert told["dated"] == [{"text": "보고: ’27. 3월", "due": "2027-03-31"}]
    assert "이주무 님이" in told["others"][0] and "부터 쓰고 있습니다" in told["others"][0]
    officer.post(at["case_draft"], {"edition": 1, "revision": 1, "a_answer": base.replace("10억", "12억")})
    # Opened again elsewhere, or saved: the colleague has their own text, theirs, and both joined.
    for response in (
        colleague.get(at["case_write"]),
        colleague.post(
            at["case_draft"], {"edition": 1, "revision": 1, "a_answer": base.replace("하반기", "11월")}
        ),
    ):
        page = response.content.decode()
        assert "두 사람의 글이 다릅니다" in page and "저장된 글로" in page and "서로 다른 줄을 고쳐" in page
        assert "□ 현황\n- 예산 12억 원\n□ 계획\n- 11월 점검" in page
    assert response.status_code == 409
    both = base.replace("10억", "12억").replace("하반기", "11월")
    saved = colleague.post(at["case_draft"], {"edition": 2, "revision": 1, "a_answer": both})
    assert (saved.status_code, in_hand.answers.get().body["answer"]) == (302, both)


def test_a_file_over_the_limit_is_413_with_words(applied, signed_in, in_hand, settings):
    settings.UPLOAD_LIMIT = 1024
    where = reverse("case_attach", args=[in_hand.number])
    files = [
        SimpleUploadedFile("큰 파일.pdf", b"%PDF-" + b"0" * 2000),
        SimpleUploadedFile("작은 파일.pdf", b"%PDF-1"),
    ]
    response = signed_in("officer").post(where, {"files": files}, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 413 and "큰 파일.pdf: 0 MB를 넘습니다" in page and "작은 파일.pdf" in page
    huge = SimpleUploadedFile("더 큰 파일.pdf", b"%PDF-" + b"0" * 1100 * 1024)
    response = signed_in("officer").post(where, {"files": [huge]})
    assert response.status_code == 413 and "넘어 받지 않았습니다" in response.content.decode()


def test_an_export_names_the_files_and_an_import_reads_it_again(applied, signed_in, in_hand):
    officer = applied.viewer("officer")
    actions.attach(case=in_hand, file=taken_in(applied), by=officer)
    actions.save_draft(case=in_hand, body={"answer": "붙임"}, outcome="done", by=officer)
    actions.submit(case=in_hand, by=officer)
    actions.approve(case=in_hand, by=applied.viewer("head"))
    where = reverse("case_export") + "?type=data_request&scope=all&as=csv"
    text = b"".join(signed_in("officer").get(where).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].endswith(",붙임") and "붙임 1.pdf" in text
