"""Addresses of notices."""

from __future__ import annotations

from functools import partial

from django.urls import URLPattern, path

from . import views
from .sending import Sight


def addresses(sight: Sight) -> list[URLPattern]:
    """The room's addresses. ``sight``: which subjects a person may still see."""
    return [
        path("notices/", partial(views.listed, sight=sight), name="notices"),
        path("notices/<int:pk>/", views.opened, name="notice"),
        path("notices/read/", views.read, name="notices_read"),
        path("notices/bell/", views.bell, name="bell"),
        path("notices/choices/", views.choices, name="notice_choices"),
        path("notices/subscriptions/<int:pk>/end/", views.unsubscribe, name="subscription_end"),
        path("notices/undelivered/", views.undelivered, name="undelivered"),
        path("unsubscribe/<str:token>/", views.stop, name="unsubscribe"),
    ]
