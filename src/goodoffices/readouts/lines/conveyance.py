"""Points carried from one caucus to another, with leave."""

from __future__ import annotations

from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def asked(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} asked for leave to convey a point to {to}:").format(
        who=n.delegation(t.acting), to=n.delegation(t.body["to"])
    )
    return Line(sentence, _point(t, n, _))


def allowed(t: Told, n: Names, _: Translate) -> Line:
    if t.body.get("attributed"):
        pattern = _("{who} gave leave to convey a point to {to}, in its name.")
    else:
        pattern = _("{who} gave leave to convey a point to {to}, without saying whose point it is.")
    sentence = pattern.format(who=n.delegation(t.acting), to=_receiver(t, n))
    return Line(sentence, _point(t, n, _), about=about(t, "asked"))


def refused(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} refused leave to convey a point to {to}.").format(
        who=n.delegation(t.acting), to=_receiver(t, n)
    )
    return Line(sentence, (*_point(t, n, _), *reason(t, n, _)), about=about(t, "asked"))


def _receiver(t: Told, n: Names) -> str:
    asking = n.fact(t.body.get("asked"))
    return n.delegation(t.body.get("to") or (asking.body.get("to") if asking else None))


def carried(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} conveyed the point.").format(who=n.delegation(t.acting))
    return Line(sentence, about=about(t, "allowed"))


def conveyed(t: Told, n: Names, _: Translate) -> Line:
    source = t.body.get("from")
    pattern = _("{who} conveyed a point from {source}:") if source else _("{who} conveyed a point, unattributed:")
    sentence = pattern.format(who=n.delegation(t.acting), source=n.delegation(source) if source else "")
    return Line(sentence, _point(t, n, _))


def answered(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} answered the point that was conveyed:").format(who=n.delegation(t.acting))
    return Line(sentence, pairs((_("Answer"), n.text(t.body["words"]))), about=about(t, "conveyed"))


def _point(t: Told, n: Names, _: Translate) -> tuple[tuple[str, str], ...]:
    return pairs((_("Point"), n.text(t.body.get("point"))))
