"""What ``sijeong doctor`` looks at, in the order in which one thing rests on another."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sijeong.audit import journal
from sijeong.audit.models import Journalled
from sijeong.cases import checks as cases
from sijeong.cases.actions import plan_calendar
from sijeong.cases.actions import reminding as reminders
from sijeong.cases.models import Case, CaseTypeVersion
from sijeong.catalog import CatalogError, read_city
from sijeong.figures import checks as figures
from sijeong.legaltime import Calendar
from sijeong.notices import checks as notices
from sijeong.org import checks as org
from sijeong.org.models import Government
from sijeong.portal import checks as portal
from sijeong.search import checks as search
from sijeong.statistics import checks as statistics

from . import database, heartbeat, stored_files
from .finding import Finding, State
from .progress import bar

SHOWN = 10
LATE_TASK = timedelta(minutes=5)
STUCK_TASK = timedelta(hours=1)
GIB = 1024**3
Findings = Iterator[Finding]


def examine(*, deep: bool = False, sweep: bool = False) -> Findings:
    """Every finding as it is made. What rests on the database is left out where there is none."""
    yield from _guarded("설정", _settings)
    yield from _guarded("디스크", _disk)
    yield from _guarded("열람", _private)
    standing = True
    for finding in _guarded("데이터베이스", _database):
        standing = standing and finding.state is not State.FAULT
        yield finding
    if standing:
        for what, look in (
            ("사안 유형", _catalogue),
            ("공휴일", _holidays),
            ("일지", _journal),
            ("통계", _statistics),
            ("번호", _numbers),
            ("조직", _organisation),
            ("배정", _units),
            ("시민 공개", _publications),
            ("알림", _notices),
            ("기한", _terms),
            ("파일", lambda: stored_files.findings(deep=deep, sweep=sweep)),
            ("검색", _search),
            ("일꾼", _queue),
        ):
            yield from _guarded(what, look)


def _organisation() -> Findings:
    yield from _all_or_ok("조직", org.faults(), "부서와 자리가 맞물립니다", "관리자에게 알리십시오")
    yield from _all_or_ok("예산", figures.faults(), "줄마다 셈이 맞습니다", "예산 표를 다시 올리십시오")


# What the framework says, in English and one by one, of an installation without https.
WITHOUT_HTTPS = {
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W011",
    "security.W010",
}


def _guarded(what: str, look: Callable[[], Findings]) -> Findings:
    """A look that breaks down is a fault of its own, and the others go on."""
    try:
        yield from look()
    except Exception as error:
        yield Finding(what, State.FAULT, f"살펴보지 못했습니다: {error}", "sijeong --debug doctor")


def _all_or_ok(what: str, faults: Iterable[object], well: str, todo: str) -> Findings:
    many = 0
    for many, fault in enumerate(faults, 1):  # counted, not kept: a journal that is all wrong has millions
        if many <= SHOWN:
            yield Finding(what, State.FAULT, str(fault), todo)
    if many > SHOWN:
        yield Finding(what, State.FAULT, f"… 그 밖에 {many - SHOWN:,}건", todo)
    if not many:
        yield Finding(what, State.OK, well)


def _settings() -> Findings:
    told = run_checks(include_deployment_checks=settings.PRODUCTION)
    if plain := [message for message in told if message.id in WITHOUT_HTTPS]:
        told = [message for message in told if message not in plain]
        text = "https 없이 켜집니다(SIJEONG_HTTPS=0): 비밀번호와 쿠키가 누구나 볼 수 있게 오갑니다"
        yield Finding("설정", State.WARN, text, "시험이 아니면 SIJEONG_HTTPS=1 로 켜십시오")
    for message in told:
        state = State.FAULT if message.is_serious() else State.WARN
        yield Finding("설정", state, f"{message.id} {' '.join(message.msg.split())}", message.hint or "")
    if not told and not plain:
        yield Finding("설정", State.OK, f"{settings.MODE}, 자료 폴더 {settings.DATA}")


def _disk() -> Findings:
    place = next(folder for folder in (settings.DATA, *settings.DATA.parents) if folder.exists())
    usage = shutil.disk_usage(place)
    text = f"{usage.free / GIB:,.1f} GiB 남음 ({usage.free / usage.total:.0%})"
    if usage.free < GIB:
        yield Finding(
            "디스크", State.FAULT, text, "자리를 비우거나 늘리십시오: 차면 아무것도 기록되지 않습니다"
        )
    elif usage.free < 5 * GIB or usage.free < usage.total / 20:
        yield Finding("디스크", State.WARN, text, "자리를 비우거나 늘리십시오")
    else:
        yield Finding("디스크", State.OK, text)


def _private() -> Findings:
    """Whether others who have an account on this machine could read what is kept."""
    files = [settings.DATA, *settings.DATA.glob("*.sqlite3*")]
    wide = [path for path in files if path.exists() and path.stat().st_mode & 0o077]
    for path in wide:
        mode = "700" if path.is_dir() else "600"
        text = f"{path}: 이 컴퓨터의 다른 계정도 읽을 수 있습니다({path.stat().st_mode & 0o777:o})"
        yield Finding("열람", State.WARN, text, f"chmod {mode} {path}")
    if not wide:
        yield Finding("열람", State.OK, "자료 폴더와 데이터베이스를 이 계정만 읽습니다")


def _database() -> Findings:
    try:
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        took = (time.perf_counter() - began) * 1000
    except DatabaseError as error:
        yield Finding(
            "데이터베이스", State.FAULT, " ".join(str(error).split()), "DATABASE_URL 과 서버를 확인하십시오"
        )
        return
    yield Finding("데이터베이스", State.OK, f"{database.described()}, {took:.0f} ms")
    if names := database.waiting():
        yield Finding("이주", State.FAULT, f"{len(names)}개가 기다립니다", "sijeong migrate")
    elif newer := database.unknown():
        yield Finding(
            "이주", State.FAULT, f"더 새로운 판의 것입니다: {newer[0]}", "sijeong 을 새 판으로 올리십시오"
        )
    else:
        yield Finding("이주", State.OK, "이 판의 모양입니다")


def _catalogue() -> Findings:
    using = Government.objects.filter(
        pk__in=CaseTypeVersion.objects.filter(current=True).values("government")
    )
    if not using.exists():
        yield Finding("사안 유형", State.WARN, "사안을 받는 자치단체가 없습니다", "sijeong found")
    for government in using.order_by("pk"):
        try:
            city = read_city(settings.CITIES / government.city)
        except CatalogError as error:
            todo = f"sijeong catalog check {settings.CITIES / government.city}"
            yield Finding("사안 유형", State.FAULT, f"{government}: {error.problems[0]}", todo)
            continue
        waiting = cases.catalog_faults(government, city)
        for text in waiting:
            yield Finding("사안 유형", State.WARN, text, "sijeong catalog plan 으로 보고 apply")
        if not waiting:
            text = f"{government}: 폴더와 같습니다 ({len(city.case_types)}개)"
            yield Finding("사안 유형", State.OK, text)


def _holidays() -> Findings:
    today = timezone.localdate()
    for name in sorted(set(Government.objects.values_list("city", flat=True))):
        known = Calendar.from_folder(settings.CITIES / name).last_known
        text = f"{name}: {known}년까지 확정"
        if known < today.year:
            todo = "sijeong 을 새 판으로 올리거나 holidays.yaml 에 더하십시오"
            yield Finding("공휴일", State.FAULT, text, todo)
        elif known == today.year and today.month >= 7:
            todo = "내년 월력요항이 나왔습니다: 판을 올리거나 holidays.yaml 에 더하십시오"
            yield Finding("공휴일", State.WARN, text, todo)
        else:
            yield Finding("공휴일", State.OK, text)


def _journal() -> Findings:
    def faults() -> Iterator[journal.Fault]:
        yield from journal.guard_faults()
        for model in apps.get_models():
            if issubclass(model, Journalled) and model is not Case:
                yield from journal.subject_faults(model._default_manager.all())
        with bar("일지 대조") as progress:
            yield from cases.journal_faults(progress)

    todo = "백업과 견주어 누가 데이터베이스를 고쳤는지 밝히십시오"
    yield from _all_or_ok(
        "일지", faults(), "모든 사건이 이어지고, 상태는 사건에서 다시 센 것과 같습니다", todo
    )


def _statistics() -> Findings:
    def faults() -> Iterator[str]:
        for government in statistics.kept():
            with bar("통계 대조") as progress:
                # The journal against the rows was looked at before.
                for difference in statistics.differences(government, progress, rows=False):
                    yield f"{government}: {difference}"

    yield from _all_or_ok("통계", faults(), "합계가 일지에서 다시 센 것과 같습니다", "sijeong stats rebuild")


def _numbers() -> Findings:
    yield from _all_or_ok(
        "번호", cases.number_faults(), "빈 번호와 겹친 번호가 없습니다", "백업과 견주십시오"
    )


def _publications() -> Findings:
    yield from _all_or_ok(
        "시민 공개",
        portal.faults(),
        "시민이 보는 글이 일지에 적힌 판과 같습니다",
        "공개 검토 화면에서 다시 공개하십시오",
    )


def _units() -> Findings:
    yield from _all_or_ok(
        "배정", cases.unit_faults(), "없어진 부서에 남은 사안이 없습니다", "이어받은 부서로 넘기십시오"
    )
    yield from _all_or_ok(
        "배정", cases.part_faults(), "부서의 몫이 사안의 접수 일시를 그대로 압니다", "백업과 견주십시오"
    )


def _search() -> Findings:
    found = list(search.faults())
    for text in found[:SHOWN]:
        yield Finding("검색", State.WARN, text, "일꾼이 따라오지 않으면 sijeong search rebuild")
    if not found:
        yield Finding("검색", State.OK, "색인이 데이터베이스를 따라왔습니다")


def _notices() -> Findings:
    now = timezone.now()
    if late := notices.unsent(now):
        todo = "sijeong worker 와 메일 서버(SIJEONG_EMAIL_URL)를 보십시오"
        yield Finding("알림", State.FAULT, f"한 시간 넘게 보내지 못한 메일 {late}건", todo)
    if dead := notices.undelivered():
        yield Finding("알림", State.WARN, f"포기한 메일 {dead}건", "관리 → 보내지 못한 메일")
    if missing := sum(map(reminders.missing, Government.objects.order_by("pk"))):
        todo = "sijeong worker 가 켜져 있는지 보십시오"
        yield Finding("알림", State.WARN, f"오늘 알려야 하는데 만들지 않은 알림 {missing}건", todo)
    if not (late or dead or missing):
        yield Finding("알림", State.OK, "오늘 알릴 것을 모두 알렸고, 밀린 메일이 없습니다")


def _terms() -> Findings:
    for government in Government.objects.order_by("pk"):
        plan = plan_calendar(government)
        if plan.days or plan.moving:
            text = f"{government}: 휴일이 바뀌어 옮길 기한 {len(plan.moving)}건"
            yield Finding("기한", State.WARN, text, "sijeong calendar plan 으로 보고 apply")
            return
    yield Finding("기한", State.OK, "처리 중인 사안의 기한은 지금 달력으로 센 것과 같습니다")


def _queue() -> Findings:
    now = timezone.now()
    heard_at = heartbeat.last()
    silent = None if heard_at is None else time.time() - heard_at
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LATE_TASK).count()
    stuck = DBTaskResult.objects.running().filter(started_at__lt=now - STUCK_TASK).count()
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - timedelta(days=1)).count()
    if silent is None or silent > heartbeat.LOST_AFTER:
        heard = "소식이 없습니다" if silent is None else f"{silent:,.0f}초째 소식이 없습니다"
        yield Finding(
            "일꾼",
            State.FAULT if late else State.WARN,
            f"{heard} (기다리는 일 {late}건)",
            "sijeong worker 를 켜십시오",
        )
    else:
        yield Finding("일꾼", State.OK, f"{silent:.0f}초 전에 소식이 있었습니다")
    if stuck:
        yield Finding(
            "일꾼",
            State.FAULT,
            f"한 시간 넘게 끝나지 않은 일 {stuck}건",
            "일꾼이 죽었는지 보고 다시 시키십시오",
        )
    if failed:
        yield Finding("일꾼", State.WARN, f"하루 사이 실패한 일 {failed}건", "기록(log)에서 까닭을 보십시오")
