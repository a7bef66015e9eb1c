"""Statements as claims: another program reads them, without a network, and finds who said what through whom."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF

from goodoffices.readouts.claims import claims
from goodoffices.readouts.statements import EVERYTHING, every
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round

SCHEMA, GO = Namespace("https://schema.org/"), Namespace("urn:goodoffices:terms:")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("this asks the network")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


def made() -> tuple[Round, str]:
    talks = open_round()
    said: dict[str, Any] = {"verb": "threatened", "setting": "in-room", "known": "anonymous", "exact": True}
    talks.do(
        HOST, "plenary", "record-statement", gist="Ми візьмемо ще дві.", language="uk", described="Somebody", **said,
        translations=[{"language": "en", "words": "We shall take two more.", "by": "An interpreter"}],
        relays=[{"by": "A source"}, {"by": "A weekly", "role": "outlet"}], happened="2030-01~",
        learnt="2030-01-15T09:00Z", places=[{"code": "UA-63"}, {"code": "UA-59", "part": True}], issues=["territory"],
        open=[{"what": "reference", "words": "two"}], channel="leak",
    )  # fmt: skip
    first = talks.last(HOST, "plenary")
    talks.do(SIDE_B, "plenary", "resolve-reference", statement=first, item=1, means="The north.", source="A map")
    talks.do(HOST, "plenary", "record-statement", verb="denied", gist="No.", setting="public", speaker="Ben")
    talks.do(SIDE_A, "plenary", "relate-statements", statement=talks.last(HOST, "plenary"), how="contradicts", to=first)
    return talks, first


# rdflib warns of a class of its own that its reader of JSON-LD still uses.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.usefixtures("no_network")
def test_another_program_finds_the_claim_and_its_way() -> None:
    talks, first = made()
    view = talks.view(SIDE_A, "plenary")
    graph = Graph().parse(data=json.dumps(claims(every(view, EVERYTHING), view)), format="json-ld")
    claim = URIRef(f"urn:goodoffices:entry:{view.id}:{view.find(first).seq}")
    assert {str(one) for one in graph.subjects(RDF.type, SCHEMA.Claim)} == {str(claim), _named(view, "denied")}
    assert graph.value(claim, SCHEMA.text) == Literal("Ми візьмемо ще дві.", lang="uk")
    translation = graph.value(claim, SCHEMA.workTranslation)
    assert graph.value(translation, SCHEMA.text) == Literal("We shall take two more.", lang="en")
    assert str(graph.value(graph.value(translation, SCHEMA.translator), SCHEMA.name)) == "An interpreter"
    way, at = [], claim
    while (after := graph.value(None, PROV.wasDerivedFrom, at)) is not None:
        way.append(str(graph.value(graph.value(after, PROV.wasAttributedTo), SCHEMA.name)))
        at = after
    assert way == ["A source", "A weekly (outlet)", "this record, entered by Host country"]
    activity = graph.value(claim, PROV.wasGeneratedBy)
    when = graph.value(activity, GO.when)
    assert (str(when), str(getattr(when, "datatype", ""))) == ("2030-01~", "http://id.loc.gov/datatypes/edtf/EDTF")
    codes = {str(value) for value in graph.objects(None, SCHEMA.value)}
    assert codes == {"UA-63", "UA-59"}
    (left,) = graph.objects(claim, GO.leavesOpen)
    assert graph.value(left, GO.stillOpen) == Literal(False)
    (bearing,) = graph.objects(claim, GO.bearing)
    assert str(graph.value(bearing, GO.how)) == "is contradicted by"


def _named(view: Any, verb: str) -> str:
    (seq,) = (e.seq for e in view.entries() if e.kind == "statement-recorded" and e.body["verb"] == verb)
    return f"urn:goodoffices:entry:{view.id}:{seq}"


def test_no_claim_is_rated() -> None:
    talks, _first = made()
    view = talks.view(SIDE_A, "plenary")
    text = json.dumps(claims(every(view, EVERYTHING), view))
    assert [word for word in ("Rating", "Review", "true", "truth") if f'"{word}' in text or f":{word}" in text] == []
