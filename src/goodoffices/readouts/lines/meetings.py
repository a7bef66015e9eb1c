"""Meetings, agenda items, events outside the rooms, and the next meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def called(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    details = pairs(
        (_("Venue"), n.text(b.get("venue"))),
        (_("Day"), dates.when(b["day"], _, b.get("zone")) if b.get("day") else ""),
        (_("Time zone of the venue"), b.get("zone") or ""),
    )
    sentence = _("{who} called a meeting: {name}.").format(who=n.delegation(t.acting), name=meeting_name(b, n))
    return Line(sentence, details=details)


def meeting_name(body: Mapping[str, Any], n: Names) -> str:
    """Its title, else its short name in quotation marks."""
    return n.text(body.get("title")) or f"“{body['code']}”"


def _which(t: Told, n: Names, _: Translate) -> str:
    cited = n.fact(t.body.get("meeting"))
    if cited is None or cited.kind != "meeting-called":
        return _("the meeting")
    return _("the meeting: {name}").format(name=meeting_name(cited.body, n))


def opened(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} opened {meeting}.").format(who=n.delegation(t.acting), meeting=_which(t, n, _))
    return Line(sentence, about=about(t, "meeting"))


def adjourned(t: Told, n: Names, _: Translate) -> Line:
    until = t.body.get("until")
    pattern = _("{who} adjourned {meeting} (until: {until}).") if until else _("{who} adjourned {meeting}.")
    sentence = pattern.format(
        who=n.delegation(t.acting), meeting=_which(t, n, _), until=dates.when(until, _) if until else ""
    )
    return Line(sentence, reason(t, n, _), about=about(t, "meeting"))


def resumed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} resumed {meeting}.").format(who=n.delegation(t.acting), meeting=_which(t, n, _))
    return Line(sentence, about=about(t, "meeting"))


def closed(t: Told, n: Names, _: Translate) -> Line:
    lasted = t.body.get("length")
    pattern = _("{who} closed {meeting}; it lasted {length}.") if lasted else _("{who} closed {meeting}.")
    sentence = pattern.format(
        who=n.delegation(t.acting),
        meeting=_which(t, n, _),
        length=codes.length(lasted["bound"], lasted["minutes"], _) if lasted else "",
    )
    return Line(sentence, about=about(t, "meeting"))


def item_raised(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} raised an agenda item: {item}").format(who=n.delegation(t.acting), item=n.text(t.body["item"]))
    return Line(sentence, about=about(t, "meeting"))


def item_settled(t: Told, n: Names, _: Translate) -> Line:
    raised = n.fact(t.body["item"])
    if raised is None:
        sentence = _("{who} marked an agenda item as settled.").format(who=n.delegation(t.acting))
    else:
        sentence = _("{who} marked this agenda item as settled: {item}").format(
            who=n.delegation(t.acting), item=n.text(raised.body["item"])
        )
    return Line(sentence, pairs((_("Outcome"), n.text(t.body.get("outcome")))), about=about(t, "item"))


def event(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    what = codes.expected_event(b["what"], _) if b.get("expected") else codes.event(b["what"], _)
    sentence = _("{who} noted {what} outside the rooms.").format(who=n.delegation(t.acting), what=what)
    return Line(sentence, pairs(("", n.text(b["words"]))))


def next_set(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    pattern = (
        _("{who} set the next meeting: {day}.") if b.get("day") else _("{who} noted a next meeting; no day is set.")
    )
    sentence = pattern.format(who=n.delegation(t.acting), day=dates.when(b["day"], _) if b.get("day") else "")
    first = tuple((_("First"), precondition(p, n, _)) for p in b.get("first") or ())
    refs = tuple(p["understanding"] for p in b.get("first") or () if p.get("understanding"))
    return Line(sentence, first, pairs((_("Place"), n.text(b.get("place")))), refs)


def precondition(p: Mapping[str, Any], n: Names, _: Translate) -> str:
    """What must come first, in words: its own where it has them."""
    words = n.text(p.get("words"))
    if p["what"] == "stated":
        return words or codes.precondition(p["what"], _)
    general = codes.precondition(p["what"], _)
    return f"{general}: {words}" if words else general


def precondition_met(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} reported that what must come first before the next meeting is met (point {number}).").format(
        who=n.delegation(t.acting), number=int(t.body["number"]) + 1
    )
    return Line(sentence, pairs(("", n.text(t.body.get("words")))), about=about(t, "next"))


def condition_reported(t: Told, n: Names, _: Translate) -> Line:
    """What is told of another room: which way the papers came, whose, and the digests that show it."""
    b = t.body
    pattern = {
        "sealed-exchange": _("{who} reported that papers were opened together in a sealed exchange: {whose}."),
        "presented-openly": _("{who} reported that papers were presented openly elsewhere: {whose}."),
    }.get(b["way"], _("{who} reported that papers came elsewhere ({way}): {whose}."))
    sentence = pattern.format(who=n.delegation(t.acting), whose=n.delegations(b["delegations"]), way=b["way"])
    return Line(sentence, pairs(("", n.text(b.get("words")))), tuple(_evidence(b, n, _)), about(t, "next"))


def _evidence(b: Mapping[str, Any], n: Names, _: Translate) -> Iterator[tuple[str, str]]:
    shown = b.get("evidence")
    if not shown:
        yield _("Evidence"), _("none on this record: it rests on the word of whoever reported it")
        return
    yield _("Sealed exchange"), shown["exchange"]
    checkpoint = shown["checkpoint"]
    yield (
        _("Its record then"),
        _("{size} entries, root {root}").format(size=checkpoint["size"], root=checkpoint["root"]),
    )
    for delegation, digest in shown["papers"].items():
        yield _("SHA-256 of the paper of {who}").format(who=n.delegation(delegation)), digest
