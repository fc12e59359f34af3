"""``docs/deploy.md`` as something that is done: its blocks by section, each a script or the content of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.production.hosts import Host

PAGE: Final = Path(__file__).parents[2] / "docs" / "deploy.md"
_CHAPTER: Final = re.compile(r"## From an empty Debian to a signed-in officer\n(.*?)\n## ", re.DOTALL)
_BLOCK: Final = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
_FILE: Final = re.compile(r"# (at the end of )?(\S*\.(?:toml|cnf|json|conf)|/\S+)\n")


@dataclass(frozen=True)
class Block:
    """A script, or what is written into a file. file: its path; empty for a script. more: whether it is added to it."""

    text: str
    file: str = ""
    more: bool = False


class Sections:
    """The sections of the chapter, each done once; what was not done is told."""

    def __init__(self, instead: Mapping[str, str]) -> None:
        """instead: what an administration says in place of the examples; each must stand in the page."""
        (chapter,) = _CHAPTER.findall(PAGE.read_text())
        for example, own in instead.items():
            if example not in chapter:
                raise ValueError(f"docs/deploy.md does not say {example!r}")
            chapter = chapter.replace(example, own)
        parts = re.split(r"^### (.+)$", chapter, flags=re.MULTILINE)
        self._blocks = {name: _blocks(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}
        self._done: set[Block] = set()

    def do(self, section: str, at: Host, *, folder: str = "/root", only: slice = slice(None)) -> str:
        """Do the blocks of a section on a host, or some of them; what they printed. Raises Failed."""
        told = ""
        for block in self._blocks[section][only]:
            self._done.add(block)
            if not block.file:
                told += at.run(block.text, folder=folder)
                continue
            path = block.file if block.file.startswith("/") else f"{folder}/{block.file}"
            at.write(path, (at.read(path) if block.more else b"") + block.text.encode())
        return told

    def left(self) -> list[str]:
        """Sections of which a block was not done."""
        return [name for name, blocks in self._blocks.items() if not self._done.issuperset(blocks)]


def _blocks(text: str) -> tuple[Block, ...]:
    found = []
    for _, body in _BLOCK.findall(text):
        named = _FILE.match(body)
        if named and named[2].endswith(".json"):  # which has no comments
            body = body[named.end() :]
        found.append(Block(body, named[2], bool(named[1])) if named else Block(body))
    return tuple(found)
