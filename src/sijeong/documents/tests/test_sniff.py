"""What a file is, whatever was done to it."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.documents.sniff import MEDIA, PACKAGES, kind_of


def package(member):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, "<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(("member", "kind"), PACKAGES)
def test_a_package_is_told_by_what_only_it_has(member, kind):
    assert kind_of(BytesIO(package(member))) == kind


def test_one_that_asks_for_a_later_program_is_no_package_of_ours():
    data = bytearray(package("word/document.xml"))
    data[data.index(b"PK\x01\x02") + 6] = 73
    assert kind_of(BytesIO(bytes(data))) is None


@given(
    st.sampled_from([member for member, _ in PACKAGES]),
    st.floats(0, 1),
    st.binary(max_size=8),
    st.integers(0, 60),
)
def test_a_damaged_package_is_never_a_fault_of_ours(member, at, junk, cut):
    data = package(member)
    place = int(at * len(data))
    damaged = data[:place] + junk + data[place + len(junk) : len(data) - cut]
    assert kind_of(BytesIO(damaged)) in {None, *MEDIA}
