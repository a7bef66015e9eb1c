"""An article pasted, its drafts accepted and seen on the timeline; two commitments followed, to fulfilled and failed.

The article and everybody in it are invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import looking, walk
from tests.browser.person import Person, sitting
from tests.browser.server import serving

ARTICLE = """Envoys leave Sarno without a date

Envoys leave Sarno without a date

The talks, held in Sarno and hosted by Orsinia, lasted less than three hours on Friday.

“We asked for the bridge to be opened before the winter,” Montaran Foreign Minister Hana Orrel said in a statement.

The delegations agreed in principle to talk again.

“The Montaran side requested a list of the missing. We have taken note of that request,” Veldic envoy Tomas Brandt said.

Velden threatened to close the northern crossing if Montara does not withdraw from those hills.

Sign up for our newsletter
"""


@pytest.fixture(scope="module")
def round_(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[walk.Round]:
    """The host and two sides in a plenary."""
    folder = tmp_path_factory.mktemp("intake")
    with serving(folder / "home") as server, ExitStack() as stack:
        names = ("host", "side-a", "side-b", "outsider")
        people = [stack.enter_context(sitting(chromium, server.url, name)) for name in names]
        made = walk.Round(server, folder, people[0], people[1], people[2], people[3], people[3])
        walk.sign_in_by_link(made, made.host)
        walk.enrol(made.host)
        walk.open_talks(made)
        walk.invite(made, made.side_a, "Side A", name="Ana Aster")
        walk.invite(made, made.side_b, "Side B", name="Bo Birch")
        yield made


def hand_in(r: walk.Round) -> str:
    """The host pastes the article and enters the source: the address of its page."""
    host = r.host
    host.go(f"/rooms/{r.rooms['plenary']}/")
    host.follow("Read an article into drafts")
    host.fill(text=ARTICLE, outlet="The Sarno Courier", published="2030-01-14")
    host.press("Read it into drafts")
    where = host.page.url.partition("?")[0]
    assert re.fullmatch(r".*/rooms/[0-9a-f]{32}/intake/[0-9a-f]{32}/", where), "nothing of the text is in the address"
    host.press("Enter the source")
    assert "It is on the record" in host.said()
    return where.removeprefix(r.server.url)


def choose(who: Person, kind: str, words: str = "") -> None:
    who.follow(kind, within=f".drafts li:has-text('{words}')")
    assert who.text("#draft").startswith(kind)


def newest(who: Person, room: str) -> str:
    who.go(f"/rooms/{room}/")
    return who.text("ol.timeline > li")


def test_drafts_are_accepted_line_by_line_and_seen_on_the_timeline(round_: walk.Round) -> None:
    host, room = round_.host, round_.rooms["plenary"]
    where = hand_in(round_)
    assert "Sign up for our newsletter" in host.text(".furniture >> nth=-1")
    choose(host, "Statement")
    expect(host.page.locator("mark.here").first).to_contain_text("We asked for the bridge to be opened")
    host.page.keyboard.press("Tab")  # from the place it was brought to, into what is decided on
    host.press("Accept")
    said = newest(host, room)
    assert "Hana Orrel" in said
    assert "as told by The Sarno Courier" in said
    assert "We asked for the bridge to be opened before the winter," in said
    host.go(f"/rooms/{room}/")
    host.page.locator("ol.timeline > li a", has_text="Entry").first.click()
    assert host.text(".card blockquote >> nth=-1") == "We asked for the bridge to be opened before the winter,"
    host.go(f"/rooms/{room}/statements/")
    assert "We asked for the bridge to be opened before the winter," in host.text()
    host.go(where)
    choose(host, "Agreement")
    host.page.locator("main [name='wording']").fill("To meet again, in principle.")
    host.press("Accept")
    assert "To meet again, in principle." in newest(host, room)
    host.go(where)
    choose(host, "Request", "list of the missing")
    host.fill(to="Side B")
    host.page.locator("#for").select_option(label="Side A")
    host.press("Accept")
    assert "Side A made a request to Side B" in newest(host, room)
    host.go(where)
    choose(host, "Answer to a request")
    host.page.locator("#for").select_option(label="Side B")
    host.press("Accept")
    assert "took note of the request of Side A" in newest(host, room)
    host.go(where)
    choose(host, "Meeting")
    host.press("Drop")
    host.go(where)
    assert "on the record" in host.text(".drafts")
    assert "dropped" in host.text(".drafts")
    for page in (where, where + "?draft=0", f"/rooms/{room}/intake/", "/intake/"):
        host.page.set_viewport_size(looking.PHONE)  # type: ignore[arg-type]
        host.go(page)
    host.page.set_viewport_size(looking.DESKTOP)  # type: ignore[arg-type]


def test_a_threat_becomes_a_commitment_with_terms_that_are_built(round_: walk.Round) -> None:
    host, room = round_.host, round_.rooms["plenary"]
    host.go(f"/rooms/{room}/intake/")
    host.page.locator("main section.card a").first.click()
    choose(host, "Threat")
    host.page.locator("#way").select_option(label="Write down a commitment")
    host.press("Change")
    host.page.locator("details.building > summary").click()
    host.page.locator("#id_build-clause").select_option("unless")
    host.page.locator("#id_build-what1").fill("the withdrawal from the hills")
    host.page.locator("#id_build-point1").select_option("began")
    host.press("Add to the terms")
    assert "unless withdrawal from the hills begins" in host.text("#understood")
    host.page.locator("#id_terms").fill("unless withdrawal begins, for a month")
    expect(host.page.locator("#understood")).to_contain_text("for 1 month", timeout=10_000)
    host.page.set_viewport_size(looking.PHONE)  # type: ignore[arg-type]
    host.look()
    host.page.set_viewport_size(looking.DESKTOP)  # type: ignore[arg-type]
    host.fill(code="crossing")
    host.press("Accept")
    assert "It is on the record" in host.said()
    host.go(f"/rooms/{room}/commitments/")
    assert "crossing" in host.text("#crossing")


def standing(who: Person, room: str, code: str) -> str:
    who.go(f"/rooms/{room}/commitments/")
    return who.text(f"#{code} .badges > li")


@pytest.mark.parametrize(("code", "says", "ends"), [("lists", "kept", "fulfilled"), ("bridge", "broken", "failed")])
def test_a_conditional_commitment_is_followed_to_its_end(round_: walk.Round, code: str, says: str, ends: str) -> None:
    host, side_a, side_b, room = round_.host, round_.side_a, round_.side_b, round_.rooms["plenary"]
    terms = f"within 10 days of the opening of {code}"
    owed = {"code": code, "by": "Side A", "to": "Side B", "what": f"What {code} is about.", "terms": terms}
    side_a.do(room, "make-commitment", degree="promised", **owed)
    assert standing(side_b, room, code) == "not yet binding"
    side_a.begin(room, "report-happening")
    side_a.page.locator("main details", has_text="When it happened").locator("> summary").click()
    side_a.fill(event=f"opening-of-{code}", point="Happened", happened="2020-01-01")
    side_a.send()
    assert standing(side_b, room, code) == "due"
    entered = side_b.page.locator(f"#{code} dd a", has_text="entry").last.inner_text()
    side_b.begin(room, "report-compliance", about=f"({entered})")
    side_b.fill(says=says)
    side_b.send()
    assert standing(host, room, code) == ends


def test_nothing_was_wrong_with_any_page(round_: walk.Round) -> None:
    assert [fault for who in round_.everybody for fault in who.faults] == []
    assert not any("newsletter" in address or "bridge" in address for address in round_.host.met)
