import hashlib
from collections.abc import Sequence
from itertools import accumulate

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record.tree import (
    EMPTY_ROOT,
    BadProof,
    DamagedTree,
    Frontier,
    Pyramid,
    TreeReader,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that certificate-transparency implementations share as test vectors.
VECTOR = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
VECTOR.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
VECTOR_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(i).encode()) for i in range(count)]


def naive_root(row: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not row:
        return hashlib.sha256().digest()
    if len(row) == 1:
        return row[0]
    k = 1
    while 2 * k < len(row):
        k *= 2
    return node_hash(naive_root(row[:k]), naive_root(row[k:]))


class Stored:
    """A store as a writer keeps it: leaves, and only the nodes that ``extend`` reported."""

    def __init__(self, batches: Sequence[int]) -> None:
        every = leaves(sum(batches))
        self.frontier = Frontier()
        self.rows: dict[int, list[bytes]] = {0: [], 8: [], 16: [], 24: []}
        self.most = self.reads = 0
        for count in batches:
            batch = every[self.frontier.size : self.frontier.size + count]
            self.frontier, completed = self.frontier.extend(batch)
            self.rows[0] += batch
            for level, index, node in completed:
                assert index == len(self.rows[level])
                self.rows[level].append(node)

    def nodes(self, level: int, start: int, count: int, /) -> Sequence[bytes]:
        self.reads += 1
        self.most = max(self.most, count)
        return self.rows[level][start : start + count]

    def reader(self) -> TreeReader:
        return TreeReader(self.nodes, self.frontier.size)


@pytest.mark.parametrize("size", range(9))
def test_known_vectors(size: int) -> None:
    row = [leaf_hash(entry) for entry in VECTOR[:size]]
    assert Frontier().extend(row)[0].root().hex() == VECTOR_ROOTS[size]
    assert Pyramid(row).root().hex() == VECTOR_ROOTS[size]


def test_empty_root() -> None:
    assert Frontier().root() == Pyramid([]).root() == TreeReader(Pyramid([]).nodes, 0).root() == EMPTY_ROOT


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_frontier_extended_in_any_batches_has_the_defined_root(batches: list[int]) -> None:
    stored = Stored(batches)
    assert stored.frontier.root() == naive_root(stored.rows[0])
    one_by_one = Frontier()
    for leaf in stored.rows[0]:
        one_by_one = one_by_one.append(leaf)
    assert one_by_one == stored.frontier == Frontier.from_bytes(stored.frontier.to_bytes())


@given(st.integers(0, 300), st.data())
def test_proofs_verify_and_the_pyramid_agrees(size: int, data: st.DataObject) -> None:
    row = leaves(size)
    old = data.draw(st.integers(0, size))
    reader = TreeReader(Pyramid(row).nodes, size)
    assert reader.root(old) == Pyramid(row).root(old) == naive_root(row[:old])
    verify_consistency(old, size, reader.root(old), reader.root(), reader.consistency(old))
    if old:
        index = data.draw(st.integers(0, old - 1))
        verify_inclusion(row[index], index, old, reader.inclusion(index, old), reader.root(old))


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_pyramid_extended_in_any_batches_is_the_one_made_at_once(batches: list[int]) -> None:
    row, grown = leaves(sum(batches)), Pyramid()
    for start, count in zip(accumulate(batches, initial=0), batches, strict=False):
        grown.extend(row[start : start + count])
    assert grown._rows == Pyramid(row)._rows
    assert grown.root() == naive_root(row)


def test_every_proof_of_small_trees() -> None:
    row = leaves(20)
    reader = TreeReader(Pyramid(row).nodes, 20)
    for new in range(21):
        for old in range(new + 1):
            verify_consistency(old, new, naive_root(row[:old]), naive_root(row[:new]), reader.consistency(old, new))
        for index in range(new):
            verify_inclusion(row[index], index, new, reader.inclusion(index, new), naive_root(row[:new]))


@pytest.fixture(scope="module")
def large() -> Stored:
    """Past a node of level 16, with ragged edges at every level."""
    return Stored([1, 255, 1, 3, 70_000, 7, 1000, 1])


def test_the_writer_is_told_every_complete_node_once(large: Stored) -> None:
    pyramid = Pyramid(large.rows[0])
    assert large.rows[8] == list(pyramid.nodes(8, 0, 1000))
    assert large.rows[16] == list(pyramid.nodes(16, 0, 10))
    assert (len(large.rows[8]), len(large.rows[16]), len(large.rows[24])) == (71_268 >> 8, 1, 0)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_535, 65_536, 65_537, 71_000, 71_268])
def test_proofs_of_a_large_tree_read_little(large: Stored, size: int) -> None:
    root = Pyramid(large.rows[0]).root(size)
    assert large.reader().root(size) == root
    for index in sorted({0, size // 3, size // 2, size - 1}):
        large.reads = large.most = 0
        verify_inclusion(large.rows[0][index], index, size, large.reader().inclusion(index, size), root)
        assert (large.reads <= 5, large.most <= 256) == (True, True)
    for old in sorted({0, size // 3, size // 2, size - 1, size}):
        large.reads = large.most = 0
        proof = large.reader().consistency(old, size)
        assert (large.reads <= 5, large.most <= 256) == (True, True)
        verify_consistency(old, size, Pyramid(large.rows[0]).root(old), root, proof)


def test_a_tree_past_the_highest_stored_level() -> None:
    # 2**33 equal leaves: each level is one hash repeated, so the store can be made up as it is read.
    level_hash = [leaf_hash(b"")]
    for _ in range(33):
        level_hash.append(node_hash(level_hash[-1], level_hash[-1]))
    reader = TreeReader(lambda level, _start, count: [level_hash[level]] * count, 2**33)
    assert reader.root() == level_hash[33]
    verify_inclusion(level_hash[0], 5, 2**33, reader.inclusion(5), level_hash[33])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 11, 64, 100])
def test_an_independent_implementation_agrees(size: int) -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    entries = [str(i).encode() for i in range(size)]
    for entry in entries:
        other.append_entry(entry)
    reader = TreeReader(Pyramid(leaves(size)).nodes, size)
    for old in range(1, size + 1):
        assert other.get_root(old) == reader.root(old)
        pymerkle.verify_consistency(reader.root(old), reader.root(), other.prove_consistency(old, size))
    for index in range(size):
        theirs = other.prove_inclusion(index + 1, size)
        pymerkle.verify_inclusion(leaves(size)[index], reader.root(), theirs)
        assert theirs.path[1:] == reader.inclusion(index)


def test_a_changed_proof_is_refused() -> None:
    row = leaves(23)
    reader = TreeReader(Pyramid(row).nodes, 23)
    proof, root = reader.inclusion(9), reader.root()
    other = leaf_hash(b"other")
    for i in range(len(proof)):
        with pytest.raises(BadProof):
            verify_inclusion(row[9], 9, 23, [*proof[:i], other, *proof[i + 1 :]], root)
    for changed in (proof[:-1], [*proof, other], [], proof[::-1], [b"", *proof[1:]]):
        with pytest.raises(BadProof):
            verify_inclusion(row[9], 9, 23, changed, root)
    for index, size in ((8, 23), (10, 23), (9, 40), (23, 23), (-1, 23), (0, 0)):
        with pytest.raises(BadProof):
            verify_inclusion(row[9], index, size, proof, root)


def test_two_histories_are_refused_in_plain_words() -> None:
    row = leaves(23)
    forked = [*row[:9], leaf_hash(b"other"), *row[10:]]
    reader, other = TreeReader(Pyramid(row).nodes, 23), TreeReader(Pyramid(forked).nodes, 23)
    with pytest.raises(BadProof) as refused:
        verify_consistency(12, 23, reader.root(12), other.root(), other.consistency(12))
    said = "the tree of 23 leaves does not continue the tree of 12 leaves: they are two histories"
    assert str(refused.value) == said
    with pytest.raises(BadProof, match="two roots for the same size 23"):
        verify_consistency(23, 23, reader.root(), other.root(), [])
    with pytest.raises(BadProof, match="the empty tree has another root"):
        verify_consistency(0, 23, reader.root(), reader.root(), [])
    with pytest.raises(BadProof, match="cannot continue"):
        verify_consistency(23, 12, reader.root(), reader.root(12), [])


def test_a_changed_consistency_proof_is_refused() -> None:
    reader = TreeReader(Pyramid(leaves(23)).nodes, 23)
    for old in (8, 12):
        proof = reader.consistency(old)
        changes = [proof[:-1], [*proof, EMPTY_ROOT], [], [b"x", *proof[1:]]]
        changes += [[*proof[:i], EMPTY_ROOT, *proof[i + 1 :]] for i in range(len(proof))]
        for changed in changes:
            with pytest.raises(BadProof):
                verify_consistency(old, 23, reader.root(old), reader.root(), changed)
    with pytest.raises(BadProof, match="between these sizes the proof is empty"):
        verify_consistency(23, 23, reader.root(), reader.root(), [EMPTY_ROOT])


def test_damaged_stores_are_found() -> None:
    with pytest.raises(DamagedTree, match="the stored tree lacks nodes of level 0 from 0 to 5"):
        TreeReader(Pyramid(leaves(4)).nodes, 5).root()
    with pytest.raises(DamagedTree):
        TreeReader(lambda _level, _start, count: [b"short"] * count, 5).root()
    for stored in (b"", b"\0" * 7, b"\0" * 9, b"\0" * 40, (3).to_bytes(8, "big") + b"\0" * 32):
        with pytest.raises(DamagedTree):
            Frontier.from_bytes(stored)
    with pytest.raises(DamagedTree):
        Frontier(3, (bytes(32),))


def test_sizes_out_of_reach_are_refused() -> None:
    reader = TreeReader(Pyramid(leaves(5)).nodes, 5)
    for ask in (lambda: reader.root(6), lambda: reader.inclusion(5), lambda: reader.consistency(4, 6)):
        with pytest.raises(ValueError, match="there is no such part of a tree of 5 leaves"):
            ask()
    with pytest.raises(ValueError, match="there are 5 leaves"):
        Pyramid(leaves(5)).root(6)
