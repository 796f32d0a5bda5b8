"""Names a figure's sources by digest, so that it can be computed again."""

import hashlib
import json
from pathlib import Path

from sijeong.benefits.emit import module_source
from sijeong.benefits.rulebook import Rulebook


def rules_digest(rulebook: Rulebook) -> str:
    """SHA-256 over the rules as compiled and every dated parameter value."""
    values = {
        f"{name}.{parameter.name}": [
            [str(dated.start), str(dated.end), dated.value] for dated in parameter.values
        ]
        for name, rule in rulebook.benefits.items()
        for parameter in rule.parameters.values()
    }
    text = module_source(rulebook)[0] + json.dumps(values, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
