"""Following talks in a real browser, with and without scripts: letters through a real mail server, and feeds.

The reader subscribes, confirms, is told of something new, and ends the letters; a delegate asks for reminders and puts
their calendar where a calendar program finds it.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.browser.person import Person, sitting
from tests.browser.server import Server, serving
from tests.postoffice import PostOffice, links, open_for_letters

ROOT = Path(__file__).parent.parent.parent
ANNA = "anna@example.org"


@pytest.fixture(scope="module")
def post() -> Iterator[PostOffice]:
    with open_for_letters() as office:
        yield office


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, post: PostOffice) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("following")
    with serving(folder / "home", mail=post.url) as made:
        replayed = made.run("replay", str(ROOT / "examples" / "rehearsal.yaml"))
        assert replayed.returncode == 0, replayed.stderr
        yield made


def send(server: Server) -> str:
    sent = server.run("mail", "send", "--url", server.url)
    assert sent.returncode == 0, sent.stderr
    return sent.stdout


def path(server: Server, letter: EmailMessage, number: int = 0) -> str:
    return links(letter)[number].removeprefix(server.url)


def find_talks(reader: Person) -> str:
    """The address of the exercise's public page, found as a reader finds it."""
    reader.go("/public/")
    reader.follow("Exercise: Kaldria and Sulmere on the Ferrin crossing (all invented)")
    return reader.page.url.removeprefix(reader.base)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_subscribes_and_is_forgotten(
    chromium: Browser, server: Server, post: PostOffice, scripts: bool
) -> None:
    post.letters.clear()
    options = {} if scripts else {"java_script_enabled": False}
    with sitting(chromium, server.url, "reader", **options) as reader:
        find_talks(reader)
        reader.page.locator("main [name='address']").fill(ANNA)
        reader.press("Tell me by e-mail")
        assert "a letter with a link is on its way" in reader.text()
        assert send(server) == "1 sent, 0 waiting.\n"
        (letter,) = post.letters
        reader.go(path(server, letter))
        reader.press("Yes, write to me")
        assert "You will get a letter" in reader.text()
        assert send(server) == "0 sent, 0 waiting.\n"
        _forged(reader, server, letter)
        assert reader.faults == []


def _forged(reader: Person, server: Server, letter: EmailMessage) -> None:
    """A link that is not ours ends nothing; who asks the host is forgotten, and the link of old does nothing more."""
    confirmed = path(server, letter)
    reader.go("/letters/stop/" + "0" * 32 + "." + "A" * 43 + "/", status=410)
    assert "Nothing was changed" in reader.text()
    assert server.run("mail", "status").stdout.startswith("Subscriptions: 1 confirmed, 0 waiting")
    assert server.run("mail", "forget", ANNA).stdout.startswith("Forgotten: 1 subscriptions")
    reader.go(confirmed, status=410)


def test_news_comes_with_one_click_to_end_it(chromium: Browser, server: Server, post: PostOffice) -> None:
    post.letters.clear()
    with sitting(chromium, server.url, "reader") as reader, sitting(chromium, server.url, "host") as host:
        find_talks(reader)
        record = reader.page.get_by_role("link", name="Read the record").get_attribute("href")
        reader.page.locator("main [name='address']").fill(ANNA)
        reader.press("Tell me by e-mail")
        send(server)
        reader.go(path(server, post.letters[0]))
        reader.press("Yes, write to me")
        _publish(host, server, str(record).strip("/").removeprefix("rooms/"))
        assert send(server) == "1 sent, 0 waiting.\n"
        news = post.letters[1]
        assert (news["Subject"], "Something new to read" in news.as_string()) == ("Something was published", False)
        reader.go(path(server, news))
        assert "Something new to read." in reader.text()
        reader.go(path(server, news, 1))
        assert server.run("mail", "status").stdout.startswith("Subscriptions: 1 confirmed")  # looking changes nothing
        _one_click(news)
        assert server.run("mail", "status").stdout.startswith("Subscriptions: 0 confirmed, 0 waiting")
        reader.press("No more letters")
        assert "none of these letters any more" in reader.text()
        assert (reader.faults, host.faults) == ([], [])


def _publish(host: Person, server: Server, room: str) -> None:
    link = server.run("sign-in-link", "tarrowin", "--url", server.url).stdout.strip()
    host.go(link.removeprefix(server.url))
    host.press("Sign in")
    host.do(room, "record-statement", verb="said", gist="Something new to read.", setting="public")


def _one_click(letter: EmailMessage) -> None:
    """What a mail program does: it posts to the address in the header, and knows of no session or form."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip(" <>")
    with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click", timeout=30) as answer:
        assert answer.status == 200


def test_a_feed_reader_reads_the_feed_and_is_not_sent_it_twice(chromium: Browser, server: Server) -> None:
    with sitting(chromium, server.url, "reader") as reader:
        find_talks(reader)
        link = reader.page.locator("link[type='application/atom+xml']").get_attribute("href")
    first = feedparser.parse(f"{server.url}{link}")
    assert (first.bozo, first.status, first.feed.title) == (
        False,
        200,
        "Exercise: Kaldria and Sulmere on the Ferrin crossing (all invented)",
    )
    assert any("two lanes" in entry.summary for entry in first.entries)
    for entry in first.entries:
        with urllib.request.urlopen(entry.link, timeout=30) as answer:
            assert answer.status == 200
    again = feedparser.parse(f"{server.url}{link}", etag=first.etag)
    assert (again.status, again.entries) == (304, [])


def test_a_delegate_is_reminded_and_has_a_calendar(chromium: Browser, server: Server, post: PostOffice) -> None:
    post.letters.clear()
    with sitting(chromium, server.url, "delegate") as velst:
        link = server.run("sign-in-link", "velst", "--url", server.url).stdout.strip()
        velst.go(link.removeprefix(server.url))
        velst.press("Sign in")
        velst.go("/account/")
        velst.follow("Reminders by e-mail")
        velst.fill(address=ANNA)
        velst.press("Send me a link to confirm")
        send(server)
        velst.go(path(server, post.letters[0]))
        velst.press("Yes, write to me")
        send(server)
        assert [letter["Subject"] for letter in post.letters[1:]] == ["Something waits for you"]
        assert "rehearsal" not in post.letters[1].get_content().casefold()
        velst.go("/account/")
        velst.follow("Your meetings and deadlines in a calendar")
        velst.page.get_by_label("Titles, places").check()
        velst.press("Make a secret address")
        address = velst.text(".told")
        with urllib.request.urlopen(address, timeout=30) as answer:
            events = Calendar.from_ical(answer.read()).walk("VEVENT")
        assert any("On opening the crossing" in str(event["summary"]) for event in events)
        velst.press("Take the address back")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(address, timeout=30)
        assert velst.faults == []
