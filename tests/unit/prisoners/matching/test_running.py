"""A run over rows: what it finds, that it is kept as it was found, and that a process beside finds the very same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from goodoffices.prisoners.matching import beside, found
from goodoffices.prisoners.matching.beside import MatchingFailed, matched
from goodoffices.prisoners.matching.engine import Reason
from goodoffices.prisoners.matching.found import BadFound, Found, Pair, decode, encode
from goodoffices.prisoners.matching.running import NothingToMatch, run
from tests.unit.prisoners.matching.rows import synthetic_rows


def rounded(made: Found) -> Found:
    return decode(encode(made))


def test_a_run_finds_who_is_who_and_keeps_it() -> None:
    left, right, truth = synthetic_rows(400)
    made = run(left, right)
    got = {(p.left, p.right) for p in made.pairs}
    assert len(got & truth) / len(truth) > 0.97
    assert (list(made.left), list(made.right)) == ([n for n, _ in left], [n for n, _ in right])
    assert [p.certain for p in made.pairs] == [True] * made.certain + [False] * (len(made.pairs) - made.certain)
    kept = rounded(made)
    assert rounded(kept) == kept
    assert [(p.left, p.right, p.certain) for p in kept.pairs] == [(p.left, p.right, p.certain) for p in made.pairs]
    assert {(r.field, r.says) for r in kept.pairs[0].reasons} == {(r.field, r.says) for r in made.pairs[0].reasons}


def test_within_one_list_its_duplicates_are_found() -> None:
    left, _, _ = synthetic_rows(200, twice=0.2)
    twice = [*left, *((f"again-{n}", said) for n, said in left[:30])]
    made = run(twice, None)
    assert made.within
    assert {(p.left, p.right) for p in made.pairs} >= {(n, f"again-{n}") for n, _ in left[:30]}
    assert made.right == ()


@pytest.mark.parametrize("right", [None, [("1", {"surname": "Ivanenko", "given": "Petro", "born": "1990-01-02"})]])
def test_small_lists_are_compared(right: list[tuple[str, dict[str, str]]] | None) -> None:
    one = [("7", {"surname": "Іваненко", "given": "Петро", "born": "1990-01-02"})]
    made = run(one, right)
    assert made.left == ("7",)
    assert made.has("7", "1") is (right is not None)
    assert not made.has("7", "7")


@pytest.mark.parametrize("rows", [[], [("1", {"born": "1990"})], [("1", {"surname": ""})]])
@pytest.mark.parametrize("large", [0, 10])
def test_a_list_without_names_is_told(rows: list[tuple[str, dict[str, str]]], large: int) -> None:
    with pytest.raises(NothingToMatch):
        matched(rows, None, large=large)


def test_a_process_beside_finds_the_same_and_tells_how_far_it_is() -> None:
    left, right, _ = synthetic_rows(300)
    told: list[str] = []
    assert matched(left, right, lambda what, _: told.append(what), large=0) == rounded(run(left, right))
    assert list(dict.fromkeys(told)) == [
        "starting", "reading", "looking for pairs", "comparing", "learning", "weighing", "pairing", "giving reasons",
    ]  # fmt: skip


def test_a_small_run_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "Popen", started)
    left, right, _ = synthetic_rows(50)
    assert matched(left, right).pairs


def test_a_process_that_dies_is_told_without_a_word_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_COMMAND", (sys.executable, "-c", "import sys; sys.stdin.buffer.read(5); 1 / 0"))
    left, right, _ = synthetic_rows(2000)
    with pytest.raises(MatchingFailed, match="ended before it was done"):
        matched(left, right, large=0)


def test_the_process_leaves_no_core_and_writes_no_file() -> None:
    """It is traced while it works: the only files it opens for writing are the null device, and its core limit is 0."""
    script = (
        "import sys, resource\n"
        "opened = []\n"
        "def hook(event, args):\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+'): opened.append(args[0])\n"
        "    if event == 'open' and isinstance(args[2], int) and args[2] & 3: opened.append(args[0])\n"
        "sys.addaudithook(hook)\n"
        "from goodoffices.prisoners.matching import child\n"
        "opened.clear()\n"
        "child.main()\n"
        "print(opened, resource.getrlimit(resource.RLIMIT_CORE), file=sys.stderr)\n"
    )
    import msgspec

    left, right, _ = synthetic_rows(100)
    done = subprocess.run(
        [sys.executable, "-B", "-c", script],
        input=msgspec.msgpack.encode((left, right)),
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode().strip() == "[] (0, 0)"


def test_other_bytes_are_no_run() -> None:
    with pytest.raises(BadFound, match="no matching"):
        decode(b"x")
    with pytest.raises(BadFound, match="newer version"):
        decode(found.zlib.compress(b'{"v":9,"left":[],"right":[],"within":false,"compared":0,"words":[],"pairs":[]}'))


def test_a_pair_is_found_by_its_rows() -> None:
    pair = Pair("1", "2", 0.5, certain=False, reasons=(Reason("surname", "different", -3.0),))
    made = Found(("1",), ("2",), (pair,), 1)
    assert made.by_rows == {("1", "2"): pair}
    assert rounded(made) == made
