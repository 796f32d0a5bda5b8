"""Laying the demo city down, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml
from django.conf import settings
from django.db import transaction

from sijeong.cases import actions
from sijeong.cases.actions.intake import current_type
from sijeong.cases.columns import columns_for
from sijeong.cases.incoming import understand
from sijeong.catalog import read_city
from sijeong.catalog.districts import read_districts
from sijeong.org.models import Government, Unit
from sijeong.statistics.actions import fold_all

from . import notices
from .accounts import Accounts
from .allocations import Allocations
from .applications import Applications
from .history import History
from .meetings import Meetings
from .organisation import PASSWORD, DemoCity, lay
from .present import Present
from .views import lay_views

SEED = 20180701
Progress = Callable[[str, int, int], None]
DISTRICT_UNITS = ["기획예산과", "감사담당관", "복지정책과", "행정지원과"]


def is_laid() -> bool:
    """Whether the demo city is there already."""
    return Government.objects.filter(code="seoul").exists()


@transaction.atomic
def load(progress: Progress = lambda what, done, total: None) -> DemoCity:
    """Organisation, types, the past, the findings and current cases, from one seed, in one transaction."""
    random, folder = Random(SEED), settings.CITIES / "seoul"
    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    seoul.record("founded", by=None, code="seoul", name=seoul.name)
    progress("조직과 사람", 0, 1)
    city = lay(seoul, folder / "demo", random)
    _districts(seoul, folder)
    actions.apply_catalog(government=seoul, city=read_city(folder), by=None)
    progress("조직과 사람", 1, 1)
    History(city, random).lay(lambda done, total: progress("2018~2021년 의원요구자료", done, total))
    _findings(city, folder / "demo" / "findings.yaml")
    notices.listen(city)
    Present(city, random).lay(lambda done, total: progress("지금 처리하는 사안", done, total))
    Meetings(city, Random(SEED)).lay()
    Allocations(city, folder).lay(lambda done, total: progress("배정", done, total))
    Applications(city, random).lay(lambda done, total: progress("지원 신청", done, total))
    lay_views()
    notices.lay(city, [username for username, _, _ in signins()])
    Accounts(city).lay()
    fold_all(government_id=seoul.pk)
    return city


def _districts(seoul: Government, folder: Path) -> None:
    """The 25 districts as governments of their own: nothing crosses."""
    for told in read_districts(folder):
        code = f"gu-{told.code}"
        district = Government.objects.create(
            code=code, name=told.name, kind="district", city="seoul", parent=seoul
        )
        district.record("founded", by=None, code=code, name=district.name)
        since = dt.date(2018, 7, 1)
        top = Unit.objects.create(
            government=district, code="0001", name=f"{district.name}청", level="city", valid_from=since
        )
        Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
        top.record("founded", by=None, name=top.name, level=top.level)
        for n, name in enumerate(DISTRICT_UNITS, 2):
            unit = Unit.objects.create(
                government=district,
                code=f"{n:04d}",
                name=name,
                level="division",
                parent=top,
                valid_from=since,
            )
            Unit.objects.filter(pk=unit.pk).update(path=f"/{top.pk}/{unit.pk}/")
            unit.record("founded", by=None, name=name, level=unit.level)


def _findings(city: DemoCity, file: Path) -> None:
    """The 34 findings, through the import that everyone uses."""
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    version = current_type(city.government, "audit_finding")
    columns = columns_for(version.case_type)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow([column.name for column in columns])
        for order, row in enumerate(text["rows"], 1):
            told = {
                "order": order,
                **row,
                "units": ", ".join(row["units"]),
                "answer.action": row["action"],
                "answer.plan": row.get("plan", ""),
                "field.audit": text["label"],
            }
            writer.writerow([told.get(column.code, "") for column in columns])
        sheet.flush()
        reading = understand(
            government=city.government, version=version, path=Path(sheet.name), kind="text",
            received_on=text["received_on"],
        )  # fmt: skip
    assert city.planning is not None  # noqa: S101 - laid a moment ago
    actions.import_cases(government=city.government, reading=reading, source=text["label"], by=city.planning)


def signins() -> list[tuple[str, str, str]]:
    """User name, role and password of the accounts that the demo offers."""
    named = {
        "planning": "의회협력 총괄(기획담당관)", "officer": "담당자(총무과)", "head": "부서장(총무과)", "member": "시의원",
        "aide": "의원 보좌", "other": "다른 실·국 담당자(문화정책과)", "mayor": "시장실", "auditor": "감사", "admin": "시스템 관리자",
    }  # fmt: skip
    return [(username, role, PASSWORD) for username, role in named.items()]
