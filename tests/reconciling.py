"""Talks in which both sides' lists are matched: what each filed, and who is who. Nobody on these lists exists."""

from __future__ import annotations

import hashlib

from goodoffices.prisoners.matched import MATCHED, Run
from goodoffices.prisoners.matching.found import Found
from goodoffices.record.store import Store
from goodoffices.secretariat import reconciling
from goodoffices.secretariat.reconciling import Chosen
from tests.listing import NEUTRAL, file, open_exchange
from tests.people import Round

HEAD = "№;Прізвище;Ім'я;По батькові;Дата народження;Місце народження;Категорія\n"
HELD = (
    HEAD
    + "A1;Вигаданий;Остап;Миколайович;03.05.1990;Горішнє;поранений\n"
    + "A2;Неіснуючий;Петро;Іванович;17.11.1985;Долішнє;\n"
    + "A3;Уявний;Тарас;Степанович;21.02.1979;Середнє;хворий\n"
    + "A4;Казковий;Назар;Богданович;30.08.1993;Крайнє;\n"
    + "A5;Примарний;Роман;Олегович;09.09.1988;Заріччя;\n"
).encode()
CLAIMED = (
    b"Id,Surname,Given name,Patronymic,Date of birth,Place of birth\n"
    b"B1,Vyhadanyi,Ostap,Mykolaiovych,1990-05-03,Horishnie\n"
    b"B2,Neisnuiuchyi,Petro,Ivanovych,1985-11-17,Dolishnie\n"
    b"B3,Uiavnyi,Taras,Stepanovych,1979-02-12,\n"
    b"B4,Nemaye,Zovsim,,1970-01-01,Inshe\n"
)
"""Rows 1 and 2 of both are the same people, row 3 perhaps; the others are on one list only."""


def open_matching(store: Store | None = None) -> Round:
    """Both sides have filed: A whom it holds, B whom it says A holds. Refs are in ``talks.filed``."""
    talks = open_exchange(store)
    file(talks, "a", HELD, "held", "we-hold")
    file(talks, "b", CLAIMED, "claimed", "they-hold")
    return talks


def chosen(talks: Round, side: str) -> Chosen:
    """The newest version of the one list of a side."""
    from goodoffices.secretariat.lists import LISTS

    room = talks.rooms[f"lists-{side}"]
    (ref,) = talks.desk(NEUTRAL).room(room).state[LISTS].newest.values()
    return Chosen(room, ref)


def match(talks: Round, left: str = "a", right: str | None = "b", who: str = NEUTRAL) -> Run:
    """Match the lists of two sides, or look for the duplicates of one."""
    talks.acts += 1
    act = hashlib.sha256(f"match {talks.acts}".encode()).hexdigest()[:32]
    other = chosen(talks, right) if right is not None else None
    reconciling.match(talks.desk(who), talks.rooms["matching"], act, chosen(talks, left), other)
    return next(reversed(talks.view(who, "matching").state[MATCHED].runs.values()))


def found(talks: Round, run: Run, who: str = NEUTRAL) -> Found:
    return reconciling.found(talks.view(who, "matching"), run)


def judge(talks: Round, who: str, run: Run, left: str, right: str, verdict: str = "same") -> None:
    talks.do(who, "matching", "judge-pair", run=run.ref, left=left, right=right, verdict=verdict, grounds=["names"])
