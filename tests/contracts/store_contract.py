"""What every store does: one suite, run on memory, SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodoffices.record.store import Conflict, Recorded, Store
from goodoffices.record.tree import EMPTY_ROOT, TreeReader
from tests.contracts.batches import (
    AT,
    OTHER,
    PERSON,
    ROOM_A,
    ROOM_B,
    ROOM_C,
    addition,
    batch,
    ident,
    words,
    write,
)

Everything = tuple[object, ...]


def everything(store: Store) -> Everything:
    """All that the port shows of three rooms, two people and every act of this suite."""
    rooms = (ROOM_A, ROOM_B, ROOM_C)
    heads = store.heads(rooms)
    return (
        heads,
        tuple(tuple(store.lines(room, 0, 10_000)) for room in rooms),
        tuple(tuple(store.nodes(room, 0, 0, 10_000)) for room in rooms),
        tuple(store.rooms()),
        tuple(store.public_rooms()),
        tuple(store.rooms_of(PERSON)),
        tuple(store.rooms_of(OTHER)),
        tuple(store.act(PERSON, ident(act)) for act in ("first", "second", "third")),
        tuple(tuple(store.particulars(room, [words(w).citation for w in ("x", "y")]).items()) for room in rooms),
    )


class StoreContract:
    """Subclasses give a fixture ``store``: an empty store."""

    def test_empty(self, store: Store) -> None:
        assert store.heads([ROOM_A]) == {}
        assert store.heads([]) == {}
        assert list(store.lines(ROOM_A, 0, 5)) == []
        assert store.at(ROOM_A, [0, 5]) == {}
        assert list(store.nodes(ROOM_A, 0, 0, 5)) == []
        assert list(store.nodes(ROOM_A, 8, 0, 5)) == []
        assert store.find(ROOM_A, [EMPTY_ROOT]) == {}
        assert store.particulars(ROOM_A, [words("x").citation]) == {}
        assert store.signatures(ROOM_A, ["0" * 64]) == {}
        assert store.act(PERSON, ident("first")) is None
        assert list(store.rooms()) == list(store.public_rooms()) == list(store.rooms_of(PERSON)) == []
        assert store.projection(ROOM_A, "v", 10) is None
        store.append([])

    def test_what_is_written_is_read(self, store: Store) -> None:
        first = addition(ROOM_A, None, "one", "two", particulars=(words("x"),), signatures=(b"signature",))
        store.append([batch("first", first)])
        assert store.heads([ROOM_B, ROOM_A]) == {ROOM_A: first.head}
        assert tuple(store.lines(ROOM_A, 0, 2)) == first.lines
        assert tuple(store.lines(ROOM_A, 1, 9)) == first.lines[1:]
        assert store.at(ROOM_A, [1, 0, 7]) == dict(enumerate(first.lines))
        assert store.at(ROOM_A, []) == store.at(ROOM_B, [0]) == {}
        assert tuple(store.nodes(ROOM_A, 0, 0, 2)) == first.leaves
        written = {leaf: (seq, first.lines[seq]) for seq, leaf in enumerate(first.leaves)}
        assert store.find(ROOM_A, [*first.leaves, EMPTY_ROOT]) == written
        assert store.particulars(ROOM_A, [words("x").citation, words("y").citation]) == {
            words("x").citation: words("x")
        }

    def test_a_signature_is_found_by_its_digest(self, store: Store) -> None:
        write(store, "first", ROOM_A, "one", signatures=(b"",))
        nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert store.signatures(ROOM_A, [nothing, "0" * 64]) == {nothing: b""}
        assert store.signatures(ROOM_B, [nothing]) == {}

    def test_rooms_are_apart(self, store: Store) -> None:
        made = addition(ROOM_A, None, "one", particulars=(words("x"),))
        store.append([batch("first", made)])
        write(store, "second", ROOM_B, "other")
        assert store.find(ROOM_B, made.leaves) == {}
        assert store.particulars(ROOM_B, [words("x").citation]) == {}
        assert len(store.lines(ROOM_A, 0, 9)) == len(store.lines(ROOM_B, 0, 9)) == 1

    def test_one_act_in_two_rooms(self, store: Store) -> None:
        store.append([batch("first", addition(ROOM_A, None, "one", "two"), addition(ROOM_B, None, "three"))])
        assert store.act(PERSON, ident("first")) == Recorded(batch("first").content, ((ROOM_A, 0, 2), (ROOM_B, 0, 1)))
        assert store.act(OTHER, ident("first")) is None
        known = Recorded(batch("first").content, ((ROOM_A, 0, 2), (ROOM_B, 0, 1)))
        assert store.acts(PERSON, [ident("first"), ident("never")]) == {ident("first"): known}
        assert store.acts(PERSON, []) == {}
        assert list(store.rooms()) == [ROOM_A, ROOM_B]

    def test_several_acts_at_once_follow_one_another(self, store: Store) -> None:
        one = addition(ROOM_A, None, "one")
        two = addition(ROOM_A, one.head, "two")
        three = addition(ROOM_B, None, "three")
        store.append([batch("first", one), batch("second", two, read=((ROOM_B, 0),)), batch("third", three)])
        assert store.heads([ROOM_A, ROOM_B]) == {ROOM_A: two.head, ROOM_B: three.head}
        assert store.act(PERSON, ident("second")) == Recorded(batch("second").content, ((ROOM_A, 1, 1),))

    @pytest.mark.parametrize(
        "how", ["moved", "moved back", "read has moved", "repeated", "repeated at once", "no order"]
    )
    def test_a_conflict_writes_nothing(self, store: Store, how: str) -> None:
        one = addition(ROOM_A, None, "one")
        store.append([batch("first", one)])
        head = one.head
        more = {"particulars": (words("x"), words("y")), "seats": ((OTHER, None),), "public": True}
        fine = addition(ROOM_B, None, "fine", **more)
        lost = {
            "moved": [batch("second", fine, addition(ROOM_A, None, "late"))],
            "moved back": [batch("second", fine, addition(ROOM_A, addition(ROOM_A, head, "x").head, "early"))],
            "read has moved": [batch("second", fine, read=((ROOM_A, 0),))],
            "repeated": [batch("second", fine), batch("first", addition(ROOM_A, head, "again"))],
            "repeated at once": [batch("second", fine), batch("second", addition(ROOM_A, head, "again"))],
            "no order": [batch("second", fine), batch("third", addition(ROOM_B, None, "as if it were empty"))],
        }[how]
        before = everything(store)
        with pytest.raises(Conflict):
            store.append(lost)
        assert everything(store) == before
        store.append([batch("second", fine, read=((ROOM_A, 1),))])
        assert everything(store) != before

    def test_seats(self, store: Store) -> None:
        write(store, "first", ROOM_B, "one", seats=((PERSON, None), (OTHER, None)))
        write(store, "second", ROOM_A, "one", seats=((PERSON, None),))
        write(store, "third", ROOM_A, "two", seats=((PERSON, 1),))
        assert list(store.rooms_of(PERSON)) == [ROOM_A, ROOM_B]
        assert list(store.rooms_of(OTHER)) == [ROOM_B]

    def test_public_rooms(self, store: Store) -> None:
        write(store, "first", ROOM_B, "one", public=True)
        write(store, "second", ROOM_A, "one")
        assert list(store.public_rooms()) == [ROOM_B]

    def test_erasing(self, store: Store) -> None:
        x, y = words("x"), words("y")
        write(store, "first", ROOM_A, "one", particulars=(x, y))
        write(store, "second", ROOM_B, "one", particulars=(x,))
        write(store, "third", ROOM_A, "two", erased=(x.citation, words("never there").citation))
        assert store.particulars(ROOM_A, [x.citation, y.citation]) == {y.citation: y}
        assert store.particulars(ROOM_B, [x.citation]) == {x.citation: x}

    def test_bytes_come_back_as_they_were(self, store: Store) -> None:
        raw = bytes(range(256)) + "ї".encode()
        line = addition(ROOM_A, None, "x")
        odd = type(line)(ROOM_A, 0, line.head, (raw,), line.leaves)
        store.append([batch("first", odd)])
        assert list(store.lines(ROOM_A, 0, 1)) == [raw]
        assert store.heads([ROOM_A])[ROOM_A].at == AT

    def test_a_tree_of_many(self, store: Store) -> None:
        head = write(store, "first", ROOM_A, *map(str, range(700)))
        head = write(store, "second", ROOM_A, *map(str, range(10)))
        assert len(store.nodes(ROOM_A, 8, 0, 9)) == 2
        reader = TreeReader(lambda level, start, count: store.nodes(ROOM_A, level, start, count), head.size)
        assert reader.root() == head.root

    def test_particulars_by_the_thousand(self, store: Store) -> None:
        many = tuple(words(f"word {n}") for n in range(1200))
        write(store, "first", ROOM_A, "one", particulars=many)
        assert len(store.particulars(ROOM_A, [p.citation for p in many])) == 1200

    def test_projections(self, store: Store) -> None:
        write(store, "first", ROOM_A, *map(str, range(9)))
        for size in (1, 3, 9):
            store.save_projection(ROOM_A, "v", size, b"%d" % size)
        assert store.projection(ROOM_A, "v", 9) == (9, b"9")
        assert store.projection(ROOM_A, "v", 8) == (3, b"3")
        assert store.projection(ROOM_A, "other", 9) is None
        assert store.projection(ROOM_B, "v", 9) is None
        store.save_projection(ROOM_A, "v", 9, b"9")
        store.drop_projections()
        assert store.projection(ROOM_A, "v", 9) is None


Together = Callable[..., None]


class SharedStoreContract:
    """Of stores that several processes share. ``together`` runs functions at once, a connection each."""

    def test_of_two_writers_one_wins(self, store: Store, together: Together) -> None:
        head = write(store, "first", ROOM_A, "one")
        outcomes: list[str] = []

        def writer(name: str) -> Callable[[], None]:
            def work() -> None:
                try:
                    store.append([batch(name, addition(ROOM_A, head, name))])
                    outcomes.append("won")
                except Conflict:
                    outcomes.append("lost")

            return work

        together(*(writer(f"writer {n}") for n in range(4)))
        assert sorted(outcomes) == ["lost", "lost", "lost", "won"]
        assert store.heads([ROOM_A])[ROOM_A].size == 2

    def test_of_two_makers_of_one_room_one_wins(self, store: Store, together: Together) -> None:
        outcomes: list[str] = []

        def work(name: str) -> None:
            try:
                store.append([batch(name, addition(ROOM_C, None, name))])
                outcomes.append("won")
            except Conflict:
                outcomes.append("lost")

        together(lambda: work("a"), lambda: work("b"))
        assert sorted(outcomes) == ["lost", "won"]
        assert len(store.lines(ROOM_C, 0, 9)) == 1

    def test_one_act_id_in_two_rooms_at_once(self, store: Store, together: Together) -> None:
        outcomes: list[str] = []

        def work(room: str) -> None:
            try:
                store.append([batch("same", addition(room, None, "x"))])
                outcomes.append("won")
            except Conflict:
                outcomes.append("lost")

        together(lambda: work(ROOM_A), lambda: work(ROOM_B))
        assert sorted(outcomes) == ["lost", "won"]
        assert len(store.rooms()) == 1

    def test_rooms_in_any_order_do_not_lock_each_other_out(self, store: Store, together: Together) -> None:
        def work(name: str, *rooms: str) -> None:
            done = 0
            while done < 25:
                heads = store.heads(rooms)
                made = [addition(room, heads.get(room), name) for room in rooms]
                try:
                    store.append([batch(f"{name} {done}", *made)])
                    done += 1
                except Conflict:
                    pass

        together(lambda: work("there", ROOM_A, ROOM_B), lambda: work("back", ROOM_B, ROOM_A))
        assert {head.size for head in store.heads([ROOM_A, ROOM_B]).values()} == {50}

    def test_what_was_read_stays_so_until_written(self, store: Store, together: Together) -> None:
        """Two acts, each reading the room the other writes: both cannot have seen it empty."""
        outcomes: list[str] = []

        def work(name: str, reads: str, writes: str) -> None:
            try:
                store.append([batch(name, addition(writes, None, name), read=((reads, 0),))])
                outcomes.append("won")
            except Conflict:
                outcomes.append("lost")

        together(lambda: work("a", ROOM_A, ROOM_B), lambda: work("b", ROOM_B, ROOM_A))
        assert sorted(outcomes) == ["lost", "won"]
