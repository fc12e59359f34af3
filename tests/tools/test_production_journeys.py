"""A page journey is played on the shape of production, or named with its reason; a skipped one breaks the row."""

from __future__ import annotations

import pytest

from tests.production.journeys import Outcomes, not_played, reason_of, unknown
from tests.production.shape import ROOT


def collected() -> Outcomes:
    """The journeys, none of them played."""
    found = Outcomes()
    pytest.main(
        ["tests/pages", "--collect-only", "-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT)], plugins=[found]
    )
    return found


def test_what_is_named_as_not_played_is_a_journey_and_has_a_reason() -> None:
    found = collected()
    assert unknown(found.left) == []
    assert all(not_played().values())
    filed = "test_filing.py::test_a_declaration_is_copied_refused_at_its_field_corrected_and_released[wide]"
    assert reason_of(filed) == ""


def test_one_that_was_skipped_without_being_named_breaks_the_row() -> None:
    assert Outcomes({"one": "passed"}).wrong() == []
    assert Outcomes({"one": "passed", "two": "skipped: it looks into the node"}).wrong()
    assert Outcomes({"one": "passed", "two": "failed: x"}).wrong()
    assert Outcomes().wrong(), "nothing that was played is nothing that held"
