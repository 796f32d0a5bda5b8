"""The token that proves a form to be of our page: Django's, masked once a page, and in a tenth of the steps.

Django masks a secret character by character through half a thousand calls, and anew for each form: on a list that was
an eighth of the whole page.
"""

from __future__ import annotations

import os

from django.http import HttpRequest
from django.middleware import csrf
from markupsafe import Markup

LETTERS = csrf.CSRF_ALLOWED_CHARS
LENGTH = csrf.CSRF_SECRET_LENGTH
PLACES = {letter: place for place, letter in enumerate(LETTERS)}
# Of a byte's 256 values, as many as the letters divide evenly: each is as likely as any other.
EVEN = 256 - 256 % len(LETTERS)
TO_PLACES = bytes(value % len(LETTERS) for value in range(256))
UNEVEN = bytes(range(EVEN, 256))


def token(request: HttpRequest) -> str:
    """What Django's ``get_token`` gives. The cookie is set where there is none; its year is not begun anew with every
    page, for every sign-in does so."""
    if "CSRF_COOKIE" not in request.META:
        csrf.rotate_token(request)
    return masked(request.META["CSRF_COOKIE"])


def masked(secret: str) -> str:
    """A random mask, and the secret under it."""
    mask = b""
    while len(mask) < LENGTH:
        mask += os.urandom(2 * LENGTH).translate(TO_PLACES, UNEVEN)
    mask = mask[:LENGTH]
    shifted = [LETTERS[(PLACES[letter] + by) % len(LETTERS)] for letter, by in zip(secret, mask, strict=True)]
    return "".join([LETTERS[place] for place in mask] + shifted)


def field(told: object) -> Markup:
    """The token in a form."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(told)
