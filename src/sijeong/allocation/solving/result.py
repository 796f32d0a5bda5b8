"""What came out, whole: everything a page, a notice or a citizen's question needs, and nothing of Django."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from .definition import Definition
from .flow import Ints
from .words import METHODS, told


@dataclass(frozen=True)
class Aim:
    """An aim in its order: its value, the bound proven for it, and what the value counts."""

    name: str
    words: str
    value: int
    bound: int


@dataclass(frozen=True)
class Use:
    """A resource: places, used, and what one more place would be worth, in words."""

    id: str
    name: str
    capacity: int
    used: int
    worth: str


@dataclass(frozen=True)
class Result:
    """`status`: optimal, feasible (within `Aim.bound`) or infeasible (then `conflict` says why, nobody placed).

    One row an applicant: `got` is an index into `resources` (-1: nothing); `code` and `facts` say why;
    `labels` turns a fact into a name. `sentence(row)` is the explanation in Korean.
    """

    allocation: str
    title: str
    structure: str
    method: str
    why_method: str
    status: str
    aims: tuple[Aim, ...]
    ids: tuple[str, ...]
    got: Ints
    code: Ints
    facts: Mapping[str, Ints] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    resources: tuple[Use, ...] = ()
    conflict: tuple[str, ...] = ()

    def sentence(self, row: int) -> str:
        """Why the applicant of this row got what they got, or nothing."""
        facts = {name: int(values[row]) for name, values in self.facts.items()}
        got = self.resources[self.got[row]].name if self.got[row] >= 0 else ""
        return told(self.structure, int(self.code[row]), facts, self.labels, got)

    def row(self, number: str) -> int:
        """The row of an application number. Raises KeyError."""
        try:
            return self.ids.index(number)
        except ValueError:
            raise KeyError(number) from None

    def as_json(self) -> str:
        """One canonical text: equal results give equal bytes."""
        data: dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                "allocation",
                "title",
                "structure",
                "method",
                "why_method",
                "status",
                "ids",
                "conflict",
            )
        }
        data |= {
            "aims": [asdict(aim) for aim in self.aims],
            "resources": [asdict(use) for use in self.resources],
        }
        data |= {"got": self.got.tolist(), "code": self.code.tolist(), "labels": dict(self.labels)}
        data["facts"] = {name: values.tolist() for name, values in self.facts.items()}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Result:
        data = json.loads(text)
        for name in ("ids", "conflict"):
            data[name] = tuple(data[name])
        data["aims"] = tuple(Aim(**aim) for aim in data["aims"])
        data["resources"] = tuple(Use(**use) for use in data["resources"])
        data |= {name: np.array(data[name], np.int64) for name in ("got", "code")}
        data["facts"] = {name: np.array(values, np.int64) for name, values in data["facts"].items()}
        data["labels"] = {name: tuple(values) for name, values in data["labels"].items()}
        return cls(**data)


def infeasible(
    definition: Definition, structure: str, ids: tuple[str, ...], code: int, conflict: tuple[str, ...]
) -> Result:
    """A result that assigns nothing and names the smallest set of demands and limits that cannot all hold."""
    method, why_method = METHODS[definition.method]
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure=structure,
        method=method,
        why_method=why_method,
        status="infeasible",
        aims=(),
        ids=ids,
        got=np.full(len(ids), -1, np.int64),
        code=np.full(len(ids), code, np.int64),
        conflict=conflict,
    )
