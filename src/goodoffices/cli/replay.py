"""``goodoffices replay``: a talks file is checked, rehearsed in memory, and put on the record."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.cli import exercise_keys, office
from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.handover.counting import counts
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.handover.reporting import SAID, owed
from goodoffices.readouts import codes
from goodoffices.readouts.views import untranslated
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.sealing import coalitions
from goodoffices.sealing.exchanges import SEALING
from goodoffices.secretariat import replaying
from goodoffices.secretariat.group import grouped
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.replaying import Cast, Done, Replay
from goodoffices.secretariat.talksfile import TalksFile


@dataclass(frozen=True)
class Begun:
    """A replay of this machine, kept in ``replays/<talks>.json``: of which file, as whom, and whether it is done.

    ``file``: SHA-256 of the talks file. ``key``: 32 bytes (hex) from which act ids follow. ``people``: short name in
    the file -> (user name of the account, person).
    """

    file: str
    key: str
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    done: bool = False


def replay(
    path: Annotated[Path, typer.Argument(help="A talks file (YAML).", metavar="FILE")],
    check: Annotated[bool, typer.Option("--check", help="Only check and rehearse; write nothing.")] = False,
) -> None:
    """Put the round of talks in FILE on the record, after checking and rehearsing it as a whole.

    Example: goodoffices replay examples/rehearsal.yaml
    """
    content, file = read(path)
    here = office.office(migrate=not check)
    begun = _begun(file.name, here)
    if begun is not None and begun.done and begun.file == _digest(content) and not check:
        typer.echo(f"{file.name} has been replayed from this very file already; nothing was written.")
        return
    _rehearse(path, file, here)
    if check:
        typer.echo(f"{path.name}: {len(file.acts)} acts, all of which would be accepted. Nothing was written.")
        return
    _check_unused(here, file, begun, content)
    begun = begun or _begin(file, content)
    _open_accounts(begun)
    with grouped(here) as group:
        replay = Replay(file, group, cast(file, begun), papers(path), bytes.fromhex(begun.key))
        group.foresee(replay.act_ids())
        done = list(_counted(replay, file))
    _keep(file.name, Begun(begun.file, begun.key, begun.people, done=True))
    _report(here, file, begun, done)


def read(path: Path) -> tuple[bytes, TalksFile]:
    """A talks file, checked as far as it can be without running a rule; fails with the place of the first error."""
    from goodoffices.secretariat.matters import RULES

    try:
        content = path.read_bytes()
        return content, replaying.read(replaying.text_of(content), RULES)
    except OSError as error:
        office.fail(f"{path} cannot be read: {error.strerror}.")
    except BadFile as error:
        office.fail(f"{path}, {error} Nothing was written.")


def replayed(path: Path) -> Replay:
    """The replay of a file that is on the record here, to be run again without writing; fails where there is none."""
    content, file = read(path)
    here = office.office()
    begun = _begun(file.name, here)
    if begun is None or not begun.done or begun.file != _digest(content):
        office.fail(f"This file has not been replayed here. Do so with: goodoffices replay {path}")
    return Replay(file, here, cast(file, begun), papers(path), bytes.fromhex(begun.key))


def papers(path: Path) -> Callable[[str], bytes]:
    """Reads papers that lie beside a talks file or below it, and no others: the file may be somebody else's."""
    folder = path.resolve().parent

    def read(name: str) -> bytes:
        named = (folder / name).resolve()
        if not named.is_relative_to(folder):
            raise OSError("it does not lie beside the talks file")
        return named.read_bytes()

    return read


def cast(file: TalksFile, begun: Begun) -> Cast:
    """Who the people of the file are on this machine, with the exercise keys of those who have one."""
    from goodoffices.storage import home

    held = [p.short for p in file.people.values() if p.key]
    keys = {short: exercise_keys.kept(home.folder(), f"{file.name}-{short}") for short in held}
    return _cast({short: person for short, (_, person) in begun.people.items()}, keys)


def _cast(ids: dict[str, str], keys: dict[str, Ed25519PrivateKey]) -> Cast:
    return Cast(
        ids,
        {short: [exercise_keys.named(key)] for short, key in keys.items()},
        {short: exercise_keys.signer(key) for short, key in keys.items()},
    )


def _rehearse(path: Path, file: TalksFile, here: Office) -> None:
    keys = {p.short: Ed25519PrivateKey.generate() for p in file.people.values() if p.key}
    ids = {short: token_hex(16) for short in file.people}
    try:
        replaying.rehearse(file, here, _cast(ids, keys), papers(path), token_bytes(32))
    except BadFile as error:
        office.fail(f"{path}, {error} Nothing was written.")


def _check_unused(here: Office, file: TalksFile, begun: Begun | None, content: bytes) -> None:
    if begun is not None and begun.file != _digest(content):
        office.fail(
            f"Talks called “{file.name}” were replayed here from a file with other content, and what is on the record "
            "stays. Give these another name, or use another GOODOFFICES_HOME."
        )
    if begun is None and file.name in _names(here):
        office.fail(f"There are talks called “{file.name}” here already. Give those of the file another name.")


def _names(here: Office) -> set[str]:
    heads = here.store.heads(here.store.rooms())
    return {here.load(room, head.size)[SEATS].talks_name for room, head in heads.items()}


def _begin(file: TalksFile, content: bytes) -> Begun:
    """Accounts for everybody, written down first so that an interrupted replay finds them again."""
    begun = Begun(_digest(content), token_hex(32), _people(file))
    _keep(file.name, begun)
    return begun


def _people(file: TalksFile) -> dict[str, tuple[str, str]]:
    from goodoffices.storage.models import Account

    taken = set(Account.objects.values_list("username", flat=True))
    names = {short: short if short not in taken else f"{file.name}-{short}" for short in file.people}
    for name in names.values():
        if name in taken:
            office.fail(f"There is an account called “{name}” here already. Give the talks or the person another name.")
    return {short: (name, token_hex(16)) for short, name in names.items()}


def _open_accounts(begun: Begun) -> None:
    from goodoffices.storage.models import Account

    for username, person in begun.people.values():
        if not Account.objects.filter(person=person).exists():
            account = Account(username=username, person=person)
            account.set_unusable_password()
            account.save()


def _counted(replay: Replay, file: TalksFile) -> Iterator[Done]:
    """The acts as they are done, with a count on a terminal."""
    from rich.console import Console
    from rich.progress import track

    out = Console(stderr=True)
    yield from track(replay, "Replaying", len(file.acts), console=out, transient=True, disable=not out.is_terminal)


def _report(here: Office, file: TalksFile, begun: Begun, done: list[Done]) -> None:
    entries = Counter(room for one in done for wrote in one.wrote for room in wrote)
    heads = here.store.heads(entries)
    named = {here.load(room, heads[room].size)[SEATS].name: heads[room].size for room in entries}
    rooms = ", ".join(f"{name} ({size})" for name, size in sorted(named.items()))
    typer.echo(f"{file.name}: {len(file.acts)} acts, {sum(named.values())} entries.")
    typer.echo(f"Rooms, with entries: {rooms}.")
    for room in entries:
        _report_exchanges(here.load(room, heads[room].size))
        _report_prisoners(here.load(room, heads[room].size))
    typer.echo(f"Accounts: {', '.join(sorted(name for name, _ in begun.people.values()))}.")
    typer.echo("Nobody can sign in with them yet. To let somebody in: goodoffices sign-in-link ACCOUNT")


def _report_exchanges(room: Room) -> None:
    """Each sealed exchange of a room: how far it came, and who could have read a paper early."""
    for x in room[SEALING].all.values():
        stage = codes.stage(x.stage, untranslated)
        holders = codes.holders(x.terms.k, len(x.terms.holders), untranslated)
        typer.echo(f"Sealed exchange in {room[SEATS].name}: {stage}; of the holders {holders}.")
        for side in x.sides:
            for line in coalitions.in_words(x.terms, side):
                typer.echo(f"  {line}")


def _report_prisoners(room: Room) -> None:
    """An exchange of prisoners in a room: the list that stands, and the handover as it was observed."""
    parties = room[SEATS].parties
    drawn = room[AGREED].stands(parties)
    if drawn is None:
        return
    codes_of = {member.id: member.code for member in room[SEATS].delegations.values()}
    counted = " and ".join(f"{n:,} held by {codes_of[side]}" for side, n in drawn.counted.items())
    free = drawn.persons - sum(drawn.counted.values())
    typer.echo(
        f"Exchange of prisoners in {room[SEATS].name} (all of them synthetic): both sides confirmed a list of "
        f"{drawn.persons:,}; counted {counted}, free of any count or all for all {free:,}."
    )
    course = room[HANDOVER].course
    for stage in course.stages.values():
        signed = ", ".join(codes_of[by] for by in stage.signed)
        said = Counter(one.what for one in stage.outcome.values())
        typer.echo(
            f"  Stage {stage.number}, {stage.day}: "
            + "; ".join(f"{n:,} {SAID[what]}" for what, n in said.items())
            + f". Countersigned by: {signed or 'nobody'}."
        )
    for side, count in counts(course).items():
        typer.echo(f"  {owed(replace(count, side=codes_of[side]))}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# What this machine remembers of its replays


def _place(talks: str) -> Path:
    from goodoffices.storage import home

    folder = home.ensure() / "replays"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{talks}.json"


def _begun(talks: str, here: Office) -> Begun | None:
    """What was begun of these talks; nothing if it was done in a database that is not there any more."""
    try:
        kept = json.loads(_place(talks).read_bytes())
    except FileNotFoundError:
        return None
    begun = Begun(kept["file"], kept["key"], {k: (v[0], v[1]) for k, v in kept["people"].items()}, kept["done"])
    return None if begun.done and talks not in _names(here) else begun


def _keep(talks: str, begun: Begun) -> None:
    path = _place(talks)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(begun), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
