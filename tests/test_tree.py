"""What the repository holds: no place of one machine, no package host, a licence and a description that are true."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# Folders of machines, and where packages come from. Brackets keep the patterns from finding themselves.
PLACES = re.compile(r"(?<![\w.}])/(?:hom[e]|roo[t]|tm[p]|Use[r]s|wor[k]|opt/pyp[i])/|\.\./share[d]")
HOSTS = re.compile(
    r"pypi\.or[g]|pythonhosted\.or[g]|npmjs\.(?:or[g]|co[m])|yarnpkg\.co[m]|jsdeliv[r]|unpk[g]"
)
LARGEST = 1_000_000


PRODUCTS = {"dist", "node_modules", "__pycache__", "var", ".venv"}


def files() -> list[Path]:
    """What git tracks; in an unpacked archive, where there is no git, all that no tool has made."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return [ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    found = [path for path in ROOT.rglob("*") if path.is_file()]
    return [
        path for path in found if not any(part in PRODUCTS or part.startswith(".") for part in path.parts)
    ]


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_of_one_machine():
    assert lines_with(PLACES) == []


def test_no_file_names_a_package_host():
    assert lines_with(HOSTS) == []


def test_a_lock_records_digests_and_no_address():
    locks = [path for path in files() if path.name.endswith(("lock", "lock.json"))]
    assert {"requirements.lock", "requirements-dev.lock", "package-lock.json"} <= {
        path.name for path in locks
    }
    for path in locks:
        text = path.read_text()
        assert not re.search(r"\"resolved\"|--index|--find-links|\s@ |git\+", text), path
        assert "sha256:" in text or '"integrity"' in text, path


def test_the_tests_run_on_the_libraries_that_run_in_production():
    pinned = re.compile(r"^([a-z0-9-]+)==(\S+)", re.M)
    production = dict(pinned.findall((ROOT / "requirements.lock").read_text()))
    tested = dict(pinned.findall((ROOT / "requirements-dev.lock").read_text()))
    assert production.items() <= tested.items()


def test_every_dependency_is_locked():
    locked = (ROOT / "requirements.lock").read_text()
    for needed in PROJECT["dependencies"]:
        name = re.match(r"[\w-]+", needed)[0]
        assert re.search(rf"^{name}==", locked, re.M), f"{needed}: make lock"


def test_every_dependency_says_why_it_is_there():
    block = (ROOT / "pyproject.toml").read_text().partition("\ndependencies = [")[2].partition("\n]")[0]
    assert [line for line in block.splitlines() if line.strip() and "# " not in line] == []


def test_no_large_file_and_no_product_is_kept():
    for path in files():
        assert path.stat().st_size < LARGEST, path
        assert not PRODUCTS & set(path.relative_to(ROOT).parts), path


def test_text_ends_its_last_line():
    assert [str(path) for path, text in texts() if text and (not text.endswith("\n") or "\r" in text)] == []


def test_the_licence_is_apache_2_in_full():
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License\n" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["license"] == "Apache-2.0"


def test_publiccode_describes_this_version():
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert told["publiccodeYmlVersion"] == "0.4"
    assert (told["name"], told["softwareVersion"]) == (PROJECT["name"], PROJECT["version"])
    assert told["legal"]["license"] == PROJECT["license"]
    assert told["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert told["softwareType"] == "standalone/web"
    assert told["url"].startswith("https://")
    assert told["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert told["maintenance"]["contacts"][0]["name"]
    assert told["localisation"].keys() >= {"localisationReady", "availableLanguages"}
    assert told.keys() >= {"platforms", "categories", "releaseDate"}
    for language in told["localisation"]["availableLanguages"]:
        description = told["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_the_changelog_has_a_place_for_what_is_not_released():
    assert "\n## 아직 내지 않은 것\n" in (ROOT / "CHANGELOG.md").read_text()
