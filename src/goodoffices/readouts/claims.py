"""Statements for other programs: schema.org Claim, and how each came to us in W3C PROV, as JSON-LD.

The context is written out in the document, so that nothing has to be fetched to read it. A claim carries no rating and
no review: it says who is said to have said what, and by whom that came here. Dates that are not exact are EDTF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from goodoffices.readouts.said import Answer, Bearing, Open, Said, Translated
from goodoffices.readouts.views import View
from goodoffices.statements import places

Node: TypeAlias = dict[str, Any]

CONTEXT: Mapping[str, str] = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "go": "urn:goodoffices:terms:",
}
"""Prefixes alone: every term is written with one. ``go:`` is what neither vocabulary has a word for."""


def claims(said: Iterable[Said], view: View) -> Node:
    """A document of these statements of one room; each names the entry that holds it."""
    graph: list[Node] = []
    for one in said:
        graph += _statement(one, view)
    return {"@context": dict(CONTEXT), "@graph": graph}


def entry(view: View, seq: int) -> str:
    """An entry's name for other programs: its room and its place there."""
    return f"urn:goodoffices:entry:{view.id}:{seq}"


def _statement(one: Said, view: View) -> Iterator[Node]:
    """The statement, how it was said, and each step of the way here."""
    id, b = entry(view, one.seq), one.fact.body
    first = f"{id}:said"
    yield _some(
        {
            "@id": id,
            "@type": ["schema:Claim", "prov:Entity"],
            "schema:text": _text(one.gist, b.get("language")),
            "go:exactWords": bool(b.get("exact")),
            "schema:author": _agent(f"{id}:speaker", one.speaker),
            "prov:wasAttributedTo": {"@id": f"{id}:speaker"},
            "prov:wasGeneratedBy": {"@id": first},
            "schema:inLanguage": b.get("language"),
            "schema:workTranslation": [_translation(t) for t in one.translations],
            "schema:about": [*_about(one)],
            "schema:spatialCoverage": [_place(p) for p in b.get("places") or ()],
            "schema:appearance": _appearance(one),
            "go:known": b.get("known") or "not-stated",
            "go:labels": [label.text for label in one.labels],
            "go:condition": list(one.conditions),
            "go:leavesOpen": [_open(item, view) for item in one.open],
            "go:speakerIdentified": [_answer(a, view) for a in one.identified],
            "go:bearing": [_bearing(x, view) for x in one.bearings],
        }
    )
    yield _some(
        {
            "@id": first,
            "@type": "prov:Activity",
            "go:verb": b.get("verb"),
            "go:verbUsed": one.verb_used,
            "go:setting": one.setting,
            "go:when": _date(b.get("happened")),
            "go:channel": b.get("channel"),
            "prov:wasAssociatedWith": {"@id": f"{id}:speaker"},
        }
    )
    yield from _way(one, id, view)


def _translation(t: Translated) -> Node:
    return {
        "@type": "schema:CreativeWork",
        "schema:inLanguage": t.language,
        "schema:text": _text(t.text, t.language),
        "schema:translator": {"@type": "schema:Person", "schema:name": t.by},
    }


def _way(one: Said, id: str, view: View) -> Iterator[Node]:
    """Those by whom it came, each passing on what the one before had; the last is the entry on this record."""
    before = None
    for number, who in enumerate(one.path[1:]):
        last = number == len(one.path) - 2
        yield _some(
            {
                "@id": f"{id}:step:{number + 1}",
                "@type": "prov:Entity",
                "prov:wasAttributedTo": _agent(f"{id}:step:{number + 1}:by", who),
                "prov:wasDerivedFrom": {"@id": before or id},
                "prov:generatedAtTime": {"@value": one.fact.at, "@type": "xsd:dateTime"} if last else None,
                "go:learnt": _date(one.fact.body.get("learnt")) if last else None,
                "go:entry": entry(view, one.seq) if last else None,
            }
        )
        before = f"{id}:step:{number + 1}"


def _agent(id: str, name: str) -> Node:
    return {"@id": id, "@type": "prov:Agent", "schema:name": name}


def _about(one: Said) -> Iterator[Node]:
    for code, text in one.issues:
        yield {"@type": "schema:Thing", "schema:name": text, "schema:identifier": code}
    for name in one.people:
        yield {"@type": "schema:Person", "schema:name": name}
    for code, text in one.describes:
        yield {"@type": "schema:Event", "schema:name": text, "schema:identifier": code}


def _place(p: Mapping[str, Any]) -> Node:
    code = str(p["code"])
    standard = "ISO 3166-2" if "-" in code else "ISO 3166-1"
    value = {"@type": "schema:PropertyValue", "schema:propertyID": standard, "schema:value": code}
    place = {"@type": "schema:Place", "schema:name": places.name(code) or code, "schema:identifier": value}
    return {"@type": "schema:Place", "schema:containedInPlace": place, "go:partOf": True} if p.get("part") else place


def _appearance(one: Said) -> Node | None:
    publisher = {"@type": "schema:Organization", "schema:name": one.outlet} if one.outlet else None
    name = one.channel or None
    if publisher is None and name is None:
        return None
    return _some({"@type": "schema:CreativeWork", "schema:name": name, "schema:publisher": publisher})


def _open(item: Open, view: View) -> Node:
    still = [_answer(a, view) for a in item.answers]
    return {"schema:name": item.label, "schema:text": item.words, "go:stillOpen": item.still, "go:resolved": still}


def _answer(a: Answer, view: View) -> Node:
    found = {"schema:text": a.means, "schema:citation": a.source, "go:saidBy": a.who, "go:entry": entry(view, a.seq)}
    return found | ({"go:takenBack": True} if a.struck else {})


def _bearing(x: Bearing, view: View) -> Node:
    other = {"@id": entry(view, x.seq)} if x.seq >= 0 else None
    node = {"go:how": x.label, "go:other": other, "go:saidBy": x.who, "go:entry": entry(view, x.by)}
    return _some(node | {"schema:text": x.words, "go:takenBack": True if x.struck else None})


_EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)")


def _date(text: object) -> Node | None:
    """A moment as such; anything less exact as EDTF, so that nobody completes it."""
    if not text:
        return None
    exact = _EXACT.fullmatch(str(text))
    return {"@value": str(text), "@type": "xsd:dateTime" if exact else "edtf:EDTF"}


def _text(text: str, language: object) -> Any:
    return {"@value": text, "@language": str(language)} if language else text


def _some(node: Node) -> Node:
    """Without what is not given."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
