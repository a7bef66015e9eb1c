"""By which server letters leave: ``GOODOFFICES_SMTP_URL``.

``smtp://user:password@host:587`` speaks STARTTLS, unless the host is this very machine; ``smtps://…`` speaks TLS from
the start (port 465). Without one nothing is sent, and no page asks for an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 30  # before a server that does not answer is given up


class BadMailServer(ValueError):
    """``GOODOFFICES_SMTP_URL`` cannot be used; the message says what it should look like."""


@dataclass(frozen=True)
class MailServer:
    """``host`` is empty where none is named. ``tls``: from the start."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def settings(url: str) -> MailServer:
    """The mail server of this address. Raises ``BadMailServer``."""
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadMailServer(f"GOODOFFICES_SMTP_URL cannot be read: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadMailServer("GOODOFFICES_SMTP_URL should look like smtp://user:password@host:587, or smtps://…")
    return MailServer(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and parts.hostname not in THIS_MACHINE,
    )
