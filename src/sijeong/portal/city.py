"""What a city says of its public pages: ``cities/<city>/portal.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from sijeong.org.models import Government
from sijeong.privacy import Rules


class Licence(BaseModel):
    """The terms of open data; ``code`` as catalogues know them (KOGL-1, CC-BY-4.0)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = "KOGL-1"
    name: str = "공공누리 제1유형(출처표시)"
    text: str = "출처를 밝히면 상업적 이용과 변경을 포함하여 자유롭게 쓸 수 있습니다."


class Offices(BaseModel):
    """Numbers and addresses that are the city's own offices', and so nobody's personal data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


class Portal(BaseModel):
    """Everything of the file; all of it may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    office: str = ""
    phone: str = ""
    licence: Licence = Field(default_factory=Licence)
    offices: Offices = Field(default_factory=Offices)

    @property
    def rules(self) -> Rules:
        return Rules(self.offices.phones, frozenset(each.lower() for each in self.offices.emails))


@lru_cache(maxsize=64)
def _read(file: Path, stamp: int) -> Portal:
    return Portal.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")) or {})


def portal_of(government: Government) -> Portal:
    """What the government's city folder says; a changed file is seen at the next call.

    Raises pydantic.ValidationError or yaml.YAMLError for a file that is not one.
    """
    file = settings.CITIES / government.city / "portal.yaml"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else Portal()
