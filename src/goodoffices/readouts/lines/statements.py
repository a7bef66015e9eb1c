"""What somebody is said to have said: who, how and where, how it came to us, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from goodoffices.readouts import codes, dates
from goodoffices.readouts.lines.line import Line, Pair, about, pairs
from goodoffices.readouts.names import Names, joined
from goodoffices.readouts.views import Told, Translate
from goodoffices.record.entries import Body
from goodoffices.statements import languages, places


def recorded(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} recorded an account: {speaker} {verb} ({setting}):").format(
        who=n.delegation(t.acting), speaker=speaker(t, n, _), verb=codes.verb(b["verb"], _), setting=setting(b, n, _)
    )
    return Line(sentence, tuple(_words(b, n, _)), tuple(_details(b, n, _)), _cited(b))


def _cited(b: Body) -> tuple[str, ...]:
    same = b.get("same_speaker")
    return (*(b.get("about") or ()), *([same] if same else ()))


def speaker(t: Told, n: Names, _: Translate) -> str:
    """Who is said to have spoken, as far as the entry gives them; where it names an earlier statement, as that does."""
    b = t.body
    earlier = n.fact(b.get("same_speaker"))
    if earlier is not None and earlier.ref != t.ref and not earlier.body.get("same_speaker"):
        own = [n.text(b.get("function"))] if b.get("function") else []
        return ", ".join([speaker(earlier, n, _), *own])
    parts = [n.text(b.get(name)) for name in ("speaker", "described")]
    if b.get("speaker_person"):
        parts.append(n.person(b["speaker_person"]))
    parts.append(n.text(b.get("function")))
    if b.get("speaker_delegation"):
        parts.append(n.delegation(b["speaker_delegation"]))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or _unnamed(b, _)


def _unnamed(b: Body, _: Translate) -> str:
    same = _("the speaker of an earlier statement")
    return same if b.get("same_speaker") else _("a speaker who is not named")


def setting(b: Body, n: Names, _: Translate) -> str:
    """Where it was said, and before, during or after what."""
    parts = [codes.setting(b["setting"], _), n.text(b.get("place"))]
    if b.get("order"):
        what = [_("the meeting “{meeting}”").format(meeting=meeting(b["meeting"]))] if b.get("meeting") else []
        what += [n.text(b["occasion"])] if b.get("occasion") else []
        parts.append(codes.order(b["order"], _).format(what=joined(what, _)))
    return ", ".join(part for part in parts if part)


def meeting(code: str) -> str:
    """A meeting's short name, as words."""
    return code.replace("-", " ")


def _words(b: Body, n: Names, _: Translate) -> Iterator[Pair]:
    yield quote_label(b, _), n.text(b["gist"])
    yield from translations(b, n, _)


def quote_label(b: Body, _: Translate) -> str:
    """Whether these are the words or their gist, and in which language."""
    label = _("In these words") if b.get("exact") else _("In substance")
    if b.get("language"):
        label = _("{label} ({language})").format(label=label, language=language(b["language"], _))
    return label


def translations(b: Body, n: Names, _: Translate) -> Iterator[Pair]:
    """Each by whom and into what, and its words."""
    for t in b.get("translations") or ():
        pattern = _("In {language}, translated by {who}")
        yield pattern.format(language=language(t["language"], _), who=n.text(t["by"])), n.text(t["words"])


def language(code: str, _: Translate) -> str:
    """What a language is called; its code where that is not known."""
    return _(languages.name(code) or code)


def _details(b: Body, n: Names, _: Translate) -> Iterator[Pair]:
    conditions = [n.text(c["words"]) for c in b.get("conditions") or ()]
    yield from pairs(
        *((_("On condition"), words) for words in conditions),
        (_("The verb in the source"), n.text(b.get("verb_used"))),
        (_("Channel"), channel(b, n, _)),
        (_("To the outlet"), n.text(b.get("outlet"))),
        (_("How it came to us"), " → ".join(relays(b, n, _))),
        (_("Learnt"), dates.when(b["learnt"], _) if b.get("learnt") else ""),
        (_("About the issues"), ", ".join(map(issue, b.get("issues") or ()))),
        (_("About"), "; ".join(people(b, n))),
        (_("About the places"), "; ".join(place(p, n, _) for p in b.get("places") or ())),
        (_("Account of the meeting"), ", ".join(map(meeting, b.get("describes") or ()))),
        *_left_open(b, n, _),
    )


def channel(b: Body, n: Names, _: Translate) -> str:
    """``X (social media)``; whichever part is known."""
    kind, name = codes.channel(b["channel"], _) if b.get("channel") else "", n.text(b.get("channel_name"))
    return f"{name} ({kind})" if kind and name else kind or name


def relays(b: Body, n: Names, _: Translate) -> Iterator[str]:
    """Those who relayed it, from the speaker to us."""
    for relay in b.get("relays") or ():
        role = f" ({codes.relay(relay['role'], _)})" if relay.get("role") else ""
        yield n.text(relay["by"]) + role


def people(b: Body, n: Names) -> list[str]:
    """Whom it is about."""
    return [n.person(p["person"]) if p.get("person") else n.text(p.get("name")) for p in b.get("people") or ()]


def issue(code: str) -> str:
    """An issue's short name, as words."""
    return code.replace("-", " ")


def place(p: Mapping[str, Any], n: Names, _: Translate) -> str:
    """As the source names it, by the standard's name and code, and whether only part is meant."""
    code = str(p["code"])
    known = f"{places.name(code) or ''} {code}".strip()
    whole = _("part of {place}").format(place=known) if p.get("part") else known
    named = n.text(p.get("words"))
    return f"{named}: {whole}" if named else whole


def _left_open(b: Body, n: Names, _: Translate) -> Iterator[Pair]:
    """Each item, numbered where there are several."""
    items = b.get("open") or ()
    for number, item in enumerate(items, 1):
        label = codes.left_open(item["what"], _)
        yield f"{label} ({number})" if len(items) > 1 else label, left_open(item, n)


def left_open(item: Mapping[str, Any], n: Names) -> str:
    """The words that leave something open, and what can be said of it."""
    words, note = f"“{n.text(item['words'])}”", n.text(item.get("note"))
    return f"{words}: {note}" if note else words


def resolved(t: Told, n: Names, _: Translate) -> Line:
    b, statement = t.body, n.fact(t.body["statement"])
    items = (statement.body.get("open") or ()) if statement else ()
    item = [left_open(items[b["item"]], n)] if b["item"] in range(len(items)) else []
    sentence = _("{who} said what a statement leaves open ({number}):").format(
        who=n.delegation(t.acting), number=b["item"] + 1
    )
    quotes = pairs(*((_("Left open"), words) for words in item), (_("What is meant"), n.text(b["means"])))
    where = "; ".join(place(p, n, _) for p in b.get("places") or ())
    details = pairs((_("Source"), n.text(b["source"])), (_("Places"), where))
    return Line(sentence, quotes, details, about(t, "statement", "says_so"))


def identified(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} said whose words a statement holds: {whom}.").format(
        who=n.delegation(t.acting), whom=whom(t, n, _)
    )
    details = pairs((_("Source"), n.text(b["source"])))
    return Line(sentence, details=details, about=about(t, "statement", "same_speaker", "says_so"))


def whom(t: Told, n: Names, _: Translate) -> str:
    """Whose words somebody says they are."""
    b, same = t.body, n.fact(t.body.get("same_speaker"))
    if same is not None:
        return speaker(same, n, _)
    if b.get("person"):
        return n.person(b["person"])
    return n.delegation(b["delegation"]) if b.get("delegation") else n.text(b.get("name")) or _unnamed(b, _)


def related(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = codes.relation(b["how"], _).format(who=n.delegation(t.acting))
    quotes = [
        (label, gist(one, n)) for label, one in ((_("This"), n.fact(b["statement"])), (_("The other"), n.fact(b["to"])))
    ]
    return Line(
        sentence, pairs(*quotes, (_("In which point"), n.text(b.get("words")))), about=about(t, "statement", "to")
    )


def gist(t: Told | None, n: Names) -> str:
    """The words of something said; nothing where this page does not have it."""
    return n.text(next((t.body[name] for name in ("gist", "wording", "words") if t.body.get(name)), "")) if t else ""


def subject(t: Told, n: Names, _: Translate) -> Line:
    b = t.body
    sentence = _("{who} said what an entry is about.").format(who=n.delegation(t.acting))
    details = pairs(
        (_("About the issues"), ", ".join(map(issue, b.get("issues") or ()))),
        (_("About the places"), "; ".join(place(p, n, _) for p in b.get("places") or ())),
        (_("Account of the meeting"), ", ".join(map(meeting, b.get("describes") or ()))),
    )
    return Line(sentence, details=details, about=about(t, "entry"))
