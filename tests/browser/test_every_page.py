"""Every page of the rooms, looked at by axe in both sizes and themes: WCAG 2.2 A and AA, nothing too wide."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sijeong.cases import actions
from sijeong.cases.models import ImportRun
from sijeong.cases.tests.filed import ask, bring
from sijeong.cases.urls import urlpatterns as of_cases
from sijeong.documents.models import File
from sijeong.links.tests.keys import token_of
from sijeong.links.urls import urlpatterns as of_links
from sijeong.org.urls import urlpatterns as of_org

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Addresses that answer with a redirect, a file, or only to a form that is sent.
NO_PAGE = {
    "case_subscribe",
    "case_export", "cases_chosen", "follow_ups_chosen", "import_template", "case_file", "case_draft", "case_act", "acknowledge", "follow_up_do",
    "acknowledge_chosen", "import_confirm", "quota_set", "duties_set", "absence_cancel", "post_give", "person_absence", "password_reset",
    "person_deactivate", "post_end", "post_transfer", "token_revoke",
    "enter_template", "enter_passwords", "planning_undo", "case_keep", "case_attach", "case_detach", "template_retire",
}  # fmt: skip
REFUSALS = [["B8", "칭찬", "가능한 값: 시정·처리요구, 건의, 기타(자료제출)"]]
REPORT = {
    "new": 4, "known": 1, "refused": 1, "by_kind": {"건의": 4}, "by_outcome": {"완료": 4}, "joint": 1, "promises": 2,
    "refusals": REFUSALS, "sample": [[4, "조직도에 싣기 바람", "총무과", "2021-11-16"]],
}  # fmt: skip


@pytest.fixture
def addresses(applied, promise):
    """A page of each name: (who, address)."""
    file = File.objects.create(
        government=applied.seoul, name="표.xlsx", kind="xlsx", size=1, sha256="0" * 64, path="none"
    )
    run = ImportRun.objects.create(
        government=applied.seoul, file=file, type_code="audit_finding", label="감사", received_on="2021-11-16",
        state="checked", report=REPORT, started_by=applied.people["planning_officer"],
    )  # fmt: skip
    token_of(applied, "officer")
    template = actions.make_template(
        government=applied.seoul, unit=applied.units["general_affairs"], type_code="data_request", name="자료 제출",
        body={"answer": "{질문}에 대한 자료를 냅니다."}, by=applied.viewer("officer"),
    )  # fmt: skip
    written = bring(applied, ask(applied), "in_hand").number
    number, unit, person = promise.case.number, applied.units["general_affairs"], applied.people["officer"]
    return {
        "my_work": ("planning_officer", []), "cases": ("planning_officer", []), "planning": ("planning_officer", []), "planning_load": ("planning_officer", []),
        "case_new": ("planning_officer", []), "case_new_of": ("planning_officer", ["interview_request"]),
        "case_new_many": ("member", ["data_request"]),
        "answer_templates": ("officer", []), "template_new": ("officer", ["data_request"]),
        "template_edit": ("officer", [template.pk]), "case_write": ("officer", [written]),
        "case_versions": ("officer", [number]), "case": ("officer", [number]), "follow_up": ("officer", [number, promise.pk, "postpone"]),
        "case_import": ("planning_officer", []), "import_run": ("planning_officer", [run.pk]),
        "reorganise": ("administrator", []), "organisation": ("officer", []), "unit": ("officer", [unit.pk]),
        "staffing": ("officer", []), "my_absence": ("head", []), "administration": ("administrator", []),
        "person": ("administrator", [person.pk]), "person_new": ("administrator", []), "enter": ("administrator", ["people"]), "unit_new": ("administrator", []),
        "calendar": ("administrator", []), "subscribe_asker": ("officer", []),
        "tokens": ("officer", []), "person_tokens": ("administrator", [person.pk]),
        "api_docs": ("officer", []),
        "due": ("officer", []), "search": ("planning_officer", []), "follow_ups": ("officer", []),
    }  # fmt: skip


def test_no_page_is_left_out(addresses):
    assert {pattern.name for pattern in (*of_cases, *of_org, *of_links)} - NO_PAGE | {
        "due",
        "api_docs",
    } == set(addresses)


def test_every_page_is_accessible(addresses, applied, open_page, accessible):
    pages = {}
    for name, (who, args) in addresses.items():
        page = pages.setdefault(who, None) or open_page(user=applied.people[who])
        pages[who] = page
        asked = {"due": "?start=2024-09-12&length=10&unit=days&rule=civil", "search": "?q=청사"}.get(name, "")
        assert page.goto(reverse(name, args=args) + asked).status == 200, name
        accessible(page)
