"""Letters in tests of pages: a real mail server, and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.postoffice import PostOffice, open_for_letters


@dataclass
class Clock:
    """The time that rows outside the record are made at."""

    now: datetime = field(default_factory=lambda: datetime(2030, 1, 15, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("django.utils.timezone.now", made)
    return made


@pytest.fixture
def post(settings: Any, clock: Clock) -> Iterator[PostOffice]:
    with open_for_letters() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office
