"""A simulation from the form to the workbook, and its figures again from the command line."""

import hashlib
import io
import json
from unittest.mock import Mock

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.benefits import actions, tasks
from sijeong.benefits.books import assumptions_of, book_of
from sijeong.benefits.models import Simulation
from sijeong.benefits.rules import population
from sijeong.benefits.rules.marks import Problem
from sijeong.benefits.rules.runs import FORMAT
from sijeong.benefits.tasks import run_simulation
from sijeong.cases.tests.filed import SEOUL
from sijeong.site.cli_benefits import simulate

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("kernel")]
FORM = {
    "title": "2024년 치과", "year": 2024, "people": "100000", "benefits": ["defector_dental"], "against": "2023-12-31",
    "b_defector_dental": 1_000_000, "t_defector_dental.applied": 30, "t_defector_dental.entitled": 100,
}  # fmt: skip


@pytest.fixture
def run(applied, signed_in, settings, tmp_path, monkeypatch):
    """Send the form, and let the task run."""
    settings.DATA = tmp_path

    def run(**changed):
        response = signed_in("officer").post(reverse("simulation_new"), FORM | changed)
        assert response.status_code == 302, response.content.decode()
        run_simulation.func(simulation_id=Simulation.objects.latest("pk").pk)
        return Simulation.objects.latest("pk")

    return run


def test_a_reform_is_costed_shown_handed_out_and_repeated(run, signed_in, tmp_path):
    simulation = run()
    assert simulation.state == "done", simulation.problem
    digest = hashlib.sha256("\n".join(sorted(shape(simulation.result))).encode()).hexdigest()[:12]
    assert (FORMAT, digest) == (1, "e42a47932aa7")  # whoever changes what is kept raises the format
    assert simulation.result["people"] == 100_000 and simulation.done == simulation.people
    assert list(journal.subject_faults(Simulation.objects.all())) == []
    client = signed_in("planning_officer")
    page = client.get(reverse("simulation", args=[simulation.pk])).content.decode()
    reform = simulation.result["reform"]["defector_dental"]
    assert f"{reform['after']:,}원" in page and "신청 비율 30.0 %" in page and "93.8배" in page
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(reverse("simulation_sheet", args=[simulation.pk]))))
    )
    assert {"요약", "월별", "개편 요약", "계획과 비교", "재현"} <= set(book.sheetnames)
    assert book["개편 요약"]["H2"].value == reform["cost"]
    kept = tmp_path / "run.json"
    kept.write_bytes(client.get(reverse("simulation_repeat", args=[simulation.pk])).content)
    again = CliRunner().invoke(simulate, ["--city", str(SEOUL), "--reproduce", str(kept)])
    assert again.exit_code == 0 and "모든 숫자와 지문이 같습니다" in again.output, again.output
    told = json.loads(kept.read_text())
    told["result"]["reform"]["defector_dental"]["cost"] += 1
    kept.write_text(json.dumps(told))
    wrong = CliRunner().invoke(simulate, ["--city", str(SEOUL), "--reproduce", str(kept)])
    assert wrong.exit_code == 1 and "/reform/defector_dental/cost" in wrong.output


@pytest.mark.parametrize(
    "kept", [{}, {"format": FORMAT + 1, "benefits": []}, {"benefits": {"x": {"korean": 1}}}]
)
def test_figures_of_another_version_are_told_and_the_way_to_new_ones(applied, signed_in, kept):
    asked = {"year": 2024, "benefits": ["defector_dental"], "population": {"people": 1000}}
    found = Simulation.objects.create(
        government=applied.seoul,
        title="옛 셈",
        request=asked,
        state="done",
        result=kept,
        finished_at=timezone.now(),
    )
    page = signed_in("officer").get(reverse("simulation", args=[found.pk]))
    text = page.content.decode()
    assert page.status_code == 200 and f"{found.pk}번 셈의 결과는 다른 판의" in text
    assert f'{reverse("simulation_new")}?benefit=defector_dental"' in text and "XLSX로 받기" not in text
    sheet = signed_in("auditor").get(reverse("simulation_sheet", args=[found.pk]))
    assert sheet.url == reverse("simulation", args=[found.pk])
    assert "총괄 부서에 알리십시오" in signed_in("auditor").get(sheet.url).content.decode()


def shape(told, place=""):
    """The places of all that is kept, without its values."""
    if isinstance(told, dict):
        return {place}.union(*(shape(value, f"{place}/{key}") for key, value in told.items()))
    return (
        {place}.union(*(shape(value, f"{place}[]") for value in told)) if isinstance(told, list) else {place}
    )


def test_an_uploaded_population_is_named_by_row_where_it_is_wrong(run, applied, tmp_path):
    given, book = assumptions_of(applied.seoul), book_of(applied.seoul)
    file = tmp_path / "p.parquet"
    population.write(file, book.inputs, given, people=2_000, seed=1)
    good = run(people="file", file=SimpleUploadedFile("p.parquet", file.read_bytes()))
    assert good.state == "done" and good.result["people"] == 2_000
    table = pq.read_table(file)
    pq.write_table(table.drop_columns("dental_cost"), file)
    bad = run(people="file", file=SimpleUploadedFile("p.parquet", file.read_bytes()))
    assert bad.state == "failed" and bad.problem.startswith("dental_cost: 열이 없습니다")


def test_a_run_that_killed_two_workers_is_given_up_and_one_that_killed_one_is_done_anew(run, applied):
    request = {"year": 2024, "benefits": ["defector_dental"], "population": {"people": 3_000, "seed": 1}}
    for tries, state in ((1, "done"), (2, "failed")):
        simulation = actions.ask(title="셈", request=request, by=applied.viewer("officer"))
        Simulation.objects.filter(pk=simulation.pk).update(state="running", tries=tries, done=1_500)
        run_simulation.func(simulation_id=simulation.pk)
        simulation.refresh_from_db()
        assert simulation.state == state and bool(simulation.result) == (state == "done")
    assert "두 번 멈추었습니다" in simulation.problem


def test_a_rule_file_that_is_wrong_or_a_fault_ends_the_run(run, monkeypatch):
    """A run that stopped does not look as if it went on."""
    problem = Problem("egg_freezing.yaml", 8, "'note'은(는) 모르는 항목입니다")
    for error, told in ((problem, "egg_freezing.yaml:8"), (ZeroDivisionError(), "예기치 못한 오류")):
        monkeypatch.setattr(tasks.runs, "run", Mock(side_effect=error))
        try:
            found = run()
        except ZeroDivisionError:
            found = Simulation.objects.latest("pk")
        assert found.state == "failed" and told in found.problem and not found.result


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"benefits": []}, "하나 이상 고르십시오"),
        ({"against": "2019-01-01"}, "시행하지 않은 지원"),
        ({"people": "file"}, "Parquet 파일을 고르십시오"),
        ({"t_defector_dental.entitled": ""}, "함께 적으십시오"),
        ({"t_defector_dental.entitled": 3}, "대상자 3명"),
        ({"p_defector_dental.cap_poor": -1}, "0"),
        ({"people": "file", "file": SimpleUploadedFile("p.parquet", b"no")}, "Parquet 파일이 아닙니다"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(applied, signed_in, changed, told):
    response = signed_in("officer").post(reverse("simulation_new"), FORM | changed)
    assert response.status_code == 422 and told in response.content.decode()
    assert "2024년 치과" in response.content.decode() and not Simulation.objects.exists()


def test_another_governments_simulation_is_not_there(run, signed_in):
    simulation = run()
    for name in ("simulation", "simulation_sheet", "simulation_repeat"):
        where = reverse(name, args=[simulation.pk])
        assert signed_in("jung_gu_officer").get(where).status_code == 404
