"""Letters that wait, and sending them: at least once, and not twice but where SMTP cannot tell.

A letter is taken for a while (``TAKEN``) before it is handed to the server, and its row goes once the server has taken
it over. Whoever dies in between leaves it to be tried again, under the same Message-ID, by which mail programs know it:
between the server's word and ours on the disk there is a moment that no protocol closes. Two that send at once never
take the same letter.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from goodoffices.storage.models import Letter

TAKEN = timedelta(minutes=15)  # more than a server may take to answer
LATER = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440, 2880))
"""How long after each failed try the next one comes; after the last a letter is given up."""
AT_ONCE = 200  # letters read at a time
PERMANENT = range(500, 600)  # SMTP codes after which trying again is no use


class NoServer(Exception):
    """The mail server cannot be reached or does not let us in; every letter waits as it was."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"The mail server cannot be used: {_said(error)}. Nothing is lost: run goodoffices mail send again later. "
            "It is named by GOODOFFICES_SMTP_URL."
        )


@dataclass(frozen=True)
class Sent:
    """What one run did. ``waiting``: letters to be tried again. ``given_up``: in this run."""

    sent: int
    waiting: int
    given_up: int


def send() -> Sent:
    """Send all that is due. Raises ``NoServer``."""
    line = _Line()
    try:
        done = [_tried(letter, line) for letter in _due()]
    finally:
        line.close()
    return Sent(done.count("sent"), Letter.objects.filter(given_up=None).count(), done.count("given up"))


class _Line:
    """The connection to the mail server: opened when there is something to send, and anew after a failure."""

    def __init__(self) -> None:
        self._open: BaseEmailBackend | None = None

    def opened(self) -> BaseEmailBackend:
        """Raises ``NoServer``."""
        if self._open is None:
            connection: BaseEmailBackend = get_connection(fail_silently=False)
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as error:
                raise NoServer(error) from error
            self._open = connection
        return self._open

    def close(self) -> None:
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):  # it may be gone already
                self._open.close()
        self._open = None


Outcome = Literal["sent", "failed", "given up", "another's"]


def _tried(letter: Letter, line: _Line) -> Outcome:
    """One letter. Raises ``NoServer``, before the letter is touched."""
    if letter.tries > len(LATER):  # it was taken each time, and nobody lived to say how that went
        return _given_up(letter)
    connection = line.opened()
    if not _take(letter):
        return "another's"
    try:
        message(letter, connection).send()
    except (smtplib.SMTPException, OSError) as error:
        line.close()
        return _failed(letter, error)
    Letter.objects.filter(pk=letter.pk).delete()
    return "sent"


def _due() -> Iterator[Letter]:
    """Those due now, each once; what is made meanwhile is left to the next run."""
    now, seen = timezone.now(), set[str]()
    while True:
        found = Letter.objects.filter(given_up=None, due__lte=now).order_by("due", "pk")[:AT_ONCE]
        new = [letter for letter in found if letter.pk not in seen]
        if not new:
            return
        seen |= {letter.pk for letter in new}
        yield from new


def _take(letter: Letter) -> bool:
    """Of several that send at once, one changes the row."""
    now = timezone.now()
    mine = Letter.objects.filter(pk=letter.pk, tries=letter.tries, due__lte=now, given_up=None)
    return bool(mine.update(tries=letter.tries + 1, due=now + TAKEN))


def message(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The letter as it is sent. A sender's server may add nothing that tells more than this."""
    headers = {"Message-ID": f"<{letter.pk}@{settings.HOST}>", "Auto-Submitted": "auto-generated"}
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(
        letter.subject,
        letter.body,
        settings.DEFAULT_FROM_EMAIL,
        [letter.address],
        headers=headers,
        connection=connection,
    )


def _failed(letter: Letter, error: Exception) -> Outcome:
    """Keep why, and when to try again."""
    tries, now = letter.tries, timezone.now()
    over = tries >= len(LATER) or _code(error) in PERMANENT
    change: dict[str, Any] = {"given_up": now} if over else {"due": now + LATER[tries]}
    Letter.objects.filter(pk=letter.pk).update(why=_said(error), **change)
    return "given up" if over else "failed"


def _given_up(letter: Letter) -> Outcome:
    why = letter.why or "It was tried many times, and no try came to an end."
    Letter.objects.filter(pk=letter.pk, given_up=None).update(given_up=timezone.now(), why=why)
    return "given up"


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(getattr(error, "smtp_code", 0))


def _said(error: Exception) -> str:
    """The server's words; addresses are not repeated."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {_text(text)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(said: Any) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
