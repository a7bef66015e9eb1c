"""Names of invented people: what is one name, what is another, and what the score promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.names import score
from goodoffices.prisoners.names.standards import STANDARDS, spelled

ONE_NAME = [
    ("Іваненко Микола Петрович", "Nikolai Ivanenko"),
    ("Ivan Petrovych Kovalenko", "Коваленко Иван Петрович"),
    ("Сергій Щербацький", "Sergej Schtscherbazki"),
    ("Щербацький Сергій", "Szczerbacki Serhij"),
    ("Кривенко Юлія", "Ioulia Kryvenko"),
    ("Мусієнко Євген", "Yevhen Musiyenko"),
    ("Воробйов Олексій", "Воробьёв Алексей"),
    ("Саша Коваленко", "Олександр Коваленко"),
    ("Коваленко І.", "Коваленко Іван"),
    ("Нечуй-Гай Єлизавета Григорівна", "Yelyzaveta Nechui-Hai"),
    ("Koвaленко Іван", "Коваленко Іван"),  # two Latin letters
    ("Коваленок Іван", "Коваленко Іван"),  # slip of the fingers
    ("محمد عبد الرحمن", "Mohammed Abdulrahman"),
    ("خالد المصري", "Khaled al-Masri"),
    ("محمود حسن", "Махмуд Хасан"),
    ("KOVALENKO, Ivan", "Іван Коваленко"),
]
OTHER_NAMES = [
    ("Коваленко Сергій Петрович", "Коваленко Андрій Петрович"),  # brothers
    ("Коваленко Сергій Петрович", "Кравченко Сергій Петрович"),  # given name and patronymic
    ("Коваленко Сергій Петрович", "Kovalenko Andrii Petrovych"),
    ("Шевчук Тарас", "Шевчук Андрій"),
    ("Петренко Іван", "Павленко Іван"),
    ("Іваненко Ольга", "Іваненко Олена"),
    ("محمد حسن", "Mahmoud Khaled"),
    ("خالد المصري", "Khaled al-Halabi"),
]


def test_one_name_in_two_spellings() -> None:
    scores = score(*zip(*ONE_NAME, strict=True))
    assert [pair for pair, value in zip(ONE_NAME, scores, strict=True) if value <= 0.5] == []


def test_names_of_others() -> None:
    scores = score(*zip(*OTHER_NAMES, strict=True))
    assert [pair for pair, value in zip(OTHER_NAMES, scores, strict=True) if value >= 0.5] == []


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize(
    ("language", "name"), [("uk", "щербацький володимир юрійович"), ("ru", "воробьёва ксения евгеньевна")]
)
def test_every_standard_is_recognised(standard: str, language: str, name: str) -> None:
    latin = " ".join(spelled(token, standard, "uk" if language == "uk" else "ru") for token in name.split())
    assert score([name], [latin])[0] > 0.9


def test_what_is_no_name_scores_nothing() -> None:
    assert score(["", "42", "李", "Іван"], ["Іван", "42", "Ғ", ""]).tolist() == [0, 0, 0, 0]


names = st.text(st.characters(whitelist_categories=["Lu", "Ll", "Lo", "Zs", "Pd", "Nd"]), max_size=40)


@given(st.lists(st.tuples(names, names), max_size=5))
def test_scores_lie_between_0_and_1_and_sides_may_be_swapped(pairs: list[tuple[str, str]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = score(left, right), score(right, left)
    assert all(0 <= value <= 1 for value in there)
    assert there.tolist() == pytest.approx(back.tolist(), abs=1e-6)


@given(names)
def test_a_name_is_like_itself(name: str) -> None:
    assert score([name], [name])[0] in (pytest.approx(0), pytest.approx(1, abs=0.1))


def test_a_pair_scores_the_same_alone_and_among_many() -> None:
    alone = [float(score([a], [b])[0]) for a, b in ONE_NAME + OTHER_NAMES]
    many = score(*zip(*(ONE_NAME + OTHER_NAMES) * 60, strict=True))
    assert many.tolist() == pytest.approx(alone * 60, abs=1e-6)
