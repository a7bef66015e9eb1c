"""What is heard in a room of one's own tells nothing elsewhere, and never draws on the room it was heard of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from goodoffices.record.entries import cited
from goodoffices.secretariat.desk import Desk
from goodoffices.statements.kept import STATEMENTS
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.statements import views
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {"verb": "said", "setting": "in-room"}


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch) -> Round:
    """A closed room of side A's with a meeting of its own, and statements where both sides sit."""
    talks = open_round(DatabaseStore("default"))
    add_room(talks, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    talks.do(HOST, "plenary", "record-statement", **SAID, gist="We wait.", issues=["lists"], describes=["first"])
    talks.do(HOST, "public", "record-statement", **SAID, gist="They met.", issues=["lists"], describes=["first"])
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    return talks


def spoken(talks: Round) -> None:
    """Everything there is to do with statements, in the room of side A."""
    said = SAID | {"issues": ["lists"], "describes": ["first"], "open": [{"what": "reference", "words": "those areas"}]}
    talks.do(SIDE_A, "room-a", "record-statement", **said, gist="Hidden: they will yield.", speaker_person=SIDE_A)
    first = talks.last(SIDE_A, "room-a")
    talks.do(SIDE_A, "room-a", "record-statement", **said, gist="Hidden: they will not.", same_speaker=first)
    second = talks.last(SIDE_A, "room-a")
    talks.do(SIDE_A, "room-a", "relate-statements", statement=second, how="contradicts", to=first)
    talks.do(SIDE_A, "room-a", "resolve-reference", statement=first, item=1, means="Hidden: the north.", source="A map")
    talks.do(SIDE_A, "room-a", "identify-speaker", statement=second, name="Hidden: the deputy", source="A list")
    talks.do(SIDE_A, "room-a", "note-subject", entry=first, issues=["hidden"])


def addresses(talks: Round) -> Iterator[str]:
    asked = ("", "?issue=hidden", f"?speaker={SIDE_A}", "?open=1", "claims.json", "issues/lists/", "issues/hidden/")
    for room in ("plenary", "public", "room-a", "caucus-b"):
        for rest in (*asked, "meetings/first/", "meetings/hidden/"):
            yield f"/rooms/{talks.rooms[room]}/statements/{rest}"
        yield f"/rooms/{talks.rooms[room]}/"
        yield f"/rooms/{talks.rooms[room]}/do/record-statement/"
        yield f"/rooms/{talks.rooms[room]}/do/relate-statements/"


def told(talks: Round) -> dict[str, bytes]:
    """What side B is told of every statement there is."""
    account = Account.objects.filter(pk=SIDE_B).first() or Account.objects.create_user("side-b", person=SIDE_B)
    browser = Client()
    browser.force_login(account)
    return {address: _without_masks(browser.get(address)) for address in addresses(talks)}


def _without_masks(answer: Any) -> bytes:
    first, *rest = answer.content.split(b'name="csrfmiddlewaretoken" value="')
    return b"".join([first, *(part.split(b'"', 1)[1] for part in rest)]) + str(answer.status_code).encode()


def test_nothing_shows_outside_the_room(talks: Round) -> None:
    quiet = told(talks)
    spoken(talks)
    assert told(talks) == quiet


def test_a_planted_leak_is_caught(talks: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts gathered from somebody else's desk."""
    quiet = told(talks)
    spoken(talks)
    monkeypatch.setattr(views, "of_talks", lambda _mine, of: desks.of_talks(Desk(talks.office, SIDE_A), of))
    leaking = told(talks)
    assert any(b"Hidden" in content for content in leaking.values())
    assert {a.rsplit("/", 3)[1] for a in quiet if quiet[a] != leaking[a] and b"Hidden" in leaking[a]} == {"meetings"}


def test_hearsay_never_draws_on_the_record_it_is_about(talks: Round) -> None:
    """What side B heard of side A's room is side B's own: no entry, word or state of that room is in it."""
    spoken(talks)
    add_room(talks, SIDE_B, "plenary", kind="delegation-room", name="room-b")
    heard = SAID | {"gist": "Heard: they will yield.", "known": "anonymous", "describes": ["first"], "order": "during"}
    talks.do(SIDE_B, "room-b", "record-statement", **heard, occasion="A meeting of side A", place="Their room")
    closed, own = talks.view(SIDE_A, "room-a"), talks.view(SIDE_B, "room-b")
    of_closed = {e.ref for e in closed.entries()} | {c for e in closed.entries() for c in cited(e.body)} | {closed.id}
    assert not of_closed & {value for e in own.entries() for p in ("e:", "p:") for value in cited(e.body, p)}
    assert closed.id not in b"".join(own.lines()).decode()
    assert not of_closed & {*own.state[STATEMENTS].later, *own.state[STATEMENTS].open}
    first = next(iter(closed.state[STATEMENTS].later))
    for fields in ({"about": [first]}, {"same_speaker": first}):
        with pytest.raises(Exception, match="not on this room's record"):
            talks.do(SIDE_B, "room-b", "record-statement", **heard | {"occasion": "A meeting"} | fields)


def test_it_is_the_same_whatever_was_said_there(talks: Round) -> None:
    """The folded state of side B's room, byte for byte, with and without what it is about."""
    add_room(talks, SIDE_B, "plenary", kind="delegation-room", name="room-b")
    size = talks.view(SIDE_B, "room-b").size
    before = talks.office.matters.dump(talks.office.load(talks.rooms["room-b"], size))
    spoken(talks)
    assert talks.office.matters.dump(talks.office.load(talks.rooms["room-b"], size)) == before
