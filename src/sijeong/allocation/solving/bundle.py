"""Everything needed to compute an allocation again, without names, in one file that cannot be changed unseen.

The bundle is a ZIP without compression and with fixed dates, so equal content is equal bytes. To verify, the
whole file is built again from its definition, tables and draw, and compared byte by byte; the published
fingerprints of the frozen list and of the seed tie the bundle to what was announced before the draw.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from . import engine, lottery
from .definition import BadDefinition, Definition, parse
from .districts import NOWHERE, Districts
from .districts import read as read_districts
from .intake import BadTable, Column, moment, named
from .intake import columns as read_columns
from .result import Result

Rows = Sequence[Sequence[str]]
PATIENCE = 20
WHOLE = "파일 전체가 한 바이트도 다르지 않음"
TABLES = ("applicants", "resources", "scores", "mentors")


@dataclass(frozen=True)
class Draw:
    """Where the random value of a lottery came from: a seed once committed to, or a public beacon's round."""

    value: bytes = b""
    commitment: str = ""
    beacon_round: str = ""

    def as_json(self) -> str:
        data = {"value": self.value.hex(), "commitment": self.commitment, "beacon_round": self.beacon_round}
        return canonical(data)

    @classmethod
    def from_json(cls, text: str) -> Draw:
        data = json.loads(text)
        return cls(bytes.fromhex(data["value"]), data["commitment"], data["beacon_round"])


@dataclass(frozen=True)
class Check:
    """One thing looked at, in words, and whether it held; `open` where it was only taken as the bundle says it."""

    words: str
    held: bool
    open: bool = False


@cache
def engine_name() -> str:
    return f"ortools {version('ortools')}"


def canonical(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def as_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def publish(
    definition: Definition, tables: Mapping[str, Rows], salt: bytes
) -> tuple[dict[str, Rows], dict[str, str]]:
    """The tables as published, and which number became which.

    Only columns that the definition uses; numbers become pseudonyms; times of receipt become the order of
    receipt; rows stand in the order of the pseudonyms, so the list does not betray the order of entry.
    Raises BadTable.
    """
    columns = definition.applicants.columns
    special = {"id": (named, True), "received": (moment, False)}
    wanted = {role: Column(heading, *special.get(role, (str, False))) for role, heading in columns.items()}
    found = read_columns(definition.applicants.noun, tables["applicants"], wanted)
    headings = list(tables["applicants"][0])
    number, received = headings.index(columns["id"]), headings.index(columns["received"])
    rows = [[*row, *[""] * (len(headings) - len(row))] for row in tables["applicants"][1:]]
    names = {ident: lottery.pseudonym(salt, ident) for ident in found["id"]}
    order = lottery.receipt(found["received"], found["id"])
    kept = [headings.index(heading) for heading in columns.values()]
    for row, rank in zip(rows, order, strict=True):
        row[number], row[received] = names[row[number]], str(int(rank) + 1)
    public: dict[str, Rows] = dict(tables)
    body = sorted([[row[k] for k in kept] for row in rows], key=lambda row: row[list(columns).index("id")])
    public["applicants"] = [[headings[k] for k in kept], *body]
    if "scores" in tables:
        head, *scores = tables["scores"]
        team = list(head).index("팀번호")
        scores = [
            [names.get(cell, cell) if k == team else cell for k, cell in enumerate(row)] for row in scores
        ]
        public["scores"] = [head, *sorted(scores, key=list)]
    return public, names


def list_fingerprint(public: Mapping[str, Rows]) -> str:
    """What is published when the list is frozen, before the draw."""
    return sha256(as_csv(public["applicants"]))


def pack(
    definition_text: str, districts_text: str, public: Mapping[str, Rows], *, draw: Draw, result: Result
) -> bytes:
    """The bundle as bytes."""
    files = {"definition.yaml": definition_text.encode(), "districts.csv": districts_text.encode()}
    files |= {f"{name}.csv": as_csv(public[name]) for name in TABLES if name in public}
    files |= {"draw.json": draw.as_json().encode(), "result.json": result.as_json().encode()}
    listing = {"engine": engine_name(), "files": {name: sha256(body) for name, body in files.items()}}
    files["manifest.json"] = canonical(listing).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return out.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Files by name. Raises ValueError if this is no whole ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(each.compress_type != zipfile.ZIP_STORED for each in archive.infolist()):
                raise ValueError("압축된 파일이 들어 있습니다")
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise ValueError(f"꾸러미를 열 수 없습니다: {error}") from None


@dataclass(frozen=True)
class Given:
    """What a bundle says, read but not yet checked."""

    definition: Definition
    texts: tuple[str, str]
    districts: Districts
    tables: dict[str, Rows]
    draw: Draw
    result: Result
    engine: str


def given(content: bytes) -> Given:
    """The parts of a bundle. Raises ValueError if it cannot be read."""
    files = unpack(content)
    try:
        text, places = files["definition.yaml"].decode(), files["districts.csv"].decode()
        return Given(
            parse(text, "definition.yaml"),
            (text, places),
            read_districts(places, "districts.csv") if places else NOWHERE,
            {name: as_rows(files[f"{name}.csv"]) for name in TABLES if f"{name}.csv" in files},
            Draw.from_json(files["draw.json"].decode()),
            Result.from_json(files["result.json"].decode()),
            str(json.loads(files["manifest.json"])["engine"]),
        )
    except (KeyError, TypeError, IndexError, BadDefinition) as error:
        raise ValueError(f"꾸러미의 내용을 읽을 수 없습니다: {error}") from None


def verify(content: bytes, list_sha256: str = "", commitment: str = "") -> list[Check]:
    """Compute everything again. The last check is whether the whole file is what it must be, byte by byte; a file
    that is not even what its own parts make is not computed.

    A result that claims no proof is not searched for again: its decisions are held against every limit, its aims are
    counted, and the bounds stay what the bundle says. `list_sha256` and `commitment`: what was published before the
    draw; empty where not at hand.
    """
    try:
        said = given(content)
        as_read = pack(*said.texts, said.tables, draw=said.draw, result=said.result)
        version = Check(f"계산기의 판 {said.engine}", said.engine == engine_name())
        if as_read != content:
            return [version, Check(WHOLE, False)]
        proven = said.result.status != "feasible"
        result = recomputed(said, proven)
    except (ValueError, BadTable, ArithmeticError, IndexError, KeyError, TypeError) as error:
        return [Check(str(error), False)]
    frozen = list_fingerprint(said.tables)
    same = said.result.as_json() == result.as_json()
    return [
        Check(f"동결 명단의 SHA-256 {frozen}", list_sha256 in ("", frozen)),
        version,
        Check("추첨 값이 미리 공개한 약속과 맞음", committed(said.draw, commitment)),
        *(claims(result, same) if not proven else [Check("결정을 다시 계산한 값과 같음", same)]),
        Check(WHOLE, same),
    ]


def recomputed(said: Given, proven: bool) -> Result:
    """The result again. A search is given more time than it had, since this machine may be a slow one."""
    definition, seed = said.definition, said.draw.value or None
    if not proven:
        return engine.again(definition, said.tables, said.districts, said.result, seed)
    if definition.visits:
        patient = definition.visits.model_copy(update={"seconds": definition.visits.seconds * PATIENCE})
        definition = definition.model_copy(update={"visits": patient})
    return engine.run(definition, said.tables, said.districts, seed)


def claims(result: Result, same: bool) -> list[Check]:
    """What could be looked at of a result whose search ended before the proof, and what could not."""
    bounds = [f"{aim.words} {aim.bound:,}(값 {aim.value:,})" for aim in result.aims if aim.value != aim.bound]
    return [
        Check("결정이 모든 한도와 규칙을 지킴", True),
        Check("목표의 값과 까닭이 다시 셈한 것과 같음", same),
        Check(
            f"더 나은 결과가 없는지는 확인하지 않음. 꾸러미가 밝힌 한계: {', '.join(bounds)}", True, open=True
        ),
    ]


def committed(draw: Draw, published: str) -> bool:
    """A seed must hash to its commitment and that to the published one; a beacon round carries its own proof."""
    if not draw.commitment:
        return not published
    return lottery.commitment(draw.value) == draw.commitment and published in ("", draw.commitment)
