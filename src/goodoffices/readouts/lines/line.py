"""What one entry reads as, and the hedges that every entry may carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from goodoffices.readouts import codes, dates
from goodoffices.readouts.names import Names
from goodoffices.readouts.views import Told, Translate

Pair = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One plain sentence; the words it quotes and further details, each as (label, text); ``about``: refs it cites."""

    sentence: str
    quotes: tuple[Pair, ...] = ()
    details: tuple[Pair, ...] = ()
    about: tuple[str, ...] = ()


Sayer = Callable[[Told, Names, Translate], Line]


def pairs(*given: Pair) -> tuple[Pair, ...]:
    """Those with a text."""
    return tuple((label, text) for label, text in given if text)


def hedged(line: Line, t: Told, n: Names, _: Translate) -> Line:
    """The line with what the entry says of its own source: who tells it, how it is known, when it happened."""
    sentence = line.sentence
    teller = n.text(t.body.get("told_by"))
    if t.known == "reported":
        sentence = _("Reportedly: {sentence}").format(sentence=sentence)
    elif t.known == "anonymous":
        sentence = _("According to a source that is not named: {sentence}").format(sentence=sentence)
    if teller:
        stem, end = (sentence[:-1], sentence[-1]) if sentence[-1] in ".:" else (sentence, ".")
        sentence = _("{sentence}, as told by {teller}").format(sentence=stem, teller=teller.rstrip(".")) + end
    happened = t.body.get("happened")
    happening = pairs((_("When"), dates.when(str(happened), _))) if happened else ()
    cited, refs = _source(t, n, _)
    about = tuple(dict.fromkeys((*line.about, *refs)))
    return replace(line, sentence=sentence, details=(*line.details, *happening, *cited), about=about)


def _source(t: Told, n: Names, _: Translate) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The source that an entry names, and its place there; the source's ref."""
    named = t.body.get("read_in")
    if not isinstance(named, Mapping) or not isinstance(named.get("entry"), str):
        return (), ()
    source = n.fact(named["entry"])
    title = n.text(source.body.get("title")) if source is not None else ""
    title = title or _("a source on the record")
    pattern = _("{title}, characters {start} to {end}") if "start" in named else "{title}"
    text = pattern.format(title=title, start=named.get("start"), end=named.get("end"))
    return pairs((_("Read in"), text)), (named["entry"],)


def ceasefire(b: Mapping[str, object], n: Names, _: Translate) -> tuple[Pair, ...]:
    """What kind of ceasefire it is, where the entry says that it is one."""
    given = b.get("ceasefire")
    return pairs((_("Ceasefire"), ceasefire_text(given, n, _))) if isinstance(given, Mapping) else ()


def ceasefire_text(given: Mapping[str, object], n: Names, _: Translate) -> str:
    """Class, declaration, purposes and coverage, as far as they are given."""
    purposes = given.get("purposes")
    parts = [
        codes.ceasefire_class(given["class"], _) if given.get("class") else "",
        codes.ceasefire_declared(given["declared"], _) if given.get("declared") else "",
        *(codes.ceasefire_purpose(one, _) for one in (purposes if isinstance(purposes, list | tuple) else ())),
        codes.ceasefire_coverage(given["coverage"], _) if given.get("coverage") else "",
        n.text(given.get("covers")),
    ]
    return "; ".join(part for part in parts if part)


def reason(t: Told, n: Names, _: Translate) -> tuple[Pair, ...]:
    """The reason an entry gives, as a quote."""
    return pairs((_("Reason"), n.text(t.body.get("reason"))))


def about(t: Told, *fields: str) -> tuple[str, ...]:
    """The refs in these fields of the body, where they are given."""
    return tuple(ref for name in fields if isinstance(ref := t.body.get(name), str) and ref.startswith("e:"))
