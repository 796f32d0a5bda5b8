"""``sijeong doctor`` finds what was done to the installation behind its back."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import time

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sijeong.cases.actions import remind
from sijeong.cases.models import Case, NumberSeries
from sijeong.cases.tests.filed import applied, ask
from sijeong.documents.actions import store
from sijeong.org.models import Unit
from sijeong.org.tests.people import city
from sijeong.search.replica import Replica
from sijeong.search.tests.waiting import until
from sijeong.site import cli, examination, heartbeat
from sijeong.site.finding import State

__all__ = ["applied", "city"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _well(settings, tmp_path):
    """Files of the test's own, and a worker that lives."""
    settings.DATA, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    tmp_path.chmod(0o700)
    own = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": own}
    heartbeat.beat()
    yield
    cache.clear()


def found(state: State, **options) -> dict[str, str]:
    """What doctor finds in this state: text by what was looked at."""
    return {each.what: each.text for each in examination.examine(**options) if each.state is state}


def faults(**options) -> dict[str, str]:
    return found(State.FAULT, **options)


@pytest.fixture
def case(applied):
    """A case, on a day whose notices are made."""
    case = ask(applied)
    for government in (applied.seoul, applied.jung_gu):
        remind(government=government, day=timezone.localdate())
    return case


@pytest.fixture
def file(applied):
    return store(stream=io.BytesIO(b"%PDF-1.4 evidence"), name="a.pdf", government=applied.seoul, by=None)


def followed(replica):
    """The index built, and nothing left to follow."""
    replica.rebuild()
    assert until(lambda: replica.follow() is not None and not replica.behind().changes)


def test_a_sound_installation_has_no_fault(case, file):
    followed(Replica(case.government))
    assert faults() == {}
    assert found(State.WARN) == {}
    assert found(State.OK).keys() == {
        "설정", "디스크", "데이터베이스", "이주", "사안 유형", "공휴일", "일지", "통계", "번호", "조직", "배정", "알림", "기한", "파일", "예산",
        "검색", "시민 공개", "일꾼", "열람",
    }  # fmt: skip


def test_an_index_that_is_missing_or_lost_documents(case):
    assert "색인이 없습니다" in found(State.WARN)["검색"]
    followed(Replica(case.government))
    ask_again = Case.objects.get(pk=case.pk)
    ask_again.pk, ask_again.number, ask_again._state.adding = None, "자료요구-2026-99999", True
    ask_again.save()  # a row that nobody told the index of
    assert "색인 1건, 데이터베이스 2건" in found(State.WARN)["검색"]


def test_a_case_changed_behind_the_journal(case):
    Case.objects.filter(pk=case.pk).update(state="published")
    assert case.number in faults()["일지"]
    assert "published" in faults()["일지"]


def test_a_unit_whose_last_event_was_cut_off(applied):
    unit = applied.units["general_affairs"]
    Unit.objects.filter(pk=unit.pk).update(version=7)
    assert faults()["일지"].startswith(f"unit/{unit.pk}#7")


def test_a_number_that_is_missing(case):
    NumberSeries.objects.update(last=5)
    assert "5번까지 주었으나 사안은 1건" in faults()["번호"]


def test_a_file_that_is_missing_or_changed(file):
    path = default_storage.path(file.path)
    with open(path, "r+b") as stream:
        stream.write(b"%PDF-1.5")
    assert faults() == {}
    assert "지문과 다릅니다" in faults(deep=True)["파일"]
    os.unlink(path)
    assert "저장소에 없습니다" in faults()["파일"]


def test_a_stray_file_is_swept_only_when_asked_and_old(file, settings):
    stray = settings.FILES_ROOT / "stray"
    stray.write_text("x")
    assert "파일" not in found(State.WARN)
    yesterday = time.time() - 25 * 60 * 60
    os.utime(stray, (yesterday, yesterday))
    assert "어느 기록에도 없는 파일 1개" in found(State.WARN)["파일"]
    assert stray.exists()
    assert "지웠습니다" in found(State.OK, sweep=True)["파일"]
    assert not stray.exists()
    assert default_storage.exists(file.path)


def test_a_worker_silent_while_work_waits(applied):
    cache.set(heartbeat.KEY, time.time() - 300)
    assert "소식이 없습니다" in found(State.WARN)["일꾼"]
    waiting(enqueued_at=timezone.now() - dt.timedelta(minutes=6))
    assert "기다리는 일 1건" in faults()["일꾼"]


def test_a_task_that_never_ended(applied):
    waiting(status="RUNNING", started_at=timezone.now() - dt.timedelta(hours=2))
    assert "끝나지 않은 일 1건" in faults()["일꾼"]


def waiting(**facts) -> None:
    task = DBTaskResult.objects.create(
        task_path="sijeong.site.tests.slow_task.write_slowly",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
    )
    DBTaskResult.objects.filter(pk=task.pk).update(**facts)


def test_holidays_that_run_out(applied, settings, tmp_path):
    folder = tmp_path / "cities" / "seoul"
    folder.mkdir(parents=True)
    settings.CITIES = tmp_path / "cities"
    (folder / "holidays.yaml").write_text(f"known_until: {timezone.localdate().year - 1}\n")
    told = faults()
    assert f"{timezone.localdate().year - 1}년까지 확정" in told["공휴일"]
    assert "city.yaml:1" in told["사안 유형"] or "no case types" in told["사안 유형"]


def test_a_full_disk(applied, monkeypatch):
    usage = examination.shutil.disk_usage("/")
    monkeypatch.setattr(examination.shutil, "disk_usage", lambda place: usage._replace(free=500 * 1024**2))
    assert "0.5 GiB" in faults()["디스크"]


def test_one_look_that_breaks_down_does_not_hide_the_others(case, monkeypatch):
    def broken():
        raise ValueError("뜻밖")

    monkeypatch.setattr(examination.cases, "number_faults", broken)
    assert faults() == {"번호": "살펴보지 못했습니다: 뜻밖"}
    assert "일지" in found(State.OK)


def test_scripts_read_json_and_the_exit_code(case):
    Replica(case.government).rebuild()
    runner = CliRunner()
    told = runner.invoke(cli.main, ["doctor", "--json"])
    assert told.exit_code == 0
    assert {"what", "state", "text", "todo"} == json.loads(told.stdout)[0].keys()
    Case.objects.filter(pk=case.pk).update(due_on=None)
    told = runner.invoke(cli.main, ["doctor", "--json"])
    assert told.exit_code == 1
    assert [each["what"] for each in json.loads(told.stdout) if each["state"] == "fault"] == ["일지"]
    lines = runner.invoke(cli.main, ["doctor"]).stdout.splitlines()
    assert re.fullmatch(r"고장 1, 주의 0, 정상 \d+", lines[-1])
    assert [line for line in lines if line.startswith("[ 고장 ] 일지: ") and " → " in line]


def test_what_others_on_the_machine_could_read_is_named(settings):
    database = settings.DATA / "sijeong.sqlite3"
    database.touch()
    database.chmod(0o644)
    assert found(State.WARN)["열람"] == f"{database}: 이 컴퓨터의 다른 계정도 읽을 수 있습니다(644)"
    database.chmod(0o600)
    assert "이 계정만" in found(State.OK)["열람"]
    settings.DATA.chmod(0o755)
    assert "(755)" in found(State.WARN)["열람"]
