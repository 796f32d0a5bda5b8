"""The reference page of the room: each allocation of a city worked through on a small seeded instance."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from . import changes, demo, engine
from .definition import Definition, load
from .result import Result

SIZES = {
    "home_care": 0.05,
    "beds": 0.1,
    "tests": 0.01,
    "benefit_places": 0.1,
    "jeju_retreat": 0.25,
    "next_local": 1.0,
    "care_visits": 0.25,
}
SEED = b"worked example"
HEAD = """# 배정: 일곱 정의와 푼 보기

이 쪽은 `sijeong allocate reference`가 쓴다. 보기의 표는 씨앗 1로 만든 시연용 표를 줄인 것이고, 추첨 값은 `worked example`이다.
"""


def page(city: Path) -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for name, scale in SIZES.items():
        definition = load(city / "allocations" / f"{name}.yaml")
        districts = engine.districts_of(definition, city)
        tables = demo.tables(definition, districts, 1, scale)
        seed = SEED if definition.tie == "lottery" else None
        result = engine.run(definition, tables, districts, seed)
        chosen = [int(np.flatnonzero(result.code == code)[-1]) for code in np.unique(result.code)]
        lines = []
        for row in chosen:
            number = result.ids[row]
            change = changes.smallest_change(definition, tables, districts, result, number=number, seed=seed)
            lines.append(f"- `{number}`: {result.sentence(row)} {change}".rstrip())
        parts.append(section(definition, result, lines))
    return "\n".join(parts)


def section(definition: Definition, result: Result, lines: list[str]) -> str:
    basis = ", ".join(definition.basis)
    rows = "\n".join(f"| {aim.words} | {aim.value:,} | {aim.bound:,} |" for aim in result.aims)
    uses = sorted(result.resources, key=lambda use: (-use.used, use.id))[:3]
    used = "\n".join(f"| {use.name} | {use.capacity:,} | {use.used:,} | {use.worth} |" for use in uses)
    return f"""
## {definition.title} (`{definition.allocation}`)

근거: {basis}. {definition.applicants.noun} {len(result.ids):,}건.
방법: {result.method}. {result.why_method} 결과: `{result.status}`.

| 목표(앞선 것부터) | 값 | 한계 |
|---|---:|---:|
{rows}

| 가장 많이 쓰인 {definition.resources.noun} | 정원 | 쓰임 | 하나 더 있으면 |
|---|---:|---:|---|
{used}

{chr(10).join(lines)}
"""
