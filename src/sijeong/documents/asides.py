"""Lines that tell what a file keeps beside its page, each with its place: ``⟦문서 속성: 작성자⟧ 가온``. Pure.

A reader of files writes them, a review shows the place apart from the words, and a text that is handed out instead of
its file goes without them.
"""

from __future__ import annotations

import re

LINE = re.compile(r"^⟦([^⟦⟧\n]*)⟧ ?(.*)$", re.M)


def aside(place: str, text: str) -> str:
    """One line: words in one place of a file."""
    return f"⟦{' '.join(place.split())}⟧ {' '.join(text.split())}"


def place_at(text: str, at: int) -> tuple[str, int, int]:
    """The place of the line around ``at``, where its words begin, and where it ends.

    For what stands on the page itself the place is "", and the bounds are those of the lines between two asides.
    """
    line = text.rfind("\n", 0, at) + 1
    if told := LINE.match(text, line):
        return told[1], told.start(2), told.end()
    before = text.rfind("\n⟦", 0, line) + 1
    if before or text.startswith("⟦"):
        before = text.find("\n", before) + 1
    after = text.find("\n⟦", at)
    return "", before, after if after >= 0 else len(text)


def without(text: str) -> str:
    """The text without those lines."""
    return "\n".join(line for line in text.split("\n") if not LINE.match(line)) if "⟦" in text else text
