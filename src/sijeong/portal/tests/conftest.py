"""The small city, cases in any state, and files kept in a folder of the test."""

import pytest
from django.conf import settings
from django.utils import timezone

from sijeong.cases.tests.filed import applied, case, promise
from sijeong.org.tests.laid import laid
from sijeong.org.tests.people import city, signed_in

from .told import delivered, published

__all__ = ["applied", "case", "city", "delivered", "promise", "signed_in"]


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path_factory):
    """In one folder for all tests of a process: what is copied in names files that an earlier one stored."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path_factory.getbasetemp() / "kept"},
        },
    }


@pytest.fixture(autouse=True)
def index_here(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"


@pytest.fixture
def public(applied, delivered):
    public = laid("public", lambda: published(applied, delivered), settings.CITIES, timezone.localdate())
    delivered.refresh_from_db()
    return public
