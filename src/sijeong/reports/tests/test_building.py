"""A report grows from the records, is frozen, signed, handed over, and corrected by errata only."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.audit.models import Event
from sijeong.cases.actions import deliver
from sijeong.cases.tests.filed import ask, bring
from sijeong.documents.actions import local_path
from sijeong.figures.actions import bring as bring_book
from sijeong.figures.actions import confirm
from sijeong.figures.arithmetic import Row
from sijeong.figures.models import Line
from sijeong.org.actions import set_quota
from sijeong.org.tests.closing import close
from sijeong.reports import actions
from sijeong.reports.building import differences, faults
from sijeong.reports.checks import check
from sijeong.reports.facts import extract, reading
from sijeong.reports.models import WorkReport
from sijeong.reports.reading import read
from sijeong.reports.writing import FORMATS
from sijeong.reports.writing.model import document
from sijeong.reports.writing.storing import as_json, digest, from_json

from .written import full

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(applied):
    """A division with duties, quotas, a budget, a programme, findings and a data request on record."""
    unit, officer, today = applied.units["general_affairs"], applied.viewer("officer"), timezone.localdate()
    type(unit).objects.filter(pk=unit.pk).update(duties="청사 관리와 방호\n문서와 기록물 관리")
    for grade, posts in (("5급", 1), ("6급", 4), ("7급", 6)):
        set_quota(
            unit=unit,
            category="general",
            grade=grade,
            posts=posts,
            on=today,
            by=applied.viewer("administrator"),
        )
    rows = [
        Row("계", {"budget": 341_200_000, "spent": 43_544_000}),
        Row("기관운영업무추진비", {"budget": 277_200_000, "spent": 38_255_000}, 0, 1),
        Row("시책추진업무추진비", {"budget": 64_000_000, "spent": 5_289_000}, 0, 1),
    ]
    book = bring_book(
        unit=unit,
        year=today.year,
        kind="spending",
        base_on=today,
        rows=rows,
        source="집행현황",
        by=officer,
        scale=1000,
    )
    confirm(book=book, by=officer)
    programme = actions.add_programme(unit=unit, year=today.year, title="청사 개방 확대", by=officer)
    actions.write_programme(
        programme=programme, version=programme.version, by=officer,
        values={"overview": "○ 시민이 쉬는 곳을 넓힘\n- 개방 시간 연장", "results": "○ 견학 총 22회 320명", "plan": "○ 분기마다 점검"},
    )  # fmt: skip
    bring(applied, ask(applied), "delivered")
    finding = ask(applied, who="planning_officer", type_code="audit_finding", asker=None, asker_name="행정자치위원회",
                  asker_unit=applied.units["administration_committee"], kind="correction", title="청사 안내",
                  question="청사 안내판을 알기 쉽게 고칠 것", fields={"audit": "2021년"})  # fmt: skip
    answered = bring(applied, finding, "answered")
    deliver(case=answered, channel="hand", receipt="총무과-1", by=officer)
    return applied


def made(city, **changes) -> WorkReport:
    given = {"unit": city.units["general_affairs"], "design": "work_report", "title": "주요업무보고", "occasion": "제330회",
             "base_on": timezone.localdate(), "by": city.viewer("officer")}  # fmt: skip
    return actions.make_report(**given | changes)


def test_the_report_says_what_the_records_say_and_ties(kept):
    whole = actions.built(made(kept))
    assert faults(whole) == []
    told = extract(reading(document(whole)))
    assert [(row.category, row.grade, row.quota) for row in told.staffing if row.grade] == [
        ("일반직", "5급", 1), ("일반직", "6급", 4), ("일반직", "7급", 6),
    ]  # fmt: skip
    assert [(line.label, int(line.amounts["left"])) for line in told.budget] == [
        ("계", 297_656), ("기관운영업무추진비", 238_945), ("시책추진업무추진비", 58_711),
    ]  # fmt: skip
    assert [one.title for one in told.programmes] == ["청사 개방 확대"]
    assert "견학 총 22회 320명" in " ".join(told.programmes[0].results)
    assert [(one.kind, one.outcome) for one in told.findings] == [("시정·처리요구", "완료")]
    assert "청사 관리와 방호" in document(whole).text()
    assert all(figure.source in whole.sources for figure, _ in whole.figures())


def test_every_source_opens_a_page_of_the_one_who_reads(kept, signed_in):
    whole, client = actions.built(made(kept)), signed_in("head")
    for source in whole.sources.values():
        assert source.address and client.get(source.address).status_code == 200, source


def test_a_number_of_cases_opens_to_that_many(kept, signed_in):
    report = made(kept)
    whole, client = actions.built(report), signed_in("planning_officer")
    figures = {figure.source: figure.value for figure, _ in whole.figures()}
    counted = {
        key: source for key, source in whole.sources.items() if key.startswith(("cases:", "promises:"))
    }
    assert len(counted) > 10
    for key, source in counted.items():
        page = client.get(source.address).content.decode()
        assert page.count("data-row") == figures[key] == len(source.rows), (key, source.address)
    assert client.get(reverse("work_report_source", args=[report.pk]), {"key": "cases:x"}).status_code == 404


def test_what_a_frozen_figure_counted_is_listed_when_the_records_have_moved(kept, signed_in):
    report = actions.freeze(report=made(kept), by=kept.viewer("officer"))
    key = f"cases:request:{(timezone.localdate() - dt.timedelta(days=1)).year}:"  # it came yesterday
    bring(kept, ask(kept, title="다른 요구"), "assigned")
    page = reverse("work_report_source", args=[report.pk])
    answer = signed_in("officer").get(page, {"key": key}).content.decode()
    assert answer.count("data-row") == len(report.frozen.sources[key].rows) == 1


def test_frozen_signed_and_handed_over_in_five_files_that_read_back(kept, signed_in):
    report = made(kept)
    assert (
        signed_in("officer").post(reverse("work_report_act", args=[report.pk, "freeze"])).status_code == 302
    )
    client = signed_in("head")
    assert client.post(reverse("work_report_act", args=[report.pk, "release"])).status_code == 302
    report.refresh_from_db()
    assert report.state == "released" and digest(report.content) == report.digest
    meant = extract(reading(document(report.frozen)))
    for edition in report.editions.select_related("file"):
        back = read(local_path(edition.file).read_bytes())
        found = extract(reading(back))
        assert [(f.kind, f.outcome, f.request) for f in found.findings] == [
            (f.kind, f.outcome, f.request) for f in meant.findings
        ], edition.format
        assert [(b.label, b.amounts) for b in found.budget] == [(b.label, b.amounts) for b in meant.budget], (
            edition.format
        )
        assert [(s.grade, s.quota, s.actual) for s in found.staffing] == [
            (s.grade, s.quota, s.actual) for s in meant.staffing
        ], edition.format
        assert not check(back).verdicts
    assert {edition.format for edition in report.editions.all()} == set(FORMATS)
    answer = signed_in("member").get(reverse("work_report_file", args=[report.pk, "hwpx"]))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    close(answer)
    acts = Event.objects.filter(subject="work_report").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["made", "frozen", "released"]
    opened = {who: figures_of(signed_in(who), report) for who in ("officer", "member")}
    assert any("/reports/programmes/" in link for link in opened["officer"])
    assert (
        opened["member"] < opened["officer"]
    )  # the council reads the figure, and the name of what it comes from


def figures_of(client, report):
    """Where the figures of the report's page lead its reader; each place opens."""
    page = client.get(reverse("work_report", args=[report.pk])).content.decode()
    assert "시책: " in page
    links = {unescape(link) for link in re.findall(r'class="figure" href="([^"]+)"', page)}
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    return links


def test_records_that_moved_stop_the_release_and_are_listed(kept):
    report = actions.freeze(report=made(kept), by=kept.viewer("officer"))
    bring(kept, ask(kept, title="다른 요구"), "assigned")
    with pytest.raises(actions.ReportsRefused, match="기록이 달라졌습니다") as refused:
        actions.release(report=report, by=kept.viewer("head"))
    assert any("1 → 지금 2" in reason for reason in refused.value.reasons)
    report = actions.send_back(report=report, reason="수가 달라짐", by=kept.viewer("head"))
    actions.release(report=actions.freeze(report=report, by=kept.viewer("officer")), by=kept.viewer("head"))


def test_a_figure_that_does_not_tie_stops_the_freeze(kept, signed_in):
    Line.objects.filter(label="시책추진업무추진비").update(spent=9_000_000)
    report = made(kept)
    answer = signed_in("officer").post(reverse("work_report_act", args=[report.pk, "freeze"]))
    assert answer.status_code == 200 and "맞지 않는 수가 있어" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "draft" and report.content is None


def test_what_was_handed_over_is_only_corrected_beside(kept):
    report = actions.freeze(report=made(kept), by=kept.viewer("officer"))
    with pytest.raises(actions.ReportsRefused, match="확정한 보고서에만"):
        actions.correct(
            report=report, place="표", stated="1", corrected="2", reason="오기", by=kept.viewer("officer")
        )
    report = actions.release(report=report, by=kept.viewer("head"))
    before = report.digest
    actions.correct(
        report=report, place="표", stated="1", corrected="2", reason="오기", by=kept.viewer("officer")
    )
    report.refresh_from_db()
    assert report.digest == before and [str(one) for one in report.errata.all()] == ["표: 1 → 2"]
    with pytest.raises(actions.ReportsRefused):
        actions.freeze(report=report, by=kept.viewer("officer"))


def test_a_past_base_day_does_not_know_what_came_later(kept):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    whole = actions.built(made(kept, base_on=yesterday))
    told = extract(reading(document(whole)))
    assert [finding.outcome for finding in told.findings] in ([], ["처리 전"])
    with pytest.raises(actions.ReportsRefused, match="오늘까지"):
        made(kept, base_on=timezone.localdate() + dt.timedelta(days=1))


def test_stored_and_back_it_is_the_same_report():
    told = as_json(full())
    assert as_json(from_json(told)) == told and digest(told) == digest(as_json(from_json(told)))
    assert differences(full(), from_json(told)) == []


def test_two_writers_of_a_programme_lose_no_word(kept, signed_in):
    client = signed_in("officer")
    programme = kept.units["general_affairs"].programmes.get()
    version = programme.version
    actions.write_programme(
        programme=programme, version=version, values={"plan": "○ 동료의 계획"}, by=kept.viewer("colleague")
    )
    sent = {"version": version, "title": "청사 개방 확대", "order": 1, "plan": "○ 나의 계획"}
    answer = client.post(reverse("programme", args=[programme.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "나의 계획" in page and "동료의 계획" in page and "박동료" in page
    programme.refresh_from_db()
    assert programme.plan == "○ 동료의 계획"
    assert (
        client.post(
            reverse("programme", args=[programme.pk]), sent | {"version": programme.version}
        ).status_code
        == 302
    )


def test_an_open_draft_follows_the_records(kept, signed_in):
    client, page = signed_in("officer"), reverse("work_report", args=[made(kept).pk])
    have = client.get(page).content.decode().partition("?have=")[2][:64]
    asked = {"headers": {"HX-Request": "true"}}
    assert client.get(page, {"have": have}, **asked).status_code == 204
    bring(kept, ask(kept, title="다른 요구"), "assigned")
    answer = client.get(page, {"have": have}, **asked)
    assert answer.status_code == 200 and answer.content.decode().lstrip().startswith('<div id="live"')


def test_what_is_typed_is_shown_as_the_report_would_and_nothing_is_kept(kept, signed_in):
    programme = kept.units["general_affairs"].programmes.get()
    typed = {
        "title": "청사 개방 확대",
        "overview": "",
        "results": "○ 견학 총 22회(상반기 10회, 하반기 13회)",
        "plan": "점검",
    }
    page = (
        signed_in("officer").post(reverse("programme_preview", args=[programme.pk]), typed).content.decode()
    )
    assert "맞지 않는 수가 있어" in page and "○ 점검" in page and "추진개요" not in page
    programme.refresh_from_db()
    assert programme.results == "○ 견학 총 22회 320명"
