"""How each entry is known: signed, entered by the server, minuted and by whom answered, corrected, reported.

A label's code is a stable word, fit for a CSS class; its text is what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goodoffices.readouts import codes
from goodoffices.readouts.names import Names, wordings
from goodoffices.readouts.views import Told

MINUTED = {"confirmed": "minuted-confirmed", "objected": "minuted-objected"}


@dataclass(frozen=True)
class Label:
    code: str
    text: str


@dataclass(frozen=True)
class Standing:
    """What later entries did to earlier ones, by the earlier one's ref.

    ``minutes``: ``confirmed`` or ``objected``. ``corrections``: refs of the entries that correct it, in order.
    """

    minutes: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def standing_of(facts: Iterable[Told]) -> Standing:
    """The standing that these facts alone give, for a record that is known only in part."""
    minutes: dict[str, str] = {}
    corrections: dict[str, tuple[str, ...]] = {}
    for t in facts:
        about = str(t.body.get("entry"))
        if t.kind in {"minute-confirmed", "minute-objected"}:
            minutes[about] = t.kind.removeprefix("minute-")
        elif t.kind == "entry-corrected":
            corrections[about] = (*corrections.get(about, ()), t.ref)
    return Standing(minutes, corrections)


def labels(t: Told, standing: Standing, n: Names) -> tuple[Label, ...]:
    """The labels of one entry, in reading order: who answers for it, then what became of it, then how it is known."""
    return (_authorship(t, standing, n), *_afterwards(t, standing, n), *_hedges(t, n))


def _authorship(t: Told, standing: Standing, n: Names) -> Label:
    _ = n.translate
    who = n.delegation(t.acting)
    if t.minuted:
        answer = standing.minutes.get(t.source, "")
        text = {
            "": _("minuted for {who}, not confirmed"),
            "confirmed": _("minuted, confirmed by {who}"),
            "objected": _("minuted, objected to by {who}"),
        }[answer]
        return Label(MINUTED.get(answer, "minuted-unconfirmed"), text.format(who=who))
    if t.signed:
        signer = n.person(t.author) if t.author else who
        return Label("signed", _("signed by {who}").format(who=signer))
    if t.released:
        return Label("released", _("released by the host's server, as entered"))
    return Label("entered", _("entered by the host's server"))


def _afterwards(t: Told, standing: Standing, n: Names) -> list[Label]:
    _ = n.translate
    found = []
    if standing.corrections.get(t.source):
        found.append(Label("corrected", _("corrected by a later entry")))
    if any(c not in n.words for c in wordings(_own(t))):
        found.append(Label("erased", _("some words erased")))
    return found


def _own(t: Told) -> Mapping[str, object]:
    """The body without what an erasure names: those words are another entry's."""
    return {name: value for name, value in t.body.items() if name != "particulars"}


def _hedges(t: Told, n: Names) -> list[Label]:
    _ = n.translate
    found = []
    if t.known is not None:
        found.append(Label(t.known, codes.known(t.known, _)))
    if t.kind == "understanding-told":
        found.append(Label(f"degree-{t.body.get('degree')}", codes.degree(t.body.get("degree"), _)))
    if t.body.get("expected") is True:
        found.append(Label("expected", _("expected, not seen")))
    return found


def legend(n: Names) -> tuple[Label, ...]:
    """What the labels mean, for readers who meet them for the first time."""
    _ = n.translate
    return (
        Label("signed", _("The delegate signed it with a key of their own; anyone can check that.")),
        Label("entered", _("A signed-in delegate did it; that they did rests on the host's server.")),
        Label("minuted-unconfirmed", _("The host entered it for that delegation, which has not answered for it yet.")),
        Label("minuted-confirmed", _("The host entered it for that delegation, which confirmed it.")),
        Label("minuted-objected", _("The host entered it for that delegation, which objected.")),
        Label("released", _("It was entered in another room and released here by the host's server.")),
        Label("corrected", _("A later entry says what is right; both stay on the record.")),
        Label("reported", _("Someone reports it; the room does not know it at first hand.")),
        Label("anonymous", _("The source is not named.")),
    )
