"""The reference pages of a city's case types: facts, acts and diagram of each, written from the folder.

python -m sijeong.catalog.drawing --check cities/seoul docs/reference/case_types
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from sijeong.catalog.case_type import PREVIOUS, SAME, CaseType, FormField, Transition
from sijeong.catalog.city import City, read_city
from sijeong.catalog.diagram import draw
from sijeong.catalog.problems import CatalogError
from sijeong.catalog.vocabulary import Word

_MARK = "<!-- 도시 폴더에서 만든 쪽입니다. 고치려면 도시 폴더를 고치고 다시 만드십시오. -->"


def pages(city: City, folder: str) -> dict[str, str]:
    """Text by file name, from the parent of `folder`: the index `<folder>.md` and `<folder>/<code>.md`."""
    types = city.case_types.values()
    return {f"{folder}.md": _index(city, folder)} | {f"{folder}/{ct.code}.md": _page(ct) for ct in types}


def write(city: City, folder: Path) -> None:
    """Writes every page, and takes away the pages of types that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(city, folder.name).items():
        (folder.parent / name).write_text(text, encoding="utf-8")
    for path in _orphans(city, folder):
        path.unlink()


def stale(city: City, folder: Path) -> list[str]:
    """The pages that `write` would change."""
    changed = [name for name, text in pages(city, folder.name).items() if _text(folder.parent / name) != text]
    return changed + [f"{folder.name}/{path.name}" for path in _orphans(city, folder)]


def _orphans(city: City, folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.glob("*.md"))
        if path.stem not in city.case_types and _MARK in _text(path)
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _index(city: City, folder: str) -> str:
    rows = [
        (f"[{ct.name}]({folder}/{ct.code}.md)", ct.number, ct.basis.kind.label, _term(ct), _labels(ct.askers))
        for ct in city.case_types.values()
    ]
    table = _table(("사안 유형", "번호", "근거", "기한", "요구자"), rows)
    return "\n".join([f"# {city.name}의 사안 유형", "", _MARK, "", *table, ""])


def _page(ct: CaseType) -> str:
    sections = (
        (f"# {ct.name}", [_MARK, "", *_table(("항목", "내용"), _facts(ct))]),
        ("## 구분", _table(("코드", "이름"), [(f"`{kind.code}`", kind.name) for kind in ct.kinds])),
        ("## 접수 항목", _fields(ct.fields)),
        ("## 답변 항목", _fields(ct.answer_fields)),
        ("## 결과", _outcomes(ct)),
        ("## 상태", _states(ct)),
        ("## 할 수 있는 일", _transitions(ct)),
        ("## 흐름", ["```mermaid", *draw(ct).splitlines(), "```"]),
    )
    return "\n".join(line for title, body in sections if body for line in (title, "", *body, ""))


def _facts(ct: CaseType) -> Iterator[tuple[str, str]]:
    yield "코드", f"`{ct.code}`"
    yield "번호", ct.numbered(2026, 1)
    yield "근거", ": ".join(filter(None, (ct.basis.kind.label, ct.basis.article)))
    if ct.basis.note:
        yield "참고", ct.basis.note
    yield "요구자", _labels(ct.askers)
    yield "묻는 항목", ct.question.name
    yield (
        "기한",
        f"{_start(ct)}부터 {_term(ct)} (계산: {ct.term.rule.label}, 날수를 정한 곳: {ct.term.set_by.label})",
    )
    if ct.norm:
        yield "처리 목표", f"{ct.norm}{ct.term.unit.label}"
    yield "연장", _extension(ct)
    yield "보완 요청", "할 수 있음" if ct.pause else "없음"
    yield "공개", _publication(ct)
    yield "보존", f"{ct.retention.years}년, {ct.retention.from_.label}부터. {ct.retention.basis}"


def _term(ct: CaseType) -> str:
    return f"{ct.term.length}{ct.term.unit.label}"


def _start(ct: CaseType) -> str:
    return next((field.name for field in ct.fields if field.code == ct.term.starts), "접수한 날")


def _extension(ct: CaseType) -> str:
    if ct.extension is None:
        return "없음"
    length = f"{ct.extension.length}{ct.extension.unit.label}"
    return f"{ct.extension.times}회, {length}까지, 사유 필요. {ct.extension.note}".strip()


def _publication(ct: CaseType) -> str:
    if not ct.publication.public or ct.publication.after is None:
        return "하지 않음"
    return f"{ct.state(ct.publication.after).name} 뒤. 가리는 것: {_labels(ct.publication.mask)}"


def _fields(fields: Iterable[FormField]) -> list[str]:
    return _table(
        ("코드", "이름", "형식", "필수", "설명"),
        [
            (
                f"`{field.code}`",
                field.name,
                field.type.label,
                "필수" if field.required else "",
                " / ".join(choice.name for choice in field.choices) or field.help,
            )
            for field in fields
        ],
    )


def _outcomes(ct: CaseType) -> list[str]:
    rows = [
        (f"`{each.code}`", each.name, each.needs.label, "예" if each.final else "아니요")
        for each in ct.outcomes
    ]
    return _table(("코드", "이름", "있어야 하는 것", "끝맺음"), rows)


def _states(ct: CaseType) -> list[str]:
    rows = [
        (f"`{state.code}`", state.name, state.public, "진행" if state.open else "종료", state.clock.label)
        for state in sorted(ct.states, key=lambda state: state.order)
    ]
    return _table(("코드", "안에서 보는 이름", "밖에서 보는 이름", "진행", "기한"), rows)


def _transitions(ct: CaseType) -> list[str]:
    rows = [
        (
            f"{each.act.label} `{each.act}`",
            ", ".join(ct.state(code).name for code in each.from_),
            _destination(ct, each),
            _labels(each.who),
            "필요" if each.needs_reason else "",
            _labels(each.needs),
        )
        for each in ct.transitions
    ]
    return _table(("일", "지금 상태", "다음 상태", "누가", "사유", "있어야 하는 것"), rows)


def _destination(ct: CaseType, transition: Transition) -> str:
    words = {SAME: "그대로", PREVIOUS: "바로 앞의 상태"}
    return words.get(transition.to) or ct.state(transition.to).name


def _labels(words: Iterable[Word]) -> str:
    return ", ".join(word.label for word in words)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Markdown lines; none if there are no rows."""
    body = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *body] if body else []


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


@click.command()
@click.option(
    "--write/--check", "writes", required=True, help="write the pages, or fail if they would change"
)
@click.argument("city_folder", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def main(writes: bool, city_folder: Path, folder: Path) -> None:
    """Draw the case types of CITY_FOLDER to FOLDER/<code>.md and FOLDER.md."""
    try:
        city = read_city(city_folder)
    except CatalogError as error:
        click.echo(error, err=True)
        sys.exit(1)
    if writes:
        write(city, folder)
    elif changed := stale(city, folder):
        click.echo(f"{', '.join(changed)}: not as {city_folder} draws them; run with --write", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
