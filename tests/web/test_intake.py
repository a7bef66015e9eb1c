"""Intake in the page: a text handed in, its drafts decided on line by line, entries that cite their place in it."""

from __future__ import annotations

import html
import io
import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodoffices.papers.sources import SOURCES
from goodoffices.secretariat.acts import Request, Step
from goodoffices.statements.intake.spans import Span, check
from goodoffices.storage.models import KeptDraft, KeptSource
from goodoffices.web.intake import keeping
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

ARTICLE = """Envoys leave Sarno without a date

Envoys leave Sarno without a date

The talks, held in Sarno and hosted by Orsinia, lasted less than three hours on Friday.

“We asked for the bridge to be opened,” Montaran Foreign Minister Hana Orrel said in a statement.

The delegations agreed in principle to talk again.

Velden threatened to close the northern crossing if Montara does not withdraw from those hills.

Sign up for our newsletter
"""


def address(round_: Round, rest: str = "") -> str:
    return f"/rooms/{round_.rooms['plenary']}/intake/{rest}"


def handed_in(round_: Round, browser: Client, text: str = ARTICLE) -> str:
    """The address of the source's page."""
    answer = browser.post(address(round_), {"text": text, "outlet": "The Sarno Courier", "published": "2030-01-14"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def page(browser: Client, where: str, status: int = 200) -> str:
    answer = browser.get(where)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def enter(browser: Client, where: str, how: str = "text") -> None:
    (act,) = re.findall(r'name="act" value="([0-9a-f]{32})"', page(browser, where))
    data = {"act": act, "title": "Envoys leave", "outlet": "The Sarno Courier", "published": "2030-01-14", "how": how}
    assert browser.post(where + "enter/", data).status_code == 302


def number_of(browser: Client, where: str, kind: str) -> int:
    return int(re.findall(rf'<li><a href="\?draft=(\d+)#draft"[^>]*>{kind}</a>', page(browser, where))[0])


def filled(text: str) -> dict[str, str]:
    """The form that accepts a draft, as it was drawn."""
    form = text.partition('name="way" value=')[2]
    form = 'name="way" value=' + form.partition("</form>")[0]
    data = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', form))
    data |= {n: v.lstrip("\n") for n, v in re.findall(r'<textarea name="([\w-]+)"[^>]*>([^<]*)</textarea>', form)}
    for name, options in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        data[name] = chosen[0] if chosen else ""
    data |= dict.fromkeys(re.findall(r'type="checkbox" name="([\w-]+)"[^>]* checked', form), "on")
    return {n: v for n, v in data.items() if n not in {"do", "for", "build"}}


def accept(browser: Client, where: str, number: int, **changes: str) -> int:
    """The status of accepting a draft as it is filled in, but for the changes."""
    way = f"&way={changes['way']}" if "way" in changes else ""
    data = filled(page(browser, f"{where}?draft={number}{way}")) | changes | {"do": "accept"}
    return browser.post(f"{where}drafts/{number}/", data).status_code


def test_a_draft_is_accepted_and_its_entry_cites_the_place(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    before = round_.view(HOST, "plenary").size
    text = page(browser, where)
    assert "newsletter</span> Sign up for our newsletter" in text
    assert "First, the source" in text
    assert round_.view(HOST, "plenary").size == before, "drafts enter nothing"
    enter(browser, where)
    number = number_of(browser, where, "Statement")
    assert accept(browser, where, number) == 302
    view = round_.view(SIDE_B, "plenary")
    entry = view.entry(view.size - 1)
    (source,) = view.state[SOURCES].all.values()
    start, end = ARTICLE.index("We asked"), ARTICLE.index(",” Montaran")
    assert entry.kind == "statement-recorded"
    assert entry.body["read_in"]["entry"] == source.ref
    kept = view.particulars([source.text or ""])[source.text or ""].content.decode()
    assert (source.characters, kept) == (len(ARTICLE), ARTICLE)
    cited = kept[entry.body["read_in"]["start"] : entry.body["read_in"]["end"]]
    assert cited == ARTICLE[start : end + 1]
    words = view.words([entry.body["gist"], entry.body["speaker"], entry.body["told_by"]])
    assert words[entry.body["gist"]] == cited
    assert words[entry.body["told_by"]] == "The Sarno Courier"
    assert "Hana Orrel" in words[entry.body["speaker"]]
    assert f"entry {entry.seq}</a>" in page(browser, where)
    shown = page(browser, f"/rooms/{view.id}/entries/{entry.seq}/")
    assert f"Envoys leave, characters {start} to {end + 1}" in shown
    (passage,) = re.findall(r"The passage it cites</h2><blockquote[^>]*>([^<]*)</blockquote>", shown)
    assert passage == cited


def test_a_draft_is_dropped_and_taken_up_again(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    size = round_.view(HOST, "plenary").size
    for do, status in (("drop", "dropped"), ("again", "open")):
        assert browser.post(f"{where}drafts/0/", {"do": do}).status_code == 302
        assert KeptDraft.objects.get(number=0).status == status
    assert round_.view(HOST, "plenary").size == size


def test_nothing_of_it_is_anybody_elses(round_: Round, sign_in: SignIn) -> None:
    where = handed_in(round_, sign_in(SIDE_A))
    source = where.split("/")[-2]
    for who in (SIDE_B, HOST, OUTSIDER):
        other = sign_in(who)
        assert other.get(where).status_code == 404
        assert other.post(f"{where}drafts/0/", {"do": "drop"}).status_code == 404
        assert other.post(f"/intake/{source}/erase/").status_code == 404
        assert "Envoys" not in page(other, "/intake/")
    assert sign_in(OUTSIDER).get(address(round_)).status_code == 404
    assert KeptSource.objects.count() == 1


def test_it_is_erased_with_its_drafts(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    enter(browser, where)
    assert browser.post(f"/intake/{where.split('/')[-2]}/erase/").status_code == 302
    assert (KeptSource.objects.count(), KeptDraft.objects.count()) == (0, 0)
    assert browser.get(where).status_code == 404
    assert len(round_.view(SIDE_A, "plenary").state[SOURCES].all) == 1, "what was entered stays"


def test_what_cannot_be_read_is_refused_and_not_kept(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    given = {
        b"\xff\xfe\xfa\xfb\xff\xff caf\xe9": "cannot be read",
        b"caf\xe9 " * 20: "It is not UTF-8 text: byte 4 cannot be read.",
        b"%PDF-1.4 nothing": "The PDF is damaged and cannot be read.",
        b"x " * 600_000: "intake reads up to 1,000,000",
    }
    for content, why in given.items():
        answer = browser.post(address(round_), {"file": SimpleUploadedFile("a.txt", content)})
        text = html.unescape(answer.content.decode())
        assert (answer.status_code, why in text) == (422, True), text[-2000:]
    assert browser.post(address(round_), {"text": ""}).status_code == 422
    assert KeptSource.objects.count() == 0


def pdf_of_a_picture() -> bytes:
    from pypdf import PdfWriter

    written, file = PdfWriter(), io.BytesIO()
    written.add_blank_page(200, 200)
    written.write(file)
    return file.getvalue()


def test_five_megabytes_are_refused_pasted_or_as_a_file(round_: Round, sign_in: SignIn) -> None:
    browser, text = sign_in(SIDE_A), "Hana Orrel said so. " * 250_000
    pasted = browser.post(address(round_), {"text": text})
    assert (pasted.status_code, "This is too large" in pasted.content.decode()) == (413, True)
    file = browser.post(address(round_), {"file": SimpleUploadedFile("a.txt", text.encode())})
    assert file.status_code == 422
    assert "Its text is 5,000,000 characters long; intake reads up to 1,000,000." in file.content.decode()
    picture = browser.post(address(round_), {"file": SimpleUploadedFile("a.pdf", pdf_of_a_picture())})
    assert "The PDF holds no text, only pictures of it, as a scan does." in html.unescape(picture.content.decode())
    assert KeptSource.objects.count() == 0


def test_a_page_with_scripts_shows_words_and_runs_nothing(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    said = "“We asked for the bri\u00addge,” Hana Orrel said. “He told us ‘never’."
    head = "<html><head><script>alert('x')</script></head><body><nav>Home</nav><h1>Talks &lt;b&gt;end&lt;/b&gt;</h1>"
    content = f"{head}<p>{said}</p></body></html>".encode()
    answer = browser.post(address(round_), {"file": SimpleUploadedFile("a.html", content, "text/html")})
    where = str(answer["Location"])
    raw = browser.get(where).content.decode()
    assert "alert(" not in raw
    assert "Talks &lt;b&gt;end&lt;/b&gt;" in raw
    enter(browser, where)
    assert accept(browser, where, number_of(browser, where, "Statement")) == 302
    view = round_.view(SIDE_A, "plenary")
    entry = view.entry(view.size - 1)
    (source,) = view.state[SOURCES].all.values()
    kept = view.particulars([source.text or ""])[source.text or ""].content.decode()
    cited = kept[entry.body["read_in"]["start"] : entry.body["read_in"]["end"]]
    assert cited.startswith("We asked for the bri\u00addge,"), "the source's own characters, soft hyphen and all"
    assert "original" in view.find(source.ref).body


def test_the_source_by_digest_alone_is_found_again(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    enter(browser, where, "digest")
    assert "This source is on the record" in page(browser, where)
    again = handed_in(round_, browser)
    assert "This source is on the record" in page(browser, again), "the same text is entered once"
    assert accept(browser, again, number_of(browser, again, "Agreement")) == 302
    (source,) = round_.view(SIDE_A, "plenary").state[SOURCES].all.values()
    assert (source.text, source.characters) == (None, len(ARTICLE))


def test_a_refusal_keeps_what_was_filled_in_and_writes_nothing(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    enter(browser, where)
    size, number = round_.view(HOST, "plenary").size, number_of(browser, where, "Statement")
    data = filled(page(browser, f"{where}?draft={number}")) | {"gist": "Else.", "language": "xx", "do": "accept"}
    answer = browser.post(f"{where}drafts/{number}/", data)
    assert answer.status_code == 422
    assert "There is no language with the code" in answer.content.decode()
    assert "Else." in answer.content.decode()
    assert (round_.view(HOST, "plenary").size, KeptDraft.objects.get(number=number).status) == (size, "open")


def test_accepting_twice_does_no_harm(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    enter(browser, where)
    number = number_of(browser, where, "Statement")
    data = filled(page(browser, f"{where}?draft={number}")) | {"do": "accept"}
    for _ in range(2):
        assert browser.post(f"{where}drafts/{number}/", data).status_code == 302
    entries = round_.view(HOST, "plenary").entries()
    assert [e.kind for e in entries].count("statement-recorded") == 1


def test_nothing_of_the_text_is_in_an_address_or_a_log(
    round_: Round, sign_in: SignIn, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(SIDE_A)
    with caplog.at_level(logging.DEBUG):
        where = handed_in(round_, browser)
        text = page(browser, where)
        browser.post(address(round_), {"text": "Мовчання. " * 30})
        monkeypatch.setattr(keeping, "intake", failing)
        browser.raise_request_exception = False
        assert browser.post(address(round_), {"text": ARTICLE}).status_code == 500
    links = re.findall(r'(?:href|action)="([^"]*)"', text)
    words = ("bridge", "Orrel", "Velden", "Sarno", "envoys")
    assert [link for link in (*links, where) if any(w.lower() in link.lower() for w in words)] == []
    assert [w for w in words if w in caplog.text] == []


def failing(source: str, page: object = ()) -> None:
    check(source, Span(3, 9, ARTICLE[-9:]))


def test_what_was_signed_on_another_page_is_known(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    where = handed_in(round_, browser)
    enter(browser, where)
    KeptDraft.objects.filter(number=0).update(status="signing")
    draft = KeptDraft.objects.get(number=0)
    step = Step(round_.rooms["plenary"], "note-event", {"what": "call", "words": "A call."})
    round_.desk(SIDE_A).act(Request(draft.act, (step,)))
    size = round_.view(HOST, "plenary").size
    assert f"entry {size - 1}</a>" in page(browser, where)
    assert KeptDraft.objects.get(number=0).status == "accepted"


LONG = (
    ARTICLE
    + """
“The Montaran side requested a list of the missing. We have taken note of that request,” envoy Tomas Brandt said.

Veldic President Orso Hale sent a low-level delegation, while Montara was represented by its foreign minister.

Montara refused to let the observers in. Velden offered to open the mill road. Velden promised to publish the list.

Orsinia, in a separate meeting with Velden and Montara, demanded that the guns fall silent. The talks ended without
agreement.
"""
)


@pytest.mark.parametrize("who", [HOST, SIDE_A])
def test_every_way_of_every_draft_is_a_form_and_is_accepted_or_refused_in_words(
    round_: Round, sign_in: SignIn, who: str
) -> None:
    browser = sign_in(who)
    where = handed_in(round_, browser, LONG)
    enter(browser, where)
    kinds: set[str] = set()
    for draft in KeptDraft.objects.order_by("number"):
        text = page(browser, f"{where}?draft={draft.number}")
        kinds.add(re.findall(r'<h2 id="draft"[^>]*>([^<]*) <span', text)[0])
        ways = re.findall(r'<option value="([a-z-]+)"', text.partition('id="way"')[2].partition("</select>")[0])
        for way in ways or re.findall(r'name="way" value="([a-z-]+)"', text):
            assert browser.post(f"{where}drafts/{draft.number}/", {"do": "again"}).status_code == 302
            status = accept(browser, where, draft.number, way=way)
            assert status in {302, 422}, (draft.number, way)
    assert kinds == {
        *("Statement", "Somebody named", "Meeting", "Demand", "Offer", "Agreement", "Refusal", "Request"),
        *("Answer to a request", "Threat", "Commitment", "Delegation", "Account of a meeting"),
    }
    assert browser.get(f"{where}?draft=0&way=no-such").status_code == 404
    assert browser.get(f"{where}?draft=99999").status_code == 404
