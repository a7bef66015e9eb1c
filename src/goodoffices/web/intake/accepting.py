"""Accepting: the command that a draft becomes, filled in for its person to check, and entered through the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from goodoffices.commitments import language
from goodoffices.papers.sources import SOURCES, Source, entered
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.statements.intake.proposals import Way
from goodoffices.talks.fields import described
from goodoffices.talks.scene import Rule
from goodoffices.web.acting.choosing import Choices, Choosing
from goodoffices.web.acting.desks import office
from goodoffices.web.acting.form import CommandForm
from goodoffices.web.intake.keeping import Draft, Given, Kept

LOOKED_AT = 20  # newest sources of a room among which the same text is looked for


def source_of(view: RoomView, given: Given) -> Source | None:
    """The source on this room's record that has this very text, or its digest; the newest."""
    state = view.state[SOURCES]
    likely = [s for s in entered(view.state) if s.characters == len(given.text)][:LOOKED_AT]
    texts = view.particulars([s.text for s in likely if s.text is not None])
    content = given.text.encode()
    for source in likely:
        found = texts.get(source.text or "")
        if found is not None and found.content == content:
            return source
    by_digest = [s for s in reversed(list(state.all.values())) if s.digest is not None][:LOOKED_AT]
    words = view.words(s.digest for s in by_digest if s.digest is not None)
    return next((s for s in by_digest if words.get(s.digest or "") == digest(given)), None)


def digest(given: Given) -> str:
    """SHA-256 (hex) of the text as UTF-8."""
    return hashlib.sha256(given.text.encode()).hexdigest()


def rules(draft: Draft) -> list[tuple[Way, Rule]]:
    """The ways to enter a draft, the likeliest first."""
    known = office().rules
    return [(way, known[way.command]) for way in draft.proposal.ways if way.command in known]


def chosen(draft: Draft, command: str | None) -> tuple[Way, Rule]:
    """The way by its command, else the first. Raises ``NotFound`` for one that the draft does not have."""
    ways = rules(draft)
    found = ways if command is None else [(way, rule) for way, rule in ways if way.command == command]
    if not found:
        raise NotFound
    return found[0]


def form(
    choosing: Choosing, kept: Kept, draft: Draft, way: Way, rule: Rule, source: Source, data: Any = None,
    files: Any = None,
) -> CommandForm:  # fmt: skip
    """The form of the command, filled in from the draft; it carries the source and the draft's passage of it."""
    known = {"read_in": source.ref, "passage": f"{draft.proposal.start}-{draft.proposal.end}"}
    if way.command == "accredit-delegate":
        known["person"] = draft.act  # somebody new: the host minutes what they do
    if data is not None:
        return CommandForm(rule.command, known, choosing, data, files)
    initial = {"act": draft.act, **known, **_filled(draft, way, rule)}
    if way.command == "answer-request" and (asked := _request(choosing.view, kept, draft)) is not None:
        initial["request"] = asked
    return CommandForm(rule.command, known, choosing, initial=initial)


def _request(view: RoomView, kept: Kept, draft: Draft) -> str | None:
    """The request (ref) that this draft answers, once that was accepted as one."""
    number = draft.proposal.answers
    seq = kept.drafts[number].seq if number is not None else None
    entry = view.entry(seq) if seq is not None else None
    return entry.ref if entry is not None and entry.kind == "request-made" else None


def _filled(draft: Draft, way: Way, rule: Rule) -> Mapping[str, Any]:
    """The draft's fields, as far as the command has them, with what other drafts and the language of terms give."""
    known = described(rule.command)
    filled = {name: value for name, value in way.fields.items() if name in known}
    if way.command == "make-commitment":
        filled |= {"code": f"{draft.proposal.kind}-{draft.number}", "terms": _terms(draft)}
    return filled


def _terms(draft: Draft) -> str:
    """The conditions and times as the source words them, where the language of terms understands them; else nothing."""
    said = [note.text for note in draft.proposal.notes if note.what in {"condition", "duration"}]
    kept: list[str] = []
    for text in said:
        if any(text in one for one in kept):
            continue  # a time within a condition
        try:
            language.parse(", ".join([*kept, text]))
        except language.BadTerms:
            return ""
        kept.append(text)
    return ", ".join(kept)


Part = dict[str, Any]


def parts(form: CommandForm) -> tuple[list[Part], list[Part]]:
    """The fields to be looked at, filled in or needed; and the rest, to be folded away."""
    alone = [part for one in form.main() for part in one.get("parts", [one])]
    every: list[Part] = [*alone, *({"field": field} for field in form.aside())]
    filled = [part for part in every if _shown(part)]
    return filled, [part for part in every if not _shown(part)]


def _shown(part: Part) -> bool:
    field = part.get("field")
    if field is None:
        return not part["folded"]
    return bool(part.get("terms") or field.field.required or field.errors or field.value())


def behalves(choosing: Choosing) -> Choices:
    """For whom the host may minute; nothing for anybody else."""
    view = choosing.view
    seat, seats = view.seat(), view.seats
    if seat is None or seat.delegation != seats.host:
        return []
    present = [d.id for d in seats.delegations.values() if d.until is None and d.id != seats.host]
    return [(id, choosing.names.delegation(id)) for id in present]


def accepted(desk: Desk, view: RoomView, draft: Draft) -> int | None:
    """The entry (seq) that a draft became, if its act was done since: signed on another page."""
    try:
        receipts = desk.receipts(draft.act)
    except NotFound:
        return None
    return next((r.first for r in receipts if r.room == view.id), None)
