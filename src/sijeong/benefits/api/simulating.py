"""A simulation begun by another system: given to the worker, asked after until it is done."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from sijeong.cases.api.forming import facts, own_file, refusals, sent
from sijeong.documents.models import File
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, Key, line

from .. import simulating
from ..books import assumptions_of, book_of
from ..forms import SimulationForm
from ..permissions import may_simulate, require
from .accounted import SimulationRow, router, run_told

Won = Annotated[int, Field(ge=0, le=10**14, strict=True)]


class Uptake(Body):
    """How many of those entitled applied."""

    applied: Won
    entitled: Won


class NewSimulation(Body):
    """What is counted. ``people``: how many of the synthetic population, or those of ``file``."""

    title: line(80, 1)  # type: ignore[valid-type]
    year: int = Field(ge=2020, le=2040, strict=True)
    benefits: list[line(50, 1)] = Field(min_length=1, max_length=100, description="/benefits의 name")  # type: ignore[valid-type]
    people: int | None = Field(
        100_000, ge=1, strict=True, description="합성 인구: 100000, 1000000, 또는 시 전체"
    )
    file: Key | None = Field(None, description="/files로 올린 Parquet. 합성 인구 대신")
    against: Day | None = Field(None, description="이날의 법과 견준다")
    parameters: dict[str, Won] = Field(default={}, description="‘지원.매개변수’마다 바꾸어 볼 값")
    take_up: dict[str, Uptake] = Field(default={}, description="지원마다 신청한 사람과 대상자")
    budget: dict[str, Won] = Field(default={}, description="지원마다 예산(원)")


# On the router of the list: one address, one router.
@writes(
    router, "/benefits/simulations", "모의계산 시작", scope=Scope.BENEFITS_SIMULATE, gives=SimulationRow, status=202
)  # fmt: skip
def simulation_begin(request: Asking, told: NewSimulation) -> HttpResponse:
    """Give a run to the worker. Ask ``/benefits/simulations/{id}`` until ``state`` is ``done`` or ``failed``."""
    require(may_simulate(request.viewer))
    government = request.viewer.user.government
    files = own_file(request, told.file)
    form = SimulationForm(book_of(government), assumptions_of(government), sent(_as_form(told)), files)
    _require_known(form, told)
    facts(form)
    file: File | None = files.get("file")
    with refusals():
        found = simulating.begin(form=form, file=file, by=request.viewer)
    return answer(run_told(found), status=202, Location=f"/api/v1/benefits/simulations/{found.pk}")


def _as_form(told: NewSimulation) -> dict[str, object]:
    values: dict[str, object] = {
        "title": told.title, "year": told.year, "benefits": list(told.benefits), "against": told.against,
        "people": simulating.FILE if told.file else told.people,
    }  # fmt: skip
    values |= {f"p_{name}": value for name, value in told.parameters.items()}
    for name, one in told.take_up.items():
        values |= {f"t_{name}.applied": one.applied, f"t_{name}.entitled": one.entitled}
    return values | {f"b_{name}": value for name, value in told.budget.items()}


def _require_known(form: SimulationForm, told: NewSimulation) -> None:
    """Raises Problem for a name that the rules do not have: a value for nothing would be passed over in silence."""
    named = {
        "parameters": [(name, f"p_{name}") for name in told.parameters],
        "take_up": [(name, f"t_{name}.applied") for name in told.take_up],
        "budget": [(name, f"b_{name}") for name in told.budget],
    }
    wrong = [
        {"where": f"body.{part}.{name}", "message": "그런 이름이 없거나 바꿀 수 없는 값입니다."}
        for part, names in named.items()
        for name, field in names
        if field not in form.fields
    ]
    if wrong:
        raise Problem(Kind.INVALID, errors=wrong)
