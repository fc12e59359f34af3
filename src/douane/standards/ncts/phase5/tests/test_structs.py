"""The struct types of the message family."""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec
import pytest

from douane.standards.ncts import phase5
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated import structs

GROUPS = (structs.Group, structs.Message)


def test_every_message_and_group_has_its_schema() -> None:
    made = [each for each in vars(structs).values() if isinstance(each, type) and issubclass(each, GROUPS)]
    assert len(CODECS.messages) == 91
    assert {each.__name__ for each in made if issubclass(each, structs.Message)} == {*CODECS.messages, "Message"}
    for each in made:
        assert getattr(phase5, each.__name__) is each
        msgspec.json.schema(each)  # resolves every annotation


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="CC999C"):
        _ = phase5.CC999C


@pytest.mark.parametrize("phase", ["phase5", "phase6"])
def test_looking_a_name_up_loads_neither_structs_nor_parsers(phase: str) -> None:
    code = (
        f"import sys; from douane.standards.ncts.{phase}.codecs import CODECS;"
        "assert 'CC015C' in CODECS.names; print(*sys.modules)"
    )
    assert not [name for name in loaded_by(code) if name.endswith(("generated.structs", "lxml", "expat"))]


def test_a_struct_is_known_without_its_reader_or_its_layouts() -> None:
    loaded = loaded_by("import sys; from douane.standards.ncts.phase5 import CC928C; print(*sys.modules)")
    assert [name for name in loaded if ".ncts." in name] == [
        "douane.standards.ncts.phase5",
        "douane.standards.ncts.phase5.generated",
        "douane.standards.ncts.phase5.generated.structs",
    ]


def loaded_by(code: str) -> list[str]:
    """The modules that a process has when it printed them."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30, env=env
    )
    return result.stdout.split()


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
