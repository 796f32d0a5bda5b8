"""``sijeong found``."""

from __future__ import annotations

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sijeong.allocation.actions import adopt_folder
from sijeong.cases.actions import apply_catalog
from sijeong.catalog import read_city
from sijeong.org.actions import add_person, found_government, found_unit, give_post, set_temporary_password
from sijeong.org.models import Government, Role, Unit
from sijeong.site.console import Operator


@click.command()
@click.option(
    "--code", prompt="부호 (영문, 예: seoul)", metavar="부호", help="주소와 파일에 쓰는 짧은 영문 이름."
)
@click.option("--name", prompt="이름 (예: 서울특별시)", metavar="이름", help="자치단체의 이름.")
@click.option("--kind", default=Government.Kind.METROPOLITAN.value, type=click.Choice(Government.Kind.values),
              show_default=True, help="광역인지 자치구인지.")  # fmt: skip
@click.option("--city", default=None, metavar="폴더", help="cities/ 아래 폴더 이름. 기본은 부호와 같습니다.")
@click.option("--admin", prompt="시스템 관리자의 아이디", metavar="아이디", help="첫 시스템 관리자.")
@click.option("--admin-name", prompt="시스템 관리자의 이름", metavar="이름", help="첫 시스템 관리자의 이름.")
def found(*, code: str, name: str, kind: str, city: str | None, admin: str, admin_name: str) -> None:
    """자치단체와 첫 시스템 관리자를 만들고, 도시 폴더를 적용하고, 임시 비밀번호를 한 번 보입니다."""
    promised = read_city(settings.CITIES / (city or code))
    by = Operator()
    with transaction.atomic():
        place = found_government(code=code, name=name, kind=kind, city=city or code, by=by)
        hall = found_unit(
            government=place, code=code, name=name, level=Unit.Level.CITY, on=timezone.localdate(), by=by
        )
        person = add_person(government=place, username=admin, name=admin_name, by=by)
        give_post(user=person, unit=hall, role=Role.ADMINISTRATOR, on=timezone.localdate(), by=by)
        changes = apply_catalog(government=place, city=promised, by=by)
        adopt_folder(government=place, folder=settings.CITIES / place.city, by=by)
        password = set_temporary_password(user=person, by=by)
    click.echo(f"{place}: 사안 유형 {len(changes.created)}개를 적용했습니다.")
    click.echo(f"시스템 관리자 {person.label}의 임시 비밀번호: {password}")
    click.echo("다시 볼 수 없습니다. 들어가서 조직과 사람을 등록하십시오.", err=True)
