"""What ``douane.author`` shows to applications: each name is used by one, and the codemod puts nothing else there."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from tools.codemods.faces import FACES, main, rewritten, shown

ROOT = Path(__file__).parents[2]
WRITTEN = ("src/douane/applications/**/*.py", "src/douane/cli/union/templates/**/*.txt", "docs/*.md")


@cache
def named() -> frozenset[str]:
    """The names that applications, templates and documents import, from wherever."""
    found: set[str] = set()
    pattern = re.compile(r"^\s*from douane\.\S+ import (?:\(([^)]*)\)|(.+))$", re.MULTILINE)
    for path in (each for glob in WRITTEN for each in ROOT.glob(glob)):
        for inside, line in pattern.findall(path.read_text(encoding="utf-8")):
            found |= {each.split(" as ")[0].strip() for each in (inside or line).split(",") if each.strip()}
    return frozenset(found)


@pytest.mark.parametrize("face", FACES)
def test_a_face_shows_what_somebody_uses(face: str) -> None:
    assert set(importlib.import_module(face).__all__) <= named(), "what nobody uses is no promise yet"


@pytest.mark.parametrize("face", FACES)
def test_a_face_decides_nothing(face: str) -> None:
    tree = ast.parse(Path(importlib.import_module(face).__file__ or "").read_text(encoding="utf-8"))
    assert {type(each) for each in tree.body} == {ast.Expr, ast.ImportFrom, ast.Assign}


def test_a_source_is_rewritten_and_what_no_face_shows_is_told() -> None:
    source = "from douane.model.declare import Actor, command\nfrom douane.runtime.core.tick import Tick\n"
    new, left = rewritten(source, shown())
    assert new == "from douane.author import Actor, command\nfrom douane.runtime.core.tick import Tick\n"
    assert left == ["douane.runtime.core.tick.Tick"]
    assert rewritten(new, shown()) == (new, left)


def test_another_thing_of_the_same_name_stays_where_it_is() -> None:
    source = (
        "from douane.reference_architecture.programme.case import Case\nfrom douane.runtime.store.records import Case\n"
    )
    new, left = rewritten(source, shown())
    assert new == "from douane.reference_architecture.programme.case import Case\nfrom douane.author.run import Case\n"
    assert left == ["douane.reference_architecture.programme.case.Case"]


def test_files_are_rewritten_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "deep").mkdir()
    path = tmp_path / "deep" / "records.py"
    path.write_text("def late():\n    from douane.runtime.store.records import record\n    return record\n")
    assert main([str(tmp_path)]) == 0
    assert path.read_text() == "def late():\n    from douane.author.run import record\n    return record\n"
    assert capsys.readouterr().out == ""
    assert main([]) == 2
