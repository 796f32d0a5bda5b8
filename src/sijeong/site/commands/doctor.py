"""``sijeong doctor``. It must speak where the settings are refused, and so reads them itself."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module

import click

from sijeong.site import cli
from sijeong.site.finding import Finding, State

SIGNS = {State.OK: "  ok  ", State.WARN: " 주의 ", State.FAULT: " 고장 "}


@click.command()
@click.option("--deep", is_flag=True, help="저장된 파일을 모두 읽어 지문까지 견줍니다.")
@click.option("--sweep", is_flag=True, help="어느 기록에도 없는 파일(하루 넘은 것)을 지웁니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")
@click.option("--new-key", is_flag=True, help="SIJEONG_SECRET_KEY 로 쓸 무작위 글자를 보입니다.")
def doctor(deep: bool, sweep: bool, as_json: bool, new_key: bool) -> None:
    """설정, 데이터베이스, 일지, 번호, 파일, 공휴일, 일꾼, 디스크에 탈이 없는지 봅니다. 고장이 있으면 1로 끝납니다."""
    if new_key:
        click.echo(secrets.token_urlsafe(48))
        return
    raise SystemExit(tell(as_json=as_json, deep=deep, sweep=sweep))


def tell(*, as_json: bool, deep: bool = False, sweep: bool = False) -> int:
    """Examine, print a line a finding, and answer the exit code."""
    findings = []
    for finding in _findings(deep, sweep):
        findings.append(finding)
        if not as_json:
            _print(finding)
    counts = Counter(finding.state for finding in findings)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        click.echo(f"고장 {counts[State.FAULT]}, 주의 {counts[State.WARN]}, 정상 {counts[State.OK]}")
    return 1 if counts[State.FAULT] else 0


def _findings(deep: bool, sweep: bool) -> Iterator[Finding]:
    try:
        cli.setup_django()
    except Exception as error:
        yield Finding("설정", State.FAULT, cli.plain(error), "환경 변수를 고치십시오")
    else:
        yield from import_module("sijeong.site.examination").examine(deep=deep, sweep=sweep)


def _print(finding: Finding) -> None:
    todo = f" → {finding.todo}" if finding.todo else ""
    click.echo(f"[{SIGNS[finding.state]}] {finding.what}: {finding.text}{todo}")
