"""Papers presented, and what somebody is said to have said."""

from __future__ import annotations

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, pairs
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def paper_presented(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    paper = b["paper"]
    to = n.delegations(b.get("to") or ())
    pattern = (
        _("{who} presented a paper to {to} ({purpose}): {title}")
        if to
        else _("{who} presented a paper ({purpose}): {title}")
    )
    sentence = pattern.format(
        who=n.delegation(t.acting), to=to, purpose=codes.purpose(b["purpose"], _), title=n.text(b["title"])
    )
    size = _("{bytes} bytes, {media}").format(bytes=f"{paper['size']:,}", media=paper["media"])
    return Line(sentence, details=pairs((_("File"), n.text(paper.get("name"))), (_("Size"), size)))


def paper_received(t: Told, n: Names, _: Translate) -> Line:
    presented = n.fact(t.body["presented"])
    title = n.text(presented.body["title"]) if presented else ""
    pattern = _("{who} received the paper: {title}") if title else _("{who} received a paper.")
    return Line(pattern.format(who=n.delegation(t.acting), title=title), about=about(t, "presented"))


def statement(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} recorded an account: {speaker} {verb} ({setting}):").format(
        who=n.delegation(t.acting),
        speaker=speaker(t, n, _),
        verb=codes.verb(b["verb"], _),
        setting=codes.setting(b["setting"], _),
    )
    details = pairs(
        (_("On condition"), n.text(b.get("condition"))),
        (_("Channel"), n.text(b.get("channel"))),
        (_("Relayed by"), n.text(b.get("relayed_by"))),
    )
    label = _("In these words") if b.get("exact") else _("In substance")
    return Line(sentence, pairs((label, n.text(b["gist"]))), details, about(t, "about"))


def speaker(t: Told, n: Names, _: Translate) -> str:
    """Who is said to have spoken: name, function and delegation, as far as the entry gives them."""
    b = t.body
    parts = [n.text(b.get("speaker")), n.text(b.get("function"))]
    if b.get("speaker_delegation"):
        parts.append(n.delegation(b["speaker_delegation"]))
    return ", ".join(part for part in parts if part) or _("a speaker who is not named")
