"""A city with very many cases: a few are made by the real actions, the rest are theirs in shape, written by SQL.

Of the journal only the digests are not real: a page does not follow the chain, and `sijeong doctor` is not asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.actions.answering import Plan
from sijeong.cases.models import Case
from sijeong.catalog import read_city
from sijeong.org.models import Government, User
from sijeong.org.viewer import Viewer, viewer_for
from sijeong.site.demo.organisation import DemoCity, lay

CITY = Path(__file__).parents[2] / "cities" / "seoul"
YEARS = 8
OPEN_SHARE = 200  # one open case in so many, as with 41,624 requests of which 200 are open
TITLES = [
    "최근 3년 청사 시설 개선 예산과 집행 내역", "위탁사업 정산 결과와 점검 기록", "민원 처리 기간 단축 실적", "공공시설 안전 점검 결과",
    "보조금 교부와 회수 현황", "위원회 운영과 회의록", "용역 발주와 계약 현황", "직원 교육과 출장 현황",
]  # fmt: skip
QUESTION = "다음 자료를 연도별로 제출하여 주시기 바랍니다.\n1. 예산과 집행 내역\n2. 추진 실적과 문제점\n3. 앞으로의 계획과 기한"


@dataclass
class People:
    """Who the benchmark signs in as."""

    administrator: User
    restricted: User
    planning: User


def fill(count: int) -> People:
    """Lay the organisation and ``count`` cases, of which one in OPEN_SHARE is open."""
    with transaction.atomic():
        seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
        city = lay(seoul, CITY / "demo", Random(1))  # noqa: S311 - invented people
        actions.apply_catalog(government=seoul, city=read_city(CITY), by=None)
        ended, opened = _sample(city, deliver=True), _sample(city, deliver=False)
    with (
        connection.cursor() as cursor
    ):  # copies of rows that were checked: their references need no second look
        cursor.execute("SET session_replication_role = replica")
    _clone(ended, city, 3, count - count // OPEN_SHARE)
    _clone(opened, city, count - count // OPEN_SHARE + 1, count)
    _settle()
    users = User.objects.in_bulk(field_name="username")
    return People(users["admin"], users["officer"], users["planning"])


def _sample(city: DemoCity, *, deliver: bool) -> Case:
    """One case, brought along by the real actions."""
    day = timezone.localdate()
    lead = next(unit for unit in city.divisions if unit.name == "총무과")
    officer, head = viewer_for(city.officers[lead.pk][0], day), viewer_for(city.heads[lead.pk], day)
    at = timezone.now() - dt.timedelta(days=5)
    case = actions.receive(
        government=city.government, type_code="data_request", title=TITLES[0], question=QUESTION,
        asker=city.members[0], asker_name=city.members[0].name, by=city.planning_viewer(), received_at=at,
    )  # fmt: skip
    actions.assign(case=case, lead=lead, by=city.planning_viewer())
    actions.start(case=case, by=officer)
    if deliver:
        _answered(case, officer, head)
    return Case.objects.get(pk=case.pk)


def _answered(case: Case, officer: Viewer, head: Viewer) -> None:
    plan = Plan("개선 결과를 위원회에 보고", timezone.localdate() + dt.timedelta(days=60))
    body = {"answer": "붙임과 같이 제출합니다.\n" * 20}
    actions.save_draft(case=case, body=body, outcome="done", plans=[plan], by=officer)
    actions.submit(case=case, by=officer)
    actions.approve(case=case, by=head)
    actions.deliver(case=case, channel="here", by=officer)


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _copy(table: str, instead: dict[str, str], source: str) -> None:
    """INSERT INTO table SELECT the sample row ``s`` with some columns told otherwise."""
    columns = _columns(table)
    told = ", ".join(instead.get(name, f's."{name}"') for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({named}) SELECT {told} FROM {source}")  # noqa: S608 - our own text


def _clone(sample: Case, city: DemoCity, begin: int, end: int) -> None:
    """Cases ``begin`` to ``end`` after the sample, each with its parts, answer, delivery and three events."""
    leads = [unit.pk for unit in city.divisions if city.officers[unit.pk]]
    officers = [city.officers[pk][0].pk for pk in leads]
    members = [user.pk for user in city.members]
    pick = lambda ids, step=1: f"(ARRAY{ids})[1 + (i / {step}) % {len(ids)}]"  # noqa: E731
    titles = "ARRAY[" + ",".join(f"'{title}'" for title in TITLES) + "]"
    total = end
    back = f"(now() - interval '{YEARS} years' * (1 - i::float8 / {total}))"
    if sample.open:
        back = "(now() - interval '9 days' * ((i::bigint * 7919) % 1000) / 1000.0)"
    serial = "lpad(i::text, 7, '0')"
    cases = {
        "id": "i", "number": f"'자료요구-' || extract(year from {back})::int || '-' || {serial}", "source_key": "NULL",
        "title": f"({titles})[1 + i % {len(TITLES)}] || ' ' || i", "received_at": back,
        "due_on": f"({back} + interval '14 days')::date", "lead_id": pick(leads),
        "officer_id": pick(officers), "asker_id": pick(members, len(leads)),
        "head": "md5(i::text) || md5((i + 1)::text)",
    }  # fmt: skip
    if not sample.open:
        cases |= {
            name: f"{back} + interval '{days} days'"
            for name, days in (("answered_at", 8), ("delivered_at", 9))
        }
    rows = f"generate_series({begin}, {end}) AS i"
    _copy("cases_case", cases, f"{rows}, cases_case s WHERE s.id = {sample.pk}")
    of_case = f"{rows} JOIN {{0}} s ON s.case_id = {sample.pk}"
    spread = {"id": "nextval(pg_get_serial_sequence('{0}', 'id'))", "case_id": "i"}

    def below(table: str, **instead: str) -> None:
        kept = {name: value.format(table) for name, value in spread.items()}
        _copy(table, kept | instead, of_case.format(table))

    below("cases_part", unit_id=pick(leads))
    below("cases_answer")
    if not sample.open:
        answer = "(SELECT a.id FROM cases_answer a WHERE a.case_id = i LIMIT 1)"
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cases_answer")
        below("cases_delivery", answer_id=answer)
        _copy(
            "cases_followup",
            {k: v.format("cases_followup") for k, v in spread.items()} | {"unit_id": pick(leads)},
            of_case.format("cases_followup") + " AND i % 10 = 0",
        )
    _events(sample, rows)


def _events(sample: Case, rows: str) -> None:
    acts = "('receive', 'assign', 'deliver')" if not sample.open else "('receive', 'assign', 'start')"
    _copy(
        "audit_event",
        {
            "id": "nextval(pg_get_serial_sequence('audit_event', 'id'))", "subject_id": "i",
            "digest": "md5(i::text || s.act) || md5(s.act)", "previous": "md5(s.act) || md5(i::text)",
        },
        f"{rows} JOIN audit_event s ON s.subject = 'case' AND s.subject_id = {sample.pk} AND s.act IN {acts}",
    )  # fmt: skip


def _settle() -> None:
    """Keys go on after the rows, and the planner knows what there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('cases_case', 'id'), (SELECT max(id) FROM cases_case))"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
