"""``goodoffices conditions``: read a conditions paper, without any server; and lay those of one room side by side."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from goodoffices.papers import conditions as papers
from goodoffices.papers.conditions import ConditionsPaper, NotReadable
from goodoffices.papers.topics import TOPICS
from goodoffices.readouts import codes
from goodoffices.readouts import conditions as readout
from goodoffices.readouts.conditions import Cell, Comparison, Position
from goodoffices.readouts.views import untranslated as _
from goodoffices.record.particulars import MAX_PAPER_BYTES

app = typer.Typer(help="Conditions papers: by topic, and side by side.", no_args_is_help=True)


@app.callback()
def conditions() -> None:
    """Conditions papers: by topic, and side by side."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="YAML, DOCX, or text with headings.", metavar="FILE", dir_okay=False)],
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Write our own YAML to standard output instead.")] = False,
) -> None:
    """Show what is understood of a conditions paper, and what is not. Nothing is sent anywhere.

    Ends with 1 if something was not understood or no condition was found.

    Example: goodoffices conditions check our-conditions.docx --yaml > our-conditions.yaml
    """
    paper = _read(file)
    typer.echo(papers.written(paper) if as_yaml else "\n".join(_understood(paper)), nl=not as_yaml)
    if paper.remarks:
        typer.echo("\n".join(["Not understood, or doubtful:", *(f"- {r}" for r in paper.remarks)]), err=True)
    if not paper.conditions:
        typer.echo(
            "No condition was found. Put each under a heading that names a topic, such as “Ceasefire”.", err=True
        )
    if paper.remarks or not paper.conditions:
        raise typer.Exit(1)


@app.command()
def compare(
    talks: Annotated[str, typer.Argument(help="Short name of the talks.", metavar="TALKS")],
    room: Annotated[str, typer.Argument(help="Short name of the room.", metavar="ROOM")],
    username: Annotated[
        str | None, typer.Option("--as", help="As this account sees it; without it as the operator.", metavar="PERSON")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Lay the conditions in one room side by side by topic, and show how each side's changed from paper to paper.

    Example: goodoffices conditions compare rehearsal plenary --as observer
    """
    from goodoffices.cli import office  # here: a paper is checked without any server or database
    from goodoffices.secretariat.acts import NotFound
    from goodoffices.secretariat.office import RoomBehind

    desk = office.desk(username)
    try:
        view = desk.named(talks, room)
    except (NotFound, RoomBehind) as error:
        office.fail("\n".join([*desk.behind.values(), str(error)]))
    made = readout.compare(view, [v for v in desk.rooms() if v.seats.talks == view.seats.talks and v.id != view.id])
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(made), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_compared(made, any_=readout.any_set_out(view))))


def _read(file: Path) -> ConditionsPaper:
    content = file.read_bytes()
    if len(content) > MAX_PAPER_BYTES:
        typer.echo(
            f"{file}: the paper has {len(content):,} bytes; the limit is {MAX_PAPER_BYTES:,} (25 MiB).", err=True
        )
        raise typer.Exit(1)
    try:
        return papers.parse(content, file.name)
    except NotReadable as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error


def _understood(paper: ConditionsPaper) -> Iterator[str]:
    if paper.title:
        yield paper.title
    for topic in paper.topics:
        yield f"\n{codes.topic(topic, _)}"
        for c in paper.conditions:
            if c.topic == topic:
                yield f"- {c.code}: {c.wording}"
                yield from _details(c.explanation, c.depends_on)
    silent = ", ".join(codes.topic(topic, _) for topic in TOPICS if topic not in paper.topics)
    if paper.conditions and silent:
        yield f"\nNothing on: {silent}"


def _details(explanation: str, depends_on: tuple[str, ...]) -> Iterator[str]:
    if explanation:
        yield f"  Explanation: {explanation}"
    if depends_on:
        yield f"  Depends on: {', '.join(depends_on)}"


def _compared(made: Comparison, *, any_: bool) -> Iterator[str]:
    yield f"Conditions in the room “{made.room}” of {made.talks}, drawn from its record alone"
    if not any_:
        yield "No conditions are set out on this record yet."
        return
    for paper in made.papers:
        where = ", ".join(str(seq) for _ref, seq in paper.set_out)
        yield f"- {paper.side}, paper {paper.number}: {paper.title} (entry {paper.seq}; set out in entry {where})"
    yield from (
        f"- A newer paper of {side} is not set out yet: {title} (entry {seq})" for side, title, seq in made.later
    )
    for topic in (topic for topic in made.topics if topic.spoken):
        yield f"\n{topic.name}: {topic.said}"
        for position in topic.positions:
            yield from _position(position)
    yield from _silent(made)


def _silent(made: Comparison) -> Iterator[str]:
    silent = [topic for topic in made.topics if not topic.spoken]
    if silent:
        yield f"\n{', '.join(topic.name for topic in silent)}: {silent[0].said}"


def _position(position: Position) -> Iterator[str]:
    if not position.known:
        yield f"  {position.side}: no conditions set out"
        return
    yield f"  {position.side}:{'' if position.cells or position.dropped else ' nothing'}"
    for cell in position.cells:
        yield from _cell(cell, cell.how)
    for cell in position.dropped:
        yield from _cell(cell, ("dropped",))


def _cell(cell: Cell, how: tuple[str, ...]) -> Iterator[str]:
    changed = f" [{', '.join(codes.change(one, _) for one in how)}]" if how else ""
    was = f" (in the paper before: {cell.was})" if cell.was else ""
    words = _marked(cell) if cell.spans and "dropped" not in how else cell.wording
    yield f"  - {cell.code} (entry {cell.seq}){changed}{was}: {words}"
    yield from (f"  {line}" for line in _details(cell.explanation, tuple(link.code for link in cell.depends_on)))
    if cell.needed_by:
        yield f"    Needed by: {', '.join(link.code for link in cell.needed_by)}"


def _marked(cell: Cell) -> str:
    """Words dropped as [-…-], words added as {+…+}."""
    marks = {"dropped": "[-{}-]", "added": "{{+{}+}}", "kept": "{}"}
    return "".join(marks[span.how].format(span.text) for span in cell.spans)
