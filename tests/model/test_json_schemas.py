"""Schemas as others read them: patterns, names, and defaults that their own type takes."""

from __future__ import annotations

import re

import msgspec
import pytest

from douane.configuration import discovery
from douane.model.discovery import application_of
from douane.model.naming import names_of
from douane.standards.json.schemas import _reached, components_of, ecma, schemas_of

PLACE = "#/components/schemas/{name}"
OWN = tuple(
    dict.fromkeys(
        each
        for service in discovery.services()
        for operation in service.operations
        for each in (operation.request, *operation.replies)
        if not any(each in family.types() for family in service.families)
    )
)
NAMED = {name: each for name, each in names_of(discovery.services()).types.items() if each in OWN}


@pytest.mark.parametrize(
    ("python", "others"),
    [
        (r"\A[A-Z]{2}\Z", "^[A-Z]{2}$"),
        (r"\A\\A\.\Z", r"^\\A\.$"),
        (r"[A-Z]", "[A-Z]"),
        (r"\A(?:[A-Z]{2})?\Z", "^(?:[A-Z]{2})?$"),
    ],
)
def test_anchors_of_python_become_those_of_everybody(python: str, others: str) -> None:
    assert ecma(python) == others


def test_no_pattern_holds_what_only_python_knows() -> None:
    _, components = schemas_of(OWN, PLACE, application_of)
    found = set(re.findall(r'"pattern":"((?:[^"\\]|\\.)*)"', msgspec.json.encode(components).decode()))
    patterns = {msgspec.json.decode(f'"{each}"') for each in found}
    assert len(patterns) > 20
    only_python = re.compile(r"\\[AZ]|\(\?P|\(\?#|\(\?[aiLmsux]+\)|[*+?}]\+|\(\?>")
    outside = {each: re.sub(r"\[(?:[^\]\\]|\\.)*\]", "C", each) for each in patterns}  # without classes of characters
    assert [each for each, rest in outside.items() if only_python.search(rest)] == []


def test_names_are_those_of_applications_and_the_same_for_whoever_asks() -> None:
    _, whole = schemas_of(OWN, PLACE, application_of, NAMED)
    assert [name for name in whole if name.startswith("douane.")] == []
    assert {"drafts.Change", "architecture.Change"} <= whole.keys()
    assert len(whole) == len(_reached(OWN)), "no two types share a name"
    for each in OWN:
        _, alone = schemas_of([each], PLACE, application_of, NAMED)
        assert components_of([each], application_of, NAMED)[each] in alone
        assert all(whole[name] == schema for name, schema in alone.items())


def test_a_default_is_a_value_of_its_own_type() -> None:
    refused = []
    for kind in (each for each in _reached(OWN) if issubclass(each, msgspec.Struct)):
        for field in msgspec.structs.fields(kind):
            if field.default is not msgspec.NODEFAULT:
                try:
                    msgspec.convert(msgspec.to_builtins(field.default), field.type, strict=False)
                except msgspec.ValidationError:
                    refused.append(f"{kind.__module__}.{kind.__name__}.{field.name}")
    assert refused == []
