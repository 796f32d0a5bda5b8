"""A question as tantivy is asked it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tantivy import Occur, Query, Schema

from .grams import Word, bigrams, normal, words

if TYPE_CHECKING:
    from .engine import Asked

TITLE = 2.0
# A compound of so many pairs is found though a particle stands inside it.
LONG = 4
LINES = re.compile(r"[\s\-–—]+")
NOUGHTS = re.compile(r"(?<!\d)0+(?=\d)")
# Beyond so many keys of the one who asks one set is cheaper than a list each.
FEW = 16


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _better(needed: Query, better: Query) -> Query:
    """What is needed; what is better counts for more, and costs nothing where it is not needed."""
    return Query.boolean_query([(Occur.Must, needed), (Occur.Should, better)])


def _phrase(schema: Schema, field: str, pairs: list[str]) -> Query:
    if len(pairs) == 1:
        return Query.term_query(schema, field, pairs[0])
    return Query.phrase_query(schema, field, list(pairs))


def _most(pairs: list[Query]) -> Query:
    """All but one of two, three or four, as joins of lists that can be skipped through: counting would read them all."""
    match pairs:
        case [one, two, three]:
            return any_of([all_of([one, any_of([two, three])]), all_of([two, three])])
        case [one, two, three, four]:
            halves = [all_of([one, two, any_of([three, four])]), all_of([three, four, any_of([one, two])])]
            return any_of(halves)
    return any_of(pairs)


def _broken(schema: Schema, field: str, pairs: list[str]) -> Query:
    """A compound with particles inside, each of which breaks a pair: of every three neighbours two must be there."""
    terms = [Query.term_query(schema, field, pair) for pair in pairs]
    groups = [terms[at : at + 3] for at in range(0, len(terms), 3)]
    if len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return all_of(map(_most, groups))


def _joined(schema: Schema, field: str, word: Word) -> Query:
    """Hangul: the stem's pairs side by side; of a long one most of them; with its ending it counts for more."""
    if len(word.text) == 1:
        return Query.const_score_query(Query.regex_query(schema, field, f"{word.text}.?"), 1.0)
    pairs = bigrams(word.stem)
    found = _phrase(schema, field, pairs)
    if len(pairs) >= LONG:
        found = _better(_broken(schema, field, pairs), Query.boost_query(found, 2.0))
    if word.stem != word.text:
        found = _better(found, _phrase(schema, field, bigrams(word.text)))
    return found


def _plain(schema: Schema, field: str, word: Word) -> Query:
    """Letters and figures: the word, or one that begins so."""
    ways = [Query.term_query(schema, field, text) for text in {word.text, word.stem}]
    if len(word.text) > (2 if word.text.isdecimal() else 1):
        ways.append(Query.const_score_query(Query.regex_query(schema, field, f"{word.text}.*"), 0.5))
    return any_of(ways)


def _said(schema: Schema, word: Word, inner: Query | None) -> Query:
    """The word in what all who see the document read, or, where ``inner`` opens it, in what only its workers do."""
    make = _joined if word.joined else _plain
    found = make(schema, "text", word)
    if inner is not None:
        found = any_of([found, all_of([inner, make(schema, "inner", word)])])
    return _better(found, Query.boost_query(make(schema, "title", word), TITLE))


def numbers_of(text: str) -> list[str]:
    """A number as it is compared: as written, and without the noughts before its figures. Spaces are as good as lines."""
    written = LINES.sub("-", normal(text).strip())
    return list(dict.fromkeys([written, NOUGHTS.sub("", written)]))


def indexed_numbers(text: str) -> list[str]:
    """What a document's number is found by: whole, and without the kind before its year."""
    return [way for number in numbers_of(text) for way in (number, number.partition("-")[2]) if way]


def _by_number(schema: Schema, q: str) -> list[Query]:
    numbers = numbers_of(q)
    if len(numbers[0]) < 3 or not any(mark.isdecimal() for mark in numbers[0]):
        return []
    ways = [Query.boost_query(Query.term_query(schema, "number", number), 50.0) for number in numbers]
    # A year alone begins every number of its year: it is a word like any other.
    if not numbers[0][0].isdecimal():
        begin = [Query.regex_query(schema, "number", re.escape(number) + ".*") for number in numbers]
        ways.append(Query.const_score_query(any_of(begin), 10.0))
    return ways


def _opened(schema: Schema, keys: frozenset[str]) -> Query:
    """The documents that one of the keys opens: as a list each, of which the engine reads only what it needs."""
    if len(keys) > FEW:
        opened = Query.term_set_query(schema, "sees", sorted(keys))
    else:
        opened = any_of(Query.term_query(schema, "sees", key, "basic") for key in sorted(keys))
    return Query.const_score_query(opened, 0.0)


def _matched(schema: Schema, asked: Asked) -> Query:
    """What the words find: each in the text, or behind an inner key in the inner text."""
    inside = frozenset[str]().union(*(reach.keys for reach in asked.reaches if reach.inner))
    inner = _opened(schema, inside) if inside else None
    found = words(asked.q)
    said = [all_of(_said(schema, word, inner) for word in found)] if found else []
    ways = said + _by_number(schema, asked.q)
    return any_of(ways) if len(ways) > 1 else ways[0] if ways else Query.empty_query()


def tagged(schema: Schema, asked: Asked, *, without: str = "") -> list[Query]:
    """The filters of kind and tags, but for one of them."""
    filters = [
        Query.term_query(schema, "tags", f"{name}={value}")
        for name, value in asked.tags.items()
        if name != without
    ]
    if asked.kinds:
        filters.append(Query.term_set_query(schema, "kind", list(asked.kinds)))
    return [Query.const_score_query(query, 0.0) for query in filters]


def whole(schema: Schema, asked: Asked, *, without: str = "") -> Query:
    """All of the question. Who has no key finds nothing."""
    keys = frozenset[str]().union(*(reach.keys for reach in asked.reaches))
    if not keys:
        return Query.empty_query()
    matched = _matched(schema, asked) if asked.q.strip() else Query.all_query()
    return all_of([_opened(schema, keys), matched, *tagged(schema, asked, without=without)])
