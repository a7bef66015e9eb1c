"""Talks files: what is read from them, and what a replay of one does."""

import pytest

from goodoffices.papers import marked
from goodoffices.papers.marked import BadFile, Group, Place, Text
from goodoffices.record import signatures
from goodoffices.record.entries import Entry
from goodoffices.secretariat import replaying
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.matters import RULES
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.replaying import Cast, Done, Replay
from tests.people import Pen, new_office, person

SMALL = """
talks: {name: small, title: Small talks, opened_by: host, exercise: yes}
source:
  rows: {1: They met}
delegations:
  - {code: host, role: host, name: Host}
  - {code: side-a, role: party, name: Side A}
  - {code: side-b, role: party, name: Side B}
people:
  host: {delegation: host, name: The envoy}
  anna: {delegation: side-a, name: Anna, function: Minister, level: minister, key: yes}
script:
  - by: host
    room: plenary
    do: accredit-delegate
    with: {person: anna, function: Head, rooms: [public]}
    as: anna
  - {by: host, room: plenary, do: call-meeting, with: {code: first, title: "no"}, as: meeting, rows: [1]}
  - {by: host, room: plenary, do: open-meeting, with: {meeting: meeting}, happened: 2030-01-15}
  - {by: anna, room: plenary, do: raise-item, with: {meeting: meeting, item: The weather}, as: item}
  - by: host
    room: plenary
    act:
      - {for: side-b, do: raise-item, with: {meeting: meeting, item: The harvest}, as: harvest}
      - {do: settle-item, with: {item: item, outcome: Fine}}
  - {by: host, room: plenary, do: settle-item, with: {item: harvest}}
  - {by: anna, room: plenary, do: raise-item, with: {meeting: meeting, item: The tide}}
  - {by: host, room: plenary, do: open-room, with: {kind: caucus, name: caucus-a, members: [side-a]}}
  - {by: host, room: caucus-a, do: call-meeting, with: {code: aside}}
"""


def cast(pen: Pen) -> Cast:
    ids = {"host": person("host"), "anna": person("anna")}
    signer = {"anna": lambda to_sign: signatures.sign_ssh(pen.private, to_sign.payload)}
    return Cast(ids, {"anna": [pen.key]}, signer)


def replay(text: str = SMALL, office: Office | None = None) -> tuple[Office, list[Done]]:
    here = office or new_office()
    file = replaying.read(text, RULES)
    return here, list(Replay(file, here, cast(Pen("anna")), lambda name: name.encode(), b"replay"))


def entries(office: Office, who: str, room: str) -> list[Entry]:
    return Desk(office, person(who)).named("small", room).entries()


def test_a_value_is_its_text_whatever_yaml_would_make_of_it() -> None:
    top = marked.read("no: 1.10\nday: 2030-01-15\nempty:\nquoted: ''\n")
    assert isinstance(top, Group)
    assert top.fields == {
        "no": Text("1.10", Place(1, 5)),
        "day": Text("2030-01-15", Place(2, 6)),
        "empty": Text("", Place(3, 7), empty=True),
        "quoted": Text("", Place(4, 9)),
    }


def test_a_replay_writes_what_the_script_says_in_its_order() -> None:
    office, done = replay()
    assert [e.kind for e in entries(office, "anna", "plenary")] == [
        "room-opened",
        "delegate-accredited",
        "meeting-called",
        "meeting-opened",
        "agenda-item-raised",
        "agenda-item-raised",
        "agenda-item-settled",
        "agenda-item-settled",
        "agenda-item-raised",
    ]
    assert [e.kind for e in entries(office, "anna", "caucus-a")] == ["room-opened", "meeting-called"]
    assert [d.number for d in done] == list(range(10))


def test_a_person_is_described_once_and_a_step_may_say_otherwise() -> None:
    office, _ = replay()
    view = Desk(office, person("anna")).named("small", "plenary")
    delegate = view.seats.delegates[person("anna")]
    said = view.words(c for c in (delegate.name, delegate.function) if c)
    assert [said[str(delegate.name)], said[str(delegate.function)]] == ["Anna", "Head"]
    assert (delegate.level, delegate.keys) == ("minister", (Pen("anna").key,))


def test_when_it_happened_is_entered_and_never_the_moment_of_the_replay() -> None:
    office, _ = replay()
    assert entries(office, "anna", "plenary")[3].body["happened"] == "2030-01-15"


def test_a_label_names_the_entry_of_the_room_it_is_used_in() -> None:
    _, done = replay()
    accredited = done[1].wrote[0]
    assert {e.kind for made in accredited.values() for e in made} == {"delegate-accredited"}
    assert len(accredited) == 2  # the plenary and the public room


def test_a_minuted_step_is_the_act_of_the_delegation_it_is_minuted_for() -> None:
    office, _ = replay()
    view = Desk(office, person("anna")).named("small", "plenary")
    minuted = view.entry(5)
    assert view.seats.delegations[minuted.acting].code == "side-b"
    assert minuted.header.author.person == person("host")


def test_a_repeat_is_harmless() -> None:
    office, _ = replay()
    before = {room: office.store.heads([room])[room] for room in office.store.rooms()}
    replay(office=office)
    assert {room: office.store.heads([room])[room] for room in office.store.rooms()} == before


def test_an_interrupted_replay_goes_on_where_it_stopped() -> None:
    whole, _ = replay()
    office = new_office()
    file = replaying.read(SMALL, RULES)
    half = iter(Replay(file, office, cast(Pen("anna")), lambda name: b"", b"replay"))
    for _ in range(4):
        next(half)
    replay(office=office)
    assert [e.leaf for e in entries(office, "anna", "plenary")] == [e.leaf for e in entries(whole, "anna", "plenary")]


def test_an_act_id_tells_nothing_of_other_rooms() -> None:
    """Two scripts that differ only in a room Anna does not enter give her the very same entries."""
    other = "  - {by: host, room: host-room, do: call-meeting, with: {code: aside}}\n"
    changed = SMALL.replace("script:\n", "script:\n" + other)
    office, _ = replay()
    with_more, _ = replay(changed)
    assert len(entries(with_more, "host", "host-room")) == len(entries(office, "host", "host-room")) + 1
    for room in ("plenary", "caucus-a", "public"):
        assert [e.leaf for e in entries(with_more, "anna", room)] == [e.leaf for e in entries(office, "anna", room)]


def test_a_rehearsal_decides_as_the_replay_does_and_writes_nothing() -> None:
    office = new_office()
    file = replaying.read(SMALL, RULES)
    done = replaying.rehearse(file, office, cast(Pen("anna")), lambda name: b"", bytes(32))
    assert [d.act.place.line for d in done] == [d.act.place.line for d in replay()[1]]
    assert not office.store.rooms()


def test_a_label_in_an_act_whose_entries_cannot_be_told_apart_is_refused() -> None:
    unclear = SMALL.replace(
        """    room: plenary
    do: accredit-delegate
    with: {person: anna, function: Head, rooms: [public]}
    as: anna
""",
        """    act:
      - {room: plenary, do: accredit-delegate, with: {person: anna, rooms: [public]}}
      - {room: public, do: call-meeting, with: {code: aside}, as: aside}
""",
    )
    with pytest.raises(BadFile, match="it cannot be told which entry is “aside”; make it an act of its own"):
        replay(unclear)


def test_the_rows_of_the_source_are_read_with_the_steps_that_hold_them() -> None:
    file = replaying.read(SMALL, RULES)
    assert file.source.rows == {1: "They met"}
    assert [(s.label, s.rows) for s in file.steps() if s.rows] == [("meeting", (1,))]


def test_a_file_that_is_not_text_says_where() -> None:
    with pytest.raises(BadFile, match=r"line 2, column 3: this is not UTF-8 text\."):
        replaying.text_of(b"ab\n\xc3\xa9x\xff")
