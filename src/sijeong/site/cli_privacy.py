"""``sijeong privacy``: what personal data stands in files, before anybody hands them out. Needs no database."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import click

from sijeong.documents.sniff import kind_of
from sijeong.privacy import Finding, find, redacted
from sijeong.reports.reading.plain import plain_text


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--masked", is_flag=True, help="찾은 것 대신 가린 본문을 냅니다.")
def privacy(files: tuple[Path, ...], masked: bool) -> None:
    """파일에서 개인정보를 찾아 자리와 까닭을 보입니다. 찾으면 1로 끝납니다."""
    found = 0
    for file in files:
        with file.open("rb") as stream:
            kind = kind_of(stream) or "text"
        text, unread = plain_text(file, kind)
        text = unicodedata.normalize("NFC", text)
        findings = find(text)
        found += len(findings)
        if masked:
            click.echo(redacted(text, [(f.start, f.end, f.kind) for f in findings]))
        else:
            for finding in findings:
                click.echo(_told(file, text, finding))
        if unread:
            click.echo(f"{file}: 읽지 못한 것: {unread}", err=True)
    if not masked:
        click.echo(f"{len(files)}개 파일에서 {found}군데")
    raise SystemExit(bool(found) and not masked)


def _told(file: Path, text: str, finding: Finding) -> str:
    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - text.rfind("\n", 0, finding.start)
    told = " ".join(finding.text.split())
    return f"{file}:{line}:{column}: {finding.kind.label} {told} ({finding.certainty.label}: {finding.why})"
