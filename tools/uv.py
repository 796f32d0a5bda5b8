"""Runs uv with the package index that this machine has set for pip: ``python tools/uv.py pip sync …``.

uv does not read pip's settings. A machine that reaches packages only through a mirror has the mirror written
in pip.conf or PIP_* (``pip config list`` shows both); what is said there is passed on as uv's own variables.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
# pip's name of a setting → uv's.
TRUST = {"cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY", "trusted-host": "UV_INSECURE_HOST"}
INDEX = {"index-url": "UV_DEFAULT_INDEX"}
# Good enough to install from, by hash; but hashes to be locked come from the index alone.
BESIDE = {"extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}


def pip_settings(listing: str) -> dict[str, str]:
    """Read ``pip config list`` (``global.index-url='…'``): the environment wins, then [install]."""
    found: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(section, -1)
        found[key] = max(found.get(key, (-1, "")), (rank, ast.literal_eval(value)))
    return {key: value for key, (rank, value) in found.items() if rank >= 0}


def passed_on(settings: dict[str, str], given: dict[str, str], *, locking: bool) -> dict[str, str]:
    """The variables to add for uv; who has given uv an index of its own is left alone."""
    names = dict(TRUST)
    if not any(name.startswith("UV_") and "INDEX" in name for name in given):
        names |= INDEX if locking else INDEX | BESIDE
    told = {names[key]: ",".join(value.split()) for key, value in settings.items() if key in names}
    if "UV_INDEX" in told:
        # pip asks all its indexes and takes the best answer; uv stops at the first that knows the name.
        told |= {"UV_INDEX": told["UV_INDEX"].replace(",", " "), "UV_INDEX_STRATEGY": "unsafe-best-match"}
    return told


def main() -> int:
    """Run uv with the arguments given to this program and answer its exit code."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    settings = passed_on(pip_settings(listing), dict(os.environ), locking="compile" in sys.argv)
    return subprocess.run([BIN / "uv", *sys.argv[1:]], env=settings | os.environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
