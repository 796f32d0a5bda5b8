"""What of a page would be written the same again is written once a process.

All of these are for macros of files imported without context: what such a macro writes is a function of what it is
given and nothing else, so that what was kept can be neither out of date nor another reader's. What it shows must be all
among the facts, the day too. Facts are told apart by their types as well: marked-up text is never taken for the plain
one that reads the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from jinja2.runtime import Macro
from markupsafe import Markup, escape

KEPT = 4096  # texts of about a kilobyte

# Stands in a kept text for what belongs to one reader, such as the proof that a form is ours. Nobody can guess it.
HOLE = Markup(f"<!--{secrets.token_hex(16)}-->")  # noqa: S704 - our own


@lru_cache(maxsize=KEPT, typed=True)
def kept(macro: Macro, *told: Hashable) -> Markup:
    """What the macro writes of these facts."""
    return cast("Markup", macro(*told))


@lru_cache(maxsize=64, typed=True)
def kept_page(macro: Macro, *told: Hashable) -> Markup:
    """``kept``, for texts of tens of kilobytes."""
    return cast("Markup", macro(*told))


def filled(text: Markup, filling: object) -> Markup:
    """A kept text with what belongs in its ``HOLE``."""
    return Markup(str.replace(text, HOLE, escape(filling)))  # noqa: S704 - both are escaped


def written(macro: Macro, rows: Iterable[Hashable], *told: Hashable) -> Markup:
    """What the macro writes of each row, one after the other."""
    return Markup("".join([kept(macro, row, *told) for row in rows]))  # noqa: S704 - what macros write


def remembered(macro: Macro) -> Callable[..., Markup]:
    """The macro, for small pieces that every page has in dozens; ``attrs`` may hold anything hashable."""

    @lru_cache(maxsize=KEPT, typed=True)
    def text(names: tuple[str, ...], *told: Hashable, **options: Hashable) -> Markup:
        values, plain = told[: len(names)], told[len(names) :]
        attrs = {"attrs": dict(zip(names, values, strict=True))} if names else {}
        return cast("Markup", macro(*plain, **options, **attrs))

    def piece(*told: Any, attrs: Mapping[str, Any] | None = None, **options: Any) -> Markup:
        return text(tuple(attrs), *attrs.values(), *told, **options) if attrs else text((), *told, **options)

    return piece
