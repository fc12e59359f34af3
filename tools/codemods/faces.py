"""Lets the source of applications import what ``douane.author`` shows, in place of the modules behind it.

``python -m tools.codemods.faces PATH ...`` rewrites Python files and folders of them in place; the names stay. Imports
of what no face shows stay as they are, and are printed. Behind it: ``ruff check --select I --fix``, ``ruff format``.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

FACES: Final = ("douane.author", "douane.author.needs", "douane.author.run", "douane.author.pages")


def shown() -> dict[str, dict[int, str]]:
    """Where each name is shown: by its name and the identity of what it names."""
    found: dict[str, dict[int, str]] = {}
    for face in FACES:
        module = importlib.import_module(face)
        for name in module.__all__:
            found.setdefault(name, {})[id(getattr(module, name))] = face
    return found


def rewritten(source: str, faces: dict[str, dict[int, str]]) -> tuple[str, list[str]]:
    """A source with its imports by faces, and the imports of the platform that no face shows."""
    lines, left = source.split("\n"), list[str]()
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    for node in sorted(found, key=lambda each: -each.lineno):
        module = node.module or ""
        if not module.startswith("douane.") or module.startswith(("douane.author", "douane.applications")):
            continue
        by_face: dict[str, list[str]] = {}
        for each in node.names:
            face = _face(module, each.name, faces)
            if face == module and not module.startswith("douane.standards"):
                left.append(f"{module}.{each.name}")
            by_face.setdefault(face, []).append(f"{each.name} as {each.asname}" if each.asname else each.name)
        if by_face.keys() != {module}:
            assert node.end_lineno is not None
            lines[node.lineno - 1 : node.end_lineno] = [
                f"{' ' * node.col_offset}from {face} import {', '.join(names)}" for face, names in by_face.items()
            ]
    return "\n".join(lines), left


def _face(module: str, name: str, faces: dict[str, dict[int, str]]) -> str:
    """Which module shows what a module has under a name; that module where no face does."""
    if name not in faces:
        return module
    value = getattr(importlib.import_module(module), name, None)
    return faces[name].get(id(value), module)


def sources(paths: Iterable[str]) -> Iterator[Path]:
    """The Python files that are named, and those in the folders that are."""
    for each in map(Path, paths):
        yield from sorted(each.rglob("*.py")) if each.is_dir() else [each]


def main(paths: list[str]) -> int:
    """Rewrite them; 2 where nothing is named."""
    if not paths:
        print(__doc__)
        return 2
    faces = shown()
    for path in sources(paths):
        text = path.read_text(encoding="utf-8")
        new, left = rewritten(text, faces)
        if new != text:
            path.write_text(new, encoding="utf-8")
        for each in left:
            print(f"{path}: {each}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
