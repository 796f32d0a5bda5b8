"""What the browser is given: nothing that asks another host, nothing the security policy would refuse."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src/sijeong/site/static"
DIST = STATIC / "dist"
TEMPLATES = sorted((ROOT / "src/sijeong").glob("*/templates/**/*.html"))
# An address that is the name of a vocabulary: nothing fetches it.
NAMES = re.compile(r"http://www\.w3\.org/")
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)]*", re.IGNORECASE)
REFUSED = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=|javascript:|hx-on", re.IGNORECASE),
    "an outside address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "eval by htmx": re.compile(r"hx-(?:vals|headers)\s*=\s*[\"']js:|hx-trigger\s*=\s*\"[^\"]*\["),
}


@pytest.fixture(scope="module")
def built() -> list[Path]:
    if not DIST.exists():
        pytest.fail("화면이 만들어지지 않았습니다: python hatch_build.py")
    return [path for path in STATIC.rglob("*") if path.suffix in {".js", ".css", ".svg"}]


@pytest.mark.parametrize(
    "told", ["url(//fonts.example.com/a.woff2)", 'fetch("https://k8s.example.kr:443/x")']
)
def test_an_outside_address_is_seen(told):
    assert OUTSIDE.search(told)


def test_what_is_built_asks_no_outside_host(built):
    asked = {
        f"{path.name}: {address}"
        for path in built
        for address in OUTSIDE.findall(path.read_text("utf-8"))
        if not NAMES.match(address)
    }
    assert not asked


def test_the_style_asks_only_for_files_that_are_there(built):
    style = (DIST / "style.css").read_text("utf-8")
    asked = {url.strip("\"'") for url in re.findall(r"url\(([^)]+)\)", style)}
    assert len(asked) > 50
    assert [url for url in asked if not url.startswith("data:") and not (DIST / url).exists()] == []


def test_what_is_built_is_small():
    sizes = {path: path.stat().st_size for path in DIST.rglob("*") if path.is_file()}
    printed = {path for path in sizes if path.parent.name == "print"}  # no page asks for these
    assert sum(size for path, size in sizes.items() if path not in printed) < 6_000_000
    assert sum(sizes[path] for path in printed) < 8_000_000
    assert sizes[DIST / "app.js"] < 100_000  # 51,000 of it htmx
    assert sizes[DIST / "theme.js"] < 500  # it blocks the first paint


def test_the_fonts_bring_their_licence():
    assert "SIL OPEN FONT LICENSE" in (DIST / "fonts/LICENSE.txt").read_text("utf-8").upper()


def test_no_emblem_of_a_government_is_painted(built):
    style = (DIST / "style.css").read_text("utf-8")
    assert not re.search(r"nuri|emblem|taegeuk|\.logo\b|ico_logo|ico_flag", style)


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "src/sijeong").as_posix()
)
def test_a_template_has_nothing_the_policy_refuses(path):
    source = path.read_text("utf-8")
    assert [what for what, found in REFUSED.items() if found.search(source)] == []


def test_the_types_of_the_sources_hold():
    checked = subprocess.run(
        [sys.executable, "hatch_build.py", "--check"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_locks_name_no_host():
    for name in ("package.json", "package-lock.json", ".npmrc"):
        assert OUTSIDE.findall((ROOT / "frontend" / name).read_text("utf-8")) == []
