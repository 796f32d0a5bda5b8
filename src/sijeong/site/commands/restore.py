"""``sijeong restore``."""

from __future__ import annotations

from pathlib import Path

import click

from sijeong.site import database, restoring, running
from sijeong.site.commands.doctor import tell
from sijeong.site.progress import bar


@click.command()
@click.argument("source", metavar="백업", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="이미 있는 자료를 바꿉니다. 지금 것은 옆 폴더에 보관합니다.")
def restore(source: Path, replace: bool) -> None:
    """백업으로 되돌립니다. 먼저 백업을 끝까지 읽어 지문을 확인하고, 그다음 한 번에 바꾸고, 이 판의 모양으로 이주하고 진단합니다."""
    with running.alone():
        with bar("백업 확인") as progress:
            before = restoring.restore(source, replace=replace, progress=progress)
        with bar("데이터베이스 이주") as progress:
            database.migrate(progress)
    if before:
        click.echo(f"전에 있던 것은 {before} 에 있습니다. 확인한 뒤 지우십시오.")
    raise SystemExit(tell(as_json=False))
