"""A report as HWPX (OWPML, KS X 6101): the XML is built once, as text, so that it grows linearly with the tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import count

from .hwpx_shapes import EDGE, LETTER, MM, NAMESPACES, SETTING, cell_letters, header
from .model import Bar, Grid, Report, Square, Statement
from .widths import fit

_PAGE = (59528, 84186)  # A4
_SIDE, _EDGE = round(20 * MM), round(10 * MM)  # left and right; page edge, running head and foot
_BODY = _PAGE[0] - 2 * _SIDE
_LETTER = 1100  # of a cell
_ROOM = _BODY / (_LETTER * 0.54)  # half-width letters beside each other; digits are a little wider than half
_PAD, _INSET = 141, 510
_WHOLE = 30000  # a table up to this height stands in its line, so that no page's end cuts it
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_STAMP = (1980, 1, 1, 0, 0, 0)  # the same report gives the same bytes
_BORDERS = "".join(
    f'<hp:pageBorderFill type="{kind}" borderFillIDRef="{EDGE["none"]}" textBorder="PAPER" headerInside="0"'
    ' footerInside="0" fillArea="PAPER"><hp:offset left="1417" right="1417" top="1417" bottom="1417"/></hp:pageBorderFill>'
    for kind in ("BOTH", "EVEN", "ODD")
)
_SECTION = (
    '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" tabStopVal="4000"'
    ' tabStopUnit="HWPUNIT" outlineShapeIDRef="0" memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
    '<hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
    '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
    '<hp:visibility hideFirstHeader="0" hideFirstFooter="0" hideFirstMasterPage="0" border="SHOW_ALL"'
    ' fill="SHOW_ALL" hideFirstPageNum="1" hideFirstEmptyLine="0" showLineNumber="0"/>'
    '<hp:lineNumberShape restartType="0" countBy="0" distance="0" startNumber="0"/>'
    f'<hp:pagePr landscape="WIDELY" width="{_PAGE[0]}" height="{_PAGE[1]}" gutterType="LEFT_ONLY">'
    f'<hp:margin header="{_EDGE}" footer="{_EDGE}" gutter="0" left="{_SIDE}" right="{_SIDE}" top="{_EDGE}" bottom="{_EDGE}"/>'
    "</hp:pagePr>"
    '<hp:footNotePr><hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
    '<hp:noteLine length="-1" type="SOLID" width="0.12 mm" color="#000000"/>'
    '<hp:noteSpacing betweenNotes="283" belowLine="567" aboveLine="850"/>'
    '<hp:numbering type="CONTINUOUS" newNum="1"/><hp:placement place="EACH_COLUMN" beneathText="0"/></hp:footNotePr>'
    '<hp:endNotePr><hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
    '<hp:noteLine length="14692344" type="SOLID" width="0.12 mm" color="#000000"/>'
    '<hp:noteSpacing betweenNotes="0" belowLine="567" aboveLine="850"/>'
    '<hp:numbering type="CONTINUOUS" newNum="1"/><hp:placement place="END_OF_DOCUMENT" beneathText="0"/></hp:endNotePr>'
    f"{_BORDERS}</hp:secPr>"
    '<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>'
    '<hp:ctrl><hp:pageNum pos="BOTTOM_CENTER" formatType="DIGIT" sideChar="-"/></hp:ctrl>'
)
_HIDDEN = (
    '<hp:ctrl><hp:pageHiding hideHeader="0" hideFooter="0" hideMasterPage="0" hideBorder="0" hideFill="0"'
    ' hidePageNum="1"/></hp:ctrl>'
)
_FIRST = '<hp:ctrl><hp:newNum num="1" numType="PAGE"/></hp:ctrl>'
_LETTERS_OF = {"□": "box", "○": "body", "-": "body", "·": "small", "※": "small", "": "body"}


class _Section:
    """Paragraphs and tables of the one section; numbers are given once."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._begun = False

    def paragraph(
        self, text: str, setting: str, letters: str, *, inner: str = "", fresh_page: bool = False
    ) -> str:
        said = f"<hp:t>{escape(text, quote=False)}</hp:t>" if text else ""
        return (
            f'<hp:p id="{next(self._numbers)}" paraPrIDRef="{SETTING[setting]}" styleIDRef="0"'
            f' pageBreak="{int(fresh_page)}" columnBreak="0" merged="0">'
            f'<hp:run charPrIDRef="{LETTER[letters]}">{inner}{said}</hp:run></hp:p>'
        )

    def _line(self, line: str, square: Square, letters: str) -> str:
        """A line of a cell; what bears a marker hangs by it, and a □ is a head."""
        marked = square.aligned == "left" and not square.head and line[:1] in "□○◦-·※" and line
        setting = "point" if marked else square.aligned
        return self.paragraph(
            line, setting, letters.replace("cell", "head") if line.startswith("□") else letters
        )

    def _cell(
        self, address: tuple[int, int], square: Square, size: tuple[float, float], look: tuple[str, str]
    ) -> str:
        edge, letters = look
        lines = "".join(self._line(line, square, letters) for line in square.texts or [""])
        return (
            f'<hp:tc name="" header="{int(square.head)}" hasMargin="0" protect="0" editable="0" dirty="0"'
            f' borderFillIDRef="{EDGE[edge]}">'
            '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0"'
            f' linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">{lines}</hp:subList>'
            f'<hp:cellAddr colAddr="{address[1]}" rowAddr="{address[0]}"/>'
            f'<hp:cellSpan colSpan="{square.colspan}" rowSpan="{square.rowspan}"/>'
            f'<hp:cellSz width="{size[0]:.0f}" height="{size[1]:.0f}"/>'
            f'<hp:cellMargin left="510" right="510" top="{_PAD}" bottom="{_PAD}"/></hp:tc>'
        )

    def _table(
        self, rows: list[list[str]], height: float, columns: int, edge: str, *, inset: int = _INSET
    ) -> str:
        body = "".join(f"<hp:tr>{''.join(row)}</hp:tr>" for row in rows)
        inline = int(height <= _WHOLE)
        return (
            f'<hp:tbl id="{next(self._numbers)}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM"'
            ' textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1"'
            f' rowCnt="{len(rows)}" colCnt="{columns}" cellSpacing="0" borderFillIDRef="{EDGE[edge]}" noAdjust="0">'
            f'<hp:sz width="{_BODY}" widthRelTo="ABSOLUTE" height="{height:.0f}" heightRelTo="ABSOLUTE" protect="0"/>'
            f'<hp:pos treatAsChar="{inline}" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0"'
            ' vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
            f'<hp:outMargin left="0" right="0" top="0" bottom="{0 if inline else 283}"/>'
            f'<hp:inMargin left="{inset}" right="{inset}" top="{_PAD}" bottom="{_PAD}"/>{body}</hp:tbl>'
        )

    def grid(self, grid: Grid, *, opening: bool = False) -> Iterator[str]:
        """A table under its captions; ``opening``: on a page of its own that bears no number."""
        for line in grid.captions:
            shape = "caption" if line.startswith("【") else "unit"
            yield self.paragraph(line, shape, shape, inner=_HIDDEN * opening, fresh_page=opening)
        fitted = fit(grid, _ROOM)
        columns = [share * _BODY for share in fitted.shares]
        size, inset = cell_letters(fitted.scale, large=opening), round(_INSET * fitted.scale)
        high = size * 100 * 1.3
        heights = [lines * high + 2 * _PAD + 200 for lines in fitted.lines]
        rows: list[list[str]] = [[] for _ in grid.rows]
        for row, column, square in grid.placed:
            look = ("head", f"head{size}") if square.head else ("cell", f"cell{size}")
            box = sum(columns[column : column + square.colspan]), sum(heights[row : row + square.rowspan])
            rows[row].append(self._cell((row, column), square, box, look))
        # Some viewers leave the space around bars out of their reckoning: a little more than the rows take.
        table = self._table(rows, sum(heights) + 700, len(columns), "cell", inset=inset)
        yield self.paragraph("", "after", "thread", inner=table)

    def bar(self, bar: Bar) -> str:
        """A chapter begins its page under a bar: its number on a dark ground, its title beside."""
        width, height = round((22 if bar.annex else 12) * MM), 3000
        number = Square(((bar.marker,),), align="center")
        title = Square(((bar.title,),), align="left")
        letters = "chapter" if bar.level == 1 else "programme"
        row = [
            self._cell((0, 0), number, (width, height), ("number", "number")),
            self._cell((0, 1), title, (_BODY - width, height), ("bar", letters)),
        ]
        first, self._begun = "" if self._begun else _FIRST, True
        table = first + self._table([row], height, 2, "none")
        return self.paragraph("", "bar", "thread", inner=table, fresh_page=bar.level == 1)

    def cover(self, report: Report) -> Iterator[str]:
        first, title, *rest = report.cover if report.occasion else ["", *report.cover]
        yield self.paragraph("", "first", "cover", inner=_SECTION + _HIDDEN)
        yield self.paragraph(first, "cover", "cover")
        box = self._cell((0, 0), Square(((title,),), align="center"), (_BODY, 9000), ("title", "title"))
        yield self.paragraph("", "cover", "thread", inner=self._table([[box]], 9000, 1, "title"))
        yield from (self.paragraph(line, "cover", "cover") for line in rest)

    def write(self, report: Report) -> Iterator[str]:
        yield from self.cover(report)
        for part in report.body:
            if isinstance(part, Bar):
                yield self.bar(part)
            elif isinstance(part, Grid):
                yield from self.grid(part, opening=part == report.contents)
            else:
                yield self._statement(part)

    def _statement(self, part: Statement) -> str:
        return self.paragraph(part.text, part.marker or "plain", _LETTERS_OF[part.marker])


def _package(report: Report) -> str:
    items = (
        ("header", "Contents/header.xml"),
        ("section0", "Contents/section0.xml"),
        ("settings", "settings.xml"),
    )
    manifest = "".join(
        f'<opf:item id="{key}" href="{href}" media-type="application/xml"/>' for key, href in items
    )
    metas = {"creator": report.bureau, "subject": report.occasion, "date": report.base.isoformat()}
    told = "".join(
        f'<opf:meta name="{name}" content="text">{escape(text, quote=False)}</opf:meta>'
        for name, text in metas.items()
    )
    return (
        f'{_XML}<opf:package {NAMESPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{escape(report.title, quote=False)}</opf:title><opf:language>ko</opf:language>{told}</opf:metadata>"
        f"<opf:manifest>{manifest}</opf:manifest>"
        '<opf:spine><opf:itemref idref="header" linear="yes"/><opf:itemref idref="section0" linear="yes"/></opf:spine>'
        "</opf:package>"
    )


_VERSION = (
    f'{_XML}<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version" tagetApplication="WORDPROCESSOR"'
    ' major="5" minor="1" micro="1" buildNumber="0" os="10" xmlVersion="1.5" application="sijeong" appVersion="1"/>'
)
_SETTINGS = (
    f'{_XML}<ha:HWPApplicationSetting xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app">'
    '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'
)
_CONTAINER = (
    f'{_XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container"'
    ' xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf"><ocf:rootfiles>'
    '<ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
    '<ocf:rootfile full-path="Preview/PrvText.txt" media-type="text/plain"/></ocf:rootfiles></ocf:container>'
)
_MANIFEST = f'{_XML}<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def write_hwpx(report: Report) -> bytes:
    """The report as an HWPX package: ``mimetype`` first and stored, as readers of OCF containers ask."""
    section = f"{_XML}<hs:sec {NAMESPACES}>{''.join(_Section().write(report))}</hs:sec>"
    preview = "\n".join([*report.cover, *(p.text for p in report.parts if isinstance(p, Statement))])[:1000]
    parts = {
        "mimetype": "application/hwp+zip",
        "version.xml": _VERSION,
        "Contents/header.xml": header(),
        "Contents/section0.xml": section,
        "Preview/PrvText.txt": preview,
        "settings.xml": _SETTINGS,
        "Contents/content.hpf": _package(report),
        "META-INF/container.xml": _CONTAINER,
        "META-INF/manifest.xml": _MANIFEST,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text, compress_type=kind)
    return out.getvalue()
