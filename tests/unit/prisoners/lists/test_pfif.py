"""PFIF 1.4 in and out."""

from __future__ import annotations

import io

import pytest

from goodoffices.prisoners.lists import files, pfif
from goodoffices.prisoners.lists.dates import When
from goodoffices.prisoners.lists.tables import BadList

AT = "2026-01-02T03:04:05Z"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">
  <pfif:person>
    <pfif:person_record_id>example.org/7</pfif:person_record_id>
    <pfif:full_name>Юрій Гай</pfif:full_name>
    <pfif:given_name>Юрій</pfif:given_name>
    <pfif:family_name>Гай</pfif:family_name>
    <pfif:date_of_birth>1987-05</pfif:date_of_birth>
    <pfif:note>
      <pfif:status>believed_missing</pfif:status>
      <pfif:last_known_location>Грішове &amp; around</pfif:last_known_location>
    </pfif:note>
  </pfif:person>
  <pfif:note>
    <pfif:person_record_id>example.org/7</pfif:person_record_id>
    <pfif:status>believed_dead</pfif:status>
  </pfif:note>
</pfif:pfif>
"""


def test_persons_and_their_notes_are_read() -> None:
    (person,) = files.read(DOCUMENT.encode()).persons()
    assert person.said == {
        "id": "example.org/7", "name": "Юрій Гай", "given": "Юрій", "surname": "Гай", "born": "1987-05",
        "held_at": "Грішове & around", "category": "deceased",
    }  # fmt: skip
    assert person.born == When(1987, 5)


def test_what_is_written_is_read_back() -> None:
    content = (
        "id;surname;given;patronymic;born;sex;rank;note;source\n"
        "x/1;Гай;Юрій;Петрович;12.05.1987;male;сержант;<b> & so on;ICRC\n2;Мак;Єва;;1990;female;;;\n"
    )
    persons = list(files.read(content.encode()).persons())
    out = io.StringIO()
    assert pfif.write(out, persons, AT, "host.example") == 2
    back = list(files.read(out.getvalue().encode()).persons())
    assert [(p.id, p.born, p.said["surname"], p.said["name"]) for p in back] == [
        ("x/1", When(1987, 5, 12), "Гай", "Юрій Петрович Гай"),
        ("host.example/2", When(1990), "Мак", "Єва Мак"),
    ]
    lost = {key: text for key, text in persons[0].said.items() if back[0].said.get(key) != text}
    assert lost == {"born": "12.05.1987"}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (DOCUMENT.replace("<pfif:pfif", '<!DOCTYPE x [<!ENTITY a "b">]><pfif:pfif', 1), "DOCTYPE"),
        (DOCUMENT[:-20], "no whole XML document: line 17"),
    ],
)
def test_documents_that_mean_harm_or_are_torn_are_refused(document: str, why: str) -> None:
    with pytest.raises(BadList, match=why):
        files.read(document.encode())


def test_a_document_in_another_encoding_with_entities_is_refused_too() -> None:
    document = DOCUMENT.replace("<pfif:pfif", '<!DOCTYPE x [<!ENTITY a "b">]><pfif:pfif', 1)
    with pytest.raises(BadList):
        files.read(document.encode("utf-16"))
