"""A whole round as five people in a real browser, and what each of them, and everybody, can see of it afterwards.

The round is walked once for all tests of this file; each of them looks at what it left, and none depends on another.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import APIResponse, Browser

from tests.browser import looking
from tests.browser.person import Person, sitting
from tests.browser.server import serving
from tests.browser.walk import NAMED, OTHER_WORDS, SECRET_POINT, WORDING, Round, cast, walk

SIGNED = 7  # in the plenary: both sides agreed, consented and confirmed, and side B confirmed a minute
NOWHERE = "0" * 32


@pytest.fixture(scope="module")
def walked(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    """The cast at the end of the round."""
    folder = tmp_path_factory.mktemp("round")
    with serving(folder / "home") as server, cast(chromium, server, folder) as people:
        walk(people)
        yield people


@pytest.fixture
def passer_by(chromium: Browser, walked: Round) -> Iterator[Person]:
    """Somebody who is not signed in."""
    with sitting(chromium, walked.server.url, "public") as person:
        yield person
        assert person.faults == []


@pytest.fixture(autouse=True)
def no_faults(walked: Round) -> Iterator[None]:
    """No page that the round or a test meets has a fault: for axe, in the console, in width, or in what it fetches."""
    assert taken(walked) == []
    yield
    assert taken(walked) == []


@pytest.fixture
def exported(walked: Round, tmp_path: Path) -> Path:
    """The plenary as side A downloads it from its page."""
    page = walked.side_a.page
    walked.side_a.go(f"/rooms/{walked.rooms['plenary']}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export", exact=True).click()
    bundle = tmp_path / "plenary.zip"
    download.value.save_as(bundle)
    return bundle


def test_what_is_asked_of_pages_would_find_a_fault(passer_by: Person) -> None:
    """Under the pages' own content policy, which these tests leave as it is."""
    page = passer_by.page
    passer_by.go("/public/")
    assert (looking.violations(page), looking.wider(page), looking.undirected(page, "nowhere")) == ([], [], [])
    page.evaluate("""() => {
      const picture = document.createElement("img");
      picture.style.width = "3000px";
      document.querySelector("main").append(picture, "Words without a direction");
    }""")
    assert any("image-alt" in fault for fault in looking.violations(page))
    assert looking.wider(page)
    assert looking.undirected(page, "without a direction")
    assert passer_by.faults == []
    page.evaluate("() => fetch('http://127.0.0.1:9/elsewhere').catch(() => null)")
    assert any("Content Security Policy" in fault for fault in passer_by.faults)
    passer_by.faults.clear()


def test_an_outsider_gets_one_answer_for_what_is_there_and_what_is_not(walked: Round) -> None:
    """An account that may open talks of its own and sits nowhere: the same bytes for every address of these talks."""
    outsider = walked.outsider
    outsider.go("/")
    assert "You are not accredited to any talks yet" in outsider.text()
    nothing = outsider.context.request.get(f"{walked.server.url}/rooms/{NOWHERE}/")
    assert nothing.status == 404
    met = addresses(walked) - about(addresses(walked), walked.rooms["public"])
    assert len(met) > 50
    for address in sorted(met):
        assert same(outsider.context.request.get(walked.server.url + address), nothing), address
    outsider.go(f"/rooms/{walked.rooms['plenary']}/", 404)
    assert "There is nothing here for you" in outsider.text()


def test_a_side_gets_that_same_answer_for_the_other_sides_caucus(walked: Round) -> None:
    side_a, url = walked.side_a, walked.server.url
    nothing = side_a.context.request.get(f"{url}/rooms/{NOWHERE}/")
    theirs = about(addresses(walked), walked.rooms["caucus-b"])
    assert len(theirs) > 3
    for address in theirs:
        assert same(side_a.context.request.get(url + address), nothing), address
    for address in (f"/talks/{walked.talks}/", "/", f"/rooms/{walked.rooms['plenary']}/", "/account/"):
        side_a.go(address)
        assert SECRET_POINT not in side_a.page.content()
        assert "caucus-b" not in side_a.page.content()
    walked.side_b.go(f"/rooms/{walked.rooms['caucus-b']}/")
    assert SECRET_POINT in walked.side_b.text()  # it could have leaked


def test_the_public_reads_what_was_released_and_no_more(walked: Round, passer_by: Person) -> None:
    passer_by.go("/public/")
    passer_by.follow("Talks on the strait")
    assert WORDING in passer_by.text()
    assert OTHER_WORDS not in passer_by.page.content()
    passer_by.follow("Read the record")
    assert WORDING in passer_by.text(".timeline")
    passer_by.follow("Verify")
    assert "This record holds" in passer_by.text()
    passer_by.go(f"/rooms/{walked.rooms['public']}/entries/1/")
    passer_by.go(f"/rooms/{walked.rooms['plenary']}/", 404)
    passer_by.go("/")
    assert "/sign-in/" in passer_by.page.url


def test_both_sides_and_the_host_are_shown_one_checkpoint_code(walked: Round) -> None:
    codes = set()
    for who in (walked.side_a, walked.side_b, walked.host, walked.observer):
        who.go(f"/rooms/{walked.rooms['plenary']}/")
        codes.add(who.text(".told"))
    assert len(codes) == 1
    assert re.fullmatch(r"\d+:( \d{4}){6}", codes.pop())


def test_an_export_verifies_and_tells_signed_entered_and_minuted_apart(walked: Round, exported: Path) -> None:
    report = walked.server.run("record", "verify", str(exported))
    assert (report.returncode, report.stderr) == (0, "")
    total = walked.entries(walked.side_a, "plenary")
    counts = {label: int(number) for number, label in re.findall(r"^ +([\d,]+) (.+)$", report.stdout, re.MULTILINE)}
    assert counts == {
        "signed by their authors": SIGNED,
        "entered by the host's server": total - SIGNED - 1,
        "minuted, confirmed": 1,
        "particulars erased by entries on this record": 1,
    }
    assert walked.side_a.page.locator(".timeline .badge.signed").count() == SIGNED
    assert walked.side_a.text(".told") in report.stdout


def test_a_tampered_export_is_refused(walked: Round, exported: Path, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered.zip"
    with zipfile.ZipFile(exported) as old, zipfile.ZipFile(tampered, "w") as new:
        changed = 0
        for member in old.infolist():
            content = old.read(member)
            altered = content.replace(b'"degree":"in-principle"', b'"degree":"ad-referendum"')
            changed += altered != content
            new.writestr(member, altered)
    assert changed == 1
    report = walked.server.run("record", "verify", str(tampered))
    assert report.returncode == 1
    assert report.stderr.startswith("Entry 13: ")


def test_the_page_verifies_and_says_what_that_is_worth(walked: Round) -> None:
    walked.side_b.go(f"/rooms/{walked.rooms['plenary']}/")
    walked.side_b.follow("Verify")
    assert "This record holds" in walked.side_b.text()
    assert "not a host that deceives" in walked.side_b.said()


def test_a_paper_comes_back_as_it_was_handed_in(walked: Round) -> None:
    side_a = walked.side_a
    entry_of(side_a, walked, "presented a paper")
    link = side_a.page.get_by_role("link", name=re.compile("^Download"))
    with side_a.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "terms-of-the-exchange.txt"
    assert Path(download.value.path()).read_text() == "One list each, on one day.\n"


def test_an_entrys_page_shows_its_signature_and_its_proof(walked: Round) -> None:
    for words, signed in (("confirmed this very wording", True), ("called a meeting", False)):
        entry_of(walked.observer, walked, words)
        text = walked.observer.text()
        assert ("This entry carries no signature" in text) == (not signed)
        assert "Inclusion proof" in text


def test_a_form_sent_twice_writes_once(walked: Round) -> None:
    """And the same act with other words, or without the form's own secret, writes nothing."""
    side_a, plenary = walked.side_a, walked.rooms["plenary"]
    before = walked.entries(side_a, "plenary")
    side_a.begin(plenary, "note-event")
    form = {
        e.get_attribute("name") or "": e.input_value() for e in side_a.page.locator("main input[type=hidden]").all()
    }
    address = side_a.page.url
    side_a.fill(what="call", words="The line was bad.")
    side_a.send()
    assert walked.entries(side_a, "plenary") == before + 1
    headers = {"Origin": walked.server.url, "Referer": address}
    given = {**form, "what": "call", "words": "The line was bad."}
    ask = side_a.context.request
    assert ask.post(address, form=given, headers=headers).url.endswith(f"/rooms/{plenary}/")
    assert ask.post(address, form={**given, "words": "It was clear."}, headers=headers).status == 422
    assert ask.post(address, form={**given, "csrfmiddlewaretoken": "x" * 64}, headers=headers).status == 403
    assert walked.observer.context.request.post(address, form=given, headers=headers).status == 403
    assert walked.entries(side_a, "plenary") == before + 1


def test_a_signature_sent_twice_writes_once(walked: Round) -> None:
    """The signed form of an act is sent again by whoever has seen it: the record stays as it is."""
    side_b, plenary = walked.side_b, walked.rooms["plenary"]
    sent: list[tuple[str, str]] = []
    side_b.page.on("request", lambda q: sent.append((q.url, q.post_data or "")) if q.method == "POST" else None)
    walked.side_a.do(plenary, "tell-understanding", wording="Lists are typed.", degree="in-principle")
    side_b.sign(plenary, "confirm-understanding")
    before = walked.entries(side_b, "plenary")
    url, body = next((url, body) for url, body in reversed(sent) if url.endswith("/sign/"))
    headers = {"Origin": walked.server.url, "Content-Type": "application/x-www-form-urlencoded"}
    again = side_b.context.request.post(url, data=body, headers=headers)
    assert again.url == url.removesuffix("sign/")  # the receipt of the first time
    token = next(c["value"] for c in walked.side_a.context.cookies() if c["name"] == "csrftoken")
    theirs = {"csrfmiddlewaretoken": token, "signatures": parse_qs(body)["signatures"][0]}
    stolen = walked.side_a.context.request.post(url, form=theirs, headers={"Origin": walked.server.url})
    assert stolen.status == 404
    assert walked.entries(side_b, "plenary") == before


def test_a_receipt_shows_what_was_acknowledged(walked: Round) -> None:
    walked.host.do(walked.rooms["host-room"], "note-event", what="other", words="The room was booked until six.")
    walked.host.follow("See the receipt")
    assert "1 entry was written." in walked.host.text()


def test_what_was_erased_is_in_no_page_and_no_export(walked: Round, exported: Path) -> None:
    with zipfile.ZipFile(exported) as bundle:
        assert not any(NAMED.encode() in bundle.read(name) for name in bundle.namelist())
    entry_of(walked.observer, walked, "had words of an entry erased")
    assert NAMED not in walked.observer.page.content()


def test_pages_fit_a_phone_and_either_direction_of_writing(walked: Round, passer_by: Person) -> None:
    """Nothing scrolls sideways, axe has no objection, and what people wrote keeps a direction of its own."""
    for who, address in main_pages(walked, passer_by):
        who.page.set_viewport_size(looking.PHONE)
        who.go(address)
        for words in (OTHER_WORDS, WORDING, "Talks on the strait", "Observer state", "Ana Aster"):
            who.faults += looking.undirected(who.page, words)
        looking.from_the_right(who.page)
        who.faults += looking.wider(who.page)
        who.picture(f"phone-rtl {address}")
        who.page.set_viewport_size(looking.DESKTOP)
        who.faults += looking.wider(who.page)
        who.picture(f"rtl {address}")


def test_without_scripts_a_delegate_reads_and_acts(chromium: Browser, walked: Round) -> None:
    kept = walked.side_a.context.storage_state()
    with sitting(chromium, walked.server.url, "side-a", java_script_enabled=False, storage_state=kept) as plain:
        plain.go(f"/rooms/{walked.rooms['plenary']}/")
        assert WORDING in plain.text(".timeline")
        plain.do(walked.rooms["plenary"], "make-request", to="Side B", words="Please speak slowly.")
        assert "Please speak slowly." in plain.text(".timeline")
        assert plain.faults == []


def test_signing_in_again_takes_password_and_passkey(walked: Round) -> None:
    """Signing out, in by password and second step, out, and in by the passkey alone."""
    who = walked.side_b
    who.go("/account/")
    name = who.text("main dd")
    who.press("Sign out", within=".masthead")
    who.go("/sign-in/")
    who.fill(login=name, password="not the password")
    who.press_in("With a password", "Sign in")
    assert "not correct" in who.said()
    who.fill(login=name, password="lanterns over the strait")
    who.press_in("With a password", "Sign in")
    assert "Second step" in who.text()
    who.press("Use a passkey")
    assert "Talks on the strait" in who.text()
    who.press("Sign out", within=".masthead")
    who.go("/sign-in/")
    who.press("Sign in with a passkey")
    assert "Talks on the strait" in who.text()


def taken(r: Round) -> list[str]:
    """The faults found since this was last asked."""
    found = [fault for who in r.everybody for fault in who.faults]
    for who in r.everybody:
        who.faults.clear()
    return list(dict.fromkeys(found))


def addresses(r: Round) -> set[str]:
    """Every address of these talks that somebody has met, and those that pages offer as downloads or texts."""
    met = {address for who in r.everybody for address in who.met}
    ends = ("entries/0/", "export.zip", "verify/", "checkpoint", "meetings/first/", "do/make-request/")
    more = {f"/rooms/{room}/{end}" for room in r.rooms.values() for end in ends}
    return {a for a in met | more if re.match(r"/(talks|rooms|acts|invitations/new)/[0-9a-f]{32}/", a)}


def about(found: set[str], room: str) -> set[str]:
    return {address for address in found if room in address}


def same(one: APIResponse, other: APIResponse) -> bool:
    """Whether two answers are the same to the byte, but for the server's clock."""
    shown = [(a.status, a.body(), [h for h in a.headers_array if h["name"].lower() != "date"]) for a in (one, other)]
    return shown[0] == shown[1]


def entry_of(who: Person, r: Round, words: str) -> None:
    """Open the page of the newest entry of the plenary whose sentence holds these words."""
    who.go(f"/rooms/{r.rooms['plenary']}/")
    row = who.page.locator("ol.timeline > li", has=who.page.locator(".sentence", has_text=words)).first
    who.go(f"/rooms/{r.rooms['plenary']}/entries/{row.get_attribute('value')}/")


def main_pages(r: Round, public: Person) -> list[tuple[Person, str]]:
    plenary, caucus = f"/rooms/{r.rooms['plenary']}/", f"/rooms/{r.rooms['caucus-b']}/"
    shown = f"/rooms/{r.rooms['public']}/"
    return [
        *((r.host, a) for a in ("/", "/talks/open/", f"/talks/{r.talks}/", plenary, f"/invitations/new/{plenary[7:]}")),
        *((r.host, f"{plenary}do/{c}/") for c in ("call-meeting", "set-next-meeting", "release-entries", "open-room")),
        *((r.host, a) for a in ("/account/", "/account/passkeys/", "/account/codes/", "/account/app/")),
        *((r.side_b, a) for a in ("/", f"/talks/{r.talks}/", plenary, caucus, f"{plenary}verify/")),
        *((r.side_b, a) for a in (f"{plenary}entries/14/", f"{plenary}entries/18/", f"{plenary}meetings/first/")),
        *((r.side_b, f"{plenary}do/{c}/") for c in ("tell-understanding", "present-paper", "record-statement")),
        *((r.side_b, f"{plenary}statements/{rest}") for rest in ("", "?verb=said", "issues/lists/", "meetings/first/")),
        *((r.side_b, a) for a in (f"{plenary}conditions/", f"{plenary}entries/{r.paper}/conditions/")),
        *((r.observer, a) for a in (f"/talks/{r.talks}/", plenary)),
        *((public, a) for a in ("/public/", f"/public/{r.talks}/", shown, f"{shown}entries/1/")),
    ]
