"""Debian's Chromium, headless, driven through Playwright, with a security key that exists only in the browser.

`chromium` is one browser for a file of tests; `context` is a fresh profile for one test (one person's device: take
several from `chromium.new_context()` for several people). Playwright's synchronous interface keeps an event loop in
this thread, so Django's ORM refuses to work here: a browser test talks to a server in a process of its own.

Under the project's strict content policy wait on selectors, never on evaluated strings.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

# Chromium must not call home from a test, and as root it cannot build the sandbox it otherwise has.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A virtual passkey holder attached to one page; it answers every prompt as its person would, at once."""

    session: CDPSession
    id: str

    def credentials(self) -> list[dict[str, Any]]:
        """The passkeys it holds, as the DevTools protocol describes them (`WebAuthn.Credential`)."""
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return list(found["credentials"])

    def remove(self) -> None:
        """Lose the device: the passkeys are gone for good."""
        self.session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.id})


def add_authenticator(page: Page) -> Authenticator:
    """Attach a virtual authenticator to `page`: internal, with resident keys and a verified user.

    It belongs to the page, not to its context: a second tab needs one of its own.
    """
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Authenticator(session, added["authenticatorId"])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once for a file of tests.

    Not once for the run: while Playwright is at work Django takes this thread for an asynchronous one, and refuses it
    its database.
    """
    program = shutil.which("chromium")
    if program is None:
        raise FileNotFoundError("Chromium is not installed; `make test` installs it or says how.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=list(FLAGS),
            chromium_sandbox=os.geteuid() != 0,
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile in English and UTC."""
    context = chromium.new_context(locale="en-GB", timezone_id="UTC")
    yield context
    context.close()
