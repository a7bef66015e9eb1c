"""``goodoffices exchange``: a sealed exchange on paper, from its terms to a verifier, without any server."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from goodoffices.cli import dossiers
from goodoffices.cli.office import fail
from goodoffices.papers.topics import TOPICS
from goodoffices.sealing import (
    agefile,
    bundle,
    coalitions,
    course,
    escrow,
    events,
    header,
    keys,
    layers,
    on_record,
    outers,
    verify,
)
from goodoffices.sealing.bundle import Dossier
from goodoffices.sealing.events import Event
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.history import History
from goodoffices.sealing.keys import BadKeyFile
from goodoffices.sealing.order import refusal
from goodoffices.sealing.terms import BUCKETS, BadTerms, Side, Terms, fingerprint, made
from goodoffices.sealing.verify import ExchangeFault

app = typer.Typer(help="Sealed exchanges of papers, without any server.", no_args_is_help=True)

SAID: dict[course.Standing, str] = {
    "proposed": "Not everybody has agreed.",
    "agreed": "All have agreed; the sides seal.",
    "sealed": "Both sides have sealed; the holders release.",
    "failed": "Too few holders are left who could release: neither paper opens.",
    "released": "Both papers are out; each side opens the other's.",
    "opened": "Both papers were opened or disputed.",
    "declined": "It was declined.",
    "withdrawn": "A side withdrew before both had sealed.",
    "lapsed": "Its deadline passed before both had sealed.",
}
STEPS: dict[course.Step, str] = {
    "agree": "to agree",
    "seal": "to seal a paper",
    "hold": "to confirm that it holds the paper of {}",
    "release": "to release both papers",
    "open": "to open the paper of {}",
}


@app.callback()
def exchange() -> None:
    """Sealed exchanges of papers, without any server."""


@app.command(
    epilog="Example: goodoffices exchange new --side aldane.pub.json --side brisko.pub.json --holder host.pub.json "
    "--holder corran.pub.json --holder rusk.pub.json --deadline 2030-02-01T12:00Z -o EXCHANGE.json"
)
def new(
    sides: Annotated[list[Path], typer.Option("--side", metavar="FILE", help="Public keys of a side. Twice.")],
    holders: Annotated[list[Path], typer.Option("--holder", metavar="FILE", help="Public keys of a holder. 1 to 5.")],
    deadline: Annotated[str, typer.Option("--deadline", metavar="TIME", help="Until when to seal, in UTC.")],
    output: dossiers.Output,
    k: Annotated[int, typer.Option("--k", help="How many holders open.")] = 2,
    topics: Annotated[list[str] | None, typer.Option("--topic", help="A topic both papers must cover.")] = None,
    bucket: Annotated[int, typer.Option("--bucket", help=f"Size in bytes: {', '.join(map(str, BUCKETS))}.")] = BUCKETS[
        1
    ],
) -> None:
    """Set up an exchange: who exchanges, who holds, until when. Everybody agrees to it afterwards."""
    dossiers.absent(output)
    if len(sides) != 2:
        fail("An exchange has two sides: give --side twice.")
    first, second = (_public(path) for path in sides)
    unknown = sorted(set(topics or ()) - set(TOPICS))
    if unknown:
        fail(f"There is no topic {', '.join(unknown)}. Topics are: {', '.join(TOPICS)}.")
    try:
        terms = made(
            Terms(
                talks=None,
                room=None,
                nonce=dossiers.chance(16).hex(),
                sides=(first.side(first.name), second.side(second.name)),
                holders=tuple(public.holder(public.name) for public in map(_public, holders)),
                k=k,
                topics=tuple(sorted(set(topics or ()))),
                deadline=_time(deadline),
                bucket=bucket,
            )
        )
    except BadTerms as error:
        fail(f"{error} Nothing was written.")
    dossiers.write(output, bundle.write_exchange(terms, []))
    typer.echo(f"{output}: an exchange between {first.name} and {second.name}, fingerprint {terms.fingerprint}.")
    if terms.weaker:
        typer.echo("One holder opens both papers alone: this is the weaker form. Two of three is the usual one.")


@app.command(epilog="Example: goodoffices exchange agree EXCHANGE.json --as corran --key corran.ssh -o EXCHANGE-2.json")
def agree(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    by: dossiers.By,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    others: Annotated[
        list[Path] | None, typer.Argument(metavar="OTHERS…", help="The same, as others signed it.")
    ] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Agree to the terms, and to every key and holder in them. Writes a new file that says so; hand that on."""
    dossiers.absent(output)
    dossier, found = _standing(exchange, others)
    _allowed(found, events.Agreed(by))
    sign = dossiers.signer(key, passphrase_file, dossiers.party(dossier.terms, by))
    dossier.add([dossiers.slip(found, by, "exchange-agreed", {}, sign)])
    agreed = [slip for slip in dossier.slips.values() if slip.kind == "exchange-agreed"]
    dossiers.write(output, bundle.write_exchange(dossier.terms, agreed))
    missing = [one.by for one in course.due(dossiers.read(dossier).course) if one.step == "agree"]
    typer.echo(f"{output}: {by} agrees to the exchange {dossier.terms.fingerprint}.")
    typer.echo(f"Still to agree: {', '.join(missing)}." if missing else "All have agreed.")


@app.command(epilog="Example: goodoffices exchange decline EXCHANGE.json --as brisko --key brisko.ssh -o declined.json")
def decline(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    by: dossiers.By,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, in words.")] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Decline the terms. That ends the exchange."""
    _end(
        exchange,
        files,
        by,
        (events.Declined(by), "exchange-declined", {"reason": reason}),
        key,
        output,
        passphrase_file,
    )


@app.command(
    epilog="Example: goodoffices exchange withdraw EXCHANGE.json --as aldane --key aldane.ssh -o withdrawn.json"
)
def withdraw(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    by: dossiers.By,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why, in words.")] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Withdraw as a side, before both have sealed. Give all you have: it must not go on from both seals."""
    _end(
        exchange,
        files,
        by,
        (events.Withdrawn(by), "exchange-withdrawn", {"reason": reason}),
        key,
        output,
        passphrase_file,
    )


@app.command(epilog="Example: goodoffices exchange lapse EXCHANGE.json --as host --key host.ssh -o lapsed.json")
def lapse(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    by: dossiers.By,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Say that the deadline passed before both had sealed. That ends the exchange."""
    _end(exchange, files, by, (events.Lapsed(by), "exchange-lapsed", {}), key, output, passphrase_file)


@app.command(epilog="Example: goodoffices exchange show EXCHANGE.json aldane.sealed brisko.sealed")
def show(exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")], files: dossiers.Files = None) -> None:
    """Show the terms, fingerprints to compare aloud, who has agreed, how far it is, and who could read early."""
    dossier, found = _standing(exchange, files)
    for line in _terms(dossier.terms, found):
        typer.echo(line)
    typer.echo(f"\n{SAID[found.course.standing]}")
    for one in course.due(found.course):
        typer.echo(f"  {one.by} is awaited {STEPS[one.step].format(one.side)}.")
    for side in dossier.terms.sides:
        typer.echo("")
        for line in coalitions.in_words(dossier.terms, side.code):
            typer.echo(line)


@app.command(
    epilog="Example: goodoffices exchange dispute EXCHANGE.json aldane.sealed brisko.sealed --as corran "
    "--identity corran.age --key corran.ssh -o disputed.json"
)
def dispute(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    by: dossiers.By,
    identity: dossiers.Identity,
    key: dossiers.SigningKey,
    output: dossiers.Output,
    files: dossiers.Files = None,
    words: Annotated[str | None, typer.Option("--words", help="What is wrong, in your words.")] = None,
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Look for a fault in what you hold, or in the paper you opened, and say so where there is one.

    A side gives the file key of the paper's inner layer with it: with that everybody can see what was inside, and
    nothing else can be opened with it.
    """
    dossiers.absent(output)
    dossier, found = _standing(exchange, files)
    who = dossiers.party(dossier.terms, by)
    secret = dossiers.identity(identity, passphrase_file, who)
    kind, body = (
        _opening_fault(dossier, found, who, secret)
        if isinstance(who, Side)
        else _holding_fault(dossier, found, by, secret)
    )
    event = (events.OpeningDisputed if isinstance(who, Side) else events.HoldingDisputed)(
        by, body["side"], body["fault"]
    )
    _allowed(found, event)
    made = dossiers.slip(found, by, kind, body | {"words": words}, dossiers.signer(key, passphrase_file, who))
    dossiers.write(output, made.encoded())
    typer.echo(f"{output}: {by} disputes the paper of {body['side']} ({body['fault']}). Hand it to everybody.")


@app.command("bundle", epilog="Example: goodoffices exchange bundle EXCHANGE.json *.sealed *.json -o exchange.zip")
def write_bundle(
    exchange: Annotated[Path, typer.Argument(metavar="EXCHANGE.json")],
    output: dossiers.Output,
    files: dossiers.Files = None,
    papers: Annotated[
        list[str] | None,
        typer.Option("--paper", metavar="CODE=FILE", help="A paper of this side, as open --for-bundle wrote it."),
    ] = None,
) -> None:
    """Put all there is of an exchange into one file, for anybody to verify."""
    dossiers.absent(output)
    dossier = dossiers.gathered(exchange, files)
    if dossier.terms.room is not None:
        fail("This exchange is carried out in a room: the room's export is its bundle, and exchange verify takes that.")
    for given in papers or ():
        code, _, path = given.partition("=")
        dossiers.side(dossier.terms, code)
        dossier.papers[code] = dossiers.content(Path(path))
    file = io.BytesIO()
    bundle.write(file, dossier)
    dossiers.write(output, file.getvalue())
    typer.echo(f"{output}: {len(dossier.slips)} slips, sealed files of {', '.join(sorted(dossier.seals)) or 'nobody'}.")


@app.command("verify", epilog="Example: goodoffices exchange verify exchange.zip")
def verify_exchange(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="What exchange bundle, or record export, wrote.")],
) -> None:
    """Check an exchange, with nothing but the file. Exit code 0, or 1 with the first fault.

    A room's record is verified first; then every exchange in it by the same order and the same layers.
    """
    raw = dossiers.content(path, sys.maxsize)
    try:
        found = on_record.verify_export(raw) if on_record.is_export(raw) else [verify.verify(raw)]
    except ExchangeFault as fault:
        fail(str(fault))
    for verified in found:
        for line in _verified(verified):
            typer.echo(line)
    if not found:
        typer.echo("The record verifies, and there is no exchange in it.")


def _standing(path: Path, files: list[Path] | None) -> tuple[Dossier, History]:
    dossier = dossiers.gathered(path, files)
    return dossier, dossiers.read(dossier)


def _allowed(found: History, event: Event) -> None:
    why = refusal(found.course, event, dossiers.now())
    if why is not None:
        fail(f"{why} Nothing was written.")


def _end(
    path: Path,
    files: list[Path] | None,
    by: str,
    ending: tuple[Event, str, dict[str, Any]],
    key: Path,
    output: Path,
    passphrase_file: Path | None,
) -> None:
    event, kind, body = ending
    dossiers.absent(output)
    dossier, found = _standing(path, files)
    who = dossiers.party(dossier.terms, by)
    _allowed(found, event)
    made = dossiers.slip(found, by, kind, body, dossiers.signer(key, passphrase_file, who))
    dossiers.write(output, made.encoded())
    typer.echo(f"{output}: {by} ends the exchange ({kind.removeprefix('exchange-')}). Hand it to everybody.")


def _opening_fault(dossier: Dossier, found: History, who: Side, secret: bytes) -> tuple[str, dict[str, Any]]:
    side = dossier.terms.counterpart(who.code).code
    if not found.course.out:
        fail("The papers are still sealed. Nothing was written.")
    e = escrow.secret(dossier.terms, side, found.releases)
    digest, inner = outers.open_outer(dossier.terms, side, dossier.seals[side].outer, e or b"")
    file_key = None
    try:
        file_key = agefile.file_key(header.read(inner), [secret])
        layers.open_inner(dossier.terms, side, digest, inner, [secret])
    except BadLayer as error:
        typer.echo(str(error))
        return "opening-disputed", {"side": side, "fault": error.fault, "file_key": _base64(file_key)}
    return fail(f"Nothing is wrong with the paper of {side}. Nothing was written.")


def _holding_fault(dossier: Dossier, found: History, by: str, secret: bytes) -> tuple[str, dict[str, Any]]:
    for side in found.course.seals:
        if side not in dossier.seals:
            fail(f"The sealed file of {side} is not among the files given. Nothing was written.")
        earlier = [given for given in found.releases if given.by != by]
        try:
            escrow.peel(dossier.terms, by, dossier.seals[side], earlier, secret)
        except BadLayer as error:
            typer.echo(str(error))
            return "holding-disputed", {"side": side, "fault": error.fault}
    return fail(f"Nothing is wrong with what {by} holds. Nothing was written.")


def _base64(key: bytes | None) -> str | None:
    import base64

    return None if key is None else base64.b64encode(key).decode()


def _terms(terms: Terms, found: History) -> list[str]:
    lines = [f"Exchange {terms.fingerprint}", f"  {terms.id}"]
    for party in terms.parties:
        what = "side" if isinstance(party, Side) else "holder"
        agreed = "has agreed" if party.code in found.course.agreed else "has not agreed"
        lines.append(f"  {what:<6} {party.code:<16} {fingerprint(party)}  {agreed}")
    lines.append(f"{terms.k} of {len(terms.holders)} holders open both papers.")
    if terms.weaker:
        lines.append("One holder opens both papers alone: this is the weaker form. Two of three is the usual one.")
    lines.append(f"To be sealed by {terms.deadline}; every paper looks {terms.bucket:,} bytes large.")
    lines.append(f"Required topics: {', '.join(terms.topics) or 'none'}.")
    return lines


def _verified(found: verify.Verified) -> list[str]:
    lines = [f"Exchange {found.terms.fingerprint} between {' and '.join(side.code for side in found.terms.sides)}"]
    lines.append(f"  {SAID[found.course.standing]} Nothing is wrong with it.")
    digests = found.course.digests
    lines += [
        f"  The paper of {side} has the digest {digests[side]}." for side in found.course.sides if side in digests
    ]
    if found.terms.weaker:
        lines.append("  One holder could open both papers alone: this was the weaker form.")
    return lines + [f"  {note}" for note in found.notes]


def _public(path: Path) -> keys.Public:
    try:
        return keys.read_public(dossiers.content(path, keys.MAX_KEY_FILE_BYTES))
    except BadKeyFile as error:
        fail(f"{path}: {error}")


def _time(text: str) -> str:
    from datetime import UTC, datetime

    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        fail("--deadline is a time with its zone, such as 2030-02-01T12:00Z. Nothing was written.")
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
