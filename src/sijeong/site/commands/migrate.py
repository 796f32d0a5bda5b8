"""``sijeong migrate``."""

from __future__ import annotations

import click

from sijeong.site import database
from sijeong.site.progress import bar


@click.command()
@click.option("--check", is_flag=True, help="적용하지 않고 기다리는 것만 봅니다. 있으면 1로 끝납니다.")
def migrate(check: bool) -> None:
    """데이터베이스를 이 판의 모양으로 만듭니다. 이미 그 모양이면 아무것도 바꾸지 않습니다."""
    if check:
        names = database.waiting()
        click.echo("\n".join(names) or "기다리는 이주가 없습니다.")
        raise SystemExit(1 if names else 0)
    if newer := database.unknown():
        raise click.ClickException(f"이 데이터베이스는 더 새로운 판의 것입니다: {', '.join(newer)}")
    with bar("데이터베이스 이주") as progress:
        applied = database.migrate(progress)
    click.echo(f"{database.described()}: {applied}개를 적용했습니다." if applied else "이미 최신입니다.")
