"""From a definition and tables to a result: the structure of the definition chooses the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import matching_case, nights_case, transport_case, visits_case
from .definition import BadDefinition, Definition
from .districts import NOWHERE, Districts
from .districts import load as load_districts
from .result import Result

Tables = Mapping[str, Sequence[Sequence[str]]]


def districts_of(definition: Definition, city: Path) -> Districts:
    """The districts that the definition names, from the city folder."""
    part = definition.places or definition.visits
    named = part.districts if part else None
    if named is None:
        return NOWHERE
    path = city / "districts.csv"
    if named != city.name or not path.exists():
        raise BadDefinition(
            [f"{definition.allocation}.yaml: districts: {city} 폴더에 {named}의 districts.csv가 없습니다"]
        )
    return load_districts(path)


def complete(definition: Definition, tables: Tables, seed: bytes | None) -> None:
    """Raises ValueError where a table or the random value is lacking, or a value is there that has no use."""
    if (definition.tie == "lottery") != (seed is not None):
        raise ValueError("추첨이면 공개된 값이 있어야 하고, 접수 순이면 없어야 합니다")
    if "applicants" not in tables or ("resources" not in tables and definition.structure != "nights"):
        raise ValueError(
            f"{definition.applicants.noun} 표와 {definition.resources.noun} 표가 모두 있어야 합니다"
        )


def check(definition: Definition, tables: Tables, districts: Districts, seed: bytes | None = None) -> None:
    """Read the tables as they were brought, and run nothing.

    Raises BadTable with the rows of those tables, and ValueError where a table or the random value is lacking.
    """
    complete(definition, tables, seed)
    match definition.structure:
        case "places":
            transport_case.read(definition, districts, tables, seed)
        case "nights":
            nights_case.read(definition, tables["applicants"], seed)
        case "choices":
            matching_case.read(definition, tables, seed)
        case _:
            visits_case.read(definition, districts, tables, seed)


def check_applicants(definition: Definition, rows: Sequence[Sequence[str]], districts: Districts) -> None:
    """Read applications without a table of resources. Raises BadTable, and ValueError where that is not possible."""
    match definition.structure:
        case "places":
            transport_case.read_people(definition, districts, rows, None)
        case "nights":
            nights_case.read(definition, rows, None)
        case _:
            raise ValueError("이 배정은 신청을 하나씩 받지 않고 표로 받습니다.")


def run(
    definition: Definition, tables: Tables, districts: Districts, seed: bytes | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Result:  # fmt: skip
    """Solve and explain. `seed` is the random value of a lottery; `stopped` is asked now and then by a long search.

    Raises BadTable (nothing is run) and ValueError where a lottery has no seed.
    """
    complete(definition, tables, seed)
    match definition.structure:
        case "places":
            case = transport_case.read(definition, districts, tables, seed)
            return transport_case.decide(definition, districts, case)
        case "nights":
            return nights_case.run(definition, tables, seed)
        case "choices":
            return matching_case.run(definition, tables, seed)
        case _:
            return visits_case.run(definition, districts, tables, seed, stopped)


def again(
    definition: Definition, tables: Tables, districts: Districts, said: Result, seed: bytes | None = None
) -> Result:
    """The result as it follows from its own decisions, where it claims no proof: limits looked at, aims counted.

    Its bounds are taken as they are said. Raises BadTable, and ValueError where a limit is broken or the method proves
    every result.
    """
    complete(definition, tables, seed)
    match definition.method:
        case "lending":
            return nights_case.again(
                definition, nights_case.read(definition, tables["applicants"], seed), said
            )
        case "visits":
            return visits_case.again(definition, districts, tables, seed, said)
        case _:
            raise ValueError("이 방법의 결과는 늘 증명됩니다. 증명되지 않았다는 꾸러미는 맞지 않습니다.")
