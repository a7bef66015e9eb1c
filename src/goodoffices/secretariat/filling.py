"""Filling: from the fields of a step as written in a talks file to what a person would hand in.

The same function fills a step twice: against a ``Plan`` when the file is checked, which knows what will be there, and
against what is there when the step is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from goodoffices.papers.marked import BadFile, Group, Listing, Place, Text, Value, meant
from goodoffices.papers.values import flag, group, known, number, only, scalar
from goodoffices.secretariat import exercise_prisoners, exercising
from goodoffices.secretariat.talksfile import FIRST_ROOMS, Act, Step, TalksFile, accreditation
from goodoffices.talks.fields import Field, described
from goodoffices.talks.scene import Rule


class Scope(Protocol):
    """What names in a file stand for, at one step. Each raises ``BadFile`` for a name it does not know."""

    def ref(self, label: Text, kinds: tuple[str, ...]) -> str: ...

    def person(self, name: Text) -> str: ...

    def delegation(self, name: Text) -> str: ...

    def room(self, name: Text) -> str: ...

    def keys(self, person: str) -> list[dict[str, str]]:
        """The keys of a person (short name) as entries name them."""

    def paper(self, name: Text) -> bytes:
        """The file of this name beside the talks file."""


def filled(step: Step, rule: Rule, file: TalksFile, scope: Scope) -> dict[str, Any]:
    """What the step's author hands in. Raises ``BadFile`` for the first field that is not as it must be."""
    given = _given(step, file)
    command = _asked(step, rule, file)
    raw = _fields(command, given, scope, f"“{step.command}”")
    if step.command == "open-talks":
        raw["keys"] = scope.keys(file.acts[0].by)
    if step.command == "accredit-delegate":
        raw["keys"] = scope.keys(scalar(given.fields["person"]).value)
    return raw


def _asked(step: Step, rule: Rule, file: TalksFile) -> type:
    """What the file gives of this step. Raises ``BadFile`` for what only the owners of keys could do."""
    if shortened(step, rule, file):
        return exercise_prisoners.WRITTEN[step.command]
    if step.command in exercising.WRITTEN and not file.exercise:
        raise BadFile(step.place, f"“{step.command}” takes what only its owners have, but in an exercise.")
    return exercising.WRITTEN.get(step.command, rule.command)


def shortened(step: Step, rule: Rule, file: TalksFile) -> bool:
    """Whether a step of an exchange of prisoners is written in short, and done by ``exercise_prisoners``.

    In an exercise it is, unless its command's own fields are given.
    """
    if step.command not in exercise_prisoners.WRITTEN or not file.exercise:
        return False
    plain, given = described(rule.command), step.fields.fields.keys()
    return not {name for name, f in plain.items() if f.required} <= given <= plain.keys()


def place_of(step: Step, file: TalksFile, path: str) -> Place:
    """Where the field at ``path`` (``sides/0/name``) was written, or the nearest thing around it."""
    value: Value = _given(step, file)
    place = step.place
    for part in path.split("/"):
        if isinstance(value, Group) and part in value.fields:
            place, value = value.fields[part].place, value.fields[part]
        elif isinstance(value, Listing) and part.isdigit() and int(part) < len(value.items):
            value = value.items[int(part)]
            place = value.place
        else:
            break
    return place


def _given(step: Step, file: TalksFile) -> Group:
    return accreditation(step, file.people) if step.command == "accredit-delegate" else step.fields


def _fields(command: type, given: Group, scope: Scope, what: str) -> dict[str, Any]:
    fields = described(command)
    only(given, (n for n, f in fields.items() if f.type not in {"new", "keys"}), what)
    raw = {}
    for name, f in fields.items():
        value = given.fields.get(name)
        if value is None or (isinstance(value, Text) and value.empty):
            if f.required and f.type not in {"new", "keys"}:
                raise BadFile(given.place, f"{what} needs “{name}” ({f.label.lower()}).")
        else:
            raw[name] = _many(f, value, scope) if f.many else _one(f, value, scope)
    return raw


def _many(f: Field, value: Value, scope: Scope) -> list[Any]:
    items = value.items if isinstance(value, Listing) else (value,)
    return [_one(f, item, scope) for item in items]


def _one(f: Field, value: Value, scope: Scope) -> Any:
    if f.row is not None:
        return _fields(f.row, group(value, f"each of “{f.label}”"), scope, f"one of “{f.label}”")
    if f.type == "paper":
        return _paper(group(value, "a paper"), scope)
    text = scalar(value)
    if f.type == "flag":
        return flag(text)
    if f.type == "number":
        return number(text)
    return _text(f, text, scope)


def _text(f: Field, text: Text, scope: Scope) -> str:
    match f.type:
        case "ref":
            return scope.ref(text, f.kinds)
        case "person":
            return scope.person(text)
        case "delegation":
            return scope.delegation(text)
        case "room":
            return scope.room(text)
        case "choice" if text.value not in f.options:
            raise BadFile(text.place, f"“{text.value}” is not one of the choices. {meant(text.value, f.options)}")
        case _:
            return text.value.strip()


def _paper(given: Group, scope: Scope) -> dict[str, Any]:
    only(given, ("text", "file", "name", "media"), "a paper")
    if ("text" in given.fields) == ("file" in given.fields):
        raise BadFile(given.place, "a paper is given either as “text” or as “file” (a file beside this one).")
    if "text" in given.fields:
        content, name = scalar(given.fields["text"]).value.encode(), "paper.txt"
    else:
        named = scalar(given.fields["file"])
        content, name = scope.paper(named), named.value.rsplit("/", 1)[-1]
    chosen = {part: scalar(given.fields[part]).value for part in ("name", "media") if part in given.fields}
    return {"content": content, "name": name, "media": _media(chosen.get("name", name))} | chosen


def _media(name: str) -> str:
    known_ends = {
        "pdf": "application/pdf",
        "txt": "text/plain",
        "md": "text/markdown",
        "yaml": "application/yaml",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    return known_ends.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


# Checking a file before anything is done


@dataclass
class Plan:
    """What will be there at a step, as far as the file alone tells."""

    file: TalksFile
    rooms: set[str] = field(default_factory=lambda: set(FIRST_ROOMS))
    labels: dict[str, Place] = field(default_factory=dict)

    def ref(self, label: Text, kinds: tuple[str, ...]) -> str:
        del kinds  # which kinds a step yields, only its rule knows
        later = {s.label: s.place for s in self.file.steps() if s.label and s.label not in self.labels}
        if label.value in later:
            line = later[label.value].line
            raise BadFile(label.place, f"“{label.value}” is the entry of a later act (line {line}).")
        known(label, self.labels, "entry")
        return "e:" + "0" * 64

    def person(self, name: Text) -> str:
        return known(name, self.file.people, "person")

    def delegation(self, name: Text) -> str:
        return known(name, self.file.delegations, "delegation")

    def room(self, name: Text) -> str:
        return known(name, self.rooms, "room")

    def keys(self, person: str) -> list[dict[str, str]]:
        del person  # keys are made at the replay
        return []

    def paper(self, name: Text) -> bytes:
        return name.value.encode()  # the file itself is read at the replay


def check(file: TalksFile, rules: Mapping[str, Rule]) -> None:
    """Every step's names and fields. Raises ``BadFile`` for the first that is not as it must be."""
    for person in file.people.values():
        known(Text(person.delegation, person.place), file.delegations, "delegation")
    plan = Plan(file)
    for act in file.acts:
        plan.person(Text(act.by, act.by_place))
        for step in act.steps:
            _check_step(plan, step, rules[step.command])
        plan.labels.update(_labels(plan, act))
        plan.rooms.update(_opened(act, plan.rooms))


def _check_step(plan: Plan, step: Step, rule: Rule) -> None:
    plan.room(step.room)
    if step.on_behalf is not None:
        plan.delegation(step.on_behalf)
    filled(step, rule, plan.file, plan)


def _labels(plan: Plan, act: Act) -> Iterator[tuple[str, Place]]:
    for step in act.steps:
        if step.label is None:
            continue
        if step.label in plan.labels:
            line = plan.labels[step.label].line
            raise BadFile(step.place, f"two entries are called “{step.label}” (the first in line {line}).")
        yield step.label, step.place


def _opened(act: Act, rooms: Iterable[str]) -> Iterator[str]:
    for step in act.steps:
        if step.command == "open-room":
            name = scalar(step.fields.fields["name"])
            if name.value in rooms:
                raise BadFile(name.place, f"two rooms of this file are called “{name.value}”.")
            yield name.value
