"""``goodoffices source-table``: the rows of a talks file's source, with the entries on the record that hold them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodoffices.cli.replay import replayed
from goodoffices.secretariat import replaying


def source_table(
    path: Annotated[Path, typer.Argument(help="A talks file that was replayed here.", metavar="FILE")],
) -> None:
    """Print each row of the source that FILE was made from, and the entries on the record that hold it.

    Example: goodoffices source-table examples/istanbul-2025.yaml
    """
    replay = replayed(path)
    source, held = replay.file.source, replaying.held(replay)
    if not source.rows:
        typer.echo(f"{path.name} names no rows of a source.")
    else:
        part = sum(row in source.not_yet for row in source.rows)
        in_part = f", {part} of them in part or not yet" if part else ""
        typer.echo(f"{source.title}: {len(source.rows)} rows, {sum(r in held for r in source.rows)} held{in_part}")
    for row, says in source.rows.items():
        typer.echo(f"\n{row:>3}  {says}")
        for entry in held.get(row, []):
            typer.echo(f"     - {entry.room}, entry {entry.entry.seq}: {entry.entry.kind}")
        if row in source.not_yet:
            typer.echo(f"     not yet: {source.not_yet[row]}")
