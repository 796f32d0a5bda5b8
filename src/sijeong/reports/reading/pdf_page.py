"""One PDF page as PDFium sees it: characters with their boxes, and the ruled lines that draw tables."""

from __future__ import annotations

import ctypes
import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from sijeong.late import Late

if TYPE_CHECKING:
    from pdfplumber import table as plumber
else:
    plumber = Late("pdfplumber.table")

SPACES = (" ", "\u200a")  # a space of the file, and one that PDFium guessed from a gap
Box = tuple[float, float, float, float]
_SAMPLE = 60
_MOST_SEGMENTS = 400
_MOST_EDGES = 6000
_Matrix = tuple[float, float, float, float, float, float]


class Char(NamedTuple):
    """A character; x to the right, top and bottom downwards from the upper page edge, in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def quarter(page: pdfium.PdfPage) -> int:
    """By how many quarters clockwise the letters of a page are turned: 0, 1, 2 or 3."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    turns = [
        round(raw.FPDFText_GetCharAngle(textpage.raw, index) / (math.pi / 2)) % 4
        for index in range(0, count, max(1, count // _SAMPLE))
        if not chr(raw.FPDFText_GetUnicode(textpage.raw, index)).isspace()
    ]
    textpage.close()
    most = max(set(turns), key=turns.count, default=0)
    return most if turns.count(most) * 3 > len(turns) * 2 else 0


def characters(page: pdfium.PdfPage, top: float) -> list[Char]:
    """Visible characters in the order of the file; a space stands with the box of the character before it."""
    textpage = page.get_textpage()
    handle = textpage.raw
    box = raw.FS_RECTF()
    chars: list[Char] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if not code or code in (0xFFFE, 0xFFFF, 0xAD, 0x0D, 0x0A, 0x02):
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        if chr(code).isspace():
            if chars and not chars[-1].text.endswith(SPACES):
                guessed = raw.FPDFText_IsGenerated(handle, index) == 1
                chars[-1] = chars[-1]._replace(text=chars[-1].text + SPACES[guessed])
            continue
        chars.append(Char(chr(code), box.left, top - box.top, box.right, top - box.bottom))
    textpage.close()
    return chars


def tables(page: pdfium.PdfPage, top: float) -> list[list[Box]]:
    """Boxes of the cells of each ruled table, a cell box as (x0, top, x1, bottom)."""
    edges = [edge for path, matrix in _paths(page) for edge in _edges(path, matrix, top)]
    if not 3 < len(edges) <= _MOST_EDGES:
        return []
    merged = plumber.merge_edges(edges, 3, 3, 3, 3)
    cells = plumber.intersections_to_cells(plumber.edges_to_intersections(merged, 3, 3))
    return [list(table) for table in plumber.cells_to_tables(cells)]


def _paths(page: pdfium.PdfPage) -> list[tuple[Any, _Matrix]]:
    found: list[tuple[Any, _Matrix]] = []
    stack = [(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))]
    while stack:
        parent, count, get, outer = stack.pop()
        for index in range(count(parent)):
            item = get(parent, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                found.append((item, _times(_matrix(item), outer)))
            elif kind == raw.FPDF_PAGEOBJ_FORM and len(stack) < 8:
                inner = _times(_matrix(item), outer)
                stack.append((item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner))
    return found


def drawn_letters(page: pdfium.PdfPage) -> int:
    """How many shapes of the page have the size and curves of a letter: text printed as outlines, which
    nobody can read back.
    """
    low, left, high, right = (ctypes.c_float() for _ in range(4))
    count = 0
    for path, _ in _paths(page):
        if not 5 < raw.FPDFPath_CountSegments(path) < 120:
            continue
        raw.FPDFPageObj_GetBounds(path, left, low, right, high)
        if 3 < high.value - low.value < 24 and 1 < right.value - left.value < 24:
            kinds = {raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, i)) for i in range(6)}
            count += raw.FPDF_SEGMENT_BEZIERTO in kinds
    return count


def _matrix(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _edges(path: Any, matrix: _Matrix, top: float) -> list[dict[str, Any]]:
    """Straight level and upright parts of a path; a thin filled bar is one line."""
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= _MOST_SEGMENTS:
        return []
    points = _points(path, count, matrix, top)
    xs, ys = [p[1] for p in points], [p[2] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    width, height = box[2] - box[0], box[3] - box[1]
    if max(width, height) < 4:
        return []
    if width < 2.5:
        return [_edge("v", (box[0] + box[2]) / 2, box[1], (box[0] + box[2]) / 2, box[3])]
    if height < 2.5:
        return [_edge("h", box[0], (box[1] + box[3]) / 2, box[2], (box[1] + box[3]) / 2)]
    edges: list[dict[str, Any]] = []
    for (_, x0, y0), (kind, x1, y1) in itertools.pairwise(points):
        if kind != raw.FPDF_SEGMENT_LINETO:
            continue
        if abs(x0 - x1) < 0.5 and abs(y0 - y1) > 4:
            edges.append(_edge("v", x0, min(y0, y1), x0, max(y0, y1)))
        elif abs(y0 - y1) < 0.5 and abs(x0 - x1) > 4:
            edges.append(_edge("h", min(x0, x1), y0, max(x0, x1), y0))
    return edges


def _points(path: Any, count: int, matrix: _Matrix, top: float) -> list[tuple[int, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[int, float, float]] = []
    start = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        at = (
            matrix[0] * x.value + matrix[2] * y.value + matrix[4],
            top - (matrix[1] * x.value + matrix[3] * y.value + matrix[5]),
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = at
        points.append((kind, *at))
        if raw.FPDFPathSegment_GetClose(segment) and at != start:
            points.append((raw.FPDF_SEGMENT_LINETO, *start))
    return points


def _edge(orientation: str, x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": y0,
        "bottom": y1,
        "width": x1 - x0,
        "height": y1 - y0,
        "object_type": "line",
    }
