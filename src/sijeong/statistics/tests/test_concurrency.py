"""Writers, folding and rebuilding at the same moment: nobody waits for long, and nothing is counted twice or lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from sijeong.cases.models import TallyDelta
from sijeong.cases.tests.filed import ask, bring
from sijeong.statistics import actions
from sijeong.statistics.checks import differences
from sijeong.statistics.figures import figures
from sijeong.statistics.reading import Wanted, read

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS, EACH = 6, 4


def test_changes_made_while_sums_are_folded_and_rebuilt_are_all_counted(applied):
    start, seen = Barrier(WRITERS + 3), []

    def write():
        start.wait()
        for _ in range(EACH):
            bring(applied, ask(applied), "delivered")

    def fold():
        start.wait()
        for _ in range(15):
            actions.fold(government_id=applied.seoul.pk)

    def rebuild():
        start.wait()
        for _ in range(3):
            actions.rebuild(government=applied.seoul)

    def look():
        start.wait()
        for _ in range(40):
            sums = read(applied.seoul.pk, Wanted("year")).lines.values()
            seen.append(sum(figures(counts, timezone.localdate()).received for counts in sums))

    def closing(act):
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS + 3) as pool:
        list(pool.map(closing, [write] * WRITERS + [fold, rebuild, look]))
    assert seen == sorted(seen)
    assert list(differences(applied.seoul)) == []
    actions.fold_all(government_id=applied.seoul.pk)
    assert not TallyDelta.objects.exists()
    (counts,) = read(applied.seoul.pk, Wanted("year")).lines.values()
    assert (counts["received"], counts["on_time"]) == (WRITERS * EACH, WRITERS * EACH)
