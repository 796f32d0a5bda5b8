"""A list page of 100 cases, written by Jinja2 and by Django's own templates: the same rows, the same markup.

Only the list is measured, without the shell around it. Prints medians of interleaved runs; needs no database.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

os.environ.setdefault("SIJEONG_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sijeong.site.settings")

import django

django.setup()

engines = import_module("django.template").engines
jinja = import_module("sijeong.site.jinja")
write = sys.stdout.write

ROWS, ROUNDS = 100, 60
JINJA = """
{% import "ui.html" as ui %}
{% call ui.table("사안 목록", ["번호", "제목", "의원", "주관부서", "기한", "남은 날", "상태"]) %}
{% for row in rows %}
<tr data-row>
  <td data-label="번호" class="nowrap">{{ row.number }}</td>
  <th scope="row" data-label="제목"><a href="{{ url('mfa_edit_webauthn', row.pk) }}" data-open>{{ row.title }}</a></th>
  <td data-label="의원">{{ row.member }}</td>
  <td data-label="주관부서">{{ row.unit }}</td>
  <td data-label="기한" class="nowrap">{{ row.due|day }}</td>
  <td data-label="남은 날">{{ ui.dday(row.due) }}</td>
  <td data-label="상태">{{ ui.state(row.state, row.tone) }}</td>
</tr>
{% endfor %}
{% endcall %}
"""
DJANGO = """
<div class="table cards" tabindex="0" role="region" aria-label="사안 목록">
  <table>
    <caption class="unseen">사안 목록</caption>
    <thead><tr>{% for column in columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
    <tbody>
{% for row in rows %}
<tr data-row>
  <td data-label="번호" class="nowrap">{{ row.number }}</td>
  <th scope="row" data-label="제목"><a href="{% url 'mfa_edit_webauthn' row.pk %}" data-open>{{ row.title }}</a></th>
  <td data-label="의원">{{ row.member }}</td>
  <td data-label="주관부서">{{ row.unit }}</td>
  <td data-label="기한" class="nowrap">{{ row.due|day }}</td>
  <td data-label="남은 날">{% with left=row.due|days_left %}{% if left <= 0 %}<span class="dday danger">{% elif left <= 3 %}<span class="dday warning">{% else %}<span class="dday neutral">{% endif %}{{ row.due|dday }}</span>{% endwith %}</td>
  <td data-label="상태"><span class="badge {{ row.tone }}">{{ row.state }}</span></td>
</tr>
{% endfor %}
    </tbody>
  </table>
</div>
"""


def rows() -> list[SimpleNamespace]:
    today = dt.date(2026, 11, 21)
    return [
        SimpleNamespace(
            pk=n, number=f"자료요구-2026-{n:05}", title=f"최근 {n}년 청사 시설 개선 예산과 집행 내역",
            member="서의원", unit="총무과", due=today + dt.timedelta(days=n % 20 - 5), state="처리 중", tone="info",
        )
        for n in range(1, ROWS + 1)
    ]  # fmt: skip


def writers() -> dict[str, Callable[[], str]]:
    """Each engine's way to the page, with templates parsed beforehand and the same filters."""
    told = {"rows": rows(), "columns": ["번호", "제목", "의원", "주관부서", "기한", "남은 날", "상태"]}
    django_engine = engines["django"].engine
    library = django_engine.template_builtins[0]
    for name in ("day", "dday", "days_left"):
        library.filter(name, getattr(jinja, name))
    pages = {"Jinja2": engines["jinja2"].from_string(JINJA), "Django": engines["django"].from_string(DJANGO)}
    return {name: lambda page=page: page.render(dict(told)) for name, page in pages.items()}


def measure() -> dict[str, float]:
    """Median milliseconds a page, by engine; rounds alternate, so that a busy machine is busy for both."""
    ways = writers()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, page in ways.items():
            began = time.perf_counter()
            page()
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    said = {name: "".join(page().split()) for name, page in writers().items()}
    if len(set(said.values())) != 1:
        sys.exit("the two pages differ")
    medians = measure()
    for name, milliseconds in medians.items():
        write(f"{name:8} {milliseconds:7.2f} ms for {ROWS} rows\n")
    write(f"Jinja2 is {medians['Django'] / medians['Jinja2']:.1f} times as fast\n")


if __name__ == "__main__":
    main()
