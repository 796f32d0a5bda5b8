"""However a valid file is damaged, the answer is a city or a list of problems, and its pages can be drawn."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sijeong.catalog import CatalogError, read_city
from sijeong.catalog.drawing import pages
from sijeong.catalog.tests.small_city import SEOUL, SMALL, write_city

SHIPPED = (SEOUL / "case_types" / "data_request.yaml").read_text(encoding="utf-8")
TRICKY = [
    *("null", "same", "previous", "received", "publish", "yes", "0", "-1", "1e9", "가", "a: b", "\t", "\n"),
    *(
        "*a",
        "&a",
        "!x",
        "[",
        "{",
        "'",
        '"',
        '"\\ud800"',
        '"\\Uffffffff"',
        "%YAML 9",
        "---",
        "<<: 1",
        "? x",
        "\ufeff",
    ),
]


def spans(text: str) -> list[tuple[int, int]]:
    """Where each node of the YAML begins and ends in the text."""

    def inner(node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.ScalarNode):
            return [node]
        parts = (
            [part for pair in node.value for part in pair]
            if isinstance(node, yaml.MappingNode)
            else node.value
        )
        return [node, *(found for part in parts for found in inner(part))]

    nodes = inner(yaml.compose(text, Loader=yaml.SafeLoader))
    return [(node.start_mark.index, node.end_mark.index) for node in nodes]


SMALL_SPANS = spans(SMALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("city")


def is_city_or_problems(folder: Path, content: bytes) -> None:
    write_city(folder, parking=content)
    try:
        city = read_city(folder)
    except CatalogError as error:
        assert error.problems
        assert all(each.line >= 1 and each.column >= 1 and each.what for each in error.problems)
    else:
        assert pages(city, "case_types")


@given(data=st.data())
def test_nodes_dropped_or_replaced(folder, data):
    text = SMALL
    chosen = data.draw(st.lists(st.sampled_from(SMALL_SPANS), min_size=1, max_size=3, unique=True))
    for start, end in sorted(chosen, reverse=True):
        other = data.draw(st.sampled_from(SMALL_SPANS))
        new = data.draw(st.sampled_from(["", SMALL[slice(*other)], *TRICKY]) | st.text(max_size=12))
        text = text[:start] + new + text[end:]
    is_city_or_problems(folder, text.encode(errors="surrogatepass"))


@given(data=st.data())
def test_bytes_put_in_or_taken_out(folder, data):
    content = SHIPPED.encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 400)))
    new = data.draw(st.binary(max_size=8) | st.sampled_from(TRICKY).map(str.encode))
    is_city_or_problems(folder, content[:start] + new + content[end:])


@given(
    text=st.text(max_size=60)
    | st.lists(st.sampled_from([*TRICKY, " ", ": ", "- ", "a", "]", "}"])).map("".join)
)
def test_any_text_at_all(folder, text):
    is_city_or_problems(folder, text.encode(errors="surrogatepass"))
