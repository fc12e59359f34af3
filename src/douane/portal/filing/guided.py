"""Guided density: a page of a section in parts, one thing on each: a projection of the same groups of fields.

A thing is what belongs together of the groups that ``projecting`` makes, with the ways to add what may stand in it. It
is named by its place, so two windows may stand at different ones; nothing about how far somebody came is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from douane.pages.blocks import Group
from douane.pages.modules import Tree
from douane.portal.filing import content

ONE: Final = "one"
"""Names the thing of a page, in its address and in its form."""
SEEN: Final = "stood"
AT: Final = "at"
"""In an address: a field, whose thing is meant."""
WHOLE: Final = "whole"
"""In an address: the section on one page, whatever its reader chose."""


Thing = tuple[Group, ...]


def things(groups: Sequence[Group]) -> list[Thing]:
    """The things of a section, in their order.

    Together stand groups of one kind (a list, with its ways to add and to take away), what is inside a group once (the
    address of a party), and what asks nothing but whether something is to be added.
    """
    found: list[list[Group]] = []
    for each in groups:
        if found and (not each.fields or not any(one.fields for one in found[-1]) or _joins(each, found[-1])):
            found[-1].append(each)
        else:
            found.append([each])
    return [tuple(each) for each in found]


def _joins(group: Group, several: Sequence[Group]) -> bool:
    at = content.place(group.name)
    for each in several:
        other = content.place(each.name)
        inside = bool(other) and at[: len(other)] == other and not any(step.isdigit() for step in at[len(other) :])
        if inside or (other and content.path_of(at) == content.path_of(other)):
            return True
    return False


def which(several: Sequence[Thing], name: str) -> int:
    """In which thing a group of this name is; the first for one that is not there (any more)."""
    return next((n for n, each in enumerate(several) if any(group.name == name for group in each)), 0)


def asking(several: Sequence[Thing], query: Mapping[str, str]) -> str:
    """The name of the thing that an address means: by its name, or by a place in it; else the first."""
    at = query.get(AT, "")
    inside = (each[0].name for each in several if any(f.name == at for group in each for f in group.fields))
    return query[ONE] if ONE in query else next(inside, "")


def seen_of(thing: Thing, tree: Tree) -> str:
    """What stands in a thing, as a form remembers it: a page that comes late is taken where nobody changed that."""
    values = [
        (field.name, content.text_at(tree, content.place(field.name))) for group in thing for field in group.fields
    ]
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:32]


def following(several: Sequence[Thing], name: str) -> str | None:
    """The name of the thing after that in which a group is; None after the last."""
    after = which(several, name) + 1
    return several[after][0].name if after < len(several) else None


def first_wrong(several: Sequence[Thing]) -> str | None:
    """The first thing in which a field is wrong; None where none is."""
    wrong = (each for each in several if any(field.fault for group in each for field in group.fields))
    return next((each[0].name for each in wrong), None)
