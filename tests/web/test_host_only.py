"""A round that the host alone keeps: nobody else has an account, and whatever the parties do is minuted for them.

Every page, readout and report has to say so: nothing that was minuted may look as if a party had entered or signed it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from goodoffices.cli import program
from goodoffices.readouts import render
from goodoffices.readouts.readout import readout
from goodoffices.record.verify import verify
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.office import Office
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web.acting import desks
from tests.people import HOST, SIDE_B, Pen, new_office

pytestmark = pytest.mark.django_db

SIDES = {"a": "Side A", "b": "Side B"}
NOT_CONFIRMED = {side: f"minuted for {name}, not confirmed" for side, name in SIDES.items()}
ENTERED = "entered by the host's server"


@dataclass
class Secretary:
    """The host's secretary at the pages of the round: acts for the host, or for a side."""

    office: Office
    browser: Client
    rooms: dict[str, str] = field(default_factory=dict)

    def view(self, room: str) -> RoomView:
        return Desk(self.office, HOST).room(self.rooms[room])

    def page(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200, address
        return html.unescape(answer.content.decode())

    def learn(self) -> None:
        self.rooms = {view.seats.name: view.id for view in Desk(self.office, HOST).rooms()}

    def delegation(self, room: str, side: str) -> str:
        return next(d.id for d in self.view(room).seats.delegations.values() if d.code == f"side-{side}")

    def do(self, room: str, command: str, side: str = "", **given: Any) -> None:
        """One act through the pages: from the offer on the room's page to its form, and sent."""
        query = f"?for={self.delegation(room, side)}" if side else ""
        page = self.page(f"/rooms/{self.rooms[room]}/{query}")
        offered = re.search(rf'href="(/rooms/{self.rooms[room]}/do/{command}/[^"]*)"', page)
        assert offered, f"{command} is not offered in {room}"
        form = self.page(offered[1])
        hidden = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', form))
        answer = self.browser.post(offered[1], hidden | given, follow=True)
        said = html.unescape(answer.content.decode())
        assert "It is on the record" in said, re.findall(r'(?s)<(?:p|div) class="(?:message|errors).*?</', said)


@pytest.fixture
def kept(db: None, monkeypatch: pytest.MonkeyPatch) -> Secretary:
    """The whole round, kept by the host with the only account there is."""
    office = new_office(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: office)
    browser = Client()
    browser.force_login(Account.objects.create_user("host", person=HOST, may_open_talks=True))
    pen = Secretary(office, browser)
    _open(pen)
    _agree(pen)
    _speak(pen)
    _carry(pen)
    _release(pen)
    assert Account.objects.count() == 1
    return pen


def _open(pen: Secretary) -> None:
    given = {
        "act": "a" * 32,
        "name": "strait",
        "title": "Talks on the strait",
        "host_code": "host",
        "host_name": "Host",
    }
    for number, (side, name) in enumerate(SIDES.items()):
        part = {"code": f"side-{side}", "role": "party", "name": name}
        given |= {f"sides-{number}-{key}": value for key, value in part.items()}
    assert pen.browser.post("/talks/open/", given).status_code == 302
    pen.learn()


def _agree(pen: Secretary) -> None:
    rules = {"publish": "host", "quote": "attributed", "notes": "host", "records": "kept-by-host"}
    pen.do("plenary", "propose-ground-rules", **rules)
    for side in SIDES:
        pen.do("plenary", "agree-ground-rules", side)
    pen.do("plenary", "call-meeting", code="first", title="First meeting")
    pen.do("plenary", "open-meeting")
    pen.do("plenary", "tell-understanding", "a", wording="One list each.", degree="in-principle")
    for side in SIDES:
        pen.do("plenary", "confirm-understanding", side)


def _speak(pen: Secretary) -> None:
    to = {side: pen.delegation("plenary", side) for side in SIDES}
    pen.do("plenary", "make-request", "a", to=to["b"], words="Please bring the maps.")
    pen.do("plenary", "answer-request", "b", answer="taken-note-of")
    paper = SimpleUploadedFile("terms.txt", b"On one day.", "text/plain")
    pen.do("plenary", "present-paper", "b", paper=paper, title="Terms", to=[to["a"]], purpose="proposal")
    pen.do("plenary", "receive-paper", "a")
    pen.do("plenary", "close-meeting")


def _carry(pen: Secretary) -> None:
    for side in SIDES:
        name = f"caucus-{side}"
        pen.do("plenary", "open-room", kind="caucus", name=name, members=[pen.delegation("plenary", side)])
        pen.learn()
    pen.do("caucus-a", "ask-leave", to=pen.delegation("plenary", "b"), point="The maps can wait.")
    pen.do("caucus-a", "allow-conveyance", "a")
    pen.do("caucus-a", "carry-point", to_room=pen.rooms["caucus-b"])
    pen.do("caucus-b", "answer-conveyed", "b", words="So can the lists.")


def _release(pen: Secretary) -> None:
    entries = [e.ref for e in pen.view("plenary").entries() if e.kind.startswith(("understanding-", "meeting-"))]
    pen.do("plenary", "release-entries", entries=entries, to=pen.rooms["public"])


def wanted(view: RoomView) -> Counter[str]:
    """The label of each entry of a room, as its own header has it."""
    codes = {d.id: d.code[-1] for d in view.seats.delegations.values()}
    found: Counter[str] = Counter()
    for entry in view.entries():
        behalf = entry.header.on_behalf
        if entry.kind == "entry-released":
            side = codes.get(entry.body["delegation"], "")
            found[NOT_CONFIRMED[side] if entry.body["minuted"] else "released by the host's server, as entered"] += 1
        else:
            found[NOT_CONFIRMED[codes[behalf]] if behalf else ENTERED] += 1
    return found


def authorship(page: str) -> Counter[str]:
    """How the entries on a page are known: the first badge of each."""
    return Counter(re.findall(r'<ul class="badges"[^>]*><li class="badge [^"]*" dir="auto">([^<]*)</li>', page))


def test_every_room_tells_what_was_minuted_from_what_was_entered(kept: Secretary) -> None:
    for room in kept.rooms:
        page = kept.page(f"/rooms/{kept.rooms[room]}/")
        record = page.partition('class="timeline"')[2]
        assert authorship(record) == wanted(kept.view(room)), room
    assert wanted(kept.view("plenary")) == {NOT_CONFIRMED["a"]: 5, NOT_CONFIRMED["b"]: 4, ENTERED: 6}


def test_every_entrys_page_says_it_carries_no_signature(kept: Secretary) -> None:
    for room, id in kept.rooms.items():
        for entry in kept.view(room).entries():
            page = kept.page(f"/rooms/{id}/entries/{entry.seq}/")
            assert "This entry carries no signature of its author" in page
            assert ("<dt>Minuted for</dt>" in page) == (entry.header.on_behalf is not None)
            assert 'class="badge signed"' not in page


def test_the_talks_page_says_how_each_partys_answer_came_about(kept: Secretary) -> None:
    page = kept.page(f"/talks/{kept.view('plenary').seats.talks}/")
    assert "stands: every party confirmed this wording" in page
    replies = re.search(r'(?s)<dl class="replies">(.*?)</dl>', page)
    assert replies
    assert replies[1].count("minuted, not confirmed") == 2
    assert 'class="badge signed"' not in page
    assert 'class="badge entered"' not in replies[1]


def test_the_meetings_readout_says_it_in_every_form(kept: Secretary) -> None:
    drawn = readout(kept.view("plenary"), "first")
    printed = kept.page(f"/rooms/{kept.rooms['plenary']}/meetings/first/")
    for text in (render.markdown(drawn), html.unescape(render.html(drawn)), render.json(drawn), printed):
        assert "signed by" not in text
        assert all(label in text for label in NOT_CONFIRMED.values())
    for line in render.markdown(drawn).splitlines():
        if re.match(r" *- Side [AB] (told|confirmed|made|took|presented|received)", line):
            assert "not confirmed" in line, line


def test_the_public_is_told_as_well(kept: Secretary) -> None:
    page = html.unescape(Client().get(f"/public/{kept.view('public').seats.talks}/").content.decode())
    assert page.count(NOT_CONFIRMED["a"]) == 2
    assert page.count(NOT_CONFIRMED["b"]) == 1
    assert "signed by" not in page


def test_the_verifier_counts_them_apart(kept: Secretary, tmp_path: Path) -> None:
    for room, id in kept.rooms.items():
        labels = wanted(kept.view(room))
        minuted = sum(e.header.on_behalf is not None for e in kept.view(room).entries())
        bundle = tmp_path / f"{room}.zip"
        bundle.write_bytes(b"".join(kept.browser.get(f"/rooms/{id}/export.zip")))  # type: ignore[arg-type]
        counts = verify(bundle, processes=1).counts()
        entered = labels.total() - minuted
        assert counts == {
            "signed": 0,
            "entered": entered,
            "minuted": minuted,
            "minuted-confirmed": 0,
            "minuted-objected": 0,
        }
        shown = re.findall(r'<th scope="row">([^<]*)</th><td[^>]*>(\d+)</td>', kept.page(f"/rooms/{id}/verify/"))
        told = {text: int(count) for text, count in shown if count != "0"}
        expected = {ENTERED: entered} | ({"minuted, not confirmed": minuted} if minuted else {})
        assert told == expected


def test_the_command_line_says_so_of_an_export(kept: Secretary, tmp_path: Path) -> None:
    bundle = tmp_path / "plenary.zip"
    bundle.write_bytes(b"".join(kept.browser.get(f"/rooms/{kept.rooms['plenary']}/export.zip")))  # type: ignore[arg-type]
    said = CliRunner().invoke(program(), ["record", "verify", str(bundle)])
    assert said.exit_code == 0
    assert re.findall(r"^ +(\d+) (.*)$", said.stdout, re.MULTILINE) == [
        ("6", ENTERED),
        ("9", "minuted, not confirmed"),
    ]


def test_a_party_that_comes_later_signs_and_is_told_apart_from_the_rest(kept: Secretary) -> None:
    """Side B sends somebody with a key, who confirms one minute and objects to another."""
    pen, plenary = Pen("side b"), kept.rooms["plenary"]
    seat = {"person": SIDE_B, "delegation": "side-b", "name": "Bo Birch", "keys": [pen.key]}
    Desk(kept.office, HOST).act(Request("b" * 32, (Step(plenary, "accredit-delegate", seat, None),)))
    own = [e.ref for e in kept.view("plenary").entries() if e.header.on_behalf == kept.delegation("plenary", "b")]
    for number, (command, ref) in enumerate((("confirm-minute", own[0]), ("object-minute", own[-1]))):
        asked = Request(f"{number:032x}", (Step(plenary, command, {"entry": ref}, None),))
        Desk(kept.office, SIDE_B).act(asked, pen)
    page = kept.page(f"/rooms/{plenary}/").partition('class="timeline"')[2]
    assert authorship(page) == {
        NOT_CONFIRMED["a"]: 5,
        NOT_CONFIRMED["b"]: 2,
        "minuted, confirmed by Side B": 1,
        "minuted, objected to by Side B": 1,
        "signed by Bo Birch": 2,
        ENTERED: 7,
    }
    report = verify(b"".join(kept.browser.get(f"/rooms/{plenary}/export.zip")), processes=1)  # type: ignore[arg-type]
    assert report.counts() == {"signed": 2, "entered": 7, "minuted": 7, "minuted-confirmed": 1, "minuted-objected": 1}
