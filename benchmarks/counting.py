"""Pages of statistics from sums, beside the list of cases and beside counting anew; and what a change pays for them.

Lays the demo city down in a folder of its own (or takes SIJEONG_BENCH_DATA, a folder that has it) and asks the whole
pages, middleware and all, in one process, interleaved. Prints medians and quartiles in milliseconds, and ratios.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from unittest import mock

FOLDER = os.environ.get("SIJEONG_BENCH_DATA") or tempfile.mkdtemp(prefix="sijeong-bench-")
os.environ |= {
    "SIJEONG_MODE": "demo", "SIJEONG_DATA": FOLDER, "DJANGO_SETTINGS_MODULE": "sijeong.site.settings",
}  # fmt: skip

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.test import Client
from django.utils import timezone

write = sys.stdout.write
ROUNDS, ACTS = 12, 60


def quartiles(values: list[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    return tuple(1000 * ordered[len(ordered) * part // 4] for part in (1, 2, 3))  # type: ignore[return-value]


def interleaved(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each, one after the other in every round; the first round is not counted."""
    took: dict[str, list[float]] = {name: [] for name in runs}
    for n in range(rounds + 1):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            if n:
                took[name].append(time.perf_counter() - began)
    return took


def laid() -> None:
    """The demo city, where the folder has none yet."""
    loading = import_module("sijeong.site.demo.loading")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not loading.is_laid():
        write("시범 도시를 만듭니다 …\n")
        loading.load()
    call_command("collectstatic", verbosity=0, interactive=False)


def pages(year: int) -> dict[str, Callable[[], object]]:
    User = import_module("sijeong.org.models").User
    Case = import_module("sijeong.cases.models").Case
    client = Client()
    client.force_login(User.objects.get(username="planning"))

    def get(address: str) -> Callable[[], object]:
        def ask() -> None:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        return ask

    def anew() -> None:
        """The figures of the page by month, grouped from the rows; medians left out."""
        late = Q(delivered_at__date__gt=F("due_on"))
        cases = Case.objects.filter(received_at__year=year).annotate(month=TruncMonth("received_at"))
        list(
            cases.values("month", "type_code").annotate(
                received=Count("pk"), late=Count("pk", filter=late), open_=Count("pk", filter=Q(open=True)),
                extended=Count("pk", filter=Q(extensions__gt=0)),
            ).order_by()
        )  # fmt: skip

    return {
        "사안 목록": get("/cases/?scope=all"),
        "통계: 연도·월·종류": get(f"/statistics/?year={year}"),
        "통계: 부서별": get(f"/statistics/units/?year={year}"),
        "총괄 배정": get("/planning/"),
        "행에서 다시 세기(질의만)": anew,
    }


def changes() -> dict[str, Callable[[], object]]:
    """A case passed to and fro, with its counts and without."""
    actions = import_module("sijeong.cases.actions")
    models = import_module("sijeong.cases.models")
    case = models.Case.objects.filter(state="assigned").select_related("type", "government").first()
    Unit = import_module("sijeong.org.models").Unit
    alive = Unit.objects.filter(government=case.government, valid_to=None, level="division")
    leads = list(alive.exclude(pk=case.lead_id)[:2])
    turn = [0]

    def pass_on() -> None:
        turn[0] += 1
        with transaction.atomic():
            actions.pass_on(case=case, to=leads[turn[0] % 2], reason="견줌", by=None, at=timezone.now())

    def without() -> None:
        with mock.patch("sijeong.cases.models.case.count_change"):
            pass_on()

    return {"이송, 셈과 함께": pass_on, "이송, 셈 없이": without}


def told(took: dict[str, list[float]], against: str) -> None:
    bound = quartiles(took[against])[1]
    for name, values in took.items():
        low, middle, high = quartiles(values)
        write(f"{name:<24} {middle:8.2f} ms  ({low:.2f}~{high:.2f})  ×{bound / middle:.2f}\n")


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    laid()
    write(f"쪽 하나를 통째로, {ROUNDS}번씩 번갈아; ×는 목록에 견준 처리량\n")
    told(interleaved(pages(2021), ROUNDS), "사안 목록")
    write(f"\n변경 하나, {ACTS}번씩 번갈아; ×는 셈 없는 것에 견준 처리량\n")
    with transaction.atomic():
        told(interleaved(changes(), ACTS), "이송, 셈 없이")
        transaction.set_rollback(True)


main()
