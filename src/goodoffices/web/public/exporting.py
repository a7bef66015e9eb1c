"""The public part as a folder that any web server can carry: pages, feeds, style and bundles, no script and no form.

The bytes follow from the public rooms (and the address the feeds are to name) alone: made twice, they are the same.
``export.json`` lists every file with its SHA-256 and marks the folder as one of ours, which may be replaced.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from goodoffices.readouts import published
from goodoffices.secretariat.office import Office
from goodoffices.web.public import feeds, finding, pages
from goodoffices.web.public.addresses import FEEDS, InFolder
from goodoffices.web.public.finding import PublicTalks

MARK = "export.json"
STYLE = {"style.css": "goodoffices/office.css", "mark.svg": "goodoffices/mark.svg"}
ALL = 10**9  # things published: a folder has no pages of older ones

File = tuple[str, bytes]


def files(office: Office, url: str = "") -> Iterator[File]:
    """Every file by its path, the mark last. ``url``: where the folder will be served, for feeds; empty: relative."""
    found, digests = finding.listed(office), dict[str, str]()
    with timezone.override("UTC"):
        for path, content in _files(found, f"{url.rstrip('/')}/" if url else ""):
            digests[path] = hashlib.sha256(content).hexdigest()
            yield path, content
    mark = {"about": "What is public of talks, exported by Good Offices.", "files": dict(sorted(digests.items()))}
    yield MARK, (json.dumps(mark, indent=1) + "\n").encode()


def _files(found: list[PublicTalks], url: str) -> Iterator[File]:
    for name, source in STYLE.items():
        yield name, _static(source)
    yield "index.html", _page("index.html", "public/front.html", pages.front(found, InFolder()))
    for kind, name in FEEDS.items():
        yield name, feeds.written(feeds.of_all(found, InFolder(url), kind), kind)
    for one in found:
        yield from _talks(one, url)


def _talks(one: PublicTalks, url: str) -> Iterator[File]:
    here, above = InFolder("../"), InFolder("../../")
    yield _at(f"{one.id}/index.html", "public/talks.html", pages.talks(one, here, count=ALL))
    yield _at(f"{one.id}/all/index.html", "public/whole.html", pages.whole(one, above))
    for kind, name in FEEDS.items():
        yield f"{one.id}/{name}", feeds.written(feeds.of_talks(one, InFolder(url or "../"), kind), kind)
    for told in published.newest(one.rooms, ALL):
        context = pages.item(one, told.shown.ref, above)
        yield _at(f"{one.id}/{told.leaf}/index.html", "public/item.html", context)
    for view in one.rooms:
        bundle = io.BytesIO()
        view.export(bundle)
        yield f"{one.id}/{view.id}.zip", bundle.getvalue()


def _at(path: str, template: str, context: Mapping[str, Any]) -> File:
    return path, _page(path, template, context)


def _page(path: str, template: str, context: Mapping[str, Any]) -> bytes:
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return render_to_string(template, {**context, "frame": "public/folder.html", "up": up}).encode()


def _static(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, "rb") as file:  # noqa: PTH123 - a path that Django found
        return file.read()
