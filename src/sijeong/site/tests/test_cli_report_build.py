"""``sijeong report``: built by the page's own door, refused with the page's own list, written again as it was."""

import datetime as dt

from click.testing import CliRunner
from django.utils import timezone

from sijeong.audit.models import Event
from sijeong.cases.tests.filed import applied, case
from sijeong.figures.models import Line
from sijeong.org.tests.people import city
from sijeong.reports import actions
from sijeong.reports.facts import extract, reading
from sijeong.reports.models import WorkReport
from sijeong.reports.reading import read
from sijeong.reports.tests.test_building import kept
from sijeong.site import cli

__all__ = ["applied", "case", "city", "kept"]


def told(*words):
    return CliRunner().invoke(cli.main, ["report", *map(str, words)])


def test_a_report_is_built_frozen_and_written(kept, tmp_path):
    result = told("build", "work_report", "--unit", "총무과", "--occasion", "제330회", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    report = WorkReport.objects.get()
    assert (report.state, report.base_on, report.made_by) == ("frozen", timezone.localdate(), None)
    assert f"보고서 {report.pk}, 결재 대기, 지문 {report.digest}" in result.stdout
    assert {path.suffix for path in tmp_path.iterdir()} == {".hwpx", ".pdf", ".html", ".md", ".xlsx"}
    for path in tmp_path.iterdir():
        assert [one.title for one in extract(reading(read(path))).programmes] == ["청사 개방 확대"], path
    acts = Event.objects.filter(subject="work_report").values_list("act", "actor")
    assert [act for act, _ in acts] == ["made", "frozen"] and all("명령줄" in who for _, who in acts)


def test_a_named_person_builds_only_what_they_may_write(kept, tmp_path):
    asked = ("build", "work_report", "--unit", "총무과", "--formats", "md", "--out", tmp_path)
    assert told(*asked, "--as", "officer").exit_code == 0
    assert WorkReport.objects.get().made_by.username == "officer"
    for who in ("member", "other_officer", "jung_gu_officer", "nobody"):
        refused = told(*asked, "--as", who)
        assert refused.exit_code == 2 and "--as" in refused.stderr, who
    assert WorkReport.objects.count() == 1


def test_figures_that_do_not_tie_are_listed_and_nothing_stays(kept, tmp_path):
    Line.objects.filter(label="시책추진업무추진비").update(spent=9_000_000)
    result = told("build", "work_report", "--unit", kept.units["general_affairs"].code, "--out", tmp_path)
    assert result.exit_code == 1 and "만들 수 없습니다" in result.stderr and "43,544" in result.stderr
    assert not WorkReport.objects.exists() and not list(tmp_path.iterdir())


def test_what_is_asked_wrongly_is_said_in_a_line(kept, tmp_path):
    ask = ("build", "work_report", "--unit", "총무과", "--out", tmp_path)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for words, code, why in (
        (("build", "없음", "--unit", "총무과", "--out", tmp_path), 2, "work_report"),
        (("build", "work_report", "--unit", "없는과", "--out", tmp_path), 2, "없는과"),
        ((*ask, "--formats", "pdf,odt"), 2, "odt"),
        ((*ask, "--base-date", tomorrow), 1, "오늘까지"),
        ((*ask, "--government", "busan"), 2, "busan"),
        (("write", 999, "--out", tmp_path), 2, "999"),
    ):
        result = told(*words)
        assert result.exit_code == code and why in result.stderr, (words, result.output)


def test_files_are_written_again_as_they_were_handed_over(kept, tmp_path):
    told("build", "work_report", "--unit", "총무과", "--formats", "md", "--out", tmp_path)
    report = actions.release(report=WorkReport.objects.get(), by=kept.viewer("head"))
    Line.objects.update(spent=1)
    result = told("write", report.pk, "--out", tmp_path / "다시")
    assert result.exit_code == 0 and result.stdout.count("(내준 파일과 같음)") == 5, result.output
    assert report.digest in result.stdout and str(report.pk) in told("list").stdout


def test_content_that_was_tampered_with_is_not_written(kept, tmp_path):
    told("build", "work_report", "--unit", "총무과", "--formats", "md", "--out", tmp_path)
    report = WorkReport.objects.get()
    report.content["title"] = "다른 제목"
    report.save(update_fields=["content"])
    result = told("write", report.pk, "--out", tmp_path / "다시")
    assert result.exit_code == 1 and "지문이 다릅니다" in result.stderr
    assert not (tmp_path / "다시").exists()
