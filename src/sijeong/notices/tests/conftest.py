"""The small city with its case types, whose people have addresses, and a mail server that can be watched."""

import pytest

from sijeong.cases.tests.filed import applied, case, promise
from sijeong.notices.tests.smtp import Postbox, serving
from sijeong.org.models import User
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "promise", "signed_in"]


@pytest.fixture
def mail(settings, city):
    """Mail is set up, and everyone has an address."""
    settings.MAIL = True
    for person in User.objects.all():
        person.email = f"{person.username}@example.go.kr"
        person.save(update_fields=["email"])


@pytest.fixture
def postbox(settings, mail):
    """A real SMTP server on this machine; what it took, and what it does to whom."""
    with serving(Postbox()) as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
