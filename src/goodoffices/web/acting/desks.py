"""Desks for requests: the one place where a page gets a desk, for the person signed in or for the public."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest

from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.office import Office
from goodoffices.storage.office import open_office


@cache
def office() -> Office:
    """This process's office."""
    return open_office()


def desk(request: HttpRequest) -> Desk:
    """A desk for whoever asks: nobody who is not signed in is anybody but the public."""
    return Desk(office(), request.user.person if request.user.is_authenticated else None)
