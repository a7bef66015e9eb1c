"""What the page of an exchange shows: its terms, who is in it and under which keys, and how far each paper has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodoffices.readouts import codes
from goodoffices.sealing import coalitions as coalitions_
from goodoffices.sealing.terms import Side
from goodoffices.web.acting.addresses import address
from goodoffices.web.rooms.actions import Link
from goodoffices.web.sealing.finding import Of, fingerprints

ASIDE = frozenset({"dispute-holding", "dispute-opening"})  # on the page of what they dispute


@dataclass(frozen=True)
class Party:
    """A side or holder. ``agreed``: the seq of its agreement. ``fingerprint``: of its keys, to be read aloud."""

    code: str
    name: str
    side: bool
    fingerprint: str
    agreed: int | None


@dataclass(frozen=True)
class Word:
    """What a holder says of a seal: ``held``, a fault, or nothing. ``seq``: the entry."""

    holder: str
    says: str
    fault: str
    seq: int | None


@dataclass(frozen=True)
class Paper:
    """A side's paper. Numbers are the seqs of entries. ``blank``: topics; None where the paper has no topics."""

    code: str
    name: str
    sealed: int | None
    at: str
    outer: str
    size: int
    words: tuple[Word, ...]
    digest: str
    opened: int | None
    blank: tuple[str, ...] | None
    disputed: int | None
    fault: str
    tabled: int | None


@dataclass(frozen=True)
class Release:
    code: str
    name: str
    seq: int | None


def frame(found: Of) -> dict[str, Any]:
    """What every page of an exchange shows."""
    x = found.x
    return {
        "room": found.view,
        "of": found,
        "x": x,
        "me": found.me,
        "stage": codes.stage(x.stage, _),
        "weaker": x.terms.weaker,
        "venue": found.venue,
        "exchange_url": found.address("exchange"),
        "opens": codes.holders(x.terms.k, len(x.terms.holders), _),
        "topics": [codes.topic(topic, _) for topic in x.terms.topics],
        "holder_names": [found.party(holder.code) for holder in x.terms.holders],
    }


def parties(found: Of) -> list[Party]:
    prints = fingerprints(found.x)
    seqs = _seqs(found, found.x.agreed.values())
    return [
        Party(
            one.code,
            found.party(one.code),
            isinstance(one, Side),
            prints[one.code],
            seqs.get(found.x.agreed.get(one.code, "")),
        )
        for one in found.x.terms.parties
    ]


def papers(found: Of) -> list[Paper]:
    x = found.x
    refs = [seal.ref for seal in x.seals.values()]
    refs += [ref for seal in x.seals.values() for ref in seal.words.values()]
    refs += [one.ref for said in (x.opened, x.disputed) for one in said.values()]
    seqs = _seqs(found, [*refs, *x.tabled.values()])
    return [_paper(found, side, seqs) for side in x.sides]


def _paper(found: Of, side: str, seqs: dict[str, int]) -> Paper:
    x = found.x
    seal, opened, disputed = x.seals.get(side), x.opened.get(side), x.disputed.get(side)
    blank = opened.blank if opened is not None else None
    return Paper(
        code=side,
        name=found.party(side),
        sealed=seqs.get(seal.ref) if seal else None,
        at=seal.at if seal else "",
        outer=seal.outer_sha256 if seal else "",
        size=seal.sizes[0] if seal else 0,
        words=tuple(_words(found, side, seqs)) if seal else (),
        digest=x.course.digests.get(side, ""),
        opened=seqs.get(opened.ref) if opened else None,
        blank=tuple(codes.topic(topic, _) for topic in blank) if blank is not None else None,
        disputed=seqs.get(disputed.ref) if disputed else None,
        fault=codes.fault(x.course.disputed.get(side, ""), _) if disputed else "",
        tabled=seqs.get(x.tabled.get(side, "")),
    )


def _words(found: Of, side: str, seqs: dict[str, int]) -> Iterator[Word]:
    x = found.x
    for holder in x.course.holders:
        says = x.course.words.get(holder, {}).get(side, "")
        fault = codes.fault(says, _) if says not in {"", "held"} else ""
        yield Word(found.party(holder), says, fault, seqs.get(x.seals[side].words.get(holder, "")))


def releases(found: Of) -> list[Release]:
    """Holders that have released, in the order of the record, and then those who have not."""
    x = found.x
    seqs = _seqs(found, [one.id for one in x.course.releases])
    given = [Release(one.by, found.party(one.by), seqs.get(one.id)) for one in x.course.releases]
    left = [h for h in x.course.holders if h not in {one.by for one in x.course.releases}]
    return given + [Release(holder, found.party(holder), None) for holder in left]


def coalitions(found: Of) -> list[dict[str, Any]]:
    """For each side, who could read its paper early by acting together, in words; one's own paper first."""
    sides = sorted(found.x.sides, key=lambda side: side != found.me)
    told = (coalitions_.in_words(found.x.terms, side, found.party) for side in sides)
    return [{"leads": lines[0], "who": lines[1:-1], "ends": lines[-1]} for lines in told]


def links(found: Of) -> list[Link]:
    """What the person may do now, each once, those with a page of their own first."""
    made: dict[str, Link] = {}
    for offer in found.offers():
        if offer.rule.name not in ASIDE:
            url = address(found.view.state, offer.rule.name, offer.fields)
            about = found.party(offer.fields["side"]) if offer.rule.name == "table-paper" else ""
            made.setdefault(url, Link(_(offer.rule.label), url, about))
    return list(made.values())


def _seqs(found: Of, refs: Any) -> dict[str, int]:
    """The seqs of these entries, in one reading."""
    return {entry.ref: entry.seq for entry in found.view.found(ref for ref in refs if ref)}
