"""The page of one entry: what it says, its proof, its signature, and the papers it cites."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.papers.sources import SOURCES
from goodoffices.readouts.timeline import Shown, shown, timeline
from goodoffices.record import signatures
from goodoffices.record.entries import Entry
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.talks.corrections import CORRECTIONS
from goodoffices.web.acting.desks import desk, of_talks, venue

EXCERPT = 4_000  # characters of a passage that are shown
CITED_AS = ("paper", "original", "evidence", "working")
"""Fields of a body that hold a paper: presented or a source's text; a source's file; evidence; its working copy."""

_DIGEST = re.compile("[0-9a-f]{64}")
_ENDING = re.compile("[A-Za-z0-9]{1,10}")
_CITATION = re.compile("p:[0-9a-f]{64}")


@dataclass(frozen=True)
class Paper:
    """A paper as an entry cites it. ``size`` in bytes; ``name``: the file's, made safe; ``held``: not erased."""

    digest: str
    size: int
    media: str
    name: str
    held: bool


@require_safe
def entry(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """One entry with its canonical bytes, its proof, its signature and its papers."""
    mine = desk(request)
    view = mine.room(room)
    found = view.entry(seq)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    row = timeline(view, seq, seq + 1, others, _)[0]
    signature = view.signature(found)
    context = {
        "room": view,
        "row": row,
        "entry": found,
        "venue": venue(view, others),
        "line": view.lines(seq, seq + 1)[0].decode(),
        "leaf": found.leaf.hex(),
        "proof": [base64.b64encode(node).decode() for node in view.inclusion(seq)],
        "root": base64.b64encode(view.root).decode(),
        "checkpoint": view.checkpoint(),
        "signature": json.dumps(json.loads(signature), indent=2) if signature else None,
        "signature_type": json.loads(signature)["type"] if signature else None,
        "payload": _payload(found),
        "papers": papers(view, found),
        "corrections": cited_here(view, row.corrected_by, others),
        "about": cited_here(view, row.about, others),
        "correctable": _correctable(view, found),
        "passage": passage(view, found),
    }
    return render(request, "rooms/entry.html", context)


@require_safe
def paper(request: HttpRequest, room: str, seq: int, digest: str) -> HttpResponse:
    """A paper that an entry cites, as handed in; always a download, never shown as a page of this site."""
    view = desk(request).room(room)
    wanted = [p for p in papers(view, view.entry(seq)) if p.digest == digest and p.held]
    if not wanted or not _DIGEST.fullmatch(digest):
        raise NotFound
    kept = view.particulars([f"p:{digest}"])
    if not kept:
        raise NotFound
    response = HttpResponse(kept[f"p:{digest}"].content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{wanted[0].name}"'
    return response


def _correctable(view: RoomView, entry: Entry) -> bool:
    """Whether the viewer's delegation is one of those that may say what is right: whose act it is, or the host."""
    seat, header = view.seat(), entry.header
    if seat is None or not view.goes_on:
        return False
    return seat.delegation in {header.author.delegation, header.on_behalf, view.seats.host}


def cited_here(view: RoomView, refs: tuple[str, ...], others: list[RoomView]) -> list[Shown]:
    """Entries of this room that another one cites, as far as this person may read it."""
    return shown(view, view.found(refs), others, _)


def passage(view: RoomView, entry: Entry) -> str:
    """The words that an entry cites of its source, where they are on this record; at most ``EXCERPT`` characters."""
    named = entry.body.get("read_in")
    if not isinstance(named, Mapping) or not isinstance(named.get("start"), int):
        return ""
    source = view.state[SOURCES].all.get(str(named.get("entry")))
    kept = view.particulars([source.text]) if source is not None and source.text is not None else {}
    if not kept:
        return ""  # only its digest is here, or it was erased
    text = next(iter(kept.values())).content.decode(errors="replace")[named["start"] : named["end"]]
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def papers(view: RoomView, entry: Entry) -> list[Paper]:
    """The papers that an entry cites, or the entry that was released in it."""
    body: Any = entry.body
    if entry.kind == "entry-released":
        body = body.get("body")
    if not isinstance(body, Mapping):
        return []
    return [paper for name in CITED_AS for paper in _paper(view, body.get(name))]


def _paper(view: RoomView, fields: Any) -> list[Paper]:
    if not isinstance(fields, Mapping):
        return []
    citation, name = fields.get("paper"), fields.get("name")
    if not isinstance(citation, str) or not _CITATION.fullmatch(citation):
        return []
    texts = view.words([name]) if isinstance(name, str) else {}
    erased = view.state[CORRECTIONS].erased
    name, media = file_name(texts.get(str(name), "")), str(fields.get("media") or "")
    return [Paper(citation[2:], int(fields.get("size") or 0), media, name, citation not in erased)]


def file_name(name: str) -> str:
    """A name that is safe in a header and on any disk: ASCII letters, digits and hyphens, and one ending."""
    stem, _dot, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    if not stem or not _ENDING.fullmatch(ending):
        stem, ending = f"{stem} {ending}", "bin"
    return f"{slugify(stem)[:100].strip('-') or 'paper'}.{ending.lower()}"


def _payload(entry: Entry) -> str | None:
    """What was signed, as the record makes it of the entry itself."""
    header, signed = entry.header, entry.header.signed
    if signed is None:
        return None
    base = {"size": signed.base.size, "root": signed.base.root}
    return signatures.payload(header.talks, header.room, header.act, header.kind, entry.body, base).decode()
