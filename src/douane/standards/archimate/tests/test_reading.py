"""Models of other tools: nothing of them is lost; what does not fit is refused with line, element and rule."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from douane.standards.archimate.reading import Rule, read
from douane.standards.archimate.tests.models import SMALL, foreign
from douane.standards.archimate.writing import write
from douane.vocabulary.errors import NotValid, NotWellFormed, TooLarge


def facts(data: bytes) -> Counter[tuple[str, ...]]:
    """Every text and attribute of a file by where it stands, without our reader: what a round trip must keep."""
    found: Counter[tuple[str, ...]] = Counter()
    for each in etree.fromstring(data).iter():
        owner = next((a.get("identifier", "") for a in (each, *each.iterancestors()) if a.get("identifier")), "")
        found[owner, str(each.tag), (each.text or "").strip()] += 1
        for name, value in each.attrib.items():
            if "schemaLocation" not in str(name):
                found[owner, str(each.tag), str(name), str(value)] += 1
    return found


def test_a_foreign_model_of_two_thousand_elements_loses_nothing() -> None:
    data = foreign(1, 2000)
    document = read(data)
    assert len(document.elements) == len(document.relationships) == 2000
    written = write(document)
    assert facts(written) == facts(data)
    assert read(written) == document


@pytest.mark.parametrize("seed", range(5))
def test_what_is_written_is_read_as_the_same(seed: int) -> None:
    document = read(foreign(seed, 40))
    assert read(write(document)) == document
    assert write(read(write(document))) == write(document)


def test_relationships_of_relationships_are_kept() -> None:
    document = read(foreign(3, 50))
    ids = {each.id for each in document.relationships}
    assert sum(each.target in ids for each in document.relationships) == 7


CASES = {
    "another root": (Rule.ROOT, "model", "thing", 2),
    "an earlier namespace": (Rule.ROOT, "archimate/3.0/", "archimate", 2),
    "a part out of its order": (Rule.ORDER, "<organizations>", "<elements/><organizations>", 12),
    "a part that nobody knows": (Rule.ORDER, "<elements>", "<things/><elements>", 4),
    "something inside an element": (Rule.ORDER, '<name xml:lang="en">Transit</name>', "<name>T</name><colour/>", 5),
    "a number as identifier": (Rule.IDENTIFIER, 'identifier="id-a"', 'identifier="9a"', 5),
    "an identifier twice": (Rule.IDENTIFIER, 'identifier="id-r"', 'identifier="id-b"', 10),
    "an unknown concept": (Rule.CONCEPT, "Capability", "Kapability", 5),
    "an unknown relationship": (Rule.RELATION, "Realization", "Realisation", 10),
    "an end that is nowhere": (Rule.ENDS, 'target="id-b"', 'target="id-z"', 10),
    "an end that is itself": (Rule.ENDS, 'target="id-b"', 'target="id-r"', 10),
    "what the language forbids": (Rule.ALLOWED, "Realization", "Composition", 10),
    "a property of no kind": (Rule.DEFINED, 'Ref="p-1"', 'Ref="p-9"', 7),
    "a kind of no type": (Rule.DEFINED, 'type="string"', 'type="money"', 14),
    "a folder of nothing": (Rule.REFERENCE, 'identifierRef="id-a"', 'identifierRef="id-z"', 12),
    "a node of nothing": (Rule.REFERENCE, 'id-n" elementRef="id-a"', 'id-n" elementRef="id-z"', 18),
    "a connection to nothing": (Rule.REFERENCE, 'source="id-n"', 'source="id-a"', 20),
    "no name": (Rule.NAMED, '<name xml:lang="en">Transit</name>', "", 5),
    "no place": (Rule.PLACED, 'x="1"', 'x="left"', 18),
    "a node after a connection": (
        Rule.NODES_FIRST, "</view>", '<node identifier="id-q" elementRef="id-a" x="1" y="1" w="1" h="1"/></view>', 21,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_refused_with_line_and_rule(case: str) -> None:
    rule, was, now, line = CASES[case]
    assert SMALL.count(was) >= 1
    with pytest.raises(NotValid) as caught:
        read(SMALL.replace(was, now, 1 if was != "model" else -1).encode())
    found = [(fault.rule, fault.line) for fault in caught.value.faults]
    assert (rule.id, line) in found
    assert f"line {line}" in caught.value.text or len(found) > 1
    assert all(fault.remedy for fault in caught.value.faults)


def test_every_rule_is_broken_by_a_case() -> None:
    assert {rule for rule, *_ in CASES.values()} == set(Rule)


def test_every_fault_is_told_at_once() -> None:
    broken = SMALL.replace("Capability", "Kapability").replace('target="id-b"', 'target="id-z"')
    with pytest.raises(NotValid) as caught:
        read(broken.encode())
    assert [fault.rule for fault in caught.value.faults] == ["A04", "A06"]


def test_hostile_files_are_refused() -> None:
    with pytest.raises(NotWellFormed):
        read(b'<!DOCTYPE m [<!ENTITY a "b">]>' + SMALL.partition("?>\n")[2].encode())
    with pytest.raises(NotWellFormed):
        read(SMALL.encode()[:-20])
    with pytest.raises(TooLarge):
        read((SMALL.partition("<elements>")[0] + "<a>" * 70 + "</a>" * 70 + "</model>").encode())
