"""PDF pages out of the ordinary: two columns, turned letters, letters set apart, tables broken or without rules."""

import pytest

from sijeong.reports.checks import check
from sijeong.reports.reading import read
from sijeong.reports.tests.making import pdf, pdf_table, text_at

LEFT = [f"왼쪽 단의 {n}번째 줄은 단을 다 채운다" for n in range(8)]
RIGHT = [f"오른쪽 단의 {n}번째 줄도 다 채운다" for n in range(8)]
ROWS = [["구분", "정원", "현원"], ["합계", "34", "32"], ["일반직", "19", "11"], ["별정직", "15", "21"]]


def two_columns() -> list[str]:
    """Lines of both columns stand level, as a page is set."""
    ops = [text_at(40, 700 - 20 * n, line) for n, line in enumerate(LEFT)]
    return ops + [text_at(310, 700 - 20 * n, line) for n, line in enumerate(RIGHT)]


def lines(*pages: list[str]) -> list[str]:
    return [block.text for block in read(pdf(list(pages))).paragraphs]


def test_two_columns_are_read_one_after_the_other():
    title = text_at(150, 780, "두 단의 위에 놓여 가운데를 지나는 넓은 제목 줄")
    foot = text_at(285, 20, "- 3 -")
    assert lines([title, *two_columns(), foot])[1:] == LEFT + RIGHT


def test_a_table_in_a_column_stays_in_its_column():
    page = [*two_columns(), *pdf_table(40, 500, [["구분", "건수"], ["합계", "30"]], width=80)]
    blocks = read(pdf([page])).blocks
    assert [getattr(b, "text", "표") for b in blocks] == [*LEFT, "표", *RIGHT]


def test_a_column_of_labels_is_no_column_of_the_page():
    rows = [
        op
        for n in range(8)
        for op in (text_at(40, 700 - 20 * n, f"항목{n}"), text_at(400, 700 - 20 * n, LEFT[n]))
    ]
    assert lines(rows)[0] == f"항목0 {LEFT[0]}"


@pytest.mark.parametrize(
    "matrix", ["0 1 -1 0 595 0", "0 -1 1 0 0 595", "-1 0 0 -1 595 842"], ids=["left", "right", "upside down"]
)
def test_letters_that_are_turned_are_turned_back(matrix):
    rows = [["Total", "34", "32"], ["Seoul", "19", "11"]]  # PDFium passes over turned letters without a glyph
    page = [f"q {matrix} cm", text_at(50, 540, "□ 누운 쪽의 인력현황"), *pdf_table(50, 500, rows), "Q"]
    document = read(pdf([page]))
    assert [b.text for b in document.paragraphs] == ["□ 누운 쪽의 인력현황"]
    assert [c.text for c in document.tables[0].cells] == [cell for row in rows for cell in row]


def test_letters_set_apart_make_words_again():
    page = ["7 Tc", text_at(50, 700, "○ 사업비 1,234백만원"), "0 Tc", text_at(50, 650, "보통 줄의 글")]
    assert lines(page) == ["○ 사업비 1,234백만원", "보통 줄의 글"]


def test_a_table_that_a_page_broke_is_one_table():
    head, rows = (
        ["사업명", "예산", "집행"],
        [["합계", "900", "450"], ["사업가", "400", "200"], ["사업나", "500", "250"]],
    )
    document = read(pdf([pdf_table(50, 200, [head, *rows[:2]]), pdf_table(50, 780, [head, *rows[2:]])]))
    (table,) = document.tables
    assert [c.text for c in table.cells if not c.column] == ["사업명", "합계", "사업가", "사업나"]
    assert check(document).serious == []


def test_two_tables_of_different_heads_stay_two():
    other = [["기관명", "정원", "현원"], *ROWS[1:]]
    assert len(read(pdf([pdf_table(50, 200, ROWS), pdf_table(50, 780, other)])).tables) == 2


def test_a_table_without_rules_is_a_table():
    ops = [
        text_at(50 + 90 * c, 700 - 20 * r, cell) for r, row in enumerate(ROWS) for c, cell in enumerate(row)
    ]
    document = read(pdf([[text_at(50, 760, "□ 인력현황"), *ops, text_at(50, 500, "○ 끝")]]))
    assert [c.text for c in document.tables[0].cells] == [cell for row in ROWS for cell in row]
    assert [b.place.block for b in document.blocks] == [1, 2, 3]
