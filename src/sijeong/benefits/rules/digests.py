"""Names a figure's sources by digest, so that it can be computed again."""

import ast
import hashlib
import json
from pathlib import Path

from sijeong.benefits.rules.rulebook import BenefitRule, Rulebook


def rules_digest(rulebook: Rulebook) -> str:
    """SHA-256 over every rule as written out, its rounding, its dated values, and what excludes what."""
    text = {name: _rule(rule) for name, rule in rulebook.benefits.items()}
    whole = json.dumps([text, rulebook.exclusions()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def parameters_digest(rulebook: Rulebook) -> str:
    """SHA-256 over the dated values alone: what a reform changes while the rules stay."""
    text = {name: _values(rule) for name, rule in rulebook.benefits.items()}
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


def rule_digest(rule: BenefitRule) -> str:
    """SHA-256 of one rule: the version a decision is kept with."""
    return hashlib.sha256(json.dumps(_rule(rule), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _rule(rule: BenefitRule) -> list[object]:
    values = _values(rule)
    criteria = {criterion.name: ast.unparse(criterion.formula.tree) for criterion in rule.criteria}
    return [criteria, ast.unparse(rule.amount_formula.tree), rule.rounding.name, values]


def _values(rule: BenefitRule) -> dict[str, list[list[object]]]:
    return {
        parameter.name: [[str(dated.start), str(dated.end), dated.value] for dated in parameter.values]
        for parameter in rule.parameters.values()
    }


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
