"""What of a person is shown to whom: all to those who decide and pay, the rest masked."""

from __future__ import annotations

from dataclasses import dataclass

from sijeong.org.viewer import Viewer
from sijeong.privacy import Kind, mask

from .models import Application
from .permissions import sees_person


@dataclass(frozen=True)
class Shown:
    """A person as this viewer sees them."""

    name: str
    born_on: str
    phone: str
    bank: str
    account: str
    masked: bool


def shown(viewer: Viewer, application: Application) -> Shown:
    """The applicant, masked unless the viewer's division leads the case."""
    born = f"{application.born_on:%Y. %m. %d.}"
    if sees_person(viewer, application):
        return Shown(application.name, born, application.phone, application.bank, application.account, False)
    return Shown(
        mask(Kind.NAME, application.name), mask(Kind.BIRTH_DATE, born), mask(Kind.PHONE, application.phone),
        application.bank, mask(Kind.ACCOUNT, application.account) if application.account else "", True,
    )  # fmt: skip
