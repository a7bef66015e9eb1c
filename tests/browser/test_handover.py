"""Observing at a handover point on a phone whose connection comes and goes: everything arrives, and once.

The room is made beforehand (``tests.browser.prepared``); ``test_prisoners`` walks the whole way there.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.agreeing import A, B
from tests.browser import looking
from tests.browser.person import PATIENCE, Person, sitting
from tests.browser.server import Server, serving
from tests.node import ROOT

# What IndexedDB holds, read past the pages' content policy; an encrypted box is counted, and looked into for numbers.
KEPT = """async () => {
  const open = indexedDB.open("goodoffices-handover");
  await new Promise((resolve) => open.addEventListener("success", resolve));
  const all = (name) => new Promise((resolve) => {
    const asked = open.result.transaction(name).objectStore(name).getAll();
    asked.addEventListener("success", () => resolve(asked.result));
  });
  const phones = await all("phones"), queue = await all("queue");
  open.result.close();
  const text = (row) => new TextDecoder("latin1").decode(row.box) + JSON.stringify({ ...row, box: null, iv: null });
  return {
    people: phones.map((phone) => phone.person), extractable: phones.map((phone) => phone.key.extractable),
    rows: queue.length, clear: queue.filter((row) => /AAAAA|BBBBB|received|plan/.test(text(row))).length,
  };
}"""
NOTHING = {"people": [], "extractable": [], "rows": 0, "clear": 0}


@dataclass
class Point:
    """A server with the room, and the phone that lies at the bridge."""

    server: Server
    room: str
    phone: Person

    def page(self, rest: str = "1/bridge/") -> str:
        return f"/rooms/{self.room}/handover/{rest}"

    def sign_in(self, name: str, who: Person | None = None) -> None:
        who = who or self.phone
        link = self.server.run("sign-in-link", name, "--url", self.server.url).stdout.split()[-1]
        who.go(link.removeprefix(self.server.url))
        who.press("Sign in")


@pytest.fixture
def point(chromium: Browser, tmp_path: Path) -> Iterator[Point]:
    home = tmp_path / "home"
    environment = {"GOODOFFICES_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "tests.browser.prepared"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    with serving(home) as server, sitting(chromium, server.url, "observer") as phone:
        phone.page.set_viewport_size(looking.PHONE)
        yield Point(server, made.stdout.strip(), phone)


def ready(who: Person) -> Locator:
    root = who.page.locator("[data-handover][data-ready]")
    root.wait_for(timeout=PATIENCE)
    return root


def observe(who: Person, typed: str, button: str) -> None:
    """Type the end of a number and tap what happened."""
    who.page.locator("input[name=number]").fill(typed)
    who.page.locator(".whats").get_by_role("button", name=button, exact=True).click()


def waits(who: Person, count: int) -> None:
    expect(who.page.locator(f"[data-handover][data-waiting='{count}']")).to_be_attached(timeout=PATIENCE)


def says(who: Person, number: str, words: str) -> None:
    expect(who.page.locator(f"[data-number='{number}'] [data-said]")).to_have_text(words, timeout=PATIENCE)


def kept(who: Person) -> Any:
    return who.page.evaluate(KEPT)


def recorded(point: Point, who: Person) -> list[str]:
    """The sentences of all observations on the record, oldest first, as somebody reads them in the room."""
    who.go(f"/rooms/{point.room}/")
    found = who.page.locator("ol.timeline .sentence", has_text="bridge in stage 1").all_inner_texts()
    return [text.partition("observed at The bridge in stage 1: ")[2] or "taken back" for text in reversed(found)]


def test_what_was_observed_without_a_connection_arrives_once(point: Point) -> None:
    phone = point.phone
    point.sign_in("observer")
    phone.go(point.page())
    ready(phone)
    phone.context.set_offline(True)
    observe(phone, "a4", "Received")
    says(phone, A[2], "received, waiting")
    phone.page.get_by_role("button", name=A[3], exact=True).click()  # tapped, not typed
    expect(phone.page.locator("[data-chosen]")).to_have_text(A[3])
    phone.page.locator(".whats").get_by_role("button", name="Not produced", exact=True).click()
    observe(phone, A[4], "Reported dead")
    phone.page.get_by_role("button", name="Undo", exact=True).click()
    waits(phone, 4)
    says(phone, A[4], "taken back, waiting")
    phone.faults += looking.violations(phone.page)
    phone.picture("waiting")
    found = kept(phone)
    assert (found["rows"], found["clear"], found["extractable"]) == (4, 0, [False])
    phone.page.close()  # the phone kills the tab
    phone.page = phone.context.new_page()
    phone.context.set_offline(False)
    phone.context.route("**/observations/", lambda route: route.abort())  # the page comes through, and nothing else
    phone.go(point.page())
    ready(phone)
    waits(phone, 4)
    phone.page.reload()
    ready(phone)
    says(phone, A[2], "received, waiting")
    waits(phone, 4)
    phone.context.unroute("**/observations/")
    line = Line()
    phone.context.route("**/observations/", line)
    observe(phone, B[2], "Received")
    waits(phone, 0)
    says(phone, B[2], "received, sent")
    assert kept(phone) == NOTHING
    words = ["AAAAA4 was received.", "AAAAA5 was not produced.", "AAAAA6 is reported to have died.", "taken back"]
    assert recorded(point, phone) == [*words, "BBBBB4 was received."]
    assert len(line.lost) == 1


@dataclass
class Line:
    """A connection over which the server gets what is sent and the first answer does not come back."""

    lost: list[int] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        if route.request.method == "POST" and not self.lost:
            self.lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()


def test_a_queue_is_its_own_persons_and_outlives_a_sign_in(point: Point) -> None:
    phone = point.phone
    point.sign_in("observer")
    phone.go(point.page())
    ready(phone)
    phone.context.clear_cookies()  # the sign-in has run out
    observe(phone, A[2], "Received")
    expect(phone.page.locator("[data-held]")).to_contain_text("You are signed out. What you observed is kept")
    waits(phone, 1)
    phone.faults += looking.violations(phone.page)
    phone.picture("signed-out")
    phone.page.locator("[data-held]").get_by_role("link", name="Sign in", exact=True).click()
    point.sign_in("side-a")  # somebody else, on the same phone
    phone.go(point.page())
    ready(phone)
    expect(phone.page.locator("[data-number='AAAAA4'] [data-said]")).to_have_text("not said yet")
    observe(phone, A[3], "Boarded")
    says(phone, A[3], "boarded, sent")
    found = kept(phone)
    assert (found["rows"], found["clear"], len(found["people"])) == (1, 0, 1)
    assert recorded(point, phone) == ["AAAAA5 boarded."]
    phone.press("Sign out", within=".masthead")
    point.sign_in("observer")
    phone.go(point.page())
    says(phone, A[2], "received, sent")
    assert kept(phone) == NOTHING
    assert recorded(point, phone) == ["AAAAA5 boarded.", "AAAAA4 was received."]


def test_another_person_in_another_tab_sends_nothing_of_the_first(point: Point) -> None:
    phone = point.phone
    point.sign_in("observer")
    phone.go(point.page())
    ready(phone)
    first = phone.page
    phone.page = phone.context.new_page()
    point.sign_in("side-b")
    phone.page = first
    observe(phone, A[2], "Received")
    expect(phone.page.locator("[data-held]")).to_contain_text("Another person is signed in here.")
    waits(phone, 1)
    assert recorded(point, phone) == []


def test_without_scripts_the_forms_do_the_same(point: Point, chromium: Browser) -> None:
    with sitting(chromium, point.server.url, "plain", java_script_enabled=False) as plain:
        point.sign_in("observer", plain)
        plain.go(point.page())
        plain.fill(number="a4")
        plain.press("Received")
        assert "On the record: AAAAA4 received." in plain.said()
        plain.press("Take it back")
        assert "On the record: AAAAA4 taken back." in plain.said()
        assert recorded(point, plain) == ["AAAAA4 was received.", "taken back"]


def test_every_page_fits_a_phone(point: Point) -> None:
    point.sign_in("observer")
    for page in ("", "1/", "1/bridge/", "2/ford/"):
        point.phone.go(point.page(page))
    assert point.phone.faults == []
