"""Doing something in a room: the form of a command, its refusal in place, the signing of what is binding, receipts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from goodoffices.readouts import codes
from goodoffices.readouts.timeline import Shown, shown
from goodoffices.record.entries import cited
from goodoffices.record.signatures import BadSignature
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.binding import BadField
from goodoffices.secretariat.desk import Prepared, Receipt, RoomView, SignatureNeeded
from goodoffices.talks.fields import described
from goodoffices.talks.scene import Refusal, Rule
from goodoffices.web import randomness
from goodoffices.web.accounts import signing
from goodoffices.web.acting import drafts
from goodoffices.web.acting.addresses import back
from goodoffices.web.acting.choosing import Choosing
from goodoffices.web.acting.desks import account, desk, office, venue
from goodoffices.web.acting.form import ROWS, CommandForm, again
from goodoffices.web.commitments import building
from goodoffices.web.reconciling import addresses as reconciling

# Reached through pages of their own
ELSEWHERE = frozenset(
    {
        *("open-talks", "name-key"),
        *("join-lists", "file-list", "give-leave", "withdraw-leave", "erase-person", "erase-list", "export-list"),
        *reconciling.RULES,
    }
)
LISTED = 50  # entries of one act whose proofs a receipt's page lists
_REF = re.compile(r"e:[0-9a-f]{64}")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@login_required
def do(request: HttpRequest, room: str, command: str) -> HttpResponse:
    """The form of one command in one room; posting it is the act."""
    mine = desk(request)
    view = mine.room(room)
    rule = office().rules.get(command)
    if rule is None or command in ELSEWHERE or view.seat() is None:
        raise NotFound
    on_behalf = minuted_for(view, request.GET.get("for"), rule)
    known = {name: str(value) for name, value in request.GET.items() if name != "for"}
    if command == "accredit-delegate" and "person" not in known:
        # Somebody without an account here. Who is to sign in themselves gets an invitation.
        return redirect(f"{request.path}?{urlencode(request.GET.dict() | {'person': randomness.hex_id()})}")
    if command == "set-out-conditions" and "paper" in known and request.method != "POST":
        return redirect(_draft(request, view, known["paper"]))
    choosing = Choosing(view, mine.rooms())
    if request.method != "POST":
        form = CommandForm(rule.command, known, choosing, initial={"act": randomness.hex_id(), **known})
        return _form(request, choosing, rule, form, on_behalf)
    form = CommandForm(rule.command, known, choosing, request.POST, request.FILES)
    if "more" in request.POST:
        form = CommandForm(rule.command, known, choosing, initial=again(form), more=ROWS)
        return _form(request, choosing, rule, form, on_behalf)
    if "build" in request.POST and form.takes_terms:
        return _form(request, choosing, rule, building.built(form, rule, known, choosing), on_behalf)
    if not form.is_valid() or building.refused(form):
        return _form(request, choosing, rule, form, on_behalf)
    return _act(request, choosing, rule, form, on_behalf)


def _draft(request: HttpRequest, view: RoomView, paper: str) -> str:
    """The page on which a paper's conditions are read and filled in."""
    (entry,) = _entries(view, [paper])
    address = reverse("draft-conditions", args=[view.id, entry.seq])
    behalf = request.GET.get("for")
    return f"{address}?{urlencode({'for': behalf})}" if behalf else address


@get_or_post
@login_required
def sign(request: HttpRequest, act: str) -> HttpResponse:
    """What a binding act will say, to be read once more and signed with a passkey."""
    try:
        prepared = drafts.find(account(request), act)
    except NotFound:
        desk(request).receipts(act)  # signed and sent already: a second press of the button does no harm
        return redirect("receipt", act=act)
    if request.method == "POST":
        return _signed(request, prepared)
    view = desk(request).room(prepared.to_sign[0].room)
    seat = view.seat()
    keys = seat.keys if seat else ()
    bodies = [json.loads(one.payload)["body"] for one in prepared.to_sign]
    step = prepared.request.steps[0]
    context = {
        "room": view,
        "act": act,
        "rule": office().rules[step.command],
        "label": _(office().rules[step.command].label),
        "payloads": [json.dumps(json.loads(one.payload), indent=2, ensure_ascii=False) for one in prepared.to_sign],
        "about": shown(view, _entries(view, (ref for body in bodies for ref in cited(body, "e:"))), (), _),
        "said": [
            *_said(office().rules[step.command], step.raw, Choosing(view, desk(request).rooms())),
            *(pair for body in bodies for pair in _counted(body)),
        ],
        "signing": signing.asked([one.payload for one in prepared.to_sign], keys),
        "has_passkey": any(key["type"] == "webauthn" for key in keys),
    }
    return render(request, "acting/sign.html", context)


@require_safe
@login_required
def receipt(request: HttpRequest, act: str) -> HttpResponse:
    """The receipts of one of one's own acts: what it wrote, under which checkpoint, and the proofs of it."""
    mine = desk(request)
    rows = [_received(mine.room(r.room), r) for r in mine.receipts(act)]
    if not rows:
        raise NotFound
    return render(request, "acting/receipt.html", {"act": act, "receipts": rows})


def minuted_for(view: RoomView, delegation: str | None, rule: Rule | None = None) -> str | None:
    """The delegation (id) that the address says the host minutes for. Raises ``NotFound`` where that cannot be."""
    if not delegation:
        return None
    seat, seats = view.seat(), view.seats
    allowed = seat is not None and seat.delegation == seats.host and delegation != seats.host
    if not allowed or not seats.present(delegation) or (rule is not None and not rule.minutable):
        raise NotFound
    return delegation


def _act(
    request: HttpRequest, choosing: Choosing, rule: Rule, form: CommandForm, on_behalf: str | None
) -> HttpResponse:
    view = choosing.view
    act = form.cleaned_data["act"]
    try:
        receipts = desk(request).act(Request(act, (Step(view.id, rule.name, form.raw(), on_behalf),)))
    except SignatureNeeded as needed:
        drafts.keep(account(request), needed.prepared)
        return redirect("sign", act=act)
    except BadField as refusal:
        form.refused(refusal.name, str(refusal))
    except Refusal as refusal:
        form.refused("", str(refusal))
    else:
        return acknowledged(request, receipts, act, back(desk(request).room(view.id).state, rule.name, form.raw()))
    return _form(request, choosing, rule, form, on_behalf)


def acknowledged(request: HttpRequest, receipts: list[Receipt], act: str, to: str) -> HttpResponse:
    """Say that an act is on the record, with its receipt, and go ``to`` an address."""
    count = sum(r.count for r in receipts)
    text = ngettext("It is on the record: {n} entry.", "It is on the record: {n} entries.", count).format(n=count)
    link = format_html('{} <a href="{}">{}</a>', text, reverse("receipt", args=[act]), _("See the receipt"))
    messages.success(request, link)
    return redirect(to)


def _signed(request: HttpRequest, prepared: Prepared) -> HttpResponse:
    act, room = prepared.request.act, prepared.request.steps[0].room
    try:
        given = signing.read(request.POST.get("signatures", ""), len(prepared.to_sign))
        signed = {(t.room, t.index): stored for t, stored in zip(prepared.to_sign, given, strict=True)}
        receipts = desk(request).submit(prepared, signed)
    except SignatureNeeded as needed:
        drafts.keep(account(request), needed.prepared)
        messages.warning(request, _("The room has moved on since you looked. Please read it again and sign anew."))
        return redirect("sign", act=act)
    except BadSignature as error:
        messages.error(request, _("Nothing was written. {why}").format(why=error))
        return redirect("sign", act=act)
    except Refusal as error:
        drafts.drop(account(request), act)
        messages.error(request, _("Nothing was written. {why}").format(why=error))
        return redirect("room", room=room)
    drafts.drop(account(request), act)
    first = prepared.request.steps[0]
    return acknowledged(request, receipts, act, back(desk(request).room(room).state, first.command, first.raw))


def _said(rule: Rule, raw: Mapping[str, Any], choosing: Choosing) -> list[tuple[str, str]]:
    """What a draft's author filled in, but for the entries it is about: label and text."""
    found = []
    for name, f in described(rule.command).items():
        value = raw.get(name)
        if f.type == "flag" and value is True:
            found.append((_(f.label), _("yes")))
        elif f.type == "blob" and isinstance(value, Mapping):
            found.append((_(f.label), "SHA-256 " + hashlib.sha256(value["content"]).hexdigest()))
        elif f.type == "number" and isinstance(value, int | str) and value != "":
            found.append((_(f.label), str(value)))
        elif isinstance(value, str) and f.type != "ref":
            known = dict(choosing.delegations()) if f.type == "delegation" else {}
            found.append((_(f.label), known.get(value, value)))
    return found


def _counted(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How many persons by outcome a stage that is signed has; nothing where it is about something else."""
    counts = body.get("counts")
    if "stage" not in body or not isinstance(counts, Mapping):
        return []
    return [(_("Persons"), ", ".join(f"{count} {codes.outcome(what, _)}" for what, count in counts.items()))]


def _form(
    request: HttpRequest, choosing: Choosing, rule: Rule, form: CommandForm, on_behalf: str | None
) -> HttpResponse:
    view, others = choosing.view, choosing.others
    building.beside(form, view)
    refs = [value for name, value in form.known.items() if form.described[name].type == "ref"]
    seat = view.seat()
    context = {
        "room": view,
        "rule": rule,
        "label": _(rule.label),
        "form": form,
        "about": shown(view, _entries(view, refs), others, _),
        "minuted_for": choosing.names.delegation(on_behalf) if on_behalf else None,
        "binding": rule.binding and on_behalf is None,
        "key": _key(seat.keys if seat else ()),
        "venue": venue(view, others),
    }
    return render(request, "acting/form.html", context, status=422 if form.errors else 200)


def _key(keys: tuple[dict[str, str], ...]) -> str | None:
    """Which kind of signing key is named here, the one a page can use first."""
    kinds = {key["type"] for key in keys}
    return "webauthn" if "webauthn" in kinds else "ssh" if kinds else None


def _entries(view: RoomView, refs: Any) -> list[Any]:
    """The entries that an address or a draft names. Raises ``NotFound`` for anything that is none of this room's."""
    found = []
    for ref in dict.fromkeys(refs):
        if not _REF.fullmatch(ref):
            raise NotFound
        found.append(view.find(ref))
    return found


def _received(view: RoomView, r: Receipt) -> Mapping[str, Any]:
    return {"room": view, "receipt": r, "entries": list(_proofs(view, r)), "more": max(0, r.count - LISTED)}


def _proofs(view: RoomView, r: Receipt) -> Iterator[tuple[Shown, list[str]]]:
    """Each entry with the proof that it is under the receipt's checkpoint, in base64."""
    size = r.first + r.count
    tree = view.desk.office.tree(view.id, size)
    for row in shown(view, view.entries(r.first, min(size, r.first + LISTED)), (), _):
        yield row, [base64.b64encode(node).decode() for node in tree.inclusion(row.seq, size)]
