"""The module in `browser/`: its own tests in Node, its types, and that the committed bundle is what it makes."""

import json
import re
from pathlib import Path

import pytest

from tests.node import MODULE, ROOT, node

WEB = ROOT / "src/goodoffices/web"
MADE = {"sealing.js": "sealing", "sealing.licences.txt": "sealing", "handover.js": "handover"}
"""What a build makes -> the folder of pages that serve it."""


def test_its_own_tests_pass() -> None:
    said = node("--test", "--test-reporter=tap", "test/*.test.ts")
    passed = re.search(r"^# pass (\d+)$", said, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) > 150  # the vectors of age alone are more than a hundred


def test_types_are_strict_and_clean() -> None:
    node("node_modules/typescript/bin/tsc", "--project", ".")


def test_the_committed_bundle_is_what_the_source_makes(tmp_path: Path) -> None:
    node("build.ts", str(tmp_path))
    assert {file.name for file in tmp_path.iterdir()} == set(MADE)
    assert [(tmp_path / name).read_bytes() == committed(name).read_bytes() for name in MADE] == [True] * len(MADE)


def committed(name: str) -> Path:
    return WEB / MADE[name] / "static/goodoffices" / name


@pytest.mark.parametrize("name", ["sealing.js", "handover.js"])
def test_the_bundle_needs_nothing_that_the_content_policy_forbids(name: str) -> None:
    code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", committed(name).read_text(), flags=re.DOTALL | re.MULTILINE)
    assert (
        re.findall(r"\beval\(|new Function\b|WebAssembly|\bimport\(|localStorage|sessionStorage|document\.cookie", code)
        == []
    )


def test_its_lock_pins_everything_by_hash_and_names_no_address() -> None:
    text = (MODULE / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert len(packages) > 10
    assert [name for name, one in packages.items() if not one["integrity"].startswith("sha512-")] == []
    assert "://" not in text
