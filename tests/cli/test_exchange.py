"""A whole sealed exchange on the command line, without a server: what is typed, what is printed, what comes of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint

from goodoffices.cli import dossiers
from goodoffices.record import canonical
from tests.cli.shell import Drawn, Shell
from tests.golden import Golden

EARLY, LATE = "2030-01-15T09:00:00.000Z", "2030-02-02T09:00:00.000Z"
DEADLINE = "2030-02-01T12:00Z"
CONDITIONS = """# Ceasefire

The guns fall silent at the line of contact.

# Prisoners

All are exchanged for all.
"""


class Table(Shell):
    """Delegations around one table, each with its files in one folder."""

    def path(self, name: str) -> str:
        return str(self.home / name)

    def file(self, name: str, content: bytes) -> str:
        (self.home / name).write_bytes(content)
        return self.path(name)

    def do(self, command: str, code: int = 0) -> None:
        """A command line in which every word with a dot is a file in the folder."""
        words = [self.path(word) if re.fullmatch(r"[\w-]+\.[\w.-]+", word) else word for word in command.split()]
        assert self.run(*words) == code, self.printed[-1]

    def keys(self, *names: str) -> None:
        for name in names:
            self.do(f"keys new {name} -o {self.home} --no-passphrase")

    def open_terms(self, holders: tuple[str, ...], k: int, more: str = "") -> None:
        given = " ".join(f"--holder {name}.pub.json" for name in holders)
        self.do(
            f"exchange new --side aldane.pub.json --side brisko.pub.json {given} --k {k} --deadline {DEADLINE} "
            f"--bucket 65536 -o x0.json {more}"
        )
        for number, who in enumerate(("aldane", "brisko", *holders)):
            self.do(f"exchange agree x{number}.json --as {who} --key {who}.ssh -o x{number + 1}.json")
        (self.home / f"x{len(holders) + 2}.json").rename(self.home / "EXCHANGE.json")

    def seal(self, who: str, paper: str) -> None:
        self.do(f"seal {paper} --exchange EXCHANGE.json --side {who} --key {who}.ssh -o {who}.sealed")

    def holder(self, what: str, who: str, files: str, code: int = 0) -> None:
        self.do(
            f"{what} {files} --exchange EXCHANGE.json --as {who} --identity {who}.age --key {who}.ssh "
            f"-o {who}-{what}.json",
            code,
        )

    def open(self, who: str, files: str, identity: str = "", code: int = 0) -> None:
        identity = identity or f"{who}.age"
        self.do(
            f"open {files} --exchange EXCHANGE.json --as {who} --identity {identity} -o {who}-reads.txt "
            f"--key {who}.ssh --slip {who}-opened.json --for-bundle {who}-reads.salted",
            code,
        )

    def read(self, name: str) -> bytes:
        return (self.home / name).read_bytes()

    @property
    def masked(self) -> str:
        """What was printed, without what age's own randomness changes from run to run."""
        text = re.sub(r"\b[0-9a-f]{64}\b", "<64 hex digits>", self.transcript)
        text = re.sub(r"\([0-9a-f]{8}\)", "(<id>)", text)
        return re.sub(r"sealed, [0-9,]+ bytes", "sealed, <n> bytes", text)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Table:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(dossiers, "now", lambda: EARLY)
    monkeypatch.setattr(dossiers, "chance", Drawn().draw)
    made = Table(tmp_path, capsys, monkeypatch)
    made.file("conditions.md", CONDITIONS.encode())
    made.file("bedingungen.txt", b"Brisko's conditions, in one piece.\n")
    return made


def both_sealed(
    table: Table, holders: tuple[str, ...] = ("host", "corran", "rusk"), k: int = 2, more: str = ""
) -> None:
    table.keys("aldane", "brisko", *holders)
    table.open_terms(holders, k, more)
    table.seal("aldane", "conditions.md")
    table.seal("brisko", "bedingungen.txt")


SEALED = "aldane.sealed brisko.sealed"


def both_read(table: Table, releases: str) -> None:
    table.open("aldane", f"{SEALED} {releases}")
    table.open("brisko", f"{SEALED} {releases}")
    assert table.read("aldane-reads.txt") == table.read("bedingungen.txt")
    assert table.read("brisko-reads.txt") == table.read("conditions.md")


def test_two_sides_and_three_holders(table: Table, golden: Golden) -> None:
    both_sealed(table, more="--topic ceasefire --topic prisoners --topic sanctions")
    table.do(f"exchange show EXCHANGE.json {SEALED}")
    for who in ("host", "corran", "rusk"):
        table.holder("hold", who, SEALED)
    holds = "host-hold.json corran-hold.json rusk-hold.json"
    table.holder("release", "corran", f"{SEALED} {holds}")
    table.open("aldane", f"{SEALED} {holds} corran-release.json", code=1)
    table.holder("release", "host", f"{SEALED} {holds} corran-release.json")
    both_read(table, f"{holds} corran-release.json host-release.json")
    everything = f"{SEALED} {holds} corran-release.json host-release.json aldane-opened.json brisko-opened.json"
    table.do(f"exchange show EXCHANGE.json {everything}")
    table.do(f"exchange bundle EXCHANGE.json {everything} -o all.zip")
    table.do("exchange verify all.zip")
    papers = f"--paper aldane={table.path('brisko-reads.salted')} --paper brisko={table.path('aldane-reads.salted')}"
    table.do(f"exchange bundle EXCHANGE.json {everything} {papers} -o papers.zip")
    table.do("exchange verify papers.zip")
    golden("exchange.txt", table.masked)


def test_one_holder_silent(table: Table) -> None:
    both_sealed(table)
    table.holder("hold", "host", SEALED)
    table.holder("release", "rusk", f"{SEALED} host-hold.json")
    table.holder("release", "host", f"{SEALED} host-hold.json rusk-release.json")
    both_read(table, "host-hold.json rusk-release.json host-release.json")
    everything = "host-hold.json rusk-release.json host-release.json aldane-opened.json brisko-opened.json"
    table.do(f"exchange bundle EXCHANGE.json {SEALED} {everything} -o all.zip")
    table.do("exchange verify all.zip")
    assert "Both papers were opened" in table.printed[-1]


def test_one_of_one_is_called_the_weaker_form_wherever_it_is_shown(table: Table, golden: Golden) -> None:
    both_sealed(table, ("host",), 1)
    table.do(f"exchange show EXCHANGE.json {SEALED}")
    table.holder("release", "host", SEALED)
    both_read(table, "host-release.json")
    table.do(f"exchange bundle EXCHANGE.json {SEALED} host-release.json -o all.zip")
    table.do("exchange verify all.zip")
    shown = [text for text in table.printed if "weaker form" in text]
    assert [" ".join(re.findall(r"[A-Za-z]+", text)[1:3]) for text in shown] == [
        "exchange new",
        "seal HOME",
        "seal HOME",
        "exchange show",
        "exchange verify",
    ]
    golden("exchange-one-of-one.txt", table.masked)


def test_two_holders_on_paper_unaware_of_each_other(table: Table) -> None:
    both_sealed(table, ("host", "corran"), 2)
    table.holder("release", "host", SEALED)
    table.holder("release", "corran", SEALED)
    two = "host-release.json corran-release.json"
    table.open("aldane", f"{SEALED} {two}", code=1)
    (table.home / "host-release.json").rename(table.home / "host-first.json")
    table.holder("release", "host", f"{SEALED} host-first.json corran-release.json")
    both_read(table, "host-first.json corran-release.json host-release.json")
    table.do(f"exchange bundle EXCHANGE.json {SEALED} host-first.json corran-release.json host-release.json -o all.zip")
    table.do("exchange verify all.zip")


def test_a_lost_online_key_and_the_recovery_sheet(table: Table, golden: Golden) -> None:
    both_sealed(table)
    table.holder("release", "rusk", SEALED)
    table.holder("release", "host", f"{SEALED} rusk-release.json")
    (table.home / "aldane.age").unlink()
    releases = "rusk-release.json host-release.json"
    table.open("aldane", f"{SEALED} {releases}", code=1)
    table.open("aldane", f"{SEALED} {releases}", identity="host.age", code=1)
    sheet = typed_from(table.read("aldane-recovery-sheet.html").decode())
    table.file("typed.txt", "\n".join(sheet).encode())
    table.do("keys recover aldane.pub.json --sheet typed.txt")
    table.file(
        "mistyped.txt",
        "\n".join(
            [sheet[0], sheet[1].replace(sheet[1][2], "Q" if sheet[1][2] != "Q" else "P", 1), *sheet[2:]]
        ).encode(),
    )
    table.do("keys recover aldane.pub.json --sheet mistyped.txt", 1)
    table.do("keys recover brisko.pub.json --sheet typed.txt", 1)
    table.do("keys recover aldane.pub.json --sheet typed.txt -o found.age --no-passphrase")
    table.open("aldane", f"{SEALED} {releases}", identity="found.age")
    assert table.read("aldane-reads.txt") == table.read("bedingungen.txt")
    lost = table.masked[table.masked.index("open ") :]
    golden("exchange-recovery.txt", lost[lost.index("$ goodoffices keys recover") :])


def typed_from(page: str) -> list[str]:
    """The lines of a recovery sheet, as somebody reads them off."""
    return re.findall(r"<li><code>(.*?)</code></li>", page)


def test_refusals(table: Table, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    table.keys("aldane", "brisko", "host", "corran", "rusk")
    start = len(table.printed)
    table.do(f"keys new aldane -o {table.home} --no-passphrase", 1)
    table.do(f"keys new Not_A_Name -o {table.home}", 1)
    pair = "exchange new --side aldane.pub.json --side brisko.pub.json -o bad.json"
    table.do(f"{pair} --holder host.pub.json --deadline {DEADLINE} --k 1 --holder aldane.pub.json", 1)
    table.do(f"{pair} --holder host.pub.json --deadline {DEADLINE} --k 2", 1)
    table.do(f"{pair} --holder host.pub.json --deadline tomorrow --k 1", 1)
    table.do(f"{pair} --holder host.pub.json --deadline {DEADLINE} --k 1 --topic weather", 1)
    table.do(f"{pair} --holder host.age --deadline {DEADLINE} --k 1", 1)
    table.do(f"{pair} --holder no-such.pub.json --deadline {DEADLINE} --k 1", 1)
    table.open_terms(("host", "corran", "rusk"), 2)
    table.do("exchange agree EXCHANGE.json --as host --key host.ssh -o again.json", 1)
    table.do("exchange agree EXCHANGE.json --as zeld --key host.ssh -o again.json", 1)
    table.do("exchange decline x0.json --as host --key aldane.ssh -o declined.json", 1)
    table.do("exchange withdraw EXCHANGE.json --as host --key host.ssh -o withdrawn.json", 1)
    sealing = "--exchange EXCHANGE.json --side aldane --key aldane.ssh -o aldane.sealed"
    table.file("empty.txt", b"")
    with (table.home / "huge.pdf").open("wb") as huge:
        huge.truncate(200_000_000)
    table.file("large.pdf", bytes(65_000))
    table.do(f"seal empty.txt {sealing}", 1)
    table.do(f"seal huge.pdf {sealing}", 1)
    table.do(f"seal large.pdf {sealing}", 1)
    table.do(f"seal no-such.pdf {sealing}", 1)
    table.do("seal conditions.md --exchange EXCHANGE.json --side aldane --key brisko.ssh -o aldane.sealed", 1)
    table.do("seal conditions.md --exchange EXCHANGE.json --side host --key host.ssh -o host.sealed", 1)
    table.do("seal conditions.md --exchange x3.json --side aldane --key aldane.ssh -o aldane.sealed", 1)
    table.do("seal conditions.md --exchange aldane.pub.json --side aldane --key aldane.ssh -o aldane.sealed", 1)
    assert not (table.home / "aldane.sealed").exists()
    table.seal("aldane", "conditions.md")
    table.do(f"seal bedingungen.txt {sealing}", 1)
    table.do(f"seal bedingungen.txt aldane.sealed {sealing.replace('aldane.sealed', 'twice.sealed')}", 1)
    table.holder("release", "host", "aldane.sealed", 1)
    table.holder("hold", "host", "", 1)
    table.do(
        "hold aldane.sealed --exchange EXCHANGE.json --as host --identity rusk.age --key host.ssh -o host-hold.json", 1
    )
    table.do(
        "hold aldane.sealed --exchange EXCHANGE.json --as host --identity aldane.pub.json --key host.ssh -o h.json", 1
    )
    table.do("exchange dispute EXCHANGE.json aldane.sealed --as host --identity host.age --key host.ssh -o d.json", 1)
    table.do("exchange lapse EXCHANGE.json aldane.sealed --as host --key host.ssh -o lapsed.json", 1)
    monkeypatch.setattr(dossiers, "now", lambda: LATE)
    table.do("seal bedingungen.txt --exchange EXCHANGE.json --side brisko --key brisko.ssh -o late.sealed", 1)
    table.do("exchange lapse EXCHANGE.json aldane.sealed --as host --key host.ssh -o lapsed.json")
    table.do("exchange show EXCHANGE.json aldane.sealed lapsed.json")
    table.do("exchange bundle EXCHANGE.json aldane.sealed lapsed.json -o lapsed.zip")
    table.do("exchange verify lapsed.zip")
    table.do("exchange verify conditions.md", 1)
    table.printed = table.printed[start:]
    golden("exchange-refusals.txt", table.masked)


def test_a_file_of_another_exchange_is_refused(table: Table, tmp_path: Path) -> None:
    both_sealed(table)
    here = {name: table.read(name) for name in ("aldane.sealed", "EXCHANGE.json")}
    for name in ("EXCHANGE.json", "aldane.sealed", "brisko.sealed", *(f"x{n}.json" for n in range(5))):
        (table.home / name).unlink()
    table.open_terms(("host", "corran", "rusk"), 2)
    table.file("other.sealed", here["aldane.sealed"])
    table.file("other.json", here["EXCHANGE.json"])
    for name, why in (("other.sealed", "is of another exchange"), ("other.json", "This is of another exchange")):
        table.do(f"exchange show EXCHANGE.json {name}", 1)
        assert why in table.printed[-1]


def test_a_blob_exchanged_for_another_counts_for_nothing(table: Table) -> None:
    both_sealed(table)
    (table.home / "aldane.sealed").rename(table.home / "first.sealed")
    table.do("seal conditions.md --exchange EXCHANGE.json --side aldane --key aldane.ssh -o second.sealed")
    first, second = untarred(table.read("first.sealed")), untarred(table.read("second.sealed"))
    mixed = {"slip.json": first["slip.json"], "outer.age": second["outer.age"], "escrow.txt": second["escrow.txt"]}
    table.file("mixed.sealed", tarred(mixed))
    table.holder("hold", "host", "mixed.sealed brisko.sealed")
    assert "This counts for nothing: paper-sealed of aldane" in table.printed[-1]
    assert "the outer layer is not the one that was sealed" in table.printed[-1]
    assert "The seal of aldane is as it should be" not in table.printed[-1]


def untarred(raw: bytes) -> dict[str, bytes]:
    import io
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive.getmembers()}  # type: ignore[union-attr]


def tarred(members: dict[str, bytes]) -> bytes:
    import io
    import tarfile

    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def test_key_files_under_a_passphrase(table: Table) -> None:
    table.file("word.txt", b"correct horse battery\n")
    table.file("wrong.txt", b"wrong horse\n")
    table.do(f"keys new aldane -o {table.home} --passphrase-file word.txt")
    assert table.read("aldane.age").startswith(b"age-encryption.org/v1\n-> scrypt ")
    table.do("keys show aldane.age --passphrase-file wrong.txt", 1)
    table.do("keys show aldane.pub.json aldane.age --passphrase-file word.txt")
    online = re.findall(r"online +(age1\w+)", table.printed[-1])
    assert f"the secret key to {online[0]}" in table.printed[-1]
    table.keys("brisko", "host")
    pair = "--side aldane.pub.json --side brisko.pub.json --holder host.pub.json --k 1"
    table.do(f"exchange new {pair} --deadline {DEADLINE} -o x.json")
    table.do("exchange agree x.json --as aldane --key aldane.ssh --passphrase-file wrong.txt -o y.json", 1)
    table.do("exchange agree x.json --as aldane --key aldane.ssh --passphrase-file word.txt -o y.json")


def test_no_secret_is_printed_and_files_with_secrets_are_their_owners_alone(table: Table) -> None:
    both_sealed(table)
    table.holder("release", "host", SEALED)
    assert "AGE-SECRET-KEY" not in table.transcript
    assert "PRIVATE KEY" not in table.transcript
    for name in ("aldane.age", "aldane.ssh", "aldane-recovery-sheet.html", "aldane-recovery-sheet.pdf"):
        assert (table.home / name).stat().st_mode & 0o777 == 0o600
    recovery = typed_from(table.read("aldane-recovery-sheet.html").decode())[0].split(" - ")[0].replace(" ", "")
    others = [path for path in table.home.iterdir() if "recovery-sheet" not in path.name]
    assert not [path for path in others if recovery.encode() in path.read_bytes()]


def test_the_recovery_sheet_is_one_page_of_pdf(table: Table) -> None:
    table.keys("aldane")
    page = table.read("aldane-recovery-sheet.html").decode()
    assert table.read("aldane-recovery-sheet.pdf").startswith(b"%PDF-")
    assert len(weasyprint.HTML(string=page).render().pages) == 1


@pytest.mark.skipif("CI" not in os.environ and not Path("/usr/bin/ssh-keygen").exists(), reason="needs ssh-keygen")
def test_a_key_with_ssh_keygen_s_own_hands(table: Table) -> None:
    """A public key given: the private half signs through ssh-keygen, as with an agent or a security key."""
    table.keys("aldane", "brisko", "host")
    table.do("exchange new --side aldane.pub.json --side brisko.pub.json --holder host.pub.json --k 1 "
             f"--deadline {DEADLINE} -o x.json")  # fmt: skip
    (table.home / "aldane.ssh").rename(table.home / "aldane")
    (table.home / "aldane.ssh.pub").rename(table.home / "aldane.pub")
    table.do("exchange agree x.json --as aldane --key aldane.pub -o y.json")
    table.do("exchange show y.json")
    assert re.search(r"side +aldane .* has agreed", table.printed[-1])


def test_a_room_s_export_is_verified_with_its_exchange(table: Table) -> None:
    from tests.exchanging import GUARANTOR_1, ROOM, open_exchange
    from tests.people import HOST, SIDE_A, SIDE_B

    talks = open_exchange()
    for room, said in (("plenary", "there is no exchange in it"), (ROOM, "Both papers are out; each side opens")):
        if room == ROOM:
            talks.make_ready()
            talks.propose()
            talks.agree()
            for side in (SIDE_A, SIDE_B):
                talks.seal(side)
            for holder in (GUARANTOR_1, HOST):
                talks.release(holder)
        with (table.home / "room.zip").open("wb") as file:
            talks.view(SIDE_A, room).export(file)
        table.do("exchange verify room.zip")
        assert said in table.printed[-1]


# Every tampered variant is named

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """An honest bundle, made once, by the engine alone."""
    from tests.unit.sealing import dossier

    return dossier.members(dossier.whole())


def test_the_bundle_of_these_tests_verifies(table: Table, whole: Members) -> None:
    table.file("whole.zip", zipped(whole))
    table.do("exchange verify whole.zip")


def zipped(members: Members) -> bytes:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return file.getvalue()


Tamper = Callable[[Members], Members]


def changed(name: str, old: bytes, new: bytes) -> Tamper:
    def tamper(members: Members) -> Members:
        found = next(n for n in members if n.startswith(name) and old in members[n])
        return members | {found: members[found].replace(old, new, 1)}

    return tamper


def without(name: str) -> Tamper:
    return lambda members: {n: c for n, c in members.items() if not n.startswith(name)}


def swapped(members: Members) -> Members:
    a, b = members["aldane/outer.age"], members["brisko/outer.age"]
    return members | {"aldane/outer.age": b, "brisko/outer.age": a}


def flipped(name: str, place: int) -> Tamper:
    def tamper(members: Members) -> Members:
        raw = bytearray(members[name])
        raw[place] ^= 1
        return members | {name: bytes(raw)}

    return tamper


def renamed(members: Members) -> Members:
    """A slip changed and given the name of what it became."""
    name = next(n for n in members if n.startswith("slips/") and b"paper-held" in members[n])
    raw = members[name].replace(b"2030-01-15", b"2030-01-16")
    new = hashlib.sha256(b"\0" + raw).hexdigest()
    return {n: c for n, c in members.items() if n != name} | {f"slips/{new}.json": raw}


def one_less(members: Members) -> Members:
    """One agreement fewer."""
    value = json.loads(members["exchange.json"])
    return members | {"exchange.json": canonical.encode(value | {"agreed": value["agreed"][1:]})}


TAMPERED: list[tuple[str, Tamper, str]] = [
    ("a letter of the terms", changed("exchange.json", b"2030-02-01", b"2030-03-01"), "is of another exchange"),
    ("an agreement taken out", one_less, "which is not here"),
    ("spaces in the terms", changed("exchange.json", b'"bucket":', b'"bucket": '), "not in canonical form"),
    ("a byte of an outer layer", flipped("aldane/outer.age", 5000), "outer layer is not the one that was sealed"),
    ("a byte of an escrow", flipped("brisko/escrow.txt", 50), "escrow is not the one that was sealed"),
    ("both outer layers swapped", swapped, "outer layer is not the one that was sealed"),
    ("an outer layer missing", without("aldane/outer.age"), "one part is there and the other is not"),
    ("a sealed file missing", without("aldane/"), "The sealed file of aldane is missing"),
    ("the paper exchanged", flipped("aldane/paper", 20), "paper of aldane is not the one that was sealed"),
    ("a slip altered", changed("slips/", b"2030-01-15", b"2030-01-14"), "is not the slip of this name"),
    ("a slip altered and renamed", renamed, "not signed by|which is not here"),
    ("the slips gone", without("slips/"), "No slip says that"),
    ("a stranger's folder", lambda m: m | {"zeld/outer.age": b"x"}, "zeld is not a side"),
    ("something else in it", lambda m: m | {"README": b"x"}, "no part of a bundle"),
    ("no terms", without("exchange.json"), "it has no exchange.json"),
]  # fmt: skip


@pytest.mark.parametrize(("tamper", "why"), [t[1:] for t in TAMPERED], ids=[t[0] for t in TAMPERED])
def test_every_tampered_bundle_is_named(table: Table, whole: Members, tamper: Tamper, why: str) -> None:
    table.file("whole.zip", zipped(tamper(whole)))
    table.do("exchange verify whole.zip", 1)
    assert re.search(why, table.printed[-1]), table.printed[-1]
