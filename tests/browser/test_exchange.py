"""A sealed exchange in a real browser: two sides and three holders at five windows, each with a passkey of their own.

It is carried through twice in one room: with all three holders, and with one that stays silent. The room's export then
passes ``goodoffices exchange verify``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import looking, walk
from tests.browser.person import PATIENCE, Person, sitting
from tests.browser.server import Server, serving

PASSPHRASE = "orchard kettle harbour violin"
PAPERS = {
    "side-a": b"conditions:\n- topic: ceasefire\n  wording: The guns fall silent at noon.\n",
    "side-b": b"conditions:\n- topic: prisoners\n  wording: All prisoners come home first.\n",
}


@dataclass
class Table:
    """Five people at their windows, and the room of the exchange."""

    server: Server
    folder: Path
    people: dict[str, Person]
    room: str = ""
    exchange: str = ""
    opened: dict[str, bytes] = field(default_factory=dict)

    def page(self, rest: str = "") -> str:
        return f"/rooms/{self.room}/exchange/{rest}"


@pytest.fixture(scope="module")
def table(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    """Everybody seated in the room, with keys named and recovery sheets tested."""
    folder = tmp_path_factory.mktemp("exchange")
    with serving(folder / "home") as server, ExitStack() as stack:
        names = ("host", "side-a", "side-b", "guarantor-1", "guarantor-2")
        people = {name: stack.enter_context(sitting(chromium, server.url, name)) for name in names}
        outsider = stack.enter_context(sitting(chromium, server.url, "outsider"))
        first = walk.Round(server, folder, people["host"], people["side-a"], people["side-b"], outsider, outsider)
        seat(first, people)
        made = Table(server, folder, people, first.rooms["exchange"])
        for name in people:
            make_keys(made, name)
        yield made


def seat(r: walk.Round, people: dict[str, Person]) -> None:
    walk.sign_in_by_link(r, r.host)
    walk.enrol(r.host)
    walk.open_talks(r)
    walk.invite(r, r.side_a, "Side A", name="Ana Aster")
    walk.invite(r, r.side_b, "Side B", name="Bo Birch")
    r.host.begin(r.rooms["plenary"], "open-room")
    r.host.page.locator("main details", has_text="Others").locator("> summary").first.click()
    guests = {}
    for number in (0, 1):
        guests |= {
            f"guests__{number}__code": f"guarantor-{number + 1}",
            f"guests__{number}__role": "third-party",
            f"guests__{number}__name": f"Guarantor {number + 1}",
        }
    r.host.fill(kind="format", name="exchange", members=["Side A", "Side B"], **guests)
    r.host.send()
    walk.learn_rooms(r)
    r.rooms["plenary"], plenary = r.rooms["exchange"], r.rooms["plenary"]
    for number in (1, 2):
        walk.invite(r, people[f"guarantor-{number}"], f"Guarantor {number}", name=f"Gard {number}")
    r.rooms["plenary"] = plenary


def sign(who: Person) -> None:
    """The page that says once more what is signed."""
    who.page.wait_for_url(re.compile(r"/acts/[0-9a-f]{32}/sign/$"), timeout=PATIENCE)
    who.look()
    who.press("Sign with my passkey")
    assert "It is on the record" in who.said(), who.said()


def submit(who: Person, button: str) -> None:
    """Press the button of a form with a hook, which sends the form itself when it is done."""
    who.page.locator("form[data-ready]").first.wait_for(timeout=PATIENCE)
    who.page.get_by_role("button", name=button, exact=True).click()


def make_keys(t: Table, name: str) -> None:
    who = t.people[name]
    who.go(t.page("keys/"))
    who.page.locator("[data-ask='passphrase']").fill(PASSPHRASE)
    who.page.locator("[data-ask='passphrase-again']").fill(PASSPHRASE)
    submit(who, "Make keys")
    who.page.get_by_text("The key file is saved in a safe place.").wait_for(timeout=PATIENCE)
    who.faults += looking.violations(who.page)
    who.picture("keys-made")
    letters = who.page.locator("[data-sheet] .groups li").all_inner_texts()
    for box in who.page.locator("[data-when='made'] input[type=checkbox]").all():
        box.check()
    who.page.get_by_role("button", name="Name these keys and go on to sign", exact=True).first.click()
    sign(who)
    if name.startswith("side"):
        who.go(t.page("keys/test/"))
        who.page.locator("[data-ask='recovery-key']").fill(" ".join(letters))
        with who.page.expect_navigation(timeout=PATIENCE):
            submit(who, "Test the sheet")
        assert "It is on the record" in who.said(), who.said()


def propose(t: Table) -> None:
    host = t.people["host"]
    host.go(t.page("propose/"))
    host.fill(holders=["Host country", "Guarantor 1", "Guarantor 2"], k="2", topics=["Ceasefire", "Prisoners"])
    host.fill(deadline="2099-01-16T12:00", bucket="65536")
    host.send()
    sign(host)
    t.exchange = host.page.url.removeprefix(t.server.url)
    assert re.fullmatch(rf"{t.page()}[0-9]+/", t.exchange), t.exchange


def agree(t: Table, name: str) -> None:
    who = t.people[name]
    who.go(t.exchange)
    who.follow("Agree to the exchange")
    who.press("Go on to sign")
    sign(who)


def seal(t: Table, name: str) -> None:
    who, paper = t.people[name], t.folder / f"{name}.yaml"
    paper.write_bytes(PAPERS[name])
    who.go(t.exchange)
    who.follow("Seal your paper")
    assert "together could." in who.text()
    who.page.locator("[data-ask='paper']").set_input_files(str(paper))
    submit(who, "Seal and go on to sign")
    sign(who)


def with_key(who: Person) -> None:
    who.page.locator("[data-when-key='kept']").wait_for(timeout=PATIENCE)
    who.page.locator("[data-ask='passphrase']").fill(PASSPHRASE)


def hold(t: Table, name: str) -> None:
    who = t.people[name]
    who.go(t.exchange)
    who.follow("Confirm what you hold")
    with_key(who)
    submit(who, "Check, confirm and go on to sign")
    sign(who)


def release(t: Table, name: str) -> None:
    who = t.people[name]
    who.go(t.exchange)
    who.follow("Release both papers")
    with_key(who)
    submit(who, "Release both papers and go on to sign")
    sign(who)


def open_(t: Table, name: str) -> None:
    who = t.people[name]
    who.go(t.exchange)
    who.follow("Open the other side's paper")
    with_key(who)
    submit(who, "Open the paper")
    save = who.page.get_by_role("button", name="Save the paper", exact=True)
    save.wait_for(timeout=PATIENCE)
    who.faults += looking.violations(who.page)
    who.picture("opened")
    with who.page.expect_download() as download:
        save.click()
    file = t.folder / f"opened-by-{name}"
    download.value.save_as(file)
    t.opened[name] = file.read_bytes()
    who.page.locator("form[data-sealing] [name='structured']").check()
    who.page.locator("form[data-sealing] [name='left']").first.check()
    who.page.get_by_role("button", name="Say that you opened it, and go on to sign", exact=True).first.click()
    sign(who)


def carry_through(t: Table, releasing: tuple[str, ...]) -> None:
    t.opened.clear()
    propose(t)
    for name in t.people:
        agree(t, name)
    seal(t, "side-a")
    hold(t, releasing[0])
    seal(t, "side-b")
    for name in releasing:
        hold(t, name)
    for name in releasing[:2]:
        release(t, name)
    for name in ("side-a", "side-b"):
        open_(t, name)
    assert t.opened == {"side-a": PAPERS["side-b"], "side-b": PAPERS["side-a"]}
    for who in t.people.values():
        who.go(t.exchange)
        assert "both papers opened" in who.text()
        assert "Required topics left blank: Ceasefire." in who.text()


def exported(t: Table, name: str) -> Path:
    who, bundle = t.people[name], t.folder / f"{name}.zip"
    who.go(f"/rooms/{t.room}/")
    with who.page.expect_download() as download:
        who.page.get_by_role("link", name="Export", exact=True).click()
    download.value.save_as(bundle)
    return bundle


def test_two_sides_and_three_holders_and_then_one_of_them_silent(table: Table) -> None:
    carry_through(table, ("guarantor-2", "host", "guarantor-1"))
    carry_through(table, ("guarantor-1", "host"))
    bundle = exported(table, "side-b")
    assert table.server.run("record", "verify", str(bundle)).returncode == 0
    verified = table.server.run("exchange", "verify", str(bundle))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    phone(table)
    assert {name: who.faults for name, who in table.people.items() if who.faults} == {}


def phone(t: Table) -> None:
    """Every page of an exchange fits a phone and has nothing that axe objects to there."""
    for name, steps in (("side-a", ("", "seal/", "open/", "table/side-b/")), ("host", ("", "hold/", "release/"))):
        who = t.people[name]
        who.page.set_viewport_size(looking.PHONE)
        for step in steps:
            who.go(t.exchange + step)
        for address in (t.page(), t.page("keys/"), t.page("propose/"), "/exchanges/", f"/rooms/{t.room}/"):
            who.go(address)
        who.page.set_viewport_size(looking.DESKTOP)
