"""What takes from a list or takes it out: erasing a person, erasing a list, exporting one. Each is an entry.

Erasing a person is one act: what is left of every version is encrypted anew under another key, the old ciphertext
goes, and once that is committed the old key is destroyed. The row's citation stays, so that the digest of the list
still holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from goodoffices.prisoners.filed import KEY, LISTS, Version, list_room
from goodoffices.record.entries import Fact
from goodoffices.talks import fields
from goodoffices.talks.corrections import REASONS
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Refusal, Rule, Scene

PERSON: Final = "r:[0-9a-f]{64}"
RECIPIENT: Final = "age1[0-9a-z]{58}"
FORMS: Final = ("csv", "pfif")
MOST_RECIPIENTS: Final = 20


@dataclass(frozen=True, kw_only=True)
class ErasePerson(Asked):
    """Erase one person from a version of a list; what is left is encrypted anew. Copies taken out are not reached."""

    list: str = fields.ref("List", "list-filed")
    person: str = fields.plain("Row", PERSON)
    aside: bool = fields.flag("It was kept aside")
    held: str = fields.ref("The entry that holds the version", "list-filed", "person-erased")
    reason: str = fields.choice("Reason", REASONS)
    key: str = fields.plain("Key", KEY)
    notes: BlobCited = fields.blob("How it was understood, encrypted")  # noqa: RUF009  # a description of the field
    parts: tuple[BlobCited, ...] = fields.blob("What is left, encrypted", many=True)


@dataclass(frozen=True, kw_only=True)
class EraseList(Asked):
    """Erase a whole list, every version of it, for good. Copies that were taken out are not reached."""

    list: str = fields.ref("List", "list-filed")
    reason: str = fields.choice("Reason", REASONS)


@dataclass(frozen=True, kw_only=True)
class ExportList(Asked):
    """Take a list out, encrypted to the keys you name. No later erasure reaches what was taken out."""

    list: str = fields.ref("List", "list-filed")
    form: str = fields.choice("Form", FORMS)
    recipients: tuple[str, ...] = fields.plain(
        "To which keys", RECIPIENT, "age keys (age1…); whoever has one of them reads it.", many=True
    )
    reason: str = fields.words("Reason", "Who needs it and what for.")


def erase_person(scene: Scene, c: ErasePerson) -> list[Fact]:
    version = _own(scene, c.list)
    if version.current != c.held:
        # What is left was made from a list that still had somebody who is erased by now.
        raise Refusal("Somebody else was erased from the same list just now. Please do it once more.")
    body = {"list": c.list, "person": c.person, "aside": c.aside, "reason": c.reason, "key": c.key}
    blobs = {"notes": c.notes.body(), "parts": [part.body() for part in c.parts]}
    return [Fact("person-erased", body | blobs), _gone(version, c.reason)]


def erase_list(scene: Scene, c: EraseList) -> list[Fact]:
    version = _own(scene, c.list)
    left = [v for v in scene.room[LISTS].all_of(version.code) if v.by == version.by and not v.erased]
    body = {"list": c.list, "code": version.code, "versions": len(left), "reason": c.reason}
    return [Fact("list-erased", body), *(_gone(v, c.reason) for v in left)]


def export_list(scene: Scene, c: ExportList) -> list[Fact]:
    if not scene.room[LISTS].exchange or list_room(scene.seats) is None:
        raise Refusal("A list is exported by the party that filed it or the intermediary, in the room where it lies.")
    if scene.room[LISTS].versions[c.list].erased:
        raise Refusal("This list was erased.")
    recipients = list(dict.fromkeys(c.recipients))
    if not 0 < len(recipients) <= MOST_RECIPIENTS:
        raise Refusal(f"Name one to {MOST_RECIPIENTS} keys.")
    return [Fact("list-exported", {"list": c.list, "form": c.form, "recipients": recipients, "reason": c.reason})]


def _own(scene: Scene, ref: str) -> Version:
    version = scene.room[LISTS].versions[ref]
    if not scene.is_host and scene.acting != version.by:
        raise Refusal("A list is erased by the party whose list it is, or by the host where it sits.")
    if version.erased:
        raise Refusal("This list was erased already.")
    return version


def _gone(version: Version, reason: str) -> Fact:
    return Fact("particulars-erased", {"entry": version.current, "particulars": list(version.parts), "reason": reason})


def _of_its_party(scene: Scene) -> Iterable[Mapping[str, str]]:
    for version in scene.room[LISTS].versions.values():
        if not version.erased and (scene.is_host or scene.acting == version.by):
            yield {"list": version.ref}


def _exportable(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.room[LISTS].exchange and list_room(scene.seats) is not None:
        yield from ({"list": v.ref} for v in scene.room[LISTS].versions.values() if not v.erased)


RULES = (
    Rule(ErasePerson, "Erase a person from a list", erase_person, _of_its_party, minutable=False),
    Rule(EraseList, "Erase a list", erase_list, _of_its_party, minutable=False),
    Rule(ExportList, "Export a list", export_list, _exportable, minutable=False),
)
