"""Where a commitment stands: what the terms say, what was reported, and what is left open."""

from datetime import UTC, datetime

import pytest

from goodoffices.commitments.durations import Duration, Span
from goodoffices.commitments.happenings import Report
from goodoffices.commitments.language import parse
from goodoffices.commitments.standing import Made, Said, Standing, World

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
ENTERED = "2025-06-15T09:00:00.000Z"


def report(point: str, when: str | None = None, *, disputed: bool = False, whose: str | None = None) -> Report:
    return Report(f"e:{point}-{when}", point, when, ENTERED, whose, disputed)  # type: ignore[arg-type]


def standing(terms: str, *reports: Report, now: datetime = NOW, said: tuple[Said, ...] = ()) -> Standing:
    made = Made("e:made", "ours", parse(terms), "2025-05-16T10:00:00.000Z", said)
    return World({"ours": made}, {"quiet": reports}, now).standing("ours")


def outcome(found: Standing) -> tuple[str, str]:
    return found.status, found.reasons[-1].code


@pytest.mark.parametrize(
    ("terms", "reports", "expected"),
    [
        ("", (), ("binding", "no-condition")),
        ("after quiet begins", (), ("not-yet-binding", "after-not-met")),
        ("after quiet begins", (report("committed", "2025-06-01"),), ("not-yet-binding", "after-not-met")),
        ("after quiet begins", (report("began", "2025-06-01"),), ("binding", "after-met")),
        ("after quiet begins", (report("began", "2025-06-01", disputed=True),), ("unknown", "after-open")),
        ("unless quiet begins", (), ("binding", "no-condition")),
        ("unless quiet begins", (report("began", "2025-06-01"),), ("released", "unless-met")),
        ("until kaldria commits to quiet", (report("committed", "2025-06-01"),), ("binding", "no-condition")),
        (
            "until kaldria commits to quiet",
            (report("committed", "2025-06-01", whose="kaldria"),),
            ("released", "until-met"),
        ),
        ("within 10 days of quiet", (), ("not-yet-binding", "of-not-met")),
        ("within 10 days of quiet", (report("happened", "2025-06-25"),), ("binding", "due-at")),
        ("within 10 days of quiet", (report("happened", "2025-06-10"),), ("due", "due-passed")),
        ("within 10 days of quiet", (report("happened", "2025-06"),), ("unknown", "due-open")),
        ("by 2025-06-29", (), ("due", "due-passed")),
        ("by 2025-07-01", (), ("binding", "due-at")),
        ("by 2025-06-30", (), ("binding", "due-at")),  # the day itself is still there to do it
        ("before quiet begins", (), ("binding", "no-condition")),
        ("before quiet begins", (report("began", "2025-06-01"),), ("due", "due-passed")),
        ("if quiet begins, for a month", (report("began", "2025-06-01"),), ("binding", "lasts")),
        ("if quiet begins, for 28 days", (report("began", "2025-06-01"),), ("unknown", "over-not-reported")),
    ],
)
def test_what_the_terms_come_to(terms: str, reports: tuple[Report, ...], expected: tuple[str, str]) -> None:
    assert outcome(standing(terms, *reports)) == expected


@pytest.mark.parametrize(
    ("reports", "so"),
    [
        ((), False),
        ((report("began", "2025-05-01"),), True),
        ((report("began", "2025-06-10"),), False),
        ((report("began", "2025-05-01"), report("ended", "2025-05-20")), False),
        ((report("began", "2025-05-01"), report("interrupted", "2025-06-10")), True),
        ((report("began", "2025-05-20"), report("interrupted", "2025-06-10")), False),
        ((report("began", "2025-05-01"), report("interrupted", "2025-05-10", disputed=True)), True),
        ((report("began", "2025-05-20"), report("interrupted", "2025-06-10", disputed=True)), None),
        ((report("began", "2025-04"),), True),
        ((report("began", "2025-05"),), None),  # some day in May
        ((report("began"),), None),  # entered on 15 June: it began no later, and nobody knows how much earlier
    ],
)
def test_thirty_consecutive_days(reports: tuple[Report, ...], so: bool | None) -> None:
    found = standing("unless quiet holds for 30 consecutive days", *reports)
    assert found.status == {True: "released", False: "binding", None: "unknown"}[so]


def test_thirty_days_in_all() -> None:
    broken = (
        report("began", "2025-05-01"),
        report("ended", "2025-05-20"),
        report("began", "2025-06-01"),
        report("ended", "2025-06-15"),
    )
    assert standing("unless quiet holds for 30 days in all", *broken).status == "released"
    assert standing("unless quiet holds for 30 consecutive days", *broken).status == "binding"
    assert standing("unless quiet holds for 40 days in all", *broken).status == "binding"


def test_a_month_is_not_thirty_days() -> None:
    begun = report("began", "2025-05-31T00:00Z")
    at = datetime(2025, 6, 30, 0, tzinfo=UTC)
    assert standing("unless quiet holds for a month", begun, now=at).status == "released"
    assert standing("unless quiet holds for 31 days", begun, now=at).status == "binding"
    assert Duration(1, "months").after(datetime(2025, 1, 31, tzinfo=UTC)) == datetime(2025, 2, 28, tzinfo=UTC)
    assert Duration(1, "years").after(datetime(2024, 2, 29, tzinfo=UTC)) == datetime(2025, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((Said("e:1", "kept"),), ("fulfilled", "reported-kept")),
        ((Said("e:1", "broken"),), ("failed", "reported-broken")),
        ((Said("e:1", "in-part"),), ("binding", "no-condition")),
        ((Said("e:1", "kept"), Said("e:2", "broken")), ("disputed", "reports-differ")),
        ((Said("e:1", "kept", disputed=True),), ("disputed", "reports-differ")),
    ],
)
def test_only_people_say_that_it_was_kept(said: tuple[Said, ...], expected: tuple[str, str]) -> None:
    assert outcome(standing("", said=said)) == expected


def test_commitments_that_hang_on_one_another() -> None:
    made = {
        "first": Made("e:1", "first", parse(""), ENTERED, (Said("e:r", "kept"),)),
        "second": Made("e:2", "second", parse("after first is fulfilled, by 2025-07-05"), ENTERED),
        "third": Made("e:3", "third", parse("after second is fulfilled"), ENTERED),
    }
    world = World(made, {}, NOW)
    assert [world.standing(code).status for code in made] == ["fulfilled", "binding", "not-yet-binding"]
    due = datetime(2025, 7, 5, 23, 59, 59, tzinfo=UTC)
    assert world.standing("second").due == Span(due, due)


def test_a_long_chain_and_a_circle_come_to_an_end() -> None:
    chain = {
        f"c{n}": Made(f"e:{n}", f"c{n}", parse(f"after c{n + 1} is fulfilled"), ENTERED) for n in range(5_000)
    }  # fmt: skip
    assert World(chain, {}, NOW).standing("c0").status == "not-yet-binding"
    circle = {
        "a": Made("e:a", "a", parse("after b is fulfilled"), ENTERED),
        "b": Made("e:b", "b", parse("after a is fulfilled"), ENTERED),
    }
    assert {World(circle, {}, NOW).standing(code).status for code in circle} == {"unknown"}
