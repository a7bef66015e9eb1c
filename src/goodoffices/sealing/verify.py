"""Whether an exchange is what it says: of slips and sealed files, or of a room's record, by the same course and checks.

``verify`` names the first fault it finds. It shows what can be shown of what is there: of papers that are not
given, that what the sides sealed, the holders released and the counterparts found fits together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from goodoffices.sealing import agefile, bundle, escrow, header, history, layers, outers, slips
from goodoffices.sealing.bundle import BadFile, Dossier
from goodoffices.sealing.course import Course
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.history import History
from goodoffices.sealing.slips import BadSlip
from goodoffices.sealing.terms import BadTerms, Terms


class ExchangeFault(ValueError):
    """The first thing found wrong; the message is a sentence that names what, and why."""


@dataclass(frozen=True)
class Verified:
    """An exchange in which nothing is wrong. ``notes``: what can be said of it beside how far it has come."""

    terms: Terms
    course: Course
    notes: tuple[str, ...] = field(default=())


def verify(data: bytes) -> Verified:
    """Verify a bundle of an exchange on paper. Raises ``ExchangeFault``."""
    try:
        dossier = bundle.read(data)
    except (BadFile, BadTerms, BadSlip) as error:
        raise ExchangeFault(str(error)) from None
    return verify_dossier(dossier)


def verify_dossier(dossier: Dossier) -> Verified:
    """Raises ``ExchangeFault``."""
    found = history.read(dossier.terms, dossier.slips.values(), dossier.seals)
    if found.faults:
        raise ExchangeFault(str(found.faults[0]))
    if found.missing:
        raise ExchangeFault(f"The sealed file of {' and '.join(found.missing)} is missing.")
    for side in dossier.seals:
        if side not in {slip.by for slip in found.slips if slip.kind == "paper-sealed"}:
            raise ExchangeFault(f"No slip says that {side} sealed what lies under its name.")
        _check_seal(dossier.terms, dossier.seals[side])
    _check_papers(dossier, found.course)
    return Verified(dossier.terms, found.course, tuple(_notes(dossier, found)))


def check_form(terms: Terms, outer: bytes, text: bytes) -> None:
    """What everybody can see of a sealed paper without any key. Raises ``BadLayer`` (``malformed``)."""
    header.read(outer)
    if not outers.fits_bucket(terms, len(outer)):
        raise BadLayer("malformed", f"The outer layer has {len(outer):,} bytes, which is not the size in the terms.")
    for layer in escrow.layers(terms, text).values():
        header.read(layer)


def _check_seal(terms: Terms, seal: Seal) -> None:
    try:
        check_form(terms, seal.outer, seal.escrow)
    except BadLayer as error:
        raise ExchangeFault(f"The seal of {seal.side}: {error}") from None


def _check_papers(dossier: Dossier, course: Course) -> None:
    for side, paper in dossier.papers.items():
        if hashlib.sha256(paper).hexdigest() != course.digests.get(side):
            raise ExchangeFault(f"The paper of {side} is not the one that was sealed.")


def _notes(dossier: Dossier, found: History) -> Iterator[str]:
    dated = {slip.id: slip.at for slip in found.slips}
    for slip in found.slips:
        if any(dated[id] > slip.at for id in slip.after if id in dated and slip.act is None):
            yield f"{slip.by} dated {slip.kind} {slip.at}, before something it had seen: one of the clocks is wrong."
        if isinstance(slip.body, slips.HoldingDisputed):
            yield f"{slip.by} finds the seal of {slip.body.side} at fault ({slip.body.fault}); only its key shows it."
        if isinstance(slip.body, slips.OpeningDisputed):
            body, seal = slip.body, dossier.seals[slip.body.side]
            yield judged(dossier.terms, found.releases, seal, slip.by, body.fault, body.file_key)


def judged(terms: Terms, releases: Sequence[Given], seal: Seal, by: str, fault: str, file_key: str | None) -> str:
    """What a dispute of an opened paper shows to everybody. ``file_key``: as given with it, in base64."""
    said = f"{by} disputes the paper of {seal.side} ({fault})"
    key = slips.file_key(file_key) if file_key is not None else None
    secret = escrow.secret(terms, seal.side, releases)
    if key is None or secret is None:
        return f"{said} and gives no file key: nobody else can tell which of the two is right."
    return f"{said}. {shown_by(terms, seal, secret, key)}"


def shown_by(terms: Terms, seal: Seal, secret: bytes, file_key: bytes) -> str:
    """What everybody finds in the inner layer by its file key; ``secret``: of E."""
    digest, inner = outers.open_outer(terms, seal.side, seal.outer, secret)
    try:
        if not agefile.fits(header.read(inner), file_key):
            return "The file key given is not that of the paper's layer, so it shows nothing."
        layers.open_inner_by(terms, seal.side, digest, inner, file_key)
    except BadLayer as error:
        return f"It is so, for everybody to see ({error.fault}): {error}"
    return "It is not so: by the file key given, the paper inside is right."
