"""An exchange of prisoners in an exercise: what a talks file says of it in a line, done as people would do it.

Lists are made from seeds, matched, judged as the seeds know, named, agreed on, planned and handed over, through the
same functions as the pages use. One step may be several acts: pairs are judged 200 at a time, people named 300 at a
time. What a step does is settled by entries that are there when it begins, so that a replay cut short goes on where it
stopped.
Nobody on these lists exists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Final

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import drawing, selecting
from goodoffices.prisoners.agreeing.agreed import AGREED, numbers
from goodoffices.prisoners.agreeing.instances import Convoy, Detail, Point, Side, Stage, Wanted
from goodoffices.prisoners.agreeing.selecting import Candidate
from goodoffices.prisoners.agreeing.table import returns_to, sides
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.handover.outcomes import OBSERVED
from goodoffices.prisoners.lists.categories import CATEGORIES
from goodoffices.prisoners.matched import MATCHED, Run
from goodoffices.prisoners.named import MOST, NAMED
from goodoffices.prisoners.planning.instance import CATEGORIES as PLANNED
from goodoffices.prisoners.planning.instance import Equal
from goodoffices.prisoners.planning.labels import LANGUAGES
from goodoffices.prisoners.reconciling import AT_ONCE
from goodoffices.record.entries import Entry
from goodoffices.record.seats import SEATS
from goodoffices.secretariat import exercising_lists, naming, planning, reconciling
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk, RoomView, Signer
from goodoffices.secretariat.planning import Happened
from goodoffices.secretariat.reconciling import Chosen
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked
from goodoffices.talks.scene import Refusal

Raw = Mapping[str, Any]
Part = Callable[[str], None]
"""One act of a step, to be done under this id."""

OBSERVATIONS: Final = 250
"""In one act: what a phone sends at once."""
WHO: Final = r"[a-z0-9-]+/[1-9][0-9]{0,4}"


@dataclass(frozen=True, kw_only=True)
class MatchOf(Asked):
    left: str = fields.code("One list")
    right: str = fields.code("The other list")


@dataclass(frozen=True, kw_only=True)
class JudgeOf(Asked):
    run: str = fields.ref("Matching", "lists-matched")
    reason: str = fields.words("Reason")


@dataclass(frozen=True, kw_only=True)
class NameOf(Asked):
    run: str = fields.ref("Matching", "lists-matched")


@dataclass(frozen=True, kw_only=True)
class DrawOf(Asked):
    """``keep``: begin with the newest list; ``number``: of each side, counted."""

    number: int = fields.number("Counted, of each side")
    uncounted: tuple[str, ...] = fields.choice("Free of any count", CATEGORIES, required=False, many=True)
    priorities: tuple[str, ...] = fields.choice("Counted first", PLANNED, required=False, many=True)
    keep: bool = fields.flag("Begin with the newest list")


@dataclass(frozen=True, kw_only=True)
class ConfirmOf(Asked):
    list: str = fields.ref("List", "list-drawn")


@dataclass(frozen=True, kw_only=True)
class RefuseOf(Asked):
    person: str = fields.plain("Who", WHO)
    reason: str | None = fields.words("Reason", required=False)


@dataclass(frozen=True, kw_only=True)
class WishOf(Asked):
    person: str = fields.plain("Who", WHO)
    wish: str = fields.choice("Wish", ("not-to-be-returned", "to-be-returned"))


@dataclass(frozen=True, kw_only=True)
class SubstituteOf(Asked):
    """``out``: a place on the newest list; or ``refused_at``: who was refused at the point in that observation.

    Who goes instead is the first of that side's who is not on the list.
    """

    out: str | None = fields.plain("Does not go", WHO, required=False)
    refused_at: str | None = fields.ref("Refused at the point", "observed", required=False)
    reason: str | None = fields.words("Reason", required=False)


@dataclass(frozen=True, kw_only=True)
class LanguageOf:
    side: str = fields.code("Side")
    language: str = fields.choice("Language", LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class StageOf:
    day: str = fields.plain("Day", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
    number: int | None = fields.number("Of each side", required=False)


@dataclass(frozen=True, kw_only=True)
class PointOf:
    code: str = fields.code("Short name")
    name: str = fields.words("Name")


@dataclass(frozen=True, kw_only=True)
class ConvoyOf:
    side: str = fields.code("Side")
    point: str = fields.code("Point")
    buses: int = fields.number("Buses")
    seats: int = fields.number("Seats")
    stretchers: int | None = fields.number("Stretchers", required=False)
    name: str | None = fields.words("Name", required=False)


@dataclass(frozen=True, kw_only=True)
class PlanOf(Asked):
    """Everybody severely wounded lies on a stretcher. ``done``: stages up to this one are over."""

    title: str = fields.words("Title")
    languages: tuple[LanguageOf, ...] = fields.rows("Languages", LanguageOf, required=False)
    stages: tuple[StageOf, ...] = fields.rows("Stages", StageOf)
    points: tuple[PointOf, ...] = fields.rows("Points", PointOf)
    convoys: tuple[ConvoyOf, ...] = fields.rows("Buses", ConvoyOf)
    equal: str = fields.choice("Equal", tuple(one.value for one in Equal))
    priorities: tuple[str, ...] = fields.choice("Priorities", PLANNED, required=False, many=True)
    done: int | None = fields.number("Stages over", required=False)


@dataclass(frozen=True, kw_only=True)
class AcceptOf(Asked):
    plan: str = fields.ref("Plan", "plan-proposed")


@dataclass(frozen=True, kw_only=True)
class ObserveOf(Asked):
    """``who``: places in the stage, of a side; without them everybody planned in it but ``but``."""

    plan: str = fields.ref("Plan", "plan-proposed")
    stage: int = fields.number("Stage")
    what: str = fields.choice("What was observed", OBSERVED)
    who: tuple[str, ...] = fields.plain("Who", WHO, required=False, many=True)
    but: tuple[str, ...] = fields.plain("All but", WHO, required=False, many=True)


@dataclass(frozen=True, kw_only=True)
class SignOf(Asked):
    stage: int = fields.number("Stage")


WRITTEN: Mapping[str, type[Asked]] = {
    "match-lists": MatchOf,
    "judge-pairs": JudgeOf,
    "judge-pair": JudgeOf,
    "name-found": NameOf,
    "draw-list": DrawOf,
    "confirm-agreed-list": ConfirmOf,
    "refuse-person": RefuseOf,
    "record-wish": WishOf,
    "substitute-person": SubstituteOf,
    "propose-plan": PlanOf,
    "accept-plan": AcceptOf,
    "observe": ObserveOf,
    "countersign-stage": SignOf,
}
"""What a talks file gives of these commands."""


@dataclass
class Exercise:
    """One step of an exchange of prisoners in an exercise, by somebody in a room. ``labels``: entries by label.

    ``seeds``: what the lists filed so far in this replay were made from, by ref.
    """

    desk: Desk
    room: str
    labels: Mapping[str, Mapping[str, Sequence[Entry]]]
    seeds: Mapping[str, Raw]
    signer: Signer | None
    behalf: str | None = None

    def parts(self, command: str, given: Raw) -> list[Part]:
        """The acts of this step, in order. Raises ``Refusal`` where they cannot be told."""
        several: dict[str, Callable[[Raw], Iterator[Part]]] = {
            "judge-pairs": self._judge_certain,
            "judge-pair": self._judge_doubtful,
            "name-found": self._name,
            "observe": self._observe,
        }
        one: dict[str, Callable[[Raw, str], None]] = {
            "match-lists": self._match,
            "draw-list": self._draw,
            "confirm-agreed-list": self._confirm,
            "refuse-person": self._refuse,
            "record-wish": self._wish,
            "substitute-person": self._substitute,
            "propose-plan": self._plan,
            "accept-plan": self._accept,
            "countersign-stage": self._countersign,
        }
        return list(several[command](given)) if command in several else [partial(one[command], given)]

    @property
    def view(self) -> RoomView:
        return self.desk.room(self.room)

    def _act(self, act: str, *steps: tuple[str, Raw]) -> None:
        made = tuple(Step(self.room, command, raw, self.behalf) for command, raw in steps)
        self.desk.act(Request(act, made), self.signer)

    # Lists

    def _match(self, given: Raw, act: str) -> None:
        reconciling.match(self.desk, self.room, act, self._chosen(given["left"]), self._chosen(given["right"]))

    def _chosen(self, label: str) -> Chosen:
        for room, made in self.labels.get(label, {}).items():
            for entry in made:
                if entry.kind == "list-filed":
                    return Chosen(room, entry.ref)
        raise Refusal(f"“{label}” is no list that was filed.")

    def _run(self, given: Raw) -> Run:
        run = self.view.state[MATCHED].runs.get(given["run"])
        if run is None:
            raise Refusal("That is no matching of this room.")
        return run

    def _judge_certain(self, given: Raw) -> Iterator[Part]:
        """Pairs without a doubt, many at once."""
        run = self._run(given)
        pairs = [(p.left, p.right) for p in reconciling.found(self.view, run).pairs if p.certain]
        for some in _chunks(pairs, AT_ONCE):
            rows = [{"left": left, "right": right} for left, right in some]
            raw = {"run": run.ref, "pairs": rows, "looked": True, "reason": given["reason"]}
            yield partial(self._acted, "judge-pairs", raw)

    def _judge_doubtful(self, given: Raw) -> Iterator[Part]:
        """Each doubtful pair by itself, as the seeds know it to be."""
        run = self._run(given)
        for pair in reconciling.found(self.view, run).pairs:
            if not pair.certain:
                yield partial(self._judge_one, given, run, (pair.left, pair.right))

    def _judge_one(self, given: Raw, run: Run, pair: tuple[str, str], act: str) -> None:
        verdict = "same" if pair in self._truth(run) else "different"
        raw = {"run": run.ref, "left": pair[0], "right": pair[1], "verdict": verdict, "reason": given["reason"]}
        self._act(act, ("judge-pair", raw))

    def _acted(self, command: str, raw: Raw, act: str) -> None:
        self._act(act, (command, raw))

    def _truth(self, run: Run) -> set[tuple[str, str]]:
        """The pairs of rows that are one person, by their numbers on the lists."""
        if run.ref not in self._known:
            made = self.seeds[run.left.list]
            ids = [
                {row.said["id"]: row.number for row in reconciling.roster(self.desk, run, side).rows}
                for side in ("left", "right")
            ]
            pairs = [pair if made["side"] == "left" else pair[::-1] for pair in exercising_lists.made(made).truth]
            self._known[run.ref] = {(ids[0][a], ids[1][b]) for a, b in pairs if a in ids[0] and b in ids[1]}
        return self._known[run.ref]

    @cached_property
    def _known(self) -> dict[str, set[tuple[str, str]]]:
        return {}

    def _name(self, given: Raw) -> Iterator[Part]:
        """Everybody the intermediary's people found to be one person on both lists."""
        run = self._run(given)
        found = reconciling.found(self.view, run)
        same = [p for p in found.pairs if p.certain or (p.left, p.right) in self._truth(run)]
        once = list({p.left: (p.left, p.right) for p in reversed(same)}.values())[::-1]
        only = list({right: (left, right) for left, right in reversed(once)}.values())[::-1]
        for some in _chunks(only, MOST):
            yield partial(self._name_some, run, some)

    def _name_some(self, run: Run, pairs: Sequence[tuple[str, str]], act: str) -> None:
        naming.name_found(self.desk, self.room, act, run, pairs)

    # Who goes

    def _draw(self, given: Raw, act: str) -> None:
        state = self.view.state
        persons, agreed, pair = state[NAMED].persons, state[AGREED], sides(state) or ("", "")
        free = set(given.get("uncounted", ()))
        left = [p for p in persons.values() if not agreed.stays(p.number) and "deceased" not in p.categories]
        uncounted = [p.number for p in left if free & set(p.categories)]
        kept, out = self._kept() if given.get("keep") else ([], set())
        order = list(dict.fromkeys((*kept, *(p.number for p in left))))
        may = {p.number for p in left} - set(uncounted) - out
        candidates = [
            Candidate(n, returns_to(pair, persons[n].held_by), tuple(map(drawing.said, persons[n].categories)))
            for n in order
            if n in may
        ]
        wanted = dict.fromkeys(pair, int(given["number"]))
        found = selecting.selected(candidates, wanted, given.get("priorities", ()), kept)
        self._act(act, ("draw-list", {"counted": list(found.ids), "uncounted": uncounted}))

    def _kept(self) -> tuple[list[str], set[str]]:
        agreed = self.view.state[AGREED]
        newest = agreed.newest
        if newest is None:
            raise Refusal("There is no list yet to begin with.")
        since = {s.out: s.into for ref, s in agreed.substitutions.items() if ref in newest.upset}
        counted = self.view.find(newest.ref).body["flows"]["counted"]
        return [since.get(n, n) for n in counted], set(since)

    def _confirm(self, given: Raw, act: str) -> None:
        digest = self.view.find(given["list"]).body["digest"]
        self._act(act, ("confirm-agreed-list", {"list": given["list"], "digest": digest}))

    def _refuse(self, given: Raw, act: str) -> None:
        raw = {"number": self._listed(given["person"]), "reason": given.get("reason")}
        self._act(act, ("refuse-person", raw))

    def _wish(self, given: Raw, act: str) -> None:
        self._act(act, ("record-wish", {"number": self._listed(given["person"]), "wish": given["wish"]}))

    def _substitute(self, given: Raw, act: str) -> None:
        observed = given.get("refused_at")
        out = self.view.find(observed).body["number"] if observed else self._listed(given.get("out") or "")
        state = self.view.state
        persons, agreed = state[NAMED].persons, state[AGREED]
        going = set(agreed.going)
        into = next(
            n
            for n, p in persons.items()
            if p.held_by == persons[out].held_by and n not in going and not agreed.stays(n)
        )
        raw = {"out": out, "into": into, "reason": given.get("reason")}
        self._act(act, ("substitute-person", raw))

    def _listed(self, who: str) -> str:
        """``kaldria/7``: the seventh on the newest list whom that side holds, else the seventh it holds at all."""
        state = self.view.state
        newest = state[AGREED].newest
        every = list(state[NAMED].persons)
        if newest is not None:
            every = list(numbers(self.view.find(newest.ref).body["flows"]))
        return self._placed(who, every)

    def _placed(self, who: str, every: Sequence[str]) -> str:
        code, place = who.rsplit("/", 1)
        held_by = self._side(code)
        those = [n for n in every if self.view.state[NAMED].persons[n].held_by == held_by]
        if int(place) > len(those):
            raise Refusal(f"There are {len(those)} of “{code}”, so there is no {place}th.")
        return those[int(place) - 1]

    def _side(self, code: str) -> str:
        for member in self.view.seats.delegations.values():
            if member.code == code:
                return member.id
        raise Refusal(f"No delegation called “{code}” sits here.")

    # The plan and the handover

    def _plan(self, given: Raw, act: str) -> None:
        try:
            made = planning.made(self.view, self._wanted(given), Happened(given.get("done") or 0))
        except BadFile as error:  # its line is one of the instance made here, not of the talks file
            raise Refusal(error.why) from error
        planning.propose(self.desk, self.room, act, made)

    def _wanted(self, given: Raw) -> Wanted:
        state = self.view.state
        seats, persons = state[SEATS], state[NAMED].persons
        languages = {row["side"]: row["language"] for row in given.get("languages", ())}
        members = [seats.delegations[id] for id in sides(state) or ()]
        words = self.view.words([member.name for member in members])
        first, second = (Side(m.code, words.get(m.name, m.code), languages.get(m.code, "en")) for m in members)
        lying = [n for n in state[AGREED].going if "severely-wounded" in persons[n].categories]
        return Wanted(
            title=given["title"],
            sides=(first, second),
            stages=tuple(Stage(date.fromisoformat(s["day"]), s.get("number")) for s in given["stages"]),
            points=tuple(Point(p["code"], p["name"]) for p in given["points"]),
            convoys=tuple(
                Convoy(c["side"], c["point"], c["buses"], c["seats"], c.get("stretchers") or 0, c.get("name") or "")
                for c in given["convoys"]
            ),
            equal=given["equal"],
            priorities=tuple(given.get("priorities", ())),
            details={n: Detail(stretcher=True) for n in lying},
        )

    def _accept(self, given: Raw, act: str) -> None:
        self._act(act, ("accept-plan", {"plan": given["plan"]}))

    def _observe(self, given: Raw) -> Iterator[Part]:
        stages = self.view.find(given["plan"]).body["stages"]
        stage = next((s for s in stages if s["stage"] == int(given["stage"])), None)
        if stage is None:
            raise Refusal(f"The plan has no stage {given['stage']}.")
        at = {n: point["point"] for point in stage["points"] for those in point["out"].values() for n in those}
        chosen = [self._placed(who, list(at)) for who in given.get("who", ())]
        left = {self._placed(who, list(at)) for who in given.get("but", ())}
        for some in _chunks(chosen or [n for n in at if n not in left], OBSERVATIONS):
            rows = [{"plan": given["plan"], "stage": given["stage"], "number": n, "point": at[n]} for n in some]
            yield partial(self._observe_some, given["what"], rows)

    def _observe_some(self, what: str, rows: Sequence[Raw], act: str) -> None:
        device = hashlib.sha256(f"phone {act}".encode()).hexdigest()[:32]
        steps = [dict(row) | {"what": what, "device": device, "counter": n} for n, row in enumerate(rows, 1)]
        self._act(act, *(("observe", raw) for raw in steps))

    def _countersign(self, given: Raw, act: str) -> None:
        stage = self.view.state[HANDOVER].course.stages.get(str(given["stage"]))
        if stage is None:
            raise Refusal(f"There is no stage {given['stage']}.")
        raw = {"plan": stage.plan, "stage": stage.number, "digest": stage.digest}
        self._act(act, ("countersign-stage", raw))


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
