"""Golden facts of real documents, checked by eye; they are read from the folder that SIJEONG_SAMPLES names."""

import os
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from sijeong.reports.checks import check
from sijeong.reports.checks.verdicts import ERROR, ROUNDING, TRUNCATED
from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Unreadable

FOLDER = os.environ.get("SIJEONG_SAMPLES", "")
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not FOLDER, reason="SIJEONG_SAMPLES names no folder of real documents"),
]

# Every verdict on a real document, and why it is right.
VERDICTS = {
    "secretariat-2023-05.md": [
        (TRUNCATED, "25.0%"),  # 89,517 / 357,200 = 25.06 %: both rates of the table are cut, not rounded
        (TRUNCATED, "23.5%"),  # 65,351 / 277,200 = 23.58 %
        (ERROR, "112건"),  # 42 + 25 + 25 = 92: the report's own slip
    ],
    "52_hwplib_distribution.hwp": [
        (ERROR, "2024. 12. 13(수) 10:10 ~ 2024. 12. 20(금) 17:00"),  # 13 December 2024 was a Friday
    ],
}


def path(name: str) -> Path:
    return next(Path(FOLDER).rglob(name))


def documents() -> list[str]:
    kinds = (".hwp", ".hwpx", ".pdf", ".txt", ".md")
    return sorted(
        f.name
        for f in Path(FOLDER).rglob("*")
        if f.suffix in kinds and f.parent.name in ("sources", "documents")
    )


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def test_the_34_findings_are_those_of_the_spreadsheet():
    sheet = openpyxl.load_workbook(path("audit_findings_2021.xlsx"), read_only=True).worksheets[0]
    rows = [tuple(map(squeezed, map(str, row[1:7]))) for row in sheet.iter_rows(min_row=2, values_only=True)]
    rows = [tuple("" if cell == "None" else cell for cell in row) for row in rows]
    found = check(read(path("secretariat-2022-02.txt"))).facts.findings
    ours = [
        tuple(map(squeezed, (f.kind, f.request, ", ".join(f.divisions), f.outcome, f.done, f.plan)))
        for f in found
    ]
    assert ours == rows
    assert Counter(f.outcome for f in found) == {"완료": 20, "추진 중": 12, "검토 중": 1, "미반영": 1}


def test_staff_and_budget_of_the_secretariat():
    facts = check(read(path("secretariat-2022-02.txt"))).facts
    posts = {(s.category, s.grade): (s.quota, s.actual) for s in facts.staffing}
    assert posts["", ""] == (34, 34)
    assert (posts["일반직", ""], posts["별정직", ""]) == ((9, 15), (25, 19))
    assert (posts["별정직", "5급상당"], posts["별정직", "7~9급상당"]) == ((18, 10), (0, 2))
    lines = [tuple(int(line.amounts[name]) for name in ("budget", "spent", "left")) for line in facts.budget]
    assert lines == [(341_200, 43_544, 297_656), (277_200, 38_255, 238_945), (64_000, 5_289, 58_711)]
    assert {line.unit for line in facts.budget} == {"천원"}


def test_doses_and_visits_of_the_secretariat():
    grids = check(read(path("secretariat-2022-02.txt"))).reading.grids
    doses = next(g for g in grids if g.title.startswith("백신접종"))
    assert [int(doses.at(r, 2).amount) for r in doses.body] == [8_260_854, 8_151_966, 4_931_033]
    assert (int(doses.at(1, 0).amount), doses.unit) == (9_401_888, "명")
    visits = next(g for g in grids if g.owner[0, 1].text == "횟수")
    assert [(visits.row_path(r)[0], int(visits.at(r, 1).amount)) for r in visits.body] == [
        ("2020년도", 22),
        ("2021년도", 33),
    ]


def test_programmes_events_and_agreements():
    facts = check(read(path("secretariat-2023-05.md"))).facts
    assert [p.title for p in facts.programmes][-2:] == ["난임부부 지원", "임산부 지원 강화"]
    assert len(facts.events) == 13
    assert (facts.events[0].title, facts.events[0].where) == (
        "인왕산 산불 현장방문·지휘",
        "종로구 인왕산 6부 능선",
    )
    assert facts.agreements[-1].parties == ["서울시장", "세종시장", "대전시장"]
    early = check(read(path("secretariat-2022-02.txt"))).facts.programmes
    assert [p.title for p in early] == [
        "조속한 일상회복을 위한 코로나19 대응",
        "시정 동반자인 시의회와 정책소통 활성화",
        "민생 중심의 현장방문 일정 기획 추진",
        "시의회와「지방자치 구현 상호협력」",
    ]


def test_pairs_of_quota_and_actual_of_the_new_bureau():
    facts = check(read(path("donghaeng-2022-09.txt"))).facts
    posts = {(s.division, s.grade): (s.quota, s.actual) for s in facts.staffing}
    assert (posts["", ""], posts["동행정책담당관", ""], posts["동행사업담당관", "5급"]) == (
        (31, 33),
        (20, 21),
        (3, 4),
    )


@pytest.mark.parametrize("name", documents() if FOLDER else ["none"])
def test_nothing_false_is_reported_on_a_real_document(name):
    if name == "76_kordoc_HWP3-password-123456.hwp":
        with pytest.raises(Unreadable, match="HWP 3"):
            read(path(name))
        return
    verdicts = check(read(path(name))).verdicts
    assert [(v.kind, v.stated) for v in verdicts if v.kind != ROUNDING] == VERDICTS.get(name, [])


@pytest.mark.parametrize(
    ("hwp", "hwpx"),
    [
        ("54_HwpForge_table_02_merge_col_row.hwp", "55_HwpForge_table_02_merge_col_row.hwpx"),
        ("32_hwp-cli_public-safety-rfp-p1.hwp", "33_hwp-cli_public-safety-rfp-p1.hwpx"),
        ("117_rhwp2_expense_report.hwp", "111_rhwp2_expense_report.hwpx"),
        ("27_auto-hwp_benchmark1.hwp", "28_auto-hwp_benchmark1.hwpx"),
    ],
)
def test_the_two_formats_of_one_document_have_the_same_tables(hwp, hwpx):
    ours, theirs = (
        [
            [(squeezed(c.text), c.row, c.column, c.rowspan, c.colspan) for c in t.cells]
            for t in read(path(name)).tables
        ]
        for name in (hwp, hwpx)
    )
    assert ours == theirs


def test_a_document_for_distribution_is_deciphered():
    text = read(path("52_hwplib_distribution.hwp")).text()
    assert text.startswith("강남세움복지관 공고 제 2024-08호")
    assert "금72,300,000원(금칠천이백삼십만원)" in text


def test_letters_printed_as_drawings_are_named():
    assert "4쪽의 글자 일부(그림으로 그려져 있음)" in read(path("29_auto-hwp_benchmark1.pdf")).unread


def test_drawn_numbers_follow_the_paragraph_heads():
    lines = read(path("38_hwpxlib_ParaHead.hwpx")).text().split("\n")
    assert "4.1.2. 번호-4-1-2" in lines and "1) 개요2-1-1" in lines
