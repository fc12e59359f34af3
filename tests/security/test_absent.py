"""What docs/security.json calls not applicable names a thing that the product lacks, and that would be found."""

from __future__ import annotations

import pytest

from tests.security.absent import imported, texts, there, words
from tools.security_page import Absent, Kind, Requirement, State, read

ABSENT = [each for each in read().requirements if each.state is State.NOT_APPLICABLE]

WRITTEN = {"type=.?password": 'type="password"', "addEventListener\\(.message": "addEventListener('message"}
"""How what is looked for would be written, where it is looked for by a pattern."""


def _of(requirement: Requirement) -> Absent:
    assert requirement.absent is not None
    return requirement.absent


@pytest.mark.parametrize("requirement", ABSENT, ids=lambda each: each.id)
def test_the_thing_is_absent(requirement: Requirement) -> None:
    assert list(there(_of(requirement))) == []


@pytest.mark.parametrize("requirement", ABSENT, ids=lambda each: each.id)
def test_it_would_be_found_where_it_is_looked_for(requirement: Requirement) -> None:
    absent = _of(requirement)
    assert texts(absent.under), "there is something to look through"
    for name in absent.names:
        if absent.kind is Kind.IMPORT:
            assert list(imported(f"from {name}.inner import thing")) == [name]
        else:
            assert list(words(absent, WRITTEN.get(name, name.replace("\\b", "")))) == [name]
