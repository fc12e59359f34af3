"""The blocks of code in README and documentation, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GENERATED = frozenset({"cli.md", "errors.md"})
"""Pages that a tool writes; what stands there is proven where it is written."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block: its page, its number on the page from 1, its language and text."""

    page: str
    number: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """How the table of tests names it."""
        return f"{self.page}:{self.number}"


@cache
def blocks() -> tuple[Block, ...]:
    """Every block of the pages that people write."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    return tuple(
        Block(page.name, number, found[1], found[2])
        for page in pages
        if page.name not in GENERATED
        for number, found in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8")), 1)
    )


def of_page(page: str) -> list[Block]:
    """The blocks of a page."""
    return [block for block in blocks() if block.page == page]
