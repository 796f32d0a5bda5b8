"""Each format gives the same model: paragraphs in order, tables as grids with merged cells, heads that are
only drawn.
"""

import struct

import pytest

from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Paragraph, Table, Unreadable
from sijeong.reports.reading.hwp_records import deciphered
from sijeong.reports.tests.making import (
    control,
    docx,
    hwp,
    hwp_p,
    hwp_table,
    hwpx,
    p,
    pdf,
    pdf_table,
    record,
    tbl,
    text_at,
    tp,
    wp,
    wtc,
)

ROWS = [["구 분", ("인원", 1, 2), None], [("계", 2, 1), "남", "12"], [None, "여", "△3"]]
MERGED = [
    ("구 분", 0, 0, 1, 1),
    ("인원", 0, 1, 1, 2),
    ("계", 1, 0, 2, 1),
    ("남", 1, 1, 1, 1),
    ("12", 1, 2, 1, 1),
]


def squares(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in table.cells]


def test_hwpx_keeps_order_and_merged_cells():
    document = read(hwpx(p("□ 추진개요") + tp(ROWS) + p("○ 끝")))
    assert [type(b) for b in document.blocks] == [Paragraph, Table, Paragraph]
    assert squares(document.tables[0])[:5] == MERGED


def test_hwpx_reads_under_any_namespace_prefix():
    assert read(hwpx(p("□ 추진개요"), prefix="ns0")).text() == "□ 추진개요"


def test_hwpx_sections_follow_their_numbers_and_not_the_order_in_the_zip():
    assert read(hwpx(p("첫째"), p("둘째"))).text() == "첫째\n둘째"


def test_hwpx_text_before_a_table_in_the_same_paragraph_comes_first():
    inner = p("", inner=tbl([["가", "나"]])).replace("<hp:t></hp:t>", "<hp:t>앞</hp:t>")
    assert [type(b) for b in read(hwpx(inner)).blocks] == [Paragraph, Table]


def test_hwpx_a_table_of_one_cell_is_a_frame_round_paragraphs():
    blocks = read(hwpx(tp([["2026년 주요업무보고"]]))).blocks
    assert [(b.text, b.boxed) for b in blocks] == [("2026년 주요업무보고", True)]


def test_hwpx_nested_tables_are_found_inside_their_cell():
    inner = f'<hp:p paraPrIDRef="0"><hp:run>{tbl([["속", "1"]])}</hp:run></hp:p>'
    document = read(hwpx(tp([["겉", inner]])))
    assert [t.cells[0].text for t in document.tables] == ["겉", "속"]


def test_hwpx_draws_bullets_and_numbers_that_are_not_in_the_text():
    header = (
        '<hh:bullet id="1" char="□"/>'
        '<hh:numbering id="1"><hh:paraHead start="1" numFormat="DIGIT">^1.</hh:paraHead>'
        '<hh:paraHead start="1" numFormat="HANGUL_SYLLABLE">^2)</hh:paraHead></hh:numbering>'
        '<hh:paraPr id="1"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>'
        '<hh:paraPr id="2"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>'
        '<hh:paraPr id="3"><hh:heading type="NUMBER" idRef="1" level="1"/></hh:paraPr>'
    )
    body = p("가", "1") + p("나", "2") + p("다", "3") + p("라", "3") + p("마", "2") + p("바", "3")
    assert read(hwpx(body, header=header)).text().split("\n") == [
        "□ 가",
        "1. 나",
        "가) 다",
        "나) 라",
        "2. 마",
        "가) 바",
    ]


def test_hwpx_leaves_out_deleted_text_and_puts_notes_and_running_heads_apart():
    changed = (
        "<hp:p><hp:run><hp:t>예산 <hp:deleteBegin/>100<hp:deleteEnd/><hp:insertBegin/>200<hp:insertEnd/>원</hp:t>"
        f"<hp:ctrl><hp:footNote><hp:subList>{p('각주')}</hp:subList></hp:footNote></hp:ctrl>"
        f"<hp:ctrl><hp:header><hp:subList>{p('머리말')}</hp:subList></hp:header></hp:ctrl></hp:run></hp:p>"
    )
    document = read(hwpx(changed))
    assert (document.text(), document.notes, document.margins) == ("예산 200원", ["각주"], ["머리말"])


def test_hwpx_text_boxes_and_line_breaks_are_read():
    box = f"<hp:rect><hp:drawText><hp:subList>{p('상자')}</hp:subList></hp:drawText></hp:rect>"
    body = f"<hp:p><hp:run><hp:t>한<hp:lineBreak/>줄</hp:t>{box}</hp:run></hp:p>"
    assert [b.text for b in read(hwpx(body)).blocks] == ["한\n줄", "상자"]


def test_hwp_v5_gives_the_same_model_as_hwpx():
    theirs = read(hwp(hwp_p("□ 추진개요"), hwp_table(ROWS), hwp_p("○ 끝")))
    ours = read(hwpx(p("□ 추진개요") + tp(ROWS) + p("○ 끝")))
    assert theirs.text() == ours.text()
    assert squares(theirs.tables[0]) == squares(ours.tables[0])


def test_hwp_without_compression_reads():
    assert read(hwp(hwp_p("□ 추진개요"), flags=0)).text() == "□ 추진개요"


def test_hwp_draws_bullets_from_its_paragraph_shapes():
    bullet = record(24, 0, b"\0" * 12 + "□".encode("utf-16-le"))
    shape = record(25, 0, struct.pack("<I", 3 << 23) + b"\0" * 26 + struct.pack("<H", 1) + b"\0" * 22)
    plain = record(25, 0, b"\0" * 54)
    assert read(hwp(hwp_p("추진개요", shape=1), info=bullet + plain + shape)).text() == "□ 추진개요"


def test_hwp_footnotes_stand_apart_and_pictures_are_named():
    note = record(71, 1, b"fn  "[::-1] + b"\0" * 8) + record(72, 2, b"\0" * 16) + hwp_p("각주", 2)
    body = "본문".encode("utf-16-le") + control("fn  ", 17)
    picture = record(71, 1, b"gso "[::-1] + b"\0" * 30)
    document = read(hwp(hwp_p(body, inner=note), hwp_p(control("gso "), inner=picture)))
    assert (document.text(), document.notes, document.unread) == ("본문", ["각주"], ["그림"])


def test_a_document_for_distribution_whose_head_is_broken_is_refused():
    with pytest.raises(Unreadable, match="배포용"):
        deciphered(b"\0" * 300)


def test_docx_reads_merged_cells_numbers_and_headings():
    wide, first, under = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr>{wtc('구 분')}{wtc('인원', wide)}</w:tr>"
        f"<w:tr>{wtc('계', first)}{wtc('남')}{wtc('12')}</w:tr>"
        f"<w:tr>{wtc('', under)}{wtc('여')}{wtc('△3')}</w:tr>"
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    body = (
        wp("일반현황", '<w:pStyle w:val="H1"/>')
        + wp("첫째", '<w:numPr><w:numId w:val="5"/></w:numPr>')
        + f"<w:tbl>{rows}</w:tbl>"
        + "<w:p><w:del><w:r><w:delText>지움</w:delText></w:r></w:del><w:ins><w:r><w:t>더함</w:t></w:r></w:ins></w:p>"
    )
    document = read(docx(body, numbering=numbering, styles=styles))
    assert [b.text for b in document.paragraphs] == ["일반현황", "1. 첫째", "더함"]
    assert document.paragraphs[0].heading == 1
    assert squares(document.tables[0])[:5] == MERGED


def test_docx_draws_the_bullets_of_its_styles_and_keeps_running_heads_apart():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:style w:styleId="{}"><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    styles = listed.format("B1", 0) + listed.format("B2", 1)
    body = wp("첫째", '<w:pStyle w:val="B1"/>') + wp("둘째", '<w:pStyle w:val="B2"/>')
    document = read(docx(body, numbering=numbering, styles=styles, header1=wp("청년국"), footer2=wp("- 1 -")))
    assert [b.text for b in document.paragraphs] == ["• 첫째", "1) 둘째"]
    assert document.margins == ["- 1 -", "청년국"]


def test_pdf_gives_ruled_tables_as_grids_and_the_page_of_each_block():
    first = [
        text_at(50, 780, "□ 인력현황"),
        *pdf_table(50, 760, [["구분", "정원"], ["합계", "34"]]),
        text_at(50, 600, "○ 끝"),
    ]
    second = [text_at(50, 780, "둘째 쪽"), text_at(280, 20, "- 2 -")]
    document = read(pdf([first, second]))
    assert [type(b) for b in document.blocks] == [Paragraph, Table, Paragraph, Paragraph]
    assert [c.text for c in document.tables[0].cells] == ["구분", "정원", "합계", "34"]
    assert [b.place.page for b in document.blocks] == [1, 1, 1, 2]
    assert document.margins == ["- 2 -"]


def test_pdf_merged_cells_span_the_missing_rulings():
    ops = [
        op
        for op in pdf_table(50, 760, [["구분", "인원", ""], ["계", "12", "3"]])
        if op != "230 760 m 230 720 l S"
    ]
    ops += ["230 740 m 230 720 l S"]
    assert squares(read(pdf([ops])).tables[0])[1] == ("인원", 0, 1, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "구분\t정원\t현원\n계\t34\t32\n",
        "| 구분 | 정원 | 현원 |\n|---|---:|---:|\n| 계 | **34** | 32 |\n",
        "<table><tr><th>구분</th><th>정원<th>현원</tr><tr><td>계<td>34<td>32</table>",
        "구 분 정 원 현 원\n\n계 34 32\n합계 34 32\n",
    ],
)
def test_tables_in_text_are_found_however_they_are_drawn(text):
    table = read(text.encode()).tables[0]
    rows = [[c.text for c in table.cells if c.row == r] for r in range(2)]
    assert rows == [["구분", "정원", "현원"], ["계", "34", "32"]]


def test_blank_heads_of_a_tab_table_continue_their_neighbours():
    table = read("구분\t총계\t일반직\t\n\t\t소계\t5급\n정원\t34\t9\t2\n".encode()).tables[0]
    assert squares(table)[:3] == [("구분", 0, 0, 2, 1), ("총계", 0, 1, 2, 1), ("일반직", 0, 2, 1, 2)]


def test_html_spans_nest_and_careless_tags_are_read():
    html = "<table><tr><td rowspan=2>가<td colspan=2>나</tr><tr><td>다<td><table><tr><td>속<td>1</table></table><p>끝"
    document = read(f"<!doctype html>{html}".encode())
    assert squares(document.tables[0])[:3] == [("가", 0, 0, 2, 1), ("나", 0, 1, 1, 2), ("다", 1, 1, 1, 1)]
    assert document.tables[1].cells[0].text == "속"
    assert document.paragraphs[-1].text == "끝"


def test_lines_of_text_keep_their_number_and_page():
    document = read("가\n\n나\f\n다\n".encode())
    assert [(b.text, b.place.line, b.place.page) for b in document.paragraphs] == [
        ("가", 1, 1),
        ("나", 3, 2),
        ("다", 4, 2),
    ]
