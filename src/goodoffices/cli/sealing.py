"""``goodoffices seal``, ``hold``, ``release`` and ``open``: what needs a secret key in an exchange, offline."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import dossiers
from goodoffices.cli.office import fail
from goodoffices.record import canonical
from goodoffices.record.particulars import SALT_BYTES
from goodoffices.sealing import blanks, bundle, coalitions, escrow, events, layers, outers
from goodoffices.sealing.bundle import Dossier
from goodoffices.sealing.escrow import Given, Peels
from goodoffices.sealing.events import Event
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.history import History
from goodoffices.sealing.layers import BadPaper, Opened, Paper
from goodoffices.sealing.order import refusal
from goodoffices.sealing.slips import Slip
from goodoffices.sealing.terms import Terms, fingerprint

STEPS = {"inner": "to the other side's keys", "outer": "to a key of its own", "escrow": "that key, to the holders"}


def seal(
    paper: Annotated[Path, typer.Argument(metavar="PAPER", help="The file to seal.")],
    exchange: dossiers.Exchange,
    side: Annotated[str, typer.Option("--side", metavar="SIDE", help="The side whose paper it is.")],
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    media: Annotated[str | None, typer.Option("--media", help="Its media type, if not by its name.")] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Seal a paper, so that it opens together with the other side's or not at all. A seal is final.

    Nothing leaves this machine: hand on the file that is written.

    Example: goodoffices seal conditions.pdf --exchange EXCHANGE.json --side aldane --key aldane.ssh -o aldane.sealed
    """
    dossiers.absent(output)
    dossier = dossiers.gathered(exchange, files)
    terms, found = dossier.terms, dossiers.read(dossier)
    who = dossiers.side(terms, side)
    _allowed(found, events.Sealed(side, "", ""))
    given = _paper(terms, paper, media)
    sign = dossiers.signer(key, passphrase_file, who)
    for line in coalitions.in_words(terms, side):
        typer.echo(line)
    other = terms.counterpart(side)
    typer.echo(f"It is sealed to the keys of {other.code}, fingerprint {fingerprint(other)}: compare that aloud.")
    try:
        made = layers.seal(terms, side, given, dossiers.chance(SALT_BYTES), sign, _step)
    except BadPaper as error:
        fail(f"{paper}: {error} Nothing was written.")
    body = {"side": side, "outer": _blob(made.outer), "escrow": _blob(made.escrow)}
    slip = dossiers.slip(found, side, "paper-sealed", body, sign)
    file = io.BytesIO()
    bundle.write_sealed(file, slip, made.outer, made.escrow)
    dossiers.write(output, file.getvalue())
    typer.echo(
        f"{output}: sealed, {len(file.getvalue()):,} bytes. SHA-256 of the outer layer {outers.digest(made.outer)}."
    )
    typer.echo("Hand it to everybody in the exchange. Keep the paper itself as safe as before.")


def hold(
    exchange: dossiers.Exchange,
    by: dossiers.By,
    identity: dossiers.Identity,
    files: dossiers.Files = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="KEYFILE", help="Sign that you hold (NAME.ssh).")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="Where to write that, with --key.")
    ] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """As a holder, open what you can of each seal, check it, and confirm. Nothing of what is opened is given out.

    Without --key it is only checked, as for an exchange in a room, where you confirm on the page.

    Example: goodoffices hold aldane.sealed --exchange EXCHANGE.json --as corran --identity corran.age
    --key corran.ssh -o corran-holds.json
    """
    if (key is None) != (output is None):
        fail("--key and -o go together: one signs that you hold, the other says where to write it.")
    dossiers.absent(*([output] if output is not None else []))
    dossier = dossiers.gathered(exchange, files)
    found = dossiers.read(dossier)
    who = dossiers.holder(dossier.terms, by)
    secret = dossiers.identity(identity, passphrase_file, who)
    held = [side for side in found.course.seals if found.course.words.get(by, {}).get(side) != "held"]
    if not held:
        fail("There is nothing to confirm: no new sealed file is among the files given. Nothing was written.")
    for side in held:
        _allowed(found, events.Held(by, side))
        _peeled(dossier, by, side, (), secret)
        typer.echo(f"The seal of {side} is as it should be.")
    if key is not None and output is not None:
        sign, made = dossiers.signer(key, passphrase_file, who), list[Slip]()
        for side in held:
            made.append(dossiers.slip(found, by, "paper-held", {"side": side}, sign, more=[slip.id for slip in made]))
        dossiers.write(output, canonical.encode([slip.value for slip in made]))
        typer.echo(f"{output}: {by} holds. Hand it to everybody in the exchange.")


def release(
    exchange: dossiers.Exchange,
    by: dossiers.By,
    identity: dossiers.Identity,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """As a holder, give out what you hold of both papers. It cannot be taken back. Give all files you have.

    Example: goodoffices release aldane.sealed brisko.sealed --exchange EXCHANGE.json --as corran
    --identity corran.age --key corran.ssh -o corran-released.json
    """
    dossiers.absent(output)
    dossier = dossiers.gathered(exchange, files)
    terms, found = dossier.terms, dossiers.read(dossier)
    who = dossiers.holder(terms, by)
    builds_on = [id for id, given in found.given.items() if given.by != by]
    nothing = dict.fromkeys(side.code for side in terms.sides)
    _allowed(found, events.Released(by, "", tuple(builds_on), nothing))
    secret = dossiers.identity(identity, passphrase_file, who)
    earlier = [found.given[id] for id in builds_on]
    peels = {side: _peeled(dossier, by, side, earlier, secret) for side in nothing}
    text = {side: escrow.write_peels(part).decode() for side, part in peels.items()}
    sign = dossiers.signer(key, passphrase_file, who)
    slip = dossiers.slip(found, by, "papers-released", {"peels": text, "builds_on": builds_on}, sign)
    dossiers.write(output, slip.encoded())
    out = all(escrow.secret(terms, side, [*earlier, Given(by, peels)]) is not None for side in nothing)
    typer.echo(f"{output}: {by} releases both papers. Hand it to everybody in the exchange.")
    typer.echo("With it both papers are out." if out else f"{terms.k} holders are needed; {len(earlier) + 1} released.")


def open_paper(
    exchange: dossiers.Exchange,
    by: dossiers.By,
    identity: dossiers.Identity,
    output: dossiers.Output,
    files: dossiers.Files = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="KEYFILE", help="Also sign that you opened it (NAME.ssh).")
    ] = None,
    slip: Annotated[Path | None, typer.Option("--slip", metavar="OUT", help="Where to write that, with --key.")] = None,
    for_bundle: Annotated[
        Path | None,
        typer.Option("--for-bundle", metavar="OUT", help="Also write the paper with its salt, for a bundle."),
    ] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """As a side, open the other side's paper once it is out, by your online key or by the recovery sheet's.

    Example: goodoffices open aldane.sealed brisko.sealed corran-released.json rusk-released.json
    --exchange EXCHANGE.json --as aldane --identity aldane.age -o their-paper.pdf
    """
    dossiers.absent(output, *(path for path in (slip, for_bundle) if path is not None))
    if (key is None) != (slip is None):
        fail("--key and --slip go together: one signs that you opened the paper, the other says where to write it.")
    dossier = dossiers.gathered(exchange, files)
    terms, found = dossier.terms, dossiers.read(dossier)
    who = dossiers.side(terms, by)
    opened = _opened(dossier, found, by, dossiers.identity(identity, passphrase_file, who))
    blank = blanks.left_blank(terms, opened)
    dossiers.write(output, opened.content)
    if for_bundle is not None:
        dossiers.write(for_bundle, opened.salt + opened.content)
    other = terms.counterpart(by).code
    typer.echo(f"{output}: the paper of {other}, “{opened.name}” ({opened.media}), {len(opened.content):,} bytes.")
    typer.echo(f"It is the one that was sealed: digest {opened.digest}, signed by {other}.")
    for line in _blank_in_words(blank):
        typer.echo(line)
    if key is not None and slip is not None:
        body = {"side": other, "digest": opened.digest.removeprefix("p:"), "blank": blank}
        _allowed(found, events.Opened(by, other, opened.digest.removeprefix("p:")))
        made = dossiers.slip(found, by, "paper-opened", body, dossiers.signer(key, passphrase_file, who))
        dossiers.write(slip, made.encoded())
        typer.echo(f"{slip}: {by} has opened it. Hand it to everybody in the exchange.")


def _paper(terms: Terms, path: Path, media: str | None) -> Paper:
    """The paper, if it can be sealed at all; one that is too large is not even read."""
    named = media or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    try:
        if path.is_file():
            layers.check_size(terms, path.stat().st_size)
        given = Paper(dossiers.content(path), path.name, named)
        layers.check_paper(terms, given)
    except BadPaper as error:
        fail(f"{path}: {error} Nothing was written.")
    return given


def _step(step: str) -> None:
    typer.echo(f"Sealing {STEPS[step]} …", err=True)


def _allowed(found: History, event: Event) -> None:
    why = refusal(found.course, event, dossiers.now())
    if why is not None:
        fail(f"{why} Nothing was written.")


def _peeled(dossier: Dossier, by: str, side: str, earlier: list[Given] | tuple[()], secret: bytes) -> Peels:
    if side not in dossier.seals:
        fail(f"The sealed file of {side} is not among the files given. Nothing was written.")
    try:
        return escrow.peel(dossier.terms, by, dossier.seals[side], earlier, secret)
    except BadLayer as error:
        more = "Say so to everybody with: goodoffices exchange dispute"
        fail(f"The seal of {side} is not as it should be ({error.fault}): {error} {more}. Nothing was written.")


def _opened(dossier: Dossier, found: History, by: str, secret: bytes) -> Opened:
    terms, side = dossier.terms, dossier.terms.counterpart(by).code
    if not found.course.out or side not in dossier.seals:
        typer.echo("Give every file you have: both sealed files and all releases.", err=True)
        fail(f"The papers are still sealed: {len(found.given)} of {terms.k} releases are here. Nothing was written.")
    digest, inner = outers.open_outer(terms, side, dossier.seals[side].outer, _e(dossier, found, side))
    try:
        return layers.open_inner(terms, side, digest, inner, [secret])
    except BadLayer as error:
        more = "Say so to everybody with: goodoffices exchange dispute"
        fail(f"The paper of {side} does not open ({error.fault}): {error} {more}. Nothing was written.")


def _e(dossier: Dossier, found: History, side: str) -> bytes:
    secret = escrow.secret(dossier.terms, side, found.releases)
    return secret if secret is not None else fail("The papers are still sealed. Nothing was written.")


def _blank_in_words(blank: list[str] | None) -> list[str]:
    if blank is None:
        return ["It is not set out by topics, so nobody's program can tell which required topics it leaves blank."]
    return [f"Required topics it leaves blank: {', '.join(blank) or 'none'}."]


def _blob(raw: bytes) -> dict[str, object]:
    return {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)}
