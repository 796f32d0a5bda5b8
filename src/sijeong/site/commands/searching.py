"""``sijeong search``."""

from __future__ import annotations

import click
from django.conf import settings

from sijeong.documents.contents import old_ones
from sijeong.org.models import Government
from sijeong.search.checks import standing
from sijeong.search.replica import Replica
from sijeong.site.console import chosen, government_option
from sijeong.site.progress import bar


def _asked(government: str | None) -> list[Government]:
    return [chosen(government)] if government else list(Government.objects.order_by("pk"))


@click.command()
@government_option
def rebuild(government: str | None) -> None:
    """이 기계의 검색 색인을 다시 만듭니다. 만드는 동안 앞의 색인이 답하고, 다 되면 한 번에 바꿉니다."""
    for place in _asked(government):
        with bar(str(place)) as progress:
            done = Replica(place).rebuild(progress)
        click.echo(f"{place}: 문서 {done:,}건")


@click.command()
@government_option
def status(government: str | None) -> None:
    """이 기계의 검색 색인이 데이터베이스를 어디까지 따라왔는지 봅니다."""
    click.echo(f"폴더 {settings.SEARCH_ROOT}")
    for place in _asked(government):
        click.echo(str(standing(place)))
    if old := old_ones():
        click.echo(f"일꾼이 새 판으로 다시 읽을 파일 {old:,}개 (읽는 대로 색인에 들어갑니다)")
