"""The rules of the language against rows of the standard's tables (appendix B), as far as they are known here."""

from __future__ import annotations

import pytest

from douane.standards.archimate.language import CONCEPTS, Relation, forbidden

LETTERS = {
    "a": Relation.ACCESS, "c": Relation.COMPOSITION, "f": Relation.FLOW, "g": Relation.AGGREGATION,
    "i": Relation.ASSIGNMENT, "n": Relation.INFLUENCE, "o": Relation.ASSOCIATION, "r": Relation.REALIZATION,
    "s": Relation.SPECIALIZATION, "t": Relation.TRIGGERING, "v": Relation.SERVING,
}  # fmt: skip
ROWS = {
    ("ApplicationService", "ApplicationService"): "cfgostv",
    ("ApplicationService", "BusinessProcess"): "fotv",
    ("ApplicationService", "Capability"): "or",
    ("ApplicationService", "DataObject"): "ao",
    ("ApplicationService", "Requirement"): "nor",
    ("ApplicationService", "Driver"): "no",
    ("ApplicationService", "Gap"): "o",
    ("ApplicationService", "WorkPackage"): "o",
    ("ApplicationFunction", "ApplicationService"): "fortv",
    ("ApplicationFunction", "BusinessFunction"): "fortv",
    ("ApplicationFunction", "BusinessRole"): "fotv",
    ("ApplicationFunction", "Grouping"): "acfgnorstv",
    ("ApplicationComponent", "ApplicationComponent"): "cfgorstv",
    ("ApplicationComponent", "ApplicationFunction"): "fiortv",
    ("ApplicationCollaboration", "ApplicationComponent"): "fgortv",
    ("Artifact", "ApplicationComponent"): "or",
    ("Artifact", "Artifact"): "cgors",
    ("Artifact", "Node"): "o",
    ("Assessment", "Assessment"): "cgnos",
    ("Assessment", "Goal"): "no",
    ("Assessment", "BusinessProcess"): "o",
}
"""Rows of the table: what may lead from one concept to another."""


@pytest.mark.parametrize(("pair", "letters"), ROWS.items())
def test_nothing_that_the_table_allows_is_refused(pair: tuple[str, str], letters: str) -> None:
    assert [letter for letter in letters if forbidden(LETTERS[letter], *pair)] == []


@pytest.mark.parametrize(
    ("relation", "source", "target"),
    [
        (Relation.COMPOSITION, "ApplicationService", "BusinessProcess"),
        (Relation.SPECIALIZATION, "BusinessActor", "BusinessRole"),
        (Relation.ACCESS, "BusinessProcess", "BusinessRole"),
        (Relation.ACCESS, "DataObject", "DataObject"),
        (Relation.INFLUENCE, "Goal", "BusinessProcess"),
        (Relation.SERVING, "ApplicationService", "DataObject"),
        (Relation.FLOW, "Assessment", "BusinessProcess"),
        (Relation.REALIZATION, "Goal", "BusinessProcess"),
        (Relation.ASSIGNMENT, "DataObject", "BusinessRole"),
    ],
)
def test_what_no_table_allows_is_refused_with_a_reason(relation: Relation, source: str, target: str) -> None:
    assert forbidden(relation, source, target)


def test_only_an_association_reaches_a_relationship() -> None:
    assert forbidden(Relation.ASSOCIATION, "Goal", "") == ""
    assert forbidden(Relation.FLOW, "BusinessProcess", "")


def test_an_association_joins_everything() -> None:
    assert not any(forbidden(Relation.ASSOCIATION, a, b) for a in CONCEPTS for b in CONCEPTS)
