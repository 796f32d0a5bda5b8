"""Questions that every page asks, whose SQL is written once a process.

To write a statement from a queryset costs Django four times what it costs the database to answer it. What a page asks
again and again is therefore written once and asked with other values: the statement is the queryset's own, and so are
the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from psycopg.sql import Literal

Row = TypeVar("Row")
PLACEHOLDER = re.compile("%[s%]")
KEPT = 512  # statements of a few kilobytes, each with what it holds


class Prepared(Generic[Row]):
    """The rows of a queryset whose statement is written once for each set of ``fixed`` facts.

    ``build`` gives the queryset from values and fixed facts. Values may differ from time to time and stand in the
    statement as parameters, unchanged: whole numbers, texts, days, moments, and tuples of these, of which each length
    is a statement of its own. Everything else that the queryset depends on must be among the fixed facts, hashable.
    A queryset of models or of ``values_list``; without ``prefetch_related``. Raises TypeError for a value that the
    statement does not hold as it was given.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._statement = lru_cache(maxsize=KEPT)(self._written)

    def __call__(self, *values: Any, **fixed: Hashable) -> list[Row]:
        shape = tuple([(type(value), len(value) if isinstance(value, tuple) else -1) for value in values])
        statement = self._statement(connection.vendor, shape, **fixed)
        return statement(_flat(values)) if statement else []

    def first(self, *values: Any, **fixed: Hashable) -> Row | None:
        """The first row, for a queryset that gives at most one or is itself limited."""
        return next(iter(self(*values, **fixed)), None)

    def _written(
        self, vendor: str, shape: tuple[tuple[type, int], ...], **fixed: Hashable
    ) -> Statement[Row] | None:
        """The statement; None where Django sees that no row can be."""
        marks = _Marks()
        given = [marks.of(kind, length) for kind, length in shape]
        try:
            return Statement(self._build(*given, **fixed), marks.made)
        except EmptyResultSet:
            return None


def attach(owner: Model, name: str, rows: list[Any]) -> None:
    """Have ``owner.<name>.all()`` give these rows, as ``prefetch_related`` would have brought them."""
    found = getattr(owner, name).all()
    found._result_cache, found._prefetch_done = rows, True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


class _Marks:
    """Values that nobody asks for, to be found again among the parameters of the statement."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def of(self, kind: type, length: int) -> Any:
        if issubclass(kind, tuple):
            # What a tuple holds is told by its use: keys of rows.
            return tuple(self.of(int, -1) for _ in range(length))
        place = len(self.made)
        mark = _MARKS[kind](place)
        self.made.append(mark)
        return mark


_FAR = dt.datetime(7001, 1, 1, 3, 3, 3, 7, tzinfo=dt.UTC)
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_100_771_003 + place,  # any key's column holds it
    str: lambda place: f"\ue000{place}\ue001",
    dt.date: lambda place: _FAR.date() + dt.timedelta(place),
    dt.datetime: lambda place: _FAR + dt.timedelta(place),
}


def _flat(values: Collection[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            flat += value
        else:
            flat.append(value)
    return flat


class Statement(Generic[Row]):
    """A statement as the compiler wrote it, where its values go, and what makes rows of its rows."""

    def __init__(self, rows: QuerySet[Any, Row], marks: list[Any]) -> None:
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        places = list(_places(list(parameters), marks))
        if missing := {*range(len(marks))} - {which for _, which, _ in places}:
            raise TypeError(f"{rows.model.__name__}: values {sorted(missing)} are not in the statement")
        self.sql, self.parameters, self.places = _settled(sql, list(parameters), places)
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self.converters = list(compiler.get_converters(columns).items())
        self.width = compiler.col_count if compiler.has_extra_select else None
        self.made = _maker(rows, compiler)

    def __call__(self, values: list[Any]) -> list[Row]:
        told = self.parameters.copy()
        for place, which, adapted in self.places:
            told[place] = adapted(values[which])
        rows = _rows_of(self.sql, told)
        if self.width:
            rows = [row[: self.width] for row in rows]
        return self.made(self._converted(rows) if self.converters else rows)

    def _converted(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, (converters, column) in self.converters:
                for converter in converters:
                    row[place] = converter(row[place], column, connection)
            yield row


def _rows_of(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    kept: Callable[..., list[tuple[Any, ...]]] | None = getattr(connection, "rows_of", None)
    if kept:  # our PostgreSQL's
        return kept(sql, parameters)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _places(parameters: list[Any], marks: list[Any]) -> Iterator[tuple[int, int, Callable[[Any], Any]]]:
    """Where each mark stands, as the database takes it, and how a value becomes such a one."""
    ops = connection.ops
    for place, parameter in enumerate(parameters):
        for which, mark in enumerate(marks):
            # PostgreSQL's driver is told how wide a number is by its class.
            adapted: Callable[[Any], Any] = type(parameter)
            expected = mark
            if isinstance(mark, dt.datetime):
                adapted = ops.adapt_datetimefield_value
                expected = adapted(mark)
            elif isinstance(mark, dt.date):
                adapted = ops.adapt_datefield_value
                expected = adapted(mark)
            if parameter == expected:
                yield place, which, adapted
                break


Place = tuple[int, int, Callable[[Any], Any]]


def _settled(sql: str, parameters: list[Any], places: list[Place]) -> tuple[str, list[Any], list[Place]]:
    """The statement with what never differs written into it, on PostgreSQL.

    It keeps the plan of a statement that is asked again, if the plan is as good as one for just these values: what is
    known to be ``open`` may use an index of open rows, what could be anything may not, and is planned every time.
    """
    if connection.vendor != "postgresql":
        return sql, parameters, places
    connection.ensure_connection()
    varying = sorted({place for place, _, _ in places})
    told = iter(enumerate(parameters))

    def settled(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        place, parameter = next(told)
        if place in varying:
            return "%s"
        return Literal(parameter).as_string(connection.connection).replace("%", "%%")

    written = PLACEHOLDER.sub(settled, sql)
    places = [(varying.index(place), which, adapted) for place, which, adapted in places]
    return written, [parameters[place] for place in varying], places


def _maker(rows: Any, compiler: Any) -> Callable[[Any], list[Any]]:
    """What makes of the database's rows those that the queryset gives."""
    if rows._prefetch_related_lookups:
        raise TypeError("prefetch_related asks further questions")
    iterable = rows._iterable_class
    if iterable is ValuesListIterable:
        return lambda found: [tuple(row) for row in found]
    if iterable is FlatValuesListIterable:
        return lambda found: [row[0] for row in found]
    if not issubclass(iterable, ModelIterable):
        raise TypeError(f"{iterable.__name__}: models or values_list")
    return _models(compiler, rows.db)


def _models(compiler: Any, db: str) -> Callable[[Any], list[Any]]:
    """As ``ModelIterable`` makes them."""
    info, select, annotated = compiler.klass_info, compiler.select, compiler.annotation_col_map
    model: type[Model] = info["model"]
    first, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in select[first:end]]
    related = get_related_populators(info, select, db)  # type: ignore[call-arg]  # its stubs are of a later Django

    def made(found: Any) -> list[Any]:
        objects = []
        for row in found:
            one = model.from_db(db, names, row[first:end])
            for populator in related:
                populator.populate(row, one)
            for name, place in (annotated or {}).items():
                setattr(one, name, row[place])
            objects.append(one)
        return objects

    return made
