"""The yearly figures of the tenth council's data requests, as the statistics read them from what the demo lays down."""

import datetime as dt
from random import Random

import pytest
from django.conf import settings
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.cases.models.tally import count_new
from sijeong.catalog import read_city
from sijeong.org.models import Government
from sijeong.site.demo.history import History
from sijeong.site.demo.organisation import lay
from sijeong.statistics.figures import figures
from sijeong.statistics.reading import Wanted, read

RECEIVED = {2018: 8_265, 2019: 11_664, 2020: 10_972, 2021: 10_723}
WRITTEN = 2  # rows of each batch; the others are only counted


class Counting(History):
    """The demo's own history, request for request, of which only a few of each batch become rows and events."""

    published = 0

    def _write(self, courses):
        kept = [course for course in courses if not course.published]
        super()._write(kept[:WRITTEN])
        numbers = {course.number for course in kept[:WRITTEN]}
        counted = (self._case(course) for course in courses if course.number not in numbers)
        count_new(self.city.government.pk, (case.facts for case in counted))
        self.published += len(courses) - len(kept)


@pytest.mark.django_db
@pytest.mark.alike
def test_each_year_has_the_number_of_requests_that_the_city_reported():
    folder, random = settings.CITIES / "seoul", Random(20180701)
    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    city = lay(seoul, folder / "demo", random)
    actions.apply_catalog(government=seoul, city=read_city(folder), by=None)
    history = Counting(city, random)
    history.lay(lambda done, total: None)
    lines = read(seoul.pk, Wanted("year", type_code="data_request")).lines
    told = {line.start.year: figures(counts, timezone.localdate()) for line, counts in lines.items()}
    assert {year: told[year].received for year in RECEIVED} == RECEIVED
    assert sum(RECEIVED.values()) == 41_624
    for one in told.values():
        assert one.received == one.on_time + one.late
    assert history.published == 186
    assert min(Case.objects.dates("received_at", "day")) >= dt.date(2018, 7, 1)
