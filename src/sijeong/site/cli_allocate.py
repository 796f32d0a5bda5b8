"""`sijeong allocate run|explain|verify|freeze|day|demo`: allocations from the command line, without a database."""

from __future__ import annotations

import csv
import secrets
from pathlib import Path

import click
import xlsxwriter

from sijeong.allocation.solving import bundle, engine, intake, lottery, worked
from sijeong.allocation.solving import demo as instances
from sijeong.allocation.solving.changes import smallest_change
from sijeong.allocation.solving.definition import BadDefinition, Definition, load
from sijeong.allocation.solving.result import Result

from .cli_allocate_day import day

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TABLES = {"applicants": "신청 표", "resources": "자원 표", "scores": "점수 표", "mentors": "멘토 표"}


@click.group()
def allocate() -> None:
    """배정: 정의와 표로 풀고, 까닭을 대고, 누구나 다시 셈하게 한다."""


allocate.add_command(day)


def table_options(command: click.decorators.FC) -> click.decorators.FC:
    for name, words in reversed(TABLES.items()):
        command = click.option(
            f"--{name}", type=FILE, required=name == "applicants", help=f"{words}(XLSX, CSV)"
        )(command)
    return click.argument("definition", type=FILE)(command)


def read_tables(paths: dict[str, Path | None]) -> dict[str, bundle.Rows]:
    try:
        return {name: intake.read(path) for name, path in paths.items() if path}
    except intake.BadTable as bad:
        raise click.ClickException(str(bad)) from None


def read_definition(path: Path) -> Definition:
    try:
        return load(path)
    except BadDefinition as bad:
        raise click.ClickException(str(bad)) from None


@allocate.command()
@table_options
@click.option("--salt-file", type=FILE, required=True, help="접수번호를 가리는 비밀 값")
@click.option("--seed-file", type=FILE, help="추첨의 비밀 값(아직 공개하지 않음)")
def freeze(definition: Path, salt_file: Path, seed_file: Path | None, **tables: Path | None) -> None:
    """명단을 동결하고, 추첨 전에 공개할 지문을 보인다."""
    found = read_definition(definition)
    try:
        public, _ = bundle.publish(found, read_tables(tables), salt_file.read_bytes())
    except intake.BadTable as bad:
        raise click.ClickException(str(bad)) from None
    click.echo(f"동결 명단의 SHA-256  {bundle.list_fingerprint(public)}")
    if seed_file:
        click.echo(f"추첨 값의 약속       {lottery.commitment(seed_file.read_bytes())}")


@allocate.command()
@table_options
@click.option(
    "--city", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("cities/seoul")
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="결과를 둘 폴더")
@click.option("--salt-file", type=FILE, help="접수번호를 가리는 비밀 값(없으면 새로 만든다)")
@click.option("--seed-file", type=FILE, help="추첨의 비밀 값")
@click.option("--beacon", nargs=2, type=str, help="공개 난수의 회차와 값(16진수)")
def run(
    *,
    definition: Path,
    city: Path,
    out: Path,
    salt_file: Path | None,
    seed_file: Path | None,
    beacon: tuple[str, str] | None,
    **tables: Path | None,
) -> None:
    """풀고, 명단과 까닭(decisions.xlsx)과 공개 꾸러미(bundle.zip)를 쓴다."""
    found = read_definition(definition)
    salt = salt_file.read_bytes() if salt_file else secrets.token_bytes(32)
    try:
        draw = drawn(seed_file, beacon)
        districts = engine.districts_of(found, city)
        brought = read_tables(tables)
        engine.check(found, brought, districts, draw.value or None)
        public, names = bundle.publish(found, brought, salt)
        result = engine.run(found, public, districts, draw.value or None)
    except (intake.BadTable, BadDefinition, ValueError) as bad:
        raise click.ClickException(str(bad)) from None
    out.mkdir(parents=True, exist_ok=True)
    part = found.places or found.visits
    districts_text = (city / "districts.csv").read_text(encoding="utf-8") if part and part.districts else ""
    text = definition.read_text(encoding="utf-8")
    (out / "bundle.zip").write_bytes(bundle.pack(text, districts_text, public, draw=draw, result=result))
    write_decisions(out / "decisions.xlsx", result, {public: number for number, public in names.items()})
    summary(result)
    if result.status == "infeasible":
        raise SystemExit(2)


def drawn(seed_file: Path | None, beacon: tuple[str, str] | None) -> bundle.Draw:
    if seed_file and beacon:
        raise ValueError("비밀 값과 공개 난수 가운데 하나만 씁니다")
    if seed_file:
        return bundle.Draw(seed_file.read_bytes(), lottery.commitment(seed_file.read_bytes()))
    if beacon:
        return bundle.Draw(bytes.fromhex(beacon[1]), "", beacon[0])
    return bundle.Draw()


def write_decisions(path: Path, result: Result, numbers: dict[str, str]) -> None:
    """The list for the division: number, published number, what was got, why."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("배정")
    sheet.write_row(0, 0, ["접수번호", "공개번호", "배정", "까닭"])
    for row, ident in enumerate(result.ids):
        got = result.resources[result.got[row]].name if result.got[row] >= 0 else ""
        why = result.sentence(row) if result.status != "infeasible" else ""
        sheet.write_row(row + 1, 0, [numbers[ident], ident, got, why])
    book.close()


def summary(result: Result) -> None:
    click.echo(f"{result.title}: {result.method}, {result.status}")
    for aim in result.aims:
        click.echo(f"  {aim.words}: {aim.value:,} (한계 {aim.bound:,})")
    for line in result.conflict:
        click.echo(f"  함께 지킬 수 없음: {line}")


@allocate.command()
@click.argument("bundle_file", type=FILE)
@click.argument("number")
def explain(bundle_file: Path, number: str) -> None:
    """공개번호 하나의 결정과 까닭을 읽는다."""
    try:
        given = bundle.given(bundle_file.read_bytes())
        click.echo(given.result.sentence(given.result.row(number)))
        change = smallest_change(
            given.definition,
            given.tables,
            given.districts,
            given.result,
            number=number,
            seed=given.draw.value or None,
        )
        if change:
            click.echo(change)
    except KeyError:
        raise click.ClickException(f"{number}: 이 꾸러미에 없는 공개번호입니다") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@allocate.command()
@click.argument("bundle_file", type=FILE)
@click.option("--list-sha256", default="", help="추첨 전에 공개된 명단의 지문")
@click.option("--commitment", default="", help="추첨 전에 공개된 추첨 값의 약속")
def verify(bundle_file: Path, list_sha256: str, commitment: str) -> None:
    """공개 꾸러미를 처음부터 다시 셈한다. 한 바이트라도 다르면 실패한다. ‘주장’은 확인하지 못하고 적힌 대로 옮긴 것이다."""
    checks = bundle.verify(bundle_file.read_bytes(), list_sha256, commitment)
    for check in checks:
        click.echo(f"{'주장  ' if check.open else '맞음  ' if check.held else '다름  '}{check.words}")
    if not all(check.held for check in checks):
        raise SystemExit(1)


@allocate.command()
@click.argument("definition", type=FILE)
@click.option(
    "--city", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("cities/seoul")
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--scale", default=1.0, show_default=True)
def demo(definition: Path, city: Path, out: Path, seed: int, scale: float) -> None:
    """실제 크기의 시연용 표를 만든다."""
    found = read_definition(definition)
    try:
        made = instances.tables(found, engine.districts_of(found, city), seed, scale)
    except KeyError:
        raise click.ClickException(f"{found.allocation}: 시연용 표가 없는 배정입니다") from None
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in made.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        click.echo(f"{out / name}.csv  {max(len(rows) - 1, 0):,}행")


@allocate.command()
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--city", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("cities/seoul")
)
@click.option("--check", is_flag=True, help="쓰지 않고, 있는 쪽과 같은지만 본다")
def reference(page: Path, city: Path, check: bool) -> None:
    """푼 보기(docs/reference/allocation.md)를 쓰거나 확인한다."""
    text = worked.page(city)
    if not check:
        page.write_text(text, encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{page}: 지금의 계산과 다릅니다. sijeong allocate reference {page}")
