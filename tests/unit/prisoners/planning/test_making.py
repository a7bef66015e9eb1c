"""Plans are the best there are, and whole: held against the model without grouping."""

from __future__ import annotations

from hypothesis import given, note, settings
from hypothesis import strategies as st

from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.making import NoPlan, plan
from goodoffices.prisoners.planning.plan import Plan, Problem
from tests.unit.prisoners.planning import instances, ungrouped


def planned(problem: Problem) -> Plan | None:
    try:
        return plan(problem)
    except NoPlan:
        return None


def check(problem: Problem) -> Plan | None:
    """The plan reaches what the ungrouped model says is best, aim by aim, and breaks no condition of it."""
    made, best = planned(problem), ungrouped.best(problem)
    note(str(made))
    assert (made is None) == (best is None)
    if made is not None:
        assert [aim.value for aim in made.aims] == best
        assert made.proved
        assert ungrouped.faults(problem, made) == []
    return made


@settings(deadline=None, max_examples=60)
@given(instances.instances())
def test_a_plan_is_as_good_as_the_ungrouped_model_allows(instance: Instance) -> None:
    check(Problem(instance))


@settings(deadline=None, max_examples=60)
@given(instances.instances(), st.data())
def test_a_plan_made_anew_is_as_good_and_as_near(instance: Instance, data: st.DataObject) -> None:
    first = planned(Problem(instance))
    if first is not None and first.seats:
        problem = instances.since(data.draw, instance, dict(first.seats))
        made = check(problem)
        if made is not None:
            gone = {name: seat for name, seat in first.seats.items() if problem.since.gone(name)}
            assert gone.items() <= made.seats.items()
            assert not problem.since.refused & made.seats.keys()
