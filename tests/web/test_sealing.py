"""The pages of a sealed exchange: who sees what, what is handed in, and how a refusal reads."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodoffices.record import signatures
from goodoffices.sealing import bundle, layers, slips
from tests.exchanging import CODES, GUARANTOR_1, GUARANTOR_2, ROOM, Exchanging, nonce, open_exchange, recipient, salt
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_A_ENVOY, SIDE_B
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(db: None, monkeypatch: pytest.MonkeyPatch) -> Exchanging:
    """The cast's exchange on this test's database; every page opens its desks there."""
    from goodoffices.storage.records import DatabaseStore
    from goodoffices.web.acting import desks

    opened = open_exchange(DatabaseStore("default"))
    monkeypatch.setattr(desks, "open_office", lambda: opened.office)
    return opened


@pytest.fixture
def agreed(talks: Exchanging) -> Exchanging:
    talks.make_ready()
    talks.propose()
    talks.agree()
    return talks


@pytest.fixture
def sealed(agreed: Exchanging) -> Exchanging:
    agreed.seal(SIDE_A)
    agreed.seal(SIDE_B)
    return agreed


@pytest.fixture
def out(sealed: Exchanging) -> Exchanging:
    sealed.release(GUARANTOR_1)
    sealed.release(HOST)
    return sealed


def where(talks: Exchanging, step: str = "") -> str:
    return f"/rooms/{talks.rooms[ROOM]}/exchange/{talks.x.seq}/{step}"


def of_room(talks: Exchanging, page: str = "") -> str:
    return f"/rooms/{talks.rooms[ROOM]}/exchange/{page}"


def shown(browser: Client, address: str, status: int = 200) -> str:
    page = browser.get(address)
    assert page.status_code == status, page.content.decode()
    return page.content.decode()


PAGES = ("", "seal/", "hold/", "release/", "open/", "table/side-a/", "exchange.json", "side-a.sealed", "host.released")


def test_every_page_is_for_who_sits_in_the_room(out: Exchanging, sign_in: SignIn) -> None:
    seen = {who: [sign_in(who).get(where(out, page)).status_code for page in PAGES] for who in (*CODES, OUTSIDER)}
    side = [200, 200, 404, 404, 200, 200, 200, 200, 200]
    holder = [200, 404, 200, 200, 404, 200, 200, 200, 200]
    assert seen == {
        HOST: holder,
        GUARANTOR_1: holder,
        GUARANTOR_2: holder,
        SIDE_A: side,
        SIDE_B: side,
        OUTSIDER: [404] * 9,
    }
    assert Client().get(where(out)).status_code == 302


def test_the_page_says_how_far_it_is_and_who_could_read_early(sealed: Exchanging, sign_in: SignIn) -> None:
    page = shown(sign_in(SIDE_A), where(sealed))
    assert "both sealed" in page
    assert "Host country, Guarantor 1 and Side B together could." in page
    assert "weaker" not in page
    assert sealed.x.terms.fingerprint in page


def test_one_holder_alone_is_labelled_weaker_wherever_it_is_shown(talks: Exchanging, sign_in: SignIn) -> None:
    talks.make_ready()
    talks.propose(holders=["host"], k=1)
    talks.agree(HOST, SIDE_A, SIDE_B)
    browser = sign_in(SIDE_A)
    for address in (where(talks), where(talks, "seal/"), of_room(talks), f"/rooms/{talks.rooms[ROOM]}/"):
        assert "weaker" in shown(browser, address)


def test_the_room_shows_keys_and_what_is_missing(talks: Exchanging, sign_in: SignIn) -> None:
    talks.name_keys(SIDE_A)
    page = shown(sign_in(SIDE_A), of_room(talks))
    assert recipient("side-a") in page
    assert "recovery sheet not tested yet" in page
    assert page.count("not named yet") == 4
    assert "Test the recovery sheet" in page


def test_exchanges_are_listed_with_what_waits(agreed: Exchanging, sign_in: SignIn) -> None:
    page = shown(sign_in(SIDE_A), "/exchanges/")
    assert page.count(where(agreed)) == 1
    assert "waits for you" in page
    assert "waits for you" not in shown(sign_in(HOST), "/exchanges/")
    assert "There is no sealed exchange" in shown(sign_in(OUTSIDER), "/exchanges/")
    talks_page = shown(sign_in(SIDE_A), f"/talks/{agreed.view(HOST, ROOM).seats.talks}/")
    assert where(agreed, "seal/") in talks_page


def files(made: layers.Sealed) -> dict[str, SimpleUploadedFile]:
    return {
        "outer": SimpleUploadedFile("outer.age", made.outer),
        "escrow": SimpleUploadedFile("escrow.txt", made.escrow),
    }


def a_seal(talks: Exchanging, who: str) -> layers.Sealed:
    pen = talks.pens[who].private
    paper = layers.Paper(b"A paper.", "a.txt", "text/plain")
    code = CODES[who]
    return layers.seal(talks.x.terms, code, paper, salt(code), lambda s: signatures.sign_ssh(pen, s))


def post(browser: Client, address: str, act: str = "a" * 32, **given: Any) -> Any:
    return browser.post(address, {"act": act, **given})


def test_a_seal_handed_in_goes_on_to_signing(agreed: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    answer = post(browser, where(agreed, "seal/"), **files(a_seal(agreed, SIDE_A)))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/acts/{'a' * 32}/sign/")
    page = shown(browser, answer.headers["Location"])
    assert "SHA-256" in page
    assert agreed.x.seals == {}


def test_the_pages_module_gets_json(agreed: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    made = a_seal(agreed, SIDE_A)
    accept = {"Accept": "application/json"}
    answer = browser.post(where(agreed, "seal/"), {"act": "a" * 32, **files(made)}, headers=accept)
    assert (answer.status_code, answer.json()) == (200, {"next": f"/acts/{'a' * 32}/sign/"})
    half = {"outer": SimpleUploadedFile("outer.age", made.outer)}
    answer = browser.post(where(agreed, "seal/"), {"act": "b" * 32, **half}, headers=accept)
    why = "The sealed paper did not arrive whole. Nothing was written; send it again."
    assert (answer.status_code, answer.json()) == (422, {"fault": why})
    bad = files(made) | {"outer": SimpleUploadedFile("outer.age", b"%PDF-" + bytes(66_000))}
    answer = browser.post(where(agreed, "seal/"), {"act": "c" * 32, **bad}, headers=accept)
    assert answer.status_code == 422
    assert "This is not an age file of version 1." in answer.json()["fault"]


def slip(talks: Exchanging, who: str, kind: str, body: dict[str, Any]) -> slips.Slip:
    """What the command line makes of a step."""
    pen = talks.pens[who].private
    return slips.write(
        talks.x.terms,
        CODES[who],
        kind,
        body,
        after=(),
        at="2030-01-15T09:00:00.000Z",
        nonce="0" * 32,
        sign=lambda s: signatures.sign_ssh(pen, s),
    )


def sealed_file(talks: Exchanging, who: str, made: layers.Sealed) -> bytes:
    blobs = {"outer": made.outer, "escrow": made.escrow}
    named = {name: {"sha256": hashlib.sha256(b).hexdigest(), "size": len(b)} for name, b in blobs.items()}
    written, file = slip(talks, who, "paper-sealed", {"side": CODES[who], **named}), io.BytesIO()
    bundle.write_sealed(file, written, made.outer, made.escrow)
    return file.getvalue()


def test_what_the_command_line_sealed_is_handed_in(agreed: Exchanging, sign_in: SignIn) -> None:
    file = sealed_file(agreed, SIDE_A, a_seal(agreed, SIDE_A))
    browser = sign_in(SIDE_A)
    answer = post(browser, where(agreed, "seal/"), sealed=SimpleUploadedFile("side-a.sealed", file))
    assert answer.headers["Location"] == f"/acts/{'a' * 32}/sign/", answer.content.decode()
    for wrong in (b"not a tar", file[:2000]):
        answer = post(browser, where(agreed, "seal/"), "b" * 32, sealed=SimpleUploadedFile("x", wrong))
        assert answer.status_code == 422
        assert "This is not a sealed file" in answer.content.decode()


def test_a_sealed_file_of_another_exchange_is_refused(agreed: Exchanging, sign_in: SignIn) -> None:
    file = sealed_file(agreed, SIDE_A, a_seal(agreed, SIDE_A))
    agreed.act(SIDE_A, "withdraw-exchange", proposal=agreed.x.ref)
    agreed.propose(topics=["sanctions"])
    agreed.agree()
    answer = post(sign_in(SIDE_A), where(agreed, "seal/"), sealed=SimpleUploadedFile("side-a.sealed", file))
    assert answer.status_code == 422
    assert "This slip of side-a is of another exchange. Nothing was written." in answer.content.decode()


def test_200_megabytes_are_refused_in_a_sentence(agreed: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    large = {"CONTENT_LENGTH": str(200 * 1024 * 1024)}
    answer = browser.generic("POST", where(agreed, "seal/"), b"", content_type="multipart/form-data", **large)
    assert answer.status_code == 413
    assert "A paper may have up to 25 MiB" in answer.content.decode()
    json_ = {"HTTP_ACCEPT": "application/json", **large}
    answer = browser.generic("POST", where(agreed, "seal/"), b"", content_type="multipart/form-data", **json_)
    assert (answer.status_code, list(answer.json())) == (413, ["fault"])


def test_files_hand_out_what_the_command_line_needs(out: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    terms = json.loads(browser.get(where(out, "exchange.json")).content)
    assert terms["terms"] == out.x.terms.body()
    assert {a["act"]["kind"] for a in terms["agreed"]} == {"exchange-agreed"}
    assert len(terms["agreed"]) == 5
    assert all(a["key"] in [k for p in out.x.terms.parties for k in p.signers] for a in terms["agreed"])
    with tarfile.open(fileobj=io.BytesIO(browser.get(where(out, "side-a.sealed")).content)) as archive:
        assert archive.getnames() == ["slip.json", "outer.age", "escrow.txt"]
        assert all((m.mtime, m.uid, m.uname) == (0, 0, "") for m in archive)
        slip = archive.extractfile("slip.json")
        assert slip is not None
        assert json.loads(slip.read())["act"]["body"]["side"] == "side-a"
    released = json.loads(browser.get(where(out, "host.released")).content)
    assert released["peels"].keys() == {"side-a", "side-b"}
    assert browser.get(where(out, "guarantor-2.released")).status_code == 404


def test_sealed_bytes_are_only_those_of_the_exchange(out: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_B)
    seal = out.x.seals["side-a"]
    answer = browser.get(where(out, f"bytes/{seal.outer[2:]}/"))
    assert answer.content == out.blob(seal.outer)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    name = out.view(SIDE_B, ROOM).seats.delegations[out.delegation(ROOM, "side-a")].name
    assert browser.get(where(out, f"bytes/{name[2:]}/")).status_code == 404
    assert browser.get(where(out, "bytes/x/")).status_code == 404


def test_a_release_from_the_page_and_from_the_command_line(sealed: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(GUARANTOR_1)
    peels = sealed.peel(GUARANTOR_1)
    texts = {f"peels-{side}": text.decode().replace("\n", "\r\n") for side, text in peels.items()}
    answer = post(browser, where(sealed, "release/"), builds_on="[]", **texts)
    assert answer.headers["Location"] == f"/acts/{'a' * 32}/sign/", answer.content.decode()
    body = {"peels": {side: text.decode() for side, text in peels.items()}, "builds_on": []}
    file = slip(sealed, GUARANTOR_1, "papers-released", body).encoded()
    answer = post(browser, where(sealed, "release/"), "b" * 32, released=SimpleUploadedFile("g.released", file))
    assert answer.headers["Location"] == f"/acts/{'b' * 32}/sign/", answer.content.decode()
    held = slip(sealed, GUARANTOR_1, "paper-held", {"side": "side-a"}).encoded()
    answer = post(browser, where(sealed, "release/"), "c" * 32, released=SimpleUploadedFile("x", held))
    assert "This is another step of the exchange, and no release. Nothing was written." in answer.content.decode()
    answer = post(browser, where(sealed, "release/"), "d" * 32, released=SimpleUploadedFile("x", b"[]"))
    assert "This is not a slip of an exchange. Nothing was written." in answer.content.decode()


def test_a_paper_is_tabled_by_file_and_salt(out: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    paper = SimpleUploadedFile("a.yaml", b"Side A: the guns fall silent first.", "application/yaml")
    given = {"paper": paper, "salt": salt("side-a").hex().upper(), "title": "Our conditions"}
    answer = post(browser, where(out, "table/side-a/"), **given)
    assert answer.headers["Location"] == where(out)
    page = shown(browser, where(out))
    assert "It is on the record: 1 entry." in page
    assert "Tabled" in page
    wrong = {"paper": SimpleUploadedFile("b.yaml", b"Else."), "salt": salt("side-b").hex(), "title": "x"}
    answer = post(browser, where(out, "table/side-b/"), "b" * 32, **wrong)
    assert answer.status_code == 422
    assert "it has another digest" in answer.content.decode()


def test_an_opening_is_said_with_its_topics(out: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    given = {"digest": f"p:{out.x.course.digests['side-b']}", "blank": '["prisoners"]'}
    assert post(browser, where(out, "open/"), **given).headers["Location"] == f"/acts/{'a' * 32}/sign/"
    given = {"digest": "0" * 64, "blank": ""}
    assert "it has another digest" in post(browser, where(out, "open/"), "b" * 32, **given).content.decode()


def test_keys_are_named_from_the_page_and_from_a_file(talks: Exchanging, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    given = {"online": recipient("x"), "recovery": recipient("y"), "check": "0" * 64, "test": "a test"}
    assert post(browser, of_room(talks, "keys/"), **given).headers["Location"] == f"/acts/{'a' * 32}/sign/"
    file = SimpleUploadedFile("keys.json", json.dumps(given).encode())
    assert post(browser, of_room(talks, "keys/"), "b" * 32, keys=file).status_code == 302
    answer = post(browser, of_room(talks, "keys/"), "c" * 32, keys=SimpleUploadedFile("x", b"[1]"))
    assert "This is not the file of public keys" in answer.content.decode()
    answer = post(browser, of_room(talks, "keys/"), "d" * 32, online=recipient("x"))
    assert "A side names a recovery key too" in answer.content.decode()


def test_the_recovery_sheet_is_tested(talks: Exchanging, sign_in: SignIn) -> None:
    talks.name_keys(SIDE_A)
    browser = sign_in(SIDE_A_ENVOY)
    assert "a test for side-a recovery" in shown(browser, of_room(talks, "keys/test/"))
    answer = post(browser, of_room(talks, "keys/test/"), nonce="0" * 64)
    assert "This is not what the test holds" in answer.content.decode()
    answer = post(browser, of_room(talks, "keys/test/"), "b" * 32, nonce=nonce("side-a recovery").hex())
    assert answer.headers["Location"] == of_room(talks)
    assert "recovery sheet tested" in shown(browser, of_room(talks))


def test_an_exchange_is_proposed_in_the_viewers_zone(talks: Exchanging, sign_in: SignIn) -> None:
    talks.make_ready()
    browser = sign_in(HOST)
    holders = [talks.delegation(ROOM, code) for code in ("host", "guarantor-1", "guarantor-2")]
    given = {"holders": holders, "k": "2", "topics": ["ceasefire"], "deadline": "2030-01-16T12:00", "bucket": "1048576"}
    answer = post(browser, of_room(talks, "propose/"), **given)
    assert answer.headers["Location"] == f"/acts/{'a' * 32}/sign/"
    assert "2030-01-16T12:00:00.000Z" in shown(browser, answer.headers["Location"])
    answer = post(browser, of_room(talks, "propose/"), "b" * 32, **given | {"k": "4"})
    assert "4 of 3 holders cannot open" in answer.content.decode()
    answer = post(browser, of_room(talks, "propose/"), "c" * 32, **given | {"deadline": "2029-01-16T12:00"})
    assert "The deadline has passed already" in answer.content.decode()


def test_no_page_holds_a_secret_in_an_address_or_sends_what_it_asks(out: Exchanging, sign_in: SignIn) -> None:
    for who in (SIDE_A, HOST):
        browser = sign_in(who)
        for page in PAGES[:6]:
            text = browser.get(where(out, page)).content.decode()
            for tag in text.split("<")[1:]:
                assert "data-ask" not in tag or " name=" not in tag.split(">")[0], tag
