"""The handover of prisoners: what was observed at the points, by manifest number, and who countersigned a stage."""

from __future__ import annotations

from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.line import Line, about, pairs
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def observed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    pattern = _("{who} observed at {point} in stage {stage}: {number} {what}.")
    if b["what"] == "taken-back":
        pattern = _("{who} took back an observation of {number} at {point} in stage {stage}.")
    sentence = pattern.format(
        who=n.delegation(t.acting),
        point=point(t, n),
        stage=b["stage"],
        number=b["number"],
        what=codes.observed(b["what"], _),
    )
    claimed = b.get("claimed")
    details = pairs(
        (_("When, by the observer's clock"), dates.moment(claimed, _) if claimed else ""),
        (_("Takes back"), b.get("corrects") or ""),
        (_("Device and counter"), f"{b['device']}/{b['counter']}"),
    )
    return Line(sentence, details=details, about=about(t, "plan"))


def point(t: Told, n: Names) -> str:
    """The name of the point, where the page has the plan; else its short name."""
    plan = n.fact(t.body.get("plan"))
    named = {one["code"]: one["name"] for one in plan.body["points"]} if plan is not None else {}
    code = str(t.body["point"])
    return n.text(named[code]) if code in named else code


def countersigned(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} countersigned stage {stage}: {counts}.").format(
        who=n.delegation(t.acting),
        stage=b["stage"],
        counts=", ".join(f"{count} {codes.outcome(what, _)}" for what, count in b["counts"].items()) or _("nobody"),
    )
    return Line(sentence, details=((_("Digest"), b["digest"]),), about=about(t, "plan"))
