"""Who goes, and the plan: refusals, wishes, substitutions, lists and plans. By number, never by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, about, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate


def refused(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} refused that {number} goes.").format(who=n.delegation(t.acting), number=t.body["number"])
    given = reason(t, n, _)
    return Line(sentence, given or ((_("Reason"), _("None was given.")),))


def withdrawn(t: Told, n: Names, _: Translate) -> Line:
    pattern = _("{who} withdrew its refusal: {number} can be put on a list again.")
    return Line(pattern.format(who=n.delegation(t.acting), number=t.body["number"]), about=about(t, "refusal"))


def wished(t: Told, n: Names, _: Translate) -> Line:
    patterns = {
        "not-to-be-returned": _("{who} recorded that {number} does not wish to be returned."),
        "to-be-returned": _("{who} recorded that {number} wishes to be returned."),
    }
    sentence = patterns[t.body["wish"]].format(who=n.delegation(t.acting), number=t.body["number"])
    return Line(sentence, details=((_("How"), _("Said in a private interview; no reason is asked.")),))


def substituted(t: Told, n: Names, _: Translate) -> Line:
    pattern = _("{who} put {into} in the place of {out} on the list.")
    sentence = pattern.format(who=n.delegation(t.acting), into=t.body["in"], out=t.body["out"])
    return Line(sentence, reason(t, n, _))


def drawn(t: Told, n: Names, _: Translate) -> Line:
    flows = t.body["flows"]
    pattern = _("{who} drew a new list of who goes.") if t.body.get("replaces") else _("{who} drew a list of who goes.")
    free = len(flows["uncounted"])
    details = pairs(
        (_("Counted, by who hands them over"), _counted(t.body["counts"], n)),
        (_("All for all"), _all_for_all(flows["all_for_all"], _)),
        (_("Free of any count"), f"{free:,}" if free else ""),
        (_("Agreed difference"), f"{t.body['imbalance']:,}" if t.body["imbalance"] else ""),
        (_("Digest"), t.body["digest"]),
    )
    return Line(pattern.format(who=n.delegation(t.acting)), details=details, about=about(t, "replaces"))


def _counted(counts: Mapping[str, int], n: Names) -> str:
    return "; ".join(f"{n.delegation(side)} {count:,}" for side, count in counts.items())


def _all_for_all(flows: Mapping[str, Any], _: Translate) -> str:
    return "; ".join(f"{codes.category(category, _)} {len(those):,}" for category, those in flows.items())


def confirmed(t: Told, n: Names, _: Translate) -> Line:
    sentence = _("{who} confirmed the list of who goes, by its digest.").format(who=n.delegation(t.acting))
    return Line(sentence, details=((_("Digest"), t.body["digest"]),), about=about(t, "list"))


def plan_proposed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    pattern = (
        _("{who} proposed a new plan for the handover.")
        if b.get("replaces")
        else _("{who} proposed a plan for the handover.")
    )
    points = ", ".join(n.text(point["name"]) for point in b["points"])
    details = [(_("Points"), points), *(_stage(stage, n, _) for stage in b["stages"]), (_("Digest"), b["digest"])]
    return Line(pattern.format(who=n.delegation(t.acting)), details=pairs(*details), about=about(t, "list", "replaces"))


def _stage(stage: Mapping[str, Any], n: Names, _: Translate) -> tuple[str, str]:
    counts: dict[str, int] = {}
    for point in stage["points"]:
        for side, numbers in point["out"].items():
            counts[side] = counts.get(side, 0) + len(numbers)
    label = _("Stage {number}, {day}").format(number=stage["stage"], day=stage["day"])
    return label, _counted(counts, n) or _("nobody")


def plan_accepted(t: Told, n: Names, _: Translate) -> Line:
    return Line(_("{who} accepted the plan.").format(who=n.delegation(t.acting)), about=about(t, "plan"))
