"""One person at a browser of their own: what they press and fill in, and what is asked of every page they meet."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.browser import looking
from tests.chromium import Authenticator, add_authenticator

SCREENSHOTS = os.environ.get("GOODOFFICES_SCREENSHOTS")
PATIENCE = 30_000  # milliseconds
_ID = re.compile(r"[0-9a-f]{32,64}|(?<=/link/)[^/]+")


@dataclass
class Person:
    """`faults`: whatever was wrong on a page, to be empty at the end. `met`: every address met, without the host."""

    name: str
    base: str
    context: BrowserContext
    page: Page
    passkeys: Authenticator | None = None
    faults: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    refusals: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Take down what the browser complains of, and whatever is fetched from elsewhere."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url} {error}"))
        self.context.on("request", self._request)

    def go(self, address: str, status: int = 200) -> None:
        """Open an address of this site."""
        if status >= 400:
            self.refusals.add(self.base + address)
        answer = self.page.goto(self.base + address)
        assert answer is not None
        assert answer.status == status, f"{self.name} {address}: {answer.status}"
        self.look()

    def press(self, button: str, within: str = "main") -> None:
        """Press a button that sends a form, and wait for the page it leads to."""
        self._through(self.page.locator(within).get_by_role("button", name=button, exact=True).first)

    def press_in(self, heading: str, button: str) -> None:
        """Press a button of the form under this heading."""
        form = self.page.locator("main form", has=self.page.get_by_role("heading", name=heading))
        self._through(form.get_by_role("button", name=button, exact=True))

    def follow(self, link: str, within: str = "main") -> None:
        self._through(self.page.locator(within).get_by_role("link", name=link, exact=True).first)

    def fill(self, **values: str | list[str] | Path) -> None:
        """Fill in fields by name, `x__y` standing for `x-y`. An option is named by its code or by part of its words."""
        for name, value in values.items():
            self._fill(name.replace("__", "-"), value)

    def begin(self, room: str, command: str, about: str = "", on_behalf: str = "") -> None:
        """Open the form of a command, from where the room's page offers it. `about`: words beside the link."""
        self.go(f"/rooms/{room}/" + (f"?for={on_behalf}" if on_behalf else ""))
        offers = self.page.locator(".acting li, .acting p", has_text=about)
        link = offers.locator(f"a[href*='/do/{command}/']").first
        folded = link.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("> summary").click()
        self._through(link)

    def do(self, room: str, command: str, about: str = "", on_behalf: str = "", **values: Any) -> None:
        """One act in a room, from the offer on its page to the word that it is on the record."""
        self.begin(room, command, about, on_behalf)
        self.fill(**values)
        self.send()
        assert "/rooms/" in self.page.url, self.said()
        assert "It is on the record" in self.said()

    def sign(self, room: str, command: str, about: str = "", **values: Any) -> None:
        """A binding act, read once more and signed with the passkey."""
        self.begin(room, command, about)
        self.fill(**values)
        self.press("Go on to sign")
        assert re.search(r"/acts/[0-9a-f]{32}/sign/$", self.page.url), self.said()
        self.press("Sign with my passkey")
        assert "It is on the record" in self.said()

    def send(self) -> None:
        """Press the form's main button."""
        self._through(self.page.locator("main form button.primary").first)

    def said(self) -> str:
        """The messages on the page."""
        return " ".join(self.page.locator(".message, .errors").all_inner_texts())

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def look(self) -> None:
        """What is asked of every page. A page is looked at again only where what it is made of differs."""
        address = self.page.url.removeprefix(self.base)
        self.met.append(address)
        if self.passkeys is None:
            return  # without scripts there is no looking at it either
        self.faults += looking.wider(self.page)
        if _is_new(self.page, address):
            self.faults += looking.violations(self.page)
            self.picture(address)

    def picture(self, called: str) -> None:
        """Keep a picture of the page, where the environment asks for pictures."""
        if SCREENSHOTS:
            Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
            number = len(list(Path(SCREENSHOTS).iterdir()))
            file = f"{number:03}-{self.name}-{re.sub('[^a-z]+', '-', _ID.sub('', called)).strip('-')}.png"
            self.page.screenshot(path=Path(SCREENSHOTS, file), full_page=True)

    def _through(self, target: Locator) -> None:
        with self.page.expect_navigation(timeout=PATIENCE):
            target.click(timeout=PATIENCE)
        self.look()

    def _fill(self, name: str, value: str | list[str] | Path) -> None:
        fields = self.page.locator(f"main [name='{name}']")
        kind = fields.first.evaluate("(element) => element.type", timeout=PATIENCE)
        if kind == "checkbox":
            for each in [value] if isinstance(value, str) else value:
                box = self.page.locator(f"label:has([name='{name}'])", has_text=each).first
                box.locator("input").check()
        elif kind == "file":
            fields.first.set_input_files(str(value))
        elif kind == "select-one":
            options = fields.first.locator("option")
            coded = fields.first.locator(f"option[value='{value}']")
            chosen = coded if coded.count() else options.filter(has_text=str(value))
            fields.first.select_option(value=chosen.first.get_attribute("value"))
        else:
            fields.first.fill(str(value))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        # The browser reports a refusal that was asked for as if it were a fault of the page.
        if message.text.startswith("Failed to load resource") and message.location["url"] in self.refusals:
            return
        self.faults.append(f"{self.page.url} {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "blob:")):
            self.faults.append(f"{self.page.url} fetches {request.url}")


@contextmanager
def sitting(browser: Browser, base: str, name: str, **options: Any) -> Iterator[Person]:
    """A person with a browser profile of their own and, unless scripts are off, an authenticator in it."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC", viewport=looking.DESKTOP, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    person = Person(name, base, context, page)
    if options.get("java_script_enabled", True):
        person.passkeys = add_authenticator(page)
    person.watch()
    yield person
    context.close()


# What a page is made of: its elements and their classes, each shape of a parent and its child once.
_MADE_OF = """() => [...new Set([...document.querySelectorAll("body *")].map(
  (e) => `${e.parentElement.tagName}.${e.parentElement.className}>${e.tagName}.${e.className}.${e.type || ""}`
))]"""
_seen: dict[str, set[str]] = {}


def _is_new(page: Page, address: str) -> bool:
    """Whether anything on the page is made in a way that no page at such an address was in this run."""
    kind = _ID.sub("*", re.sub(r"/entries/[0-9]+/", "/entries/*/", address.partition("?")[0]))
    known = _seen.setdefault(f"{kind} {page.viewport_size}", set())
    new = set(page.evaluate(_MADE_OF)) - known
    known |= new
    return bool(new)
