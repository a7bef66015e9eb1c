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
    invented = _("Made by a program: nobody on this list exists.") if b["origin"] == "synthetic" else ""
    details = pairs((_("Rows"), rows + aside), (_("Digest"), b["digest"]), (_("Synthetic"), invented))
    return Line(sentence, details=details, about=about(t, "replaces"))


def leave_given(t: Told, n: Names, _: Translate) -> Line:
    return _leave(_("{who} gave leave on its list “{code}”, for {numbers}: {what}."), t, n)


def leave_withdrawn(t: Told, n: Names, _: Translate) -> Line:
    return _leave(_("{who} withdrew leave on its list “{code}”, for {numbers}: {what}."), t, n)


def _leave(pattern: str, t: Told, n: Names) -> Line:
    _, b = n.translate, t.body
    numbers = _("all on it") if b["numbers"] == "all" else _("the numbers {numbers}").format(numbers=b["numbers"])
    sentence = pattern.format(
        who=n.delegation(t.acting), code=b["code"], numbers=numbers, what=codes.leave(b["what"], _)
    )
    return Line(sentence, about=about(t, "list"))


def person_erased(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} erased one person from a list; what is left was encrypted anew.").format(
        who=n.delegation(t.acting)
    )
    return Line(sentence, details=((_("Reason"), codes.erasure(t.body["reason"], _)),), about=about(t, "list"))


def list_erased(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} erased the list “{code}”, every version of it.").format(
        who=n.delegation(t.acting), code=t.body["code"]
    )
    return Line(sentence, details=((_("Reason"), codes.erasure(t.body["reason"], _)),), about=about(t, "list"))


def exported(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} took a list out as {form}, encrypted to {count}.").format(
        who=n.delegation(t.acting), form=b["form"].upper(), count=_keys(len(b["recipients"]), _)
    )
    return Line(sentence, reason(t, n, _), ((_("Keys"), ", ".join(b["recipients"])),), about(t, "list"))


def _keys(count: int, _: Translate) -> str:
    return _("one key") if count == 1 else _("{count} keys").format(count=count)
