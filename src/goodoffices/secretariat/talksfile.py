"""A talks file: one round of talks written by hand in YAML, checked against the commands there are.

``read`` checks the shape of the file; ``secretariat.filling`` checks the fields of every step, the people, rooms and
labels they name; what only the rules can know, ``secretariat.replaying`` finds out by running them all in memory first.
docs/talks-file.md describes the format to those who write one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodoffices.papers.marked import BadFile, Group, Listing, Place, Text, Value, meant
from goodoffices.papers.marked import read as read_yaml
from goodoffices.papers.values import flag, group, known, listing, needed, number, only, part, scalar, slug, words
from goodoffices.talks.scene import Rule

OPENING = "opening"  # the label of the entries that open the talks
FIRST_ROOMS = ("plenary", "host-room", "public")

_DETAILS = ("name", "function", "level", "sender", "credentials", "mandate")
_ROLES = ("host", "party", "third-party")
_TELLING = ("happened", "told_by", "known", "read_in", "passage")
_STEP = ("room", "do", "with", "for", "as", "rows", "signed", *_TELLING)


@dataclass(frozen=True)
class Person:
    """Someone of the file. ``key``: an exercise key is made for them at the replay."""

    short: str
    delegation: str
    details: Mapping[str, Text]
    key: bool
    place: Place


@dataclass(frozen=True)
class Step:
    """One command, its ``fields`` as written.

    ``on_behalf``: the delegation it is minuted for. ``rows``: the rows of the source that its entry holds.
    """

    place: Place
    room: Text
    command: str
    fields: Group
    on_behalf: Text | None = None
    label: str | None = None
    rows: tuple[int, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Act:
    """One person's batch of steps, all or nothing."""

    place: Place
    by: str
    by_place: Place
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Source:
    """The document a file was made from: its rows in our words, and why a row (or a part of it) is not held yet."""

    title: str = ""
    note: str = ""
    rows: Mapping[int, str] = field(default_factory=dict)
    not_yet: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TalksFile:
    """``acts[0]`` opens the talks. ``delegations``: every code that the file ever gives to a delegation."""

    name: str
    title: str
    exercise: bool
    source: Source
    people: Mapping[str, Person]
    delegations: frozenset[str]
    acts: tuple[Act, ...]

    def steps(self) -> Iterator[Step]:
        for act in self.acts:
            yield from act.steps


def read(text: str, rules: Mapping[str, Rule]) -> TalksFile:
    """The talks file in ``text``. Raises ``BadFile`` for the first thing that is not as it must be."""
    top = group(read_yaml(text), "a talks file")
    only(top, ("talks", "source", "delegations", "people", "script"), "a talks file")
    talks = part(top, "talks")
    only(talks, ("name", "title", "opened_by", "exercise"), "“talks”")
    delegations = _delegations(top)
    exercise = flag(talks.fields.get("exercise"))
    people = _people(top, exercise)
    opening = _opening(talks, delegations, people)
    acts = (opening, *(_act(item, rules) for item in listing(needed(top, "script"), "the script").items))
    known = {d.code for d in delegations} | _later_codes(acts)
    source = _source(top.fields.get("source"))
    file = TalksFile(
        slug(needed(talks, "name")), words(needed(talks, "title")), exercise, source, people, frozenset(known), acts
    )
    _check_rows(file)
    return file


# The head of the file


@dataclass(frozen=True)
class _Delegation:
    code: str
    role: str
    fields: Group


def _delegations(top: Group) -> list[_Delegation]:
    found: dict[str, _Delegation] = {}
    for item in listing(needed(top, "delegations"), "“delegations”").items:
        given = group(item, "a delegation")
        only(given, ("code", "role", "name"), "a delegation")
        code, role = slug(needed(given, "code")), scalar(needed(given, "role"))
        if role.value not in _ROLES:
            raise BadFile(role.place, f"there is no role “{role.value}”. {meant(role.value, _ROLES)}")
        words(needed(given, "name"))
        if code in found:
            raise BadFile(given.fields["code"].place, f"two delegations are called “{code}”.")
        found[code] = _Delegation(code, role.value, given)
    hosts = [d for d in found.values() if d.role == "host"]
    if len(hosts) != 1:
        raise BadFile(top.place_of("delegations"), "talks have exactly one delegation with the role host.")
    return list(found.values())


def _people(top: Group, exercise: bool) -> dict[str, Person]:
    people = {}
    listed = part(top, "people")
    for short, value in listed.fields.items():
        place = listed.place_of(short)
        slug(Text(short, place))
        given = group(value, f"the person “{short}”")
        only(given, ("delegation", "key", *_DETAILS), "a person")
        code = slug(needed(given, "delegation"))
        key = flag(given.fields.get("key"))
        if key and not exercise:
            raise BadFile(
                given.fields["key"].place,
                "keys are made at a replay only for an exercise: nobody else may hold a person's key. "
                "Write “exercise: yes” under “talks”, or leave this out.",
            )
        details = {name: scalar(given.fields[name]) for name in _DETAILS if name in given.fields}
        people[short] = Person(short, code, details, key, place)
    if not people:
        raise BadFile(listed.place, "at least the person who opens the talks is needed here.")
    return people


def _opening(talks: Group, delegations: list[_Delegation], people: Mapping[str, Person]) -> Act:
    host = next(d for d in delegations if d.role == "host")
    by = known(scalar(needed(talks, "opened_by")), people, "person")
    opener = people[by]
    if opener.delegation != host.code:
        raise BadFile(talks.fields["opened_by"].place, f"talks are opened by somebody of the host, “{host.code}”.")
    fields: dict[str, Value] = {
        "name": needed(talks, "name"),
        "title": needed(talks, "title"),
        "host_code": host.fields.fields["code"],
        "host_name": host.fields.fields["name"],
        "sides": Listing(tuple(d.fields for d in delegations if d is not host), talks.place),
    }
    fields |= {
        f"person_{name}": opener.details[name] for name in ("name", "function", "level") if name in opener.details
    }
    with_ = Group(fields, talks.place, talks.names)
    return Act(
        talks.place,
        by,
        talks.place,
        (Step(talks.place, Text("plenary", talks.place), "open-talks", with_, label=OPENING),),
    )


def _source(value: Value | None) -> Source:
    if value is None:
        return Source()
    given = group(value, "“source”")
    only(given, ("title", "note", "rows", "not_yet"), "“source”")
    text = {name: words(given.fields[name]) for name in ("title", "note") if name in given.fields}
    return Source(text.get("title", ""), text.get("note", ""), _numbered(given, "rows"), _numbered(given, "not_yet"))


def _numbered(given: Group, name: str) -> dict[int, str]:
    if name not in given.fields:
        return {}
    rows = part(given, name)
    return {number(Text(key, rows.place_of(key))): words(value) for key, value in rows.fields.items()}


def _check_rows(file: TalksFile) -> None:
    held = {row for step in file.steps() for row in step.rows}
    for step in file.steps():
        for row in step.rows:
            if row not in file.source.rows:
                raise BadFile(step.place, f"the source has no row {row}; its rows are listed under “source: rows:”.")
    missing = sorted(set(file.source.rows) - held - set(file.source.not_yet))
    if missing:
        raise BadFile(Place(), f"row {missing[0]} of the source is held by no entry, and “not_yet” does not say why.")


# The script


def _act(value: Value, rules: Mapping[str, Rule]) -> Act:
    given = group(value, "an act")
    by = scalar(needed(given, "by"))
    if "act" not in given.fields:
        only(given, ("by", "act", *_STEP), "an act")
        return Act(given.place, by.value, by.place, (_step(given, None, rules),))
    only(given, ("by", "room", "act"), "an act of several steps")
    room = given.fields.get("room")
    steps = [group(item, "a step") for item in listing(given.fields["act"], "“act”").items]
    if not steps:
        raise BadFile(given.fields["act"].place, "an act needs at least one step.")
    for step in steps:
        only(step, _STEP, "a step")
    return Act(given.place, by.value, by.place, tuple(_step(step, room, rules) for step in steps))


def _step(given: Group, room: Value | None, rules: Mapping[str, Rule]) -> Step:
    do = scalar(needed(given, "do"))
    if do.value not in rules or do.value == "open-talks":
        raise BadFile(
            do.place, f"there is nothing called “{do.value}” that can be done. {meant(do.value, list(rules))}"
        )
    if "room" not in given.fields and room is None:
        raise BadFile(given.place, "“room” is missing here.")
    return Step(
        place=given.place,
        room=scalar(given.fields.get("room", room or given)),
        command=do.value,
        fields=_fields(given),
        on_behalf=scalar(given.fields["for"]) if "for" in given.fields else None,
        label=slug(given.fields["as"]) if "as" in given.fields else None,
        rows=tuple(number(n) for n in listing(given.fields["rows"], "“rows”").items) if "rows" in given.fields else (),
        signed=flag(given.fields.get("signed")),
    )


def _fields(given: Group) -> Group:
    """What stands under ``with``, and what every act may carry."""
    inner = group(given.fields["with"], "“with”") if "with" in given.fields else Group({}, given.place)
    fields, names = dict(inner.fields), dict(inner.names)
    for name in _TELLING:
        if name in given.fields:
            if name in fields:
                raise BadFile(given.place_of(name), f"“{name}” is given twice: here and under “with”.")
            fields[name], names[name] = given.fields[name], given.place_of(name)
    return Group(fields, inner.place, names)


def _later_codes(acts: Iterable[Act]) -> set[str]:
    """Codes of delegations that come into being during the script."""
    codes = set()
    for act in acts:
        for step in act.steps:
            values = [step.fields.fields.get("code")] if step.command == "propose-presence" else []
            guests = step.fields.fields.get("guests")
            if isinstance(guests, Listing):
                values += [g.fields.get("code") for g in guests.items if isinstance(g, Group)]
            codes |= {v.value for v in values if isinstance(v, Text)}
    return codes


def accreditation(step: Step, people: Mapping[str, Person]) -> Group:
    """The fields of an accreditation, with what the file says of the person where the step does not say it."""
    named = step.fields.fields.get("person")
    person = people.get(named.value) if isinstance(named, Text) else None
    if person is None:
        return step.fields
    given: dict[str, Value] = {"delegation": Text(person.delegation, person.place), **person.details}
    return Group(given | dict(step.fields.fields), step.fields.place, step.fields.names)
