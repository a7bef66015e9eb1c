"""Ground rules, presence, understandings, requests: what is proposed, asked and told, and how each side answers."""

from __future__ import annotations

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, ceasefire, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate
from goodoffices.record.entries import Body


def rules_proposed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    details = pairs(
        (_("Publishing"), codes.publish(b["publish"], _)),
        (_("Quoting"), codes.quote(b["quote"], _)),
        (_("Notes"), codes.notes(b["notes"], _)),
        (_("Records"), codes.records(b["records"], _)),
        (_("Interpreting"), n.text(b.get("interpret"))),
    )
    sentence = _("{who} proposed ground rules.").format(who=n.delegation(t.acting))
    return Line(sentence, pairs(("", n.text(b.get("text")))), details)


def rules_agreed(t: Told, n: Names, _: Translate) -> Line:
    return Line(_("{who} agreed to the ground rules.").format(who=n.delegation(t.acting)), about=about(t, "rules"))


def presence_proposed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    new = b["delegation"]
    # Told by somebody, it is not put as a proposal of whoever entered it.
    pattern = (
        _("{who} entered a proposal that {new} sit in this room as {role}.")
        if b.get("told_by") and not t.minuted
        else _("{who} proposed that {new} sit in this room as {role}.")
    )
    sentence = pattern.format(who=n.delegation(t.acting), new=n.text(new["name"]), role=codes.role(new["role"], _))
    details = pairs(
        (_("To be represented by"), n.text(b.get("delegate_name"))), (_("Function"), n.text(b.get("function")))
    )
    return Line(sentence, reason(t, n, _), details)


def presence_consented(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} consented to the presence of {new} in this room.")
    return _on_presence(sentence, t, n, _)


def presence_declined(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} declined the presence of {new} in this room.")
    return _on_presence(sentence, t, n, _)


def presence_withdrawn(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} withdrew the proposal that {new} sit in this room.")
    return _on_presence(sentence, t, n, _)


def _on_presence(pattern: str, t: Told, n: Names, _: Translate) -> Line:
    proposal = n.fact(t.body["proposal"])
    new = n.text(proposal.body["delegation"]["name"]) if proposal else _("the delegation that was proposed")
    sentence = pattern.format(who=n.delegation(t.acting), new=new)
    return Line(sentence, reason(t, n, _), about=about(t, "proposal"))


def understanding_told(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _tells_again(b, _) if b.get("of") else _tells(b, _)
    text = sentence.format(who=n.delegation(t.acting), degree=codes.degree(b["degree"], _))
    return Line(text, pairs((_("Wording"), n.text(b["wording"]))), ceasefire(b, n, _), about(t, "of"))


def _tells(b: Body, _: Translate) -> str:
    """What the delegation tells itself, or enters as somebody else tells it."""
    if b.get("told_by"):
        return _("{who} entered an understanding, {degree}:")
    return _("{who} told of an understanding, {degree}:")


def _tells_again(b: Body, _: Translate) -> str:
    if b.get("told_by"):
        return _("{who} entered another telling of the same understanding, {degree}:")
    return _("{who} told of the same understanding in its own wording, {degree}:")


def understanding_confirmed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} confirmed this very wording of an understanding.")
    return _on_understanding(sentence, t, n, _)


def understanding_objected(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} objected to this wording of an understanding.")
    return _on_understanding(sentence, t, n, _)


def _on_understanding(pattern: str, t: Told, n: Names, _: Translate) -> Line:
    telling = n.fact(t.body["telling"])
    wording = pairs((_("Wording"), n.text(telling.body["wording"]))) if telling else ()
    sentence = pattern.format(who=n.delegation(t.acting))
    return Line(sentence, (*wording, *reason(t, n, _)), about=about(t, "telling"))


def request_made(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} made a request to {asked}:").format(
        who=n.delegation(t.acting), asked=n.delegation(t.body["to"])
    )
    return Line(sentence, pairs((_("Request"), n.text(t.body["words"]))))


def request_answered(t: Told, n: Names, _: Translate) -> Line:
    request = n.fact(t.body["request"])
    pattern = _("{who} {answered} a request.") if request is None else _("{who} {answered} the request of {asker}.")
    sentence = pattern.format(
        who=n.delegation(t.acting),
        answered=codes.answer(t.body["answer"], _),
        asker=n.delegation(request.acting) if request else "",
    )
    quotes = pairs((_("Answer"), n.text(t.body.get("words"))))
    return Line(sentence, quotes, about=about(t, "request"))


def request_withdrawn(t: Told, n: Names, _: Translate) -> Line:
    return Line(_("{who} withdrew its request.").format(who=n.delegation(t.acting)), about=about(t, "request"))
