"""The check on locks finds what must not be in one."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("check_locks", ROOT / "tools" / "check_locks.py")
assert SPEC
assert SPEC.loader
check_locks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check_locks)

HASH = "    --hash=sha256:" + "0" * 64
GOOD = f"alpha==1.0 ; python_version < '3.13' \\\n{HASH} \\\n{HASH}\nbeta-two==2 \\\n{HASH}\n"


def test_a_lock_of_pinned_names_and_hashes_passes() -> None:
    assert check_locks.faults("a.txt", GOOD, {"alpha", "beta-two"}) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--find-links ../wheels",
        "gamma @ https://packages.example/gamma.whl",
        "-e /home/someone/gamma",
        "# made with: compile --output-file=/home/someone/locks/run.txt",
        "# from packages.example.org",
    ],
)
def test_a_place_is_named(line: str) -> None:
    (first, *_rest) = check_locks.faults("a.txt", f"{line}\n{GOOD}", set())
    assert first == f"a.txt:1 names a place: {line}"


@pytest.mark.parametrize("line", ["gamma", "gamma>=1", "gamma==1"])
def test_what_is_not_pinned_with_a_hash_is_named(line: str) -> None:
    assert check_locks.faults("a.txt", f"{line}\n", set()) == [f"a.txt:1 is neither a pinned name nor a hash: {line}"]


def test_a_pin_without_its_hash_is_named() -> None:
    assert check_locks.faults("a.txt", "gamma==1 \\\n" + GOOD, set()) == ["a.txt:1 gamma has no hash"]


def test_a_dependency_that_is_not_locked_is_named() -> None:
    assert check_locks.faults("a.txt", GOOD, {"delta"}) == ["a.txt lacks delta, which pyproject.toml asks for"]


def test_names_are_compared_as_the_index_compares_them() -> None:
    assert check_locks.normal("Ruamel.YAML_x[extra]>=1 ; python_version > '3'") == "ruamel-yaml-x"


def test_what_npm_locks_names_no_place_and_has_digests() -> None:
    good = '{"packages": {"": {}, "node_modules/a": {"integrity": "sha512-x"}}}'
    assert check_locks.node_faults("b.json", good) == []
    bad = '{"packages": {"": {},\n"node_modules/a": {"funding": "https://a.example"}}}'
    assert check_locks.node_faults("b.json", bad) == [
        'b.json:2 names a place: "node_modules/a": {"funding": "https://a.example"}}}',
        "b.json: node_modules/a has no digest",
    ]
