"""The documents are true: links lead somewhere, named files and functions exist, generated pages are current."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY, SOURCE, files, functions
from tools import error_pages

DOCUMENTS = sorted(path for path in files() if path.suffix == ".md")
DECISIONS = REPOSITORY / "docs" / "decisions"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")
IN_TICKS = re.compile(r"`(?!\S*NAME)((?:src|tests|tools|docs|bench|requirements)/[\w./-]+)`")
OTHER_ROOMS = re.compile(
    r"`((?:" + "|".join(sorted(p.name for p in SOURCE.iterdir() if p.is_dir())) + r")/[\w./]*\.(?:py|json|toml))`"
)
CALL = re.compile(r"`((?:\w+\.)?\w+)` *\(`([\w/]+\.py)`\)")
"""A function as the architecture page writes it: its name, then its file below ``src/douane``."""
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(REPOSITORY).as_posix())


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []


@every_document
def test_named_files_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [name for name in IN_TICKS.findall(text) if not (REPOSITORY / name).exists()] == []
    assert [name for name in OTHER_ROOMS.findall(text) if not (SOURCE / name).exists()] == []


@every_document
def test_named_functions_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [f"{name} in {file}" for name, file in CALL.findall(text) if name not in _defined(SOURCE / file)] == []


def _defined(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = {
        f"{node.name}.{inner.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for inner in functions(node)
    }
    return methods | {node.name for node in functions(tree)}


def decisions() -> Iterator[Path]:
    """The decision records, by number."""
    yield from sorted(DECISIONS.glob("[0-9][0-9][0-9][0-9]-*.md"))


def test_decisions_are_numbered_once_and_fit_a_screen() -> None:
    numbers = [path.name[:4] for path in decisions()]
    assert len(set(numbers)) == len(numbers)
    for path in decisions():
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]}:? \w", text), path.name
        assert text.count("\n") <= 60, path.name
        assert "**Context" in text, path.name
        assert "**Decision" in text, path.name
        assert "**Checked" in text, path.name


def test_the_page_of_errors_is_current() -> None:
    current = error_pages.PAGE.read_text(encoding="utf-8") == error_pages.page()
    assert current, "run: PYTHONPATH=src .venv/bin/python -m tools.error_pages"
