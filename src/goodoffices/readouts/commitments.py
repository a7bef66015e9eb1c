"""The commitments of one room, each with where it stands and why, at one moment. Nobody is scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from goodoffices.commitments.durations import Span
from goodoffices.commitments.kept import COMMITMENTS, Commitment
from goodoffices.commitments.standing import Reason, Standing, World
from goodoffices.commitments.terms import said
from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.commitments import owed, owing
from goodoffices.readouts.lines.line import ceasefire_text
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.views import Told, Translate, View, told, untranslated


@dataclass(frozen=True)
class Because:
    """One reason in words, and the entries (refs) it rests on."""

    text: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Owed:
    """One commitment. ``status`` is a code, ``stands`` its words; ``due`` is empty where nothing is due by a time.

    ``denied``: entries (refs) that report access denied to what was to be seen of it.
    """

    ref: str
    seq: int
    code: str
    by: str
    to: str
    what: str
    terms: str
    otherwise: str
    degree: str
    known: str | None
    told_by: str
    status: str
    stands: str
    due: str
    because: tuple[Because, ...]
    ceasefire: str = ""
    denied: tuple[str, ...] = ()


def owed_in(
    view: View, now: datetime, others: Iterable[View] = (), translate: Translate = untranslated, zone: str = "UTC"
) -> tuple[Owed, ...]:
    """Every commitment on this room's record, newest first, as it stands ``now``; times in ``zone`` (IANA).

    One reading of entries, one of words, and one in each of ``others`` for the names of delegations.
    """
    state = view.state[COMMITMENTS]
    world = World(state.made(), state.reports, now)
    here = [c for c in reversed(list(state.all.values())) if not c.disowned]
    facts = {f.ref: f for f in map(told, view.found(c.made.ref for c in here))}
    n = names(view, facts.values(), others, translate)
    denied: dict[str | None, list[str]] = {}
    for claim in state.denials.values():
        denied.setdefault(claim.commitment, []).append(claim.ref)
    return tuple(
        _owed(c, facts[c.made.ref], world.standing(c.made.code), n, zone, tuple(denied.get(c.made.code, ())))
        for c in here
    )


def _owed(c: Commitment, fact: Told, found: Standing, n: Names, zone: str, denied: tuple[str, ...]) -> Owed:
    b, _ = fact.body, n.translate
    return Owed(
        ref=fact.ref,
        seq=fact.seq,
        code=c.made.code,
        by=owing(b, n),
        to=owed(b, n, _),
        what=n.text(b["what"]),
        terms=said(c.made.terms),
        otherwise=n.text(b["otherwise"]),
        degree=codes.commitment_degree(c.degree, _),
        known=fact.known,
        told_by=n.text(b.get("told_by")),
        status=found.status,
        stands=codes.commitment_status(found.status, _),
        due=_moment(found.due, _, zone) if found.due is not None else "",
        because=tuple(_because(reason, _, zone) for reason in found.reasons),
        ceasefire=ceasefire_text(b["ceasefire"], n, _) if b.get("ceasefire") else "",
        denied=denied,
    )


def _because(reason: Reason, _: Translate, zone: str) -> Because:
    condition = said(reason.condition) if reason.condition is not None else ""
    text = codes.commitment_reason(reason.code, _).format(condition=condition, when=_moment(reason.at, _, zone))
    return Because(text, reason.refs)


def _moment(at: Span, _: Translate, zone: str) -> str:
    """The latest it may be, which is what people go by; words where that is not known."""
    if at.latest is None:
        return _("a time that is not known")
    return dates.moment(at.latest.isoformat(), _, zone)
