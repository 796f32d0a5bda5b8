"""How much of what is planted is found, and how much is found where nothing is; writes docs/reference/privacy.md.

python -m sijeong.privacy.study --write | --check
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from sijeong.privacy.finding import Kind
from sijeong.privacy.masks import mask
from sijeong.privacy.planted import Planted, corpus
from sijeong.privacy.search import find

SEED, EACH = 20260701, 200
PAGE = Path("docs/reference/privacy.md")
HEAD = """# What is found of personal data, and what is not

Written by `python -m sijeong.privacy.study --write`; the corpus is seeded, the figures are the same everywhere.

`sijeong.privacy.find` looks for twelve kinds by their form and by the words around them. Each finding says its kind, place,
certainty and why. Before a case is published a person decides every one of them: masked, or left with a reason.

## Not found

- A name without a label (`성명:`, `민원인:`) or `씨`: it reads like any word. A reviewer masks it by hand.
- What only a picture shows: a scanned page, a stamp, a photograph. Such a file is opened by a person or not published.
- An account without a bank's name or a word like 계좌 near it; a passport of the older form (M12345678) without 여권.
- Digits misread as letters (O for 0), numbers told in words (공일공), and a number cut by other text.
- A road and its number without a door (동·호) and without 주소, 자택 or 거주지 before it: places are the city's daily business.
- What a file keeps out of sight beyond its properties, margins, remarks, deleted words, links, hidden sheets, bookmarks, forms, variables, scripts, data connections and queries and every other part of XML: layers; in a PDF what no version of it lists any more. Of a PDF that was only written on, 20 earlier versions and 1,000 of their pages are read; more of them, and pictures that only they show, wait for a person.
- What the picture of a first page shows that file managers draw (Preview, thumbnail): it is not handed out. Citizens get a copy of the file without it, and without bytes that belong to no part of the package; the original keeps both. Of photographs (JPEG, PNG, WebP) the small picture that a camera puts in and all that follows the end are left out too. The old pictures in embedded documents and in pages of a PDF wait for a person.
- A picture or an object that is embedded: documents inside documents are read (four layers, 300 parts, 256 MB), EXIF and XMP of pictures too; whatever cannot be read stops the publication until a person has opened it.
- Health, belief, family, income: what a text tells about a person is for a person to read.

## Declared to be none

| what | rule |
|---|---|
| nationwide and free numbers (15xx, 16xx, 18xx, 080), short ones (119, 02-120) | offices and firms |
| numbers and addresses under `offices` of the city's `portal.yaml` | the city's own offices |
| e-mail addresses under go.kr | found as 의심: an office's or an officer's, for a person to say |
| company and business numbers (법인·사업자등록번호) | the nearest word before the digits decides |
| rooms of public buildings, counted dwellings (12동 345호 공급) | no one's home |
| digits followed by 원, 억, 건, 명, % | amounts and counts |
| names of council members who asked | public by their office |

## Masks

| kind | before | after |
|---|---|---|
"""
EXAMPLES = [
    (Kind.RESIDENT_NUMBER, "900101-1234567"), (Kind.PHONE, "010-1234-5678"), (Kind.PHONE, "02-345-6789"),
    (Kind.EMAIL, "gildong@example.com"), (Kind.ACCOUNT, "110-123-456789"), (Kind.CARD, "4111-1111-1111-1111"),
    (Kind.PLATE, "12가3456"), (Kind.PASSPORT, "M123A4567"), (Kind.DRIVING_LICENCE, "11-12-345678-90"),
    (Kind.ADDRESS, "가람로 110, 101동 1203호"), (Kind.NAME, "홍길동"), (Kind.BIRTH_DATE, "1990. 1. 1."),
]  # fmt: skip


def found(planted: Planted) -> bool:
    """Whether a finding of its kind covers what was planted."""
    start, end = planted.span
    return any(
        f.kind == planted.kind and f.start <= start and f.end >= end - planted.text[start:end].endswith(".")
        for f in find(planted.text)
    )


def figures(planted: list[Planted]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Texts, and those with a hit, by (kind's label or ``""`` for decoys, shape)."""
    texts: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for one in planted:
        key = (one.kind.label if one.kind else "", one.shape)
        texts[key] += 1
        hits[key] += found(one) if one.kind else bool(find(one.text))
    return texts, hits


def page() -> str:
    """The page as it should be."""
    from_masks = [f"| {kind.label} | `{text}` | `{mask(kind, text)}` |" for kind, text in EXAMPLES]
    texts, hits = figures(corpus(SEED, EACH))
    rows = [(key, texts[key], hits[key]) for key in texts]
    planted = [row for row in rows if row[0][0]]
    decoys = [row for row in rows if not row[0][0]]
    total, hit = sum(row[1] for row in planted), sum(row[2] for row in planted)
    lines = [
        *from_masks, "", "## Planted and found", "",
        f"{total:,} planted in sentences of an office, {hit:,} found ({hit / total:.1%}). The sentences are our own, so this",
        "shows what the forms cover, not what a city's texts hold.", "",
        "| kind | written as | planted | found |", "|---|---|---:|---:|",
        *(f"| {kind} | {shape} | {n:,} | {k / n:.1%} |" for (kind, shape), n, k in planted), "",
        "## Nothing planted", "",
        f"{sum(r[1] for r in decoys):,} sentences without personal data, {sum(r[2] for r in decoys):,} false alarms.", "",
        "| looks like | sentences | false alarms |", "|---|---:|---:|",
        *(f"| {shape} | {n:,} | {k:,} |" for (_, shape), n, k in decoys), "",
    ]  # fmt: skip
    return HEAD + "\n".join(lines)


def main(arguments: list[str]) -> int:
    """``--write`` makes the page, ``--check`` says whether it is still true."""
    told = page()
    if arguments == ["--write"]:
        PAGE.write_text(told, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == told:
        return 0
    sys.stderr.write(f"{PAGE}: make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
