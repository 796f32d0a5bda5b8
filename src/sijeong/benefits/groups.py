"""Puts persons together by household or couple: group row numbers, and aggregates over the members."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

from sijeong.benefits.emit import group_null
from sijeong.benefits.inputs import Input

_compiled = njit(cache=True, nogil=True, boundscheck=False)
_FEW: Final = 8  # group numbers spread wider than so many times the rows are numbered anew
UNKNOWN_INT: Final = -(2**62)
UNKNOWN_BOOL: Final = -128


def null_of(declared: Input) -> int:
    return group_null(declared)


def dtype_of(declared: Input) -> np.dtype[Any]:
    return np.dtype(np.int64 if declared.kind == "int" else np.int8)


def index(keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int32], int]:
    """Return each person's group row (-1: none) and the number of rows. Numbers need not be in order."""
    if not len(keys):
        return np.empty(0, np.int32), 1
    low, high = _bounds(keys)
    if high < 0:
        return np.full(len(keys), -1, np.int32), 1
    if high - low < _FEW * len(keys):
        return _shifted(keys, low), int(high - low + 1)
    found, rows = np.unique(keys, return_inverse=True)
    none = int(found[0] == -1)
    return (rows - none).astype(np.int32), len(found)


def aggregate(
    operation: str, rows: npt.NDArray[np.int32], size: int, values: npt.NDArray[Any] | None, null: int
) -> npt.NDArray[Any]:
    """Return one value a group. A member whose value is unknown (`null`) makes the group's unknown; a count never is."""
    if operation == "count" or values is None:
        return _count(rows, size)
    if operation == "sum":
        return _sum(rows, size, values, null)
    if operation == "any":
        return _any(rows, size, values, null)
    return _extreme(rows, size, values, null, 1 if operation == "max" else -1)


@_compiled
def _bounds(keys: npt.NDArray[np.int64]) -> tuple[int, int]:
    low, high = 2**62, -1
    for key in keys:
        if key >= 0:
            low, high = min(low, key), max(high, key)
    return low, high


@_compiled
def _shifted(keys: npt.NDArray[np.int64], low: int) -> npt.NDArray[np.int32]:
    rows = np.empty(len(keys), np.int32)
    for i in range(len(keys)):
        rows[i] = keys[i] - low if keys[i] >= 0 else -1
    return rows


@_compiled
def _count(rows: npt.NDArray[np.int32], size: int) -> npt.NDArray[np.int64]:
    result = np.zeros(size, np.int64)
    for row in rows:
        if row >= 0:
            result[row] += 1
    return result


@_compiled
def _sum(
    rows: npt.NDArray[np.int32], size: int, values: npt.NDArray[Any], null: int
) -> npt.NDArray[np.int64]:
    result = np.zeros(size, np.int64)
    for i in range(len(rows)):
        row = rows[i]
        if row >= 0:
            if values[i] == null or result[row] == UNKNOWN_INT:
                result[row] = UNKNOWN_INT
            else:
                result[row] += values[i]
    return result


@_compiled
def _any(rows: npt.NDArray[np.int32], size: int, values: npt.NDArray[Any], null: int) -> npt.NDArray[np.int8]:
    result = np.zeros(size, np.int8)
    for i in range(len(rows)):
        row = rows[i]
        if row >= 0:
            if values[i] == null or result[row] == UNKNOWN_BOOL:
                result[row] = UNKNOWN_BOOL
            elif values[i] == 1:
                result[row] = 1
    return result


@_compiled
def _extreme(
    rows: npt.NDArray[np.int32], size: int, values: npt.NDArray[Any], null: int, sign: int
) -> npt.NDArray[np.int64]:
    nothing = -sign * (2**61)
    result = np.full(size, nothing, np.int64)
    for i in range(len(rows)):
        row = rows[i]
        if row >= 0:
            if values[i] == null or result[row] == UNKNOWN_INT:
                result[row] = UNKNOWN_INT
            elif sign * values[i] > sign * result[row]:
                result[row] = values[i]
    return result
