"""Commitments: what was undertaken under which terms, what was reported of it, and what others answered."""

from __future__ import annotations

from goodoffices.commitments.kept import terms_of
from goodoffices.commitments.terms import said
from goodoffices.readouts import codes
from goodoffices.readouts.lines.line import Line, Pair, about, ceasefire, pairs, reason
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate
from goodoffices.record.entries import Body


def made(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} entered a commitment ({degree}): {owing} owes {owed} the following.").format(
        who=n.delegation(t.acting),
        degree=codes.commitment_degree(b["degree"], _),
        owing=owing(b, n) or _("somebody"),
        owed=owed(b, n, _),
    )
    terms = said(terms_of(b))
    details = (*pairs((_("Terms"), terms), (_("Short name"), b["code"])), *ceasefire(b, n, _))
    quotes = pairs((_("What"), n.text(b["what"])), (_("Announced to follow if it is not done"), n.text(b["otherwise"])))
    return Line(sentence, quotes, details)


def owing(b: Body, n: Names) -> str:
    """Who owes it, as the body of ``commitment-made`` says."""
    return _named(n.delegation(b["by"]) if b.get("by") else "", n.text(b.get("by_name")))


def owed(b: Body, n: Names, _: Translate) -> str:
    """To whom, likewise; empty words where nobody is named."""
    return _named(n.delegations(b.get("to", ())), n.text(b.get("to_name"))) or _("nobody in particular")


def _named(delegation: str, words: str) -> str:
    return f"{delegation} ({words})" if delegation and words else delegation or words


def released(t: Told, n: Names, _: Translate) -> Line:
    made_ = n.fact(t.body["commitment"])
    what = pairs((_("What"), n.text(made_.body["what"]))) if made_ else ()
    sentence = _("{who} entered the release from a commitment.").format(who=n.delegation(t.acting))
    return Line(sentence, (*what, *reason(t, n, _)), about=about(t, "commitment"))


def happening(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    event = b["event"].replace("-", " ")
    sentence = codes.happening(b["point"], _).format(
        who=n.delegation(t.acting), event=event, whose=(b.get("whose") or "").replace("-", " ")
    )
    how = b.get("ended_how")
    details = pairs((_("How it ended"), codes.ceasefire_end(how, _) if how else ""))
    return Line(sentence, pairs((_("In words"), n.text(b.get("words")))), (*details, *_evidence(t, n, _)))


def access_denied(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    by = _named(n.delegation(b["by"]) if b.get("by") else "", n.text(b.get("by_name")))
    to = _named(n.delegation(b["to"]) if b.get("to") else "", n.text(b.get("to_name")))
    pattern = (
        _("{who} reported that {by} denied access to {to}.")
        if by
        else _("{who} reported that access was denied to {to}.")
    )
    sentence = pattern.format(who=n.delegation(t.acting), by=by, to=to or _("somebody"))
    words = pairs((_("Where"), n.text(b["where"])), (_("In words"), n.text(b.get("words"))))
    details = (*pairs((_("Reason given"), n.text(b.get("why")))), *_evidence(t, n, _))
    return Line(sentence, words, details, about(t, "commitment", "report"))


def compliance(t: Told, n: Names, _: Translate) -> Line:
    made_ = n.fact(t.body["commitment"])
    what = pairs((_("What"), n.text(made_.body["what"]))) if made_ else ()
    sentence = codes.compliance(t.body["says"], _).format(who=n.delegation(t.acting))
    words = pairs((_("In words"), n.text(t.body.get("words"))))
    return Line(sentence, (*what, *words), _evidence(t, n, _), about(t, "commitment"))


def answered(t: Told, n: Names, _: Translate) -> Line:
    report = n.fact(t.body["report"])
    pattern = codes.report_answer(t.body["answer"], _)
    whose = n.delegation(report.acting) if report else _("another delegation")
    sentence = pattern.format(who=n.delegation(t.acting), whose=whose)
    words = pairs((_("In words"), n.text(t.body.get("words"))))
    return Line(sentence, words, _evidence(t, n, _), about(t, "report"))


def attributed(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    whom = _named(n.delegation(b["to"]) if b.get("to") else "", n.text(b.get("to_name")))
    sentence = _("{who} lays what was reported to {whom}.").format(who=n.delegation(t.acting), whom=whom)
    return Line(sentence, pairs((_("Why"), n.text(b["words"]))), about=about(t, "report"))


def _evidence(t: Told, n: Names, _: Translate) -> tuple[Pair, ...]:
    evidence = t.body.get("evidence")
    if not evidence:
        return ()
    name = n.text(evidence.get("name")) or _("a paper")
    copy = t.body.get("working") or {}
    return pairs(
        (_("Evidence, as received"), name),
        (_("Where it comes from"), n.text(t.body.get("custody"))),
        (_("Working copy"), n.text(copy.get("name")) or (_("a paper") if copy else "")),
        (_("How the working copy was made"), n.text(t.body.get("copied"))),
    )
