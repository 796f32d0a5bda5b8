"""Which class a division's wish has, where the definition lets the division decide: from what is recorded, that day."""

from __future__ import annotations

from django.utils import timezone

from sijeong.cases.load import loads
from sijeong.org.models import Government, Unit

from .solving.definition import Definition


class Classes:
    """By division the code of its class; the last class for all others and where no division is known."""

    def __init__(self, definition: Definition, government: Government) -> None:
        self.last = definition.classes[-1].code
        told = definition.by_division
        self.named = {name: code for code, names in told.named.items() for name in names} if told else {}
        self.busy: dict[int, str] = {}
        if told and told.busy:
            open_cases = loads(government, timezone.localdate())
            # From the last class to the first: the higher one stays.
            for code in (each.code for each in reversed(definition.classes) if each.code in told.busy):
                self.busy |= {each.unit.pk: code for each in open_cases if each.open >= told.busy[code]}

    def of(self, unit: Unit | None) -> str:
        """Named divisions by their name, then busy ones by their open cases."""
        if unit is None:
            return self.last
        return self.named.get(unit.name) or self.busy.get(unit.pk, self.last)
