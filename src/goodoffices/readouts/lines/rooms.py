"""Rooms, delegations, delegates and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names, joined
from goodoffices.readouts.views import Told, Translate


def opened(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    who = joined([n.text(d["name"]) for d in b["delegations"]], _)
    if b.get("continues"):
        sentence = _("The host's operator continued the room “{name}” ({kind}), for {who}.")
    else:
        sentence = _("{host} opened the room “{name}” ({kind}), for {who}.")
    text = sentence.format(host=_opener(t, n), name=b["name"], kind=codes.room_kind(b["kind"], _), who=who)
    return Line(text, details=pairs((_("Title"), n.text(b.get("title")))))


def _opener(t: Told, n: Names) -> str:
    """Rooms of their own first entry name who opens them."""
    for d in t.body["delegations"]:
        if d["id"] == t.acting:
            return n.text(d["name"])
    return n.delegation(t.acting)


def closed(t: Told, n: Names, _: Translate) -> Line:
    return Line(_("{who} closed this room.").format(who=n.delegation(t.acting)), reason(t, n, _))


def admitted(t: Told, n: Names, _: Translate) -> Line:
    new = t.body["delegation"]
    sentence = _("{who} admitted {new} to this room as {role}.").format(
        who=n.delegation(t.acting), new=n.text(new["name"]), role=codes.role(new["role"], _)
    )
    return Line(sentence, about=about(t, "proposal"))


def removed(t: Told, n: Names, _: Translate) -> Line:
    gone = t.body["delegation"]
    sentence = _("{gone} left this room.") if gone == t.acting else _("{who} removed {gone} from this room.")
    return Line(sentence.format(who=n.delegation(t.acting), gone=n.delegation(gone)), reason(t, n, _))


def accredited(t: Told, n: Names, _: Translate) -> Line:
    d = t.body["delegate"]
    sentence = _("{who} accredited {delegate} for {delegation}.").format(
        who=n.delegation(t.acting), delegate=_described(d, n, _), delegation=n.delegation(d["delegation"])
    )
    details = pairs(
        (_("Level"), codes.level(d["level"], _) if d.get("level") else ""),
        (_("Sent by"), n.text(d.get("sender"))),
        (_("Credentials"), n.text(d.get("credentials"))),
        (_("Mandate"), n.text(d.get("mandate"))),
    )
    return Line(sentence, details=details)


def _described(d: Mapping[str, Any], n: Names, _: Translate) -> str:
    parts = [n.text(d.get("name")), n.text(d.get("function"))]
    return ", ".join(part for part in parts if part) or _("a delegate")


def withdrawn(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} withdrew {delegate}.").format(who=n.delegation(t.acting), delegate=n.person(t.body["delegate"]))
    return Line(sentence, reason(t, n, _))


def key_named(t: Told, n: Names, _: Translate) -> Line:
    replaces = t.body.get("replaces") is not None
    sentence = _("{who} replaced a signing key.") if replaces else _("{who} named a signing key.")
    return Line(sentence.format(who=n.person(t.body["delegate"])))


def log_key_replaced(t: Told, n: Names, _: Translate) -> Line:  # noqa: ARG001  # one shape for all lines
    return Line(_("The host's server replaced the key under which it keeps this record."))
