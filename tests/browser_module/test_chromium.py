"""The module in a real browser, under the content policy of our pages: what it makes, keeps, sends and says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from goodoffices.sealing import agekeys, escrow, layers, outers
from tests.browser_module import cast as people
from tests.browser_module.cast import Cast, give_passkey, seal_of
from tests.browser_module.site import KEY, Site, form, serving

PASSPHRASE = "five words nobody says together"
SEAL = """<label>Paper <input type="file" data-ask="paper"></label>
<input type="hidden" name="act" value="act-1">
<input type="file" name="outer" data-fill="outer" hidden><input type="file" name="escrow" data-fill="escrow" hidden>
<section data-when="kept" hidden>Kept: <code data-show="outer"></code>
<button type="button" data-do="discard" id="discard">Discard</button></section>"""
MAKE = """<label>Passphrase <input type="password" data-ask="passphrase" autocomplete="new-password"></label>
<label>Again <input type="password" data-ask="passphrase-again" autocomplete="new-password"></label>
<input type="hidden" name="online" data-fill="online"><input type="hidden" name="recovery" data-fill="recovery">
<input type="hidden" name="check" data-fill="check"><textarea name="test" data-fill="test" hidden></textarea>
<section data-when="made" hidden><div data-sheet></div>
<button type="button" data-do="download-key" id="download">Save</button>
<button type="button" data-do="print-sheet" id="print">Print</button>
<label><input type="checkbox" required id="safe"> The sheet is safe</label></section>"""
TABLE = """<input type="file" name="paper" data-fill="paper" hidden><input type="hidden" name="salt" data-fill="salt">
<label>Your paper <input type="file" data-ask="paper"></label><label>Salt <input data-ask="salt"></label>"""
PEELS = "".join(
    f'<textarea name="peels-{side}" data-fill="peels" data-side="{side}" hidden></textarea>' for side in "ab"
)
# Take down what is said of progress.
WATCH = """() => {
  globalThis.seen = [];
  const told = ({detail}) => seen.push([detail.step, detail.done / detail.total]);
  document.addEventListener("sealing:progress", told);
}"""
# Everything that this browser keeps of a site, as text.
KEPT = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
  const all = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  for (const {name} of await indexedDB.databases()) {
    const database = await all(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      for (const one of await all(database.transaction(store).objectStore(store).getAll())) {
        for (const value of Object.values(one)) {
          found.push(typeof value === "string" ? value : new TextDecoder("latin1").decode(value));
        }
      }
    }
    database.close();
  }
  return found.join("\\n");
}"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose complaints fail the test, but for the lines that a test breaks itself."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    yield page
    assert [line for line in complaints if "Failed to load resource" not in line] == []


def opened(page: Page, site: Site, body: str) -> None:
    """Show a page of this body, its forms ready."""
    site.page = body
    page.goto(site.url)
    ready(page)


def ready(page: Page) -> None:
    expect(page.locator("form[data-sealing]").first).to_have_attribute("data-ready", "")


def go(page: Page) -> None:
    page.click("#go")


def key_file(tmp_path: Path, cast: Cast, code: str) -> Path:
    """An identity file as `age-keygen` writes it."""
    file = tmp_path / f"{code}.key"
    file.write_text(f"# public key: {cast.public(code)}\n{cast.keys[code]}\n")
    return file


def read(
    cast: Cast, side: str, seals: dict[str, layers.Sealed], given: list[escrow.Given], reader: str
) -> layers.Opened:
    """A paper as the engine in Python opens it."""
    secret = escrow.secret(cast.terms, side, given)
    assert secret is not None
    digest, inner = outers.open_outer(cast.terms, side, seals[side].outer, secret)
    return layers.open_inner(cast.terms, side, digest, inner, [cast.secret(reader)])


def test_keys_are_made_kept_under_a_passphrase_printed_and_tested(page: Page, site: Site) -> None:
    opened(page, site, form("make-keys", {"role": "side", "who": "Kaldria", "talks": "An exercise"}, MAKE))
    page.fill("[data-ask=passphrase]", PASSPHRASE)
    page.fill("[data-ask=passphrase-again]", "something else")
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("not the same")
    page.fill("[data-ask=passphrase-again]", PASSPHRASE)
    go(page)
    expect(page.locator("[data-sheet] li").first).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.click("#download")
    file = Path(download.value.path()).read_bytes()
    secret = pyrage.passphrase.decrypt(file, PASSPHRASE).decode().splitlines()[1]
    groups = page.locator("[data-sheet] li").all_inner_texts()
    recovery = f"AGE-SECRET-KEY-{''.join(groups)}"
    kept = page.evaluate(KEPT)
    assert "age-encryption.org/v1" in kept
    assert [word for word in ("AGE-SECRET", secret[16:], *groups, PASSPHRASE) if word in kept] == []

    page.evaluate("() => { globalThis.print = () => undefined; }")
    page.click("#print")
    page.emulate_media(media="print")
    expect(page.locator(".sealing-print li").first).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".sealing-print")).to_have_count(0)

    page.check("#safe")
    go(page)
    expect(page.locator("#done")).to_be_visible()
    (posted,) = site.posted
    assert posted.keys() == {"online", "recovery", "check", "test"}
    assert posted["online"].decode() == agekeys.recipient_of(agekeys.identity(secret))
    assert posted["recovery"].decode() == agekeys.recipient_of(agekeys.identity(recovery))

    data = {name: posted[name].decode() for name in ("recovery", "check", "test")}
    parts = '<label>Key <input data-ask="recovery-key"></label><input type="hidden" name="nonce" data-fill="nonce">'
    opened(page, site, form("test-recovery", data, parts))
    page.fill("[data-ask=recovery-key]", " ".join(groups[:-1]))
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("lost or changed")
    page.fill("[data-ask=recovery-key]", " ".join(groups).lower())
    go(page)
    expect(page.locator("#done")).to_be_visible()
    assert hashlib.sha256(bytes.fromhex(site.posted[-1]["nonce"].decode())).hexdigest() == data["check"]


def test_a_large_paper_is_sealed_with_progress_and_survives_a_reload_before_it_is_handed_in(
    page: Page, site: Site, tmp_path: Path
) -> None:
    cast = people.cast(bucket=16 * 1024 * 1024)
    content = b"%PDF-1.7\n" + bytes(range(256)) * 40_960
    paper = tmp_path / "conditions.pdf"
    paper.write_bytes(content)
    give_passkey(page, cast.signers["a"])
    opened(page, site, form("seal", cast.common("a") | {"credentials": [cast.signers["a"].key["id"]]}, SEAL))
    page.evaluate(WATCH)
    site.interruptions = 99  # the browser tries some of them again by itself
    page.set_input_files("[data-ask=paper]", paper)
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("It is kept in this browser", timeout=120_000)
    seen = page.evaluate("seen")
    assert {step for step, _part in seen} >= {"inner", "outer", "escrow", "sending"}
    sealing = [part for step, part in seen if step != "sending"]
    assert len(sealing) > 5
    assert sealing == sorted(sealing)
    kept = page.evaluate(KEPT)
    assert "age-encryption.org/v1" in kept
    assert [word for word in ("%PDF", "conditions.pdf", "AGE-SECRET") if word in kept] == []
    assert site.posted == []

    site.interruptions = 0
    page.reload()
    ready(page)
    expect(page.locator("[data-when=kept]")).to_be_visible()
    go(page)
    expect(page.locator("#done")).to_be_visible(timeout=60_000)
    (posted,) = site.posted
    assert posted.keys() == {"act", "outer", "escrow"}
    seals = {"a": layers.Sealed(posted["outer"], posted["escrow"], ""), "b": cast.sealed("b", b"Conditions of B\n")}
    given = [cast.peels("h2", seals, [])]
    given.append(cast.peels("h1", seals, given))
    found = read(cast, "a", seals, given, "b-recovery")
    assert (found.content, found.name, found.media) == (content, "conditions.pdf", "application/pdf")
    assert found.key == cast.signers["a"].key

    site.page = (
        f'<div data-sealing="sealed"><script type="application/json">{json.dumps(cast.common("a"))}</script></div>'
    )
    page.goto(site.url)
    expect(page.locator("div[data-sealing]")).to_have_attribute("data-ready", "")
    assert "age-encryption" not in page.evaluate(KEPT)

    opened(page, site, form("table", cast.common("a") | {"side": "a", "digest": found.digest}, TABLE))
    page.set_input_files("[data-ask=paper]", paper)
    go(page)
    expect(page.locator("#done")).to_be_visible()
    assert site.posted[-1] == {"paper": content, "salt": found.salt.hex().encode()}


def test_what_the_server_refuses_is_said_in_its_words_and_what_is_kept_can_be_discarded(
    page: Page, site: Site, tmp_path: Path
) -> None:
    cast = people.cast()
    paper = tmp_path / "conditions.txt"
    give_passkey(page, cast.signers["a"])
    opened(page, site, form("seal", cast.common("a") | {"credentials": [cast.signers["a"].key["id"]]}, SEAL))
    for content, words in ((b"", "This file is empty"), (bytes(65_536), "allow 57,343")):
        paper.write_bytes(content)
        page.set_input_files("[data-ask=paper]", paper)
        go(page)
        expect(page.locator("[data-fault]")).to_contain_text(words)
    site.answer = (422, {"fault": "The deadline for sealing has passed."})
    paper.write_bytes(b"Conditions\n")
    page.set_input_files("[data-ask=paper]", paper)
    go(page)
    expect(page.locator("[data-fault]")).to_have_text("The deadline for sealing has passed.")
    expect(page.locator("[data-show=outer]")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    page.click("#discard")
    expect(page.locator("[data-when=kept]")).to_be_hidden()
    assert "age-encryption" not in page.evaluate(KEPT)


def test_a_file_of_200_mb_is_refused_before_it_is_read(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast()
    paper = tmp_path / "film.mp4"
    with paper.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    opened(page, site, form("seal", cast.common("a") | {"credentials": []}, SEAL))
    page.set_input_files("[data-ask=paper]", paper)
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("This file has 209,715,200 bytes", timeout=2_000)


def test_without_a_passkey_of_the_side_nothing_is_sealed(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast()
    paper = tmp_path / "conditions.txt"
    paper.write_bytes(b"Conditions\n")
    opened(page, site, form("seal", cast.common("a") | {"credentials": []}, SEAL))
    page.set_input_files("[data-ask=paper]", paper)
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("No passkey of yours may sign for your side")
    other = cast.common("a") | {"exchange": "0" * 64, "credentials": []}
    site.page = form("seal", other, SEAL)
    page.goto(site.url)
    expect(page.locator("[data-fault]")).to_contain_text("not those of the exchange")
    expect(page.locator("#go")).to_be_disabled()


def blobs(site: Site, seals: dict[str, layers.Sealed]) -> dict[str, object]:
    return {
        side: {
            "outer": site.blob(f"{side}.outer", sealed.outer),
            "escrow": site.blob(f"{side}.escrow", sealed.escrow),
        }
        for side, sealed in seals.items()
    }


def released(site: Site, given: list[escrow.Given]) -> list[dict[str, object]]:
    found = []
    for one in given:
        peels = {side: site.blob(f"{one.by}.{side}", escrow.write_peels(lines)) for side, lines in one.peels.items()}
        found.append({"release": hashlib.sha256(one.by.encode()).hexdigest(), "holder": one.by, "peels": peels})
    return found


def test_papers_sealed_in_python_are_held_released_and_opened_in_the_page(
    page: Page, site: Site, tmp_path: Path
) -> None:
    cast = people.cast()
    seals = {
        "a": cast.sealed("a", b"Conditions of A\n", "a: b?.txt"),
        "b": cast.sealed("b", b"Conditions of B\n"),
    }
    sides = blobs(site, seals)
    opened(page, site, form("hold", cast.common("h1") | {"sides": sides}, KEY))
    expect(page.locator("#absent-key")).to_be_visible()
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("does not keep the key")
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h2"))
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("not the one that was named")
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h1"))
    go(page)
    expect(page.locator("#done")).to_be_visible()

    given = [cast.peels("h3", seals, [])]
    lie = {chain: escrow.Peel(b"junk", peel.key) for chain, peel in cast.peels("h2", seals, []).peels["a"].items()}
    liar = escrow.Given("h2", {"a": lie, "b": cast.peels("h2", seals, []).peels["b"]})
    parts = KEY + PEELS + '<input type="hidden" name="builds_on" data-fill="builds_on">'
    releases = released(site, [liar, *given])
    opened(page, site, form("release", cast.common("h1") | {"sides": sides, "releases": releases}, parts))
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h1"))
    go(page)
    expect(page.locator("#done")).to_be_visible()
    posted = site.posted[-1]
    assert json.loads(posted["builds_on"]) == [releases[1]["release"]]
    peels = {side: escrow.read_peels(cast.terms, posted[f"peels-{side}"].replace(b"\r\n", b"\n")) for side in "ab"}
    for side in "ab":
        escrow.prove(cast.terms, "h1", seal_of(side, seals[side]), given, peels[side])
    given.append(escrow.Given("h1", peels))
    assert read(cast, "b", seals, given, "a").content == b"Conditions of B\n"

    ends = """<input type="hidden" name="digest" data-fill="digest"><input type="hidden" name="blank" data-fill="blank">
    <section data-when="opened" hidden><b data-show="name"></b> <b data-show="size"></b> <b data-show="media"></b>
    <label><input type="checkbox" data-ask="by-topic" id="by-topic"> It is set out by topics, without</label>
    <label><input type="checkbox" data-topic="ceasefire" id="blank"> ceasefire</label>
    <button type="button" data-do="download" id="download">Save the paper</button></section>"""
    data = {"side": "a", "outer": site.blob("a.outer", seals["a"].outer), "releases": released(site, given)}
    opened(page, site, form("open", cast.common("b") | data, KEY + ends))
    page.fill("[data-ask=recovery-key]", str(cast.keys["b-recovery"]))
    go(page)
    expect(page.locator("[data-show=name]")).to_have_text("a_ b_.txt")
    expect(page.locator("[data-show=size]")).to_have_text("16 bytes")
    with page.expect_download() as download:
        page.click("#download")
    assert Path(download.value.path()).read_bytes() == b"Conditions of A\n"
    page.check("#by-topic")
    page.check("#blank")
    go(page)
    expect(page.locator("#done")).to_be_visible()
    assert site.posted[-1] == {"digest": seals["a"].digest.removeprefix("p:").encode(), "blank": b'["ceasefire"]'}


def test_a_key_file_is_kept_under_a_passphrase_and_used_from_there(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast(k=1)
    opened(page, site, form("keep-key", {"recipient": cast.public("h1")}, KEY))
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h1"))
    page.fill("[data-ask=passphrase]", "short")
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("at least 12 characters")
    page.fill("[data-ask=passphrase]", PASSPHRASE)
    go(page)
    expect(page.locator("[data-status]")).to_contain_text("now keeps the key", timeout=60_000)
    kept = page.evaluate(KEPT)
    assert cast.public("h1") in kept
    assert [word for word in ("AGE-SECRET", str(cast.keys["h1"])[16:], PASSPHRASE) if word in kept] == []

    sides = blobs(site, {"a": cast.sealed("a", b"1")})
    opened(page, site, form("hold", cast.common("h1") | {"sides": sides}, KEY))
    expect(page.locator("#kept-key")).to_be_visible()
    page.fill("[data-ask=passphrase]", "another passphrase")
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("does not open with this passphrase", timeout=60_000)
    assert site.posted == []
    page.fill("[data-ask=passphrase]", PASSPHRASE)
    go(page)
    expect(page.locator("#done")).to_be_visible(timeout=60_000)


def test_a_paper_that_is_out_is_tabled_by_either_side(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast()
    seals = {"a": cast.sealed("a", b"Conditions of A\n"), "b": cast.sealed("b", b"Conditions of B\n")}
    given = [cast.peels("h1", seals, [])]
    given.append(cast.peels("h2", seals, given))
    data = {"side": "a", "digest": seals["a"].digest}
    outer = {"outer": site.blob("a.outer", seals["a"].outer), "releases": released(site, given)}
    opened(page, site, form("table", cast.common("b") | data | outer, TABLE + KEY))
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "b"))
    go(page)
    expect(page.locator("#done")).to_be_visible()
    assert site.posted[-1] == {"paper": b"Conditions of A\n", "salt": bytes(16).hex().encode()}

    opened(page, site, form("table", cast.common("a") | data, TABLE))
    paper = tmp_path / "conditions.txt"
    for content, salt, words in (
        (b"Conditions of A\n", "", "does not know the salt"),
        (b"Conditions of A", "0" * 32, "not, byte for byte, the paper"),
        (b"Conditions of A\n", "1" * 32, "the salt is another's"),
    ):
        paper.write_bytes(content)
        page.set_input_files("[data-ask=paper]", paper)
        page.fill("[data-ask=salt]", salt)
        go(page)
        expect(page.locator("[data-fault]")).to_contain_text(words)
    page.fill("[data-ask=salt]", "0" * 32)
    go(page)
    expect(page.locator("#done")).to_be_visible()
    assert site.posted[-1] == {"paper": b"Conditions of A\n", "salt": b"0" * 32}


def test_a_false_seal_is_found_and_the_form_that_says_so_is_filled(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast()
    good, other = cast.sealed("a", b"1"), cast.sealed("a", b"2")
    seals = {"a": layers.Sealed(good.outer, other.escrow, ""), "b": cast.sealed("b", b"3")}
    dispute = """<form method="post" action="/posted" data-fault-of="hold" hidden
    data-sealed='{"a": "LEAF-A", "b": "LEAF-B"}'>
    <input type="hidden" name="side" data-fill="side"><input type="hidden" name="fault" data-fill="fault">
    <input type="hidden" name="sealed" data-fill="sealed"><textarea name="words" data-fill="words"></textarea>
    <button id="dispute">Say so</button></form>"""
    opened(page, site, form("hold", cast.common("h1") | {"sides": blobs(site, seals)}, KEY) + dispute)
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h1"))
    go(page)
    expect(page.locator("#dispute")).to_be_visible()
    expect(page.locator("[data-fault]")).to_contain_text("made for another digest")
    page.click("#dispute")
    expect(page.locator("#done")).to_be_visible()
    words = site.posted[-1].pop("words").decode()
    assert site.posted[-1] == {"side": b"a", "fault": b"wrong-context", "sealed": b"LEAF-A"}
    assert "another digest" in words


def test_other_bytes_than_the_record_names_are_not_used(page: Page, site: Site, tmp_path: Path) -> None:
    cast = people.cast()
    sides = blobs(site, {"a": cast.sealed("a", b"1"), "b": cast.sealed("b", b"2")})
    site.files["/files/a.escrow"] = b"other"
    opened(page, site, form("hold", cast.common("h1") | {"sides": sides}, KEY))
    page.set_input_files("[data-ask=key-file]", key_file(tmp_path, cast, "h1"))
    go(page)
    expect(page.locator("[data-fault]")).to_contain_text("another file than the record names")
    assert site.posted == []


def test_a_form_that_would_send_a_secret_does_not_run(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    cast = people.cast()
    site.page = form("seal", cast.common("a"), SEAL.replace("data-ask", 'name="paper" data-ask'))
    page.goto(site.url)
    expect(page.locator("#go")).to_be_disabled()


def test_the_content_policy_holds_while_it_works(chromium: Browser, site: Site) -> None:
    """A script that is not ours is refused on the very page; so what ran above ran under the policy."""
    context = chromium.new_context()
    page = context.new_page()
    lines: list[str] = []
    page.on("console", lambda line: lines.append(line.text))
    site.page = "<script>document.title = 'inline'</script>"
    page.goto(site.url)
    assert page.title() == "Sealing"
    assert any("Content Security Policy" in line for line in lines)
    context.close()
