"""Minutes confirmed or objected to, corrections, erasures and releases: what is said about other entries."""

from __future__ import annotations

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def minute_confirmed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} confirmed what was minuted on its behalf.").format(who=n.delegation(t.acting))
    return Line(sentence, about=about(t, "entry"))


def minute_objected(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} objected to what was minuted on its behalf.").format(who=n.delegation(t.acting))
    return Line(sentence, reason(t, n, _), about=about(t, "entry"))


def corrected(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} corrected an earlier entry; both stay on the record.").format(who=n.delegation(t.acting))
    quotes = (*pairs((_("It should say"), n.text(t.body["says"]))), *reason(t, n, _))
    return Line(sentence, quotes, about=about(t, "entry"))


def erased(t: Told, n: Names, _: Translate) -> Line:
    count = len(t.body["particulars"])
    pattern = (
        _("{who} had words of an entry erased ({why}).")
        if count == 1
        else _("{who} had {count} pieces of words of an entry erased ({why}).")
    )
    sentence = pattern.format(who=n.delegation(t.acting), count=count, why=codes.erasure(t.body["reason"], _))
    return Line(sentence, about=about(t, "entry"))


def entries_released(t: Told, n: Names, _: Translate) -> Line:
    refs = tuple(t.body["entries"])
    pattern = (
        _("{who} released an entry to another room.")
        if len(refs) == 1
        else _("{who} released {count} entries to another room.")
    )
    return Line(pattern.format(who=n.delegation(t.acting), count=len(refs)), about=refs)


def release_proposed(t: Told, n: Names, _: Translate) -> Line:
    refs = tuple(t.body["entries"])
    pattern = (
        _("{who} proposed to release an entry.") if len(refs) == 1 else _("{who} proposed to release {count} entries.")
    )
    return Line(pattern.format(who=n.delegation(t.acting), count=len(refs)), about=refs)


def release_agreed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} agreed to the release that was proposed.").format(who=n.delegation(t.acting))
    return Line(sentence, about=about(t, "proposal"))
