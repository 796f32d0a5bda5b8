"""Citizens' pages know nobody: no cookie is read, none is set, so that any cache may keep them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.regex_helper import _lazy_re_compile

PUBLIC = _lazy_re_compile(r"/(?:public/|ical/|sitemap\.xml$|robots\.txt$)")


class Unknown:
    """Takes the cookies off a request for a public page, and every cookie off the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not PUBLIC.match(request.path):
            return self.get_response(request)
        request.COOKIES.clear()
        response = self.get_response(request)
        response.cookies.clear()
        # The session was looked at and was empty: the answer is the same for everyone.
        kept = [name for name in response.get("Vary", "").split(", ") if name and name.lower() != "cookie"]
        del response["Vary"]
        patch_vary_headers(response, [*kept, "Accept-Encoding"])
        return response
