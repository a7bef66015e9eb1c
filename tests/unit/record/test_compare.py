import pytest

from goodoffices.record.compare import NotComparable, compare
from tests.unit.record import specimen
from tests.unit.record.specimen import ANNA, SIDE_A, Maker, delegate, opened, ssh, zipped


def grown(words: str, more: int = 0) -> bytes:
    """Three entries, then one with these words, then some alike."""
    m = Maker()
    m.enter("room-opened", opened(m) | {"continues": None})
    m.enter("statement-made", {"words": m.words("Good morning.")})
    m.enter("statement-made", {"words": m.words("Good day.")}, (ANNA, SIDE_A))
    if words:
        m.enter("statement-made", {"words": m.words(words)}, (ANNA, SIDE_A))
    for _ in range(more):
        m.enter("statement-made", {"words": m.words("And on.")})
    return m.bundle()


@pytest.mark.parametrize(("more", "sizes"), [(0, (4, 4)), (3, (4, 7))])
def test_one_history_that_goes_on_agrees(more: int, sizes: tuple[int, int]) -> None:
    for first, second in ((grown("Yes."), grown("Yes.", more)), (grown("Yes.", more), grown("Yes."))):
        found = compare(first, second)
        assert (found.fork, found.common) == (None, 4)
        assert {found.first.size, found.second.size} == set(sizes)
        assert found.one_key


def test_two_histories_show_where_they_part_and_what_stands_there() -> None:
    found = compare(grown("Yes.", 2), grown("No."))
    assert found.fork is not None
    assert (found.fork.seq, found.common) == (3, 3)
    assert found.fork.first.kind == found.fork.second.kind == "statement-made"
    assert found.fork.first.leaf != found.fork.second.leaf
    assert found.one_key


def test_two_rooms_are_not_compared() -> None:
    m = Maker()
    body = opened(m) | {"continues": None}
    other = "aa" * 16
    body["log"] = {"origin": f"host.test/{other}", "key": body["log"]["key"]}
    m.enter("room-opened", body, room=other)
    from goodoffices.record import canonical, checkpoints

    manifest = canonical.decode(m.members()["manifest.json"])
    assert isinstance(manifest, dict)
    members = m.members() | {
        "checkpoint": checkpoints.sign(checkpoints.Checkpoint(f"host.test/{other}", 1, m.root()), m.log_key).encode(),
        "manifest.json": canonical.encode(manifest | {"room": other, "origin": f"host.test/{other}"}),
    }
    with pytest.raises(NotComparable, match="These are two rooms"):
        compare(grown("Yes."), zipped(members))


def test_what_does_not_verify_is_not_compared() -> None:
    with pytest.raises(NotComparable, match=r"The second bundle does not verify\. This is not a bundle"):
        compare(grown("Yes."), b"something else")
    with pytest.raises(NotComparable, match=r"The first bundle does not verify\. Entry 3: "):
        compare(specimen.with_lines(specimen.lines()[:3]), grown("Yes."))


def test_histories_that_part_at_once() -> None:
    m = Maker()
    m.enter("room-opened", opened(m) | {"delegates": [delegate(specimen.ENVOY, specimen.HOST, ssh("x"))]})
    m.particulars = {d: c for d, c in m.particulars.items() if d.encode() in m.lines[0]}
    found = compare(grown(""), m.bundle())
    assert found.fork is not None
    assert found.fork.seq == 0
