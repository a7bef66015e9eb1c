"""Every command: what is typed and what it prints. The transcripts are in ``golden/``."""

from __future__ import annotations

import shutil
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from goodoffices import cli
from goodoffices.cli import office
from goodoffices.papers.conditions import parse, written
from goodoffices.secretariat.desk import RoomView
from goodoffices.secretariat.operator import OperatorDesk
from tests.cli.shell import Shell
from tests.golden import Golden

ISTANBUL, REHEARSAL = "examples/istanbul-2025.yaml", "examples/rehearsal.yaml"


def without_prisoners(shell: Shell) -> str:
    """The rehearsal without its exchange of prisoners, which takes seconds: for what has nothing to do with that."""
    folder = shell.home / "examples"
    shutil.copytree("examples", folder)
    file = folder / "rehearsal.yaml"
    before, _, rest = file.read_text(encoding="utf-8").partition("  # An exchange of prisoners.")
    after = rest[rest.index("  - by: tarrowin\n    room: plenary\n    do: close-meeting") :]
    people, _, script = before.partition("\nscript:")
    file.write_text(people.partition("  lindemar:")[0] + "\nscript:" + script + after, encoding="utf-8")
    return str(file)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The way to a command and to every command below it, and whether it is a group of them."""
    grouped = getattr(command, "commands", {})
    yield path, bool(grouped)
    for name, below in sorted(grouped.items()):
        yield from commands(below, (*path, name))


def test_every_command_has_help_with_an_example(shell: Shell, golden: Golden) -> None:
    for path, is_group in commands(typer.main.get_command(cli.program())):
        assert shell.run(*path, "--help") == 0
        assert is_group or "Example: goodoffices" in " ".join(shell.printed[-1].split())
    golden("help.txt", shell.transcript)


def test_istanbul(shell: Shell, golden: Golden) -> None:
    assert shell.run("replay", ISTANBUL, "--check") == 0
    assert shell.run("replay", ISTANBUL) == 0
    assert shell.run("replay", ISTANBUL) == 0
    assert shell.run("talks", "show", "istanbul-2025") == 0
    for who in ("secretariat", "medinsky", "ukraine-foreign", "rubio"):
        assert shell.run("talks", "show", "istanbul-2025", "--as", who) == 0
    assert shell.run("readout", "istanbul-2025", "first-meeting", "--for", "public") == 0
    assert shell.run("readout", "istanbul-2025", "first-meeting", "--for", "plenary") == 0
    assert shell.run("source-table", ISTANBUL) == 0
    golden("istanbul.txt", shell.transcript)


def test_statements(shell: Shell, golden: Golden) -> None:
    assert shell.run("replay", ISTANBUL) == 0
    assert shell.run("statements", "list", "istanbul-2025", "host-room") == 0
    assert shell.run("statements", "list", "istanbul-2025", "host-room", "--known", "anonymous", "--open") == 0
    assert shell.run("statements", "list", "istanbul-2025", "host-room", "--place", "ua-63", "--most", "1") == 0
    assert shell.run("statements", "list", "istanbul-2025", "public", "--for", "russia") == 0
    assert shell.run("statements", "list", "istanbul-2025", "host-room", "--as", "medinsky") == 1
    assert shell.run("statements", "list", "istanbul-2025", "public", "--for", "nobody") == 1
    (moscow,) = (e.seq for e in _host_room().entries() if e.body.get("verb") == "threatened")
    assert shell.run("statements", "show", "istanbul-2025", "host-room", str(moscow)) == 0
    assert shell.run("statements", "list", "istanbul-2025", "host-room", "--speaker", str(moscow)) == 0
    assert shell.run("statements", "show", "istanbul-2025", "host-room", "0") == 1
    assert shell.run("statements", "show", "istanbul-2025", "host-room", "999") == 1
    assert shell.run("statements", "issue", "istanbul-2025", "public", "ceasefire") == 0
    assert shell.run("statements", "accounts", "istanbul-2025", "host-room", "first-meeting") == 0
    assert shell.run("statements", "accounts", "istanbul-2025", "public", "first-meeting", "--as", "medinsky") == 0
    assert shell.run("statements", "export", "istanbul-2025", "public", "--verb", "threatened") == 0
    golden("statements.txt", shell.transcript)


def _host_room() -> RoomView:
    return OperatorDesk(office.office()).named("istanbul-2025", "host-room")


def test_commitments(shell: Shell, golden: Golden) -> None:
    assert (
        shell.run("commitments", "check", "unless a full ceasefire holds for 30 consecutive days, by 1 June 2025") == 0
    )
    assert shell.run("commitments", "check", "after lists is fulfilled") == 0
    assert shell.run("commitments", "check", "") == 0
    assert shell.run("commitments", "check", "until they stop for a month") == 1
    assert shell.run("replay", without_prisoners(shell)) == 0
    assert shell.run("commitments", "show", "rehearsal", "plenary", "--at", "2031-03-19") == 0
    assert shell.run("commitments", "show", "rehearsal", "plenary", "--as", "velst", "--json") == 0
    assert shell.run("commitments", "show", "rehearsal", "public") == 0
    assert shell.run("commitments", "show", "rehearsal", "host-room", "--as", "velst") == 1
    assert shell.run("commitments", "show", "rehearsal", "plenary", "--at", "soon") == 1
    golden("commitments.txt", shell.transcript)


def test_the_exercise(shell: Shell, golden: Golden) -> None:
    assert shell.run("replay", REHEARSAL) == 0
    for who in ("tarrowin", "velst", "rusk", "amory", "zeld"):
        assert shell.run("talks", "show", "rehearsal", "--as", who) == 0
    assert shell.run("readout", "rehearsal", "first-meeting", "--for", "public") == 0
    assert shell.run("readout", "rehearsal", "first-meeting", "--for", "plenary", "--format", "md") == 0
    assert shell.run("readout", "rehearsal", "first-meeting", "--for", "plenary", "--format", "html") == 0
    golden("rehearsal.txt", shell.transcript)


def test_conditions(shell: Shell, golden: Golden) -> None:
    """A delegation prepares its paper without any server; whoever reads a room lays its papers side by side."""
    paper, ours = shell.home / "ours.md", shell.home / "ours.yaml"
    paper.write_text(PAPER, encoding="utf-8")
    assert shell.run("conditions", "check", str(paper)) == 1
    assert shell.run("conditions", "check", str(paper), "--yaml") == 1
    ours.write_text(written(parse(PAPER.encode())), encoding="utf-8")
    assert shell.run("conditions", "check", str(ours)) == 0
    ours.write_bytes(b"%PDF-1.7")
    assert shell.run("conditions", "check", str(ours)) == 1
    assert shell.run("conditions", "check", str(shell.home / "nothing.yaml")) != 0
    assert shell.run("replay", without_prisoners(shell)) == 0
    assert shell.run("conditions", "compare", "rehearsal", "plenary", "--as", "rusk") == 0
    assert shell.run("conditions", "compare", "rehearsal", "guarantee", "--as", "rusk") == 1
    golden("conditions.txt", shell.transcript)


PAPER = """# Conditions of Ruritania

In good faith.

## Ceasefire
1. All fire stops on land and at sea.
   Explanation: nothing can be checked under fire.
2. Observers are let in.
   Depends on: 1

## Culture
- Museums reopen.
"""


def test_as_json(shell: Shell, golden: Golden) -> None:
    assert shell.run("replay", ISTANBUL) == 0
    assert shell.run("talks", "show", "istanbul-2025", "--as", "rubio", "--json") == 0
    assert shell.run("readout", "istanbul-2025", "first-meeting", "--for", "public", "--format", "json") == 0
    golden("json.txt", shell.transcript)


def test_accounts_and_links(shell: Shell, golden: Golden) -> None:
    assert shell.run("account", "list") == 0
    assert shell.run("account", "new", "envoy") == 0
    assert shell.run("account", "new", "envoy") == 1
    assert shell.run("sign-in-link", "envoy", "--url", "https://talks.example/", "--hours", "2") == 0
    assert shell.run("sign-in-link", "nobody") == 1
    assert shell.run("replay", without_prisoners(shell)) == 0
    assert shell.run("account", "list") == 0
    golden("accounts.txt", shell.transcript)


def test_records(shell: Shell, golden: Golden) -> None:
    bundle, later, key = (str(shell.home / name) for name in ("plenary.zip", "later.zip", "log.pub"))
    assert shell.run("replay", without_prisoners(shell)) == 0
    assert shell.run("record", "export", "rehearsal", "plenary", "-o", bundle, "--as", "rusk") == 0
    assert shell.run("record", "verify", bundle) == 0
    assert shell.run("record", "checkpoint", "rehearsal", "plenary") == 0
    assert shell.run("record", "checkpoint", "rehearsal", "plenary", "--key") == 0
    Path(key).write_text(shell.printed[-1].splitlines()[1])
    assert shell.run("record", "verify", bundle, "--key", key) == 0
    assert shell.run("record", "export", "rehearsal", "plenary", "-o", later) == 0
    assert shell.run("record", "compare", bundle, later) == 0
    assert shell.run("record", "export", "rehearsal", "guarantee", "-o", later, "--as", "rusk") == 1
    _flip(Path(bundle))
    assert shell.run("record", "verify", bundle) == 1
    assert shell.run("record", "compare", bundle, later) == 1
    assert shell.run("record", "verify", str(shell.home / "nothing.zip")) == 1
    golden("records.txt", shell.transcript)


def _flip(bundle: Path) -> None:
    """Change one letter of one entry, as somebody with an editor would."""
    with zipfile.ZipFile(bundle) as old:
        files = {info: old.read(info) for info in old.infolist()}
    with zipfile.ZipFile(bundle, "w") as new:
        for info, content in files.items():
            new.writestr(info, content.replace(b'"ad-referendum"', b'"signed-by-all"'))


def test_recovery(shell: Shell, golden: Golden) -> None:
    assert shell.run("replay", ISTANBUL) == 0
    assert shell.run("recover") == 0
    plenary = OperatorDesk(office.office()).named("istanbul-2025", "plenary").id
    room = _newer_head(shell.home, plenary)
    assert shell.run("talks", "show", "istanbul-2025") == 0
    assert shell.run("recover") == 0
    assert shell.run("recover", room) == 0
    assert shell.run("recover", room) == 0
    assert shell.run("recover") == 0
    assert shell.run("talks", "show", "istanbul-2025") == 0
    medinsky = office.desk("medinsky")
    assert medinsky.named("istanbul-2025", "plenary").id != plenary
    assert medinsky.room(plenary).size == 35
    golden("recovery.txt", shell.transcript)


def test_refusals(shell: Shell, golden: Golden, tmp_path: Path) -> None:
    changed = shell.home / "rehearsal.yaml"
    shutil.copy(REHEARSAL, changed)
    changed.write_text(changed.read_text(encoding="utf-8").replace("two lanes", "three lanes"), encoding="utf-8")
    assert shell.run("replay", "no-such-file.yaml") == 1
    assert shell.run("replay", "tests/cli/malformed/command-unknown.yaml") == 1
    assert shell.run("replay", "tests/cli/malformed/refused.yaml") == 1
    assert shell.run("replay", "tests/cli/malformed/paper-outside.yaml") == 1
    assert shell.run("source-table", REHEARSAL) == 1
    assert shell.run("replay", without_prisoners(shell)) == 0
    assert shell.run("replay", str(changed)) == 1
    assert shell.run("talks", "show", "rehearsal", "--as", "nobody") == 1
    assert shell.run("talks", "show", "nothing") == 1
    assert shell.run("talks", "show", "istanbul-2025", "--as", "rusk") == 1
    assert shell.run("readout", "rehearsal", "second-meeting", "--for", "plenary") == 1
    assert shell.run("replay") == 2
    assert shell.run("nothing") == 2
    golden("refusals.txt", shell.transcript)


def test_a_refused_file_leaves_nothing_behind(shell: Shell) -> None:
    from goodoffices.storage.models import Account
    from goodoffices.storage.office import open_office

    before = sorted(p.name for p in shell.home.rglob("*"))
    assert shell.run("replay", "tests/cli/malformed/refused.yaml") == 1
    assert not list(open_office().store.rooms())
    assert not Account.objects.exists()
    assert sorted(p.name for p in shell.home.rglob("*") if p.name not in {"replays", "secret"}) == before


def test_an_interrupted_replay_is_taken_up_again(shell: Shell, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    from goodoffices.cli import replay
    from goodoffices.record.store import StoreFull

    counted = replay._counted

    def interrupted(*arguments: Any) -> Iterator[Any]:
        for done in counted(*arguments):
            if done.number == 30:
                raise StoreFull("The disk is full: nothing was written. Make space and do it again.")
            yield done

    monkeypatch.setattr(replay, "_counted", interrupted)
    assert shell.run("replay", ISTANBUL) == 1
    monkeypatch.setattr(replay, "_counted", counted)
    assert shell.run("replay", ISTANBUL) == 0
    golden("interrupted.txt", shell.transcript)


def test_what_was_replayed_into_a_database_that_is_gone_is_replayed_anew(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.management import call_command

    from goodoffices.storage import office

    assert shell.run("replay", ISTANBUL) == 0
    call_command("flush", verbosity=0, interactive=False)
    shutil.rmtree(shell.home / "heads")
    fresh = office.assemble(shell.home)
    monkeypatch.setattr(office, "open_office", lambda: fresh)
    assert shell.run("source-table", ISTANBUL) == 1
    assert shell.run("replay", ISTANBUL) == 0
    assert "47 acts, 59 entries" in shell.printed[-1]


def test_doctor(shell: Shell, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2**40))
    assert shell.run("replay", "examples/istanbul-2025.yaml") == 0
    assert shell.run("doctor") == 0
    (shell.home / "log-key").chmod(0o644)
    assert shell.run("doctor") == 1
    (shell.home / "log-key").chmod(0o600)
    _newer_head(shell.home)
    assert shell.run("doctor") == 1
    monkeypatch.setenv("GOODOFFICES_HOME", str(shell.home / "elsewhere"))
    assert shell.run("doctor") == 1
    golden("doctor.txt", shell.transcript)


def _newer_head(home: Path, room: str = "") -> str:
    """As after restoring yesterday's database: the head of a room (given) knows of more entries than are there."""
    from goodoffices.storage.heads import FileHeads

    heads = FileHeads(home / "heads")
    room = room or heads.rooms()[0]
    origin, size, rest = str(heads.newest(room)).split("\n", 2)
    heads.write(room, f"{origin}\n{int(size) + 1}\n{rest}")
    return room


def test_serve_says_when_its_port_is_taken(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert shell.run("serve", "--port", port) == 1
        assert f"! Port {port} on 127.0.0.1 cannot be listened on" in shell.transcript


def test_migrate(shell: Shell, golden: Golden) -> None:
    assert shell.run("migrate") == 0
    golden("migrate.txt", shell.transcript)
