"""Where public pages lie: on this server, or in an exported folder, where every address is relative.

Both have the same shape, so that a folder served at the same place keeps every address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

FEEDS = {"atom": "feed.atom", "json": "feed.json"}
"""Kinds of feed, and the file each lies in."""


class Addresses(Protocol):
    """Addresses as they are written in one page."""

    def front(self) -> str: ...

    def talks(self, talks: str) -> str: ...

    def whole(self, talks: str) -> str: ...

    def item(self, talks: str, leaf: str) -> str: ...

    def feed(self, kind: str, talks: str = "") -> str: ...

    def bundle(self, talks: str, room: str) -> str: ...


@dataclass(frozen=True)
class OnServer:
    """``base``: ``https://host`` where addresses have to be whole, as in feeds and letters; else empty."""

    base: str = ""

    def front(self) -> str:
        return self.base + reverse("public")

    def talks(self, talks: str) -> str:
        return self.base + reverse("public-talks", args=[talks])

    def whole(self, talks: str) -> str:
        return self.base + reverse("public-whole", args=[talks])

    def item(self, talks: str, leaf: str) -> str:
        return self.base + reverse("published", args=[talks, leaf])

    def feed(self, kind: str, talks: str = "") -> str:
        return self.base + (reverse("feed-of-talks", args=[talks, kind]) if talks else reverse("feed", args=[kind]))

    def bundle(self, talks: str, room: str) -> str:  # noqa: ARG002 - the room says it all here
        return self.base + reverse("export", args=[room])


@dataclass(frozen=True)
class InFolder:
    """``up``: the way to the top of the folder (such as ``../``), or the address it is to be served at."""

    up: str = ""

    def front(self) -> str:
        return f"{self.up}index.html"

    def talks(self, talks: str) -> str:
        return f"{self.up}{talks}/index.html"

    def whole(self, talks: str) -> str:
        return f"{self.up}{talks}/all/index.html"

    def item(self, talks: str, leaf: str) -> str:
        return f"{self.up}{talks}/{leaf}/index.html"

    def feed(self, kind: str, talks: str = "") -> str:
        return f"{self.up}{talks}/{FEEDS[kind]}" if talks else self.up + FEEDS[kind]

    def bundle(self, talks: str, room: str) -> str:
        return f"{self.up}{talks}/{room}.zip"
