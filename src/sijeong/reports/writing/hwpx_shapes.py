"""The shapes of a written HWPX: letters, paragraphs, borders, as `Contents/header.xml` of OWPML (KS X 6101) holds them.

Lengths are in HWPUNIT (1/7200 inch): 1 mm is 283.46, 1 pt is 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MM = 283.46
# Hancom Office asks for all of them at the root of every part, used or not.
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("ha", "http://www.hancom.co.kr/hwpml/2011/app"),
        ("hp", "http://www.hancom.co.kr/hwpml/2011/paragraph"),
        ("hp10", "http://www.hancom.co.kr/hwpml/2016/paragraph"),
        ("hs", "http://www.hancom.co.kr/hwpml/2011/section"),
        ("hc", "http://www.hancom.co.kr/hwpml/2011/core"),
        ("hh", "http://www.hancom.co.kr/hwpml/2011/head"),
        ("hhs", "http://www.hancom.co.kr/hwpml/2011/history"),
        ("hm", "http://www.hancom.co.kr/hwpml/2011/master-page"),
        ("hpf", "http://www.hancom.co.kr/schema/2011/hpf"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("opf", "http://www.idpf.org/2007/opf/"),
        ("ooxmlchart", "http://www.hancom.co.kr/hwpml/2016/ooxmlchart"),
        ("hwpunitchar", "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar"),
        ("epub", "http://www.idpf.org/2007/ops"),
        ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    )
)
_LANGS = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
BATANG, DOTUM = 0, 1
_FACES = ("함초롬바탕", "함초롬돋움")
SHADE, BAR, LINE = "#E3EAF4", "#1F3B63", "#44546A"


class Letters(NamedTuple):
    """Height in 1/100 pt."""

    height: int
    bold: bool = False
    face: int = BATANG
    colour: str = "#000000"


class Setting(NamedTuple):
    """A paragraph: alignment, hanging indent and left margin in mm, space around in pt, line height in percent."""

    align: str = "JUSTIFY"
    left: float = 0
    hang: float = 0
    before: float = 0
    after: float = 0
    lines: int = 160
    keep: bool = False


@dataclass(frozen=True)
class Edge:
    """Borders left, right, top, bottom as (type, mm), and a fill."""

    sides: tuple[tuple[str, str], tuple[str, str], tuple[str, str], tuple[str, str]]
    fill: str = ""
    colour: str = LINE


_NONE, _THIN, _THICK = ("NONE", "0.1"), ("SOLID", "0.12"), ("SOLID", "0.4")
LETTERS = {
    "body": Letters(1400), "box": Letters(1500, True, DOTUM), "small": Letters(1200),
    "thread": Letters(100), "page": Letters(1100, face=DOTUM),
    "caption": Letters(1200, True, DOTUM), "unit": Letters(1000, face=DOTUM),
    "number": Letters(1700, True, DOTUM, "#FFFFFF"), "chapter": Letters(1800, True, DOTUM, "#1F3B63"),
    "title": Letters(2800, True, DOTUM, "#1F3B63"), "cover": Letters(1600, True, DOTUM),
    "programme": Letters(1600, True, DOTUM),
}  # fmt: skip
# A table that has too much for its width is set in smaller letters.
_NORMAL = 11
_CELLS = range(14, 1, -1)
LETTERS |= {f"cell{n}": Letters(n * 100, face=DOTUM) for n in _CELLS}
LETTERS |= {f"head{n}": Letters(n * 100, True, DOTUM) for n in _CELLS}
SETTINGS = {
    "plain": Setting(before=4), "□": Setting(left=6, hang=6, before=10, after=2, keep=True),
    "○": Setting(left=10, hang=6, before=4), "-": Setting(left=14.5, hang=4, before=2),
    "·": Setting(left=18.5, hang=3.5), "※": Setting(left=17, hang=5, before=4, lines=145),
    "caption": Setting("CENTER", before=12, after=1, keep=True), "unit": Setting("RIGHT", lines=130, keep=True),
    "point": Setting("LEFT", left=3.5, hang=3.5, lines=130), "left": Setting("LEFT", lines=130), "center": Setting("CENTER", lines=130), "right": Setting("RIGHT", lines=130),
    "bar": Setting(before=8, after=6, lines=100, keep=True), "cover": Setting("CENTER", before=28, after=28),
    "first": Setting("CENTER", after=110),
    "after": Setting(lines=100),
}  # fmt: skip
EDGES = {
    "none": Edge((_NONE,) * 4), "cell": Edge((_THIN,) * 4), "head": Edge((_THIN,) * 4, SHADE),
    "number": Edge((_THICK,) * 4, BAR, BAR), "bar": Edge((_NONE, _NONE, _NONE, _THICK), "", BAR),
    "title": Edge((_NONE, _NONE, ("DOUBLE_SLIM", "0.7"), ("DOUBLE_SLIM", "0.7")), "#F3F6FB", BAR),
}  # fmt: skip
LETTER, SETTING = ({name: n for n, name in enumerate(table)} for table in (LETTERS, SETTINGS))
EDGE = {name: n + 1 for n, name in enumerate(EDGES)}


def cell_letters(scale: float, *, large: bool = False) -> int:
    """The height in pt of a table's letters, for ``cell`` and ``head``."""
    return _CELLS[0] if large else max(_CELLS[-1], int(_NORMAL * scale))


def _fonts() -> str:
    faces = "".join(
        f'<hh:font id="{n}" face="{name}" type="TTF" isEmbedded="0"/>' for n, name in enumerate(_FACES)
    )
    each = "".join(
        f'<hh:fontface lang="{lang}" fontCnt="{len(_FACES)}">{faces}</hh:fontface>' for lang in _LANGS
    )
    return f'<hh:fontfaces itemCnt="{len(_LANGS)}">{each}</hh:fontfaces>'


def _edge(number: int, edge: Edge) -> str:
    sides = "".join(
        f'<hh:{side}Border type="{kind}" width="{width} mm" color="{edge.colour}"/>'
        for side, (kind, width) in zip(("left", "right", "top", "bottom"), edge.sides, strict=True)
    )
    fill = (
        f'<hc:fillBrush><hc:winBrush faceColor="{edge.fill}" hatchColor="#000000" alpha="0"/></hc:fillBrush>'
        if edge.fill
        else ""
    )
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE" breakCellSeparateLine="0">'
        '<hh:slash type="NONE" Crooked="0" isCounter="0"/><hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
        f'{sides}<hh:diagonal type="NONE" width="0.1 mm" color="#000000"/>{fill}</hh:borderFill>'
    )


def _every(tag: str, value: int) -> str:
    return f"<hh:{tag} " + " ".join(f'{lang.lower()}="{value}"' for lang in _LANGS) + "/>"


def _letters(number: int, letters: Letters) -> str:
    return (
        f'<hh:charPr id="{number}" height="{letters.height}" textColor="{letters.colour}" shadeColor="none"'
        f' useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="{EDGE["none"]}">'
        + _every("fontRef", letters.face) + _every("ratio", 100) + _every("spacing", 0) + _every("relSz", 100)
        + _every("offset", 0) + "<hh:bold/>" * letters.bold
        + '<hh:underline type="NONE" shape="SOLID" color="#000000"/><hh:strikeout shape="NONE" color="#000000"/>'
        '<hh:outline type="NONE"/><hh:shadow type="NONE" color="#C0C0C0" offsetX="10" offsetY="10"/></hh:charPr>'
    )  # fmt: skip


def _setting(number: int, setting: Setting) -> str:
    lengths = {
        "intent": -setting.hang * MM, "left": setting.left * MM, "right": 0,
        "prev": setting.before * 100, "next": setting.after * 100,
    }  # fmt: skip
    margin = "".join(f'<hc:{tag} value="{value:.0f}" unit="HWPUNIT"/>' for tag, value in lengths.items())
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="0"'
        ' suppressLineNumbers="0" checked="0">'
        f'<hh:align horizontal="{setting.align}" vertical="BASELINE"/><hh:heading type="NONE" idRef="0" level="0"/>'
        '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD" widowOrphan="1"'
        f' keepWithNext="{int(setting.keep)}" keepLines="0" pageBreakBefore="0" lineWrap="BREAK"/>'
        f'<hh:autoSpacing eAsianEng="0" eAsianNum="0"/><hh:margin>{margin}</hh:margin>'
        f'<hh:lineSpacing type="PERCENT" value="{setting.lines}" unit="HWPUNIT"/>'
        f'<hh:border borderFillIDRef="{EDGE["none"]}" offsetLeft="0" offsetRight="0" offsetTop="0"'
        ' offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _list(tag: str, items: list[str]) -> str:
    return f'<hh:{tag} itemCnt="{len(items)}">{"".join(items)}</hh:{tag}>'


def header() -> str:
    """`Contents/header.xml`: the same for every report."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<hh:head {NAMESPACES} version="1.5" secCnt="1">'
        '<hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        + _fonts()
        + _list("borderFills", [_edge(EDGE[name], edge) for name, edge in EDGES.items()])
        + _list("charProperties", [_letters(LETTER[name], one) for name, one in LETTERS.items()])
        + _list("tabProperties", ['<hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/>'])
        + _list("paraProperties", [_setting(SETTING[name], one) for name, one in SETTINGS.items()])
        + _list("styles", [
            '<hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0" charPrIDRef="0"'
            ' nextStyleIDRef="0" langID="1042" lockForm="0"/>',
            f'<hh:style id="1" type="CHAR" name="쪽 번호" engName="Page Number" paraPrIDRef="0" charPrIDRef="{LETTER["page"]}"'
            ' nextStyleIDRef="0" langID="1042" lockForm="0"/>',
        ])
        + '</hh:refList><hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>'
        '</hh:compatibleDocument><hh:docOption><hh:linkinfo path="" pageInherit="0" footnoteInherit="0"/>'
        '</hh:docOption><hh:trackchageConfig flags="56"/></hh:head>'
    )  # fmt: skip
