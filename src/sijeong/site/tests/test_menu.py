"""What the menu promises."""

from collections import Counter

from sijeong.site.jinja import MENU


def test_no_key_leads_to_two_places():
    assert max(Counter(entry.key for entry in MENU).values()) == 1
