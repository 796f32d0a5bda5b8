"""Large libraries that few requests need: read when something of theirs is first used, not when a room is."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until something of it is asked for.

    ``pa = Late("pyarrow")`` beside an import under TYPE_CHECKING reads like the import, and costs a web process
    nothing until a run begins. Two threads may ask at once: the import itself holds Python's lock.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __reduce__(self) -> tuple[type[Late], tuple[str]]:
        return Late, (self._name,)  # code that is sent to a cluster reads the library there

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)  # the next asks without coming here
        return found
