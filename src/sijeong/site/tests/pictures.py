"""The pictures of the guides, each kept with the outline of its page, so that a page that changed is noticed.

``picture(page, "planning")`` compares what the page offers (headings, fields, buttons, columns; not the rows, which
are data) with the outline kept beside the picture. ``make pictures`` takes all of them anew, outlines too.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "screenshots"
ANEW = os.environ.get("SIJEONG_PICTURES") == "1"
LIMIT = 200_000
COLOURS = 128
OFFERED = re.compile(
    r'- (heading|button|textbox|combobox|checkbox|radio|searchbox|columnheader|tab|link) "(.+?)"'
)
# What stands in these is data, and another tomorrow.
DATA = re.compile(r"- (row|listitem|list|article|option|status|definition|term)\b")


def outline(page: Page) -> str:
    """What the page offers a reader of the accessibility tree, a line each, without its numbers."""
    found = dict.fromkeys(_offered(page.locator("main").aria_snapshot()))
    return "\n".join(found) + "\n"


def _offered(snapshot: str) -> Iterator[str]:
    within: int | None = None
    for line in snapshot.splitlines():
        depth = len(line) - len(line.lstrip())
        if within is not None and depth > within and "- columnheader" not in line:
            continue
        within = depth if DATA.match(line.strip()) else None
        if found := OFFERED.match(line.strip()):
            role, name = found.groups()
            # A heading or a link with a number tells of a day's work: of nothing there may be none.
            if role not in {"heading", "link"} or not re.search(r"[0-9]", name):
                yield f"{role} {re.sub(r'[0-9][0-9,.]*', '0', name)}"


def picture(page: Page, name: str) -> None:
    """The page as it is seen now is the picture of that name; in ordinary runs, its outline is the one kept."""
    page.evaluate("document.activeElement?.blur()")
    seen, kept = outline(page), FOLDER / f"{name}.txt"
    if ANEW:
        kept.write_text(seen, "utf-8")
        (FOLDER / f"{name}.png").write_bytes(_small(page.screenshot(animations="disabled"), name))
    told = kept.read_text("utf-8") if kept.exists() else ""
    assert seen == told, (
        f"{name}: 그림의 화면이 바뀌었습니다. make pictures로 다시 찍고 안내서를 읽어 보십시오."
    )


def _small(png: bytes, name: str) -> bytes:
    """The picture in few colours, as a page of text can do with."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    assert out.tell() <= LIMIT, (
        f"{name}.png: {out.tell():,} bytes; at most {LIMIT:,} are kept in the repository"
    )
    return out.getvalue()
