"""Probes see the product as anybody does: what stands in ``tests/outside`` imports nothing of its inside."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.architecture.tree import REPOSITORY, files
from tests.cases.playing import SABOTAGES, cases_of, names

PERMITTED = ("douane.standards", "tests.outside")


def foreign(text: str) -> list[str]:
    """What a module imports beside standards, other probes and the standard library."""
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=imported):
                found += [each.name for each in imported]
            case ast.ImportFrom(module=str(module), level=0, names=imported):
                found += [f"{module}.{each.name}" for each in imported]
            case ast.ImportFrom():
                found.append("a relative import")
            case ast.Call(func=ast.Name(id="__import__") | ast.Attribute(attr="import_module")):
                found.append("an import by name")
    return [each for each in found if not _permitted(each)]


def _permitted(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names or any(f"{name}.".startswith(f"{p}.") for p in PERMITTED)


def test_probes_import_standards_and_the_standard_library_alone() -> None:
    probes = [path for path in files("tests/outside") if path.suffix == ".py"]
    assert len(probes) >= 3
    found = {path.relative_to(REPOSITORY).as_posix(): foreign(path.read_text(encoding="utf-8")) for path in probes}
    assert not {path: imports for path, imports in found.items() if imports}


def test_one_view_imports_nothing_of_the_product() -> None:
    own = [path for path in files("tests/one_view") if path.suffix == ".py" and not path.name.startswith("test_")]
    assert len(own) >= 8
    found = {path.name: foreign(path.read_text(encoding="utf-8")) for path in own}
    inside = {name: [each for each in imports if not _beside(each)] for name, imports in found.items()}
    assert not {name: imports for name, imports in inside.items() if imports}


def _beside(name: str) -> bool:
    """What one view is made of: itself, a browser, and what runs harnesses."""
    permitted = ("tests.one_view", "tests.hostile.browser", "tests.hostile.party", "tools")
    return any(f"{name}.".startswith(f"{each}.") for each in permitted)


@pytest.mark.parametrize(
    "text",
    [
        "import douane",
        "import douane.runtime",
        "from douane import runtime",
        "from douane.standardslike import x",
        "from tests.journeys import office",
        "import lxml",
        "from . import door",
        "__import__('douane')",
        "import importlib\nimportlib.import_module('douane')",
        "def f():\n    from douane.model import rules",
    ],
)
def test_it_finds_what_they_must_not_import(text: str) -> None:
    assert foreign(text)


def test_every_case_has_its_own_number_and_its_own_sabotage() -> None:
    assert names()
    for name in names():
        numbers = [each.number for each in cases_of(name)]
        assert numbers == list(range(1, len(numbers) + 1))
        tree = ast.parse((SABOTAGES / f"{name}.py").read_text(encoding="utf-8"))
        (known,) = [
            each.value
            for each in tree.body
            if isinstance(each, ast.Assign)
            and isinstance(each.targets[0], ast.Name)
            and each.targets[0].id == "SABOTAGES"
        ]
        assert isinstance(known, ast.Dict)
        assert [ast.literal_eval(key) for key in known.keys if key is not None] == numbers
        assert len({ast.unparse(each) for each in known.values}) == len(numbers)
