"""Layouts: the items of a group in their order, with cardinality and kind; what readers of every form go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from douane.standards.ncts.binding.kinds import Kind

_NUMBER: Final = "declarationGoodsItemNumber"
_NUMBER_IN_HOUSE: Final = "goodsItemNumber"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item that holds a value; it occurs once at most.

    status, form, code_list and rules are what is published of it: R required, O optional, D by a condition, - nothing;
    a format like ``an..35``; the code list; ids of rules and conditions, with a comma between them.
    """

    tag: str
    name: str
    required: bool
    kind: Kind
    status: str = ""
    form: str = ""
    code_list: str = ""
    rules: str = ""

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
    """A group inside a group. status and rules: as of a leaf; published: how often it may stand, as the layout says."""

    tag: str
    name: str
    least: int
    most: int
    layout: Layout
    status: str = ""
    published: int = 0
    rules: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A group as one tag carries it: struct and items in the order of the schema."""

    tag: str
    struct: type[Struct]
    items: tuple[Leaf | Inner, ...]
    index: dict[str, int] = field(init=False)
    goods: int = field(init=False)
    """Of a goods item, which is numbered in its declaration: how many of them there are at most; 0 for other groups."""
    flat: bool = field(init=False)
    """Whether nothing in it repeats, at any depth."""

    def __post_init__(self) -> None:
        """Index the items by tag, and tell goods items by their two numbers. Raises ValueError for what is no name."""
        for name in (self.tag, *(each for item in self.items for each in (item.tag, item.name))):
            if not name.isidentifier():  # readers and writers are code in which these names stand
                raise ValueError(f"no name of an item: {name!r}")
        object.__setattr__(self, "index", {item.tag: place for place, item in enumerate(self.items)})
        number = self.items[self.index[_NUMBER]] if {_NUMBER, _NUMBER_IN_HOUSE} <= self.index.keys() else None
        object.__setattr__(self, "goods", number.kind.most if isinstance(number, Leaf) else 0)
        flat = all(isinstance(item, Leaf) or (item.most == 1 and item.layout.flat) for item in self.items)
        object.__setattr__(self, "flat", flat)

    @property
    def items_inside(self) -> tuple[str, int]:
        """The tag of the goods items in a message of this layout, and how many there are at most; empty for none."""
        for item in self.items:
            if isinstance(item, Inner):
                found = (item.tag, item.layout.goods) if item.layout.goods else item.layout.items_inside
                if found[0]:
                    return found
        return "", 0
