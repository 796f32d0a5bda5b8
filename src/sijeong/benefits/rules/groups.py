"""Households and couples: facts added up over the members of a group.

In a table the members of a group stand together, ordered by the group's number; so a person's group is
found by looking at the neighbouring rows, and no index is built. What the compiled rules do with columns
(`source`), `aggregate` does with answers.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules.inputs import Input, Inputs

UNKNOWN: Final = -(2**62)  # the compiled mark of a group value that is not known
_CHUNK: Final = 1 << 20
_STARTS: Final = {"count": "0", "sum": "0", "any": "0", "max": "-2**61", "min": "2**61"}
_ADDS: Final = {
    "count": "result += 1",
    "sum": "result += of[j]",
    "any": "result = 1 if of[j] == 1 else result",
    "max": "result = max(result, of[j])",
    "min": "result = min(result, of[j])",
}


def aggregate(declared: Input, members: list[dict[str, Any]]) -> Any:
    """Return a group's value from its members' answers, or None where a member's own value is unknown."""
    operation, of = declared.aggregate
    if operation == "count":
        return len(members)
    values = [member.get(of) for member in members]
    if any(value is None for value in values):
        return None
    operations: dict[str, Any] = {"sum": sum, "any": any, "max": max, "min": min}
    return operations[operation](values)


def scattered(keys: npt.NDArray[np.int64]) -> int:
    """Return the first row whose group number is lower than an earlier one's, or -1. Negative: no group."""
    highest = -1
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        before = np.concatenate([[highest], part[:-1]])
        if part.min() < 0:  # rows without a group keep the number reached so far
            before = np.maximum(np.maximum.accumulate(before), highest)
            wrong = (part >= 0) & (part < before)
        else:
            wrong = part < before
        if wrong.any():
            return start + int(np.argmax(wrong))
        highest = max(highest, int(part.max()))
    return -1


def source(declared: Input, inputs: Inputs) -> str:
    """Return the compiled function that gives a person's group value from the columns."""
    operation, of = declared.aggregate
    lines = [
        "@compiled",
        f"def {declared.name.replace('.', '__')}(i, keys, of):",
        "    key = keys[i]",
        "    if key < 0:",
        f"        return {UNKNOWN}",
        "    j = i",
        "    while j > 0 and keys[j - 1] == key:",
        "        j -= 1",
        f"    result = {_STARTS[operation]}",
        "    while j < len(keys) and keys[j] == key:",
    ]
    if of and inputs[of].missing == "unknown":
        lines += [f"        if of[j] == {inputs[of].null}:", f"            return {UNKNOWN}"]
    return "\n".join([*lines, f"        {_ADDS[operation]}", "        j += 1", "    return result"])
