"""A list from a file, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.prisoners.lists import csvfiles, pfif
from goodoffices.prisoners.lists.fields import guessed, mapped
from goodoffices.prisoners.lists.persons import Reading, reading
from goodoffices.prisoners.lists.tables import BadList, Table

LARGEST = 1 << 30
"""Bytes of a file; a million rows are about 150 MB."""


def table(content: bytes) -> Table:
    """A table from the bytes of a CSV, XLSX or PFIF file; which, the bytes themselves say. Raises ``BadList``."""
    if len(content) > LARGEST:
        raise BadList("It is larger than 1 GiB, which no list of persons is.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from goodoffices.prisoners.lists import workbooks

        return workbooks.read(content)
    if pfif.is_one(content):
        return pfif.read(content)
    if content.startswith(b"%PDF"):
        raise BadList("It is a PDF. Ask for the list as a spreadsheet.")
    return csvfiles.read(content)


def read(content: bytes, columns: Mapping[str, str] | None = None, *, shared: bool = False) -> Reading:
    """A list to be understood, with its columns as a map says (heading -> field), or by their headings.

    ``shared``: the map is for several lists, and may name columns that this one has not.
    Raises ``BadList``, and ``BadMap`` where the map does not fit.
    """
    found = table(content)
    if found.read_as == pfif.READ_AS:
        return reading(found, dict(enumerate(found.headings)))
    if columns and shared:
        headings = {heading.strip() for heading in found.headings}
        columns = {heading: key for heading, key in columns.items() if heading.strip() in headings}
    return reading(found, mapped(found.headings, columns) if columns else guessed(found.headings))
