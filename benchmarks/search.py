"""Searches 100,000 Korean documents in tantivy over Hangul bigrams, beside SQLite FTS5 over the same bigrams.

    python benchmarks/search.py [--documents 100000] [--questions 200] [--seed 1]

The documents are made from a seed: nouns of a city's work, compounds with and without spaces, each noun with a
particle. Some hold a compound planted for one question, written in any way; these are the truth that recall@10 is
counted against. Told is CPU time, which other work on the machine does not lengthen: of tokenising, of building, and
of a question, part by part and whole (as the page asks it: 20 hits with facets and marked snippets), as median, p95
and the ratio of the peer to it, all in one process on the same questions.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from sijeong.search.engine import Asked, Document, Reach
from sijeong.search.grams import bigrams, grams, words
from sijeong.search.highlight import snippet
from sijeong.search.shelf import Tantivy, TantivyReader

NOUNS = [
    "어린이",
    "보호",
    "구역",
    "청사",
    "시설",
    "개선",
    "예산",
    "집행",
    "내역",
    "주차장",
    "단속",
    "현황",
    "보행",
    "안전",
    "하수관로",
    "정비",
    "계획",
    "공원",
    "녹지",
    "조성",
    "사업",
    "복지",
    "시설",
    "점검",
    "결과",
    "청년",
    "일자리",
    "지원",
    "대중교통",
    "노선",
    "조정",
    "공공도서관",
    "휴관일",
    "재난",
    "대응",
    "훈련",
    "임대주택",
    "공급",
    "물량",
    "미세먼지",
    "저감",
    "대책",
    "전통시장",
    "활성화",
    "위원회",
    "운영",
    "실적",
    "민원",
    "처리",
    "기간",
    "공공건축물",
    "에너지",
    "절감",
    "자전거",
    "도로",
    "확충",
    "노인",
    "돌봄",
    "서비스",
    "장애인",
    "이동권",
    "문화",
    "예술",
    "행사",
    "보조금",
    "정산",
    "감사",
    "지적",
    "조치",
    "정원",
    "현원",
    "조직",
    "진단",
    "용역",
    "계약",
    "업체",
    "선정",
    "기준",
    "개인정보",
    "보호",
    "교육",
    "홍보물",
    "제작",
    "배포",
    "수도",
    "요금",
    "체납",
    "징수",
]
ENDINGS = [
    "",
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "의",
    "에",
    "에서",
    "으로",
    "과",
    "와",
    "까지",
    "부터",
    "에 대한",
    "에 관한",
]
VERBS = ["추진함.", "검토하고 있습니다.", "제출합니다.", "마련할 것.", "시행하였음.", "보고하기로 함."]
SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4, 7)]
ME = (Reach(frozenset({"government"}), inner=True),)
PLANTED = 6
FACETS = ("type", "year", "unit")
Ask = Callable[[str], list[int]]


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def said(parts: list[str], random: Random) -> str:
    """A compound in a text: its parts with or without a space or a particle between them, and one behind."""
    way = random.random()
    between = "" if way < 0.4 else " " if way < 0.8 else "의 "
    return between.join(parts) + random.choice(ENDINGS)


def compounds(many: int, random: Random) -> list[list[str]]:
    """Names of things that no other text speaks of: a made-up word and two known ones."""
    made = {"".join(random.choices(SYLLABLES, k=3)) for _ in range(many * 2)}
    return [[name, *random.sample(NOUNS, 2)] for name in sorted(made)[:many]]


def text(random: Random) -> str:
    sentences = []
    for _ in range(random.randint(3, 9)):
        nouns = [
            said(random.choices(NOUNS, k=random.randint(1, 2)), random) for _ in range(random.randint(3, 7))
        ]
        sentences.append(" ".join([*nouns, random.choice(VERBS)]))
    return " ".join(sentences)


def documents(many: int, asked: list[list[str]], random: Random) -> Iterator[tuple[Document, int | None]]:
    """The documents, each with the question that it answers, if any."""
    planted = dict(
        zip(random.sample(range(many), len(asked) * PLANTED), list(range(len(asked))) * PLANTED, strict=True)
    )
    for id in range(many):
        body, question = text(random), planted.get(id)
        if question is not None:
            body = f"{body} {said(asked[question], random)} {random.choice(VERBS)} {text(random)}"
        title = " ".join(random.sample(NOUNS, 4))
        tags = {
            "type": (random.choice("abcdef"),),
            "year": (str(random.randint(2018, 2026)),),
            "unit": (str(random.randint(1, 120)),),
        }
        sees = frozenset({"government", f"works:{random.randint(1, 120)}"})
        yield (
            Document("case", id, title, sees, text=body, tags=tags, number=f"자료요구-2026-{id:06}", at=id),
            question,
        )


def question(parts: list[str], random: Random) -> str:
    """What somebody types: with spaces or without, perhaps with a particle behind."""
    return random.choice(["", " "]).join(parts) + random.choice(ENDINGS[:9])


def timed(ask: Ask, questions: list[str]) -> tuple[list[float], list[list[int]]]:
    """Milliseconds and answers of each question, after a first round that nobody measures."""
    for q in questions[:20]:
        ask(q)
    took, answers = [], []
    for q in questions:
        began = time.process_time()
        answers.append(ask(q))
        took.append((time.process_time() - began) * 1000)
    return took, answers


def recall(answers: list[list[int]], truth: list[set[int]]) -> float:
    return statistics.fmean(
        len(set(got[:10]) & want) / min(10, len(want)) for got, want in zip(answers, truth, strict=True)
    )


def told(name: str, took: list[float], answers: list[list[int]], truth: list[set[int]] | None) -> None:
    """A line of the report; recall where it is known what should be found, and ten are asked for."""
    p95 = statistics.quantiles(took, n=20)[18]
    found = f"   recall@10 {recall(answers, truth):.3f}" if truth and max(map(len, answers)) > 1 else ""
    tell(f"{name:<46}p50 {statistics.median(took):8.2f} ms   p95 {p95:8.2f} ms{found}")


def tantivy(folder: Path, made: list[Document]) -> TantivyReader:
    began = time.process_time()
    writer = Tantivy().writer(folder, heap=64_000_000)
    for document in made:
        writer.put(document)
    writer.commit({})
    writer.close(tidy=True)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1024**2
    tell(
        f"tantivy: built in {time.process_time() - began:.1f} s of CPU, {size:,.0f} MB with the texts for highlights"
    )
    return Tantivy().reader(folder)


def parts(reader: TantivyReader, questions: list[str]) -> dict[str, Ask]:
    """What a question is made of, each part on its own, and the whole as the page asks it."""
    found = {q: reader.search(Asked(q, ME, limit=20)) for q in questions}

    def bare(q: str) -> list[int]:
        return reader.ids(Asked(q, ME), 20)

    def hits(q: str) -> list[int]:
        return [hit.id for hit in reader.search(Asked(q, ME, limit=20)).hits]

    def facets(q: str) -> list[int]:
        return [hit.id for hit in reader.search(Asked(q, ME, facets=FACETS, limit=1)).hits]

    def marks(q: str) -> list[int]:
        return [hit.id for hit in found[q].hits if snippet(hit.text, q)]

    def whole(q: str) -> list[int]:
        answered = reader.search(Asked(q, ME, facets=FACETS, limit=20))
        return [hit.id for hit in answered.hits if snippet(hit.text, q)]

    return {
        "ids of 20, with the reader's keys": bare, "20 hits with texts, and how many": hits,
        "one hit and the facets": facets, "marks of 20 texts": marks, "the whole question": whole,
    }  # fmt: skip


def fts5(folder: Path, made: list[Document], tokenised: list[str]) -> Ask:
    """The same tokens in SQLite's own full-text index, ranked by its BM25; without facets and highlights."""
    began = time.process_time()
    database = sqlite3.connect(folder / "fts.sqlite3")
    database.execute('CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = "unicode61")')
    rows = (
        (document.id, grams(document.title), body) for document, body in zip(made, tokenised, strict=True)
    )
    database.executemany("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", rows)
    database.commit()
    tell(f"SQLite FTS5: built in {time.process_time() - began:.1f} s of CPU")
    sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20"

    def ask(q: str) -> list[int]:
        # Pairs of a word side by side, or (a particle may stand inside) each of its parts somewhere.
        pairs = [f'"{pair}"' for word in words(q) for pair in bigrams(word.stem)]
        needed = " OR ".join(pairs)
        return [row[0] for row in database.execute(sql, [needed])]

    return ask


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)  # noqa: S311
    asked = compounds(options.questions, random)
    pairs = list(documents(options.documents, asked, random))
    made = [document for document, _ in pairs]
    truth: list[set[int]] = [set() for _ in asked]
    for document, which in pairs:
        if which is not None:
            truth[which].add(document.id)
    characters = sum(len(document.text) for document in made)
    tell(
        f"{len(made):,} documents, {characters / len(made):.0f} characters each; {PLANTED} answer each of {len(asked)} questions"
    )
    began = time.process_time()
    tokenised = [grams(document.text) for document in made]
    tell(f"tokenising: {time.process_time() - began:.1f} s of CPU")
    questions = [question(parts, random) for parts in asked]
    common = [" ".join(random.sample(NOUNS, 2)) for _ in asked]
    with tempfile.TemporaryDirectory() as folder:
        reader = tantivy(Path(folder), made)
        peer = fts5(Path(folder), made, tokenised)
        for name, asking, wanted in (
            ("a planted compound", questions, truth),
            ("two common words", common, None),
        ):
            tell(f"{name}:")
            for part, ask in parts(reader, asking).items():
                took, answers = timed(ask, asking)
                told(f"  tantivy, {part}", took, answers, wanted)
            theirs, answers = timed(peer, asking)
            told("  SQLite FTS5, ids of 20", theirs, answers, wanted)
            tell(f"  FTS5 to the whole question: {statistics.median(theirs) / statistics.median(took):.1f}")


if __name__ == "__main__":
    main()
