"""What applying a city folder would change: types created, changed (path by path) and removed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sijeong.catalog.case_type import CaseType


@dataclass(frozen=True)
class Difference:
    """One value at `path`, such as `states.in_hand.public`; None on the side where it isn't."""

    path: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.path}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(frozen=True)
class Change:
    """A case type created (no differences), changed or removed (no differences)."""

    code: str
    name: str
    differences: tuple[Difference, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


@dataclass(frozen=True)
class Plan:
    """False in a boolean sense when there is nothing to apply."""

    created: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def __str__(self) -> str:
        if not self:
            return "바뀌는 사안 유형이 없습니다."
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for sign, changes in (("+ 신설", self.created), ("~ 변경", self.changed), ("- 폐지", self.removed)):
            for change in changes:
                yield f"{sign} {change}"
                yield from (f"    {difference}" for difference in change.differences)
        yield f"신설 {len(self.created)}, 변경 {len(self.changed)}, 폐지 {len(self.removed)}."
        if self.changed or self.removed:
            yield "진행 중인 사안은 접수할 때의 유형을 그대로 따릅니다."

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def plan(old: Mapping[str, CaseType], new: Mapping[str, CaseType]) -> Plan:
    """Both by code. Empty exactly when both hold the same types."""
    return Plan(
        created=tuple(Change(code, new[code].name) for code in sorted(new.keys() - old.keys())),
        changed=tuple(
            Change(code, new[code].name, tuple(_compare("", old[code].as_json(), new[code].as_json())))
            for code in sorted(new.keys() & old.keys())
            if old[code] != new[code]
        ),
        removed=tuple(Change(code, old[code].name) for code in sorted(old.keys() - new.keys())),
    )


def _compare(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _compare(f"{path}.{key}" if path else key, old.get(key), new.get(key))
    elif _has_names(old) and _has_names(new):
        before, after = _by_name(old), _by_name(new)
        yield from _compare(path, before, after)
        kept_before, kept_after = (
            [key for key in before if key in after],
            [key for key in after if key in before],
        )
        if kept_before != kept_after:
            yield Difference(f"{path} 순서", kept_before, kept_after)
    elif old != new:
        yield Difference(path, old, new)


def _has_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _by_name(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Parts by their code, transitions by their act; the second `withdraw` is `withdraw#2`."""
    named: dict[str, dict[str, Any]] = {}
    for part in parts:
        name = key = part["code"] if "code" in part else part["act"]
        count = 1
        while key in named:
            count += 1
            key = f"{name}#{count}"
        named[key] = part
    return named


def _shown(value: Any) -> str:
    return "없음" if value is None else json.dumps(value, ensure_ascii=False)
