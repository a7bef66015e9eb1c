"""``goodoffices keys``: keys of a delegation that people can live with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli import dossiers
from goodoffices.cli.office import fail
from goodoffices.sealing import agekeys, keys, sheet, terms
from goodoffices.sealing.keys import BadKeyFile
from goodoffices.sealing.sheet import BadSheet

app = typer.Typer(help="Keys for sealed exchanges: make, show, recover.", no_args_is_help=True)

SHEET_LINES = 4

NoPassphrase = Annotated[
    bool, typer.Option("--no-passphrase", help="Write key files that anybody can use who gets hold of them.")
]


@app.callback()
def group() -> None:
    """Keys for sealed exchanges: make, show, recover."""


@app.command(epilog="Example: goodoffices keys new aldane -o keys")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Short name of your delegation.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write into.")],
    passphrase_file: dossiers.PassphraseFile = None,
    no_passphrase: NoPassphrase = False,
) -> None:
    """Make a delegation's keys: an online key, a recovery sheet to print, a key to sign with, and what others get.

    The recovery key stands on the sheet and nowhere else. Print the sheet, delete its files, and test it once with
    keys recover: before that it does not count.
    """
    if not terms.is_code(name):
        fail("NAME is a short name: lower-case letters, digits and single hyphens.")
    files = _Files(output, name)
    dossiers.absent(*files.all)
    made = keys.make(name, dossiers.chance)
    word = None if no_passphrase else _new_passphrase(passphrase_file)
    page = sheet.page(name, made.recovery, made.public.recovery, dossiers.now()[:10])
    output.mkdir(mode=0o700, parents=True, exist_ok=True)
    dossiers.write(files.online, keys.identity_file(made.online, word))
    dossiers.write(files.signing, keys.signing_file(made.signing, word))
    dossiers.write(files.signing_public, f"{made.public.signers[0]['key']} {name}\n".encode(), 0o644)
    dossiers.write(files.html, page.encode())
    dossiers.write(files.pdf, sheet.pdf(page))
    dossiers.write(files.public, made.public.encoded(), 0o644)
    typer.echo(f"{files.online}: the online key, to open with. {_guarded(word)}")
    typer.echo(f"{files.signing}: the key to sign with. {_guarded(word)}")
    typer.echo(f"{files.public}: what others get. {_fingerprints(made.public)}")
    typer.echo(f"{files.pdf}: the recovery sheet (also as {files.html.name}).")
    typer.echo(f"Print the sheet, delete both its files, and test it: goodoffices keys recover {files.public}")


@app.command(epilog="Example: goodoffices keys show keys/aldane.pub.json")
def show(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="NAME.pub.json, or an identity (NAME.age).")],
    passphrase_file: dossiers.PassphraseFile = None,
) -> None:
    """Show the public side of key files, with fingerprints to compare aloud. Never a secret."""
    for path in files:
        raw = dossiers.content(path, keys.MAX_KEY_FILE_BYTES)
        if not raw.lstrip().startswith(b"{"):
            typer.echo(f"{path}: the secret key to {agekeys.recipient_of(dossiers.secret(path, passphrase_file))}")
            continue
        public = _public(path)
        typer.echo(f"{path}: {public.name}. {_fingerprints(public)}")
        typer.echo(f"  online    {public.online}")
        typer.echo(f"  recovery  {public.recovery}")
        for key in public.signers:
            typer.echo(f"  signs by  {key.get('key') or 'a passkey on ' + key['rp']}")


@app.command(epilog="Example: goodoffices keys recover keys/aldane.pub.json -o aldane-recovered.age")
def recover(
    public: Annotated[Path, typer.Argument(metavar="NAME.pub.json", help="The public keys the sheet belongs to.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Also write an identity file to open with.")
    ] = None,
    sheet_file: Annotated[
        Path | None, typer.Option("--sheet", metavar="FILE", help="Read what was typed from a file, not from you.")
    ] = None,
    passphrase_file: dossiers.PassphraseFile = None,
    no_passphrase: NoPassphrase = False,
) -> None:
    """Test a recovery sheet by typing it in; with -o, make a key file of it because the online key is lost."""
    if output is not None:
        dossiers.absent(output)
    named = _public(public)
    secret = _typed(sheet_file)
    try:
        nonce = keys.test_recovery(named, secret)
    except BadKeyFile as error:
        fail(str(error))
    typer.echo(f"The recovery sheet of {named.name} is right: what is sealed to {named.recovery[:16]}… opens with it.")
    typer.echo(f"Its test holds {nonce}")
    if output is not None:
        word = None if no_passphrase else _new_passphrase(passphrase_file)
        dossiers.write(output, keys.identity_file(agekeys.identity_text(secret), word))
        typer.echo(f"{output}: the recovery key as a file. {_guarded(word)} Delete it when you have opened the paper.")


class _Files:
    """Where the files of one delegation lie."""

    def __init__(self, folder: Path, name: str) -> None:
        self.online = folder / f"{name}.age"
        self.signing = folder / f"{name}.ssh"
        self.signing_public = folder / f"{name}.ssh.pub"
        self.public = folder / f"{name}.pub.json"
        self.html = folder / f"{name}-recovery-sheet.html"
        self.pdf = folder / f"{name}-recovery-sheet.pdf"
        self.all = (self.online, self.signing, self.signing_public, self.public, self.html, self.pdf)


def _typed(file: Path | None) -> bytes:
    try:
        if file is not None:
            return sheet.read(dossiers.content(file, 4096).decode("ascii", "replace"))
        typer.echo(
            "Type the four lines of the sheet, or the whole key at once; spaces and dashes do not matter.", err=True
        )
        first = _line(1)
        if len(first) > sheet.LINE_LETTERS:
            return sheet.read(sheet.PREFIX + first)
        return sheet.read(sheet.PREFIX + first + "".join(_line(number) for number in range(2, SHEET_LINES + 1)))
    except BadSheet as error:
        fail(str(error))


def _line(number: int) -> str:
    """One line of the sheet, asked for until it is right."""
    while True:
        typed = str(typer.prompt(f"Line {number}", hide_input=True, err=True))
        if number == 1 and (whole := sheet.whole(typed)) is not None:
            return whole
        try:
            return sheet.check_line(number, typed)
        except BadSheet as error:
            typer.echo(f"{error} Please type it again.", err=True)


def _new_passphrase(file: Path | None) -> str:
    asked: Callable[[], str] = dossiers.passphrase(file, "the new key files")
    word = (
        asked()
        if file is not None
        else str(typer.prompt("A passphrase for the key files", hide_input=True, confirmation_prompt=True, err=True))
    )
    return word or fail("An empty passphrase guards nothing; use --no-passphrase if you mean it.")


def _guarded(word: str | None) -> str:
    return "Anybody who gets this file can use it." if word is None else "It is under the passphrase."


def _fingerprints(public: keys.Public) -> str:
    """As terms show them: for a holder, whose recovery key no paper is sealed to, it is another one."""
    side, holder = terms.fingerprint(public.side(public.name)), terms.fingerprint(public.holder(public.name))
    return f"Fingerprint as a side {side}, as a holder {holder}."


def _public(path: Path) -> keys.Public:
    try:
        return keys.read_public(dossiers.content(path, keys.MAX_KEY_FILE_BYTES))
    except BadKeyFile as error:
        fail(f"{path}: {error}")
