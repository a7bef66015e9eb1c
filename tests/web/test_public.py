"""What everybody may read: the public room and nothing else; its feeds, and its copy in a folder."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client

from goodoffices.record.verify import verify
from goodoffices.web.public import exporting, serving
from tests.people import HOST, SIDE_A, Clock, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
TERMS = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}


def said(round_: Round, gist: str = "We shall meet again.") -> str:
    round_.do(HOST, "public", "record-statement", verb="announced", gist=gist, setting="public")
    return f"/public/{round_.view(HOST, 'plenary').seats.talks}/"


def released(round_: Round) -> str:
    """A meeting with an understanding, released as the ground rules say; the address of its readout."""
    round_.do(HOST, "plenary", "propose-ground-rules", **TERMS)
    rules = round_.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        round_.do(HOST, "plenary", "agree-ground-rules", on_behalf=side, rules=rules)
    round_.do(HOST, "plenary", "call-meeting", code="first", title="First meeting", day="2030-01-15", venue="A palace")
    meeting = round_.last(HOST, "plenary")
    round_.do(HOST, "plenary", "tell-understanding", wording="One list each.", degree="in-principle")
    told = round_.last(HOST, "plenary")
    round_.do(HOST, "plenary", "tell-understanding", wording="Secret words", degree="signed")
    round_.do(HOST, "plenary", "release-entries", entries=[meeting, told], to="public")
    talks = round_.view(HOST, "plenary").seats.talks
    leaf = next(e.leaf.hex() for e in round_.view(None, "public").entries() if e.body.get("entry") == meeting)
    return f"/public/{talks}/{leaf}/"


def page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_talks_are_listed_once_something_was_said_in_public(round_: Round) -> None:
    assert "Rehearsal" not in page("/public/")
    assert feedparser.parse(page("/public/feed.atom")).entries == []
    address = said(round_)
    assert address in page("/public/")


def test_the_page_is_drawn_from_the_public_room_alone(round_: Round) -> None:
    round_.do(HOST, "plenary", "tell-understanding", wording="Secret words", degree="signed")
    shown = page(said(round_))
    assert ("We shall meet again." in shown, "Secret words" in shown) == (True, False)


def test_it_is_the_same_for_whoever_looks_but_for_the_masthead(round_: Round, sign_in: SignIn) -> None:
    address = said(round_)

    def main(browser: Client) -> str:
        return browser.get(address).content.decode().split("<main", 1)[1]

    assert main(sign_in(SIDE_A)) == main(Client())


def test_the_public_room_is_open_to_everybody_and_nothing_can_be_done_in_it(round_: Round) -> None:
    said(round_)
    shown = page(f"/rooms/{round_.rooms['public']}/")
    assert ("We shall meet again." in shown, "What you may do here" in shown) == (True, False)


def test_a_meeting_that_was_released_has_its_readout_at_an_address_that_stays(round_: Round) -> None:
    address = released(round_)
    talks = address.rsplit("/", 2)[0] + "/"
    shown = page(talks)
    assert (address in shown, "First meeting" in shown, "A palace" in shown) == (True, True, True)
    before = page(address)
    assert ("One list each." in before, "Secret words" in before) == (True, False)
    said(round_)
    assert page(address).replace("5 entries", "4 entries").count("One list each.") == before.count("One list each.")
    assert "One list each." in page(f"{talks}all/")


def test_every_thing_published_has_a_page_and_nothing_else_has(round_: Round) -> None:
    talks = said(round_)
    view = round_.view(None, "public")
    statuses = {e.kind: Client().get(f"{talks}{e.leaf.hex()}/").status_code for e in view.entries()}
    assert statuses == {"room-opened": 404, "delegate-accredited": 404, "statement-recorded": 200}
    hidden = round_.view(HOST, "plenary").entries()[0].leaf.hex()
    for leaf in (hidden, "0" * 64):
        page(f"{talks}{leaf}/", 404)


def test_a_correction_shows_on_the_page_of_what_it_corrects(round_: Round) -> None:
    talks = said(round_)
    slip = round_.last(HOST, "public")
    round_.do(HOST, "public", "correct-entry", entry=slip, says="In spring.")
    assert "This was corrected" in page(f"{talks}{slip.removeprefix('e:')}/")


def test_older_pages(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodoffices.web.public.pages.talks.__defaults__", (None, 2))
    for gist in ("one", "two", "three"):
        talks = said(round_, f"Gist {gist}.")
    first = page(talks)
    older = re.search(r'href="(\?before=[^"]+)"', first)
    assert older is not None
    second = page(talks + older[1])
    assert [re.findall(r"Gist (\w+)\.", text) for text in (first, second)] == [["three", "two"], ["one"]]
    for wrong in ("?before=x", "?before=" + "0" * 32 + ".5", "?before=" + "9" * 99):
        assert re.findall(r"Gist (\w+)\.", page(talks + wrong)) == ["three", "two"]


# Feeds


def test_a_feed_reader_reads_what_was_published(round_: Round) -> None:
    talks = said(round_, "A <b> & “C”.")
    said(round_, "Later.")
    read = feedparser.parse(Client().get(f"{talks}feed.atom").content)
    assert (read.bozo, read.feed.title, read.feed.author) == (False, "Rehearsal", "Host country")
    assert [entry.title for entry in read.entries] == 2 * [
        "Host country recorded an account: a speaker who is not named announced (in public)"
    ]
    assert "Later." in read.entries[0].summary
    assert "A &lt;b&gt; &amp; “C”." in read.entries[1].summary
    for entry in read.entries:
        assert entry.updated == "2030-01-15T09:00:00+00:00"
        assert Client().get(entry.link.removeprefix("http://testserver")).status_code == 200


def test_both_kinds_tell_the_same_under_ids_that_stay(round_: Round) -> None:
    talks = said(round_)
    atom = feedparser.parse(Client().get(f"{talks}feed.atom").content)
    answer = Client().get(f"{talks}feed.json")
    value = json.loads(answer.content)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert [(i["id"], i["url"], i["title"]) for i in value["items"]] == [(e.id, e.link, e.title) for e in atom.entries]
    assert value["feed_url"] == f"http://testserver{talks}feed.json"
    before = [entry.id for entry in atom.entries]
    said(round_, "More.")
    after = [entry.id for entry in feedparser.parse(Client().get(f"{talks}feed.atom").content).entries]
    assert after[1:] == before
    assert len({*after}) == 2


def test_the_feed_of_all_talks_holds_the_newest_of_each(round_: Round) -> None:
    said(round_)
    read = feedparser.parse(Client().get("/public/feed.atom").content)
    assert read.entries[0].title.startswith("Rehearsal: ")
    assert json.loads(Client().get("/public/feed.json").content)["items"][0]["title"] == read.entries[0].title


def test_feeds_are_not_sent_twice(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    talks = said(round_)
    serving.forget()
    made = []
    draw = serving.kept
    monkeypatch.setattr(serving, "kept", lambda key, make: draw(key, lambda: made.append(key) or make()))  # type: ignore[func-returns-value] # counts
    first = Client().get(f"{talks}feed.atom")
    assert first["Last-Modified"] == "Tue, 15 Jan 2030 09:00:00 GMT"
    assert first["Cache-Control"] == "public, max-age=300"
    again = Client().get(f"{talks}feed.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    dated = Client().get(f"{talks}feed.atom", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (dated.status_code, len(made)) == (304, 1)
    said(round_, "More.")
    new = Client().get(f"{talks}feed.atom", headers={"If-None-Match": first["ETag"]})
    assert (new.status_code, new["ETag"] != first["ETag"], len(made)) == (200, True, 2)


def test_what_happens_elsewhere_changes_no_feed(round_: Round) -> None:
    talks = said(round_)
    before = [Client().get(a).content for a in ("/public/feed.atom", f"{talks}feed.json")]
    round_.do(HOST, "plenary", "tell-understanding", wording="Secret words", degree="signed")
    serving.forget()
    assert [Client().get(a).content for a in ("/public/feed.atom", f"{talks}feed.json")] == before


@pytest.mark.parametrize("address", ["/public/feed.rss", "/public/{}/feed.rss", "/public/" + "0" * 32 + "/feed.atom"])
def test_other_feeds_are_not_there(round_: Round, address: str) -> None:
    assert Client().get(address.format(said(round_).split("/")[2])).status_code == 404


# The folder


def folder(round_: Round, url: str = "") -> dict[str, bytes]:
    return dict(exporting.files(round_.office, url))


def test_the_folder_holds_what_is_public_and_only_that(round_: Round) -> None:
    released(round_)
    found = folder(round_)
    everything = b"".join(found.values())
    assert (b"One list each." in everything, b"Secret words" in everything) == (True, False)
    plenary = round_.view(HOST, "plenary")
    assert plenary.id.encode() not in everything
    assert not [path for path, content in found.items() if path.endswith(".html") and b"<script" in content]
    assert not [path for path, content in found.items() if path.endswith(".html") and b"<form" in content]


def test_talks_of_which_nothing_was_published_are_not_in_it(round_: Round) -> None:
    assert sorted(folder(round_)) == [
        "export.json",
        "feed.atom",
        "feed.json",
        "index.html",
        "mark.svg",
        "style.css",
    ]


def test_every_link_in_the_folder_leads_to_a_file_in_it(round_: Round) -> None:
    from posixpath import dirname, join, normpath

    released(round_)
    found = folder(round_)
    links = [
        (path, link)
        for path, content in found.items()
        if path.endswith(".html")
        for link in re.findall(r'(?:href|src)="([^"#]+)"', content.decode())
    ]
    assert len(links) > 20
    assert [one for one in links if normpath(join(dirname(one[0]), one[1])) not in found] == []


def test_the_same_record_gives_the_same_bytes_whenever(round_: Round) -> None:
    released(round_)
    first = folder(round_)
    clock: Any = round_.office.clock
    assert isinstance(clock, Clock)
    clock.now = "2041-01-01T00:00:00.000Z"
    round_.do(HOST, "plenary", "tell-understanding", wording="More secret words", degree="signed")
    assert folder(round_) == first


def test_its_bundles_verify_offline(round_: Round, tmp_path: Any) -> None:
    said(round_)
    (name,) = (path for path in folder(round_) if path.endswith(".zip"))
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(folder(round_)[name])
    assert verify(bundle, processes=1).size == round_.view(None, "public").size


def test_its_feeds_name_where_it_is_served(round_: Round) -> None:
    talks = said(round_).split("/")[2]
    found = folder(round_, "https://example.org/talks")
    read = feedparser.parse(io.BytesIO(found[f"{talks}/feed.atom"]))
    assert read.bozo is False
    assert read.entries[0].link.startswith(f"https://example.org/talks/{talks}/")
    assert read.entries[0].link.removeprefix("https://example.org/talks/") in found
    relative = ET.fromstring(folder(round_)[f"{talks}/feed.atom"])
    assert {link.get("href") for link in relative.iter("{http://www.w3.org/2005/Atom}link")} >= {
        f"../{talks}/index.html",
        f"../{talks}/feed.atom",
    }
