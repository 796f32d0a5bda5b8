"""What a form refuses comes back with what was typed, and says at the field what is wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sijeong.cases import actions
from sijeong.cases.models import Case, ImportRun
from sijeong.documents.models import File

from .filed import bring
from .test_import import ROWS, sheet


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """Queued work runs in the request; files go to a folder of the test's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


def post(client, name, *args, **data):
    response = client.post(reverse(name, args=args), data)
    return response, response.content.decode()


def test_a_new_case_keeps_what_was_typed(applied, signed_in):
    response, page = post(
        signed_in("member"), "case_new_of", "data_request", title="", question="길게 쓴 요구"
    )
    assert response.status_code == 422
    assert "길게 쓴 요구" in page and "필수 항목" in page
    assert not Case.objects.exists()


def test_planning_must_say_who_asks(applied, signed_in):
    data = {"title": "제목", "question": "내용", "received_at": "2999-01-01T09:00"}
    _, page = post(signed_in("planning_officer"), "case_new_of", "data_request", **data)
    assert "요구 의원을 고르거나" in page and "아직 오지 않은 때" in page


def test_a_second_editor_sees_both_texts(applied, signed_in, case):
    bring(applied, case, "in_hand")
    post(signed_in("officer"), "case_draft", case.number, edition=0, a_answer="먼저 쓴 글")
    response, page = post(
        signed_in("colleague"), "case_draft", case.number, edition=0, a_answer="나중에 쓴 글"
    )
    assert response.status_code == 409
    assert "먼저 쓴 글" in page and "나중에 쓴 글" in page and "두 사람의 글이 다릅니다" in page
    # What the page now carries lets the second save the two joined.
    response, _ = post(signed_in("colleague"), "case_draft", case.number, edition=1, a_answer="합친 글")
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("who", "act", "sent", "first"),
    [
        ("head", "send_back", {"reason": "표를 고쳐 다시"}, "approve"),
        ("joint_officer", "contribute", {"text": "표를 고쳐 다시"}, "approve"),
    ],
)
def test_who_comes_second_reads_why_and_keeps_the_text(applied, signed_in, case, who, act, sent, first):
    bring(applied, case, "in_approval")
    signed_in("head").post(reverse("case_act", args=[case.number, first]))
    response, page = post(signed_in(who), "case_act", case.number, act, **sent)
    assert response.status_code == 409
    before, _, _ = page.partition('<div class="columns side">')
    assert "처리하지 못했습니다" in before and "표를 고쳐 다시" in before


def test_of_two_who_decide_the_second_keeps_their_reason_alone(applied, signed_in, case):
    bring(applied, case, "in_hand")
    actions.ask_extension(case=case, reason="방대함", by=applied.viewer("officer"))
    case.refresh_from_db()
    asked, client = case.extension_asked_at.isoformat(), signed_in("planning_officer")
    post(signed_in("head"), "case_act", case.number, "extend", asked=asked, reason="방대함")
    response, page = post(
        client, "case_act", case.number, "refuse_extension", asked=asked, reason="이미 공개됨"
    )
    assert response.status_code == 409 and "이미 공개됨" in page
    assert f'data-copy="{asked}"' not in page  # what no one typed is not handed back as if they had


def test_a_promise_without_its_date_is_asked_for(applied, signed_in, case):
    bring(applied, case, "in_hand")
    response, page = post(
        signed_in("officer"), "case_draft", case.number, edition=0, a_answer="글", plan_text_0="보고"
    )
    assert response.status_code == 422 and "할 일의 기한을 적어야" in page


def test_dates_in_a_plan_are_found_and_offered(applied, signed_in, case):
    bring(applied, case, "in_hand")
    client = signed_in("officer")
    post(client, "case_draft", case.number, edition=0, a_answer="글", a_plan="◦ 결과 보고 : ’27. 3월")
    page = client.get(reverse("case_write", args=[case.number])).content.decode()
    assert "결과 보고 : ’27. 3월" in page and "약속한 일에 넣기: 2027. 3. 31.(수)" in page


def test_what_cannot_be_submitted_says_why_and_keeps_the_text(applied, signed_in, case):
    bring(applied, case, "in_hand")
    sent = {"edition": 0, "a_plan": "답변 없이 계획만", "submit": "1"}
    response, page = post(signed_in("officer"), "case_draft", case.number, **sent)
    assert response.status_code == 422
    assert "답변 없이 계획만" in page
    for field in ("id_a_answer", "id_outcome"):  # each says what it lacks
        assert "결재를 올릴 수 있습니다" in page.split(f'id="{field}_error"')[1][:120]


def upload(client, path, name="표.xlsx", **data):
    told = {"type_code": "audit_finding", "label": "2021년 감사", "received_on": "2021-11-16"} | data
    return post(client, "case_import", file=SimpleUploadedFile(name, path.read_bytes()), **told)


def test_a_sheet_is_checked_then_taken_in_from_the_page(applied, signed_in, tmp_path):
    client = signed_in("planning_officer")
    upload(client, sheet(tmp_path, ROWS))
    run = ImportRun.objects.get()
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "4건을 접수할 수 있습니다" in page and not Case.objects.exists()
    client.post(reverse("import_confirm", args=[run.pk]))
    assert "4건을 접수했습니다" in client.get(reverse("import_run", args=[run.pk])).content.decode()
    client.post(reverse("import_confirm", args=[run.pk]))
    assert Case.objects.count() == 4


def test_a_sheet_with_bad_cells_shows_them_and_takes_nothing(applied, signed_in, tmp_path):
    client = signed_in("planning_officer")
    upload(client, sheet(tmp_path, [*ROWS, [5, "칭찬", "요구", "", "", "", ""]]))
    run = ImportRun.objects.get()
    page = client.get(reverse("import_run", args=[run.pk])).content.decode()
    assert "고칠 칸이 1개" in page and "B8" in page and "칭찬" in page
    client.post(reverse("import_confirm", args=[run.pk]))
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("표.xlsx", b"", "빈 파일"),
        ("표.xlsx", b"MZ\x90\x00" + b"\x00" * 64, "받지 않는 형식"),
        ("표.csv", b"<script>alert(1)</script>", "받지 않는 형식"),
    ],
)
def test_a_file_that_is_not_taken_says_why(applied, signed_in, tmp_path, name, content, why):
    path = tmp_path / "any"
    path.write_bytes(content)
    response, page = upload(signed_in("planning_officer"), path, name)
    assert response.status_code == 422 and why in page
    assert not File.objects.exists()


def test_evidence_is_stored_once_hashed_and_handed_out_as_a_download(applied, signed_in, promise):
    client, case = signed_in("officer"), promise.case
    shown = SimpleUploadedFile("../../보고 서.pdf", b"%PDF-1.7 report")
    post(client, "follow_up_do", case.number, promise.pk, "close", evidence="보고함", file=shown)
    file = File.objects.get()
    assert (file.name, file.kind, file.size) == ("보고 서.pdf", "pdf", 15)
    response = client.get(reverse("case_file", args=[case.number, file.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 report"
    assert (
        response["Content-Disposition"].startswith("attachment")
        and response["X-Content-Type-Options"] == "nosniff"
    )
