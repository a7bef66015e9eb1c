"""``goodoffices record``: hand out a room's record, and check one without us. Only ``export`` and ``checkpoint`` need
this machine's office; ``verify`` and ``compare`` need the files alone."""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from goodoffices.cli import office
from goodoffices.record import checkpoints, logkeys
from goodoffices.record.checkpoints import BadCheckpoint, VerifierKey
from goodoffices.record.compare import Comparison, NotComparable, Standing
from goodoffices.record.compare import compare as compare_bundles
from goodoffices.record.verify import Fault, Label, Report
from goodoffices.record.verify import verify as verify_bundle

if TYPE_CHECKING:
    from pyrage.ssh import Recipient as SshRecipient
    from pyrage.x25519 import Recipient

MAX_KEY_BYTES = 4096  # a printed log key is below 200

app = typer.Typer(help="Records: hand one out, or check one without us.", no_args_is_help=True)

_As = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="As this account's person may read it.")]

_SAID: dict[Label, str] = {
    "signed": "signed by their authors",
    "entered": "entered by the host's server",
    "minuted": "minuted, not confirmed",
    "minuted-confirmed": "minuted, confirmed",
    "minuted-objected": "minuted, objected to",
}


@app.callback()
def record() -> None:
    """Records: hand one out, or check one without us."""


@app.command(epilog="Example: goodoffices record export istanbul-2025 plenary -o plenary.zip")
def export(
    talks: Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")],
    room: Annotated[str, typer.Argument(metavar="ROOM", help="Short name of the room.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="RECIPIENT", help="Encrypt to this age key (age1…) or SSH key (ssh-ed25519 …)."),
    ] = None,
    person: _As = None,
) -> None:
    """Write a room's record to a file that anyone can verify."""
    recipient = _recipient(to) if to is not None else None
    view = office.desk(person).named(talks, room)
    with _replacing(output) as file:
        if recipient is None:
            view.export(file)
        else:
            with tempfile.TemporaryFile() as plain:
                view.export(plain)
                plain.seek(0)
                _encrypt(plain, file, recipient)
    typer.echo(f"{output}: {_entries(view.size)} of {talks} / {room}.")
    typer.echo(f"Checkpoint code {checkpoints.short_code(_opened(view.checkpoint()))}")


@app.command(epilog="Example: goodoffices record verify plenary.zip --key log.key")
def verify(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A file that record export wrote.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="The log's key, had from somewhere else than the bundle."),
    ] = None,
) -> None:
    """Check a record, without this machine's office or a network. Exit code 0, or 1 with the first entry that fails."""
    given = _key(key) if key is not None else None
    try:
        report = verify_bundle(bundle, given)
    except Fault as fault:
        office.fail(str(fault))
    for line in _report(report, given):
        typer.echo(line)


@app.command(epilog="Example: goodoffices record compare ours.zip theirs.zip")
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="One bundle of a room.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another bundle of the same room.")],
) -> None:
    """Tell whether two bundles of a room hold one history. Exit code 0, or 1 with the first entry that differs."""
    try:
        found = compare_bundles(first, second)
    except NotComparable as error:
        office.fail(str(error))
    if found.fork is not None:
        office.fail("\n".join(_fork(found)))
    typer.echo(_agreement(found))


@app.command(epilog="Example: goodoffices record checkpoint istanbul-2025 plenary")
def checkpoint(
    talks: Annotated[str, typer.Argument(metavar="TALKS", help="Short name of the talks.")],
    room: Annotated[str, typer.Argument(metavar="ROOM", help="Short name of the room.")],
    person: _As = None,
    key: Annotated[bool, typer.Option("--key", help="Print the log's key instead, for record verify --key.")] = False,
) -> None:
    """Print a room's checkpoint, and the code to read aloud."""
    view = office.desk(person).named(talks, room)
    note = view.checkpoint()
    if key:
        typer.echo(str(checkpoints.verifier_key(_opened(note).origin, logkeys.public(view.seats.log["key"]))))
    else:
        typer.echo(note)
        typer.echo(f"Checkpoint code {checkpoints.short_code(_opened(note))}")


def _report(report: Report, given: VerifierKey | None) -> Iterator[str]:
    yield f"{report.talks_name} / {report.name}: {_entries(report.size)}, all of them right."
    for label, count in report.counts().items():
        if count:
            yield f"  {count:>9,} {_SAID[label]}"
    if report.erased:
        yield f"  {len(report.erased):>9,} particulars erased by entries on this record"
    if report.absent:
        yield f"  {len(report.absent):>9,} particulars are gone; no entry here tells of their erasure"
    if report.continues:
        before = report.continues
        yield f"This room continues {before['origin']} after {_entries(before['size'])}, root {before['root']}."
    yield f"Checkpoint code {report.code}"
    yield f"Log key         {report.key}"
    if given is not None and given.public != report.key.public:
        yield "The key given is an earlier one; this record replaced it under both keys."
    if not report.key_given:
        yield "The log key was taken from the bundle. Compare it, or the code, with what others of the room have."


def _agreement(found: Comparison) -> str:
    a, b = found.first, found.second
    which = "both hold the same" if a.size == b.size else f"the {'second' if a.size < b.size else 'first'} goes on"
    more = "" if a.size == b.size else f" to {_entries(max(a.size, b.size))}"
    return f"One history: the first {_entries(found.common)} are the same; {which}{more}."


def _fork(found: Comparison) -> Iterator[str]:
    fork = found.fork
    if fork is not None:
        yield f"Two histories: the first {_entries(fork.seq)} are the same, and entry {fork.seq} is another in each."
        yield f"  first:  {_standing(fork.first)}"
        yield f"  second: {_standing(fork.second)}"
    if found.one_key:
        yield "One log key signed both: its holder showed two histories of this room."
    else:
        yield "Two log keys signed them: ask the host which of them is the room's own."


def _standing(standing: Standing) -> str:
    return f"{standing.kind} at {standing.at}, leaf {standing.leaf[:16]}…"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _opened(note: str) -> checkpoints.Checkpoint:
    """The checkpoint in a note this very machine has just signed."""
    origin, size, root, *_ = note.split("\n", 3)
    return checkpoints.Checkpoint(origin, int(size), base64.b64decode(root))


def _key(file: Path) -> VerifierKey:
    try:
        return VerifierKey.parse(file.read_bytes()[:MAX_KEY_BYTES].decode().strip())
    except (BadCheckpoint, UnicodeDecodeError) as error:
        office.fail(f"{file} does not hold a log's key: {error}.")


def _recipient(text: str) -> Recipient | SshRecipient:
    import pyrage

    try:
        if text.startswith("age1"):
            return pyrage.x25519.Recipient.from_str(text)
        return pyrage.ssh.Recipient.from_str(text)
    except pyrage.RecipientError:
        office.fail("--to takes an age key (age1…) or an SSH public key (ssh-ed25519 …). Nothing was written.")


def _encrypt(plain: BinaryIO, file: BinaryIO, recipient: Recipient | SshRecipient) -> None:
    import pyrage

    pyrage.encrypt_io(plain, file, [recipient])  # type: ignore[arg-type]  # any file that reads and writes bytes


@contextmanager
def _replacing(output: Path) -> Iterator[BinaryIO]:
    """A file beside ``output`` that takes its place once all is written; only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
