"""One address for each act on a case: the page's form, the page's action."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Router
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import changes
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Key, Moment, PathKey, line, text

from .. import access, actions
from ..models import Case
from ..permissions import require_part
from ..views.case import ACTS
from .finding import case_of
from .forming import done, facts, own_file, refusals, sent
from .shapes import Done

router = Router(tags=["처리"])


class Reason(Body):
    reason: text(2000, 1)  # type: ignore[valid-type]


class Note(Body):
    note: text(2000) = ""  # type: ignore[valid-type]


class AskExtension(Reason):
    length: Annotated[int, Field(ge=1, le=9999)] | None = Field(
        None, description="늘릴 기간. 단위는 사안 종류의 것. 없으면 법이 허락하는 만큼"
    )


class Extend(Body):
    reason: text(2000) = Field("", description="없으면 요청에 적힌 사유")  # type: ignore[valid-type]
    length: Annotated[int, Field(ge=1, le=9999)] | None = Field(
        None, description="늘릴 기간. 없으면 요청한 만큼, 요청도 없으면 법이 허락하는 만큼"
    )
    asked: Moment | None = Field(
        None, description="받아들이는 요청의 때(extension_asked.at). 그 사이 정해졌으면 409"
    )


class RefuseExtension(Reason):
    asked: Moment | None = Field(
        None, description="거절하는 요청의 때(extension_asked.at). 그 사이 정해졌으면 409"
    )


class AskAgain(Body):
    reason: text(5000, 1) = Field(description="더 필요한 것. 새로 접수하는 사안의 내용이 된다")  # type: ignore[valid-type]


class Judge(Body):
    sufficient: Literal["yes", "no"]
    reason: text(2000) = Field("", description="부족하면 무엇이 부족한지")  # type: ignore[valid-type]


class Assign(Body):
    lead: Key = Field(description="주관부서. /units의 id")
    joint: list[Key] = Field(default=[], max_length=20, description="협조부서")


class PassOn(Reason):
    to: Key = Field(description="이송할 부서")


class Start(Body):
    officer: Key | None = Field(None, description="담당자. 없으면 요청한 사람")


class Merge(Reason):
    into: line(40, 1) = Field(description="남길 사안 번호")  # type: ignore[valid-type]


class Deliver(Body):
    channel: Literal["here", "document", "email", "hand", "post"]
    at: Moment = Field(description="전달 일시")
    recipient: Key | None = Field(None, description="받는 의원. /members의 id")
    recipient_name: line(80) = ""  # type: ignore[valid-type]
    receipt: line(200) = ""  # type: ignore[valid-type]
    file: Key | None = Field(None, description="/files로 올린 수령 확인 파일")


# None: nothing to tell.
BODIES: dict[str, type[Body] | None] = {
    "assign": Assign, "start": Start, "submit": None, "approve": None, "send_back": Reason, "deliver": Deliver,
    "ask_extension": AskExtension, "extend": Extend, "refuse_extension": RefuseExtension, "pause": Reason, "resume": Note, "pass_on": PassOn,
    "return_to_planning": Reason, "reopen": Reason, "merge": Merge, "withdraw": Reason,
    "judge": Judge, "ask_again": AskAgain,
}  # fmt: skip
DECISIONS = {"approve", "send_back", "extend", "refuse_extension"}


def _offer(code: str, body: type[Body] | None) -> None:
    """POST /cases/{number}/<act> for the act that the page offers under that code."""
    offered = ACTS[code]

    def act(request: Asking, case: Case, told: Any = None) -> HttpResponse:
        require_part(request.viewer, case, code)
        values = told.dict() if told else {}
        files = own_file(request, values.pop("file", None))
        understood = facts(offered.form(case, request.viewer, sent(values), files))
        with refusals():
            made = offered.do(case=case, by=request.viewer, **understood)
        # To ask again may have made a case of its own.
        return done(request, made if isinstance(made, Case) else case)

    takes = {"request": Asking, "case": Case, **({"told": body} if body else {})}
    act.__name__, act.__doc__ = f"case_{code}", offered.hint
    act.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind) for name, kind in takes.items()]
    )
    scope = Scope.CASES_DECIDE if code in DECISIONS else Scope.CASES_WRITE
    changes(router, f"/cases/{{number}}/{code}", offered.button, scope=scope, gives=Done, find=case_of)(act)


for _code, _body in BODIES.items():
    _offer(_code, _body)


@changes(
    router, "/cases/{number}/deliveries/{key}/acknowledge", "수령 확인", scope=Scope.CASES_WRITE, gives=Done, find=case_of
)  # fmt: skip
def case_acknowledge(request: Asking, case: Case, key: Path[PathKey]) -> HttpResponse:
    """The member, or an aide for them, confirms receipt. A second time changes nothing."""
    delivery = access.delivery(request.viewer, case.number, key)
    with refusals():
        actions.acknowledge(delivery=delivery, by=request.viewer)
    return done(request, case)
