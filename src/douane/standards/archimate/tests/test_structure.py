"""What is written is judged by another reader: libxml2, by the structure that the standard describes (structure.xsd).

The published schema is not ours to ship and is not at hand; this one is written by us from the description of the
format: parts in their order, identifiers that are unique in the file, references that lead somewhere, closed lists.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from douane.reference_architecture.exchange.archimate import document_of
from douane.reference_architecture.installed import installed_model
from douane.standards.archimate.language import CONCEPTS, Relation
from douane.standards.archimate.reading import read
from douane.standards.archimate.tests.models import SMALL, foreign
from douane.standards.archimate.writing import write

SPACE = "{http://www.w3.org/2001/XMLSchema}"
ATTRIBUTES = {
    Relation.ACCESS: ("accessType", ("Access", "Read", "Write", "ReadWrite")),
    Relation.INFLUENCE: ("modifier", ("+", "++", "-", "--", *map(str, range(11)))),
    Relation.ASSOCIATION: ("isDirected", ("true", "false")),
}


@cache
def structure() -> etree.XMLSchema:
    """The schema, with a type for each concept and each kind of relationship."""
    tree = etree.parse(str(Path(__file__).with_name("structure.xsd")))
    assert len(CONCEPTS) == 62, "elements, junctions, grouping and location of ArchiMate 3.2"
    for name in sorted(CONCEPTS):
        tree.getroot().append(_type(name, "Concept"))
    for relation in Relation:
        made = _type(relation.value, "Arrow")
        if relation in ATTRIBUTES:
            name, values = ATTRIBUTES[relation]
            attribute = etree.SubElement(made[0][0], f"{SPACE}attribute", name=name)
            list_ = etree.SubElement(etree.SubElement(attribute, f"{SPACE}simpleType"), f"{SPACE}restriction",
                                     base="xs:string")  # fmt: skip
            for value in values:
                etree.SubElement(list_, f"{SPACE}enumeration", value=value)
        tree.getroot().append(made)
    return etree.XMLSchema(tree)


def _type(name: str, base: str) -> etree._Element:
    made = etree.Element(f"{SPACE}complexType", name=name)
    etree.SubElement(etree.SubElement(made, f"{SPACE}complexContent"), f"{SPACE}extension", base=base)
    return made


def faults(data: bytes) -> list[str]:
    """What libxml2 finds wrong."""
    schema = structure()
    schema.validate(etree.fromstring(data, etree.XMLParser(huge_tree=True)))
    log: Any = schema.error_log
    return [each.message for each in log]


def test_the_whole_model_has_the_structure_of_the_standard() -> None:
    data = write(document_of(installed_model()))
    assert data.count(b"<element ") > 4_000
    assert faults(data) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_others_wrote_keeps_it_when_it_is_written_again(seed: int) -> None:
    for data in (SMALL.encode(), foreign(seed, 200)):
        assert faults(data) == []
        assert faults(write(read(data))) == []


WRONG = {
    "parts in another order": ("<organizations>", "<propertyDefinitions/><organizations>"),
    "no elements inside their part": ('<element identifier="id-a"', '<thing identifier="id-a"'),
    "an identifier twice": ('identifier="id-v"', 'identifier="id-a"'),
    "an identifier that is a number": ('identifier="id-r"', 'identifier="7"'),
    "an end that is nowhere": ('target="id-b"', 'target="id-z"'),
    "a view of what is nowhere": ('elementRef="id-a"', 'elementRef="id-z"'),
    "a property that nobody defined": ('propertyDefinitionRef="p-1"', 'propertyDefinitionRef="p-2"'),
    "a concept that there is not": ('"Capability"', '"Kapability"'),
    "a relationship that there is not": ('"Realization"', '"Realisation"'),
    "a relationship as an element": ('"Goal"', '"Realization"'),
    "a kind of property that there is not": ('type="string"', 'type="text"'),
    "a line to what is not drawn": ('source="id-n"', 'source="id-a"'),
    "a folder of what is nowhere": ('identifierRef="id-a"', 'identifierRef="id-z"'),
    "a node without a width": (' w="120" h="55"/>\n<node', ' h="55"/>\n<node'),
    "a connection before a node": (
        '<node identifier="id-n"',
        '<connection identifier="id-d" xsi:type="Line" source="id-n" target="id-o"/><node identifier="id-n"',
    ),
    "a model without a name": ('<name xml:lang="en">A model</name>', ""),
}


@pytest.mark.parametrize("case", WRONG)
def test_it_is_no_judge_that_lets_everything_through(case: str) -> None:
    old, new = WRONG[case]
    assert SMALL.count(old) >= 1
    data = SMALL.replace(old, new, 1)
    if case.startswith("no elements"):
        data = data.replace("</element>", "</thing>", 1)
    assert faults(data.encode()) != []
