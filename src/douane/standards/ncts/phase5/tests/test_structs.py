"""The struct types of the message family."""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec
import pytest

from douane.standards.ncts import phase5
from douane.standards.ncts.phase5 import generated


def test_every_message_and_group_can_be_loaded() -> None:
    assert len(generated.MESSAGES) == 91
    for name in generated.WHERE:
        struct = getattr(phase5, name)
        assert struct.__name__ == name
        msgspec.json.schema(struct)  # resolves every annotation


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="CC999C"):
        _ = phase5.CC999C


def test_naming_one_message_loads_only_what_it_needs() -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import sys; from douane.standards.ncts.phase5 import CC928C; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30, env=env
    )
    loaded = [name for name in result.stdout.split() if ".generated." in name]
    assert any(name.endswith(".cc928c") for name in loaded)
    assert len(loaded) < 15


def test_fields_carry_their_tags() -> None:
    operation = phase5.TransitOperation06(
        lrn="A1",
        declaration_type="T1",
        additional_declaration_type="A",
        security="0",
        reduced_dataset_indicator=False,
        binding_itinerary=True,
    )
    assert b'"LRN":"A1"' in msgspec.json.encode(operation)
    with pytest.raises(AttributeError):
        operation.lrn = "B"  # type: ignore[misc]
