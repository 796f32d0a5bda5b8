"""All findings of a text, none over another."""

from __future__ import annotations

from collections.abc import Iterator

from sijeong.privacy import accounts, contacts, numbers, people, places, plates
from sijeong.privacy.finding import Finding, Kind
from sijeong.privacy.plain import flat
from sijeong.privacy.rules import NATIONAL, Rules

# Where two are as sure and as long, what harms more comes first.
ORDER = [
    Kind.RESIDENT_NUMBER, Kind.FOREIGNER_NUMBER, Kind.CARD, Kind.PASSPORT, Kind.DRIVING_LICENCE, Kind.PHONE,
    Kind.ACCOUNT, Kind.EMAIL, Kind.PLATE, Kind.ADDRESS, Kind.BIRTH_DATE, Kind.NAME,
]  # fmt: skip


def find(text: str, rules: Rules = NATIONAL) -> list[Finding]:
    """Personal data in ``text``, in the order of the text, no two overlapping.

    ``start`` and ``end`` count marks of ``text`` as given (compose it first, NFC: a decomposed label is not recognised).
    Found by form and surroundings alone, so a name without a label is not found, nor what only a picture shows.
    """
    plain = flat(text)
    taken, chosen = bytearray(len(plain)), []
    for finding in sorted(_all(plain, rules), key=_strength):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
            chosen.append(finding)
    chosen.sort(key=lambda finding: finding.start)
    return [Finding(f.kind, f.start, f.end, text[f.start : f.end], f.certainty, f.why) for f in chosen]


def _strength(finding: Finding) -> tuple[int, int, int, int]:
    length = finding.end - finding.start
    return -finding.certainty.rank, ORDER.index(finding.kind), -length, finding.start


def _all(plain: str, rules: Rules) -> Iterator[Finding]:
    yield from numbers.residents(plain)
    yield from numbers.cards(plain)
    yield from numbers.passports(plain)
    yield from numbers.licences(plain)
    yield from contacts.phones(plain, rules)
    yield from contacts.emails(plain, rules)
    yield from accounts.accounts(plain)
    yield from plates.plates(plain)
    yield from places.addresses(plain)
    yield from people.names(plain, rules)
    yield from people.births(plain)
