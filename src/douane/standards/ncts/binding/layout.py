"""Layouts: the items of a group in their order, with cardinality and kind; what readers of every form go by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from douane.standards.ncts.binding.kinds import Kind

ITEM_NUMBER: Final = "declarationGoodsItemNumber"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item that holds a value; it occurs once at most."""

    tag: str
    name: str
    required: bool
    kind: Kind

    @property
    def least(self) -> int:
        """How often it occurs at least."""
        return int(self.required)

    @property
    def most(self) -> int:
        """How often it occurs at most."""
        return 1


@dataclass(frozen=True, slots=True)
class Inner:
    """A group inside a group."""

    tag: str
    name: str
    least: int
    most: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Layout:
    """A group as one tag carries it: struct and items in the order of the schema."""

    tag: str
    struct: Callable[..., Struct]
    items: tuple[Leaf | Inner, ...]
    index: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the items by tag."""
        object.__setattr__(self, "index", {item.tag: place for place, item in enumerate(self.items)})

    @property
    def numbered(self) -> int:
        """How many goods items the messages of this layout number through; 0 where they have none."""
        return max((_numbered(item) for item in self.items), default=0)

    @property
    def flat(self) -> bool:
        """Whether nothing in it repeats, at any depth."""
        return all(isinstance(item, Leaf) or (item.most == 1 and item.layout.flat) for item in self.items)


def _numbered(item: Leaf | Inner) -> int:
    if isinstance(item, Inner):
        return item.layout.numbered
    return item.kind.most if item.tag == ITEM_NUMBER else 0
