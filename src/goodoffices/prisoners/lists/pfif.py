"""The People Finder Interchange Format, PFIF 1.4: lists that relief organisations pass on, in and out.

What PFIF has no element for (rank, unit, patronymic) is written into ``other``, one ``field: text`` a line, and read
back from there.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from html import escape  # that of xml.sax would bring all of urllib along
from typing import Final

from goodoffices.prisoners.lists.dates import When
from goodoffices.prisoners.lists.encodings import NotText, decode
from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.lists.persons import Person
from goodoffices.prisoners.lists.tables import BadList, Row, Table
from goodoffices.prisoners.lists.writing import Sink

NAMESPACE: Final = "http://zesty.ca/pfif/1.4"
_SPACES: Final = tuple(f"{{http://zesty.ca/pfif/{version}}}" for version in ("1.4", "1.3", "1.2", "1.1"))
READ_AS: Final = "PFIF"
_LARGEST: Final = 200 << 20

_ELEMENTS: Final = {
    "source": "source_name", "name": "full_name", "given": "given_name", "surname": "family_name",
    "alias": "alternate_names", "note": "description", "sex": "sex", "born": "date_of_birth",
}  # fmt: skip
"""Field -> element of a person, in the order of the format."""
_STATUS: Final = {"believed_dead": "deceased", "believed_missing": "missing", "information_sought": "sought"}
_SEX: Final = {"male": "male", "female": "female"}
_FIELDS: Final = ("id", *_ELEMENTS, *(key for key in FIELDS if key not in _ELEMENTS and key != "id"))


def is_one(content: bytes) -> bool:
    """Whether bytes look like a document in this format."""
    return b"zesty.ca/pfif/" in content[:2000]


def read(content: bytes) -> Table:
    """A table with a column for each field; rows count persons from 2, as if headings came first. Raises
    ``BadList``.
    """
    if len(content) > _LARGEST:
        raise BadList("It is larger than 200 MiB. Pass so large a list on as CSV.")
    try:
        text = decode(content).text
    except NotText as error:
        raise BadList(str(error)) from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadList(
            "It carries definitions of its own (DOCTYPE), which this format has no use for. It was not opened."
        )
    try:
        # Without a DOCTYPE there are no entities to expand. The declaration names an encoding that is behind us.
        root = ET.fromstring(text[text.find("?>") + 2 :] if text.startswith("<?xml") else text)  # noqa: S314 - see above
    except ET.ParseError as error:
        line, column = error.position
        raise BadList(f"It is no whole XML document: line {line}, column {column + 1}.") from None
    return Table(list(_FIELDS), _rows(root), read_as=READ_AS)


def _rows(root: ET.Element) -> Iterator[Row]:
    notes: dict[str, list[ET.Element]] = {}
    for note in _all(root, "note"):
        notes.setdefault(_text(note, "person_record_id"), []).append(note)
    for number, person in enumerate(_all(root, "person"), 2):
        said = _person(person)
        for note in (*_all(person, "note"), *notes.get(said["id"], ())):
            said |= {key: text for key, text in _note(note).items() if text}
        yield number, [said.get(key, "") for key in _FIELDS]


def _person(person: ET.Element) -> dict[str, str]:
    said = {"id": _text(person, "person_record_id")}
    said |= {key: text for key, element in _ELEMENTS.items() if (text := _text(person, element))}
    for line in _text(person, "other").splitlines():
        key, _, text = line.partition(":")
        if key.strip() in FIELDS:
            said[key.strip()] = text.strip()
    return said


def _note(note: ET.Element) -> dict[str, str]:
    return {"held_at": _text(note, "last_known_location"), "category": _STATUS.get(_text(note, "status"), "")}


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in element if child.tag in {space + name for space in _SPACES})


def _text(element: ET.Element, name: str) -> str:
    found = next(_all(element, name), None)
    return (found.text or "").strip() if found is not None else ""


def write(sink: Sink, persons: Iterable[Person], at: str, domain: str) -> int:
    """Persons as a document; how many. ``at``: now, RFC 3339 UTC; ``domain``: whose numbers the ids are."""
    sink.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif:pfif xmlns:pfif="{NAMESPACE}">\n')
    count = 0
    for count, person in enumerate(persons, 1):  # noqa: B007 - the last one is how many there were
        sink.write(f"<pfif:person>\n{''.join(_lines(person, at, domain))}</pfif:person>\n")
    sink.write("</pfif:pfif>\n")
    return count


def _lines(person: Person, at: str, domain: str) -> Iterator[str]:
    said = dict(person.said)
    name = said.pop("id", person.id)
    yield _line("person_record_id", name if "/" in name else f"{domain}/{name}")
    yield _line("entry_date", at)
    said.setdefault("name", " ".join(said[key] for key in ("given", "patronymic", "surname") if key in said))
    for key, element in _ELEMENTS.items():
        text = said.pop(key, "")
        if key == "born":
            text = _date(person.born)
        if key == "sex":
            text = _SEX.get(text.casefold(), "")
        if text:
            yield _line(element, text)
        if key == "source":
            yield _line("source_date", at)
    if said:
        yield _line("other", "\n".join(f"{key}: {' '.join(text.split())}" for key, text in said.items()))


def _date(when: When | None) -> str:
    if when is None or not when.year:
        return ""
    return When(when.year, when.month, when.day if when.month else 0).edtf


def _line(element: str, text: str) -> str:
    allowed = "".join(c for c in text if c >= " " or c in "\t\n")
    return f"<pfif:{element}>{escape(allowed, quote=False)}</pfif:{element}>\n"
