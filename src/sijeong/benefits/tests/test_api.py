"""Benefits by another system: what there is, what the rules say, and an application decided by them."""

import pytest

from sijeong.benefits import actions
from sijeong.benefits.models import Application, Simulation
from sijeong.benefits.rules.runs import Run
from sijeong.cases.tests.test_api_by_role import told_to
from sijeong.documents.models import File
from sijeong.links.tests.keys import program

from .filed import BORN, DENTAL, approve, decide, file
from .test_pages_by_role import BUREAUS, COUNTER, LEAD, SEES, STAFF

__all__ = ["program"]
pytestmark = pytest.mark.django_db
NEW = {
    "benefit": "defector_dental", "name": "홍길순", "born_on": "1990-05-05", "phone": "010-1234-5678", "bank": "우리",
    "account": "1002-345-678901", "facts": DENTAL,
}  # fmt: skip


def act(client, number, name, body=None):
    path = f"/benefits/applications/{number}"
    return client.send(f"{path}/{name}", body, If_Match=client.read(path)["ETag"])


def test_who_has_a_token_asks_what_somebody_would_get(program, applied):
    client = program("auditor", "statistics:read")
    offered = {one["name"]: one for one in client.read("/benefits").json()["benefits"]}
    asked = {one["key"] for one in offered["defector_dental"]["questions"]}
    assert asked >= {"resident", "defector", "welfare", "dental_cost"} and offered["defector_dental"]["law"]
    check = lambda **told: client.send("/benefits/check", {"benefits": ["defector_dental"], **told})  # noqa: E731
    begun = check(facts={"resident": True}).json()
    assert begun["results"][0]["status"] == "unknown" and begun["question"]["key"] in asked
    whole = check(facts=DENTAL, on="2024-06-01").json()
    assert (whole["results"][0]["status"], whole["results"][0]["amount"]) == ("yes", 4_500_000)
    assert whole["question"] is None and not Application.objects.exists()
    # Every benefit at once, nothing known.
    assert len(client.send("/benefits/check").json()["results"]) == len(offered)


@pytest.mark.parametrize(
    "told",
    [
        {"benefits": ["none"]}, {"facts": {"none": True}}, {"facts": {"resident": "x"}}, {"facts": {"dental_cost": -1}},
        {"facts": {"welfare": "x"}}, {"facts": {"age": "x"}}, {"facts": {"age": "2999-01-01"}}, {"on": "2150-01-01"},
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_told(program, applied, told):
    refused = program("auditor").send("/benefits/check", told)
    assert refused.status_code == 422 and refused.json()["errors"][0]["message"]


def test_an_application_goes_its_whole_way(program, applied):
    officer = program("officer")
    made = officer.send("/benefits/applications", NEW)
    assert made.status_code == 201 and made.json()["claims"] == DENTAL
    number = made.json()["number"]
    assert act(officer, number, "decide").status_code == 409  # nothing was verified
    verified = act(officer, number, "verify", {"facts": DENTAL, "proof": "신분증"}).json()
    assert verified["facts"] == DENTAL and verified["proof"] == "신분증"
    decided = act(officer, number, "decide").json()
    assert (decided["status"], decided["amount"]) == ("granted", 4_500_000)
    assert decided["decisions"][0]["inputs"]["welfare"] == "생계급여" and decided["decisions"][0]["law"]
    rows = officer.read("/benefits/applications", state="granted").json()["applications"]
    assert [(row["number"], row["name"], row["amount"]) for row in rows] == [(number, "홍길순", 4_500_000)]
    masked = program("auditor").read(f"/benefits/applications/{number}").json()
    assert masked["masked"] and not {"홍길순", "010-1234-5678", "1002-345-678901"} & {
        masked["name"], masked["phone"], masked["account"]
    }  # fmt: skip


def test_two_who_decide_at_once_are_told_apart(program, applied):
    officer, colleague = program("officer"), program("colleague")
    path = "/benefits/applications/" + officer.send("/benefits/applications", NEW).json()["number"]
    known = officer.read(path)["ETag"]
    verify = {"facts": DENTAL, "proof": "신분증"}
    assert colleague.send(f"{path}/verify", verify, If_Match=known).status_code == 200
    late = officer.send(f"{path}/verify", verify | {"proof": "다른 것"}, If_Match=known)
    assert late.status_code == 412 and Application.objects.get().proof == "신분증"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"phone": "12"}, "body.phone"), ({"account": "x"}, "body.account"), ({"bank": ""}, "body.bank"),
        ({"born_on": "2999-01-01"}, "body.born_on"), ({"facts": {"none": 1}}, "body.facts.none"),
        ({"facts": {"dental_cost": -1}}, "body.facts.dental_cost"), ({"benefit": "none"}, "body.benefit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(program, applied, wrong, where):
    refused = program("officer").send("/benefits/applications", NEW | wrong)
    assert refused.status_code == 422
    assert where in [one["where"] for one in refused.json()["errors"]]


def test_what_is_to_be_paid_and_what_was_is_listed(program, applied):
    """As the page lists it: approved grants, the person whole for the division that pays, masked for others."""
    granted = [file(applied, name=name) for name in ("가온", "나래")]
    for application in granted:
        approve(applied, decide(applied, application).application)
    officer = program("officer")
    first = officer.read("/benefits/payments", size="1").json()
    rest = officer.read(first["next"].removeprefix("/api/v1")).json()
    rows = first["payments"] + rest["payments"]
    assert [row["name"] for row in rows] == ["나래", "가온"] and rest["next"] is None
    assert first["won"] == rest["won"] == sum(row["amount"] for row in rows) == 9_000_000
    granted[0].case.refresh_from_db()
    assert rows[1] | {"decided_at": ""} == {
        "id": granted[0].decisions.get().pk,
        "decision": granted[0].case.number + "/1", "number": granted[0].case.number, "benefit": "defector_dental",
        "name": "가온", "born_on": "1990. 05. 05.", "bank": "서울은행", "account": "110-222-333444", "masked": False,
        "amount": 4_500_000, "lead": granted[0].case.lead.name, "decided_at": "", "paid_on": None,
    }  # fmt: skip
    masked = program("auditor").read("/benefits/payments").json()["payments"]
    assert {row["masked"] for row in masked} == {True} and "가온" not in {row["name"] for row in masked}
    actions.pay(decisions=granted[0].decisions.all(), on=BORN, by=applied.viewer("officer"))
    paid = officer.read("/benefits/payments", paid="true").json()["payments"]
    assert [(row["name"], row["paid_on"]) for row in paid] == [("가온", str(BORN))]
    assert officer.read("/benefits/payments", benefit="none").status_code == 422
    assert officer.read("/benefits/payments", benefit="egg_freezing").json()["payments"] == []


def test_a_simulation_is_read_with_what_it_is_repeated_by(program, applied):
    request = {"year": 2024, "benefits": ["defector_dental"], "population": {"people": 3_000, "seed": 1}}
    made = [actions.ask(title=f"셈 {n}", request=request, by=applied.viewer("officer")) for n in (1, 2)]
    client = program("auditor")
    rows = client.read("/benefits/simulations").json()["simulations"]
    assert [(row["id"], row["state"], row["benefits"]) for row in rows] == [
        (one.pk, "waiting", ["defector_dental"]) for one in reversed(made)
    ]
    path = f"/benefits/simulations/{made[0].pk}"
    whole = client.read(path)
    assert whole.json()["request"] == request and whole.json()["etag"] == whole["ETag"]
    known = lambda tag: client.get(f"/api/v1{path}", headers={"if-none-match": tag})  # noqa: E731
    assert known(whole["ETag"]).status_code == 200  # how far it is changes without an event
    actions.finish(simulation=made[0], run=Run({"people": 3_000}, {"rules": "ab"}))
    done = known(whole["ETag"])
    later = done.json()
    assert known(done["ETag"]).status_code == 304
    assert (later["state"], later["result"], later["digests"]) == ("done", {"people": 3_000}, {"rules": "ab"})
    assert program("jung_gu_officer").read(path).status_code == 404


def test_who_reads_receives_and_decides(program, applied):
    number = file(applied).case.number
    path = f"/benefits/applications/{number}"
    assert told_to(program, lambda who: 200 if who in SEES else 404, lambda c: c.read(path)) == {}
    lists = lambda who: 200 if who in STAFF else 403  # noqa: E731
    for listed in ("applications", "payments", "simulations"):
        assert told_to(program, lists, lambda c, p=listed: c.read(f"/benefits/{p}")) == {}, listed
    takes = lambda who: 201 if who in COUNTER else 403  # noqa: E731
    assert told_to(program, takes, lambda c: c.send("/benefits/applications", NEW)) == {}
    for act, body, done in (
        ("verify", {"facts": DENTAL, "proof": "신분증"}, 200), ("decide", None, 409),
        ("appeal", {"reason": "적다", "filed_on": "2026-01-01"}, 409),
    ):  # fmt: skip
        expected = lambda who, d=done: d if who in LEAD else 403 if who in SEES else 404  # noqa: E731
        send = lambda c, a=act, b=body: c.send(f"{path}/{a}", b, If_Match="*")  # noqa: E731
        assert told_to(program, expected, send) == {}, act
    for path in ("/benefits", "/case-types"):
        assert told_to(program, lambda who: 200, lambda c, p=path: c.read(p)) == {}
    assert told_to(program, lambda who: 200, lambda c: c.send("/benefits/check", {})) == {}


PAY = "/benefits/payments"
JUNG_GU_OFFICE = {"jung_gu_officer", "jung_gu_head"}


def test_a_payment_is_recorded_once_by_who_pays(program, applied):
    granted = [file(applied, name=name) for name in ("가온", "나래", "다솜")]
    for application in granted:
        approve(applied, decide(applied, application).application)
    officer = program("officer")
    ids = [row["id"] for row in officer.read(PAY).json()["payments"]][::-1]
    sent = {"on": str(BORN), "decisions": ids[:2]}
    # Who sees the list without paying is refused, who does not see it is told that there is nothing of the sort.
    expected = lambda who: 403 if who in SEES - LEAD or who not in STAFF else 422  # noqa: E731
    assert (
        told_to(program, lambda who: 201 if who in LEAD else expected(who), lambda c: c.send(PAY, sent)) == {}
    )
    assert [one.decisions.get().paid_on for one in granted] == [None] * 3  # each tried, and undone
    assert officer.send(PAY, sent).json() == {"paid": 2, "won": 9_000_000, "on": str(BORN)}
    assert [one.decisions.get().paid_on for one in granted] == [BORN, BORN, None]
    paid = officer.send(PAY, {"on": str(BORN), "decisions": ids[2:]}, Idempotency_Key="pay-3")
    assert paid.json() == {"paid": 1, "won": 4_500_000, "on": str(BORN)}
    again = officer.send(PAY, {"on": str(BORN), "decisions": ids[2:]}, Idempotency_Key="pay-3")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")


@pytest.mark.parametrize("on", ["2999-01-01", "1999-13-01"])
def test_nothing_is_paid_on_a_day_that_cannot_be_nor_twice_nor_in_part(program, applied, on):
    application = file(applied)
    approve(applied, decide(applied, application).application)
    officer, pk = program("officer"), application.decisions.get().pk
    assert officer.send(PAY, {"on": on, "decisions": [pk]}).status_code in {409, 422}
    assert officer.send(PAY, {"on": str(BORN), "decisions": [pk, 10**9]}).status_code == 422
    assert application.decisions.get().paid_on is None
    assert (
        program("officer", "benefits:read").send(PAY, {"on": str(BORN), "decisions": [pk]}).status_code == 403
    )
    assert officer.send(PAY, {"on": str(BORN), "decisions": [pk, pk]}).status_code == 201
    assert officer.send(PAY, {"on": str(BORN), "decisions": [pk]}).status_code == 422


RUN = {"title": "치과 상한", "year": 2024, "benefits": ["defector_dental"]}
RUNS = "/benefits/simulations"


def test_a_simulation_is_begun_and_asked_after(program, applied):
    client = program("officer")
    made = client.send(RUNS, RUN, Idempotency_Key="run-1")
    assert (made.status_code, made.json()["state"], made["Location"]) == (
        202, "waiting", f"/api/v1{RUNS}/{made.json()['id']}",
    )  # fmt: skip
    assert client.send(RUNS, RUN, Idempotency_Key="run-1").json() == made.json()
    (found,) = client.read(RUNS).json()["simulations"]
    whole = client.get(made["Location"]).json()
    assert (
        found == {name: whole[name] for name in found} and whole["request"]["population"]["people"] == 100_000
    )


def test_who_begins_a_simulation(program, applied):
    expected = lambda who: 202 if who in COUNTER | BUREAUS | JUNG_GU_OFFICE | {"planning_officer"} else 403  # noqa: E731
    assert told_to(program, expected, lambda c: c.send(RUNS, RUN)) == {}
    assert program("officer", "benefits:read").send(RUNS, RUN).status_code == 403


def test_a_population_of_ones_own_is_counted(program, applied):
    held = {
        kind: File.objects.create(
            government=applied.seoul, name=f"인구.{kind}", kind=kind, size=9, sha256="0" * 64, path="none",
            stored_by=applied.people["officer"],
        )
        for kind in ("parquet", "text")
    }  # fmt: skip
    made = program("officer").send(RUNS, RUN | {"file": held["parquet"].pk})
    assert made.status_code == 202 and Simulation.objects.get().file == held["parquet"]
    assert program("officer").send(RUNS, RUN | {"file": held["text"].pk}).status_code == 415
    # Nobody counts with a file that somebody else sent.
    assert program("colleague").send(RUNS, RUN | {"file": held["parquet"].pk}).status_code == 422
    assert Simulation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"benefits": ["none"]}, "body.benefits"), ({"people": 5}, "body.people"), ({"year": 1999}, "body.year"),
        ({"parameters": {"none.x": 1}}, "body.parameters.none.x"), ({"budget": {"none": 1}}, "body.budget.none"),
        ({"take_up": {"none": {"applied": 1, "entitled": 2}}}, "body.take_up.none"), ({"file": 10**9}, "body.file"),
        ({"against": "1900-01-01"}, "body.against"), ({"people": None}, "body.people"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_told_where_it_stands(program, applied, wrong, where):
    refused = program("officer").send(RUNS, RUN | wrong)
    assert refused.status_code == 422, refused.json()
    assert where in [one["where"] for one in refused.json()["errors"]], refused.json()
    assert not Simulation.objects.exists()
