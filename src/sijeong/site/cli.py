"""``sijeong``: the one entry point. A command's module is read when it is called, and Django only by who needs it.

Exit codes: 0 done, 1 failed or faults found, 2 called wrongly. Faults of the caller or the installation are told in
one line of Korean on stderr; ``--debug`` shows where in the code they came up.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from . import click_korean

click_korean.speak()


@dataclass(frozen=True)
class Door:
    """Where a command is (``module:name``), its line in the help, and what must stand before it is read.

    ``mode`` is the SIJEONG_MODE it works in unless the environment names another.
    """

    place: str
    help: str
    django: bool = True
    mode: str = ""

    def open(self) -> click.Command:
        if self.mode:
            os.environ.setdefault("SIJEONG_MODE", self.mode)
        if self.django:
            setup_django()
        module, _, name = self.place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        click_korean.adopt(command)
        return command


def setup_django() -> None:
    """Read the settings, load all rooms, and have a data folder, which like all that is written is its owner's alone.

    Raises ImproperlyConfigured where the settings are unsafe.
    """
    os.umask(0o077)  # SQLite gives its log the mode of its file, and makes that as the process may
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sijeong.site.settings")
    import_module("django").setup()
    import_module("sijeong.site.settings").DATA.mkdir(parents=True, exist_ok=True)


class Doors(click.Group):
    """A group that knows its commands by a table, and opens one only when it is called."""

    def __init__(self, *args: Any, doors: dict[str, Door], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doors = doors
        click_korean.adopt(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.doors)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.doors[cmd_name].open() if cmd_name in self.doors else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("명령"):
            formatter.write_dl([(name, door.help) for name, door in self.doors.items()])


class Entrance(Doors):
    """The outermost group: whatever goes wrong inside leaves as one readable line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if ctx.params["debug"]:
                raise
            raise click.ClickException(plain(error)) from error


def plain(error: Exception) -> str:
    """What an error says to somebody who does not read code. The rooms' own errors are written for them."""
    kind = type(error).__name__
    text = " ".join(str(error).split()) or kind
    if kind == "ImproperlyConfigured" or type(error).__module__.startswith("sijeong."):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or '파일'}: {error.strerror}"
    if kind in {"OperationalError", "ProgrammingError"}:
        return f"데이터베이스: {text} (sijeong doctor 가 무엇이 빠졌는지 봅니다)"
    return f"{text} ({kind}; sijeong --debug … 로 자리를 볼 수 있습니다)"


CATALOG = Doors(
    name="catalog",
    help="도시 폴더(cities/…)의 사안 유형을 검사하고 적용합니다.",
    doors={
        "check": Door("sijeong.site.commands.catalog_check:check", "폴더가 옳은지 봅니다", django=False),
        "plan": Door("sijeong.site.commands.catalog_apply:plan", "적용하면 무엇이 바뀌는지 보입니다"),
        "apply": Door("sijeong.site.commands.catalog_apply:apply", "새 판으로 적용합니다"),
    },
)

STATS = Doors(
    name="stats",
    help="통계의 합계가 일지와 같은지 보고, 다시 셉니다.",
    doors={
        "verify": Door("sijeong.site.commands.stats:verify", "일지에서 모두 다시 세어 견줍니다"),
        "rebuild": Door("sijeong.site.commands.stats:rebuild", "합계를 사안에서 다시 만듭니다"),
    },
)


SEARCH = Doors(
    name="search",
    help="이 기계의 검색 색인을 보고 다시 만듭니다.",
    doors={
        "status": Door("sijeong.site.commands.searching:status", "어디까지 따라왔는지 봅니다"),
        "rebuild": Door("sijeong.site.commands.searching:rebuild", "처음부터 다시 만듭니다"),
    },
)


CALENDAR = Doors(
    name="calendar",
    help="새로 지정된 공휴일에 맞추어 처리 중인 사안의 기한을 옮깁니다.",
    doors={
        "plan": Door("sijeong.site.commands.calendar:plan", "어느 기한이 옮겨지는지 보입니다"),
        "apply": Door("sijeong.site.commands.calendar:apply", "기한을 옮기고 알립니다"),
    },
)


REPORT = Doors(
    name="report",
    help="기록에서 업무보고를 만들고, 굳힌 것을 파일로 씁니다.",
    doors={
        "build": Door("sijeong.site.commands.reporting:build", "만들고 굳혀 결재에 올리고 파일로 씁니다"),
        "write": Door("sijeong.site.commands.reporting:rewrite", "굳힌 보고서를 다시 파일로 씁니다"),
        "list": Door("sijeong.site.commands.reporting:list_", "업무보고의 번호와 상태를 보입니다"),
    },
)


@click.group(
    cls=Entrance,
    doors={
        "demo": Door("sijeong.site.commands.demo:demo", "시범 도시를 만들고 웹과 일꾼을 켭니다", mode="demo"),
        "serve": Door("sijeong.site.commands.serve:serve", "웹 서버를 켭니다"),
        "worker": Door("sijeong.site.commands.worker:worker", "뒤에서 할 일을 처리하는 일꾼을 켭니다"),
        "migrate": Door("sijeong.site.commands.migrate:migrate", "데이터베이스를 이 판의 모양으로 만듭니다"),
        "found": Door("sijeong.site.commands.found:found", "처음 설치할 때 자치단체와 관리자를 만듭니다"),
        "catalog": Door("sijeong.site.cli:CATALOG", "도시 폴더를 검사하고 적용합니다", django=False),
        "calendar": Door("sijeong.site.cli:CALENDAR", "공휴일이 바뀌면 기한을 옮깁니다", django=False),
        "allocate": Door(
            "sijeong.site.cli_allocate:allocate", "한정된 자리를 배정하고 까닭을 보입니다", django=False
        ),
        "benefits": Door(
            "sijeong.site.cli_benefits:benefits", "지원사업의 규칙을 검사하고 물어봅니다", django=False
        ),
        "simulate": Door(
            "sijeong.site.cli_benefits:simulate",
            "지원사업을 인구 전체로 셈하고 개편안을 견줍니다",
            django=False,
        ),
        "read": Door(
            "sijeong.site.cli_reports:read_command", "업무보고를 읽어 사실로 보입니다", django=False
        ),
        "check": Door(
            "sijeong.site.cli_reports:check_command", "업무보고의 숫자가 맞는지 점검합니다", django=False
        ),
        "compare": Door("sijeong.site.cli_reports:compare_command", "두 업무보고를 견줍니다", django=False),
        "report": Door("sijeong.site.cli:REPORT", "업무보고를 만들고 파일로 씁니다", django=False),
        "privacy": Door(
            "sijeong.site.cli_privacy:privacy", "파일에서 개인정보를 찾고 가립니다", django=False
        ),
        "due": Door("sijeong.site.cli_due:due", "법정 기한을 세고 그 단계를 보입니다", django=False),
        "import": Door("sijeong.site.commands.importing:import_", "XLSX·CSV에서 사안을 가져옵니다"),
        "export": Door("sijeong.site.commands.exporting:export", "사안을 XLSX·CSV로 내보냅니다"),
        "search": Door("sijeong.site.cli:SEARCH", "검색 색인을 보고 다시 만듭니다", django=False),
        "stats": Door("sijeong.site.cli:STATS", "통계를 일지와 견주고 다시 셉니다", django=False),
        "backup": Door("sijeong.site.commands.backup:backup", "데이터베이스와 파일을 한 파일에 담습니다"),
        "restore": Door("sijeong.site.commands.restore:restore", "백업으로 되돌립니다"),
        "doctor": Door(
            "sijeong.site.commands.doctor:doctor", "설치와 기록에 탈이 없는지 봅니다", django=False
        ),
    },
    help="시정(市政): 도시가 일하고 설명하는 열린 시스템.",
    epilog="설정은 환경 변수로 합니다: SIJEONG_MODE, SIJEONG_DATA, DATABASE_URL … (docs/ 참고)",
)
@click.option("--debug", is_flag=True, help="탈이 나면 코드의 자리까지 보입니다.")
@click.version_option(version("sijeong"), message="sijeong %(version)s", help="판 번호를 보입니다.")
def main(debug: bool) -> None:
    pass


if __name__ == "__main__":
    main(prog_name="sijeong")
