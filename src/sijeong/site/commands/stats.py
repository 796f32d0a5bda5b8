"""``sijeong stats``: the sums of statistics against the journal, and made anew."""

from __future__ import annotations

import sys

import click

from sijeong.org.models import Government
from sijeong.site.console import chosen
from sijeong.site.progress import bar
from sijeong.statistics import actions
from sijeong.statistics.checks import differences, kept

SHOWN = 50


def _governments(code: str | None) -> list[Government]:
    return [chosen(code)] if code else kept()


only = click.option("--government", metavar="부호", help="한 자치단체만. 적지 않으면 모두.")


@click.command()
@only
def verify(government: str | None) -> None:
    """일지의 사건만으로 모두 다시 세어 합계와 사안에 견줍니다. 다른 곳이 있으면 그 자리를 보이고 1로 끝납니다."""
    faults = 0
    for one in _governments(government):
        with bar(f"{one} 일지") as progress:
            for fault in differences(one, progress):
                faults += 1
                if faults <= SHOWN:
                    click.echo(f"{one}: {fault}")
    if faults:
        more = f" (앞의 {SHOWN}개만 보였습니다)" if faults > SHOWN else ""
        click.echo(f"다른 곳 {faults:,}개{more}. sijeong stats rebuild 가 사안에서 다시 만듭니다.", err=True)
        sys.exit(1)
    click.echo("합계, 일지, 사안이 모두 같습니다.")


@click.command()
@only
def rebuild(government: str | None) -> None:
    """합계를 사안에서 다시 만듭니다. 그동안 사안을 고치는 사람은 잠깐 기다립니다."""
    for one in _governments(government):
        with bar(f"{one} 사안") as progress:
            done = actions.rebuild(government=one, progress=progress)
        click.echo(f"{one}: 사안 {done:,}건")
