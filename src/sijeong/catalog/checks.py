"""Do the facts of a case type agree: basis, term, extension, codes, fields, outcomes, publication?"""

from collections.abc import Iterable, Iterator

from sijeong.catalog.case_type import RETENTION_YEARS, CaseType
from sijeong.catalog.problems import Path, Remark, listed
from sijeong.catalog.vocabulary import Act, BasisKind, FieldType, Mask, OutcomeNeed, SetBy


def remarks(ct: CaseType) -> Iterator[Remark]:
    for check in (_basis, _term, _asks, _extension, _codes, _choices, _outcomes, _publication, _retention):
        yield from check(ct)


def _basis(ct: CaseType) -> Iterator[Remark]:
    if ct.basis.kind == BasisKind.STATUTORY and not ct.basis.article:
        yield Remark(("basis",), "a statutory basis without an article", "article: the law and its article")
    if ct.basis.kind == BasisKind.COURTESY and ct.term.set_by == SetBy.LAW:
        yield Remark(("term", "set_by"), "a courtesy can't have a term set by law", "council, city")
    if ct.term.set_by != SetBy.LAW and not ct.basis.note:
        yield Remark(
            ("basis",),
            f"the number of days is set by the {ct.term.set_by} without a note",
            "note: whose number it is",
        )


def _term(ct: CaseType) -> Iterator[Remark]:
    term = ct.term
    if ct.norm and ct.norm > term.length:
        yield Remark(("norm",), _longer("norm", ct.norm, ct), f"1-{term.length}")
    if term.starts and term.in_hours:
        what = f"a term of {term.length} {term.unit} is counted in hours and can't start with a date"
        yield Remark(("term", "starts"), what, "no starts: it starts with receipt")


def _asks(ct: CaseType) -> Iterator[Remark]:
    """What is asked stands in a field that must be filled in; so does the date from which a term counts."""
    wanted: list[tuple[Path, str, FieldType]] = [(("asks",), ct.asks, FieldType.LONG_TEXT)]
    if ct.term.starts:
        wanted.append((("term", "starts"), ct.term.starts, FieldType.DATE))
    for path, code, kind in wanted:
        fit = [field.code for field in ct.fields if field.type == kind and field.required]
        if code not in fit:
            what = f"{path[-1]} names {code!r}, which is no required field of the type {kind}"
            yield Remark(path, what, listed(fit) or f"a required field of the type {kind}")


def _extension(ct: CaseType) -> Iterator[Remark]:
    extension, term = ct.extension, ct.term
    if extension is None:
        return
    if extension.unit != term.unit:
        what = f"the extension is counted in {extension.unit}, the term in {term.unit}"
        yield Remark(("extension", "unit"), what, term.unit)
    elif extension.length > term.length:
        yield Remark(("extension", "length"), _longer("extension", extension.length, ct), f"1-{term.length}")
    if not extension.needs_reason:
        yield Remark(("extension", "needs_reason"), "an extension without a reason", "true")


def _longer(what: str, length: int, ct: CaseType) -> str:
    return f"{what} of {length} {ct.term.unit} is longer than the term of {ct.term.length} {ct.term.unit}"


def _codes(ct: CaseType) -> Iterator[Remark]:
    for name in ("kinds", "fields", "answer_fields", "outcomes", "states"):
        parts = getattr(ct, name)
        yield from _twice((name,), "code", [part.code for part in parts])
        for index, part in enumerate(parts):
            choices = [choice.code for choice in getattr(part, "choices", ())]
            yield from _twice((name, index, "choices"), "code", choices)
    yield from _twice(("states",), "order", [state.order for state in ct.states])


def _twice(path: Path, key: str, values: Iterable[str | int]) -> Iterator[Remark]:
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Remark((*path, index, key), f"{path[-1]} has the {key} {value!r} twice", f"each {key} once")
        seen.add(value)


def _choices(ct: CaseType) -> Iterator[Remark]:
    for name in ("fields", "answer_fields"):
        for index, field in enumerate(getattr(ct, name)):
            if field.type == FieldType.CHOICE and len(field.choices) < 2:
                yield Remark(
                    (name, index), f"the field {field.code!r} leaves nothing to choose", "two or more choices"
                )
            if field.type != FieldType.CHOICE and field.choices:
                what = f"the field {field.code!r} has choices and the type {field.type}"
                yield Remark((name, index, "choices"), what, "choices only for the type choice")


def _outcomes(ct: CaseType) -> Iterator[Remark]:
    """Reported means delivered: what ends a matter needs the proof that the asker got the answer."""
    for index, outcome in enumerate(ct.outcomes):
        if outcome.final and outcome.needs != OutcomeNeed.DELIVERY:
            what = f"the outcome {outcome.code!r} is final but needs no delivery"
            yield Remark(("outcomes", index, "needs"), what, OutcomeNeed.DELIVERY)


def _publication(ct: CaseType) -> Iterator[Remark]:
    publication = ct.publication
    sources = {state for each in ct.transitions if each.act == Act.PUBLISH for state in each.from_}
    if not publication.public:
        if sources:
            yield Remark(("publication", "public"), "the act publish in a type that is not public", "true")
        return
    if not publication.mask:
        yield Remark(("publication",), "published without masking", f"mask: {listed(Mask)}")
    known = {state.code for state in ct.states}
    delivered = [each.to for each in ct.transitions if each.act == Act.DELIVER and each.to in known]
    if publication.after not in delivered:
        what = f"published after {publication.after!r}, which no delivery leads to"
        yield Remark(("publication", "after"), what, listed(delivered))
    elif sources != {publication.after}:
        leaves = listed(sorted(sources)) or "nowhere"
        what = f"public after {publication.after!r}, but the act publish leaves from {leaves}"
        yield Remark(("publication", "after"), what, f"publish from: [{publication.after}]")


def _retention(ct: CaseType) -> Iterator[Remark]:
    if ct.retention.years not in RETENTION_YEARS:
        what = f"records are not kept for {ct.retention.years} years"
        yield Remark(("retention", "years"), what, listed(map(str, RETENTION_YEARS)))
