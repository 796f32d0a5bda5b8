"""What a person or a script meets at the command line."""

from __future__ import annotations

import getpass
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sijeong.audit.models import Event
from sijeong.cases.models import CaseTypeVersion
from sijeong.org.models import Government
from sijeong.site import cli, click_korean
from sijeong.site.tests.installation import ROOT, Installation


def commands(group: click.Group, *above: str) -> Iterator[list[str]]:
    """Every command and command of a command, as it is called."""
    for name in group.list_commands(click.Context(group)):
        yield [*above, name]
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


COMMANDS = list(commands(cli.main))


def call(*words: str):
    return CliRunner().invoke(cli.main, list(words), prog_name="sijeong")


@pytest.mark.parametrize("words", [[], *COMMANDS], ids=" ".join)
def test_help_is_korean(words):
    told = call(*words, "--help")
    assert told.exit_code == 0
    assert "쓰는 법: sijeong" in told.stdout
    english = (
        r"Usage|Options:|Commands:|Arguments:|Show this|default:|required|OPTIONS|ARGS|TEXT|INTEGER|FLOAT"
    )
    assert not re.search(english, told.stdout)
    hangul = sum("가" <= mark <= "힣" for mark in told.stdout)
    assert hangul > 20


def test_every_command_of_the_table_is_there_and_told_in_a_line():
    for name, door in cli.main.doors.items():
        assert door.open().name in {name, None}
        assert 5 < len(door.help) < 40


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["servee"], "'servee': 없는 명령입니다."),
        (["serve", "--prot", "1"], "'--prot': 없는 선택입니다."),
        (["serve", "--port"], "'--port' 에는 값을 적어야 합니다."),
        (["serve", "--port", "abc"], "'--port': 'abc': 정수여야 합니다."),
        (["serve", "--port", "0"], "'--port': 0: 1<=x<=65535 안의 수여야 합니다."),
        (["serve", "extra"], "남는 인자가 있습니다: extra"),
        (["restore"], "빠진 인자 '백업'."),
        (["restore", "none.tar.gz"], "'백업': 'none.tar.gz': 그런 파일이 없습니다."),
        (["restore", "/"], "'백업': '/': 폴더가 아니라 파일이어야 합니다."),
        (["import", "findings", "x.xlsx", "--received-on", "2024"], "'2024': 달력에 있는 날짜를"),
        (["found", "--kind", "nation"], "가운데 하나여야 합니다."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_says_what_is_wrong_and_ends_with_2(words, told):
    answer = call(*words)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.splitlines()[-1].startswith("오류: ")
    assert told in answer.stderr


def test_click_still_keeps_its_texts_where_they_are_translated():
    """A new release of click may move them; then the Korean would silently be gone."""
    for module in click_korean.MODULES:
        assert (
            module._("Usage:") == "쓰는 법:" if hasattr(module, "_") else module is click_korean.click.parser
        )


def test_due_and_catalog_check_load_no_django():
    for words in (
        ["due", "2024-09-12", "--days", "10"],
        ["catalog", "check", str(ROOT / "cities" / "seoul")],
    ):
        code = f"import sys; from sijeong.site import cli\ncli.main({words!r}, standalone_mode=False)\n"
        watch = (
            "import atexit, sys; atexit.register(lambda: print('django' in sys.modules, file=sys.stderr))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", watch + code], capture_output=True, text=True, check=True
        )
        assert done.stderr.strip() == "False", words


class TestErrors:
    """One line on stderr, no traceback, exit code 1."""

    def test_unsafe_settings_name_each_variable(self, nothing_yet: Installation):
        nothing_yet.environment = {"SIJEONG_MODE": "production", "SIJEONG_SECRET_KEY": "short"}
        told = nothing_yet.run("migrate", code=1)
        assert told.stderr.startswith("오류: 안전하지 않은 설정입니다.")
        assert "SIJEONG_SECRET_KEY" in told.stderr
        assert "SIJEONG_HOSTS" in told.stderr
        assert "Traceback" not in told.stderr

    @pytest.mark.parametrize(
        ("mail", "named"),
        [
            ({"SIJEONG_EMAIL_URL": "smtp://mail.example.go.kr"}, "SIJEONG_MAIL_FROM"),
            ({"SIJEONG_EMAIL_URL": "smtp://a:b@mail.example.go.kr"}, "비밀번호가 암호 없이"),
            ({"SIJEONG_EMAIL_URL": "imap://mail.example.go.kr"}, "smtps://"),
        ],
    )
    def test_mail_that_would_leave_unsafely_is_refused(self, nothing_yet: Installation, mail, named):
        nothing_yet.environment = {"SIJEONG_MODE": "production", **mail}
        assert named in nothing_yet.run("migrate", code=1).stderr

    def test_an_unreachable_database_is_told_and_debug_shows_the_place(self, nothing_yet: Installation):
        nothing_yet.environment = {"DATABASE_URL": "postgres://sijeong@127.0.0.1:1/sijeong"}
        told = nothing_yet.run("migrate", "--check", code=1)
        assert told.stderr.startswith("오류: 데이터베이스: ")
        assert len(told.stderr.splitlines()) == 1
        assert "Traceback" in nothing_yet.run("--debug", "migrate", "--check", code=1).stderr

    def test_a_database_without_tables_sends_to_migrate(self, nothing_yet: Installation):
        for command in ("serve", "worker"):
            assert "먼저 sijeong migrate" in nothing_yet.run(command, code=1).stderr

    def test_a_city_folder_with_a_fault_names_file_and_line(self, tmp_path):
        (tmp_path / "city.yaml").write_text("code: seoul\nname: 서울특별시\n")
        (tmp_path / "case_types").mkdir()
        (tmp_path / "case_types" / "data_request.yaml").write_text("code: data_request\nterm: soon\n")
        told = call("catalog", "check", str(tmp_path))
        assert told.exit_code == 1
        assert re.search(r"^case_types/data_request.yaml:\d+: .*allowed", told.stderr, re.M)
        listed = json.loads(call("catalog", "check", str(tmp_path), "--json").stdout)["problems"]
        assert {"file", "line", "what", "allowed"} <= listed[0].keys()


@pytest.mark.django_db
class TestFounding:
    FOUND = ("found", "--code", "seoul", "--name", "서울특별시", "--admin", "admin", "--admin-name", "관리자")

    def test_the_founder_signs_in_with_the_password_shown(self, client):
        password = call(*self.FOUND).stdout.split()[-1]
        assert client.login(username="admin", password=password)

    def test_a_city_is_founded_once(self):
        assert call(*self.FOUND).exit_code == 0
        again = call(*self.FOUND)
        assert (again.exit_code, again.stderr) == (1, "오류: 자치단체 부호 'seoul': 이미 쓰고 있습니다\n")

    def test_a_city_without_a_folder_is_not_founded(self):
        told = call(*self.FOUND, "--city", "atlantis")
        assert told.exit_code == 1
        assert "atlantis" in told.stderr
        assert not Government.objects.exists()

    def test_applying_the_folder_again_changes_nothing(self):
        call(*self.FOUND)
        assert call("catalog", "plan").stdout == "바뀌는 사안 유형이 없습니다.\n"
        told = json.loads(call("catalog", "apply", "--json").stdout)
        assert told == {"created": [], "changed": [], "removed": []}
        assert CaseTypeVersion.objects.count() == 8

    def test_a_changed_folder_is_planned_then_applied_as_a_new_version(self, settings, tmp_path):
        call(*self.FOUND)
        shutil.copytree(ROOT / "cities" / "seoul", tmp_path / "seoul")
        request = tmp_path / "seoul" / "case_types" / "data_request.yaml"
        request.write_text(request.read_text().replace("name: 의원요구자료", "name: 의원 요구자료", 1))
        settings.CITIES = tmp_path
        assert "~ 변경 의원 요구자료 (data_request)" in call("catalog", "plan").stdout
        assert CaseTypeVersion.objects.filter(code="data_request").count() == 1
        assert "변경 1" in call("catalog", "apply").stdout
        assert CaseTypeVersion.objects.get(code="data_request", current=True).number == 2

    def test_without_a_city_one_is_sent_to_found(self):
        told = call("catalog", "apply")
        assert told.exit_code == 2
        assert "먼저 sijeong found" in told.stderr

    def test_of_two_governments_one_must_be_chosen(self):
        call(*self.FOUND)
        other = ("found", "--code", "junggu", "--name", "중구", "--kind", "district", "--city", "seoul")
        assert call(*other, "--admin", "admin2", "--admin-name", "중구 관리자").exit_code == 0
        told = call("catalog", "plan")
        assert told.exit_code == 2
        assert "junggu 중구" in told.stderr
        assert call("catalog", "plan", "--government", "junggu").exit_code == 0
        assert "'busan'" in call("catalog", "plan", "--government", "busan").stderr

    def test_what_the_command_line_does_names_its_user_in_the_journal(self):
        call(*self.FOUND)
        assert set(Event.objects.values_list("actor", flat=True)) == {f"명령줄({getpass.getuser()})"}


@pytest.mark.django_db
def test_migrate_twice_changes_nothing():
    assert call("migrate", "--check").stdout == "기다리는 이주가 없습니다.\n"
    assert call("migrate").stdout == "이미 최신입니다.\n"


def test_a_key_is_made_even_where_the_settings_are_refused(nothing_yet: Installation):
    nothing_yet.environment = {"SIJEONG_MODE": "production"}
    key = nothing_yet.run("doctor", "--new-key").stdout.strip()
    nothing_yet.environment |= {"SIJEONG_SECRET_KEY": key, "SIJEONG_HOSTS": "sijeong.example.go.kr"}
    nothing_yet.run("migrate", "--check", code=1)
