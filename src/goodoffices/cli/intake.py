"""``goodoffices intake``: an article, a statement or a transcript becomes drafts to read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from goodoffices.statements.intake.drafts import Deed, Delegation, Drafts, Meeting, Participant, Statement
    from goodoffices.statements.intake.spans import Span

_SHOWN = 300  # characters of one span; the offsets say where the rest is
_TITLES = {
    "demands": "demand",
    "offers": "offer",
    "agreements": "agreement",
    "refusals": "refusal",
    "requests": "request",
    "threats": "threat",
    "commitments": "commitment",
}


def intake(
    files: Annotated[
        list[Path], typer.Argument(help="Text, HTML, DOCX or PDF; - reads what is piped in.", metavar="FILE...")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, one line a file.")] = False,
) -> None:
    """Print what articles, statements and transcripts say, as drafts: who said what, demanded, offered, agreed to.

    Every draft says where it stands in the source (first character to last). Nothing is recorded: what a program reads
    is a draft until a person accepts it. A file that cannot be read is named on stderr and the others are read; the
    exit code is 1 then.

    Example: goodoffices intake article.html --json
    """
    unread = False
    for number, path in enumerate(files):
        try:
            report = _report(path, as_json)
        except _unreadable() as error:
            typer.echo(f"{path}: {_why(error)}", err=True)
            unread = True
            continue
        if number and not as_json:
            typer.echo("")
        typer.echo(report)
    if unread:
        raise typer.Exit(1)


def _unreadable() -> tuple[type[Exception], ...]:
    from goodoffices.statements.intake.files import Unreadable

    return (Unreadable, OSError)


def _why(error: Exception) -> str:
    return f"It cannot be opened: {error.strerror}." if isinstance(error, OSError) else str(error)


def _report(path: Path, as_json: bool) -> str:
    from goodoffices.statements.intake import intake as read
    from goodoffices.statements.intake.files import LARGEST_FILE, text_of

    if str(path) == "-":
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    found = text_of(content)
    drafts = read(found.text, page=found.page)
    if as_json:
        return json.dumps(_object(path, found.format, drafts), ensure_ascii=False)
    return "\n".join(_lines(path, found.format, drafts))


def _object(path: Path, form: str, drafts: Drafts) -> dict[str, Any]:
    return {"file": str(path), "format": form, "source": drafts.source, **drafts.as_json()}


def _lines(path: Path, form: str, drafts: Drafts) -> Iterator[str]:
    count = len(drafts.source)
    yield f"{path} ({form}, {count:,} characters): drafts, none of them recorded"
    yield from _section("Participants", [_participant(p) for p in drafts.participants])
    yield from _section("Delegations", [_delegation(d) for d in drafts.delegations])
    yield from _section("Meetings", [_meeting(m) for m in drafts.meetings])
    yield from _section("Accounts", [f"{_at(a.text)} {_said(a.text)}" for a in drafts.accounts])
    yield from _section("Statements", [_statement(n, s) for n, s in enumerate(drafts.statements, 1)])
    for kind, title in _TITLES.items():
        deeds = drafts.deeds[kind]
        yield from _section(kind.capitalize(), [_deed(title, d) for d in deeds])
    yield from _section(
        "Marked as not part of the report", [f"{_at(b.span)} {b.why}: {_said(b.span)}" for b in drafts.boilerplate]
    )


def _section(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"\n{title}"
        yield from (f"  {item}" for item in items)


def _at(span: Span) -> str:
    return f"[{span.start}-{span.end}]"


def _said(span: Span | None) -> str:
    """The text of a span on one line, without characters that would move the cursor or turn the writing around."""
    if span is None:
        return "not said"
    text = "".join(c if c.isprintable() else " " for c in span.text)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _participant(p: Participant) -> str:
    parts = [_said(p.name)]
    if p.function is not None:
        parts.append(_said(p.function))
    if p.delegation is not None:
        parts.append(f"of: {_said(p.delegation)}")
    return f"{_at(p.name)} {', '.join(parts)}"


def _meeting(m: Meeting) -> str:
    fields = {"venue": m.venue, "host": m.host, "time": m.time, "length": m.length}
    parts = [f"{name}: {_said(span)}" for name, span in fields.items() if span is not None]
    if m.parties:
        parts.append(f"apart ({_said(m.separate)}): {', '.join(map(_said, m.parties))}")
    return f"{_at(m.text)} " + "; ".join(parts)


def _delegation(d: Delegation) -> str:
    fields = {"of": d.name, "sent by": d.sender, "level": d.level}
    parts = [f"{name}: {_said(span)}" for name, span in fields.items() if span is not None]
    parts += [f"led by: {', '.join(map(_said, d.heads))}"] if d.heads else []
    return f"{_at(d.text)} " + "; ".join(parts)


def _statement(number: int, s: Statement) -> str:
    who = "nobody is named" if s.speaker is None else _said(s.speaker)
    if s.resolved and s.speaker is not None and s.resolved not in s.speaker.text:
        who += f" (taken to be {s.resolved})"
    head = f"{number}. {who}, {s.known}"
    for name, span in (("on", s.channel), ("", s.setting)):
        if span is not None:
            head += f"; {name} {_said(span)}".replace(";  ", "; ")
    for relay in s.relays:
        head += f"; through {_said(relay)}"
    lines = [head, *(f"     {_at(q)} “{_said(q)}”" for q in s.quotes)]
    if s.gist is not None:
        lines.append(f"     {_at(s.gist)} in other words: {_said(s.gist)}")
    return "\n  ".join(lines)


def _deed(title: str, d: Deed) -> str:
    who = "by whom is not said" if d.by is None else f"by {_said(d.by)}"
    if d.by is not None and d.resolved and d.resolved not in d.by.text:
        who += f" (taken to be {d.resolved})"
    lines = [f"{_at(d.text)} {title} {who}: {_said(d.text)}"]
    lines += [f"     condition {_at(c)}: {_said(c)}" for c in d.conditions]
    lines += [f"     time {_at(t)}: {_said(t)}" for t in d.durations]
    lines += [f"     left open {_at(u)}: {_said(u)}" for u in d.unresolved]
    if d.answer is not None:
        lines.append(f"     answer {_at(d.answer)}: {_said(d.answer)}")
    return "\n  ".join(lines)
