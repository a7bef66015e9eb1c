"""What the command line made, handed in as a file: seals and releases, read no further than to find their parts."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.sealing.escrow import MAX_ESCROW_BYTES
from goodoffices.talks.scene import Refusal

MAX_RELEASED = 4 * 1024 * 1024  # bytes: the peels of both papers, at most 1 MiB each, and the slip around them


def uploaded(request: HttpRequest, name: str) -> bytes | None:
    """The file in this field, or None. Whether it is too large was found before (``MAX_UPLOAD_BYTES``)."""
    file = request.FILES.get(name)
    return file.read() if isinstance(file, UploadedFile) else None


def seal(content: bytes) -> dict[str, bytes]:
    """``outer`` and ``escrow`` of a ``CODE.sealed``. Raises ``Refusal``."""
    found: dict[str, bytes] = {}
    wanted = {"outer.age": "outer", "escrow.txt": "escrow"}
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                part = archive.extractfile(member) if member.isfile() else None
                if member.name in wanted and part is not None:
                    found[wanted[member.name]] = part.read()
    except (tarfile.TarError, OSError, ValueError):
        found = {}
    if found.keys() != {"outer", "escrow"}:
        raise Refusal(
            _("This is no sealed paper as “goodoffices seal” makes it (such as A.sealed). Nothing was written.")
        )
    return found


def release(content: bytes, exchange: str) -> dict[str, bytes]:
    """By side, the peels in a ``CODE.released``. Raises ``Refusal``."""
    try:
        if len(content) > MAX_RELEASED:
            raise ValueError
        body: Any = json.loads(content)["slip"]
        peels = {str(side): str(text).encode("ascii") for side, text in body["body"]["peels"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(
            _("This is no release as “goodoffices release” makes it (such as h1.released). Nothing was written.")
        ) from error
    if body.get("exchange") != exchange:
        raise Refusal(_("This release was made for another exchange. Nothing was written."))
    if any(len(text) > MAX_ESCROW_BYTES for text in peels.values()):
        raise Refusal(_("The peels in this file are larger than any peels are. Nothing was written."))
    return peels
