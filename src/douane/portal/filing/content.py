"""What is filled in, as a tree by the tags of a message; and places in it.

A place is written as tags with the numbers of groups that repeat, from 0: ``Guarantee/0/GuaranteeReference/1/GRN``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from douane.model.form import Field, Form
from douane.pages.modules import Tree, Value

Place = tuple[str, ...]
_STEP: Final = re.compile(r"\A([^\[\]]+)(?:\[([0-9]{1,6})\])?\Z")
MOST: Final = 9_999
"""Groups of one kind at most; no layout has more."""


def place(text: str) -> Place:
    """A place as it is written."""
    return tuple(text.split("/")) if text else ()


def written(at: Place) -> str:
    """A place in writing."""
    return "/".join(at)


def path_of(at: Place) -> str:
    """Where a place stands in the form: without numbers."""
    return "/" + "/".join(step for step in at if not step.isdigit())


def found(tree: Tree, at: Place) -> Value | None:
    """What stands at a place; None for nothing."""
    here: Value | None = tree
    for step in at:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            return None
    return here


def text_at(tree: Tree, at: Place) -> str:
    """The text at a place; empty where none stands."""
    value = found(tree, at)
    return value if isinstance(value, str) else ""


def count_at(tree: Tree, at: Place) -> int:
    """How many groups stand at a place that repeats; one for a group that does not and is there."""
    value = found(tree, at)
    return len(value) if isinstance(value, list) else int(isinstance(value, dict))


def put(tree: Tree, at: Place, value: str) -> None:
    """Set a text; the groups around it are made where they are not there. Numbers past the end add one group."""
    group = _group(tree, at[:-1])
    if value:
        group[at[-1]] = value
    else:
        group.pop(at[-1], None)


def add(tree: Tree, at: Place, *, repeats: bool) -> int:
    """Add an empty group; its number, 0 for one that does not repeat."""
    above = _group(tree, at[:-1])
    if not repeats:
        above.setdefault(at[-1], {})
        return 0
    several = above.setdefault(at[-1], [])
    if not isinstance(several, list):
        several = above[at[-1]] = []
    if len(several) < MOST:
        several.append({})
    return len(several) - 1


def remove(tree: Tree, at: Place) -> None:
    """Take a group away, and the list that it was the last of."""
    above = found(tree, at[:-1])
    if isinstance(above, list) and at[-1].isdigit() and int(at[-1]) < len(above):
        del above[int(at[-1])]
        if not above:
            remove(tree, at[:-1])
    elif isinstance(above, dict):
        above.pop(at[-1], None)


def shorten(tree: Tree, at: Place, number: int) -> None:
    """Make so many groups at a place that repeats: the last ones go, new ones are empty."""
    above = _group(tree, at[:-1])
    several = above.get(at[-1])
    kept = several[:number] if isinstance(several, list) else []
    above[at[-1]] = [*kept, *({} for _ in range(number - len(kept)))]


def forget(tree: Tree, paths: frozenset[str]) -> None:
    """Leave out every text at one of these paths, in whichever group it stands."""
    for at in [at for at, _ in leaves(tree) if path_of(at).lstrip("/") in paths]:
        put(tree, at, "")


def _group(tree: Tree, at: Place) -> Tree:
    here = tree
    for n, step in enumerate(at):
        if step.isdigit():
            continue
        after = at[n + 1] if n + 1 < len(at) else ""
        if not after.isdigit():
            inner = here.get(step)
            if not isinstance(inner, dict):
                inner = here[step] = {}
            here = inner
            continue
        several = here.get(step)
        if not isinstance(several, list):
            several = here[step] = []
        if len(several) <= int(after) and len(several) < MOST:
            several.append({})
        here = several[min(int(after), len(several) - 1)]
    return here


def fitting(value: object, fields: Iterable[Field]) -> Tree:
    """Of what was kept what the form still has a place for: no text where a group stands, and nothing unknown."""
    kept: Tree = {}
    if not isinstance(value, dict):
        return kept
    for each in fields:
        inner = value.get(each.item.tag)
        if each.fields and each.repeats and isinstance(inner, list | tuple):
            groups = [fitting(one, each.fields) for one in inner[:MOST]]
            if groups:
                kept[each.item.tag] = groups
        elif each.fields and not each.repeats and isinstance(inner, dict):
            kept[each.item.tag] = fitting(inner, each.fields)
        elif not each.fields and inner is not None and not isinstance(inner, dict | list | tuple):
            kept[each.item.tag] = str(int(inner)) if isinstance(inner, bool) else str(inner)
    return kept


def place_of(pointer: str, form: Form) -> Place:
    """The place that a fault names: by an XPath (numbers from 1, left out for the first) or a JSON pointer (from 0)."""
    at: list[str] = []
    fields: tuple[Field, ...] = form.fields
    steps = pointer.strip("/").split("/")
    steps = steps[1:] if steps and steps[0].rpartition(":")[2].partition("[")[0] == form.name else steps
    number = 0
    while number < len(steps):
        match = _STEP.match(steps[number])
        field = next((each for each in fields if match is not None and each.item.tag == match[1]), None)
        if field is None or match is None:
            break
        at.append(field.item.tag)
        number += 1
        if field.repeats:
            if number < len(steps) and steps[number].isdigit():
                at.append(steps[number])
                number += 1
            elif match[2] or number < len(steps):
                at.append(str(int(match[2] or 1) - 1))
        fields = field.fields
    return tuple(at)


def leaves(tree: Tree, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text with its place."""
    for tag, value in tree.items():
        if isinstance(value, str):
            yield (*at, tag), value
        elif isinstance(value, dict):
            yield from leaves(value, (*at, tag))
        else:
            for n, one in enumerate(value):
                yield from leaves(one, (*at, tag, str(n)))
