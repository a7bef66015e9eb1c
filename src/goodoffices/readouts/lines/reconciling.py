"""Lists of prisoners brought together: what was matched, judged, told and named. No name and no row is ever said."""

from __future__ import annotations

from collections import Counter

from goodoffices.readouts import codes
from goodoffices.readouts import reconciling as said
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def persons_named(t: Told, n: Names, _: Translate) -> Line:
    """How many people were named, of whom, by category; who they are stands in the roster."""
    persons = t.body["persons"]
    held = Counter(person["held_by"] for person in persons)
    whose = "; ".join(
        _("{count} held by {side}").format(count=f"{count:,}", side=n.delegation(side)) for side, count in held.items()
    )
    counts = Counter(code for person in persons for code in person["categories"])
    named = ", ".join(f"{codes.category(code, _)}: {count:,}" for code, count in sorted(counts.items()))
    sentence = _("{who} named people for an exchange of prisoners: {whose}.").format(
        who=n.delegation(t.acting), whose=whose
    )
    return Line(sentence, details=pairs((_("Categories"), named), (_("Digest of the roster"), t.body["digest"])))


def named_person_erased(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} erased who {number} is; what is left of the roster was encrypted anew.").format(
        who=n.delegation(t.acting), number=t.body["number"]
    )
    return Line(sentence, details=((_("Reason"), codes.erasure(t.body["reason"], _)),), about=about(t, "naming"))


def lists_matched(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    left, right = b["left"], b["right"]
    pattern = (
        _("{who} looked for people who are on the list “{left}” of {of_left} twice.")
        if right is None
        else _("{who} matched the list “{left}” of {of_left} with the list “{right}” of {of_right}.")
    )
    sentence = pattern.format(
        who=n.delegation(t.acting),
        left=left["code"],
        of_left=n.delegation(left["by"]),
        right=right["code"] if right else "",
        of_right=n.delegation(right["by"]) if right else "",
    )
    found = _("{certain} without a doubt, {review} doubtful, of {compared} compared; people judge every one").format(
        certain=f"{b['certain']:,}", review=f"{b['review']:,}", compared=f"{b['compared']:,}"
    )
    return Line(sentence, details=((_("Pairs"), found),))


def pair_judged(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    who = n.person(t.author) if t.author else n.delegation(t.acting)
    sentence = said.pair_verdict(b["verdict"], _).format(who=who, left=b["left"], right=b["right"])
    grounds = ", ".join(said.ground(code, _) for code in b["grounds"])
    return Line(sentence, reason(t, n, _), pairs((_("What decided it"), grounds)), about(t, "run"))


def row_judged(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    who = n.person(t.author) if t.author else n.delegation(t.acting)
    pattern = said.row_verdict(b["side"], b["verdict"], _)
    return Line(pattern.format(who=who, number=b["number"]), reason(t, n, _), about=about(t, "run"))


def release_noted(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    number = b["left"] if b["to"] == "left" else b["right"]
    pattern = said.told_of("left" if b["to"] == "left" else "right", _)
    sentence = pattern.format(who=n.delegation(t.acting), number=number, result=said.result(b["result"], _))
    return Line(sentence, about=about(t, "run"))


def result_released(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    pattern = _("{who} told of row {number} of a list filed here: {result}.")
    sentence = pattern.format(who=n.delegation(t.acting), number=b["number"], result=said.result(b["result"], _))
    return Line(sentence, pairs((_("In words"), n.text(b.get("words")))), about=about(t, "list"))


def naming_noted(t: Told, n: Names, _: Translate) -> Line:
    count = len(t.body["pairs"])
    sentence = _("{who} named people found to be held and claimed, in the room of the exchange: {count}.")
    return Line(sentence.format(who=n.delegation(t.acting), count=f"{count:,}"), about=about(t, "run"))
