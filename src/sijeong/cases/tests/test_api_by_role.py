"""Every address of the API, for every role and scope: who reads, who acts, who is refused, what is not there."""

from functools import partial

import pytest
from django.utils import timezone

from sijeong.cases import suggesting
from sijeong.cases.models import ImportRun
from sijeong.cases.suggesting import Earlier
from sijeong.documents.models import File
from sijeong.links.scopes import Scope
from sijeong.org.tests import everyone
from sijeong.org.tests.people import JUNG_GU_PEOPLE
from sijeong.site.api import api

from .filed import ask, bring
from .test_pages_by_role import ACTS, ASKERS, GOVERNMENT, JOINT, LEAD, SEES, at

__all__ = ["at"]
# One of each kind: the pages' table, whose acts these are, has everybody.
ONE_OF_EACH = [
    "planning_officer", "officer", "head", "joint_officer", "other_officer", "member", "other_member", "auditor",
    "administrator", "newcomer", "jung_gu_officer",
]  # fmt: skip
told_to = partial(everyone.told_to, people=ONE_OF_EACH)
DECISIONS = {"approve", "send_back", "extend", "refuse_extension"}
PLANNERS = {"planning_officer", "jung_gu_officer"}
READS = {
    "cases", "case", "case_acts", "case_types", "members", "units", "unit", "due", "import_run", "case_file",
    "statistics", "notices", "allocation", "follow_ups", "planning_load", "planning_calendar", "subscriptions",
    "notice_choices", "views", "meetings", "meeting", "meeting_file", "publications", "publication", "benefits",
    "applications", "application", "search", "benefit_payments", "simulations", "simulation", "templates",
    "planning_unassigned", "deliveries", "calendar_keys",
}  # fmt: skip
WRITES = {
    "case_receive",
    "file_send",
    "import_check",
    "import_confirm",
    "notice_read",
    "allocation_table",
    "allocation_solve",
    "planning_calendar_apply",
    "subscription_begin",
    "subscription_end",
    "case_subscribe",
    "notices_read",
    "notice_choose",
    "view_save",
    "view_change",
    "meeting_record",
    "benefit_check",
    "application_receive",
    "template_make",
    "planning_assign",
    "deliveries_acknowledge",
    "calendar_key_make",
    "calendar_key_revoke",
    "benefit_pay",
    "simulation_begin",
}
MEETINGS = {
    "meeting_amend", "meeting_cancel", "meeting_suggest", "meeting_take_up", "meeting_add_file", "meeting_remove_file",
}  # fmt: skip
PUBLICATION = {
    "publication_decide", "publication_by_hand", "publication_publish", "publication_withdraw"
}  # fmt: skip
CHANGES = {f"case_{act}" for act in ACTS} | {
    "case_draft", "case_acknowledge", "follow_up_close", "follow_up_postpone", "follow_up_drop", "case_attach",
    "case_detach", "application_verify", "application_decide", "application_appeal", "template_edit", "template_retire",
} | MEETINGS | PUBLICATION  # fmt: skip
SCOPES = {
    **dict.fromkeys(["units", "unit", "members"], Scope.ORG_READ), **dict.fromkeys(["due", "benefits", "benefit_check"], ""),
    "statistics": Scope.STATISTICS_READ,
    **dict.fromkeys(["notices", "notice_read", "notices_read", "notice_choices", "notice_choose"], Scope.NOTICES),
    **dict.fromkeys(["subscriptions", "subscription_begin", "subscription_end", "case_subscribe"], Scope.NOTICES),
    **dict.fromkeys(["views", "view_save", "view_change"], Scope.VIEWS),
    **dict.fromkeys(["planning_load", "planning_unassigned", "planning_calendar", "planning_calendar_apply"], Scope.PLANNING),
    **dict.fromkeys(["meetings", "meeting", "meeting_file"], Scope.MEETINGS_READ),
    **dict.fromkeys([*MEETINGS, "meeting_record"], Scope.MEETINGS_WRITE),
    **dict.fromkeys([*PUBLICATION, "publications", "publication"], Scope.PUBLICATION),
    **dict.fromkeys(["applications", "application", "benefit_payments", "simulations", "simulation"], Scope.BENEFITS_READ),
    **dict.fromkeys(["application_receive", "application_verify"], Scope.BENEFITS_WRITE),
    **dict.fromkeys(["calendar_keys", "calendar_key_make", "calendar_key_revoke"], Scope.CALENDAR),
    "benefit_pay": Scope.BENEFITS_PAY, "simulation_begin": Scope.BENEFITS_SIMULATE,
    **dict.fromkeys(["application_decide", "application_appeal"], Scope.BENEFITS_DECIDE),
    **dict.fromkeys(["allocation", "allocation_table", "allocation_solve"], Scope.ALLOCATIONS),
    **dict.fromkeys(["import_check", "import_run", "import_confirm"], Scope.CASES_IMPORT),
    **dict.fromkeys([f"case_{act}" for act in DECISIONS], Scope.CASES_DECIDE),
    **dict.fromkeys(["cases", "case", "case_acts", "case_types", "case_file", "follow_ups", "search", "templates", "deliveries"], Scope.CASES_READ),
}  # fmt: skip


def operations():
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return {
        operation["operationId"]: (method, path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


def test_the_tables_cover_every_address():
    assert set(operations()) == READS | WRITES | CHANGES


def test_each_address_asks_for_its_scope_before_anything_else(program, applied):
    told, tokens = (
        {},
        {scope: program("officer", *(other for other in Scope if other != scope)) for scope in Scope},
    )
    for name, (method, path, operation) in operations().items():
        scope = SCOPES.get(name, Scope.CASES_WRITE)
        assert operation["x-scope"] == scope, name
        if scope:
            told[name] = without(tokens[scope], name, method, path, operation)
            assert told[name]["scope"] == scope
    assert {one["type"] for one in told.values()} == {"urn:sijeong:problem:scope_missing"}


def without(client, name, method, path, operation):
    """What is told to who has every scope but the one that is needed."""
    where = path.format(
        number="자료요구-2026-00001", key=1, role="applicants", file=1, suggestion=1, act="open"
    )
    if method == "get":
        return client.get(where, {"q": "청사"}).json()
    if name == "file_send":
        return client.post(f"{where}?name=a.txt", b"x", content_type="application/octet-stream").json()
    return client.post(where, sample(operation, name), content_type="application/json").json()


MEETING = {
    "kind": "single", "held_at": "2026-01-01T09:00", "place": "본관", "subject": "승강기", "members": [1], "units": [1],
}  # fmt: skip
BODIES = {
    "planning_assign": {"cases": [{"number": "자료요구-2026-00001", "lead": 1}]}, "deliveries_acknowledge": {"deliveries": [1]},
    "allocation_table": {"rows": [["접수번호"]]},
    "case_receive": {"type": "data_request", "title": "제목", "question": "내용"},
    "import_check": {"file": 1, "type_code": "data_request", "label": "감사", "received_on": "2021-11-16"},
    "case_draft": {"body": {"answer": "초안"}}, "follow_up_close": {"evidence": "보고함"},
    "follow_up_drop": {"reason": "중복"}, "follow_up_postpone": {"due_on": "2099-01-04", "reason": "지연"},
    "case_deliver": {"channel": "hand", "receipt": "총무과-1", "at": "2026-01-01T09:00"}, "case_assign": {"lead": 1},
    "case_pass_on": {"to": 1, "reason": "소관"}, "case_merge": {"into": "자료요구-2026-00001", "reason": "같음"},
    "case_contribute": {"text": "의견"}, "case_judge": {"sufficient": "yes"}, "case_ask_again": {"reason": "사유"},
    "case_attach": {"file": 1}, "planning_calendar_apply": {"version": "0"}, "subscription_begin": {"asker": "asker:1"},
    "notices_read": {"until": "2026-01-01T09:00"}, "view_save": {"list": "cases", "name": "보기"},
    "notice_choose": {"choices": [{"kind": "assigned", "channel": "email", "on": True}]},
    "meeting_record": MEETING, "meeting_amend": MEETING,
    "meeting_cancel": {"reason": "사정"}, "meeting_suggest": {"text": "건의"}, "meeting_take_up": {"title": "건의"},
    "meeting_add_file": {"file": 1}, "publication_by_hand": {"text": "청사"}, "publication_withdraw": {"why": "law"},
    "publication_decide": {"decisions": [{
        "piece": "title", "digest": "0" * 64, "start": 0, "end": 1, "kind": "name", "choice": "mask",
    }]},
    "application_receive": {"benefit": "x", "name": "가", "born_on": "1990-01-01", "phone": "010-1234-5678"},
    "benefit_pay": {"on": "2026-01-01", "decisions": [1]},
    "simulation_begin": {"title": "셈", "year": 2026, "benefits": ["x"]},
    "application_verify": {"facts": {}, "proof": "신분증"},
    "template_make": {"name": "서식", "type": "data_request", "body": {"answer": "글"}},
    "template_edit": {"name": "서식", "body": {"answer": "글"}},
    "application_appeal": {"reason": "적다", "filed_on": "2026-01-01"},
}  # fmt: skip


def sample(operation, name):
    if name in BODIES:
        return BODIES[name]
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {"reason": "사유"} if sent.get("$ref", "").endswith(("Reason", "Extension")) else {}


def sent(city, data):
    """The page's form data as JSON has it."""
    told = dict(data)
    for name in ("lead", "to"):
        if name in told:
            told[name] = city.units[told[name]].pk
    if "at" in told:
        told["at"] = timezone.localtime().isoformat()
    if "into" in told:
        told["into"] = ask(city).number
    return told


def test_who_reads_a_case_and_to_whom_it_is_not_there(program, at):
    case = at("in_hand")
    for path in (f"/cases/{case.number}", f"/cases/{case.number}/acts"):
        assert told_to(program, lambda who: 200 if who in SEES else 404, lambda c, p=path: c.read(p)) == {}
    for who in ONE_OF_EACH:
        listed = [row["number"] for row in program(who).read("/cases", scope="all").json()["cases"]]
        assert (case.number in listed) == (who in SEES), who


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(program, applied, at, act):
    state, may, data = ACTS[act]
    case = at(state)
    case.refresh_from_db()
    told = sent(applied, data)
    sees = SEES if state != "received" else GOVERNMENT | ASKERS
    expected = lambda who: 200 if who in may else 403 if who in sees else 404  # noqa: E731
    send = lambda c: c.send(f"/cases/{case.number}/{act}", told, If_Match="*")  # noqa: E731
    assert told_to(program, expected, send) == {}


def test_who_writes_the_answer(program, at):
    path = f"/cases/{at('in_hand').number}/draft"
    expected = lambda who: 200 if who in LEAD else 403 if who in SEES else 404  # noqa: E731
    assert told_to(program, expected, lambda c: c.send(path, BODIES["case_draft"], If_Match="*")) == {}


def test_who_acknowledges_and_who_keeps_promises(program, promise):
    number, delivery = promise.case.number, promise.case.deliveries.get().pk
    asks = lambda who: 200 if who in ASKERS else 403 if who in SEES else 404  # noqa: E731
    path = f"/cases/{number}/deliveries/{delivery}/acknowledge"
    assert told_to(program, asks, lambda c: c.send(path, If_Match="*")) == {}
    keeps = lambda who: 200 if who in LEAD | JOINT else 403 if who in SEES else 404  # noqa: E731
    for act in ("close", "postpone", "drop"):
        path, body = f"/cases/{number}/follow-ups/{promise.pk}/{act}", BODIES[f"follow_up_{act}"]
        assert told_to(program, keeps, lambda c, p=path, b=body: c.send(p, b, If_Match="*")) == {}


def test_who_files_what(program, applied):
    planning = PLANNERS
    asks = ASKERS | {"other_member"}
    cannot = {
        "mayors_officer", "auditor", "administrator", "newcomer", "jung_gu_administrator", "bureau_head", "joint_bureau_head",
    }  # fmt: skip
    body = BODIES["case_receive"]
    expected = lambda who: 201 if who in asks else 403 if who in cannot else 422  # noqa: E731
    # Planning says for whom; a division's type is not among those it may ask: both are told what is wrong.
    assert told_to(program, expected, lambda c: c.send("/cases", body)) == {}
    assert (
        program("planning_officer").send("/cases", body | {"asker_name": "행정자치위원회"}).status_code == 201
    )
    assert planning <= set(ONE_OF_EACH)


def test_who_brings_sheets_and_never_anothers(program, applied):
    file = File.objects.create(
        government=applied.seoul, name="a.csv", kind="text", size=1, sha256="0" * 64, path="x",
        stored_by=applied.people["planning_officer"],
    )  # fmt: skip
    body = BODIES["import_check"] | {"file": file.pk}
    # The district's planner may import, but the file is not theirs.
    checks = lambda who: {"planning_officer": 202, "jung_gu_officer": 422}.get(who, 403)  # noqa: E731
    assert told_to(program, checks, lambda c: c.send("/imports", body)) == {}
    run = ImportRun.objects.create(
        government=applied.seoul, file=file, type_code="audit_finding", label="감사", received_on="2021-11-16",
        state="checked", report={"refused": 0}, started_by=applied.people["planning_officer"],
    )  # fmt: skip
    reads = lambda who, done=200: {"planning_officer": done, "jung_gu_officer": 404}.get(who, 403)  # noqa: E731
    assert told_to(program, reads, lambda c: c.read(f"/imports/{run.pk}")) == {}
    confirms = lambda who: reads(who, 202)  # noqa: E731
    assert told_to(program, confirms, lambda c: c.send(f"/imports/{run.pk}/confirm")) == {}


@pytest.mark.parametrize(
    "path",
    ["/case-types", "/members", "/units", "/cases", "/due?start=2024-09-12&length=10&unit=days&rule=civil"],
)
def test_what_everyone_reads(program, applied, path):
    assert told_to(program, lambda who: 200, lambda client: client.get(f"/api/v1{path}")) == {}


def test_a_unit_of_another_government_is_not_there(program, applied):
    path = f"/units/{applied.units['planning'].pk}"
    assert told_to(program, lambda who: 404 if who in JUNG_GU_PEOPLE else 200, lambda c: c.read(path)) == {}


def test_a_file_of_another_case_is_not_there(program, promise):
    response = program("officer").read(f"/cases/{promise.case.number}/files/{10**6}")
    assert (response.status_code, response.json()["type"]) == (404, "urn:sijeong:problem:not_found")


def test_who_reads_figures(program, applied, case):
    expected = lambda who: 403 if who == "newcomer" else 200  # noqa: E731
    assert told_to(program, expected, lambda client: client.read("/statistics")) == {}
    counted = {
        who: program(who).read("/statistics").json()["tables"][0]["total"]["received"]
        for who in ("auditor", "officer")
    }
    assert counted == {"auditor": 1, "officer": 0}


def test_notices_are_ones_own(program, applied, case):
    bring(applied, case, "in_approval")
    (told,) = [one for one in program("head").read("/notices").json()["notices"] if one["read_at"] is None][
        :1
    ]
    path = f"/notices/{told['id']}/read"
    assert told["visible"] and told["text"]
    expected = lambda who: 200 if who == "head" else 404  # noqa: E731
    assert told_to(program, expected, lambda client: client.send(path)) == {}
    assert told_to(program, lambda who: 200, lambda client: client.read("/notices")) == {}


def test_planning_is_planning_s_and_its_calendar_the_administrator_s_too(program, applied, case):
    expected = lambda who: 200 if who in PLANNERS else 403  # noqa: E731
    for path in ("load", "unassigned"):
        assert told_to(program, expected, lambda client, p=path: client.read(f"/planning/{p}")) == {}
    may = lambda who, done=200: done if who in PLANNERS | {"administrator"} else 403  # noqa: E731
    assert told_to(program, may, lambda client: client.read("/planning/calendar")) == {}
    stale = lambda client: client.send("/planning/calendar", {"version": "0"})  # noqa: E731
    assert told_to(program, lambda who: may(who, 409), stale) == {}


def test_who_hears_of_what_and_keeps_which_view(program, applied, at):
    case = at("in_hand")
    sees = lambda who: 201 if who in SEES else 404  # noqa: E731
    assert told_to(program, sees, lambda c: c.send(f"/cases/{case.number}/subscribe")) == {}
    asker = {"asker": f"asker:{applied.people['member'].pk}"}
    ours = lambda who: 422 if who in JUNG_GU_PEOPLE else 201  # noqa: E731
    assert told_to(program, ours, lambda c: c.send("/subscriptions", asker)) == {}
    for path in ("/subscriptions", "/notices/choices", "/views", "/follow-ups"):
        assert told_to(program, lambda who: 200, lambda c, p=path: c.read(p)) == {}
    assert told_to(program, lambda who: 201, lambda c: c.send("/views", BODIES["view_save"])) == {}
    assert told_to(program, lambda who: 404, lambda c: c.send("/views/1/open")) == {}


def test_who_puts_files_to_an_answer(program, applied, at):
    path, file = f"/cases/{at('in_hand').number}", {"file": 10**6}
    # Nobody's file: 422 says that it was let through to there.
    expected = lambda done: lambda who: done if who in LEAD else 403 if who in SEES else 404  # noqa: E731
    assert told_to(program, expected(422), lambda c: c.send(f"{path}/attach", file, If_Match="*")) == {}
    assert told_to(program, expected(404), lambda c: c.send(f"{path}/attached/1/detach", If_Match="*")) == {}


def test_templates_are_made_mended_and_given_up(program, applied):
    """As on the page: a division's by its own people, those of all by planning; from the version that was read."""
    unit = applied.units["general_affairs"].pk
    made = program("officer").send("/templates", BODIES["template_make"] | {"unit": unit})
    assert made.status_code == 201, made.json()
    path, tag = f"/templates/{made.json()['id']}", made["ETag"]
    edited = program("head").send(
        f"{path}/edit", {"name": "새 이름", "body": {"answer": "{제목}"}}, If_Match=tag
    )
    assert (edited.status_code, edited.json()["name"]) == (200, "새 이름")
    assert program("officer").send(f"{path}/retire", If_Match=tag).status_code == 412
    wrong = program("officer").send(
        f"{path}/edit", {"name": "가", "body": {"answer": "{없음}"}}, If_Match="*"
    )
    assert wrong.status_code == 409 and "{없음}" in wrong.json()["detail"]
    (told,) = program("officer").read("/templates").json()["templates"]
    assert (told["body"], told["may_change"], told["etag"]) == ({"answer": "{제목}"}, True, edited["ETag"])
    refused = program("officer").send("/templates", BODIES["template_make"])
    assert (
        refused.status_code == 403
        and program("planning_officer").send("/templates", BODIES["template_make"]).status_code == 201
    )
    assert program("other_officer").send(f"{path}/retire", If_Match="*").status_code == 404
    assert program("officer").send(f"{path}/retire", If_Match=edited["ETag"]).status_code == 200
    for who, status in (("member", 403), ("newcomer", 403), ("officer", 200), ("planning_officer", 200)):
        assert program(who).read("/templates").status_code == status, who


def test_what_waits_for_a_division_comes_with_the_one_suggested(program, applied, monkeypatch):
    first, second = ask(applied, title="청사 승강기 고장 내역"), ask(applied, title="도로 굴착 복구 현황")
    earlier = Earlier(
        "자료요구-2025-00001",
        "청사 승강기 점검",
        applied.units["general_affairs"].pk,
        60,
        ("청사 승강기",),
        9.0,
    )
    monkeypatch.setattr(suggesting, "_neighbours", lambda viewer, case: [earlier] if case == first else [])
    rows = program("planning_officer").read("/planning/unassigned").json()["cases"]
    assert [row["number"] for row in rows] == [first.number, second.number]
    told = rows[0]["suggestion"]
    assert (told["unit"]["id"], told["of"], told["all"]) == (earlier.unit, 1, 1)
    assert told["earlier"][0]["words"] == ["청사 승강기"] and rows[1]["suggestion"] is None
    sent = {"lead": told["unit"]["id"]}
    done = program("planning_officer").send(f"/cases/{first.number}/assign", sent, If_Match=rows[0]["etag"])
    assert done.status_code == 200
