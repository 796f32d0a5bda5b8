"""``sijeong backup``."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings

from sijeong.site import backups
from sijeong.site.progress import bar


@click.command()
@click.argument("target", required=False, metavar="[파일 또는 폴더]", type=click.Path(path_type=Path))
def backup(target: Path | None) -> None:
    """데이터베이스와 파일을 한 파일(tar.gz)에 담습니다. 웹과 일꾼이 도는 동안에도 됩니다.

    적지 않으면 SIJEONG_DATA의 backups 폴더에 날짜로 이름을 붙입니다. 다 쓰인 뒤에야 그 이름으로 나타나며, 개인정보가 들어
    있으므로 만든 사람만 읽을 수 있습니다.
    """
    target = target or settings.DATA / "backups"
    if target.is_dir() or not target.name.endswith(".tar.gz"):
        target.mkdir(parents=True, exist_ok=True)
        target = target / backups.default_name()
    with bar("백업") as progress:
        manifest = backups.write(target, progress)
    size = target.stat().st_size / 1024**2
    click.echo(f"{target}: 데이터베이스와 파일 {len(manifest.members) - 1:,}개, {size:,.1f} MB")
