"""What a program is told when something is wrong: problem details of RFC 9457, with a stable ``type``. Pure but for the answer."""

from __future__ import annotations

from enum import Enum
from typing import Any

import orjson
import structlog
from django.http import HttpResponse

MEDIA = "application/problem+json"


class Kind(Enum):
    """Every problem there is: its stable code, status, title, and what to do about it."""

    BAD_REQUEST = (
        "bad_request",
        400,
        "요청을 이해하지 못했습니다",
        "본문이 JSON인지, 주소와 값의 글자가 올바른지 확인하십시오.",
    )
    UNAUTHENTICATED = (
        "unauthenticated",
        401,
        "누구인지 알 수 없습니다",
        "Authorization: Bearer 뒤에 쓸 수 있는 토큰을 보내십시오. 만료되었거나 회수된 토큰은 쓸 수 없습니다.",
    )
    FORBIDDEN = "forbidden", 403, "이 일을 할 권한이 없습니다", "볼 수는 있지만 처리할 권한이 없습니다."
    SCOPE_MISSING = (
        "scope_missing",
        403,
        "토큰에 이 권한 범위가 없습니다",
        "필요한 범위를 넣은 토큰을 새로 만드십시오.",
    )
    CSRF = (
        "csrf",
        403,
        "화면에서 보낸 요청인지 알 수 없습니다",
        "브라우저 로그인으로 쓸 때는 X-CSRFToken을 보내야 합니다. 다른 시스템은 토큰을 쓰십시오.",
    )
    PASSWORD = (
        "temporary_password",
        403,
        "비밀번호를 먼저 바꾸어야 합니다",
        "임시 비밀번호로는 다른 일을 할 수 없습니다. 화면에서 비밀번호를 바꾸십시오.",
    )
    NOT_FOUND = (
        "not_found",
        404,
        "찾을 수 없습니다",
        "없는 주소이거나, 없는 자료이거나, 열람 권한이 없는 자료입니다.",
    )
    METHOD = (
        "method_not_allowed",
        405,
        "이 주소에는 그 방법을 쓸 수 없습니다",
        "Allow 머리글에 쓸 수 있는 방법이 있습니다.",
    )
    CONFLICT = "conflict", 409, "지금 상태에서는 할 수 없습니다", "사안을 다시 읽어 상태를 확인하십시오."
    STALE = (
        "stale_edit",
        409,
        "그 사이 다른 사람이 저장했습니다",
        "theirs의 글과 합쳐 새 edition으로 다시 보내십시오.",
    )
    CHANGED = (
        "precondition_failed",
        412,
        "그 사이 바뀌었습니다",
        "다시 읽어 새 ETag를 If-Match로 보내십시오. 바뀐 것은 없습니다.",
    )
    TOO_LARGE = "too_large", 413, "너무 큽니다", "나누어 보내십시오."
    MEDIA = "unsupported_media_type", 415, "받지 않는 형식입니다", "Content-Type을 확인하십시오."
    INVALID = "invalid", 422, "보낸 값이 올바르지 않습니다", "errors에 어느 값이 왜 틀렸는지 있습니다."
    KEY_REUSED = (
        "idempotency_key_reused",
        422,
        "같은 Idempotency-Key로 다른 요청을 보냈습니다",
        "새 요청에는 새 키를 쓰십시오.",
    )
    CONDITION_MISSING = (
        "precondition_required",
        428,
        "If-Match가 필요합니다",
        "사안을 읽을 때 받은 ETag를 If-Match로 보내십시오.",
    )
    THROTTLED = "too_many_requests", 429, "요청이 너무 잦습니다", "Retry-After 초 뒤에 다시 하십시오."
    BROKEN = (
        "broken",
        500,
        "처리하지 못했습니다",
        "기록은 그대로 남아 있습니다. 잠시 뒤 다시 하고, 이어지면 instance를 관리자에게 알리십시오.",
    )
    UNREADY = "unready", 503, "지금은 처리할 수 없습니다", "잠시 뒤 다시 하십시오."  # fmt: skip

    def __init__(self, code: str, status: int, title: str, advice: str) -> None:
        self.code, self.status, self.title, self.advice = code, status, title, advice

    @property
    def uri(self) -> str:
        """The ``type`` that programs tell problems apart by: never changed once it was given out."""
        return f"urn:sijeong:problem:{self.code}"


# What a bare status means where nothing nearer is known: refusals of the framework itself.
OF_STATUS = {
    400: Kind.BAD_REQUEST, 401: Kind.UNAUTHENTICATED, 403: Kind.FORBIDDEN, 404: Kind.NOT_FOUND, 405: Kind.METHOD,
    409: Kind.CONFLICT, 412: Kind.CHANGED, 413: Kind.TOO_LARGE, 415: Kind.MEDIA, 422: Kind.INVALID, 428: Kind.CONDITION_MISSING, 429: Kind.THROTTLED,
    503: Kind.UNREADY,
}  # fmt: skip


class Problem(Exception):
    """Raised anywhere behind an endpoint; the answer tells it. ``more`` goes into the body as it is."""

    def __init__(
        self, kind: Kind, detail: str = "", *, headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail or kind.title)
        self.kind, self.detail, self.headers, self.more = kind, detail or kind.advice, headers or {}, more

    def response(self) -> HttpResponse:
        """The answer as RFC 9457 has it; ``instance`` is the id of the request in the logs."""
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        body = {
            "type": self.kind.uri, "title": self.kind.title, "status": self.kind.status, "detail": self.detail,
            "instance": f"urn:sijeong:request:{request_id}", **self.more,
        }  # fmt: skip
        return HttpResponse(
            orjson.dumps(body), status=self.kind.status, content_type=MEDIA,
            headers={"Cache-Control": "no-store", **self.headers},
        )  # fmt: skip


def of_status(status: int) -> Problem:
    """The problem of an answer that only has a status."""
    return Problem(OF_STATUS.get(status, Kind.BROKEN if status >= 500 else Kind.BAD_REQUEST))
