"""The steps of an exchange in the page: sealing, holding, releasing, opening, tabling. Secrets stay in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.readouts import codes
from goodoffices.secretariat.acts import NotFound, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.sealing import showing, uploads
from goodoffices.web.sealing.acting import done, fault, wants_json
from goodoffices.web.sealing.finding import Of, of

_REF = re.compile("e:[0-9a-f]{64}")


@get_or_post
@login_required
def seal(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """A side seals its paper: in the page, or by handing in what the command line sealed."""
    found = _member(request, room, seq, side=True)
    credentials = [key["id"] for key in found.signing_keys() if key["type"] == "webauthn"]

    def steps() -> list[Step]:
        handed = uploads.uploaded(request, "sealed")
        parts = uploads.seal(handed, found.x.terms) if handed is not None else _parts(request)
        return [_step(found, "seal-paper", {name: {"content": content} for name, content in parts.items()})]

    sealed = found.me in found.x.seals
    page = {"sealed": sealed, "credentials": credentials, "coalitions": showing.coalitions(found)}
    data = {"credentials": credentials, "act": ""}
    return _page(request, found, "seal", steps, page, data)


def _parts(request: HttpRequest) -> dict[str, bytes]:
    parts = {name: uploads.uploaded(request, name) for name in ("outer", "escrow")}
    given = {name: content for name, content in parts.items() if content is not None}
    if len(given) != 2:
        raise Refusal(_("The sealed paper did not arrive whole. Nothing was written; send it again."))
    return given


@get_or_post
@login_required
def hold(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """A holder confirms what it holds of one paper or of both."""
    found = _member(request, room, seq, side=False)
    said = found.x.course.words.get(found.me, {})
    open_ = {side: found.seal_blobs(side) for side in found.x.seals if said.get(side) != "held"}

    def steps() -> list[Step]:
        given = request.POST.getlist("sealed")
        return [_step(found, "hold-paper", {"sealed": ref}) for ref in given]

    refs = {side: found.x.seals[side].ref for side in open_}
    page = {"refs": refs, "sides": [(found.party(side), ref) for side, ref in refs.items()]}
    return _page(request, found, "hold", steps, page, {"sides": open_})


@get_or_post
@login_required
def release(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """A holder releases what it holds of both papers."""
    found = _member(request, room, seq, side=False)

    def steps() -> list[Step]:
        handed = uploads.uploaded(request, "released")
        peels = uploads.release(handed, found.x.terms) if handed is not None else _peels(request, found)
        built = _refs(request) if handed is None else tuple(one.id for one in found.x.course.releases)
        rows = [{"side": side, "peels": {"content": text}} for side, text in peels.items()]
        return [_step(found, "release-papers", {"peels": rows, "builds_on": list(built)})]

    both = found.x.course.both_sealed
    sides = {side: found.seal_blobs(side) for side in found.x.sides} if both else {}
    refs = {side: found.x.seals[side].ref for side in sides}
    data = {"sides": sides, "releases": found.releases()}
    earlier = [release.by for release in found.x.course.releases]
    page = {"refs": refs, "codes": found.x.sides, "released": earlier, "earlier": [found.party(by) for by in earlier]}
    return _page(request, found, "release", steps, page, data)


def _peels(request: HttpRequest, found: Of) -> dict[str, bytes]:
    """By side: from a text field or a file, as the module filled it in."""
    given = {}
    for side in found.x.sides:
        file = request.FILES.get(f"peels-{side}")
        text = file.read() if isinstance(file, UploadedFile) else request.POST.get(f"peels-{side}", "").encode()
        given[side] = text.replace(b"\r\n", b"\n")  # a form's text has the line ends of the network
    return given


def _refs(request: HttpRequest) -> tuple[str, ...]:
    try:
        read: Any = json.loads(request.POST.get("builds_on") or "[]")
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, list) or not all(isinstance(ref, str) and _REF.fullmatch(ref) for ref in read):
        raise Refusal(_("This page was incomplete. Go back and begin anew; nothing was written."))
    return tuple(read)


@get_or_post
@login_required
def open_(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """A side opens the other's paper and says so, or says what is wrong with it."""
    found = _member(request, room, seq, side=True)
    side = found.x.course.counterpart(found.me)

    def steps() -> list[Step]:
        raw = {"side": side, "digest": request.POST.get("digest", "").removeprefix("p:"), **_blank(request)}
        return [_step(found, "open-paper", raw)]

    required = [(topic, codes.topic(topic, _)) for topic in found.x.terms.topics]
    page = {"required": required, "side": side, "side_name": found.party(side), "disputed": side in found.x.disputed}
    page |= {"codes": found.x.sides, "released": [release.by for release in found.x.course.releases]}
    data = {"side": side, "outer": _outer(found, side), "releases": found.releases()}
    return _page(request, found, "open", steps, page, data)


def _outer(found: Of, side: str) -> dict[str, Any] | None:
    return found.seal_blobs(side)["outer"] if side in found.x.seals else None


def _blank(request: HttpRequest) -> dict[str, Any]:
    """Which required topics the opened paper leaves blank, as the page's module or the person says."""
    try:
        read: Any = json.loads(request.POST.get("blank") or "null")
    except (ValueError, RecursionError):
        read = None
    if read is None:
        left = {"blank": request.POST.getlist("left")}
        return {"structured": True, **left} if request.POST.get("structured") else {}
    if not isinstance(read, list) or not all(isinstance(topic, str) for topic in read):
        raise Refusal(_("This page was incomplete. Go back and begin anew; nothing was written."))
    return {"structured": True, "blank": read}


@get_or_post
@login_required
def table(request: HttpRequest, room: str, seq: int, code: str) -> HttpResponse:
    """Table a paper that is out: the file and its salt, checked against what was sealed."""
    found = of(request, room, seq)
    if not found.delegation or code not in found.x.sides:
        raise NotFound

    def steps() -> list[Step]:
        file = request.FILES.get("paper")
        if not isinstance(file, UploadedFile):
            raise Refusal(_("Choose the file of the paper. Nothing was written."))
        paper = {
            "content": file.read(),
            "media": (file.content_type or "application/octet-stream").partition(";")[0],
            "name": file.name,
            "salt": request.POST.get("salt", "").strip().lower(),
        }
        return [_step(found, "table-paper", {"side": code, "paper": paper, "title": request.POST.get("title", "")})]

    own = code == found.me
    digest = found.x.course.digests.get(code, "")
    data: dict[str, Any] = {"side": code, "digest": f"p:{digest}"}
    if not own:
        data |= {"outer": _outer(found, code), "releases": found.releases()}
    page = {"side_name": found.party(code), "own": own, "digest": digest, "tabled": code in found.x.tabled}
    return _page(request, found, "table", steps, page, data)


def _member(request: HttpRequest, room: str, seq: int, *, side: bool) -> Of:
    """The exchange, for one of its sides or holders. What may be done just now, the rules say."""
    found = of(request, room, seq)
    mine = found.x.side(found.delegation) if side else found.x.holder(found.delegation)
    if mine is None:
        raise NotFound
    return found


def _step(found: Of, command: str, raw: Mapping[str, Any]) -> Step:
    return Step(found.view.id, command, {"proposal": found.x.ref, **raw})


def _title(name: str) -> str:
    """What a step's page is called."""
    titles = {
        "seal": _("Seal your paper"),
        "hold": _("Confirm what you hold"),
        "release": _("Release both papers"),
        "open": _("Open the other side's paper"),
        "table": _("Table a paper"),
    }
    return titles[name]


def _page(
    request: HttpRequest,
    found: Of,
    name: str,
    steps: Callable[[], list[Step]],
    more: Mapping[str, Any],
    data: Mapping[str, Any],
) -> HttpResponse:
    why = None
    if request.method == "POST":
        try:
            return done(request, found, steps())
        except Refusal as refusal:
            why = str(refusal)
            if wants_json(request):
                return fault(why)
    act = randomness.hex_id()
    data = found.common() | dict(data)
    context = {
        **showing.frame(found),
        **more,
        "step": _title(name),
        "why": why,
        "act": act,
        "data": data | {"act": act} if "act" in data else data,
        "possible": [offer.rule.name for offer in found.offers()],
    }
    return render(request, f"sealing/{name}.html", context, status=422 if why else 200)
