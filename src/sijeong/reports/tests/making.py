"""Small documents built byte by byte, so that the tests need no file of anybody's."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from html import escape
from io import BytesIO

import olefile

HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HH = "http://www.hancom.co.kr/hwpml/2011/head"
HS = "http://www.hancom.co.kr/hwpml/2011/section"

Row = list["str | tuple[str, int, int] | None"]


def zipped(parts: dict[str, str | bytes], **kinds: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, kinds.get(name, zipfile.ZIP_DEFLATED))
    return out.getvalue()


def parts_of(data: bytes) -> list[tuple[str, bytes]]:
    """Members of a package with what they hold, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


# --- HWPX
# -----------------------------------------------------------------------------------------------------------


def p(text: str, shape: str = "0", inner: str = "") -> str:
    return f'<hp:p paraPrIDRef="{shape}"><hp:run charPrIDRef="0"><hp:t>{escape(text)}</hp:t>{inner}</hp:run></hp:p>'


def tbl(rows: list[Row], head: int = 0) -> str:
    """A table; a cell is text, (text, rowspan, colspan), or None under a merged one."""
    out = [f'<hp:tbl rowCnt="{len(rows)}" colCnt="{len(rows[0])}">']
    for r, row in enumerate(rows):
        out.append("<hp:tr>")
        for c, cell in enumerate(row):
            if cell is None:
                continue
            text, rowspan, colspan = (cell, 1, 1) if isinstance(cell, str) else cell
            body = "".join(p(line) for line in text.split("\n")) if not text.startswith("<hp:") else text
            out.append(
                f'<hp:tc header="{int(r < head)}"><hp:subList>{body}</hp:subList>'
                f'<hp:cellAddr colAddr="{c}" rowAddr="{r}"/><hp:cellSpan colSpan="{colspan}" rowSpan="{rowspan}"/></hp:tc>'
            )
        out.append("</hp:tr>")
    return "".join(out) + "</hp:tbl>"


def tp(rows: list[Row], head: int = 0) -> str:
    return f'<hp:p paraPrIDRef="0"><hp:run>{tbl(rows, head)}</hp:run></hp:p>'


def hwpx(
    *sections: str, header: str = "", extra: dict[str, str | bytes] | None = None, prefix: str = "hp"
) -> bytes:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": "<opf/>",
        "Contents/header.xml": f'<hh:head xmlns:hh="{HH}">{header}</hh:head>',
    }
    for number, body in enumerate(sections):
        xml = f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{body}</hs:sec>'
        parts[f"Contents/section{number}.xml"] = xml.replace("hp:", prefix + ":")
    return zipped(parts | (extra or {}))


# --- OLE and HWP v5
# -------------------------------------------------------------------------------------------------


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of one level of storages; every stream is padded to 4,096 bytes, so that it needs no
    mini stream.
    """
    names: list[tuple[str, int, bytes]] = []
    roots: list[int] = []
    storages: dict[str, list[int]] = {}
    for path, data in streams.items():
        storage, _, name = path.rpartition("/")
        if storage and storage not in storages:
            names.append((storage, 1, b""))
            roots.append(len(names))
            storages[storage] = []
        names.append((name, 2, data.ljust(4096, b"\0")))
        (storages[storage] if storage else roots).append(len(names))
    body, fat, starts = b"", [], []
    for _, kind, data in names:
        if kind == 1:
            starts.append(0)
            continue
        count = -(-len(data) // 512)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE]
        body += data.ljust(count * 512, b"\0")
    links: dict[int, tuple[int, int]] = {}
    for chain in [roots, *storages.values()]:
        for here, after in zip(chain, [*chain[1:], -1], strict=True):
            links[here] = (after, -1)
    for storage, chain in storages.items():
        at = next(i for i, (name, kind, _) in enumerate(names, 1) if name == storage and kind == 1)
        links[at] = (links[at][0], chain[0])
    entries = [_entry("Root Entry", 5, right=-1, child=roots[0], start=0xFFFFFFFE, size=0)]
    for number, (name, kind, data) in enumerate(names, 1):
        right, child = links[number]
        entries.append(_entry(name, kind, right=right, child=child, start=starts[number - 1], size=len(data)))
    directory = b"".join(entries)
    directory += b"\0" * (-len(directory) % 512)
    first_directory = len(fat)
    count = len(directory) // 512
    fat += [*range(first_directory + 1, first_directory + count), 0xFFFFFFFE]
    fat_sectors = -(-(len(fat) + 8) // 128)
    first_fat = len(fat)
    fat += [0xFFFFFFFD] * fat_sectors
    fat += [0xFFFFFFFF] * (fat_sectors * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fat_sectors, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(
        "<109I", *range(first_fat, first_fat + fat_sectors), *[0xFFFFFFFF] * (109 - fat_sectors)
    )
    return header + body + directory + struct.pack(f"<{len(fat)}I", *fat)


def streams_of(data: bytes) -> dict[str, bytes]:
    """What `ole` was given, filled up to the size of its streams."""
    with olefile.OleFileIO(data) as container:
        return {"/".join(path): container.openstream(path).read() for path in container.listdir()}


def _entry(name: str, kind: int, *, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBiii16xI16xIQ", raw, len(raw), kind, 1, -1, right, child, 0, start, size if kind == 2 else 0
    )


def record(tag: int, level: int, payload: bytes) -> bytes:
    size = min(len(payload), 0xFFF)
    head = struct.pack("<I", tag | level << 10 | size << 20)
    return head + (struct.pack("<I", len(payload)) if size == 0xFFF else b"") + payload


def control(text: str, kind: int = 11) -> bytes:
    """An extended control character of eight units."""
    return struct.pack("<H", kind) + text[::-1].encode() + b"\0" * 8 + struct.pack("<H", kind)


def hwp_p(text: bytes | str, level: int = 0, shape: int = 0, inner: bytes = b"") -> bytes:
    body = text.encode("utf-16-le") if isinstance(text, str) else text
    body += "\r".encode("utf-16-le")
    head = struct.pack("<IIHBBHHHI", len(body) // 2, 0, shape, 0, 0, 1, 0, 1, 0)
    return record(66, level, head) + record(67, level + 1, body) + inner


def hwp_table(rows: list[Row], level: int = 0) -> bytes:
    """A paragraph that holds a table."""
    inner = record(71, level + 1, b"tbl "[::-1] + b"\0" * 40)
    sizes = struct.pack(f"<{len(rows)}H", *(sum(cell is not None for cell in row) for row in rows))
    inner += record(77, level + 2, struct.pack("<IHH", 0, len(rows), len(rows[0])) + b"\0" * 10 + sizes)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            text, rowspan, colspan = (cell, 1, 1) if isinstance(cell, str) else cell
            lines = text.split("\n")
            where = struct.pack("<HHIHHHH", len(lines), 0, 0, c, r, colspan, rowspan) + b"\0" * 18
            inner += record(72, level + 2, where) + b"".join(hwp_p(line, level + 2) for line in lines)
    return hwp_p(control("tbl "), level, inner=inner)


def hwp(
    *paragraphs: bytes, flags: int = 1, info: bytes = b"", version: int = 0x05000300, section: str = ""
) -> bytes:
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", version, flags)

    def packed(data: bytes) -> bytes:
        engine = zlib.compressobj(9, zlib.DEFLATED, -15)
        return engine.compress(data) + engine.flush() if flags & 1 else data

    return ole(
        {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": packed(info or record(16, 0, b"\0" * 26)),
            section or "BodyText/Section0": packed(b"".join(paragraphs)),
        }
    )


# --- DOCX
# -----------------------------------------------------------------------------------------------------------


def docx(body: str, **parts: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    named = {f"word/{name}.xml": f"<w:{name} {space}>{xml}</w:{name}>" for name, xml in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            **named,
        }
    )


def wp(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def wtc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(wp(line) for line in text.split(chr(10)))}</w:tc>"


# --- PDF
# ------------------------------------------------------------------------------------------------------------


def pdf(pages: list[list[str]], encrypted: bool = False) -> bytes:
    """Pages of drawing operators; `text_at` and `pdf_table` make them.

    Letters have no glyphs, only their Unicode; PDFium passes over such a letter that stands alone.
    """
    letters = sorted(
        {ch for page in pages for op in page if op.startswith("T ") for ch in op.split(" ", 4)[4]}
    )
    code = {ch: number for number, ch in enumerate(letters, 1)}
    mapping = "\n".join(f"<{n:04X}> <{ch.encode('utf-16-be').hex().upper()}>" for ch, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R>>",
        _stream(cmap),
        "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200"
        "/CapHeight 700/StemV 80>>",
    ]
    for page in pages:
        drawn = "\n".join(_operator(op, code) for op in page)
        at = len(objects) + 2
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {at} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(_stream(drawn))
    extra = ""
    if encrypted:
        key = "00" * 32
        objects.append(f"<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>")
        extra = f"/Encrypt {len(objects)} 0 R/ID[<{'11' * 16}><{'11' * 16}>]"
    out = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def pdf_again(data: bytes, pages: list[list[str]]) -> bytes:
    """The PDF of `pdf` with its pages drawn anew behind what was: as programs do that only append."""
    anew = pdf(pages)
    start = len(data)
    body = anew[len(b"%PDF-1.5\n") : anew.rindex(b"xref\n0 ")]
    offsets = [start + m.start() for m in re.finditer(rb"^\d+ 0 obj", body, re.M)]
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    before = int(data[data.rindex(b"startxref") :].split()[1])
    at = start + len(body)
    return (
        data
        + body
        + (
            f"xref\n1 {len(offsets)}\n{table}trailer<</Size {len(offsets) + 1}/Root 1 0 R/Prev {before}>>\nstartxref\n{at}\n%%EOF\n"
        ).encode()
    )


def _stream(data: str) -> str:
    return f"<</Length {len(data)}>>stream\n{data}\nendstream"


def _operator(op: str, code: dict[str, int]) -> str:
    if not op.startswith("T "):
        return op
    _, x, y, size, text = op.split(" ", 4)
    shown = "".join(f"{code[ch]:04X}" for ch in text)
    return f"BT /F {size} Tf {x} {y} Td <{shown}> Tj ET"


def text_at(x: float, y: float, text: str, size: int = 10) -> str:
    return f"T {x} {y} {size} {text}"


def pdf_table(x: float, y: float, rows: list[list[str]], width: float = 90, height: float = 20) -> list[str]:
    """A ruled table whose upper left corner is at (x, y)."""
    right, low = x + width * len(rows[0]), y - height * len(rows)
    ops = [f"{x} {y - r * height} m {right} {y - r * height} l S" for r in range(len(rows) + 1)]
    ops += [f"{x + c * width} {y} m {x + c * width} {low} l S" for c in range(len(rows[0]) + 1)]
    for r, row in enumerate(rows):
        ops += [text_at(x + c * width + 4, y - (r + 1) * height + 6, t) for c, t in enumerate(row) if t]
    return ops
