"""What somebody may do in a room, sorted as a person looks for it: what awaits them first, then by subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodoffices.readouts import awaited
from goodoffices.readouts.timeline import Shown, shown
from goodoffices.secretariat.desk import Offer, RoomView
from goodoffices.web.acting.addresses import address
from goodoffices.web.acting.views import ELSEWHERE

EACH = 5  # things of one command listed by themselves; beyond that a form lets one choose
AWAITED = 20  # newest things that await somebody listed

OTHER_ANSWER = {
    "consent-presence": "decline-presence",
    "confirm-minute": "object-minute",
    "confirm-understanding": "object-understanding",
    "allow-conveyance": "refuse-conveyance",
    "agree-exchange": "decline-exchange",
    "accept-intermediary": "decline-intermediary",
    "hold-paper": "dispute-holding",
    "open-paper": "dispute-opening",
}
"""The rule that says no to what another says yes to; both take the same fields."""

SUBJECTS = (
    ("understandings", ("tell-understanding", "confirm-understanding", "object-understanding")),
    ("requests", ("make-request", "answer-request", "withdraw-request")),
    (
        "commitments",
        (
            *("make-commitment", "release-commitment", "report-happening", "report-compliance", "report-access-denied"),
            *("answer-report", "attribute-report"),
        ),
    ),
    (
        "papers",
        ("present-paper", "receive-paper", "describe-paper", "enter-source", "set-out-conditions", "note-event"),
    ),
    (
        "statements",
        ("record-statement", "resolve-reference", "identify-speaker", "relate-statements", "note-subject"),
    ),
    (
        "exchange",
        (
            *("name-sealing-keys", "prove-recovery", "propose-key-replacement", "replace-sealing-keys"),
            *("propose-exchange", "agree-exchange", "decline-exchange", "withdraw-exchange", "lapse-exchange"),
            *("seal-paper", "hold-paper", "dispute-holding", "release-papers"),
            *("open-paper", "dispute-opening", "table-paper"),
        ),
    ),
    (
        "prisoners",
        (
            *("propose-intermediary", "accept-intermediary", "decline-intermediary"),
            *("refuse-person", "withdraw-refusal", "record-wish", "substitute-person"),
            *("draw-list", "confirm-agreed-list", "propose-plan", "accept-plan"),
            *("observe", "countersign-stage"),
        ),
    ),
    (
        "meetings",
        (
            *("call-meeting", "open-meeting", "adjourn-meeting", "resume-meeting", "close-meeting"),
            *("raise-item", "settle-item", "set-next-meeting", "report-precondition", "report-condition"),
        ),
    ),
    (
        "conveyance",
        ("ask-leave", "allow-conveyance", "refuse-conveyance", "carry-point", "answer-conveyed"),
    ),
    (
        "presence",
        (
            *("accredit-delegate", "propose-presence", "consent-presence", "decline-presence", "withdraw-proposal"),
            *("admit-delegation", "remove-delegation", "withdraw-delegate"),
        ),
    ),
    ("rules", ("propose-ground-rules", "agree-ground-rules", "propose-release", "agree-release", "release-entries")),
    ("record", ("correct-entry", "erase-particulars", "confirm-minute", "object-minute", "open-room", "close-room")),
)


@dataclass(frozen=True)
class Link:
    """One thing to do. ``about``: the entry it is done to, in a sentence; empty where there is none."""

    label: str
    url: str
    about: str = ""
    seq: int | None = None


@dataclass(frozen=True)
class Waiting:
    """Something that awaits an answer: its sentence, the entry it is about, and the answers one may give."""

    sentence: str
    entry: Shown
    answers: tuple[Link, ...]


@dataclass(frozen=True)
class Subject:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Actions:
    """``waiting`` newest first. ``more``: how many more things wait that are not listed."""

    waiting: tuple[Waiting, ...]
    more: int
    subjects: tuple[Subject, ...]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.subjects)


def actions(view: RoomView, on_behalf: str | None, others: Iterable[RoomView] = ()) -> Actions:
    """All that may be done now. Reads the entries it lists and their words, and nothing for what it does not list."""
    offers = [o for o in view.offers(on_behalf) if o.rule.name not in ELSEWHERE]
    seat = view.seat()
    acting = on_behalf or (seat.delegation if seat else "")
    first = {o.about: o.rule for o in reversed(list(awaited.by(view.state, acting)))} if offers else {}
    answers: dict[str, list[Offer]] = {}
    rest: dict[str, list[Offer]] = {}
    for offer in offers:
        ref = _ref(offer)
        if ref is not None and ref in first and _is_answer(offer, first[ref]):
            answers.setdefault(ref, []).append(offer)
        else:
            rest.setdefault(offer.rule.name, []).append(offer)
    listed = list(answers)[-AWAITED:]
    few = {name: them for name, them in rest.items() if len(them) <= EACH}
    refs = [*listed, *(one for them in few.values() for offer in them if (one := _ref(offer)))]
    about = {row.ref: row for row in shown(view, view.found(refs), others, _)}
    waiting = tuple(_waiting(view, first[one], answers[one], about[one], on_behalf) for one in reversed(listed))
    return Actions(waiting, len(answers) - len(listed), _subjects(view, rest, about, on_behalf))


def _is_answer(offer: Offer, rule: str) -> bool:
    """Whether this offer answers what awaits: the rule named, or another one that takes the very same fields."""
    return offer.rule.name in {rule, OTHER_ANSWER.get(rule)}


def _waiting(view: RoomView, rule: str, offers: list[Offer], entry: Shown, on_behalf: str | None) -> Waiting:
    links = tuple(Link(_(o.rule.label), _address(view, o, on_behalf)) for o in offers)
    return Waiting(awaited.sentence(rule, _), entry, links)


def _subjects(
    view: RoomView, rest: Mapping[str, list[Offer]], about: Mapping[str, Shown], on_behalf: str | None
) -> tuple[Subject, ...]:
    titles = {
        "understandings": _("Understandings"),
        "requests": _("Requests"),
        "commitments": _("Commitments"),
        "papers": _("Papers and events"),
        "statements": _("Statements"),
        "exchange": _("The sealed exchange of papers"),
        "prisoners": _("The exchange of prisoners"),
        "meetings": _("Meetings"),
        "conveyance": _("Points carried between caucuses"),
        "presence": _("Who sits here"),
        "rules": _("Ground rules and release"),
        "record": _("The record and its rooms"),
    }
    known = {name for _subject, names in SUBJECTS for name in names}
    last = tuple(name for name in rest if name not in known)
    found = []
    for subject, names in (*SUBJECTS, ("other", last)):
        links = tuple(link for name in names if name in rest for link in _links(view, rest[name], about, on_behalf))
        if links:
            found.append(Subject(titles.get(subject, _("Other")), links))
    return tuple(found)


def _links(view: RoomView, offers: list[Offer], about: Mapping[str, Shown], on_behalf: str | None) -> Iterable[Link]:
    label = _(offers[0].rule.label)
    if len(offers) > EACH:
        yield Link(label + " …", _address(view, Offer(offers[0].rule, {}), on_behalf))
        return
    for offer in offers:
        row = about.get(_ref(offer) or "")
        text = row.sentence if row else _member(view, offer)
        yield Link(label, _address(view, offer, on_behalf), text, row.seq if row else None)


def _member(view: RoomView, offer: Offer) -> str:
    """Whom it is done to, by short name, where that is a delegation; its form shows the rest."""
    member = view.seats.delegations.get(offer.fields.get("delegation", ""))
    return member.code if member is not None else ""


def _ref(offer: Offer) -> str | None:
    return next((value for value in offer.fields.values() if value.startswith("e:")), None)


def _address(view: RoomView, offer: Offer, on_behalf: str | None) -> str:
    return address(view.state, offer.rule.name, dict(offer.fields) | ({"for": on_behalf} if on_behalf else {}))
