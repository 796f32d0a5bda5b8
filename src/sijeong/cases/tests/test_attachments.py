"""Files of an answer: attached, frozen, refused in words, named in an export."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.errors import CaseError
from sijeong.cases.models import Attachment
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
    # The same bytes again are told, and leave no row behind.
    again = SimpleUploadedFile("다른 이름.pdf", b"%PDF-1")
    response = signed_in("officer").post(where, {"files": [again]}, headers={"HX-Request": "true"})
    assert response.status_code == 422 and File.objects.count() == 1
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
    assert text.splitlines()[0].split(",")[9] == "붙임" and "붙임 1.pdf" in text
