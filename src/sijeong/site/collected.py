"""Static files, hashed and compressed, as the web server sends them."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected"


def _seen() -> str:
    """A digest over name, size and time of every source file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name}|{storage.size(name)}|{storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()


def collect() -> bool:
    """Bring STATIC_ROOT up to date; whether there was anything to do."""
    stamp, seen = settings.STATIC_ROOT / STAMP, _seen()
    if stamp.exists() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(seen)
    return True
