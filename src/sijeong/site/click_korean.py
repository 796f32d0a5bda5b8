"""click's own words in Korean.

click sends each of its texts through gettext, but brings no translations, and gettext wants compiled files that are
found by the shell's language. The texts that ``sijeong`` can show are few: they stand here, and go in at the place
where click's modules keep gettext.
"""

from __future__ import annotations

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

TEXTS = {
    "Usage:": "쓰는 법:",
    "Options": "선택",
    "Commands": "명령",
    "Positional arguments": "인자",
    "Show this message and exit.": "이 도움말을 보입니다.",
    "Try '{command} {option}' for help.": "도움말: {command} {option}",
    "Error: {message}": "오류: {message}",
    "Aborted!": "그만두었습니다.",
    "required": "필수",
    "default: {default}": "기본 {default}",
    "Missing command.": "명령이 빠졌습니다.",
    "No such command {name!r}.": "{name!r}: 없는 명령입니다.",
    "No such option {name!r}.": "{name!r}: 없는 선택입니다.",
    "Did you mean {possibility}?": "{possibility}입니까?",
    "(Did you mean one of: {possibilities}?)": "(비슷한 것: {possibilities})",
    "Missing argument": "빠진 인자",
    "Missing option": "빠진 선택",
    "Missing parameter": "빠진 값",
    "Choose from:\n\t{choices}": "가능한 값:\n\t{choices}",
    "Invalid value: {message}": "값이 맞지 않습니다: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: {message}",
    "Option {name!r} does not take a value.": "{name!r} 에는 값을 적지 않습니다.",
    "Option {name!r} requires an argument.": "{name!r} 에는 값을 적어야 합니다.",
    "Option {name!r} requires {nargs} arguments.": "{name!r} 에는 값을 {nargs}개 적어야 합니다.",
    "Argument {name!r} takes {nargs} values.": "{name!r} 에는 값을 {nargs}개 적어야 합니다.",
    "Got unexpected extra argument ({args})": "남는 인자가 있습니다: {args}",
    "Got unexpected extra arguments ({args})": "남는 인자가 있습니다: {args}",
    "{value!r} is not a valid {number_type}.": "{value!r}: 정수여야 합니다.",
    "{value} is not in the range {range}.": "{value}: {range} 안의 수여야 합니다.",
    "{value!r} is not {choice}.": "{value!r}: {choice}이어야 합니다.",
    "{value!r} is not one of {choices}.": "{value!r}: {choices} 가운데 하나여야 합니다.",
    "file": "파일",
    "directory": "폴더",
    "path": "경로",
    "{name} {filename!r} does not exist.": "{filename!r}: 그런 {name}이 없습니다.",
    "{name} {filename!r} is a file.": "{filename!r}: 파일이 아니라 폴더여야 합니다.",
    "{name} {filename!r} is a directory.": "{filename!r}: 폴더가 아니라 파일이어야 합니다.",
    "{name} {filename!r} is not readable.": "{filename!r}: 읽을 수 없습니다.",
    "{name} {filename!r} is not writable.": "{filename!r}: 쓸 수 없습니다.",
    "Could not open file {filename!r}: {message}": "{filename!r}: 열 수 없습니다 ({message})",
    "Error: The two entered values do not match.": "두 번 적은 값이 다릅니다.",
    "Repeat for confirmation": "한 번 더",
}
KINDS = {"text": "글", "integer": "수", "integer range": "수", "float": "수", "path": "경로", "file": "파일"}
MODULES = (
    click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types,
)  # fmt: skip


def one(text: str) -> str:
    """The text in Korean; one that is not here stays as it is."""
    return TEXTS.get(text, text)


def one_or_many(single: str, many: str, count: int) -> str:
    """Korean does not tell one from many."""
    return one(single if count == 1 else many)


def speak() -> None:
    """From here on click speaks Korean in this process."""
    for module in MODULES:
        for name, said in (("_", one), ("ngettext", one_or_many)):
            if hasattr(module, name):
                setattr(module, name, said)


def adopt(command: click.Command) -> None:
    """Name in Korean what click would name itself in the help of a command and of those within it."""
    command.options_metavar = "[선택]"
    for param in command.params:
        if isinstance(param, click.Option) and param.metavar is None:
            param.metavar = KINDS.get(param.type.name)
    if isinstance(command, click.Group):
        command.subcommand_metavar = "명령 …"
        for each in command.commands.values():
            adopt(each)
