"""What this machine's settings say of letters."""

from __future__ import annotations

from django.conf import settings


def sends() -> bool:
    """Whether letters can be sent at all; where not, no page asks for an address."""
    return bool(settings.EMAIL_HOST)


def base() -> str:
    """Where this Good Offices is reached, as far as the settings know."""
    return "http://localhost:8000" if settings.LOCAL else f"https://{settings.HOST}"
