"""What the command line made, handed in as a file: seals and releases, each of this exchange and signed in it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.sealing import bundle, slips
from goodoffices.sealing.bundle import BadFile
from goodoffices.sealing.slips import BadSlip, PapersReleased
from goodoffices.sealing.terms import Terms
from goodoffices.talks.scene import Refusal


def uploaded(request: HttpRequest, name: str) -> bytes | None:
    """The file in this field, or None. Whether it is too large was found before (``MAX_UPLOAD_BYTES``)."""
    file = request.FILES.get(name)
    return file.read() if isinstance(file, UploadedFile) else None


def seal(content: bytes, terms: Terms) -> dict[str, bytes]:
    """``outer`` and ``escrow`` of a ``CODE.sealed``. Raises ``Refusal``."""
    try:
        slip, found = bundle.read_sealed(content)
        slips.check(terms, slip)
    except (BadFile, BadSlip) as error:
        raise Refusal(_("{why} Nothing was written.").format(why=error)) from error
    return {"outer": found.outer, "escrow": found.escrow}


def release(content: bytes, terms: Terms) -> dict[str, bytes]:
    """By side, the peels in a ``CODE.released``. Raises ``Refusal``."""
    try:
        slip = slips.read(content)
        slips.check(terms, slip)
    except BadSlip as error:
        raise Refusal(_("{why} Nothing was written.").format(why=error)) from error
    if not isinstance(slip.body, PapersReleased):
        raise Refusal(_("This is another step of the exchange, and no release. Nothing was written."))
    return {side: text.encode() for side, text in slip.body.peels.items()}
