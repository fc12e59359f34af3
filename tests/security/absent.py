"""Looks for things that docs/security.json says the product does not have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.tree import REPOSITORY
from tools.security_page import Absent, Kind

WRITTEN = frozenset({".py", ".js", ".html", ".toml", ".json"})


def there(absent: Absent) -> Iterator[str]:
    """Where something of it is."""
    if absent.kind is Kind.IMPORT:
        yield from (f"{path}: {name}" for path, name in imports(absent.under) if name in absent.names)
        return
    for path, text in texts(absent.under):
        yield from (f"{path}: {each}" for each in words(absent, text))


def words(absent: Absent, text: str) -> Iterator[str]:
    """The words of it that stand in a text."""
    yield from (each for each in absent.names if re.search(each, text, re.IGNORECASE))


def imported(text: str) -> Iterator[str]:
    """The first names of what a module imports."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (each.partition(".")[0] for each in names)


@cache
def imports(under: str) -> frozenset[tuple[str, str]]:
    """By file what it imports."""
    return frozenset(
        (str(path), each) for path, text in texts(under) if path.suffix == ".py" for each in imported(text)
    )


@cache
def texts(under: str) -> tuple[tuple[Path, str], ...]:
    """What people wrote below a folder of the product, tests apart."""
    found = sorted(path for path in (REPOSITORY / under).rglob("*") if path.suffix in WRITTEN)
    return tuple((path, path.read_text("utf-8")) for path in found if not {"tests", "generated"} & set(path.parts))
