"""The documents are what the commands write; they can't grow old unnoticed."""

import datetime as dt
from pathlib import Path

from sijeong.benefits.rules.digests import rules_digest
from sijeong.benefits.rules.reference import as_of, markdown
from sijeong.benefits.rules.tests.conftest import SEOUL

DOCS = SEOUL.parents[2] / "docs"


def test_the_list_of_benefits_is_the_generated_one(rulebook):
    assert Path(DOCS / "reference" / "benefits.md").read_text(encoding="utf-8") == markdown(rulebook)


def test_the_worked_example_was_computed_with_the_rules_in_force(rulebook):
    text = Path(DOCS / "reference" / "dental-2024.md").read_text(encoding="utf-8")
    now = rulebook.only(["defector_dental"])
    before = now.reformed(as_of(now, "defector_dental", dt.date(2023, 12, 31)))
    assert f"규칙(지금) `{rules_digest(before)[:16]}`, 규칙(바꾼 뒤) `{rules_digest(now)[:16]}`" in text


def test_the_guide_shows_a_rule_as_it_is(rulebook):
    guide = Path(DOCS / "rules-guide.md").read_text(encoding="utf-8")
    rule = rulebook["egg_freezing"].path.read_text(encoding="utf-8")
    shown = guide[guide.index('    @criterion("나이")') : guide.index("    def amount(p, law):")]
    assert "early_menopause_risk" in shown and shown in rule
