"""What the architecture tests look at: the files of the repository and the parsed modules of the product."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "src" / "douane"
CODE = ("src", "tests", "tools", "bench", "crash")
MADE_BY_TOOLS = frozenset(
    {".git", ".venv", "build", "dist", "__pycache__", "node_modules", "vendor", "douane-data", ".hypothesis"}
    | {f".{tool}_cache" for tool in ("mypy", "ruff", "pytest", "import_linter")}
)
"""Folders that ``.gitignore`` names."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file with its text and its syntax tree, which is parsed when it is first looked at."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        gc.disable()  # a collection would walk all trees again and again: three quarters of the time of parsing
        try:
            return ast.parse(self.text, str(self.path))
        finally:
            gc.freeze()
            gc.enable()

    @property
    def name(self) -> str:
        """The path below the repository, as messages name it."""
        return self.path.relative_to(REPOSITORY).as_posix()

    @property
    def is_test(self) -> bool:
        """Whether it stays out of the wheel."""
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_generated(self) -> bool:
        """Whether a tool wrote it: such modules live in folders of that name."""
        return "generated" in self.path.relative_to(REPOSITORY).parts


def files(*roots: str) -> Iterator[Path]:
    """Every file of the repository, or of some folders of it, that a person or a tool committed."""
    for root in roots or (".",):
        yield from _below(REPOSITORY / root)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in MADE_BY_TOOLS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


@cache
def modules() -> tuple[Module, ...]:
    """The hand-written Python files of the repository."""
    return tuple(
        Module(path, path.read_text(encoding="utf-8"))
        for path in files(*CODE) if path.suffix == ".py" and "generated" not in path.parts
    )  # fmt: skip


@cache
def product() -> tuple[Module, ...]:
    """The hand-written modules that go into the wheel."""
    return tuple(module for module in modules() if module.path.is_relative_to(SOURCE) and not module.is_test)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function in a tree, inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))
