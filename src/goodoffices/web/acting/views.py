"""Doing something in a room: the form of a command, its refusal in place, and the signing of what is binding."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodoffices.readouts.timeline import timeline
from goodoffices.record import signatures
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.binding import BadField
from goodoffices.secretariat.desk import NotFound, Receipt, RoomView, SignatureNeeded
from goodoffices.talks.scene import Refusal, Rule
from goodoffices.web import randomness
from goodoffices.web.acting import drafts
from goodoffices.web.acting.desks import desk, office
from goodoffices.web.acting.form import Choosing, CommandForm

NOT_HERE = frozenset({"open-talks", "accredit-delegate", "name-key"})  # reached through pages of their own


@login_required
def do(request: HttpRequest, room: str, command: str) -> HttpResponse:
    """The form of one command in one room; posting it is the act."""
    view = desk(request).room(room)
    rule = office().rules.get(command)
    if rule is None or view.seat() is None:
        raise NotFound
    on_behalf = request.GET.get("for") or None
    known = {name: value for name, value in request.GET.items() if name != "for"}
    choosing = Choosing(view, desk(request).rooms())
    if request.method != "POST":
        form = CommandForm(rule.command, known, choosing, initial={"act": randomness.hex_id(), **known})
        return _form(request, view, rule, form, on_behalf)
    form = CommandForm(rule.command, known, choosing, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, view, rule, form, on_behalf, status=422)
    step = Step(room, command, form.raw(), on_behalf)
    try:
        receipts = desk(request).act(Request(form.cleaned_data["act"], (step,)))
    except SignatureNeeded as needed:
        drafts.keep(request.user, needed.prepared)
        return redirect("sign", act=needed.prepared.request.act)
    except Refusal as refusal:
        form.refused(refusal.name if isinstance(refusal, BadField) else None, str(refusal))
        return _form(request, view, rule, form, on_behalf, status=422)
    return acknowledged(request, receipts, room, form.cleaned_data["act"])


@login_required
def sign(request: HttpRequest, act: str) -> HttpResponse:
    """What a binding act will say, to be read once more and signed with a passkey."""
    prepared = drafts.find(request.user, act)
    if request.method == "POST":
        return _signed(request, act)
    view = desk(request).room(prepared.to_sign[0].room)
    seat = view.seat()
    keys = [key for key in (seat.keys if seat else ()) if key["type"] == "webauthn"]
    shown = [{"kind": t.kind, "payload": json.dumps(json.loads(t.payload), indent=2)} for t in prepared.to_sign]
    about = [ref for t in prepared.to_sign for ref in _refs(json.loads(t.payload)["body"])]
    context = {
        "room": view,
        "act": act,
        "rule": office().rules[prepared.request.steps[0].command],
        "shown": shown,
        "about": [s for ref in about for s in _shown(view, ref)],
        "challenges": json.dumps([_b64(signatures.challenge(t.payload)) for t in prepared.to_sign]),
        "credentials": json.dumps([key["id"] for key in keys]),
        "has_passkey": bool(keys),
    }
    return render(request, "acting/sign.html", context)


@login_required
def receipt(request: HttpRequest, act: str) -> HttpResponse:
    """The receipts of one of one's own acts: where it stands and under which checkpoint."""
    receipts = desk(request).receipts(act)
    shown = [{"receipt": r, "room": desk(request).room(r.room), "proof": _proof(request, r)} for r in receipts]
    return render(request, "acting/receipt.html", {"act": act, "receipts": shown})


def acknowledged(request: HttpRequest, receipts: list[Receipt], room: str, act: str) -> HttpResponse:
    """Say that an act is on the record, and go back to the room."""
    count = sum(r.count for r in receipts)
    text = ngettext("It is on the record: {n} entry.", "It is on the record: {n} entries.", count).format(n=count)
    messages.success(request, text, extra_tags=reverse("receipt", args=[act]))
    return redirect("room", room=room)


def _signed(request: HttpRequest, act: str) -> HttpResponse:
    prepared = drafts.find(request.user, act)
    room = prepared.request.steps[0].room
    try:
        given = _assertions(request.POST.get("signatures", ""), len(prepared.to_sign))
        signed = {(t.room, t.index): stored for t, stored in zip(prepared.to_sign, given, strict=True)}
        receipts = desk(request).submit(prepared, signed)
    except SignatureNeeded as needed:
        drafts.keep(request.user, needed.prepared)
        messages.error(request, _("The room has moved on since you looked. Please read it again and sign anew."))
        return redirect("sign", act=act)
    except (Refusal, signatures.BadSignature, ValueError) as error:
        messages.error(request, _("Nothing was written. {why}").format(why=error))
        return redirect("room", room=room)
    drafts.drop(request.user, act)
    return acknowledged(request, receipts, room, act)


def _assertions(text: str, expected: int) -> list[bytes]:
    """The stored forms of the assertions the page made. Raises ``ValueError`` in plain words."""
    try:
        given = json.loads(text)
        if not isinstance(given, list) or len(given) != expected:
            raise ValueError
        return [_stored(one) for one in given]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(_("The signature did not arrive in a form that can be read.")) from error


def _stored(given: Mapping[str, Any]) -> bytes:
    from goodoffices.record import canonical

    names = ("type", "key", "authenticatorData", "clientDataJSON", "signature")
    return canonical.encode({name: str(given[name]) for name in names})


def _form(
    request: HttpRequest, view: RoomView, rule: Rule, form: CommandForm, on_behalf: str | None, status: int = 200
) -> HttpResponse:
    about = [s for name, value in form.known.items() if value.startswith("e:") for s in _shown(view, value)]
    context = {"room": view, "rule": rule, "form": form, "about": about, "on_behalf": on_behalf}
    context["minuted_for"] = dict(form._choosing.delegations()).get(on_behalf or "")
    return render(request, "acting/form.html", context, status=status)


def _shown(view: RoomView, ref: str) -> list[Any]:
    seq = view.find(ref).seq
    return list(timeline(view, seq, seq + 1, (), _))


def _refs(body: Mapping[str, Any]) -> list[str]:
    return [value for value in body.values() if isinstance(value, str) and value.startswith("e:")]


def _proof(request: HttpRequest, r: Receipt) -> list[str]:
    tree = office().tree(r.room, r.first + r.count)
    return [base64.b64encode(node).decode() for node in tree.inclusion(r.first)]


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
