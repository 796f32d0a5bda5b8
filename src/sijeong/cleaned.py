"""Text as it is kept: what a person sees of it, without the marks that only programs know.

Word processors and web pages hand over more than letters. What Hangul Word Processor means by a line or page that
ends becomes a line break; what shows nothing at all goes: control characters, which a database refuses (NUL) or an XML
feed may not hold (XML 1.0, 2.2), marks without width, which hide a word from the search, marks that turn the direction
of writing, and halves of characters. Spaces, tabs and everything visible stay as they are.
"""

from __future__ import annotations

import re

# \v and \f are the soft line and the page break of word processors; the others are Unicode's own.
_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0]")  # Hangul fillers: a name of these alone looks empty
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
    # What joins pictures to one stays between them.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_ANY = re.compile(f"{_BREAK.pattern}|{_BLANK.pattern}|{_GONE.pattern}")


def cleaned(text: str) -> str:
    """The text as it is kept; lines end with a line feed."""
    if not _ANY.search(text):
        return text
    return _GONE.sub("", _BLANK.sub(" ", _BREAK.sub("\n", text)))


def line(text: str) -> str:
    """The text as one line, its spaces single."""
    return " ".join(cleaned(text).split())
