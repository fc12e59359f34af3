"""No answer of an operation tells a bare instant: its type says whether it is the law's or the machine's."""

from __future__ import annotations

import msgspec
import pytest

from douane.channels.rest import answers
from douane.model import web_services
from douane.model.declare import Kind, Operation
from douane.model.discovery import services
from douane.vocabulary.clocks import bare

SERVICES = services()
FAMILIES = tuple(family for service in SERVICES for family in service.families)
OPERATIONS = [operation for service in SERVICES for operation in service.operations]


def told(operation: Operation) -> list[type]:
    """What an operation tells by types of ours; a published family of messages has the instants that its text gives."""
    types = (operation.request,) if operation.kind is Kind.EVENT else operation.replies
    return [each for each in types if not any(family.has(each) for family in FAMILIES)]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.qualified)
def test_no_answer_tells_a_bare_instant(operation: Operation) -> None:
    assert [field for each in told(operation) for field in bare(each)] == []


def test_what_doors_answer_says_by_which_clock_it_is() -> None:
    values = (each for module in (answers, web_services) for each in vars(module).values())
    found = [each for each in values if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    assert len(found) > 10
    assert [field for each in found for field in bare(each)] == []


def test_enough_is_looked_at() -> None:
    assert sum(len(told(each)) for each in OPERATIONS) > 150
