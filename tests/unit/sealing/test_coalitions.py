"""Who could read a paper early, said to each side before it seals."""

from goodoffices.sealing import coalitions
from goodoffices.sealing.coalitions import Coalition
from tests.unit.sealing.cast import terms


def test_every_k_holders_and_the_counterpart_could_read_early() -> None:
    assert coalitions.early_readers(terms(), "aldane") == (
        Coalition(("h1", "h2"), "brisko"),
        Coalition(("h1", "h3"), "brisko"),
        Coalition(("h2", "h3"), "brisko"),
    )
    assert len(coalitions.early_readers(terms(5, 3), "brisko")) == 10


def test_they_are_said_in_words() -> None:
    names = {"aldane": "Aldane", "brisko": "Brisko", "h1": "the host", "h2": "Corran", "h3": "Rusk"}
    assert coalitions.in_words(terms(), "brisko", names.__getitem__) == [
        "Before both papers open, these could read the paper of Brisko by working together against the terms:",
        "the host, Corran and Aldane together could.",
        "the host, Rusk and Aldane together could.",
        "Corran, Rusk and Aldane together could.",
        "Without Aldane, holders could not; Aldane with fewer than 2 holders could not. Nobody else could.",
    ]


def test_one_of_one_is_called_weaker() -> None:
    assert coalitions.in_words(terms(1, 1), "aldane") == [
        "Before both papers open, these could read the paper of aldane by working together against the terms:",
        "h1 alone could, together with brisko: one holder opens, so this is the weaker form of an exchange.",
        "Without brisko, holders could not; brisko with no holder could not. Nobody else could.",
    ]
