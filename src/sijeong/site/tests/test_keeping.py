"""What is kept reads as if it were written anew: for whatever facts, and never another reader's."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sijeong.site import keeping

PIECES = """
{% macro tag(text, tone="plain", attrs={}) -%}
<i class="{{ tone }}"{{ attrs|xmlattr }}>{{ text }}</i>
{%- endmacro %}
{% macro form(name) -%}
<form>{{ HOLE }}<b>{{ name }}</b>{{ HOLE }}</form>
{%- endmacro %}
"""
texts = st.text(st.sampled_from("<>&\"'a가 \n"), max_size=4)
facts = st.one_of(
    texts, texts.map(Markup), st.integers(-1, 2), st.booleans(), st.floats(0, 2).map(round), st.none()
)


@pytest.fixture(scope="module")
def pieces():
    return engines["jinja2"].env.from_string(PIECES).module


@given(facts, facts, st.dictionaries(st.sampled_from(["id", "data-x", "value"]), facts, max_size=2))
def test_a_remembered_piece_is_what_its_macro_writes(pieces, text, tone, attrs):
    remembered = keeping.remembered(pieces.tag)
    for _ in range(2):
        assert remembered(text) == pieces.tag(text)
        assert remembered(text, tone) == pieces.tag(text, tone)
        assert remembered(text, tone=tone, attrs=attrs) == pieces.tag(text, tone=tone, attrs=attrs)
        assert keeping.kept(pieces.tag, text, tone) == pieces.tag(text, tone)


def test_marked_up_text_is_not_taken_for_the_plain_one(pieces):
    remembered = keeping.remembered(pieces.tag)
    for told in (remembered, lambda *text: keeping.kept(pieces.tag, *text)):
        assert told(Markup("<b>")) == '<i class="plain"><b></i>'
        assert told("<b>") == '<i class="plain">&lt;b&gt;</i>'
        assert isinstance(told("<b>"), Markup)


def test_attributes_keep_their_order(pieces):
    remembered = keeping.remembered(pieces.tag)
    assert remembered("", attrs={"a": 1, "b": 2}) != remembered("", attrs={"b": 2, "a": 1})


@given(texts, texts)
def test_what_belongs_to_one_reader_is_filled_in_for_each(pieces, name, proof):
    told = keeping.filled(keeping.kept(pieces.form, name), proof)
    escaped = Markup.escape(proof)
    assert told == Markup(f"<form>{escaped}<b>{Markup.escape(name)}</b>{escaped}</form>")  # noqa: S704
    assert keeping.filled(keeping.kept(pieces.form, name), Markup("<p>")).count("<p>") == 2
