"""Tokens on the screen: one's own, and for an administrator those of a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.access import person
from sijeong.org.permissions import administrators_only
from sijeong.org.viewer import Request

from . import access, actions
from .errors import TokenRefused
from .forms import TokenForm
from .scopes import Scope

LABELS = {scope.value: scope.label for scope in Scope}


@require_http_methods(["GET", "POST"])
@never_cache
def own(request: Request) -> HttpResponse:
    """One's own tokens, and a new one: its text stands on this answer and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, text = actions.make_token(by=request.viewer, **form.cleaned_data)
            form = TokenForm()
        except TokenRefused as refusal:
            form.add_error(None, str(refusal))
    facts = {
        "tokens": access.tokens(request.viewer, request.viewer.user),
        "form": form,
        "text": text,
        "labels": LABELS,
    }
    return render(request, "links/own.html", facts, status=422 if form.errors else 200)


@require_GET
@administrators_only
def of_person(request: Request, pk: int) -> HttpResponse:
    """The tokens of a person, for who may have to revoke them."""
    found = person(request.viewer, pk)
    facts = {"person": found, "tokens": access.tokens(request.viewer, found), "labels": LABELS}
    return render(request, "links/of_person.html", facts)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Revoke a token, at once."""
    token = access.token(request.viewer, pk)
    actions.revoke_token(token=token, by=request.viewer)
    messages.success(request, f"{token.name} 토큰을 회수했습니다. 이제 쓸 수 없습니다.")
    if token.user_id == request.viewer.pk:
        return redirect("tokens")
    return redirect("person_tokens", token.user_id)
