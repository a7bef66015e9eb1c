"""Lists of prisoners: who may bring them together, and what was filed. No name is ever part of a line."""

from __future__ import annotations

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def proposed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} proposed {intermediary} as the intermediary that brings the lists of prisoners together.")
    return Line(sentence.format(who=n.delegation(t.acting), intermediary=n.delegation(t.body["delegation"])))


def accepted(t: Told, n: Names, _: Translate) -> Line:
    return _answered(_("{who} accepted {intermediary} as the intermediary for the lists of prisoners."), t, n)


def declined(t: Told, n: Names, _: Translate) -> Line:
    line = _answered(_("{who} declined {intermediary} as the intermediary for the lists of prisoners."), t, n)
    return Line(line.sentence, reason(t, n, _), about=line.about)


def _answered(pattern: str, t: Told, n: Names) -> Line:
    _ = n.translate
    found = n.fact(t.body["proposal"])
    proposal = n.delegation(found.body["delegation"]) if found is not None else _("the delegation proposed")
    return Line(pattern.format(who=n.delegation(t.acting), intermediary=proposal), about=about(t, "proposal"))


def joined(t: Told, n: Names, _: Translate) -> Line:
    return Line(_("{who} made this the room where lists of prisoners are filed.").format(who=n.delegation(t.acting)))


def filed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    pattern = (
        _("{who} filed the list “{code}”: {holds}.")
        if b["version"] == 1
        else _("{who} filed the list “{code}” again, corrected (version {version}): {holds}.")
    )
    sentence = pattern.format(
        who=n.delegation(t.acting), code=b["code"], version=b["version"], holds=codes.holds(b["holds"], _)
    )
    rows = _("{rows} can be used").format(rows=f"{b['rows']:,}")
    aside = _(", {aside} kept aside").format(aside=f"{b['aside']:,}") if b["aside"] else ""
    details = pairs((_("Rows"), rows + aside), (_("Digest"), b["digest"]))
    return Line(sentence, details=details, about=about(t, "replaces"))
