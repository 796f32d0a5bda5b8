"""`sijeong benefits check | ask | list | population` and `sijeong simulate`."""

import datetime as dt
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from sijeong.benefits.rules import checker, population, reference, rulebook, runs
from sijeong.benefits.rules.columns import BadPopulation
from sijeong.benefits.rules.decision import decide_all
from sijeong.benefits.rules.inputs import BadAnswer
from sijeong.benefits.rules.interview import Question, explain_decision, next_question
from sijeong.benefits.rules.marks import Problem
from sijeong.benefits.rules.plans import planned_beside
from sijeong.benefits.rules.results import CAUTION, summary_rows, write_reform, write_simulation
from sijeong.benefits.rules.rulebook import Rulebook
from sijeong.benefits.rules.simulate import reform as compare
from sijeong.benefits.rules.simulate import simulate as cost
from sijeong.legaltime import KST

_CITY = click.option(
    "--city", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path("cities/seoul"),
    show_default=True, help="도시 폴더",
)  # fmt: skip
_DAY = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="기준일(2024-01-31 꼴, 기본: 오늘)"
)


@click.group()
def benefits() -> None:
    """지원사업 규칙을 점검하고 물어봅니다."""


@benefits.command()
@_CITY
def check(city: Path) -> None:
    """규칙, 매개변수, 상황을 점검합니다."""
    problems = checker.check(city / "benefits")
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise SystemExit(1)
    click.echo(f"지원 {len(rulebook.load(city / 'benefits').benefits)}개: 문제가 없습니다")


@benefits.command()
@_CITY
@_DAY
@click.argument("names", nargs=-1)
def ask(city: Path, on: dt.datetime | None, names: tuple[str, ...]) -> None:
    """받을 수 있는 지원을 물어봅니다. 답은 저장하지 않습니다."""
    book, day = _chosen(city, names), _day(on)
    answers: dict[str, Any] = {}
    while (question := next_question(book, answers, day)) is not None:
        answers |= _answer(book, question, day)
    for decision in decide_all(book, answers, day).values():
        told = explain_decision(book, decision, answers)
        click.echo(f"\n{told.benefit}\n  {told.summary}")
        for change in told.changes:
            click.echo(f"  이렇게 바뀌면: {change.text}")
        click.echo(f"  신청: {told.apply_where} / 근거: {told.basis}")
    click.echo(f"\n{day} 기준의 안내이며 결정이 아닙니다.")


@benefits.command("list")
@_CITY
@click.option("--markdown", is_flag=True, help="문서에 넣을 표로 씁니다")
def list_benefits(city: Path, markdown: bool) -> None:
    """지원과 매개변수, 시행일을 보여 줍니다."""
    book = _load(city)
    if markdown:
        click.echo(reference.markdown(book), nl=False)
        return
    for rule in book.benefits.values():
        click.echo(f"{rule.name:26} {rule.in_force_from()}~  {rule.korean}")


@benefits.command("population")
@_CITY
@click.option("--people", type=click.IntRange(min=1), help="사람 수(기본: 도시의 인구)")
@click.option("--seed", type=int, default=2024, show_default=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def write_population(city: Path, people: int | None, seed: int, file: Path) -> None:
    """합성 인구를 Parquet 파일로 씁니다. 실제 자료가 아닙니다."""
    book = _load(city)
    given = population.assumptions(city / "population.yaml")
    population.write(file, book.inputs, given, people=people or given["total"], seed=seed)
    click.echo(f"{file}: {people or given['total']:,}명")


@click.command()
@_CITY
@click.option("--population", "people", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--year", type=int)
@click.option("--set", "changes", multiple=True, metavar="지원.매개변수=값", help="바꾸어 견줄 값")
@click.option(
    "--against", type=click.DateTime(["%Y-%m-%d"]), help="이날의 법을 한 해에 적용해 견줄 때 그 날짜"
)
@click.option(
    "--rules", type=click.Path(path_type=Path, exists=True, file_okay=False), help="바꾼 규칙의 도시 폴더"
)
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="결과를 쓸 파일")
@click.option(
    "--reproduce",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="화면에서 받은 재현 파일",
)
@click.argument("names", nargs=-1)
def simulate(
    *, city: Path, people: Path | None, year: int | None, changes: tuple[str, ...], against: dt.datetime | None,
    rules: Path | None, xlsx: Path | None, reproduce: Path | None, names: tuple[str, ...],
) -> None:  # fmt: skip
    """한 해의 비용을 셈합니다. --set, --against, --rules를 주면 견주고, --reproduce를 주면 다시 셈해 봅니다."""
    if reproduce:
        _reproduce(city, reproduce, people)
        return
    if people is None or year is None:
        raise click.UsageError("--population과 --year를 적어야 합니다.")
    book = _chosen(city, names)
    given = population.assumptions(city / "population.yaml")
    try:
        if changes or against or rules:
            before = _as_of(book, against.date()) if against else book
            after = _reformed(_chosen(rules, names) if rules else book, changes)
            _show_reform(before, after, people, year, given=given, xlsx=xlsx)
        else:
            _show_simulation(book, people, year, given, xlsx)
    except BadPopulation as error:
        raise click.ClickException(str(error)) from None
    click.echo(CAUTION)


def _reproduce(city: Path, file: Path, people: Path | None) -> None:
    """Run a kept run again and tell every figure and digest that differs."""
    told = json.loads(file.read_text(encoding="utf-8"))
    kept, book = runs.Run(told["result"], told["digests"]), _load(city)
    with tempfile.TemporaryDirectory(prefix="sijeong-") as folder:
        asked = told["request"].get("population") or {}
        if people is None and not asked:
            raise click.UsageError("올린 파일로 셈한 것입니다. --population으로 그 파일을 주십시오.")
        try:
            given = population.assumptions(city / "population.yaml")
            people = people or runs.synthetic(Path(folder), book, given, **asked)
            again = runs.run(book, told["request"], people)
        except (BadPopulation, runs.BadRequest) as error:
            raise click.ClickException(str(error)) from None
    different = list(runs.differences(kept, again))
    click.echo("\n".join(different) if different else f"{told['title']}: 모든 숫자와 지문이 같습니다")
    raise SystemExit(1 if different else 0)


def _show_simulation(book: Rulebook, people: Path, year: int, given: Any, xlsx: Path | None) -> None:
    result = cost(book, people, year)
    whole = int(given["total"]) if population.synthetic(people) else None
    for row in summary_rows(book, result):
        korean, entitled, recipients, won, unknown, excluded, places, full = row
        places = f"  자리 {places:,} {full or '남음'}" if places != "" else ""
        rest = f"  모름 {unknown:,}" * bool(unknown) + f"  겹침 {excluded:,}" * bool(excluded)
        click.echo(f"{korean}: {entitled:,}명 대상, {recipients:,}명 {won:,}원{places}{rest}")
    for one in planned_beside(book, result, whole=whole):
        bounds = f" ({one.low:,}~{one.high:,})" if one.low != one.high else ""
        drawn = "표본에서 늘려 " if one.sample else ""
        click.echo(
            f"계획 {one.planned:,}{one.unit} / {drawn}셈 {one.expected:,}명{bounds}  {one.korean}: {one.remark}"
        )
    click.echo(json.dumps(result.digests))
    if xlsx:
        write_simulation(xlsx, book, result, given, whole)


def _show_reform(
    book: Rulebook, changed: Rulebook, people: Path, year: int, *, given: Any, xlsx: Path | None
) -> None:
    result = compare(book, changed, people, year)
    click.echo(reference.reform_markdown(book, result, given), nl=False)
    if xlsx:
        write_reform(xlsx, book, result, given)


def _as_of(book: Rulebook, day: dt.date) -> Rulebook:
    missing = [rule.korean for rule in book.benefits.values() if rule.law_on(day) is None]
    if missing:
        raise click.BadParameter(f"{day}에 시행하지 않은 지원: {', '.join(missing)}")
    return book.reformed(
        {key: v for name in book.benefits for key, v in reference.as_of(book, name, day).items()}
    )


def _reformed(book: Rulebook, changes: tuple[str, ...]) -> Rulebook:
    values = {}
    for change in changes:
        place, _, text = change.partition("=")
        try:
            values[place.strip()] = int(text.replace(",", ""))
        except ValueError:
            raise click.BadParameter(f"{change}: 값은 정수여야 합니다") from None
    try:
        return book.reformed(values)
    except (KeyError, ValueError) as error:
        raise click.BadParameter(f"{error.args[0]}: 없는 매개변수이거나 목록입니다") from None


def _answer(book: Rulebook, question: Question, day: dt.date) -> dict[str, Any]:
    hint = {"bool": "예/아니오", "date": "2024-01-31 꼴", "choice": "/".join(question.choices)}
    while True:
        text = click.prompt(f"{question.text} ({hint.get(question.kind, question.unit)})").strip()
        try:
            return book.inputs.accept({question.key: _parsed(question, text)}, day)
        except (BadAnswer, ValueError) as error:
            click.echo(f"  다시 적어 주세요: {error}", err=True)


def _parsed(question: Question, text: str) -> Any:
    if question.kind == "bool":
        return {"예": True, "네": True, "y": True, "아니오": False, "아니요": False, "n": False}.get(
            text, text
        )
    if question.kind == "date" and "-" in text:
        return dt.date.fromisoformat(text)
    return text if question.kind == "choice" else int(text.replace(",", ""))


def _chosen(city: Path, names: tuple[str, ...]) -> Rulebook:
    book = _load(city)
    unknown = [name for name in names if name not in book.benefits]
    if unknown:
        raise click.BadParameter(
            f"{', '.join(unknown)}: 없는 지원입니다 (있는 것: {', '.join(book.benefits)})"
        )
    return book.only(list(names)) if names else book


def _load(city: Path) -> Rulebook:
    try:
        return rulebook.load(city / "benefits")
    except Problem as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)


def _day(on: dt.datetime | None) -> dt.date:
    return on.date() if on else dt.datetime.now(KST).date()
