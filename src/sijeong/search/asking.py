"""A question as tantivy is asked it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tantivy import Occur, Query, Schema

from .grams import Word, bigrams, normal, words

if TYPE_CHECKING:
    from .engine import Asked, Reach

TITLE, TEXT, INNER = ("title", 3.0), ("text", 1.0), ("inner", 1.0)
# Of a compound of many syllables so many pairs in three must be there: each particle inside it breaks one.
SHARE = 2
LONG = 4


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _phrase(schema: Schema, field: str, pairs: list[str]) -> Query:
    if len(pairs) == 1:
        return Query.term_query(schema, field, pairs[0])
    return Query.phrase_query(schema, field, list(pairs))


def _joined(schema: Schema, field: str, word: Word) -> Query:
    """Hangul: the stem's pairs side by side; of a long one most of them; with its ending it counts for more."""
    if len(word.text) == 1:
        return Query.const_score_query(Query.regex_query(schema, field, f"{word.text}.?"), 1.0)
    pairs = bigrams(word.stem)
    ways = [_phrase(schema, field, pairs)]
    if len(pairs) >= LONG:
        # Of all that was typed: what looked like an ending may be the word's own (수도, 결과).
        typed = dict.fromkeys(bigrams(word.text))
        terms = [(Occur.Should, Query.term_query(schema, field, pair)) for pair in typed]
        needed = -(-len(set(pairs)) * SHARE // 3)
        ways[0] = Query.boost_query(ways[0], 2.0)
        ways.append(Query.boolean_query(terms, minimum_number_should_match=needed))
    if word.stem != word.text:
        ways.append(_phrase(schema, field, bigrams(word.text)))
    return any_of(ways)


def _plain(schema: Schema, field: str, word: Word) -> Query:
    """Letters and figures: the word, or one that begins so."""
    ways = [Query.term_query(schema, field, text) for text in {word.text, word.stem}]
    if len(word.text) > (2 if word.text.isdecimal() else 1):
        ways.append(Query.const_score_query(Query.regex_query(schema, field, f"{word.text}.*"), 0.5))
    return any_of(ways)


def _matches(schema: Schema, asked_words: list[Word], fields: list[tuple[str, float]]) -> Query:
    def one(word: Word) -> Query:
        make = _joined if word.joined else _plain
        return any_of(Query.boost_query(make(schema, field, word), boost) for field, boost in fields)

    return all_of(one(word) for word in asked_words)


def number_of(text: str) -> str:
    """A document's number as it is compared: nobody minds its spaces."""
    return "".join(normal(text).split())


def _by_number(schema: Schema, q: str) -> list[Query]:
    number = number_of(q)
    if len(number) < 3:
        return []
    begins = Query.regex_query(schema, "number", re.escape(number) + ".*")
    return [
        Query.boost_query(Query.term_query(schema, "number", number), 50.0),
        Query.const_score_query(begins, 10.0),
    ]


def _opened(schema: Schema, reach: Reach) -> Query:
    return Query.const_score_query(Query.term_set_query(schema, "sees", sorted(reach.keys)), 0.0)


def within(schema: Schema, reach: Reach, asked: Asked) -> Query:
    """What the words find among the documents that this reach opens."""
    found = words(asked.q)
    if asked.q.strip():
        fields = [TITLE, TEXT, INNER] if reach.inner else [TITLE, TEXT]
        said = [_matches(schema, found, fields)] if found else []
        ways = said + _by_number(schema, asked.q)
        matched = any_of(ways) if ways else Query.empty_query()
    else:
        matched = Query.all_query()
    return all_of([_opened(schema, reach), matched])


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
    reaches = [reach for reach in asked.reaches if reach.keys]
    if not reaches:
        return Query.empty_query()
    found = any_of(within(schema, reach, asked) for reach in reaches)
    return all_of([found, *tagged(schema, asked, without=without)])
