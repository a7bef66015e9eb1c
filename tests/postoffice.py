"""A mail server on loopback: takes letters, or refuses them as a test says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """``letters``: as they came. ``answers``: by recipient, what the server says instead of taking one."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"


@contextmanager
def open_for_letters() -> Iterator[PostOffice]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        office = PostOffice(int(listener.getsockname()[1]))
    controller = Controller(office, hostname="127.0.0.1", port=office.port, server_hostname="mail.test")
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def links(letter: EmailMessage) -> list[str]:
    """Every address in a letter's text."""
    return [word for word in letter.get_content().split() if word.startswith("http")]
