"""One file holds the installation; put back, it is the same; broken, it changes nothing."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from sijeong.site.backups import BadBackup, unpack
from sijeong.site.tests.installation import Installation, wait_until

STORE = """
import io, os
from sijeong.documents.actions import store
from sijeong.org.models import Government
for number in range(3):
    stream = io.BytesIO(b"%PDF-1.4\\n" + os.urandom(70_000))
    store(stream=stream, name=f"{number}.pdf", government=Government.objects.get(), by=None)
"""
NAME = "SELECT name FROM org_government"
RENAME = "UPDATE org_government SET name = '부산광역시'"
LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('org', '9999_later', '2030-01-01')"


def files(data: Path) -> dict[str, str]:
    """Digest of every stored file by its path."""
    found = [path for path in (data / "files").rglob("*") if path.is_file()]
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def ask(data: Path, statement: str) -> str | None:
    """The first value that the installation's SQLite database answers."""
    with closing(sqlite3.connect(data / "sijeong.sqlite3")) as database, database:
        row = database.execute(statement).fetchone()
    return row and row[0]


@pytest.fixture(scope="session")
def whole(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder with three files on record, and its backup."""
    here = Installation(tmp_path_factory.mktemp("whole") / "data")
    shutil.copytree(founded, here.data)
    here.python(STORE)
    backup = here.data.parent / "whole.tar.gz"
    here.run("backup", str(backup))
    return here.data, backup


def test_a_backup_restored_elsewhere_is_the_same(whole, nothing_yet: Installation):
    data, backup = whole
    assert "고장 0" in nothing_yet.run("restore", str(backup)).stdout
    assert files(nothing_yet.data) == files(data)
    assert len(files(data)) == 3
    assert ask(nothing_yet.data, NAME) == "서울특별시"
    assert not [path for path in nothing_yet.data.iterdir() if path.name.startswith((".restore", "before"))]


def test_only_its_maker_may_read_a_backup(whole):
    assert whole[1].stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_replaced_only_when_asked_and_then_kept(whole, installation: Installation):
    data, backup = whole
    ask(installation.data, RENAME)
    (installation.data / "files").mkdir()
    (installation.data / "files" / "mine").write_text("mine")
    assert "--replace" in installation.run("restore", str(backup), code=1).stderr
    assert ask(installation.data, NAME) == "부산광역시"
    installation.run("restore", str(backup), "--replace")
    assert ask(installation.data, NAME) == "서울특별시"
    assert files(installation.data) == files(data)
    [kept] = installation.data.glob("before-restore-*")
    with closing(sqlite3.connect(kept / "database.sqlite3")) as before:
        assert before.execute(NAME).fetchone() == ("부산광역시",)
    assert (kept / "files" / "mine").read_text() == "mine"


def cut(backup: bytes) -> bytes:
    return backup[:-200]


def flipped(backup: bytes) -> bytes:
    middle = len(backup) // 2
    return backup[:middle] + bytes([backup[middle] ^ 0xFF]) + backup[middle + 1 :]


def without_manifest(backup: bytes) -> bytes:
    return repacked(backup, lambda name: name != "manifest.json")


def without_a_file(backup: bytes) -> bytes:
    return repacked(backup, lambda name: not name.startswith("files/"))


def climbing(backup: bytes) -> bytes:
    return repacked(backup, lambda name: True, {"files/../../evil": b"x"})


def with_a_stranger(backup: bytes) -> bytes:
    return repacked(backup, lambda name: True, {"files/seoul/stranger": b"x"})


def no_backup(backup: bytes) -> bytes:
    return b"hello"


def repacked(backup: bytes, kept, added: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(backup)) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for head in old:
            if kept(head.name):
                new.addfile(head, old.extractfile(head))
        for name, content in (added or {}).items():
            head = tarfile.TarInfo(name)
            head.size = len(content)
            new.addfile(head, io.BytesIO(content))
    return out.getvalue()


HARMS = {
    cut: "끝까지 있지 않습니다",
    flipped: "다르거나 없습니다|끝까지 있지 않습니다",
    without_manifest: "manifest.json이 없습니다",
    without_a_file: "다르거나 없습니다",
    climbing: "있을 수 없는 이름",
    with_a_stranger: "적혀 있지 않습니다",
    no_backup: "백업이 아니거나",
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_backup_is_known_by_its_harm(whole, tmp_path, harm):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(harm(whole[1].read_bytes()))
    with pytest.raises(BadBackup, match=HARMS[harm]):
        unpack(broken, tmp_path / "laid" / "out")
    assert not list(tmp_path.rglob("evil"))


def test_a_refused_backup_changes_nothing(whole, installation: Installation, tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(flipped(whole[1].read_bytes()))
    told = installation.run("restore", str(broken), "--replace", code=1)
    assert told.stderr.splitlines()[-1].startswith("오류: ")
    assert "Traceback" not in told.stderr
    assert ask(installation.data, NAME) == "서울특별시"
    assert not list(installation.data.glob(".restore*"))
    assert not list(installation.data.glob("before*"))


def test_a_backup_killed_halfway_leaves_nothing_called_whole(installation: Installation, tmp_path):
    (installation.data / "files").mkdir()
    (installation.data / "files" / "large").write_bytes(os.urandom(60_000_000))
    target = tmp_path / "backups" / "whole.tar.gz"
    target.parent.mkdir()
    with installation.started("backup", str(target)) as program:
        wait_until(lambda: list(target.parent.glob(".whole*partial")), "the first bytes")
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert not target.exists()
    (installation.data / "files" / "large").unlink()
    installation.run("backup", str(target))
    assert [path.name for path in target.parent.iterdir()] == ["whole.tar.gz"]


def test_nothing_is_swapped_under_a_running_worker(whole, installation: Installation):
    with installation.started("worker"):
        wait_until(lambda: "일꾼이 기다립니다" in installation.said("worker"), "the worker")
        told = installation.run("restore", str(whole[1]), "--replace", code=1)
    assert "먼저 멈추십시오" in told.stderr


def test_a_backup_of_a_newer_version_is_refused(installation: Installation, tmp_path):
    ask(installation.data, LATER)
    installation.run("backup", str(tmp_path / "later.tar.gz"))
    told = Installation(tmp_path / "other").run("restore", str(tmp_path / "later.tar.gz"), code=1)
    assert "더 새로운 판" in told.stderr
    assert "org.9999_later" in told.stderr


@pytest.fixture
def on_postgres(tmp_path: Path):
    """A founded city in a database of its own on the server of this run."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS test_backup WITH (FORCE)")
        admin.execute("CREATE DATABASE test_backup")
        url = server.rpartition("/")[0] + "/test_backup"
        here = Installation(tmp_path / "data", {"DATABASE_URL": url})
        here.run("migrate")
        here.run(
            "found", "--code", "seoul", "--name", "서울특별시", "--admin", "admin", "--admin-name", "관리자"
        )
        yield here
        admin.execute("DROP DATABASE test_backup WITH (FORCE)")


@pytest.mark.postgres
def test_postgresql_goes_out_and_comes_back_whole_or_not_at_all(on_postgres: Installation, tmp_path):
    on_postgres.python(STORE)
    backup = tmp_path / "whole.tar.gz"
    on_postgres.run("backup", str(backup))
    with psycopg.connect(on_postgres.environment["DATABASE_URL"], autocommit=True) as other:
        other.execute(RENAME)
        other.execute("CREATE TABLE left_over (id int)")
        told = on_postgres.run("restore", str(backup), "--replace", code=1)
        assert "다른 연결이 1개" in told.stderr
        assert other.execute(NAME).fetchone() == ("부산광역시",)
    before = files(on_postgres.data)
    assert "고장 0" in on_postgres.run("restore", str(backup), "--replace").stdout
    assert files(on_postgres.data) == before
    with psycopg.connect(on_postgres.environment["DATABASE_URL"]) as reader:
        assert reader.execute(NAME).fetchone() == ("서울특별시",)
        assert reader.execute("SELECT to_regclass('left_over')").fetchone() == (None,)
    mixed = Installation(tmp_path / "sqlite").run("restore", str(backup), code=1)
    assert "postgresql 의 백업입니다" in mixed.stderr
