"""The sealed exchange of papers, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def keys_named(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} named the keys to which papers are sealed for it.").format(who=n.delegation(t.acting))
    return Line(sentence, details=_keys(t, _))


def recovery_tested(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} tested its recovery sheet.").format(who=n.delegation(t.acting))
    return Line(sentence, about=about(t, "keys"))


def replacement_proposed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} proposed new keys in the place of lost ones; a second person of it has to sign.")
    return Line(sentence.format(who=n.delegation(t.acting)), details=_keys(t, _), about=about(t, "replaces"))


def keys_replaced(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} replaced its keys, signed by a second person.").format(who=n.delegation(t.acting))
    return Line(sentence, about=about(t, "replacement"))


def _keys(t: Told, _: Translate) -> tuple[tuple[str, str], ...]:
    return pairs((_("Online key"), t.body["online"]), (_("Recovery key"), t.body.get("recovery") or ""))


def proposed(t: Told, n: Names, _: Translate) -> Line:
    terms = t.body["terms"]
    sentence = _("{who} proposed a sealed exchange of papers between {sides}.").format(
        who=n.delegation(t.acting), sides=n.delegations(side["delegation"] for side in terms["sides"])
    )
    return Line(sentence, details=_terms(terms, n, _))


def _terms(terms: Mapping[str, Any], n: Names, _: Translate) -> tuple[tuple[str, str], ...]:
    holders = n.delegations(holder["delegation"] for holder in terms["holders"])
    opens = codes.holders(terms["k"], len(terms["holders"]), _)
    topics = ", ".join(codes.topic(topic, _) for topic in terms["topics"])
    return pairs(
        (_("Holders"), f"{holders} ({opens})"),
        (_("Required topics"), topics),
        (_("Deadline for sealing"), dates.moment(terms["deadline"], _)),
        (_("Largest paper"), _("{bytes} bytes").format(bytes=f"{terms['bucket']:,}")),
    )


def agreed(t: Told, n: Names, _: Translate) -> Line:
    return _on(_("{who} agreed to the terms of the sealed exchange."), t, n)


def declined(t: Told, n: Names, _: Translate) -> Line:
    return _on(_("{who} declined the sealed exchange, which ends it."), t, n, reason(t, n, _))


def withdrawn(t: Told, n: Names, _: Translate) -> Line:
    return _on(
        _("{who} withdrew from the sealed exchange before both had sealed, which ends it."), t, n, reason(t, n, _)
    )


def lapsed(t: Told, n: Names, _: Translate) -> Line:
    return _on(_("{who} noted that the sealed exchange lapsed: not both sides had sealed by the deadline."), t, n)


def sealed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    line = _on(_("{who} sealed its paper."), t, n)
    size = _("{bytes} bytes as sealed").format(bytes=f"{b['outer']['size']:,}")
    return Line(line.sentence, details=((_("Digest"), b["outer"]["sha256"]), (_("Size"), size)), about=line.about)


def held(t: Told, n: Names, _: Translate) -> Line:
    return _on_paper(_("{who} confirmed that it could help to open the paper of {side}."), t, n, "sealed")


def holding_disputed(t: Told, n: Names, _: Translate) -> Line:
    pattern = _("{who} disputes what was sealed for it of the paper of {side}: {fault}.")
    return _on_paper(pattern, t, n, "sealed", _=_)


def released(t: Told, n: Names, _: Translate) -> Line:
    out = all(t.body["digests"].values())
    pattern = (
        _("{who} released what it held of both papers. Both papers can now be opened.")
        if out
        else _("{who} released what it held of both papers.")
    )
    return _on(pattern, t, n)


def opened(t: Told, n: Names, _: Translate) -> Line:
    line = _on_paper(_("{who} opened the paper of {side}."), t, n)
    blank = t.body.get("blank")
    topics = ", ".join(codes.topic(topic, _) for topic in blank or ())
    return Line(
        line.sentence,
        details=pairs((_("Digest"), t.body["digest"]), (_("Required topics left blank"), topics)),
        about=line.about,
    )


def opening_disputed(t: Told, n: Names, _: Translate) -> Line:
    line = _on_paper(_("{who} disputes the paper of {side} that it opened: {fault}."), t, n, _=_)
    return Line(line.sentence, line.quotes, pairs((_("File key"), t.body.get("file_key") or "")), line.about)


def tabled(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    paper = b["paper"]
    pattern = _("{who} tabled the paper of {side}: {title}. The server checked that it is the paper that was sealed.")
    sentence = pattern.format(who=n.delegation(t.acting), side=n.delegation(b["of"]), title=n.text(b["title"]))
    size = _("{bytes} bytes, {media}").format(bytes=f"{paper['size']:,}", media=paper["media"])
    details = pairs((_("File"), n.text(paper.get("name"))), (_("Size"), size))
    return Line(sentence, details=details, about=about(t, "proposal"))


def _on(pattern: str, t: Told, n: Names, quotes: tuple[tuple[str, str], ...] = ()) -> Line:
    return Line(pattern.format(who=n.delegation(t.acting)), quotes, about=about(t, "proposal"))


def _on_paper(pattern: str, t: Told, n: Names, *cites: str, _: Translate | None = None) -> Line:
    """A sentence about a side's paper; with a fault and the words that go with it, where it has one."""
    b = t.body
    fault = codes.fault(b["fault"], _) if _ is not None else ""
    words = pairs((_("In words"), n.text(b.get("words")))) if _ is not None else ()
    sentence = pattern.format(who=n.delegation(t.acting), side=_side(t, n), fault=fault)
    return Line(sentence, words, about=about(t, *cites) or about(t, "proposal"))


def _side(t: Told, n: Names) -> str:
    """The name of the side whose paper it is, where the page has the proposal; else its short name."""
    code = str(t.body["side"])
    of = next((d.id for d in n.seats.delegations.values() if d.code == code), None)
    return n.delegation(of) if of is not None else code
