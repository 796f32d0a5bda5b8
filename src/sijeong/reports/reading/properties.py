"""Properties of a document, each with the name that office programs show for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from sijeong.reports.reading.words import name_of

NAMES = {
    "title": "제목", "subject": "주제", "creator": "작성자", "author": "작성자", "keywords": "열쇠말", "keyword": "열쇠말",
    "description": "설명", "comments": "설명", "lastModifiedBy": "마지막으로 고친 사람", "lastsaveby": "마지막으로 고친 사람",
    "category": "분류", "contentStatus": "상태", "Manager": "관리자", "Company": "회사", "HyperlinkBase": "연결의 앞부분",
    "Template": "서식 파일", "TitlesOfParts": "부분 이름", "identifier": "식별자",
    "date": "날짜",
}  # fmt: skip
# Counts, switches, versions and moments: they name nobody.
COUNTED = {
    "Application", "AppVersion", "TotalTime", "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs",
    "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "Slides", "Notes", "HiddenSlides", "MMClips",
    "PresentationFormat", "HeadingPairs", "revision", "created", "modified", "lastPrinted", "language", "version", "DigSig",
    "CreatedDate", "ModifiedDate", "Producer", "CreationDate", "ModDate", "Trapped", "PDFVersion",
}  # fmt: skip
# The same in XMP: programs, identifiers, moments; and the elements that only hold others.
COUNTED_IN_XMP = COUNTED | {
    "CreatorTool", "CreateDate", "ModifyDate", "MetadataDate", "format", "DocumentID", "InstanceID", "OriginalDocumentID",
    "RenditionClass", "part", "conformance", "NPages", "about", "lang", "xmptk", "parseType", "instanceID", "when", "softwareAgent",
}  # fmt: skip
HOLDERS = {"li", "Alt", "Seq", "Bag", "Description", "RDF", "xmpmeta"}
# Numbers of the summary of an HWP (and of any compound file) that hold words.
SUMMARY = {
    2: "제목",
    3: "주제",
    4: "작성자",
    5: "열쇠말",
    6: "설명",
    7: "서식 파일",
    8: "마지막으로 고친 사람",
    14: "관리자",
    15: "회사",
    20: "날짜",
}


def place(name: str) -> str:
    """The place of a property in words."""
    return f"문서 속성: {NAMES.get(name, name)}"


def of_part(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Place and words of each property in a part: docProps of Office, content.hpf of HWPX."""
    for child in root.iter(etree.Element):
        name = child.get("name") or name_of(child)
        inside = len(child) and name not in {"TitlesOfParts", "property"} and child.get("name") is None
        if inside or name in COUNTED or (child.getparent() is not None and _held(child.getparent())):
            continue
        words = " ".join(str(text).strip() for text in child.itertext() if str(text).strip())
        if words:
            yield place(name), words


def _held(parent: etree._Element | None) -> bool:
    """Whether what stands in it is told with it."""
    while parent is not None:
        if parent.get("name") or name_of(parent) in {"TitlesOfParts", "HeadingPairs"}:
            return True
        parent = parent.getparent()
    return False


def of_xmp(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Place and words of each property of an XMP packet, written as an element or as an attribute."""
    for element in root.iter(etree.Element):
        told = [(name_of(element), element.text or "")]
        told += [(str(key).rpartition("}")[2], str(value)) for key, value in element.attrib.items()]
        for name, words in told:
            of, whose = element, name
            while whose in HOLDERS and (above := of.getparent()) is not None:
                of, whose = above, name_of(above)
            if words.strip() and whose not in COUNTED_IN_XMP:
                yield place(whose), words


def of_pdf(told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Place and words of what a PDF says of itself."""
    for name, words in told.items():
        if name not in COUNTED:
            yield (
                place("만든 프로그램" if name == "Creator" else name if name in NAMES else name.lower()),
                words,
            )
