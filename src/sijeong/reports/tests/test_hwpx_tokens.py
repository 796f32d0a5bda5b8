"""A section read by its tokens gives what the strict parser gives; what is out of the ordinary goes to the parser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.reports.reading import hwpx, hwpx_tokens, read
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.tests.making import HP, HS, p, tbl, tp
from sijeong.reports.tests.making import hwpx as packed

START = f'<hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">'


def both(monkeypatch, data: bytes):
    """The document by tokens (where it can be) and by the strict parser."""
    quick = read(data)
    with monkeypatch.context() as patched:
        patched.setattr(hwpx.tokens, "tokens", lambda data: None)
        return quick, read(data)


NUMBERED = '<hh:bullet id="1" char="□"/><hh:paraPr id="1"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>'
NOTE = f"<hp:ctrl><hp:footNote><hp:subList>{p('각주')}</hp:subList></hp:footNote></hp:ctrl>"
BOX = f"<hp:rect><hp:drawText><hp:subList>{p('상자', '1')}{p('둘')}</hp:subList></hp:drawText></hp:rect>"
CASE = f"<hp:switch><hp:case>{p('숨김')}</hp:case><hp:default><hp:t>보임</hp:t></hp:default></hp:switch>"
DELETED = "<hp:p><hp:run><hp:t>가<hp:deleteBegin/>나<hp:deleteEnd/>다</hp:t></hp:run></hp:p>"
PIECES = [
    p("가 & <나>"),
    p("글머리", "1"),
    p("", inner=NOTE),
    p("", inner=BOX),
    p("", inner=CASE),
    DELETED,
    tp([["구 분", ("인원", 1, 2), None], [("계", 2, 1), "남", "1\n2"], [None, "", "△3 &amp;"]]),
    tp([["겉", f'<hp:p paraPrIDRef="1"><hp:run>{tbl([["속", "1"]])}</hp:run></hp:p>']]),
    tp([["한 칸"]]),
    '<hp:p paraPrIDRef="0"><hp:run/></hp:p>',
    "<hp:p><hp:run><hp:t>두</hp:t></hp:run><hp:run><hp:t> 번<hp:lineBreak/>째&#44608;&#x2014;</hp:t></hp:run></hp:p>",
    '<hp:p id="3" paraPrIDRef="0"\n styleIDRef="0" >\n <hp:run charPrIDRef="0" >\n <hp:t> 줄 </hp:t> </hp:run>\n</hp:p>\n',
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_tokens_and_parser_give_one_document(pieces):
    data = packed("".join(pieces), header=NUMBERED)
    with pytest.MonkeyPatch.context() as patch:
        try:
            quick, strict = both(patch, data)
        except Unreadable as error:
            assert "하나도 없는" in str(error)
            return
    assert quick == strict


@pytest.mark.parametrize("piece", PIECES)
def test_plain_pieces_need_no_parser(piece):
    assert hwpx_tokens.tokens(f"{START}{piece}</hs:sec>".encode()) is not None


@pytest.mark.parametrize(
    "xml",
    [
        f"{START}<!-- 설명 -->{p('가')}</hs:sec>",
        f"{START}<hp:p><hp:run><hp:t><![CDATA[가]]></hp:t></hp:run></hp:p></hs:sec>",
        f"<!DOCTYPE x>{START}{p('가')}</hs:sec>",
        f'<?xml version="1.0" encoding="EUC-KR"?>{START}</hs:sec>',
        f"{START}<hp:p paraPrIDRef='0'><hp:run/></hp:p></hs:sec>",
        f"{START}{p('가')}",
        f"{START}{p('가')}</hs:sec></hs:sec>",
        f"{START}</hp:p></hs:sec>",
        f"{START}<hp:p a=\"1>2\"></hp:p></hs:sec>",
        f"{START}<hp:t>&nbsp;</hp:t></hs:sec>",
        f"{START}<hp:t>\x01</hp:t></hs:sec>",
        f"{START}</hs:sec>{START}</hs:sec>",
        "",
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_goes_to_the_strict_parser(xml):
    assert hwpx_tokens.tokens(xml.encode()) is None
    assert hwpx_tokens.tokens(b"\xff" + xml.encode()) is None
