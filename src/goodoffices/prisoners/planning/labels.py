"""Words on manifests and diagrams, in English, Ukrainian and Russian."""

from __future__ import annotations

LANGUAGES = ("en", "uk", "ru")

_WORDS = {
    "manifest": ("Manifest", "Посадкова відомість", "Посадочная ведомость"),
    "exchange": ("Exchange", "Обмін", "Обмен"),
    "stage": ("Stage", "Етап", "Этап"),
    "day": ("Day", "День", "День"),
    "point": ("Handover point", "Пункт передачі", "Пункт передачи"),
    "bus": ("Bus", "Автобус", "Автобус"),
    "side": ("Side they return to", "Сторона, до якої повертаються", "Сторона, к которой возвращаются"),
    "number": ("No.", "№", "№"),
    "person": ("Person", "Особа", "Лицо"),
    "name": ("Name", "Прізвище, ім’я", "Фамилия, имя"),
    "place": ("Place", "Місце", "Место"),
    "seat": ("seat", "сидяче", "сидячее"),
    "stretcher": ("stretcher", "ноші", "носилки"),
    "group": ("Travels with", "Їде разом", "Едет вместе"),
    "boarded": ("Boarded", "Посадку здійснено", "Посадка"),
    "received": ("Received", "Прийнято", "Принято"),
    "total": ("In all", "Усього", "Всего"),
    "seats": ("Seats", "Сидячих місць", "Сидячих мест"),
    "stretchers": ("Stretchers", "Місць на ношах", "Мест на носилках"),
    "handed": ("Handed over by", "Передав", "Передал"),
    "taken over": ("Received by", "Прийняв", "Принял"),
    "neutral": ("Neutral party", "Нейтральна сторона", "Нейтральная сторона"),
    "signature": ("Name, signature, time", "Ім’я, підпис, час", "Имя, подпись, время"),
    "timeline": ("Persons by stage and day", "Особи за етапами й днями", "Лица по этапам и дням"),
    "flows": ("Persons by point and day", "Особи за пунктами й днями", "Лица по пунктам и дням"),
    "names": (
        "Names stand here for those at the handover. Keep this sheet, and destroy it afterwards.",
        "Імена наведено для тих, хто передає. Зберігайте цей аркуш і потім знищіть його.",
        "Имена указаны для тех, кто передаёт. Храните этот лист и затем уничтожьте его.",
    ),
    "erased": ("erased", "вилучено", "удалено"),
    "ids": (
        "Persons stand here by their id, not by name.",
        "Осіб позначено кодами, а не іменами.",
        "Лица обозначены кодами, а не именами.",
    ),
}


def label(key: str, language: str) -> str:
    """One of the words, in one of ``LANGUAGES``."""
    return _WORDS[key][LANGUAGES.index(language)]
