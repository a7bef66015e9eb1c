"""Lists in a real browser: a file looked at and filed, corrected, given leave for, taken out, a person erased.

At a desk and on a phone, and once without scripts. The talks come from a talks file; nobody on the lists exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from goodoffices.sealing import agefile, agekeys
from tests.browser import looking
from tests.browser.person import Person, sitting
from tests.browser.server import Server, serving
from tests.listing import HELD
from tests.unit.secretariat.test_exercising_lists import TALKS

SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "talks.yaml").write_text(TALKS, encoding="utf-8")
    (folder / "held.csv").write_bytes(HELD)
    (folder / "again.csv").write_bytes(HELD.replace(b"1985", b"1986"))
    with serving(folder / "home") as made:
        replayed = made.run("replay", str(folder / "talks.yaml"))
        assert replayed.returncode == 0, replayed.stderr
        yield made


def signed_in(server: Server, who: Person) -> str:
    """Sign in by a link; the address of the list room's page."""
    made = server.run("sign-in-link", who.name, "--url", server.url)
    who.go(made.stdout.split()[-1].removeprefix(server.url))
    who.press("Sign in")
    who.page.get_by_role("link", name="Small talks").first.click()
    who.page.get_by_role("link", name="lists-a").first.click()
    who.page.wait_for_load_state()
    return who.page.url.removeprefix(server.url)


def home(server: Server) -> Path:
    return Path(server.environment["GOODOFFICES_HOME"]).parent


@pytest.mark.parametrize("size", [looking.DESKTOP, looking.PHONE], ids=["desk", "phone"])
def test_a_list_from_file_to_erasure(server: Server, chromium: Browser, size: dict[str, int]) -> None:
    code = "wide" if size is looking.DESKTOP else "narrow"
    with sitting(chromium, server.url, "anna") as anna:
        room = signed_in(server, anna)
        anna.page.set_viewport_size(size)  # type: ignore[arg-type]  # its own dictionary of two numbers
        anna.go(room)
        anna.follow("Lists of prisoners")
        anna.follow("File a list")
        anna.fill(code=code, list=home(server) / "held.csv")
        anna.page.get_by_label("prisoners it holds").check()
        anna.page.get_by_role("button", name="Look at it").click()
        anna.page.wait_for_selector("table.mapping")
        anna.look()
        assert "2 rows can be used; 1 cannot and is kept aside" in anna.text("#found")
        anna.press("File it")
        assert "It is on the record" in anna.said()
        anna.follow("File it again, corrected")
        anna.fill(list=home(server) / "again.csv")
        anna.page.get_by_role("button", name="Look at it").click()
        anna.page.wait_for_selector("table.mapping")
        anna.press("File it")
        assert "Altered: 1." in anna.text()
        anna.page.get_by_label("people on it may be named").check()
        anna.fill(numbers="1")
        anna.press("Give leave")
        assert "given for 1" in anna.text()
        anna.follow("Take it out, encrypted")
        anna.fill(recipients=agekeys.recipient_of(SECRET), reason="For the manifests")
        anna.page.get_by_label("CSV").check()
        with anna.page.expect_download() as download:
            anna.page.get_by_role("button", name="Enter it, and take the file").click()
        assert download.value.suggested_filename == f"{code}-2.csv.age"
        assert "Вигаданий" in agefile.decrypt(Path(download.value.path()).read_bytes(), [SECRET]).decode()
        anna.go(room)
        anna.follow("Lists of prisoners")
        anna.follow(code)
        anna.page.get_by_role("button", name="Erase number 1").first.click()
        anna.page.wait_for_load_state()
        anna.look()
        anna.press("Erase this person")
        assert "Вигаданий" not in anna.text()
        assert "erased: 1" in anna.text()
        assert anna.faults == []
        assert not any("Вигаданий" in address or "%D0" in address for address in anna.met)


def test_without_scripts_the_file_is_chosen_again(server: Server, chromium: Browser) -> None:
    with sitting(chromium, server.url, "anna", java_script_enabled=False) as anna:
        room = signed_in(server, anna)
        anna.go(room + "lists/file/")
        for button in ("Look at it", "File it"):
            anna.page.locator("[name=code]").fill("plain")
            anna.page.get_by_label("prisoners it holds").check()
            anna.page.locator("[name=list]").set_input_files(str(home(server) / "held.csv"))
            anna.press(button)
        assert "It is on the record" in anna.said()
