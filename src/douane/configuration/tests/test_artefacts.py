"""Versions of what decides: they follow the content of files, and stand in the leaves of a node."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from douane.assembly.core import make_core
from douane.configuration.artefacts import version, versions
from douane.configuration.settings import NodeSettings


def room(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".py").write_text(text)
    return folder


def test_every_kind_has_a_version() -> None:
    assert re.fullmatch(
        r"calendars=[0-9a-f]{12} processes=[0-9a-f]{12} release=\S+ rules=[0-9a-f]{12} schemas=[0-9a-f]{12}"
        r" tables=[0-9a-f]{12} zones=[0-9]{4}[a-z]",
        versions(),
    )


def test_calendars_of_a_node_have_a_version_beside_those_of_the_product(tmp_path: Path) -> None:
    file = tmp_path / "calendars.json"
    file.write_text("{}")
    with_own = versions(file).split()[0]
    assert re.fullmatch(r"calendars=[0-9a-f]{12}\+[0-9a-f]{12}", with_own)
    assert with_own.startswith(versions().split()[0])


@pytest.mark.parametrize("other", [{"rules__a": "y = 1"}, {"rules__b": "x = 1"}, {"rules__a": "x = 1", "rules__c": ""}])
def test_a_version_follows_content_and_names(tmp_path: Path, other: dict[str, str]) -> None:
    one, two = room(tmp_path / "1" / "own", rules__a="x = 1"), room(tmp_path / "2" / "own", **other)
    assert version([one], "rules") != version([two], "rules")


def test_a_version_does_not_depend_on_the_place_nor_on_tests(tmp_path: Path) -> None:
    one, two = room(tmp_path / "1" / "own", rules="x = 1"), room(tmp_path / "2" / "own", rules="x = 1")
    room(two, rules__tests__test_a="assert x", handlers="y = 2")
    room(two / "rules" / "__pycache__", left="")
    assert version([one], "rules") == version([two], "rules")


def test_they_stand_in_the_leaves_of_a_node(tmp_path: Path) -> None:
    settings = NodeSettings(name="artefacts", data=tmp_path, store="memory:", platforms=("speed2",))
    core = make_core(settings, ended=lambda problem: None)
    assert core.auditor.versions == versions()
    core.store.close()
