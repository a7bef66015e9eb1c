"""Our own YAML for conditions papers: written for people, read with a remark for everything that does not fit.

::

    title: Conditions of Ruritania
    conditions:
      - code: guns-silent
        topic: ceasefire
        wording: All fire stops on land, at sea and in the air.
        explanation: Nothing else can be checked under fire.
        depends_on: [observers-in-place]
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from goodoffices.papers import marked
from goodoffices.papers.conditions import headings
from goodoffices.papers.conditions.outline import Draft, printable, settled
from goodoffices.papers.conditions.paper import Condition, ConditionsPaper, NotReadable, Remark
from goodoffices.papers.conditions.text import decoded
from goodoffices.papers.marked import Group, Listing, Place, Text, Value
from goodoffices.papers.topics import OTHER, TOPICS

_TOP = ("title", "conditions")
_FIELDS = ("code", "topic", "wording", "explanation", "depends_on")
_WIDTH = 100  # characters a line, where text allows it


def read(content: bytes) -> ConditionsPaper:
    """The conditions in a YAML file. Raises ``NotReadable`` where it is not YAML, or not a group of names."""
    try:
        top = marked.read(decoded(content))
    except marked.BadFile as error:
        raise NotReadable(str(error)) from error
    if not isinstance(top, Group):
        raise NotReadable(f"{_line(top.place)}: a conditions paper begins with “title:” and “conditions:”.")
    remarks = [*_unknown(top, _TOP, "a conditions paper")]
    title = printable(_text(top, "title", remarks))
    drafts = [draft for item in _items(top, remarks) if (draft := _draft(item, remarks)) is not None]
    return settled(drafts, title, remarks)


def written(paper: ConditionsPaper) -> str:
    """The paper in our format; ``read`` gives back the same title and conditions."""
    yaml = YAML()
    yaml.width, yaml.allow_unicode, yaml.default_flow_style = _WIDTH, True, False
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump({"title": _scalar(paper.title), "conditions": [_mapping(c) for c in paper.conditions]}, out)
    return out.getvalue()


def _mapping(c: Condition) -> Mapping[str, object]:
    fields = {"code": c.code, "topic": c.topic, "wording": _scalar(c.wording)}
    optional = {"explanation": _scalar(c.explanation), "depends_on": list(c.depends_on)}
    return fields | {name: value for name, value in optional.items() if value}


def _scalar(text: str) -> str:
    """Several lines are written as such where YAML gives them back unchanged."""
    plain = all(line == line.rstrip() and "\t" not in line and "\x85" not in line for line in text.split("\n"))
    if "\n" not in text or not plain or (not text.isascii() and not text.replace("\n", "").isprintable()):
        return text
    return LiteralScalarString(text) if not text.startswith((" ", "\n")) else text


def _line(place: Place) -> str:
    return f"line {place.line}"


def _unknown(given: Group, known: tuple[str, ...], what: str) -> list[Remark]:
    names = (name for name in given.fields if name not in known)
    return [Remark(_line(given.place_of(n)), f"there is no “{n}” in {what}. {marked.meant(n, known)}") for n in names]


def _items(top: Group, remarks: list[Remark]) -> tuple[Value, ...]:
    value = top.fields.get("conditions")
    if isinstance(value, Listing):
        return value.items
    place = _line(value.place if value is not None else top.place)
    remarks.append(Remark(place, "“conditions” is written as a list: a dash before each condition."))
    return ()


def _draft(value: Value, remarks: list[Remark]) -> Draft | None:
    place = _line(value.place)
    if not isinstance(value, Group):
        remarks.append(Remark(place, "a condition is written as names with values: topic, wording and so on."))
        return None
    remarks += _unknown(value, _FIELDS, "a condition")
    wording = _text(value, "wording", remarks)
    if not wording.strip():
        remarks.append(Remark(place, "this condition has no wording and was left out."))
        return None
    explanation = _text(value, "explanation", remarks)
    return Draft(
        place,
        _topic(value, place, remarks),
        wording,
        code=_text(value, "code", remarks),
        explanation=[explanation] if explanation.strip() else [],
        depends=_depends(value, remarks),
    )


def _topic(given: Group, place: str, remarks: list[Remark]) -> str:
    named = _text(given, "topic", remarks)
    found = named if named in TOPICS else headings.topic(named)
    if found is None:
        said = f"“{named}” is none of the topics" if named else "it names no topic"
        remarks.append(Remark(place, f"{said} ({', '.join(TOPICS)}); the condition goes to “{OTHER}”."))
    return found or OTHER


def _depends(given: Group, remarks: list[Remark]) -> list[tuple[str, str]]:
    value = given.fields.get("depends_on")
    items = value.items if isinstance(value, Listing) else () if value is None else (value,)
    found = []
    for item in items:
        if isinstance(item, Text):
            found += [] if item.empty else [(_line(item.place), item.value)]
        else:
            remarks.append(Remark(_line(item.place), "a code of another condition is expected here."))
    return found


def _text(given: Group, name: str, remarks: list[Remark]) -> str:
    value = given.fields.get(name)
    if value is None or (isinstance(value, Text) and value.empty):
        return ""
    if isinstance(value, Text):
        return value.value
    remarks.append(Remark(_line(value.place), f"“{name}” is a text, not a list or a group."))
    return ""
