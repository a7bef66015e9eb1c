"""The pages of intake: hand a text in, decide on its drafts beside it, enter the source, erase it all.

Sources and drafts are their owner's alone and outside the record; a room's page only says for which room they wait.
Every refusal leaves both the record and the drafts as they were.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodoffices.papers.sources import Source
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.binding import BadField
from goodoffices.secretariat.desk import Desk, RoomView, SignatureNeeded
from goodoffices.statements.intake.files import Unreadable
from goodoffices.storage.models.intake import ACCEPTED, OPEN, SIGNING
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting import drafts as signing
from goodoffices.web.acting.choosing import Choosing
from goodoffices.web.acting.desks import account, desk
from goodoffices.web.acting.form import CommandForm
from goodoffices.web.acting.views import acknowledged, minuted_for
from goodoffices.web.commitments import building
from goodoffices.web.intake import accepting, keeping, showing
from goodoffices.web.intake.forms import Begin, Enter
from goodoffices.web.intake.keeping import Draft, Kept

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's own sources, also for rooms one no longer reads: what is kept can always be erased."""
    rooms = {view.id: view for view in desk(request).rooms()}
    rows = [(row, given, rooms.get(row.room)) for row, given in keeping.of_account(account(request))]
    return render(request, "intake/mine.html", {"rows": rows})


@get_or_post
@login_required
def begin(request: HttpRequest, room: str) -> HttpResponse:
    """Hand a text in for this room. What cannot be read is refused with a sentence, and nothing is kept."""
    view = _seated(desk(request), room)
    if request.method != "POST":
        return _begin(request, view, Begin())
    form = Begin(request.POST, request.FILES)
    if not form.is_valid():
        return _begin(request, view, form)
    try:
        source = keeping.keep(account(request), view.id, form.content(), form.named())
    except Unreadable as error:
        form.add_error(None, _("{why} Nothing was kept.").format(why=error))
        return _begin(request, view, form)
    return redirect("intake-source", room=view.id, source=source)


def _seated(mine: Desk, room: str) -> RoomView:
    """A room in which this person sits and that goes on. Raises ``NotFound``."""
    view = mine.room(room)
    if view.seat() is None or not view.goes_on:
        raise NotFound
    return view


def _begin(request: HttpRequest, view: RoomView, form: Begin) -> HttpResponse:
    context = {"room": view, "form": form, "rows": keeping.of_account(account(request), view.id)}
    return render(request, "intake/begin.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def source(request: HttpRequest, room: str, source: str) -> HttpResponse:
    """The source with its drafts; ``?draft=`` chooses one, ``?way=`` what it is entered as, ``?at=`` a part of it."""
    mine_ = desk(request)
    view = _seated(mine_, room)
    kept = _found(request, mine_, view, source)
    draft = _draft(kept, request.GET.get("draft"))
    return _page(request, view, kept, draft, way=request.GET.get("way"))


def _found(request: HttpRequest, mine_: Desk, view: RoomView, source: str) -> Kept:
    """One's own source for this room, with what was signed on another page meanwhile. Raises ``NotFound``."""
    kept = keeping.find(account(request), view.id, source)
    waiting = [d for d in kept.drafts if d.status == SIGNING]
    for one in waiting:
        seq = accepting.accepted(mine_, view, one)
        if seq is not None:
            keeping.decide(kept, one.number, ACCEPTED, seq)
    return keeping.find(account(request), view.id, source) if waiting else kept


def _draft(kept: Kept, named: str | None) -> Draft | None:
    """The draft of this number; where none is named, the first that is open."""
    if named is None:
        return next(iter(kept.open()), None)
    if not named.isdecimal() or len(named) > 9 or int(named) >= len(kept.drafts):
        raise NotFound
    return kept.drafts[int(named)]


@require_POST
@login_required
def draft(request: HttpRequest, room: str, source: str, number: int) -> HttpResponse:
    """Decide on one draft: accept it as filled in, drop it, or take it up again."""
    mine_ = desk(request)
    view = _seated(mine_, room)
    kept = _found(request, mine_, view, source)
    one = _draft(kept, str(number)[:9])
    if one is None:
        raise NotFound
    match request.POST.get("do"):
        case "drop" if one.status in {OPEN, SIGNING}:
            keeping.decide(kept, one.number, "dropped")
            return _next(kept, one)
        case "again":
            keeping.again(kept, one.number)
            return redirect(_address(kept, one.number))
        case "accept" | None if one.status in {OPEN, SIGNING}:
            return _accept(request, mine_, view, kept, one)
        case _:
            return redirect(_address(kept, one.number))


def _address(kept: Kept, number: int | None) -> str:
    where = reverse("intake-source", args=[kept.room, kept.id])
    return where if number is None else f"{where}?draft={number}#draft"


def _next(kept: Kept, after: Draft) -> HttpResponse:
    """On to the next draft that is open: one further down, else the first."""
    left = [d.number for d in kept.drafts if d.status == OPEN and d.number != after.number]
    further = next((n for n in left if n > after.number), left[0] if left else None)
    return redirect(_address(kept, further))


def _accept(request: HttpRequest, mine_: Desk, view: RoomView, kept: Kept, one: Draft) -> HttpResponse:
    source = accepting.source_of(view, kept.given)
    if source is None:
        return _page(request, view, kept, one, status=422)
    way, rule = accepting.chosen(one, request.POST.get("way"))
    choosing = Choosing(view, mine_.rooms())
    form = accepting.form(choosing, kept, one, way, rule, source, request.POST, request.FILES)
    if "build" in request.POST and form.takes_terms:
        return _page(request, view, kept, one, way.command, building.built(form, rule, form.known, choosing))
    if not form.is_valid() or building.refused(form) or form.cleaned_data["act"] != one.act:
        return _page(request, view, kept, one, way.command, form)
    on_behalf = minuted_for(view, request.POST.get("for"), rule)
    try:
        receipts = mine_.act(Request(one.act, (Step(view.id, rule.name, form.raw(), on_behalf),)))
    except SignatureNeeded as needed:
        signing.keep(account(request), needed.prepared)
        keeping.decide(kept, one.number, SIGNING)
        return redirect("sign", act=one.act)
    except BadField as refusal:
        form.refused(refusal.name, str(refusal))
    except Refusal as refusal:
        form.refused("", str(refusal))
    else:
        seq = next((r.first for r in receipts if r.room == view.id), None)
        keeping.decide(kept, one.number, ACCEPTED, seq)
        to = _next(kept, one)["Location"]
        return acknowledged(request, receipts, one.act, to)
    return _page(request, view, kept, one, way.command, form)


def _page(
    request: HttpRequest, view: RoomView, kept: Kept, one: Draft | None, way: str | None = None,
    form: CommandForm | None = None, enter: Enter | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    mine_ = desk(request)
    choosing = Choosing(view, mine_.rooms())
    source = accepting.source_of(view, kept.given)
    at = request.GET.get("at", "")
    window = showing.window(kept, one, int(at) if at.isdecimal() and len(at) < 9 else None)
    context: dict[str, Any] = {
        "room": view,
        "kept": kept,
        "window": window,
        "rows": [_row(kept, d) for d in kept.drafts if window.start <= d.proposal.start < window.end],
        "total": len(kept.drafts),
        "counts": _counts(kept),
        "source": source,
        "source_seq": view.find(source.ref).seq if source is not None else None,
        "enter": enter or _enter(kept) if source is None else None,
        "chosen": one,
        **(_chosen(choosing, kept, one, way, form, source) if one is not None else {}),
    }
    bad = (form is not None and form.errors) or (enter is not None and enter.errors)
    return render(request, "intake/source.html", context, status=422 if bad else status)


def _chosen(
    choosing: Choosing, kept: Kept, one: Draft, way: str | None, form: CommandForm | None, source: Source | None
) -> dict[str, Any]:
    """What the page says of the chosen draft, and the form that accepts it where its source is on the record."""
    proposal = one.proposal
    current, rule = accepting.chosen(one, way)
    numbers = [d.number for d in kept.drafts]
    context: dict[str, Any] = {
        "words": kept.given.text[proposal.start : proposal.end],
        "kind": showing.kind_name(proposal.kind),
        "status": showing.status_name(one.status),
        "notes": [(showing.note_name(note.what), note.text) for note in proposal.notes],
        "ways": [(w.command, _(r.label), w.command == current.command) for w, r in accepting.rules(one)],
        "way": current.command,
        "label": _(rule.label),
        "previous": one.number - 1 if one.number > 0 else None,
        "following": one.number + 1 if one.number + 1 < len(numbers) else None,
        "position": one.number + 1,
    }
    if source is not None and one.status in {OPEN, SIGNING}:
        made = form or accepting.form(choosing, kept, one, current, rule, source)
        building.beside(made, choosing.view)
        filled, more = accepting.parts(made)
        context |= {"filled": filled, "more": more}
        context |= {"form": made, "behalves": accepting.behalves(choosing) if rule.minutable else []}
    return context


def _row(kept: Kept, d: Draft) -> dict[str, Any]:
    text = " ".join(kept.given.text[d.proposal.start : d.proposal.end].split())
    return {
        "number": d.number,
        "kind": showing.kind_name(d.proposal.kind),
        "status": d.status,
        "stands": showing.status_name(d.status),
        "seq": d.seq,
        "text": text,
    }


def _counts(kept: Kept) -> str:
    left = len(list(kept.open()))
    return ngettext("{n} draft waits for you.", "{n} drafts wait for you.", left).format(n=left)


def _enter(kept: Kept) -> Enter:
    given = kept.given
    initial = {"act": randomness.hex_id(), "title": given.title, "outlet": given.outlet, "published": given.published}
    return Enter(initial=initial)


@require_POST
@login_required
def enter(request: HttpRequest, room: str, source: str) -> HttpResponse:
    """Enter the source on the room's record, so that entries can cite it."""
    mine_ = desk(request)
    view = _seated(mine_, room)
    kept = keeping.find(account(request), room, source)
    form = Enter(request.POST)
    if not form.is_valid():
        return _page(request, view, kept, _draft(kept, None), enter=form)
    if accepting.source_of(view, kept.given) is not None:
        return redirect(_address(kept, None))
    act = form.cleaned_data["act"]
    try:
        receipts = mine_.act(Request(act, (Step(view.id, "enter-source", _source(kept, form)),)))
    except BadField as refusal:
        form.add_error(refusal.name if refusal.name in form.fields else None, str(refusal))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    else:
        return acknowledged(request, receipts, act, _address(kept, None))
    return _page(request, view, kept, _draft(kept, None), enter=form)


def _source(kept: Kept, form: Enter) -> dict[str, Any]:
    given, data = kept.given, form.cleaned_data
    raw = {name: data[name] for name in ("title", "outlet", "published", "custody") if data[name].strip()}
    if data["how"] == "digest":
        return raw | {"digest": accepting.digest(given), "characters": len(given.text)}
    raw["text"] = {"content": given.text.encode(), "media": "text/plain", "name": "text.txt"}
    if given.original is not None and given.original != given.text.encode():
        raw["original"] = {"content": given.original, "media": _media(given.media), "name": given.name}
    return raw


def _media(media: str) -> str:
    return media.partition(";")[0].strip().lower()


@require_POST
@login_required
def erase(request: HttpRequest, source: str) -> HttpResponse:
    """Take away a source and its drafts; what was accepted stays on the record."""
    keeping.erase(account(request), source)
    messages.success(request, _("The text and its drafts are erased. What you accepted stays on the record."))
    return redirect("intake-mine")
