"""An exchange of prisoners written in short: the rehearsal's, made small, replayed, cut short and taken up again."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.handover.course import standing
from goodoffices.prisoners.handover.on_record import HANDOVER, signers
from goodoffices.prisoners.named import NAMED
from goodoffices.record import signatures
from goodoffices.record.entries import Entry
from goodoffices.record.seats import SEATS
from goodoffices.secretariat import replaying
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.exercise_prisoners import Exercise
from goodoffices.secretariat.matters import RULES
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.replaying import Cast, Replay
from tests.people import Pen, new_office, person

REHEARSAL = (Path(__file__).parents[3] / "examples" / "rehearsal.yaml").read_text(encoding="utf-8")
SIZES = {"left: 1200": "left: 60", "right: 1260": "right: 62", "left: 1100": "left: 58", "right: 1180": "right: 60"}


def small() -> str:
    """The seats and the exchange of prisoners of the rehearsal, forty for forty."""
    seats = REHEARSAL[: REHEARSAL.index("  # A name that should not have been given")]
    start = REHEARSAL.index("  # An exchange of prisoners.")
    stop = REHEARSAL.index("  - by: tarrowin\n    room: plenary\n    do: close-meeting", start)
    text = seats + REHEARSAL[start:stop].replace("number: 1000", "number: 40")
    for old, new in SIZES.items():
        text = text.replace(old, new)
    drop = text.index("  amory:"), text.index("  lindemar:")
    return text[: drop[0]] + text[drop[1] :]


PEOPLE = ("tarrowin", "brisko", "velst", "aldane", "rusk", "corran", "lindemar", "othery")
PENS = {name: Pen(name) for name in ("tarrowin", "velst", "corran", "lindemar", "othery")}


def started(office: Office, text: str) -> Replay:
    signers_ = {
        name: (lambda to_sign, pen=pen: signatures.sign_ssh(pen.private, to_sign.payload)) for name, pen in PENS.items()
    }
    cast = Cast({name: person(name) for name in PEOPLE}, {name: [pen.key] for name, pen in PENS.items()}, signers_)
    return Replay(replaying.read(text, RULES), office, cast, lambda name: name.encode(), b"replay")


def view(office: Office, who: str, room: str) -> RoomView:
    return Desk(office, person(who)).named("rehearsal", room)


def told(office: Office) -> list[tuple[str, str, dict[str, object]]]:
    """What the rooms of the exchange hold, but for ciphertext and what follows from it."""
    rooms = (("othery", "tracing-desk"), ("velst", "prisoners"))
    return [(room, e.kind, _plain(e)) for who, room in rooms for e in view(office, who, room).entries()]


def _plain(entry: Entry) -> dict[str, object]:
    return {name: entry.body[name] for name in ("number", "verdict", "what", "stage", "counts") if name in entry.body}


@pytest.fixture(scope="module")
def whole() -> Office:
    office = new_office()
    list(started(office, small()))
    return office


def test_from_two_lists_to_the_last_countersigned_stage(whole: Office) -> None:
    room = view(whole, "corran", "prisoners").state
    agreed, course = room[AGREED], room[HANDOVER].course
    drawn = agreed.stands(room[SEATS].parties)
    assert drawn is not None
    assert (len(agreed.lists), list(drawn.counted.values())) == (2, [40, 40])
    assert [standing(stage, signers(room)) for stage in course.stages.values()] == ["countersigned"] * 3
    outcomes = [one.what for stage in course.stages.values() for one in stage.outcome.values()]
    assert (outcomes.count("refused-at-point"), len(agreed.substitutions)) == (1, 1)
    assert outcomes.count("received") == drawn.persons
    (wished,) = agreed.wishes
    assert wished in room[NAMED].persons
    assert wished not in agreed.going


def test_nobody_of_a_side_sees_the_other_sides_list_or_the_matching(whole: Office) -> None:
    names = {seats.seats.name for seats in Desk(whole, person("velst")).rooms()}
    assert ("lists-of-kaldria" in names, "lists-of-sulmere" in names, "tracing-desk" in names) == (True, False, False)


@pytest.mark.parametrize("step", ["_judge_one", "_name_some", "_observe_some"])
def test_cut_short_within_a_step_it_goes_on_where_it_stopped(
    whole: Office, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, count = new_office(), 0
    kept = getattr(Exercise, step)

    def cut(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        kept(*arguments)

    monkeypatch.setattr(Exercise, step, cut)
    with pytest.raises(KeyboardInterrupt):
        list(started(office, small()))
    monkeypatch.setattr(Exercise, step, kept)
    list(started(office, small()))
    assert told(office) == told(whole)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("person: kaldria/12", "person: kaldria/900", "of “kaldria”, so there is no 900th."),
        ("person: kaldria/12", "person: tarn/1", "refused: No delegation called “tarn” sits here."),
        (
            "left: held-by-kaldria, right",
            "left: held-by-nobody, right",
            "refused: “held-by-nobody” is no list that was",
        ),
        ("number: 40", "number: 400", "refused: "),
        ("seats: 45", "seats: 0", "refused: the buses of this convoy have no seats and no places for stretchers."),
        ("{day: 2031-04-07}", "{day: 2031-04-07, number: 41}", "the stages' numbers come to 41, and 40"),
        ("stage: 3, what", "stage: 9, what", "refused: The plan has no stage 9."),
    ],
)
def test_what_is_refused_says_where(old: str, new: str, why: str) -> None:
    text = small()
    assert old in text
    with pytest.raises(BadFile) as error:
        list(started(new_office(), text.replace(old, new)))
    assert why in error.value.why
