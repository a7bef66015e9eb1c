"""A talks file has synthetic lists filed, from seeds it gives; the two lists of one seed have people in common."""

from __future__ import annotations

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.filed import LISTS
from goodoffices.secretariat import lists, replaying
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.matters import RULES
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.replaying import Cast, Replay
from tests.people import new_office, person

TALKS = """
talks: {name: small, title: Small talks, opened_by: host, exercise: yes}
delegations:
  - {code: host, role: host, name: Host}
  - {code: side-a, role: party, name: Side A}
  - {code: side-b, role: party, name: Side B}
  - {code: neutral, role: third-party, name: Neutral}
people:
  host: {delegation: host, name: The envoy}
  anna: {delegation: side-a, name: Anna}
  boris: {delegation: side-b, name: Boris}
  nina: {delegation: neutral, name: Nina}
script:
  - {by: host, room: plenary, do: accredit-delegate, with: {person: anna}}
  - {by: host, room: plenary, do: accredit-delegate, with: {person: boris}}
  - {by: host, room: plenary, do: accredit-delegate, with: {person: nina}}
  - {by: host, room: plenary, do: propose-intermediary, with: {delegation: neutral}, as: n}
  - {by: anna, room: plenary, do: accept-intermediary, with: {proposal: n}}
  - {by: boris, room: plenary, do: accept-intermediary, with: {proposal: n}}
  - {by: nina, room: plenary, do: open-room, with: {kind: format, name: lists-a, members: [side-a]}}
  - {by: nina, room: plenary, do: open-room, with: {kind: format, name: lists-b, members: [side-b]}}
  - {by: nina, room: lists-a, do: join-lists, with: {exchange: plenary}}
  - {by: nina, room: lists-b, do: join-lists, with: {exchange: plenary}}
  - by: anna
    room: lists-a
    do: file-list
    as: held
    with: {code: held, holds: we-hold, side: left, seed: 7, left: 30, right: 20, overlap: 50, left_scripts: [uk],
      right_scripts: [ru, uk-passport]}
  - by: boris
    room: lists-b
    do: file-list
    with: {code: sought, holds: they-hold, side: right, seed: 7, left: 30, right: 20, overlap: 50, left_scripts: [uk],
      right_scripts: [ru, uk-passport]}
  - {by: anna, room: lists-a, do: give-leave, with: {list: held, what: may-be-named, numbers: all}}
"""


def replay(text: str = TALKS, office: Office | None = None) -> tuple[Office, Replay]:
    here = office or new_office()
    file = replaying.read(text, RULES)
    made = Replay(file, here, Cast({p: person(p) for p in file.people}), lambda name: b"", b"replay")
    list(made)
    return here, made


def view(office: Office, made: Replay, who: str, room: str) -> RoomView:
    return Desk(office, person(who)).room(made.rooms[room])


def test_both_lists_are_filed_and_said_to_be_synthetic() -> None:
    office, made = replay()
    found = {}
    for who, room in (("anna", "lists-a"), ("boris", "lists-b")):
        here = view(office, made, who, room)
        (version,) = here.state[LISTS].versions.values()
        assert version.origin == "synthetic"
        found[room] = lists.read(here, version.ref)
    assert [len(roster.rows) for roster in found.values()] == [30, 20]
    born = [{row.said.get("born") for row in roster.rows} - {None} for roster in found.values()]
    assert born[0] & born[1]


def test_a_replay_done_again_writes_nothing_more() -> None:
    office, _made = replay()
    before = {room: head.size for room, head in office.store.heads(office.store.rooms()).items()}
    keys = list(office.cabinet.ids())
    replay(office=office)
    assert {room: head.size for room, head in office.store.heads(office.store.rooms()).items()} == before
    assert list(office.cabinet.ids()) == keys


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("left_scripts: [uk]", "Not a script: runes"),
        ("left: 30", "1 to 100,000 persons"),
        ("exercise: yes", "but in an exercise"),
        ("seed: 7", "sead"),
    ],
)
def test_what_cannot_be_made_is_told_with_its_place(wrong: str, why: str) -> None:
    instead = {"left_scripts: [uk]": "left_scripts: [runes]", "left: 30": "left: 0", "exercise: yes": "exercise: no"}
    with pytest.raises(BadFile) as error:
        replay(TALKS.replace(wrong, instead.get(wrong, "sead: 7")))
    assert why in str(error.value)
