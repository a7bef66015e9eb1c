"""Atom (RFC 4287) and JSON Feed 1.1 of what was published.

Ids never change: they are made of the talks' random id and of the leaf hash of what was published, as UUIDs of version
8 (RFC 9562), so that a reader who moves from one address of these pages to another meets nothing twice. Times are the
record's.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodoffices.readouts import published
from goodoffices.readouts.published import Published
from goodoffices.web.public.addresses import Addresses
from goodoffices.web.public.finding import PublicTalks

NEWEST = 50  # things published that a feed holds
TYPES = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}


@dataclass(frozen=True)
class Item:
    """Times are RFC 3339 UTC; ``html`` is safe to show."""

    id: str
    url: str
    title: str
    html: str
    published: str
    updated: str
    sort: str
    by: str


@dataclass(frozen=True)
class Feed:
    """``url`` is its own address, ``home`` the page it belongs to."""

    id: str
    title: str
    url: str
    home: str
    by: str
    updated: str
    items: tuple[Item, ...]


def of_talks(one: PublicTalks, to: Addresses, kind: str) -> Feed:
    """The feed of one talks."""
    items = tuple(_item(one, told, to) for told in published.newest(one.rooms, NEWEST, _))
    by = one.host
    return Feed(_urn(one.id), one.title, to.feed(kind, one.id), to.talks(one.id), by, one.at, items)


def of_all(all_talks: Iterable[PublicTalks], to: Addresses, kind: str) -> Feed:
    """The feed of all talks: the newest of each, by time."""
    found = list(all_talks)
    feeds = [of_talks(one, to, kind) for one in found]
    named = (
        Item(i.id, i.url, f"{f.title}: {i.title}", i.html, i.published, i.updated, i.sort, i.by)
        for f in feeds
        for i in f.items
    )
    items = sorted(named, key=lambda item: item.published, reverse=True)[:NEWEST]
    updated = max((f.updated for f in feeds), default="1970-01-01T00:00:00.000Z")
    title = _("Public talks")
    id = uuid.uuid5(uuid.NAMESPACE_DNS, settings.HOST).urn
    return Feed(id, title, to.feed(kind), to.front(), _("Good Offices"), updated, tuple(items))


def written(feed: Feed, kind: str) -> bytes:
    """The feed's bytes: the same for the same feed."""
    return _atom(feed) if kind == "atom" else _json(feed)


def _item(one: PublicTalks, told: Published, to: Addresses) -> Item:
    row = told.shown
    return Item(
        id=_urn(told.leaf),
        url=to.item(one.id, told.leaf),
        title=told.title,
        html=render_to_string("public/told.html", {"told": told}).strip(),
        published=row.at,
        updated=told.updated,
        sort=told.sort,
        by=row.delegation,
    )


def _urn(digits: str) -> str:
    """The first 32 of these hexadecimal digits as a UUID whose bits are nobody's but ours to define."""
    found = bytearray.fromhex(digits[:32])
    found[6], found[8] = found[6] & 0x0F | 0x80, found[8] & 0x3F | 0x80
    return uuid.UUID(bytes=bytes(found)).urn


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The record's time, never the clock's."""
        return datetime.fromisoformat(self.feed["updated"])


def _atom(feed: Feed) -> bytes:
    made = _Atom(
        title=feed.title,
        link=feed.home,
        description=None,
        language=get_language(),
        author_name=feed.by,
        feed_url=feed.url,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for item in feed.items:
        made.add_item(
            title=item.title,
            link=item.url,
            description=item.html,
            author_name=item.by,
            pubdate=datetime.fromisoformat(item.published),
            updateddate=datetime.fromisoformat(item.updated),
            unique_id=item.id,
            categories=[item.sort],
        )
    return made.writeString("utf-8").encode()


def _json(feed: Feed) -> bytes:
    value: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": get_language(),
        "authors": [{"name": feed.by}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": item.published,
                "date_modified": item.updated,
                "authors": [{"name": item.by}],
                "tags": [item.sort],
            }
            for item in feed.items
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
