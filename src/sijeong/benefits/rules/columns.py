"""A population's table as the narrow integer columns the kernel reads; what is wrong is named with its row.

A column of the table bears the name of its input. An empty cell of an input declared `missing: unknown`
becomes the lowest value of the column's type, which the kernel answers with "unknown"; of any other input it
is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules import groups
from sijeong.benefits.rules.inputs import Group, Input, Inputs
from sijeong.benefits.rules.kernel import Columns
from sijeong.benefits.rules.rulebook import Rulebook
from sijeong.late import Late

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc
else:
    pa = Late("pyarrow")
    pc = Late("pyarrow.compute")

CONTEXT: Final = {"person_id": "사람 번호", "district": "자치구 코드", "applied_day": "신청일(1월 1일이 1)"}


class BadPopulation(ValueError):
    """A table that can't be used: which column, which row (1-based), what is wrong, what is allowed."""

    def __init__(self, column: str, row: int | None, message: str) -> None:
        super().__init__(f"{column}{f' {row:,}행' if row else ''}: {message}")
        self.column, self.row = column, row


def check_names(names: list[str], rulebook: Rulebook) -> None:
    """Raise `BadPopulation` for a column that is unknown, double or absent."""
    keys = {group.key for group in rulebook.inputs.groups.values()}
    known = set(rulebook.inputs.by_name) | keys | set(CONTEXT)
    for name in names:
        if name not in known:
            raise BadPopulation(name, None, "모르는 열입니다 (inputs.yaml에 선언된 이름만 쓸 수 있습니다)")
        if names.count(name) > 1:
            raise BadPopulation(name, None, "열이 두 번 있습니다")
    for name in source_columns(rulebook):
        if name not in names:
            raise BadPopulation(name, None, "열이 없습니다")


def source_columns(rulebook: Rulebook) -> list[str]:
    """The table columns a rulebook needs: inputs, the members' values behind group inputs, group keys."""
    names: list[str] = []
    for name in rulebook.needed_inputs():
        declared = rulebook.inputs[name]
        if declared.group:
            names += [rulebook.inputs.groups[declared.group].key, *filter(None, [declared.aggregate[1]])]
        else:
            names.append(name)
    return list(dict.fromkeys(names))


def prepare(table: pa.Table | pa.RecordBatch, rulebook: Rulebook, first_row: int = 1) -> Columns:
    """Return the kernel's columns for a table; `first_row` is the number its first row is named by.

    Raises `BadPopulation`. A column already of the right type without empty cells is not copied.
    """
    check_names(table.schema.names, rulebook)
    columns: Columns = {"__rows__": np.empty(table.num_rows, np.bool_)}
    keys = {group.key: group for group in rulebook.inputs.groups.values()}
    for name in source_columns(rulebook):
        if name in keys:
            columns[name] = _key(table, keys[name], first_row)
        else:
            columns[name] = _column(table, rulebook.inputs[name], first_row)
    return columns


def _key(table: Any, group: Group, first_row: int) -> npt.NDArray[np.int64]:
    """Group numbers; -1 where a person has none and that counts as unknown."""
    array = _whole(table, group.key)
    if not pa.types.is_integer(array.type):
        raise BadPopulation(group.key, None, f"정수여야 합니다 ({array.type}입니다)")
    if array.null_count:
        if group.missing == "refuse":
            raise BadPopulation(
                group.key, first_row + _first(array.is_null()), f"{group.korean}이(가) 없는 사람입니다"
            )
        array = array.fill_null(-1)
    keys: npt.NDArray[np.int64] = array.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
    lowest = int(keys.min()) if len(keys) else 0
    if lowest < -1 or (lowest < 0 and group.missing == "refuse"):
        row = first_row + int(np.argmax(keys < (0 if group.missing == "refuse" else -1)))
        raise BadPopulation(group.key, row, f"{group.korean} 번호가 음수입니다")
    place = groups.scattered(keys)
    if place >= 0:
        raise BadPopulation(group.key, first_row + place, f"{group.korean} 번호의 순서로 놓여 있지 않습니다")
    return keys


def _column(table: Any, declared: Input, first_row: int) -> npt.NDArray[Any]:
    array = _whole(table, declared.name)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if declared.kind == "choice" and pa.types.is_string(array.type):
        array = _codes(array, declared, first_row)
    if not (pa.types.is_integer(array.type) or (declared.kind == "bool" and pa.types.is_boolean(array.type))):
        raise BadPopulation(declared.name, None, f"형이 다릅니다: {array.type} (허용: {declared.allowed})")
    if array.null_count and declared.missing == "refuse":
        raise BadPopulation(
            declared.name, first_row + _first(array.is_null()), "빈칸입니다 (빈칸을 받지 않는 입력)"
        )
    _check_range(array, declared, first_row)
    if pa.types.is_boolean(array.type):
        array = array.cast(pa.int8())
    if array.null_count:
        array = array.cast(pa.int64()).fill_null(declared.null)
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False)).astype(declared.dtype, copy=False)


def _check_range(array: Any, declared: Input, first_row: int) -> None:
    if pa.types.is_boolean(array.type) or len(array) == array.null_count:
        return
    extremes = pc.min_max(array).as_py()
    if extremes["min"] < declared.low or extremes["max"] > declared.high:
        wrong = pc.or_(pc.less(array, declared.low), pc.greater(array, declared.high))
        place = _first(pc.fill_null(wrong, False))
        message = f"{array[place].as_py():,}은(는) 범위 밖입니다 (허용: {declared.allowed})"
        raise BadPopulation(declared.name, first_row + place, message)


def _codes(array: Any, declared: Input, first_row: int) -> Any:
    codes = pc.index_in(array, value_set=pa.array(declared.choices))
    wrong = pc.and_(codes.is_null(), array.is_valid())
    if pc.any(wrong).as_py():
        place = _first(wrong)
        message = f"{array[place].as_py()!r}은(는) 고를 수 없습니다 (허용: {declared.allowed})"
        raise BadPopulation(declared.name, first_row + place, message)
    return codes


def _whole(table: Any, name: str) -> Any:
    array = table.column(name)
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    return array


def _first(mask: Any) -> int:
    place: int = pc.index(mask, True).as_py()
    return place


def from_answers(people: list[dict[str, Any]], keys: dict[str, list[int]], inputs: Inputs) -> Columns:
    """Columns from persons' checked answers, with the group numbers of each key column (-1: none)."""
    columns: Columns = {"__rows__": np.empty(len(people), np.bool_)}
    for key, numbers in keys.items():
        columns[key] = np.array(numbers, dtype=np.int64)
    for name, declared in inputs.by_name.items():
        if not declared.group:
            codes = [declared.encode(person[name]) if name in person else declared.null for person in people]
            columns[name] = np.array(codes, dtype=declared.dtype)
    return columns
