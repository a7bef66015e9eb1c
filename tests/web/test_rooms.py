"""A room's pages: record, search, entries, papers, checkpoint, export, verification, readouts; and their walls."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodoffices.record.bundles import Bundle
from goodoffices.record.verify import verify
from goodoffices.secretariat.acts import Step
from goodoffices.web.rooms.entries import file_name
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Pen, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def address(round_: Round, room: str, rest: str = "") -> str:
    return f"/rooms/{round_.rooms[room]}/{rest}"


def text(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def noted(round_: Round, count: int) -> None:
    for number in range(count):
        round_.do(HOST, "plenary", "note-event", what="call", words=f"Call number {number}.")


def test_the_newest_entries_come_first_fifty_a_page(round_: Round, sign_in: SignIn) -> None:
    noted(round_, 60)
    browser = sign_in(SIDE_A)
    page = text(browser, address(round_, "plenary"))
    shown = [int(seq) for seq in re.findall(r'id="e(\d+)"', page)]
    size = round_.view(SIDE_A, "plenary").size
    assert shown == list(range(size - 1, size - 51, -1))
    (older,) = set(re.findall(r'href="(\?before=\d+)"', page))
    assert [int(seq) for seq in re.findall(r'id="e(\d+)"', text(browser, address(round_, "plenary", older)))] == list(
        range(size - 51, -1, -1)
    )


def test_who_reads_it_is_said_with_the_hosts_operators(round_: Round, sign_in: SignIn) -> None:
    page = text(sign_in(SIDE_A), address(round_, "caucus-a"))
    assert "The host's operators and whoever holds its backups can read everything" in page.replace("&#x27;", "'")
    assert "Delegate of a" in page


def test_the_code_is_that_of_the_export(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    report = verify(b"".join(browser.get(address(round_, "plenary", "export.zip"))), processes=1)
    assert report.code in text(browser, address(round_, "plenary"))
    assert report.size == round_.view(SIDE_A, "plenary").size
    note = browser.get(address(round_, "plenary", "checkpoint"))
    assert (note.headers["Content-Type"], note.content.decode()) == (
        "text/plain; charset=utf-8",
        round_.view(SIDE_A, "plenary").checkpoint(),
    )
    assert "This record holds" in text(browser, address(round_, "plenary", "verify/"))


def test_a_former_member_reads_and_exports_up_to_the_removal(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "caucus-a", "record-statement", verb="said", gist="Before.", setting="in-room")
    round_.do(SIDE_A, "caucus-a", "withdraw-delegate", person=SIDE_A)
    last = round_.view(HOST, "caucus-a").size - 1
    round_.do(HOST, "caucus-a", "record-statement", verb="said", gist="Afterwards.", setting="in-room")
    browser = sign_in(SIDE_A)
    page = text(browser, address(round_, "caucus-a"))
    assert ("Before." in page, "Afterwards." in page, f"up to entry {last}" in page) == (True, False, True)
    assert "What you may do here" not in page
    assert browser.get(address(round_, "caucus-a", f"entries/{last}/")).status_code == 200
    assert browser.get(address(round_, "caucus-a", f"entries/{last + 1}/")).status_code == 404
    assert browser.get(address(round_, "caucus-a", "do/note-event/")).status_code == 404
    bundle = b"".join(browser.get(address(round_, "caucus-a", "export.zip")))
    assert verify(bundle, processes=1).size == last + 1


def test_a_closed_room_says_so_and_offers_to_take_away_only(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "caucus-a", "close-room")
    page = text(sign_in(HOST), address(round_, "caucus-a"))
    assert "This room was closed by entry" in page
    assert set(re.findall(r"/do/([a-z-]+)/", page)) <= {"withdraw-delegate", "erase-particulars"}


def test_a_search_finds_words_of_this_room_alone(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "plenary", "note-event", what="call", words="A heron was seen.")
    round_.do(HOST, "caucus-a", "note-event", what="call", words="A HERON, they say.")
    browser = sign_in(SIDE_A)
    assert len(re.findall(r'id="e\d+"', text(browser, address(round_, "plenary", "?q=heron")))) == 1
    assert "they say" in text(browser, address(round_, "caucus-a", "?q=heron"))
    assert "0 entries hold" in text(browser, address(round_, "plenary", "?q=stork"))


def test_an_entry_shows_its_bytes_proof_and_signature_and_corrections_both_ways(round_: Round, sign_in: SignIn) -> None:
    pen = Pen("a")
    round_.do(SIDE_A, "plenary", "name-key", key=[pen.key])
    round_.do(HOST, "plenary", "tell-understanding", wording="An exchange.", degree="signed")
    ref = round_.last(HOST, "plenary")
    told = round_.view(HOST, "plenary").size - 1
    request = round_.request(_step(round_, "confirm-understanding", telling=ref))
    round_.desk(SIDE_A).act(request, pen)
    round_.do(HOST, "plenary", "correct-entry", entry=ref, says="Two exchanges.")
    browser = sign_in(SIDE_B)
    signed = text(browser, address(round_, "plenary", f"entries/{told + 1}/"))
    assert all(words in signed for words in ("BEGIN SSH SIGNATURE", "ssh-keygen -Y verify", "signed by"))
    page = text(browser, address(round_, "plenary", f"entries/{told}/"))
    assert all(words in page for words in ("Corrected by", "Two exchanges.", ref[2:], "understanding-told"))
    assert "It refers to" in text(browser, address(round_, "plenary", f"entries/{told + 2}/"))
    view = round_.view(SIDE_B, "plenary")
    assert view.lines(told, told + 1)[0].decode() in page.replace("&quot;", '"').replace("&#x27;", "'")


def _step(round_: Round, command: str, **raw: str) -> Step:
    return Step(round_.rooms["plenary"], command, raw)


def test_a_correction_is_offered_to_those_who_may_make_it(round_: Round, sign_in: SignIn) -> None:
    round_.do(SIDE_A, "plenary", "note-event", what="call", words="A call.")
    where = address(round_, "plenary", f"entries/{round_.view(HOST, 'plenary').size - 1}/")
    offered = ["Correct this entry" in text(sign_in(who), where) for who in (HOST, SIDE_A, SIDE_B)]
    assert offered == [True, True, False]


def test_a_paper_is_a_download_under_a_harmless_name(round_: Round, sign_in: SignIn) -> None:
    content = b"<script>alert(1)</script>"
    round_.do(
        SIDE_A,
        "plenary",
        "present-paper",
        paper={"content": content, "media": "text/html", "name": 'Vision"\n of a peace.html'.replace("\n", "")},
        title="Our vision",
        to=["side-b"],
        purpose="conditions",
    )
    seq = round_.view(SIDE_A, "plenary").size - 1
    page = text(sign_in(SIDE_B), address(round_, "plenary", f"entries/{seq}/"))
    (where,) = re.findall(r'href="(/rooms/[^"]*/papers/[0-9a-f]{64}/)"', page)
    answer = sign_in(SIDE_B).get(where)
    assert answer.content == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vision-of-a-peace.html"'
    assert sign_in(OUTSIDER).get(where).status_code == 404
    assert sign_in(SIDE_B).get(where[:-65] + "0" * 64 + "/").status_code == 404
    round_.do(SIDE_A, "plenary", "erase-particulars", entry=round_.last(SIDE_A, "plenary"), reason="agreed")
    assert sign_in(SIDE_B).get(where).status_code == 404
    assert "This paper was erased" in text(sign_in(SIDE_B), address(round_, "plenary", f"entries/{seq}/"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Letter.PDF", "letter.pdf"),
        ("../../etc/passwd", "passwd.bin"),
        ("C:\\\\Users\\\\me\\\\plan.v2.docx", "planv2.docx"),
        ("", "paper.bin"),
        ("Бумага.docx", "paper.docx"),
        ('a"; filename="b.exe', "a-filenameb.exe"),
        (".htaccess", "htaccess.bin"),
        ("x" * 300 + ".txt", "x" * 100 + ".txt"),
    ],
)
def test_a_file_name_is_made_safe(name: str, safe: str) -> None:
    assert file_name(name) == safe


def test_a_meeting_has_a_readout_for_its_room(round_: Round, sign_in: SignIn) -> None:
    round_.do(HOST, "plenary", "call-meeting", code="first", venue="A house", zone="Europe/Istanbul", day="2030-01-15")
    page = text(sign_in(SIDE_A), address(round_, "plenary", "meetings/first/"))
    assert ("A house" in page, "Drawn from the record of the room" in page) == (True, True)
    assert "12:00 UTC+3 at the venue" in text(sign_in(SIDE_A), address(round_, "plenary"))
    assert sign_in(SIDE_A).get(address(round_, "plenary", "meetings/second/")).status_code == 404


def test_a_room_behind_its_head_is_refused_to_members_and_unknown_to_others(round_: Round, sign_in: SignIn) -> None:
    room = round_.rooms["caucus-a"]
    view = round_.view(HOST, "caucus-a")
    heads = round_.office.heads
    heads.notes[room] = heads.notes[room].replace(f"\n{view.size}\n", f"\n{view.size + 5}\n", 1)  # type: ignore[attr-defined]
    answer = sign_in(SIDE_A).get(address(round_, "caucus-a"))
    assert (answer.status_code, "goodoffices recover" in answer.content.decode()) == (503, True)
    assert "goodoffices recover" in text(sign_in(SIDE_A), "/")
    assert sign_in(SIDE_B).get(address(round_, "caucus-a")).status_code == 404
    assert "goodoffices recover" not in text(sign_in(SIDE_B), "/")


RESTS = ("", "entries/0/", "entries/0/papers/" + "0" * 64 + "/", "checkpoint", "export.zip", "verify/", "meetings/x/")


@pytest.mark.parametrize("rest", [*RESTS, "do/note-event/"])
def test_what_is_forbidden_what_is_not_and_what_cannot_be_are_one_answer(
    round_: Round, sign_in: SignIn, rest: str
) -> None:
    browser = sign_in(OUTSIDER)
    where = [f"/rooms/{round_.rooms['caucus-a']}/{rest}", f"/rooms/{'0' * 32}/{rest}", f"/rooms/nonsense/{rest}"]
    answers = [browser.get(one) for one in where]
    assert [answer.status_code for answer in answers] == [404] * 3
    seen = {(answer.content, tuple(sorted(answer.headers.items())), str(answer.cookies)) for answer in answers}
    assert len(seen) == 1


@pytest.mark.parametrize("where", ["/talks/{}/", "/acts/{}/", "/acts/{}/sign/", "/public/{}/"])
def test_so_are_those_of_other_addresses(round_: Round, sign_in: SignIn, where: str) -> None:
    talks = round_.view(HOST, "plenary").seats.talks
    theirs = talks if "talks" in where else f"{1:032x}"  # an act of the host's
    theirs = "f" * 32 if "public" in where else theirs
    answers = [sign_in(OUTSIDER).get(where.format(one)) for one in (theirs, "0" * 32, "nonsense", "%00", "a" * 5000)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


@pytest.mark.parametrize(
    "query",
    [
        "before=-1", "before=0", "before=99999999999", "before=" + "9" * 400, "before=²", "before=abc", "before=%00",
        "q=%00", "q=" + "x" * 5000, "q=[", "q=<script>", "for=", "before=&q=&for=",
    ],
)  # fmt: skip
def test_no_query_makes_a_room_fail(round_: Round, sign_in: SignIn, query: str) -> None:
    answer = sign_in(HOST).get(address(round_, "plenary", f"?{query}"))
    assert (answer.status_code, b"<script>" in answer.content) == (200, False)


@pytest.mark.parametrize("query", ["q=%FF%FE", "for=%F0%9F"])
def test_what_is_not_utf_8_is_malformed_for_everybody(round_: Round, sign_in: SignIn, query: str) -> None:
    for who in (HOST, OUTSIDER):
        assert sign_in(who).get(address(round_, "plenary", f"?{query}")).status_code == 400


@pytest.mark.parametrize("given", ["x", "0" * 32, "%00", "e:" + "0" * 64, "§"])
def test_acting_for_nobody_is_not_found(round_: Round, sign_in: SignIn, given: str) -> None:
    for rest in ("", "do/make-request/"):
        assert sign_in(HOST).get(address(round_, "plenary", f"{rest}?for={given}")).status_code == 404
        side_b = round_.delegation("plenary", "side-b")
        assert sign_in(SIDE_A).get(address(round_, "plenary", f"{rest}?for={side_b}")).status_code == 404


@pytest.mark.parametrize("seq", ["-1", "9" * 30, "1.5", "0x1", "abc", "²"])
def test_an_entry_that_cannot_be_is_not_found(round_: Round, sign_in: SignIn, seq: str) -> None:
    assert sign_in(HOST).get(address(round_, "plenary", f"entries/{seq}/")).status_code == 404


def test_the_bundle_of_an_export_holds_no_more_than_the_room(round_: Round, sign_in: SignIn) -> None:
    content = b"".join(sign_in(SIDE_A).get(address(round_, "caucus-a", "export.zip")))
    with Bundle(io.BytesIO(content).getvalue()) as bundle:
        assert bundle.names("entries") is not None
    assert round_.rooms["caucus-b"].encode() not in content


def test_pages_take_no_posts_but_forms(round_: Round, sign_in: SignIn) -> None:
    uploaded = SimpleUploadedFile("x.txt", b"x")
    assert sign_in(HOST).post(address(round_, "plenary"), {"file": uploaded}).status_code == 405
