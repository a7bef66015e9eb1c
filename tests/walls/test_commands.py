"""Commands that read ``--as`` somebody print the same in two worlds that differ elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from goodoffices import cli
from goodoffices.storage.models import Account
from tests.walls import hidden
from tests.walls.people import VIEWERS, Viewer
from tests.walls.worlds import World, names_only_in

pytestmark = pytest.mark.django_db
SOME = [viewer for viewer in VIEWERS if viewer.name in {"side-b", "withdrawn", "outsider", "host"}]
ROOMS = ("plenary", "public", "caucus-a", "caucus-b", "room-a", "aides", "host-room", "no-such")


def printed(world: World, hidden_names: list[str], folder: Path, patch: pytest.MonkeyPatch) -> dict[str, object]:
    """What every command prints on both streams, its exit code, and the file it writes."""
    office = world.again().office
    patch.setattr("goodoffices.storage.office.open_office", lambda: office)
    told: dict[str, object] = {}
    for talks in ("rehearsal", "elsewhere", "no-such"):
        told[f"show {talks}"] = _run("talks", "show", talks, "--as", "viewer")
        told[f"show {talks} json"] = _run("talks", "show", talks, "--as", "viewer", "--json")
        for room in (*ROOMS, *hidden_names):
            told[f"compare {talks} {room}"] = _run("conditions", "compare", talks, room, "--as", "viewer")
            told[f"compare {talks} {room} json"] = _run(
                "conditions", "compare", talks, room, "--as", "viewer", "--json"
            )
            file = folder / "bundle.zip"
            file.unlink(missing_ok=True)
            told[f"readout {talks} {room}"] = _run("readout", talks, "first", "--for", room, "--as", "viewer")
            told[f"export {talks} {room}"] = _run("record", "export", talks, room, "-o", str(file), "--as", "viewer")
            told[f"file {talks} {room}"] = file.read_bytes() if file.exists() else None
    return told


def _run(*arguments: str) -> tuple[str, str, int, str]:
    result = CliRunner().invoke(cli.program(), arguments)
    return result.stdout, result.stderr, result.exit_code, repr(result.exception)


@pytest.mark.parametrize("viewer", SOME, ids=lambda viewer: viewer.name)
def test_commands_as_somebody(viewer: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Account.objects.create_user("viewer", person=viewer.person)
    quiet, busy = hidden.much(viewer)
    names = names_only_in(busy, quiet)
    tried = [*names["short"][:2], *names["rooms"][:1]]
    one = printed(quiet, tried, tmp_path, monkeypatch)
    assert any(isinstance(file, bytes) for file in one.values())
    assert one == printed(busy, tried, tmp_path, monkeypatch)
