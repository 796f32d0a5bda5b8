"""Every address of the room, for every role: who sees, who acts, who is refused, and what is not there at all."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import ImportRun
from sijeong.cases.urls import urlpatterns
from sijeong.documents.models import File
from sijeong.org.tests.everyone import EVERYONE, told_to

from .filed import ask, bring

GOVERNMENT = {"planning_officer", "mayors_officer", "auditor", "administrator"}
ASKERS = {"member", "aide"}
LEAD = {"officer", "colleague", "team_officer", "head", "bureau_head"}
LEAD_HEADS = {"head", "bureau_head"}
JOINT = {"joint_officer", "joint_head", "joint_bureau_head"}
SEES = GOVERNMENT | ASKERS | LEAD | JOINT

# act: the state it is done in, who may, what is sent
ACTS = {
    "assign": ("received", {"planning_officer"}, {"lead": "general_affairs"}),
    "start": ("assigned", LEAD, {}),
    "pass_on": ("assigned", LEAD | {"planning_officer"}, {"to": "personnel", "reason": "인사 소관"}),
    "return_to_planning": ("assigned", LEAD | {"planning_officer"}, {"reason": "소관 불명"}),
    "ask_extension": ("in_hand", LEAD, {"reason": "자료가 방대함", "length": 5}),
    "extend": ("extension_asked", LEAD_HEADS | {"planning_officer"}, {"reason": "자료가 방대함"}),
    "refuse_extension": ("extension_asked", LEAD_HEADS | {"planning_officer"}, {"reason": "기한 안에 될 일"}),
    "pause": ("in_hand", LEAD, {"reason": "어느 청사인지"}),
    "resume": ("paused", LEAD | ASKERS, {}),
    "contribute": ("in_hand", JOINT, {"text": "협조 의견"}),
    "submit": ("drafted", LEAD, {}),
    "send_back": ("in_approval", LEAD_HEADS, {"reason": "보완"}),
    "approve": ("in_approval", LEAD_HEADS, {}),
    "deliver": ("answered", LEAD | {"planning_officer"}, {"channel": "hand", "receipt": "총무과-1", "at": "now"}),
    "reopen": ("delivered", LEAD_HEADS | {"planning_officer"}, {"reason": "누락"}),
    "withdraw": ("in_hand", ASKERS | {"planning_officer"}, {"reason": "이미 받음"}),
    "judge": ("delivered", ASKERS, {"sufficient": "no", "reason": "빠진 연도"}),
    "ask_again": ("delivered", ASKERS, {"reason": "2023년 자료"}),
    "merge": ("in_hand", {"planning_officer"}, {"into": "other", "reason": "같은 요구"}),
}  # fmt: skip
LISTS = {"my_work", "cases", "search", "follow_ups"}
PLANNING = {"planning", "planning_load", "planning_undo", "case_import", "import_template"}
INTAKE = {"case_new", "case_new_of", "case_new_many"}
OF_CASE = {"case", "case_draft", "case_act", "case_file", "acknowledge", "follow_up", "follow_up_do"}
# In test_notices_by_role.py.
NOTICED = {"case_subscribe", "subscribe_asker", "calendar"}
WRITING = {"case_write", "case_keep", "case_attach", "case_detach", "case_versions"}
TEMPLATES = {"answer_templates", "template_new", "template_edit", "template_retire"}
CHOSEN = {"cases_chosen", "follow_ups_chosen", "acknowledge_chosen"}  # test_chosen.py
OTHERS = {"case_export", "import_run", "import_confirm", "reorganise"}


@pytest.fixture
def at(applied, case):
    """The case in a state, among them a draft saved and an asker asked."""

    def at(state):
        officer = applied.viewer("officer")
        if state in {"drafted", "paused", "extension_asked"}:
            bring(applied, case, "in_hand")
            if state == "paused":
                actions.pause(case=case, reason="확인", by=officer)
            elif state == "extension_asked":
                actions.ask_extension(case=case, reason="자료가 방대함", by=officer)
            else:
                actions.save_draft(case=case, body={"answer": "제출"}, outcome="done", by=officer)
        else:
            bring(applied, case, state)
        return case

    return at


def sent(city, case, data):
    """The form's data with keys of the small city turned into rows."""
    told = dict(data)
    for name in ("lead", "to"):
        if name in told:
            told[name] = city.units[told[name]].pk
    if "at" in told:
        told["at"] = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    if "into" in told:
        told["into"] = ask(city).number
    return told


def test_the_table_covers_every_address_of_the_room():
    assert {
        p.name for p in urlpatterns
    } == LISTS | PLANNING | INTAKE | OF_CASE | NOTICED | WRITING | TEMPLATES | CHOSEN | OTHERS


def test_who_sees_a_case_and_to_whom_it_is_not_there(signed_in, at):
    case = at("in_hand")
    where = reverse("case", args=[case.number])
    assert told_to(signed_in, lambda who: 200 if who in SEES else 404, lambda client: client.get(where)) == {}
    for who in EVERYONE:
        listed = signed_in(who).get(reverse("cases"), {"scope": "all"}).content.decode()
        assert (case.number in listed) == (who in SEES), who


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(signed_in, applied, at, act):
    state, may, data = ACTS[act]
    case = at(state)
    data = sent(applied, case, data)
    sees = SEES if state != "received" else GOVERNMENT | ASKERS
    where = reverse("case_act", args=[case.number, act])
    expected = lambda who: 302 if who in may else 403 if who in sees else 404  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.post(where, data)) == {}


def test_who_writes_the_answer(signed_in, at):
    where = reverse("case_draft", args=[at("in_hand").number])
    expected = lambda who: 302 if who in LEAD else 403 if who in SEES else 404  # noqa: E731
    assert told_to(signed_in, expected, lambda c: c.post(where, {"edition": 0, "a_answer": "초안"})) == {}


def test_who_acknowledges_a_delivery(signed_in, promise):
    where = reverse("acknowledge", args=[promise.case.number, promise.case.deliveries.get().pk])
    expected = lambda who: 302 if who in ASKERS else 403 if who in SEES else 404  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.post(where)) == {}


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("close", {"evidence": "보고함"}),
        ("drop", {"reason": "중복"}),
        ("postpone", {"due_on": "2099-01-04", "reason": "지연"}),
    ],
)
def test_who_keeps_a_promise(signed_in, promise, act, data):
    args = [promise.case.number, promise.pk, act]
    expected = lambda who, done=302: done if who in LEAD | JOINT else 403 if who in SEES else 404  # noqa: E731
    assert (
        told_to(signed_in, expected, lambda client: client.post(reverse("follow_up_do", args=args), data))
        == {}
    )
    assert (
        told_to(signed_in, lambda who: expected(who, 200), lambda c: c.get(reverse("follow_up", args=args)))
        == {}
    )


@pytest.mark.parametrize("name", sorted(LISTS))
def test_everyone_has_their_lists(signed_in, applied, name):
    assert told_to(signed_in, lambda who: 200, lambda client: client.get(reverse(name))) == {}


PLANNING_PAGES = [
    ("planning", []),
    ("planning_load", []),
    ("case_import", []),
    ("import_template", ["data_request"]),
]


@pytest.mark.parametrize(("name", "args"), PLANNING_PAGES)
def test_pages_of_planning(signed_in, applied, name, args):
    expected = lambda who: 200 if who in {"planning_officer", "jung_gu_officer"} else 403  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.get(reverse(name, args=args))) == {}


def test_who_reorganises(signed_in, applied):
    may = {"planning_officer", "administrator", "jung_gu_officer", "jung_gu_administrator"}
    expected = lambda who: 200 if who in may else 403  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.get(reverse("reorganise"))) == {}


def test_who_files_a_data_request(signed_in, applied):
    asks = ASKERS | {"other_member", "planning_officer", "jung_gu_officer"}
    cannot = {
        "mayors_officer", "auditor", "administrator", "newcomer", "jung_gu_administrator", "bureau_head",
        "joint_bureau_head",
    }  # fmt: skip
    expected = lambda who: 200 if who in asks else 403 if who in cannot else 404  # noqa: E731
    where = reverse("case_new_of", args=["data_request"])
    assert told_to(signed_in, expected, lambda client: client.get(where)) == {}
    for who, link in (("member", True), ("officer", True), ("administrator", False), ("auditor", False)):
        assert (reverse("case_new") in signed_in(who).get(reverse("cases")).content.decode()) == link, who


def test_members_and_their_aides_file_many(signed_in, applied):
    expected = lambda who: 200 if who in ASKERS | {"other_member"} else 403  # noqa: E731
    where = reverse("case_new_many", args=["data_request"])
    assert told_to(signed_in, expected, lambda client: client.get(where)) == {}


def test_only_planning_takes_sheets_in_and_never_anothers(signed_in, applied):
    file = File.objects.create(
        government=applied.seoul, name="a.csv", kind="text", size=1, sha256="0" * 64, path="x"
    )
    run = ImportRun.objects.create(
        government=applied.seoul, file=file, type_code="audit_finding", label="감사", received_on="2021-11-16",
        state="checked", report={"refused": 1}, started_by=applied.people["planning_officer"],
    )  # fmt: skip

    def expected(who, done):
        return done if who == "planning_officer" else 404 if who == "jung_gu_officer" else 403

    for name, method, done in (("import_run", "get", 200), ("import_confirm", "post", 302)):
        where = reverse(name, args=[run.pk])
        run.report = {
            **run.report,
            "new": 1,
            "known": 0,
            "joint": 0,
            "promises": 0,
            "by_kind": {},
            "by_outcome": {},
            "refusals": [],
            "sample": [],
        }
        run.save()
        assert (
            told_to(
                signed_in,
                lambda who, done=done: expected(who, done),
                lambda c, m=method, w=where: getattr(c, m)(w),
            )
            == {}
        )


def test_an_export_holds_what_its_reader_sees(signed_in, at):
    case = at("in_hand")
    where = reverse("case_export") + "?type=data_request&scope=all&as=csv"
    for who in EVERYONE:
        text = b"".join(signed_in(who).get(where).streaming_content).decode("utf-8-sig")
        assert (case.question in text) == (who in SEES), who


def test_a_file_of_another_case_is_not_there(signed_in, promise):
    where = reverse("case_file", args=[promise.case.number, 10**6])
    assert signed_in("officer").get(where).status_code == 404


@pytest.mark.parametrize("name", sorted({p.name for p in urlpatterns} - {"case_act", "case_draft"}))
def test_who_is_not_signed_in_is_sent_to_the_door(client, promise, name):
    args = {
        "case": [promise.case.number], "case_file": [promise.case.number, 1], "case_new_of": ["data_request"], "case_new_many": ["data_request"],
        "acknowledge": [promise.case.number, 1], "follow_up": [promise.case.number, promise.pk, "close"],
        "follow_up_do": [promise.case.number, promise.pk, "close"], "import_template": ["data_request"],
        "case_subscribe": [promise.case.number],
        "import_run": [1], "import_confirm": [1], "template_new": ["data_request"], "template_edit": [1],
        "template_retire": [1], "case_detach": [promise.case.number, 1],
        **{name: [promise.case.number] for name in ("case_write", "case_keep", "case_attach", "case_versions")},
    }.get(name, [])  # fmt: skip
    response = client.get(reverse(name, args=args))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/login/")


def test_a_reload_of_what_was_refused_leads_to_its_page(signed_in, at):
    officer, number = signed_in("officer"), at("in_hand").number
    draft = officer.get(reverse("case_draft", args=[number]))
    assert draft.url == reverse("case_write", args=[number])
    act = officer.get(reverse("case_act", args=[number, "pause"]), follow=True)
    assert act.status_code == 200
    assert act.redirect_chain[0][0] == f"{reverse('case', args=[number])}?act=pause"
