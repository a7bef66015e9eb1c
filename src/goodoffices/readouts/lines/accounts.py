"""Papers presented, described and read for conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.line import Line, Pair, about, pairs
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


def paper_described(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    to = n.delegations(b.get("to") or ())
    whose = n.delegation(b["whose"]) if b.get("whose") else _("a side; which one is not stated")
    pattern = (
        _("{who} noted a paper of {whose} to {to} ({purpose}), not handed in here: {how}.")
        if to
        else _("{who} noted a paper of {whose} ({purpose}), not handed in here: {how}.")
    )
    purpose, how = codes.purpose(b["purpose"], _), codes.brought(b["how"], _)
    sentence = pattern.format(who=n.delegation(t.acting), whose=whose, to=to, purpose=purpose, how=how)
    return Line(sentence, pairs((_("What is known of it"), n.text(b.get("about")))))


def source_entered(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    outlet = n.text(b.get("outlet"))
    pattern = _("{who} entered a source, of {outlet}: {title}") if outlet else _("{who} entered a source: {title}")
    sentence = pattern.format(who=n.delegation(t.acting), outlet=outlet, title=n.text(b["title"]))
    return Line(sentence, details=(*_of_source(b, n, _), *_files(b, n, _)))


def _of_source(b: Mapping[str, Any], n: Names, _: Translate) -> tuple[Pair, ...]:
    published, characters = b.get("published"), b.get("characters")
    return pairs(
        (_("Published"), dates.when(str(published), _) if published else ""),
        (_("Length"), _("{n} characters").format(n=f"{characters:,}") if characters is not None else ""),
        (_("SHA-256 of its text"), n.text(b.get("digest"))),
        (_("Where it comes from"), n.text(b.get("custody"))),
    )


def _files(b: Mapping[str, Any], n: Names, _: Translate) -> tuple[Pair, ...]:
    """The working copy and the file as received."""
    text, original = b.get("paper") or {}, b.get("original") or {}
    return pairs(
        (_("Working copy"), n.text(text.get("name")) or (_("its text") if text else "")),
        (_("As received"), n.text(original.get("name")) or (_("a file") if original else "")),
    )


def conditions_set_out(t: Told, n: Names, _: Translate) -> Line:
    """Each condition is a quote, under its topic and code; what it depends on and why follow its words."""
    b, presented = t.body, n.fact(t.body["paper"])
    title = n.text(presented.body.get("title")) if presented else ""
    plain, titled = _("{who} set out conditions of its paper."), _("{who} set out conditions of its paper: {title}")
    sentence = (titled if title else plain).format(who=n.delegation(b.get("by") or t.acting), title=title)
    return Line(sentence, pairs(*(_condition(c, n, _) for c in b["conditions"])), about=about(t, "paper"))


def _condition(c: Mapping[str, Any], n: Names, _: Translate) -> Pair:
    label = f"{codes.topic(c['topic'], _)} ({c['code']})"
    lines = [n.text(c["wording"])]
    if c.get("explanation"):
        lines.append(_("Explanation: {text}").format(text=n.text(c["explanation"])))
    if c.get("depends_on"):
        lines.append(_("Depends on: {codes}").format(codes=", ".join(c["depends_on"])))
    return label, "\n".join(lines)
