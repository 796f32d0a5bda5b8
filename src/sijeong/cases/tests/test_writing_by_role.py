"""The editor, its files and templates, and the versions of an answer, for every role."""

import pytest
from django.urls import reverse

from sijeong.cases import actions
from sijeong.documents.models import File
from sijeong.org.tests.everyone import told_to

from .test_pages_by_role import ASKERS, LEAD, SEES, at

__all__ = ["at"]


@pytest.fixture
def attachment(applied, at):
    case = at("drafted")
    file = File.objects.create(
        government=applied.seoul, name="표.pdf", kind="pdf", size=1, sha256="1" * 64, path="none"
    )
    return actions.attach(case=case, file=file, by=applied.viewer("officer"))


def test_who_opens_the_editor_keeps_text_and_files(signed_in, attachment):
    number = attachment.answer.case.number
    page, keep, attach = (reverse(name, args=[number]) for name in ("case_write", "case_keep", "case_attach"))
    detach = reverse("case_detach", args=[number, attachment.pk])
    expected = lambda done: lambda who: done if who in LEAD else 403 if who in SEES else 404  # noqa: E731
    assert told_to(signed_in, expected(200), lambda c: c.get(page)) == {}
    assert told_to(signed_in, expected(200), lambda c: c.post(keep, {"a_answer": "글", "edition": 1})) == {}
    assert told_to(signed_in, expected(302), lambda c: c.post(attach)) == {}
    assert told_to(signed_in, expected(302), lambda c: c.post(detach)) == {}


def test_who_compares_versions_and_reads_files_of_a_draft(signed_in, applied, attachment, settings, tmp_path):
    case = attachment.answer.case
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path},
        }
    }  # fmt: skip
    (tmp_path / "none").write_bytes(b"%")
    compare, file = (
        reverse("case_versions", args=[case.number]),
        reverse("case_file", args=[case.number, attachment.file_id]),
    )
    assert told_to(signed_in, lambda who: 200 if who in SEES else 404, lambda c: c.get(compare)) == {}
    # Who only asked reads a file when the answer it goes with is delivered.
    assert told_to(signed_in, lambda who: 200 if who in SEES - ASKERS else 404, lambda c: c.get(file)) == {}
    for state, act in (("in_hand", "submit"), ("in_approval", "approve"), ("answered", "deliver")):
        who = applied.viewer("head" if act == "approve" else "officer")
        assert signed_in("member").get(file).status_code == 404, state
        getattr(actions, act)(case=case, by=who, **({"channel": "here"} if act == "deliver" else {}))
    assert told_to(signed_in, lambda who: 200 if who in SEES else 404, lambda c: c.get(file)) == {}


def test_who_uses_and_mends_templates(signed_in, applied):
    template = actions.make_template(
        government=applied.seoul, unit=applied.units["general_affairs"], type_code="data_request", name="자료",
        body={"answer": "{질문}"}, by=applied.viewer("officer"),
    )  # fmt: skip
    works = {
        "newcomer",
        "mayors_officer",
        "auditor",
        "administrator",
        "jung_gu_administrator",
        *ASKERS,
        "other_member",
    }
    pages = lambda who: 403 if who in works else 200  # noqa: E731
    assert told_to(signed_in, pages, lambda c: c.get(reverse("answer_templates"))) == {}
    assert told_to(signed_in, pages, lambda c: c.get(reverse("template_new", args=["data_request"]))) == {}
    edit, retire = (
        reverse("template_edit", args=[template.pk]),
        reverse("template_retire", args=[template.pk]),
    )
    assert told_to(signed_in, lambda who: 200 if who in LEAD else 404, lambda c: c.get(edit)) == {}
    assert told_to(signed_in, lambda who: 302 if who in LEAD else 404, lambda c: c.post(retire)) == {}
