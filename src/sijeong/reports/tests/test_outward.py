"""What leaves the house goes without the picture of its first page; the original stays as it was."""

import struct
import zipfile
from io import BytesIO

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sijeong.documents.outward import NoCopy, outward
from sijeong.documents.photographs import bared
from sijeong.reports.reading import read
from sijeong.reports.tests import making

PICTURE = b"\x89PNG\r\n\x1a\n" + b"the first page" * 99
RELATIONS = (
    '<Relationships xmlns="r"><Relationship Id="1" Target="docProps/thumbnail.jpeg" Type="thumbnail"/>'
    '<Relationship Id="2" Target="word/document.xml" Type="officeDocument"/></Relationships>'
)
PACKAGES = {
    "hwpx": making.hwpx(making.p("청사 개선"), extra={"Preview/PrvImage.png": PICTURE, "Preview/PrvText.txt": "청사 개선"}),
    "docx": making.zipped({"_rels/.rels": RELATIONS, "docProps/thumbnail.jpeg": PICTURE} | dict(making.parts_of(making.docx(making.wp("청사 개선"))))),
}  # fmt: skip
HWP = making.ole(making.streams_of(making.hwp(making.hwp_p("청사 개선"))) | {"PrvImage": PICTURE})


def copied(tmp_path, data, kind):
    """The bytes of the copy, or None where the file itself may go out."""
    path = tmp_path / "file"
    path.write_bytes(data)
    copy = outward(path, kind)
    assert path.read_bytes() == data
    if copy is None:
        return None
    with copy:
        copy.seek(0)
        return copy.read()


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_package_goes_without_it_and_reads_the_same(tmp_path, kind):
    copy = copied(tmp_path, PACKAGES[kind], kind)
    before, after = dict(making.parts_of(PACKAGES[kind])), dict(making.parts_of(copy))
    gone = set(before) - set(after)
    assert len(gone) == 1 and before[gone.pop()] == PICTURE
    assert {name for name in after if after[name] != before[name]} <= {"_rels/.rels"}
    assert b"thumbnail" not in after.get("_rels/.rels", b"") and read(copy).text() == "청사 개선"
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        assert archive.testzip() is None
        assert kind != "hwpx" or archive.infolist()[0].filename == "mimetype"
    assert copied(tmp_path, copy, kind) is None


def test_a_hwp_shows_a_clear_dot_in_its_place(tmp_path):
    copy = copied(tmp_path, HWP, "ole")
    assert b"the first page" not in copy and len(copy) == len(HWP) and read(copy).text() == "청사 개선"
    with olefile.OleFileIO(copy) as container:
        assert container.openstream("PrvImage").read(8) == PICTURE[:8]
    assert copied(tmp_path, copy, "ole") is None


def test_what_deleting_left_behind_does_not_go_with_it(tmp_path):
    plain = making.hwpx(making.p("청사 개선"))
    twice = BytesIO(plain)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("version.xml", "<secret/>")
        archive.writestr("version.xml", "<v/>")
    assert copied(tmp_path, plain, "hwpx") is None
    for data in (twice.getvalue(), b"secret" * 9 + plain):
        copy = copied(tmp_path, data, "hwpx")
        assert b"secret" not in copy and read(copy).text() == "청사 개선"
    copy = copied(tmp_path, HWP + b"secret".ljust(512), "ole")
    assert b"secret" not in copy and len(copy) == len(HWP) + 512


@pytest.mark.parametrize("kind", ["pdf", "text", "gif", "png", "jpeg"])
def test_others_go_as_they_are(tmp_path, kind):
    assert copied(tmp_path, b"%PDF-", kind) is None


def test_one_that_is_broken_does_not_go(tmp_path):
    for data, kind in ((PACKAGES["docx"][:300], "docx"), (HWP[:-600], "ole")):
        with pytest.raises(NoCopy, match="사본"):
            copied(tmp_path, data, kind)


def taken(kind, small=b""):
    """A photograph, for JPEG with a small picture in it: the directory of the large one leads to that of the small one."""
    out = BytesIO()
    Image.new("RGB", (40, 40), "navy").save(out, kind)
    if kind != "JPEG":
        return out.getvalue()
    first = struct.pack("<HHHII", 1, 0x0112, 3, 1, 1) + struct.pack("<I", 26)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    told = b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + small
    return out.getvalue()[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + out.getvalue()[2:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_goes_without_what_it_carries_unseen(tmp_path, kind):
    small = b"\xff\xd8 the face that was cut away \xff\xd9"
    plain, carrying = taken(kind), taken(kind, small) + b"a film of the moment"
    copy = copied(tmp_path, carrying, kind.lower())
    assert b"the face" not in copy and b"a film" not in copy
    assert Image.open(BytesIO(copy)).tobytes() == Image.open(BytesIO(plain)).tobytes()
    if kind == "JPEG":
        assert Image.open(BytesIO(copy)).getexif()[0x0112] == 1
    assert copied(tmp_path, copy, kind.lower()) is None


@settings(max_examples=60)
@given(kind=st.sampled_from(["JPEG", "PNG", "WEBP"]), at=st.floats(0, 1), junk=st.binary(max_size=40))
def test_a_damaged_photograph_is_no_fault_of_ours(kind, at, junk):
    data = taken(kind, b"small")
    cut = int(at * len(data))
    damaged = data[:cut] + junk + data[cut + len(junk) :]
    assert len(bared(damaged, kind.lower())) <= len(damaged)
