"""Accounts and posts, for administrators."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import access, actions
from ..address import Address
from ..errors import OrgError
from ..forms import AbsenceForm, EndForm, PersonForm, PostForm, TransferForm, carried_out, sent
from ..levels import HEADS
from ..models import Post, User
from ..permissions import administrators_only
from ..roster import STATES, page_of
from ..story import story
from ..viewer import Request


@require_GET
@administrators_only
def administration(request: Request) -> HttpResponse:
    """The people of the government, found and paged."""
    address = Address(request.GET)
    q, state = address.text("q", 60), address.choice("state", "상태", STATES)
    marks = {
        key: int(value)
        for key in ("before", "after")
        if (value := request.GET.get(key, "")).isdecimal() and len(value) < 19
    }
    page = page_of(access.people(request.viewer), request.viewer.day, q=q, state=state, **marks)
    facts = {"page": page, "q": q, "state": state, "states": STATES, "misread": address.misread}
    return render(request, "org/administration.html", facts)


@require_http_methods(["GET", "POST"])
@administrators_only
def person_new(request: Request) -> HttpResponse:
    """Open an account; its password and posts are given on the person's page."""
    form = PersonForm(sent(request))
    given = {"government": request.viewer.user.government, "by": request.viewer}
    if request.method == "POST" and carried_out(form, actions.add_person, **given):
        user = User.objects.get(username=form.cleaned_data["username"].strip().lower())
        messages.success(request, f"{user.label} 계정을 등록했습니다. 발령하고 임시 비밀번호를 발급하십시오.")
        return redirect("person", user.pk)
    return render(request, "org/person_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@administrators_only
def person(request: Request, pk: int) -> HttpResponse:
    """A person's account, posts and record."""
    return _person_page(request, access.person(request.viewer, pk))


def _person_page(
    request: Request, user: User, failed: str = "", form: forms.Form | None = None, **shown: Any
) -> HttpResponse:
    """The page; ``failed`` names the dialog that opens again with its form and what was wrong with it."""
    viewer = request.viewer
    posts = list(user.posts.select_related("unit", "assists").order_by("-valid_from", "-pk"))
    dialogs: dict[str, forms.Form] = {"post": PostForm(viewer), "absence": AbsenceForm(user)}
    for post in posts:
        if post.valid_to is None or post.valid_to >= viewer.day:
            dialogs[f"end-{post.pk}"] = EndForm(initial={"on": viewer.day}, prefix=f"end-{post.pk}")
            dialogs[f"transfer-{post.pk}"] = TransferForm(viewer, prefix=f"transfer-{post.pk}")
    if form:
        dialogs[failed] = form
    facts = {
        "person": user, "posts": posts, "approves": _approves(posts, viewer.day),
        "dialogs": dialogs, "failed": failed, "story": story(user),
        "absences": user.absences.filter(valid_to__gte=viewer.day).select_related("deputy"),
    }  # fmt: skip
    return render(request, "org/person.html", facts | shown, status=422 if failed else 200)


def _approves(posts: list[Post], day: dt.date) -> bool:
    """Whether the person decides for anybody, so that somebody may have to stand in."""
    return any(post.role in HEADS and (post.valid_to is None or post.valid_to >= day) for post in posts)


@require_POST
@administrators_only
def post_give(request: Request, pk: int) -> HttpResponse:
    """Give a person a post."""
    user = access.person(request.viewer, pk)
    form = PostForm(request.viewer, request.POST)
    if carried_out(form, actions.give_post, user=user, by=request.viewer):
        messages.success(request, f"{user}: {form.cleaned_data['unit']}에 발령했습니다.")
        return redirect("person", pk)
    return _person_page(request, user, "post", form)


@require_POST
@administrators_only
def post_end(request: Request, pk: int) -> HttpResponse:
    """End a post."""
    post = access.post(request.viewer, pk)
    form = EndForm(request.POST, prefix=f"end-{pk}")
    if carried_out(form, actions.end_post, post=post, by=request.viewer):
        messages.success(request, f"{post.user}: {post}의 직을 마쳤습니다.")
        return redirect("person", post.user_id)
    return _person_page(request, post.user, f"end-{pk}", form)


@require_POST
@administrators_only
def post_transfer(request: Request, pk: int) -> HttpResponse:
    """Move a person from one post to another."""
    post = access.post(request.viewer, pk)
    form = TransferForm(request.viewer, request.POST, prefix=f"transfer-{pk}")
    if carried_out(form, actions.transfer, post=post, by=request.viewer):
        messages.success(request, f"{post.user}: {form.cleaned_data['unit']}: 전보를 마쳤습니다.")
        return redirect("person", post.user_id)
    return _person_page(request, post.user, f"transfer-{pk}", form)


@require_POST
@administrators_only
def person_absence(request: Request, pk: int) -> HttpResponse:
    """Set the absence of a head who cannot do it."""
    user = access.person(request.viewer, pk)
    form = AbsenceForm(user, request.POST)
    if carried_out(form, actions.set_absence, user=user, by=request.viewer):
        messages.success(request, f"{user}: 부재를 등록했습니다.")
        return redirect("person", pk)
    return _person_page(request, user, "absence", form)


@require_POST
@administrators_only
@never_cache
def password_reset(request: Request, pk: int) -> HttpResponse:
    """Give a temporary password: shown on this answer, and kept nowhere."""
    user = access.person(request.viewer, pk)
    try:
        password = actions.set_temporary_password(user=user, by=request.viewer)
    except OrgError as refusal:
        messages.error(request, str(refusal))
        return redirect("person", pk)
    user.refresh_from_db()
    return _person_page(request, user, password=password)


@require_POST
@administrators_only
def person_deactivate(request: Request, pk: int) -> HttpResponse:
    """Close an account."""
    user = access.person(request.viewer, pk)
    try:
        actions.deactivate_person(user=user, by=request.viewer)
    except OrgError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{user.label} 계정의 사용을 중지했습니다.")
    return redirect("person", pk)
