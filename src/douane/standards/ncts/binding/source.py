"""The layouts of a family as data: the one source from which readers, writers, schemas and the catalogue are made.

A phase that is told as a difference from another writes only what differs. What it takes over is looked up by name in
its own words first: a group of the other phase holds this one's groups, kinds of value and structs where they differ.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources

import msgspec
from msgspec import Struct

from douane.standards.ncts.binding.kinds import Kind
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf

REQUIRED, UNPUBLISHED = "R", "-"
_BY_SCHEMA = {"!": True, "?": False}
"""Behind a status: the schema demands the item, or does not, whatever the status says."""


class Facts(Struct, frozen=True):
    """What is published of a message as a whole."""

    ie: str
    symbolic_name: str
    label: str
    domain: str
    official: bool
    rules: str


class _Data(Struct, frozen=True):
    """The document: each layout is the name of its struct, then its items."""

    about: str
    after: str
    phases: tuple[str, ...]
    kinds: dict[str, Kind]
    layouts: dict[str, tuple[str, ...]]
    messages: dict[str, Facts]


class Source:
    """The layouts of one family, each made when it is first asked for."""

    def __init__(self, package: str) -> None:
        data = msgspec.json.decode(resources.files(package).joinpath("layouts.json").read_bytes(), type=_Data)
        other = source(data.after) if data.after else None
        self.package, self.messages = package, data.messages
        self.phases = tuple(dict.fromkeys(data.phases))
        self.kinds: dict[str, Kind] = {**(other.kinds if other else {}), **data.kinds}
        self._told: dict[str, tuple[str, ...]] = {**(other._told if other else {}), **data.layouts}  # noqa: SLF001 (its own kind)
        self._made: dict[str, Layout] = {}

    def layout(self, name: str) -> Layout:
        """The layout of a name that messages or other layouts use."""
        made = self._made.get(name)
        if made is None:
            struct, *items = self._told[name]
            kind = self.struct(struct)
            names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
            parts = tuple(self._item(item.split(" "), names) for item in items)
            made = self._made[name] = Layout(name.partition(".")[0], kind, parts)
        return made

    def struct(self, name: str) -> type[Struct]:
        """The class of a group or message."""
        found: type[Struct] = getattr(import_module(f"{self.package}.structs"), name)
        return found

    def _item(self, words: list[str], names: dict[str, str]) -> Leaf | Inner:
        """An item as it is written: ``tag status kind[:form] [list [rules]]`` or ``tag status layout*most [rules]``."""
        tag, status, what = words[:3]
        required = _BY_SCHEMA.get(status[1:], status[0] == REQUIRED)
        inner, star, most = what.partition("*")
        if star:
            most, _, published = most.partition("/")
            told = int(published or most)
            rules = words[3] if len(words) > 3 else ""
            return Inner(tag, names[tag], int(required), int(most), self.layout(inner), status[0], told, rules)
        kind, _, form = what.partition(":")
        code_list, rules = (*words[3:], "", "")[:2]
        found = self.kinds[kind]
        return Leaf(tag, names[tag], required, found, status[0], form or found.form, code_list.strip("-"), rules)


@cache
def source(package: str) -> Source:
    """The layouts that lie in a package of generated modules, read once."""
    return Source(package)
