"""What is declared not to be personal data: a city adds the exchanges and addresses of its own offices."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Rules:
    """``public_phones``: numbers or their first digits (``02-2133-``) that belong to offices; ``public_emails``: whole
    addresses of offices, in small letters; ``public_names``: names that are public here, as those of council members.
    """

    public_phones: tuple[str, ...] = ()
    public_emails: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()

    def office_phone(self, digits: str) -> bool:
        """Whether a number (digits only, with its area code) is an office's."""
        return any(digits.startswith(NOT_DIGITS.sub("", known)) for known in self.public_phones)


NATIONAL = Rules()
