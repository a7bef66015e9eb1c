"""A whole round in the browser, chapter by chapter: each takes the cast and leaves the talks further on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.person import Person, sitting
from tests.browser.server import Server

PASSWORD = "lanterns over the strait"
WORDING = "Each side hands the other a list of names by Friday."
OTHER_WORDS = "نطلب اجتماعاً للخبراء"  # a request in Arabic: words keep their own direction
SECRET_POINT = "Side B could wait until spring."
NAMED = "The driver Ivo Tamm was at the gate."


@dataclass
class Round:
    """The cast at their browsers, the ids of the talks and of its rooms by short name."""

    server: Server
    folder: Path
    host: Person
    side_a: Person
    side_b: Person
    observer: Person
    outsider: Person
    talks: str = ""
    rooms: dict[str, str] = field(default_factory=dict)
    paper: str = ""  # seq of side B's paper

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (self.host, self.side_a, self.side_b, self.observer, self.outsider)

    def entries(self, who: Person, room: str) -> int:
        """How many entries somebody sees in a room."""
        who.go(f"/rooms/{self.rooms[room]}/")
        newest = who.page.locator("ol.timeline > li").first.get_attribute("value")
        return int(newest or -1) + 1


@contextmanager
def cast(browser: Browser, server: Server, folder: Path) -> Iterator[Round]:
    """Five people, each in a browser profile of their own."""
    with ExitStack() as stack:
        names = ("host", "side-a", "side-b", "observer", "outsider")
        people = [stack.enter_context(sitting(browser, server.url, name)) for name in names]
        yield Round(server, folder, *people)


def walk(r: Round) -> None:
    """The round from the first link to the end of the meeting."""
    sign_in_by_link(r, r.host)
    enrol(r.host)
    open_talks(r)
    invite(r, r.side_a, "Side A", level="minister", name="Ana Aster", sender="The government of Side A")
    invite(r, r.side_b, "Side B", level="deputy-minister-or-envoy", name="Bo Birch", function="Envoy")
    settle_ground_rules(r)
    admit_the_observer(r)
    sign_in_by_link(r, r.outsider)
    meet(r)
    understand(r)
    ask(r)
    present_a_paper(r)
    minute(r)
    correct(r)
    erase(r)
    set_out(r)
    carry_a_point(r)
    close_and_release(r)


def sign_in_by_link(r: Round, who: Person) -> None:
    who.go(r.server.account(who.name).removeprefix(r.server.url))
    who.press("Sign in")
    assert who.page.url == r.server.url + "/"


def enrol(who: Person) -> None:
    """Add a passkey; the recovery codes are shown with it."""
    who.go("/account/passkeys/add/")
    who.fill(name="laptop")
    who.press("Add a passkey")
    assert who.passkeys is not None
    assert len(who.passkeys.credentials()) == 1
    who.go("/account/codes/")
    assert who.page.locator("ul.codes li").count() >= 8


def open_talks(r: Round) -> None:
    host = r.host
    host.go("/")
    host.follow("Open talks")
    host.fill(name="strait", title="Talks on the strait", host_code="host", host_name="Host country")
    host.fill(person_name="Hale Harbour", person_function="Special envoy")
    host.fill(sides__0__code="side-a", sides__0__role="party", sides__0__name="Side A")
    host.fill(sides__1__code="side-b", sides__1__role="party", sides__1__name="Side B")
    host.send()
    found = re.search(r"/talks/([0-9a-f]{32})/", host.page.url)
    assert found, host.said()
    r.talks = found[1]
    learn_rooms(r)
    assert sorted(r.rooms) == ["host-room", "plenary", "public"]


def learn_rooms(r: Round) -> None:
    """Take the rooms' ids from the host's page of the talks."""
    r.host.go(f"/talks/{r.talks}/")
    for link in r.host.page.locator("section[aria-labelledby=rooms] th a").all():
        r.rooms[link.inner_text()] = (link.get_attribute("href") or "").split("/")[2]


def invite(r: Round, guest: Person, delegation: str, passkey: bool = True, **details: str) -> None:
    """The host makes a link; in the guest's browser it becomes an account, a passkey and a seat."""
    r.host.go(f"/rooms/{r.rooms['plenary']}/")
    r.host.page.locator("main a[href*='/invitations/new/']").first.wait_for(state="attached")
    r.host.go(f"/invitations/new/{r.rooms['plenary']}/")
    r.host.fill(delegation=delegation, **details)
    r.host.press("Make the link")
    link = r.host.text(".told")
    guest.go(link.removeprefix(r.server.url))
    guest.fill(called=guest.name, password=PASSWORD, again=PASSWORD, zone="Europe/Helsinki")
    guest.press("Accept the invitation")
    if passkey:
        guest.follow("Add a passkey")
        guest.fill(name="phone")
        guest.press("Add a passkey")
        guest.go("/invitations/joining/")
        guest.press("Take your seat")
        assert guest.page.locator("ul.codes li").count() >= 8
    else:
        guest.press("Take your seat without a passkey")
    assert "You have taken your seat" in guest.said()


def settle_ground_rules(r: Round) -> None:
    plenary = r.rooms["plenary"]
    rules = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}
    r.host.do(plenary, "propose-ground-rules", text="Nobody films in the room.", **rules)
    r.side_a.sign(plenary, "agree-ground-rules")
    r.side_b.sign(plenary, "agree-ground-rules")


def admit_the_observer(r: Round) -> None:
    plenary = r.rooms["plenary"]
    seat = {"code": "observer", "role": "third-party", "name": "Observer state"}
    r.host.do(plenary, "propose-presence", reason="To witness the exchange of lists.", **seat)
    r.side_a.sign(plenary, "consent-presence")
    r.side_b.sign(plenary, "consent-presence", reason="For this round.")
    r.host.do(plenary, "admit-delegation")
    invite(r, r.observer, "Observer state", passkey=False, name="Oda Oak", level="technical")


def meet(r: Round) -> None:
    plenary = r.rooms["plenary"]
    r.host.do(
        plenary, "call-meeting", code="first", title="First meeting", venue="Old customs house", zone="Asia/Tokyo"
    )
    r.host.do(plenary, "open-meeting")


def understand(r: Round) -> None:
    """It stands once both have confirmed the very same wording."""
    plenary = r.rooms["plenary"]
    r.side_a.do(plenary, "tell-understanding", wording=WORDING, degree="in-principle")
    r.side_b.sign(plenary, "confirm-understanding")
    r.side_b.go(f"/talks/{r.talks}/")
    assert "does not stand" in r.side_b.text(".telling")
    r.side_a.sign(plenary, "confirm-understanding")
    for who in (r.side_a, r.side_b, r.observer, r.host):
        who.go(f"/talks/{r.talks}/")
        assert "stands: every party confirmed this wording" in who.text(".telling")
        assert WORDING in who.text(".telling")


def ask(r: Round) -> None:
    plenary = r.rooms["plenary"]
    r.side_b.do(plenary, "make-request", to="Side A", words=OTHER_WORDS)
    r.side_a.do(plenary, "answer-request", answer="taken-note-of")


def present_a_paper(r: Round) -> None:
    plenary = r.rooms["plenary"]
    paper = r.folder / "Terms of the exchange.txt"
    paper.write_text("One list each, on one day.\n")
    r.side_b.do(plenary, "present-paper", paper=paper, title="Terms", to=["Side A", "Host country"], purpose="proposal")
    r.side_a.do(plenary, "receive-paper")
    r.host.do(plenary, "receive-paper")


def set_out(r: Round) -> None:
    """Side B has its conditions read from a file, finds a topic that is not right, and sets them out."""
    plenary = r.rooms["plenary"]
    file = r.folder / "Conditions.md"
    file.write_text("# Prisoners\n\n- One list each, on one day.\n\n# Weather\n\n- No crossing in fog.\n")
    r.side_b.begin(plenary, "set-out-conditions")
    r.paper = r.side_b.page.url.split("/")[-3]
    r.side_b.page.get_by_text("Read from a file instead").click()
    r.side_b.fill(file=file)
    r.side_b.press("Read it")
    assert "“Weather” is none of the topics" in r.side_b.text()
    r.side_b.fill(conditions__1__topic="Monitoring", conditions__1__depends_on="prisoners-1")
    r.side_b.press("Set out its conditions")
    assert "It is on the record" in r.side_b.said()
    r.side_a.go(f"/rooms/{plenary}/")
    r.side_a.follow("Conditions side by side")
    assert "No crossing in fog." in r.side_a.text()
    assert "only Side B" in r.side_a.text()


def minute(r: Round) -> None:
    """The host writes down what side B does in the room; side B confirms it with its passkey."""
    plenary = r.rooms["plenary"]
    r.host.go(f"/rooms/{plenary}/")
    side_b = r.host.page.locator("#for option", has_text="Side B").get_attribute("value") or ""
    said = {"verb": "said", "gist": "Side B will send its list first.", "setting": "in-room"}
    r.host.do(plenary, "record-statement", on_behalf=side_b, **said)
    assert "minuted for Side B, not confirmed" in r.host.text(".timeline")
    r.side_b.sign(plenary, "confirm-minute")
    assert "minuted, confirmed by Side B" in r.side_b.text(".timeline")


def correct(r: Round) -> None:
    plenary = r.rooms["plenary"]
    r.side_a.do(plenary, "note-event", what="call", words="Our minister called yours on Monday.")
    number = r.entries(r.side_a, "plenary") - 1
    r.side_a.go(f"/rooms/{plenary}/entries/{number}/")
    r.side_a.follow("Correct this entry")
    r.side_a.fill(says="It was on Tuesday.", reason="Read from the wrong diary.")
    r.side_a.send()
    assert "It is on the record" in r.side_a.said()
    r.observer.go(f"/rooms/{plenary}/entries/{number}/")
    assert "It was on Tuesday." in r.observer.text()
    assert "Our minister called yours on Monday." in r.observer.text()


def erase(r: Round) -> None:
    plenary = r.rooms["plenary"]
    r.side_b.do(plenary, "note-event", what="arrival", words=NAMED)
    r.observer.go(f"/rooms/{plenary}/")
    assert NAMED in r.observer.text(".timeline")
    number = r.entries(r.side_b, "plenary") - 1
    r.side_b.begin(plenary, "erase-particulars")
    r.side_b.fill(entry=f"{number}. ", reason="personal-data")
    r.side_b.send()
    assert "It is on the record" in r.side_b.said()
    for who in (r.observer, r.host):
        who.go(f"/rooms/{plenary}/")
        assert NAMED not in who.page.content()


def carry_a_point(r: Round) -> None:
    """From one caucus to the other, with leave that side A signs."""
    plenary = r.rooms["plenary"]
    for side in ("a", "b"):
        r.host.do(plenary, "open-room", kind="caucus", name=f"caucus-{side}", members=f"Side {side.upper()}")
    learn_rooms(r)
    r.host.do(r.rooms["caucus-a"], "ask-leave", to="Side B", point="Side A would accept a list in two parts.")
    r.side_a.sign(r.rooms["caucus-a"], "allow-conveyance")
    r.host.do(r.rooms["caucus-a"], "carry-point", to_room="caucus-b")
    r.side_b.go(f"/rooms/{r.rooms['caucus-b']}/")
    assert "Side A would accept a list in two parts." in r.side_b.text()
    r.side_b.do(r.rooms["caucus-b"], "answer-conveyed", words=SECRET_POINT)


def close_and_release(r: Round) -> None:
    """The ground rules let the host publish: the wording, that both confirmed it, and nothing else."""
    plenary = r.rooms["plenary"]
    r.host.do(plenary, "close-meeting", length_bound="under", length_minutes="120")
    r.host.begin(plenary, "release-entries")
    r.host.fill(entries=["told of an understanding", "Side A confirmed this", "Side B confirmed this"], to="public")
    r.host.send()
    assert "It is on the record" in r.host.said()
