"""Sheets of cases: taken in whole or not at all, never twice, and given out as they came."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.actions.intake import current_type
from sijeong.cases.checks import journal_faults, number_faults, part_faults
from sijeong.cases.columns import TOLD, columns_for, told_columns
from sijeong.cases.errors import CaseError
from sijeong.cases.exports import SheetKind, rows_of, write_cases, write_rows, write_template
from sijeong.cases.incoming import Reader, understand
from sijeong.cases.models import Case, OutcomeBasis
from sijeong.catalog import read_city
from sijeong.cleaned import cleaned
from sijeong.sheets import reading as sheets
from sijeong.sheets.reading import Column, SheetRefused, read

from .filed import SEOUL, ask, bring

HEAD = ["연번", "구 분", "요구\n사항", "소관부서(협조)", "추진상황", "추진내용", "향후계획"]
ROWS = [
    [
        1,
        "시정·처리요구",
        "면담 요청에 회신하지 않음",
        "총무과, 인사과",
        "추진 중",
        "◦ 절차를 고침",
        "◦ 접수대장 운영 : ’22.3월",
    ],
    [2, "시정·처리요구", "자료를 늦게 냄", "기획담당관", "완료", "◦ 안내함", None],
    [3, "건의", "조직도에 싣기 바람", "총무과", "검토 중", "◦ 사례를 살핌", "◦ 검토 예정"],
    [4, "기타(자료제출)", "위원 명단 사본", "복지정책과", "완료", "◦ 제출함", None],
]


def sheet(tmp_path: Path, rows, head=HEAD, above=(("2021년 행정사무감사 처리요구사항",), ())) -> Path:
    book = Workbook()
    for row in (*above, head, *rows):
        book.active.append(row)
    path = tmp_path / "findings.xlsx"
    book.save(path)
    return path


def reading(city, path, kind="xlsx", government=None):
    government = government or city.seoul
    return understand(
        government=government, version=current_type(government, "audit_finding"), path=path, kind=kind,
        received_on=dt.date(2021, 11, 16),
    )  # fmt: skip


def take_in(city, path, kind="xlsx"):
    return actions.import_cases(
        government=city.seoul,
        reading=reading(city, path, kind),
        source="2021년 감사",
        by=city.viewer("planning_officer"),
    )


def test_findings_come_in_with_their_divisions_outcomes_and_promises(applied, tmp_path):
    assert take_in(applied, sheet(tmp_path, ROWS)) == 4
    first = Case.objects.get(source_order=1)
    assert [(part.unit.name, part.kind) for part in first.parts.order_by("pk")] == [
        ("총무과", "lead"),
        ("인사과", "joint"),
    ]
    assert (first.due_on, first.kind) == (dt.date(2021, 12, 16), "correction")
    assert [(promise.text, promise.due_on) for promise in first.follow_ups.all()] == [
        ("접수대장 운영 : ’22.3월", dt.date(2022, 3, 31))
    ]


def test_done_in_the_source_is_told_as_its_word_and_no_delivery(applied, tmp_path):
    take_in(applied, sheet(tmp_path, ROWS))
    done = Case.objects.get(source_order=2)
    assert (done.outcome, done.outcome_basis, done.delivered_at) == ("done", OutcomeBasis.SOURCE, None)
    assert not done.deliveries.exists() and not done.open


def test_what_is_under_way_in_the_source_goes_on_here_to_a_real_delivery(applied, tmp_path):
    take_in(applied, sheet(tmp_path, ROWS))
    case = Case.objects.get(source_order=1)
    officer, head = applied.viewer("officer"), applied.viewer("head")
    actions.save_draft(case=case, body={"action": "회신 절차 시행"}, outcome="done", by=officer)
    actions.submit(case=case, by=officer)
    actions.approve(case=case, by=head)
    actions.deliver(
        case=case, channel="document", receipt="총무과-77", recipient_name="행정자치위원회", by=officer
    )
    case.refresh_from_db()
    assert (case.outcome, case.outcome_basis) == ("done", "delivery")


def test_the_page_says_by_which_act_a_source_s_word_becomes_an_answer(applied, signed_in, tmp_path):
    take_in(applied, sheet(tmp_path, ROWS))
    client = signed_in("planning_officer")
    for case in Case.objects.all():
        page = client.get(reverse("case", args=[case.number])).content.decode()
        assert ("답변을 써서 전달하기 전까지" in page, "‘재처리’로" in page) == (case.open, not case.open)


def test_what_a_source_calls_done_is_taken_up_again_and_really_delivered(applied, signed_in, tmp_path):
    take_in(applied, sheet(tmp_path, [[2, "건의", "자료를 늦게 냄", "총무과", "완료", "◦ 안내함", None]]))
    case = Case.objects.get()
    page = signed_in("head").get(reverse("case", args=[case.number])).content.decode()
    assert "act-reopen" in page and "act-deliver" not in page
    case = actions.reopen(case=case, reason="전달 기록이 없음", by=applied.viewer("head"))
    assert (case.state, case.open, case.outcome) == ("in_hand", True, "")
    page = signed_in("officer").get(reverse("case", args=[case.number])).content.decode()
    assert "◦ 안내함" in page  # the editor begins from what the source says


def test_what_is_under_way_without_a_division_waits_for_one(applied, tmp_path):
    take_in(applied, sheet(tmp_path, [[1, "건의", "소관 없음", "", "추진 중", "", ""]]))
    assert Case.objects.get().state == "received"


def test_the_same_file_twice_makes_no_doubles(applied, tmp_path):
    path = sheet(tmp_path, ROWS)
    take_in(applied, path)
    again = reading(applied, path)
    assert (len(again.rows), again.known) == (0, 4)
    assert take_in(applied, path) == 0
    assert Case.objects.count() == 4


def test_one_bad_cell_and_nothing_is_taken_in(applied, tmp_path):
    bad = [*ROWS, [5, "칭찬", "", "총무가", "끝", "", ""], [5, "건의", "둘째", "총무과", "", "", ""]]
    found = reading(applied, sheet(tmp_path, bad))
    assert [(r.place, r.value) for r in found.refusals] == [
        ("C8", ""), ("B8", "칭찬"), ("E8", "끝"), ("D8", "총무가"),
    ]  # fmt: skip
    assert "시정·처리요구, 건의, 기타(자료제출)" in found.refusals[1].why
    assert "총무과" in found.refusals[3].why
    with pytest.raises(CaseError, match="4개"):
        take_in(applied, sheet(tmp_path, bad))
    assert not Case.objects.exists()


def test_rows_repeated_within_a_file_are_told(applied, tmp_path):
    found = reading(applied, sheet(tmp_path, [ROWS[0], ROWS[0]]))
    assert [(r.place, r.why) for r in found.refusals] == [("5행", "4행과 같은 행입니다. 하나를 지우십시오")]


def test_dates_of_receipt_are_read_or_refused(applied, tmp_path):
    head = ["구분", "요구사항", "접수일"]
    days = [
        "2021-11-03",
        "2021. 11. 4.",
        "’21.11.5.(금)",
        dt.date(2021, 11, 6),
        "2021-02-30",
        "내일",
        "2999-01-01",
    ]
    found = reading(
        applied, sheet(tmp_path, [["건의", f"요구 {i}", day] for i, day in enumerate(days)], head)
    )
    assert [row.received_on.day for row in found.rows] == [3, 4, 5, 6]
    assert [r.place for r in found.refusals] == ["C8", "C9", "C10"]


@pytest.mark.parametrize(("encoding", "kind"), [("utf-8-sig", "text"), ("cp949", "text-cp949")])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_any_office_program(applied, tmp_path, encoding, kind, separator):
    path = tmp_path / "findings.csv"
    path.write_text(
        separator.join(["구분", "요구사항", "소관부서"])
        + "\n"
        + separator.join(["건의", "개선", "총무과"])
        + "\n",
        encoding,
    )
    assert [row.question for row in reading(applied, path, kind).rows] == ["개선"]


def test_a_sheet_that_swells_or_never_ends_is_refused(applied, tmp_path, monkeypatch):
    path = sheet(tmp_path, ROWS)
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    with pytest.raises(SheetRefused, match="5행을 넘습니다"):
        reading(applied, path)
    monkeypatch.setattr(sheets, "UNPACKED", 1000)
    with pytest.raises(SheetRefused, match="500 MB"):
        reading(applied, path)


def test_a_file_that_is_no_sheet_says_so(applied, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(SheetRefused, match="열 수 없습니다"):
        reading(applied, broken)
    with pytest.raises(SheetRefused, match="꼭 있어야 하는 열: 구분, 요구사항"):
        reading(applied, sheet(tmp_path, ROWS, head=["가", "나", "다", "라", "마", "바", "사"]))
    with pytest.raises(SheetRefused, match="XLSX나 CSV"):
        reading(applied, broken, "pdf")


@pytest.mark.parametrize("kind", list(SheetKind))
def test_what_goes_out_reads_back_equal(applied, tmp_path, kind):
    take_in(applied, sheet(tmp_path, [*ROWS, [5, "건의", "+1 증원", "총무과", "", "-3 감액", "'작은따옴표"]]))
    findings, case_type = Case.objects.all(), current_type(applied.seoul, "audit_finding").case_type
    path = tmp_path / f"out.{kind}"
    with path.open("wb") as out:
        write_cases(case_type, findings, out, kind)
    sniffed = "xlsx" if kind == SheetKind.XLSX else "text"
    read_back = [filled(row.values) for row in read(path, sniffed, columns_for(case_type))]
    assert read_back == [
        {code: text for code, text in filled(row).items() if not code.startswith("told.")}
        for row in rows_of(findings)
    ]
    found = reading(applied, path, sniffed)
    assert (found.known, found.unread) == (5, [column.name for column in told_columns(())])


def test_what_came_with_its_day_or_without_its_number_comes_in_once(applied, tmp_path):
    """The key holds what the cells said: a day of receipt that no column tells again, no 연번 at all."""
    head = [*HEAD[1:], "접수일"]
    take_in(applied, sheet(tmp_path, [[*row[1:], "2021. 11. 3."] for row in ROWS], head=head))
    path = tmp_path / "out.xlsx"
    with path.open("wb") as out:
        write_cases(
            current_type(applied.seoul, "audit_finding").case_type, Case.objects.all(), out, SheetKind.XLSX
        )
    found = reading(applied, path)
    assert (found.rows, found.known, found.refusals) == ([], len(ROWS), [])


@pytest.mark.parametrize("kind", list(SheetKind))
def test_choices_go_out_by_their_names_and_come_in_by_either(applied, tmp_path, kind):
    version = current_type(applied.seoul, "data_request")
    choice = next(one for one in version.case_type.extra_fields if one.type == "choice")
    head = ["요구자료", "주관부서", choice.name]
    given = [choice.choices[0].name, choice.choices[1].code]
    brought = sheet(tmp_path, [[f"요구 {n}", "총무과", one] for n, one in enumerate(given)], head=head)
    path, codes = tmp_path / f"out.{kind}", [{choice.code: one.code} for one in choice.choices[:2]]
    found = understand(
        government=applied.seoul, version=version, path=brought, kind="xlsx", received_on=dt.date(2026, 3, 2)
    )
    actions.import_cases(government=applied.seoul, reading=found, source="x", by=None)
    assert [case.fields for case in Case.objects.order_by("pk")] == codes
    with path.open("wb") as out:
        write_cases(version.case_type, Case.objects.order_by("pk"), out, kind)
    sniffed = "xlsx" if kind == SheetKind.XLSX else "text"
    rows = list(read(path, sniffed, columns_for(version.case_type)))
    assert [row.values[f"field.{choice.code}"] for row in rows] == [one.name for one in choice.choices[:2]]
    reader = Reader(applied.seoul, version, dt.date(2026, 3, 2))
    assert [reader.understand(row)[0].fields for row in rows] == codes


def test_a_field_that_is_none_of_its_kind_is_refused_at_its_cell(applied, tmp_path):
    version = current_type(applied.seoul, "interview_request")
    fields = {one.code: one for one in version.case_type.extra_fields}
    head = [version.case_type.question.name, "소관부서", fields["wished_on"].name, fields["by_member"].name]
    path = sheet(
        tmp_path,
        [["만나고 싶습니다", "총무과", "26. 3. 2.", "예"], ["또", "총무과", "언젠가", "글쎄"]],
        head=head,
    )
    found = understand(
        government=applied.seoul, version=version, path=path, kind="xlsx", received_on=dt.date(2026, 3, 2)
    )
    assert [row.fields for row in found.rows] == [{"wished_on": "2026-03-02", "by_member": True}]
    assert [one.value for one in found.refusals] == ["언젠가", "글쎄"]


def test_a_sheet_comes_in_the_order_of_its_list(applied, signed_in):
    """By due date, what a source alone states behind the others; the same rows whatever the order."""
    cases = [ask(applied, question=f"요구 {n}") for n in range(4)]
    for case, days in zip(cases, (5, -900, -2, 9), strict=True):
        Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() + dt.timedelta(days=days))
    Case.objects.filter(pk=cases[1].pk).update(outcome="in_progress", outcome_basis="source")
    client, told = signed_in("planning_officer"), {}
    for order in ("due", "received"):
        sent = client.get("/cases/export/", {"type": "data_request", "order": order, "as": "csv"})
        lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()[1:]
        told[order] = [next(n for n in range(4) if f"요구 {n}" in line) for line in lines]
    assert told == {"due": [2, 0, 3, 1], "received": [3, 2, 1, 0]}


def test_what_stands_beside_the_imports_columns_changes_nothing(applied, tmp_path):
    """The dry run of a sheet with all that people read reads the same rows as one without."""
    for state in ("received", "in_hand", "answered", "delivered"):
        bring(applied, ask(applied, title=f"제목 {state}", question=f"=요구 {state}"), state)
    version = current_type(applied.seoul, "data_request")
    cases, found = Case.objects.all(), []
    for asked in ((), ("number",)):
        path = tmp_path / f"{len(asked)}.xlsx"
        with path.open("wb") as out:
            write_cases(version.case_type, cases, out, SheetKind.XLSX, asked=asked)
        read_back = understand(
            government=applied.seoul, version=version, path=path, kind="xlsx", received_on=dt.date(2026, 3, 2)
        )
        found.append((read_back.rows, read_back.known, read_back.refusals))
    assert found[0] == found[1] == ([], 4, [])


def filed_here(city, tmp_path, change=lambda row: row):
    """What an import says of the sheet of cases that were filed on pages, each row changed."""
    for _ in range(2):
        bring(city, ask(city), "in_hand")
    version = current_type(city.seoul, "data_request")
    columns = columns_for(version.case_type)
    path = tmp_path / "filed.csv"
    with path.open("wb") as out:
        rows = [change(row) for row in rows_of(Case.objects.all())]
        write_rows("", columns, [[row.get(c.code, "") for c in columns] for row in rows], out, SheetKind.CSV)
    return understand(
        government=city.seoul, version=version, path=path, kind="text", received_on=dt.date(2026, 3, 2)
    )


def test_a_sheet_of_cases_filed_here_brings_none_of_them_again(applied, tmp_path):
    found = filed_here(applied, tmp_path)
    assert (found.rows, found.known, found.refusals) == ([], 2, [])


def test_a_row_with_anothers_number_is_told(applied, tmp_path):
    found = filed_here(applied, tmp_path, lambda row: row | {"question": "전혀 다른 요구 " + row["order"]})
    assert (found.rows, len(found.refusals)) == ([], 2)
    assert "내용이 다릅니다" in found.refusals[0].why


def test_a_number_that_is_not_ours_says_nothing(applied, tmp_path):
    found = filed_here(
        applied, tmp_path, lambda row: row | {"number": "남의시-2026-" + row["order"].zfill(5)}
    )
    assert (len(found.rows), found.known) == (2, 0)


def filled(row):
    return {code: text for code, text in row.items() if text}


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40).map(lambda text: cleaned(text).strip())
TYPES = list(read_city(SEOUL).case_types.values())
COLUMNS = [Column("a", "가", required=True), Column("b", "나", required=True)]


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(TEXT, TEXT).filter(any), max_size=8), kind=st.sampled_from(list(SheetKind)))
def test_any_text_survives_a_sheet(rows, kind, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / "any"
    with path.open("wb") as out:
        write_rows("시트", COLUMNS, [list(row) for row in rows], out, kind)
    found = read(path, "xlsx" if kind == SheetKind.XLSX else "text", COLUMNS)
    assert [(row.values["a"], row.values["b"]) for row in found] == rows


@settings(max_examples=40)
@given(data=st.data(), kind=st.sampled_from(list(SheetKind)))
def test_what_is_read_only_is_never_taken_for_data(data, kind, tmp_path_factory):
    """Of any type, with any columns left out and anything in the cells: what the import's columns hold comes back."""
    case_type = data.draw(st.sampled_from(TYPES))
    needed = [column for column in columns_for(case_type) if column.required]
    others = [column for column in columns_for(case_type) if not column.required]
    told = told_columns(data.draw(st.sets(st.sampled_from(list(TOLD)))))
    columns = [*needed, *data.draw(st.lists(st.sampled_from(others), unique_by=lambda c: c.code)), *told]
    drawn = st.lists(st.tuples(*([TEXT] * len(columns))), max_size=3)
    rows = [{c.code: text for c, text in zip(columns, row, strict=True)} for row in data.draw(drawn)]
    path = tmp_path_factory.mktemp("sheet") / "any"
    with path.open("wb") as out:
        write_rows("시트", columns, [list(row.values()) for row in rows], out, kind)
    unread: list[str] = []
    sniffed = "xlsx" if kind == SheetKind.XLSX else "text"
    found = [filled(row.values) for row in read(path, sniffed, columns_for(case_type), unread.extend)]
    kept = [
        filled({code: text for code, text in row.items() if not code.startswith("told.")}) for row in rows
    ]
    assert (list(filter(None, found)), unread) == (list(filter(None, kept)), [column.name for column in told])


def test_the_findings_sheet_has_the_columns_it_came_with(applied, tmp_path):
    take_in(applied, sheet(tmp_path, ROWS))
    out = BytesIO()
    write_cases(
        current_type(applied.seoul, "audit_finding").case_type, Case.objects.all(), out, SheetKind.XLSX
    )
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert rows[0][:7] == ("연번", "구분", "요구사항", "소관부서", "추진상황", "추진내용", "향후계획")
    assert [tuple(row[:7]) for row in rows[1:]] == [tuple(row) for row in ROWS]
    assert all(name.endswith("(읽기 전용)") for name in rows[0][7:])
    assert rows[1][7:] == (
        "감사요구-2021-00001", "처리 중", "총무과", None, "2021-11-16", "2021-12-16", "따로 셈", None,
    )  # fmt: skip


def test_the_template_takes_what_it_shows(applied, tmp_path):
    path = tmp_path / "template.xlsx"
    with path.open("wb") as out:
        write_template(current_type(applied.seoul, "audit_finding").case_type, out)
    assert reading(applied, path).rows == []


def test_an_import_is_journalled_and_recomputes(applied, tmp_path):
    take_in(applied, sheet(tmp_path, ROWS))
    case = Case.objects.get(source_order=4)
    event = journal.of(case).get()
    assert (event.act, event.data["row"], event.actor) == (
        "import",
        7,
        applied.people["planning_officer"].label,
    )
    assert [*journal_faults(), *number_faults(), *part_faults()] == []
