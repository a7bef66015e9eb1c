"""The evaluation set is sound, and intake keeps what it had reached on the part it was tuned on."""

from __future__ import annotations

import pytest

from evaluation.intake.annotated import articles, untagged
from evaluation.intake.score import TARGETS, peer, same, score


def test_the_set_is_as_large_as_it_says() -> None:
    tune, report = articles("tune"), articles("report")
    assert len(tune) == len(report) == 24
    assert not {a.name for a in tune} & {a.name for a in report}
    tags = {m.name for a in (*tune, *report) for m in a.marks}
    assert tags == {
        *("q", "gist", "person", "venue", "host", "time", "length", "boiler", "relay", "if", "for", "answer"),
        *("demand", "offer", "agreement", "refusal", "request", "threat", "commitment"),
    }


def test_tags_that_do_not_match_are_a_fault() -> None:
    with pytest.raises(ValueError, match="closed by"):
        untagged("<q>a</gist>")
    with pytest.raises(ValueError, match="not closed"):
        untagged("<q>a")


def test_ways_of_naming_somebody() -> None:
    assert same("Hana Orrel", "Orrel")
    assert same("the ministry", "The Ministry")
    assert not same("Hana Orrel", "Tomas Veld")
    assert not same("Hana Orrel", "")


@pytest.mark.parametrize("split", ["tune", "report"])
def test_targets_are_reached_and_the_plain_approach_is_left_behind(split: str) -> None:
    scores, plainly = score(split), peer(split)
    for name, target in TARGETS.items():
        assert scores[name].f1 >= target, name
        assert scores[name].f1 > plainly[name].f1, name
