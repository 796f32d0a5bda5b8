"""``/api/v1``: the rooms' routers under one door, every refusal a problem, and a description of it all."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

import sijeong.allocation.api
import sijeong.benefits.api
import sijeong.cases.api
import sijeong.council.api
import sijeong.portal.api
import sijeong.statistics.api
from sijeong.links import organisation
from sijeong.links.bearer import Bearer, Session
from sijeong.links.parsing import JsonOnly, told
from sijeong.links.problems import MEDIA, Kind, Problem, of_status

from . import due, notices_api, views_api

log = structlog.get_logger("sijeong.api")
API = "/api/v1/"


class Api(NinjaAPI):
    """Ninja's, whose description says which media type problems have; it takes a second, and is written once a process."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.described: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        where = path_prefix or self.get_root_path(path_params or {})
        if where not in self.described:
            schema = super().get_openapi_schema(path_prefix=where)
            for path in schema["paths"].values():
                for operation in path.values():
                    _with_problems(operation)
            self.described[where] = schema
        return self.described[where]


def _with_problems(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            response["content"] = {MEDIA: content["application/json"]}
            response["description"] = of_status(int(status)).kind.title


api = Api(
    title="시정 API", version="1", docs_url=None, urls_namespace="api", auth=[Bearer(), Session()], parser=JsonOnly(),
    description="화면과 같은 권한, 같은 규칙으로 사안을 접수하고 답변을 쓰고 결재를 기다립니다.",
)  # fmt: skip
for router in (
    *sijeong.cases.api.routers(),
    sijeong.council.api.router,
    *sijeong.portal.api.routers,
    sijeong.statistics.api.router,
    *sijeong.benefits.api.routers,
    sijeong.allocation.api.router,
    views_api.router,
    notices_api.router,
    organisation.router,
    due.router,
):
    api.add_router("", router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, exc: Problem) -> HttpResponse:
    """A problem that the room itself told."""
    return exc.response()


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    """Values that the shapes refuse."""
    return told(exc).response()


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    """No token, no session, or a dead one."""
    return Problem(Kind.UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"}).response()


@api.exception_handler(Http404)
def not_there(request: HttpRequest, exc: Http404) -> HttpResponse:
    """Not there, or not for these eyes."""
    return Problem(Kind.NOT_FOUND).response()


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, exc: PermissionDenied) -> HttpResponse:
    """Seen, but not theirs to do."""
    return Problem(Kind.FORBIDDEN).response()


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, exc: RequestDataTooBig) -> HttpResponse:
    """A JSON body beyond what is read into memory."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
    return Problem(Kind.TOO_LARGE, f"본문은 {limit} MB까지입니다. 파일은 /files로 올리십시오.").response()


@api.exception_handler(SuspiciousOperation)
def suspicious(request: HttpRequest, exc: SuspiciousOperation) -> HttpResponse:
    """What the framework does not read on with."""
    return Problem(Kind.BAD_REQUEST).response()


@api.exception_handler(HttpError)
def refused(request: HttpRequest, exc: HttpError) -> HttpResponse:
    """Ninja's own refusals; it covers what the parser told with one of its own."""
    if isinstance(exc.__context__, Problem):
        return exc.__context__.response()
    return of_status(exc.status_code).response()
