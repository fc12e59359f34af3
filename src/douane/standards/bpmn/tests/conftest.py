"""The notation and the player as fixtures."""

from __future__ import annotations

import pytest

from douane.standards.bpmn import compiler, document
from douane.standards.bpmn.tests.notation import Model, Notation, Play, Player


@pytest.fixture(scope="session")
def model() -> Model:
    """Text in the short notation to a document called test.bpmn."""
    return lambda text: document.read(Notation().xml(text).encode(), source="test.bpmn")


@pytest.fixture(scope="session")
def play(model: Model) -> Play:
    """Text in the short notation to a player of its process; keywords are the answers of the predicates."""
    return lambda text, **facts: Player(compiler.compile(model(text)), facts)
