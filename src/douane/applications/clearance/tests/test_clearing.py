"""Import and export run one process: each under its own name, as it ran before."""

from __future__ import annotations

import pytest

from douane.applications.clearance.handlers.steps import clearing
from douane.applications.clearance.records.declared import Declared
from douane.author.run import Process


@pytest.mark.parametrize(
    ("name", "title", "pinned"),
    [
        ("importing", "Import", "3af888aaf82c598abbab17e210718b0b4c9563fe4ebb2db70fe5717602adfd8a"),
        ("exporting", "Export", "53be596fecb985c3cc79f5c501a8d578ac4ec0f129ac20ce3d170a4359003919"),
    ],
)
def test_running_instances_go_on(name: str, title: str, pinned: str) -> None:
    """They are pinned to the hash of the definition that began them."""
    made: Process[Declared[object]] = clearing(name, title, Declared, __name__)  # type: ignore[type-var] # any content
    assert made.definition.hash == pinned
    assert made.definition.name == title


def test_another_procedure_is_another_definition() -> None:
    made: Process[Declared[object]] = clearing("storing", "Storage", Declared, __name__)  # type: ignore[type-var] # any
    assert b"clear" not in made.source.lower().replace(b"clearly", b"")
    assert made.definition.name == "Storage"
