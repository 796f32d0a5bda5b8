"""The engine that ships: tantivy, an index as a library in a folder of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from heapq import nlargest
from math import log
from pathlib import Path
from typing import Any

import orjson
from tantivy import Document as Stored
from tantivy import Index, Query, Schema, SchemaBuilder, Searcher, TextAnalyzerBuilder, Tokenizer

from .asking import all_of, any_of, indexed_numbers, whole
from .engine import Asked, Document, Found, Hit
from .grams import grams

MARK = "mark"
SMALL_HEAP = 16_000_000
# Texts for highlighting are kept up to here; the index itself reads all of a document.
KEPT = 100_000
TERMS = 25


# Written as data, because its digest tells whether an index made before can be read by this version.
RAW: dict[str, Any] = {"tokenizer_name": "raw", "index_option": "basic"}
GRAMS: dict[str, Any] = {"tokenizer_name": "grams", "index_option": "position"}
TEXTS = {
    "key": RAW, "kind": RAW, "number": RAW, "sees": RAW, "tags": RAW | {"fast": True},
    "title": GRAMS, "text": GRAMS, "inner": GRAMS,
}  # fmt: skip
NUMBERS = ("id", "at")


def _schema() -> Schema:
    build = SchemaBuilder()
    for name, told in TEXTS.items():
        build.add_text_field(name, **told)
    for name in NUMBERS:
        build.add_unsigned_field(name, fast=True)
    build.add_bytes_field("shown", stored=True)
    return build.build()


SCHEMA = _schema()


def _with_grams(index: Index) -> Index:
    index.register_tokenizer("grams", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


class TantivyWriter:
    def __init__(self, folder: Path, heap: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        index = _with_grams(Index(SCHEMA, path=str(folder)))
        self.writer = index.writer(max(heap, SMALL_HEAP), 1)

    def put(self, document: Document) -> None:
        self.writer.delete_documents_by_term("key", document.key)
        shown = {
            "kind": document.kind, "id": document.id, "number": document.number, "title": document.title,
            "text": document.text[:KEPT], "inner": document.inner[:KEPT], "sees": sorted(document.sees),
        }  # fmt: skip
        stored = Stored()
        stored.add_text("key", document.key)
        stored.add_text("kind", document.kind)
        for number in indexed_numbers(document.number):
            stored.add_text("number", number)
        for key in document.sees:
            stored.add_text("sees", key)
        for name, values in document.tags.items():
            for value in values:
                stored.add_text("tags", f"{name}={value}")
        # Twice, so that a word need be looked for in one place; no phrase runs from one value into the next.
        title = grams(document.title)
        stored.add_text("title", title)
        stored.add_text("text", title)
        stored.add_text("text", grams(document.text))
        stored.add_text("inner", grams(document.inner))
        stored.add_unsigned("id", document.id)
        stored.add_unsigned("at", document.at)
        stored.add_bytes("shown", orjson.dumps(shown))
        self.writer.add_document(stored)

    def delete(self, kind: str, ids: Iterable[int]) -> None:
        for id in ids:
            self.writer.delete_documents_by_term("key", f"{kind}/{id}")

    def commit(self, mark: dict[str, Any]) -> None:
        # A document among the others, without a key that anyone holds: it lasts or is lost with them.
        self.writer.delete_documents_by_term("key", MARK)
        stored = Stored()
        stored.add_text("key", MARK)
        stored.add_bytes("shown", orjson.dumps(mark))
        self.writer.add_document(stored)
        self.writer.commit()

    def close(self, *, tidy: bool) -> None:
        if tidy:
            self.writer.wait_merging_threads()
        del self.writer


class TantivyReader:
    def __init__(self, folder: Path) -> None:
        self.meta = folder / "meta.json"
        self.index = _with_grams(Index.open(str(folder)))
        self.index.config_reader("manual")
        self.seen = 0
        self.refresh()

    def refresh(self) -> None:
        """See what was committed since; a stat where nothing was."""
        now = self.meta.stat().st_mtime_ns
        if now != self.seen:
            self.index.reload()
            self.seen = now

    def mark(self) -> dict[str, Any]:
        searcher = self.index.searcher()
        found = searcher.search(Query.term_query(SCHEMA, "key", MARK), 1, count=False).hits
        return _shown(searcher, found[0][1]) if found else {}

    def count(self) -> int:
        return max(0, self.index.searcher().num_docs - 1)

    def search(self, asked: Asked) -> Found:
        searcher = self.index.searcher()
        query = whole(SCHEMA, asked)
        order = "at" if asked.newest else None
        found = searcher.search(query, asked.limit, offset=asked.offset, order_by_field=order)
        hits = [_hit(searcher, score, address, asked) for score, address in found.hits]
        total: int = found.count or 0  # type: ignore[attr-defined]  # missing in its stubs
        return Found(hits, total, _facets(searcher, asked, query))

    def ids(self, asked: Asked, limit: int) -> list[int]:
        searcher = self.index.searcher()
        found = searcher.search(whole(SCHEMA, asked), limit, count=False).hits
        values = searcher.fast_field_values("id", [address for _, address in found])
        return [int(value) for value in values if value is not None]

    def like(self, text: str, asked: Asked) -> list[tuple[Hit, list[str]]]:
        searcher = self.index.searcher()
        weights = _telling(searcher, text)
        if not weights:
            return []
        fields = ("title", "text")
        near = any_of(
            Query.boost_query(Query.term_query(SCHEMA, field, term), weight)
            for term, weight in weights.items()
            for field in fields
        )
        opened = whole(SCHEMA, replace(asked, q=""))
        found = searcher.search(all_of([near, opened]), asked.limit, count=False).hits
        hits = [_hit(searcher, score, address, asked) for score, address in found]
        return [(hit, _shared(hit, weights)) for hit in hits]


def _shown(searcher: Searcher, address: Any) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(bytes(searcher.doc(address).get_first("shown") or b"{}"))
    return told


def _hit(searcher: Searcher, score: Any, address: Any, asked: Asked) -> Hit:
    told = _shown(searcher, address)
    inside = any(reach.inner and not reach.keys.isdisjoint(told["sees"]) for reach in asked.reaches)
    return Hit(
        told["kind"], told["id"], float(score or 0), told["number"], told["title"], told["text"],
        told["inner"] if inside else "",
    )  # fmt: skip


def _facets(searcher: Searcher, asked: Asked, query: Query) -> dict[str, dict[str, int]]:
    """Counts of each facet's values; those of a filter in use as if that filter were not, so that it can be changed."""
    if not asked.facets:
        return {}
    counts = {"": _counted(searcher, query)}
    for name in asked.tags.keys() & set(asked.facets):
        counts[name] = _counted(searcher, whole(SCHEMA, asked, without=name))
    return {
        facet: {
            tag.partition("=")[2]: n
            for tag, n in counts.get(facet, counts[""]).items()
            if tag.partition("=")[0] == facet
        }
        for facet in asked.facets
    }


def _counted(searcher: Searcher, query: Query) -> dict[str, int]:
    told = searcher.aggregate(query, {"tags": {"terms": {"field": "tags", "size": 1000}}})
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in told["tags"]["buckets"]}


def _telling(searcher: Searcher, text: str) -> dict[str, float]:
    """The terms of a text that tell it from others, with their weights: often here, seldom elsewhere."""
    total = searcher.num_docs + 1
    counts = Counter(term for term in grams(text[:KEPT]).split() if len(term) > 1)
    weights = {}
    for term, n in counts.items():
        if seen := max(searcher.doc_freq(field, term) for field in ("title", "text")):
            weights[term] = (1 + log(n)) * log(total / seen)
    return {
        term: weights[term] for term in nlargest(TERMS, weights, key=weights.__getitem__) if weights[term] > 0
    }


def _shared(hit: Hit, weights: dict[str, float]) -> list[str]:
    """Stretches of text that the hit has in common with what was asked, those that tell most first."""
    has = grams(f"{hit.title}\n{hit.text}").split()
    stretches: dict[str, float] = {}
    run, weight, last = "", 0.0, ""
    for term in [*has, ""]:
        if term in weights:
            grown = run and last[-1:] == term[:1] and len(last) == len(term) == 2
            if run and not grown:
                stretches[run] = weight
                run, weight = "", 0.0
            run, weight = (run + term[-1] if grown else term), weight + weights[term]
        elif run:
            stretches[run], run, weight = weight, "", 0.0
        last = term
    return [text for text in sorted(stretches, key=stretches.__getitem__, reverse=True) if len(text) > 1][:5]


class Tantivy:
    """Readers and writers of tantivy indexes."""

    def shape(self) -> str:
        probe = grams("어린이 보호구역을 2026-0123 AI")  # the rules of the grams are part of the shape
        told = orjson.dumps([3, TEXTS, NUMBERS, probe])
        return hashlib.sha256(told).hexdigest()[:12]

    def writer(self, folder: Path, *, heap: int = 0) -> TantivyWriter:
        return TantivyWriter(folder, heap)

    def reader(self, folder: Path) -> TantivyReader:
        return TantivyReader(folder)
