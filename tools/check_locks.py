"""Fail when a lock says where it was made, leaves something unpinned, or misses a dependency.

Locks are installed by strangers on other machines: an address or a path in one would tie them to ours. Every
requirement must be `name==version` with at least one SHA-256, and every name in pyproject.toml must be in the locks
made from it.
"""

import json
import re
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

# Anything with a scheme, an option that names an index, a path, or a dotted host name in a comment.
PLACES = re.compile(
    r"://|--(extra-)?index-url|--find-links|--trusted-host| @ |(^|[\s'\"=])(/|~/|\.\.?/)\w|#.*\.(com|org|net|io)\b",
    re.MULTILINE,
)
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)(\[[a-z0-9,-]+\])?==[^\s;]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def normal(requirement: str) -> str:
    """The distribution's name as PEP 503 writes it, from a requirement such as `Ruamel.YAML>=0.18`."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group() if name else "").lower()


def faults(lock: str, text: str, wanted: set[str]) -> list[str]:
    """What is wrong with one lock, a sentence each; `wanted` are the normal names that must be pinned in it."""
    found = []
    lines = [*text.splitlines(), ""]
    names = set()
    for number, (line, following) in enumerate(pairwise(lines), 1):
        if PLACES.search(line):
            found.append(f"{lock}:{number} names a place: {line.strip()}")
        if pin := PINNED.match(line):
            names.add(pin["name"])
            if not HASH.match(following):
                found.append(f"{lock}:{number} {pin['name']} has no hash")
        elif not HASH.match(line) and not line.lstrip().startswith("#"):
            found.append(f"{lock}:{number} is neither a pinned name nor a hash: {line.strip()}")
    return found + [f"{lock} lacks {name}, which pyproject.toml asks for" for name in sorted(wanted - names)]


def node_faults(lock: str, text: str) -> list[str]:
    """What is wrong with a lock of npm's: an address in it, or a package without its digest."""
    found = [
        f"{lock}:{n} names a place: {line.strip()}" for n, line in enumerate(text.splitlines(), 1) if "://" in line
    ]
    packages = json.loads(text)["packages"]
    return found + [f"{lock}: {name} has no digest" for name, p in packages.items() if name and "integrity" not in p]


def asked(groups: dict[str, Any], group: str) -> set[str]:
    """The normal names that `group` of the dependency groups asks for, with those of the groups it includes."""
    names: set[str] = set()
    for item in groups[group]:
        names |= asked(groups, item["include-group"]) if isinstance(item, dict) else {normal(item)}
    return names


def main() -> int:
    """Check every lock, print each fault, and return 1 when there is one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    always = {normal(requirement) for requirement in project["project"]["dependencies"]}
    found = []
    for lock, group in (("locks/run.txt", "build"), ("locks/test.txt", "test")):
        found += faults(lock, (ROOT / lock).read_text(), always | asked(project["dependency-groups"], group))
    found += node_faults("browser/package-lock.json", (ROOT / "browser/package-lock.json").read_text())
    for fault in found:
        print(fault, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
