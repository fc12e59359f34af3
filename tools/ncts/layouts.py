"""Turns schemas and published layouts into the layouts of a family: one line a group, for a second phase what differs.

Two groups with the same tag, fields, kinds, code lists and rules are one layout. A phase that is told as a difference
takes over a layout of the other by its name; a name that it writes itself stands for its own, everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tools.ncts.kinds import Text, kind_of
from tools.ncts.schema import Element, Simple
from tools.ncts.shapes import Family

Node = dict[str, Any]
_LEAST = {"R": 1, "O": 0, "D": 0, "-": 0}
"""How often an item of a status occurs at least; ``?`` and ``!`` behind it say that a schema has it otherwise."""


@dataclass(eq=False)
class Plan:
    """A layout to write. ``items``: the text of each, and the layout of those that are groups."""

    tag: str
    struct: str
    items: tuple[tuple[str, Plan | None], ...]
    places: list[str] = field(default_factory=list)
    name: str = ""

    def lines(self) -> tuple[str, ...]:
        """What is written of it: its struct, then its items."""
        return self.struct, *(text.replace("*", f"{inner.name}*", 1) if inner else text for text, inner in self.items)

    def whole(self) -> tuple[object, ...]:
        """It and everything in it, to tell whether two phases have the same."""
        return self.tag, self.struct, *((text, inner.whole() if inner else ()) for text, inner in self.items)


class Plans:
    """All layouts of a family, inner ones first. ``kinds``: the name and the form of each kind of value."""

    def __init__(self, family: Family, published: list[Node], kinds: dict[Simple, str]) -> None:
        self.family, self.kinds = family, kinds
        self.forms = _forms(family, published, kinds)
        self.all: dict[tuple[object, ...], Plan] = {}
        roots = {node["code"]: node for node in published}
        for root, kind in sorted(family.schemas.roots.items()):
            self._plan(kind, root, roots[root], "/" + root)

    def by_name(self) -> dict[str, Plan]:
        """The named layouts."""
        return {plan.name: plan for plan in sorted(self.all.values(), key=lambda plan: _sorted(plan.name))}

    def _plan(self, kind: str, tag: str, node: Node | None, path: str) -> Plan:
        told = {each["tag"]: each for each in node["content"]} if node else {}
        items: list[tuple[str, Plan | None]] = []
        for element in self.family.schemas.complex[kind]:
            said = told.get(element.tag)
            inner = self._plan(element.group, element.tag, said, f"{path}/{element.tag}") if element.group else None
            items.append((self._item(element, said), inner))
        struct = self.family.shape_of[kind]
        key = (tag, struct, *((text, id(inner)) for text, inner in items))
        plan = self.all.setdefault(key, Plan(tag, struct, tuple(items)))
        plan.places.append(path)
        return plan

    def _item(self, element: Element, said: Node | None) -> str:
        """``tag status kind list rules``; of a group ``tag status *most rules``, with its layout before the star."""
        status = said["status"] if said else "-"
        mark = "" if (element.least > 0) == _LEAST[status] else "!" if element.least else "?"
        rules = ",".join(said.get("rules", ())) if said else ""
        if element.simple is None:
            most = said["max"] if said else element.most
            what, more = f"*{element.most}" + (f"/{most}" if most != element.most else ""), [rules]
        else:
            what = self.kinds[element.simple]
            form = said["format"] if said else self.forms[what]
            what += f":{form}" if form != self.forms[what] else ""
            more = [(said.get("code_list", "") if said else "") or "-", rules]
        while more and more[-1] in ("", "-"):
            more.pop()
        return " ".join((element.tag, status + mark, what, *more))


def _forms(family: Family, published: list[Node], kinds: dict[Simple, str]) -> dict[str, str]:
    """The published format of each kind of value: the one that most of its items have."""
    count: dict[str, Counter[str]] = {}
    roots = {node["code"]: node for node in published}

    def walk(kind: str, node: Node) -> None:
        told = {each["tag"]: each for each in node["content"]}
        for element in family.schemas.complex[kind]:
            said = told.get(element.tag)
            if said and element.simple:
                count.setdefault(kinds[element.simple], Counter())[said["format"]] += 1
            elif said:
                walk(element.group, said)

    for root, kind in family.schemas.roots.items():
        walk(kind, roots[root])
    best = {name: min(found, key=lambda form, found=found: (-found[form], form)) for name, found in count.items()}  # type: ignore[misc]
    return dict.fromkeys(kinds.values(), "") | best


def name_alone(plans: Plans) -> None:
    """Name the layouts of a phase that stands for itself: for their tag, numbered where a tag has several."""
    count = Counter(plan.tag for plan in plans.all.values())
    taken: Counter[str] = Counter()
    for plan in plans.all.values():
        taken[plan.tag] += 1
        plan.name = plan.tag if count[plan.tag] == 1 else f"{plan.tag}.{taken[plan.tag]}"


def name_after(plans: Plans, other: Plans) -> None:
    """Name the layouts of a phase after those of the other: what is the same alike, else by what it replaces."""
    there = {path: plan.name for plan in other.all.values() for path in plan.places}
    same = {plan.whole(): plan.name for plan in other.all.values()}
    taken = set()
    for plan in plans.all.values():
        plan.name = same.get(plan.whole(), "")
        taken.add(plan.name)
    known = set(other.by_name())
    for plan in plans.all.values():
        if not plan.name:
            replaced = Counter(there[path] for path in plan.places if path in there)
            best = [name for name, _ in replaced.most_common() if name not in taken]
            plan.name = best[0] if best else next(_fresh(plan.tag, taken | known))
            taken.add(plan.name)


def _fresh(tag: str, taken: set[str]) -> Iterator[str]:
    return (name for name in (tag, *(f"{tag}.{n}" for n in range(1, 1000))) if name not in taken)


def _sorted(name: str) -> tuple[str, int]:
    tag, _, number = name.partition(".")
    return tag, int(number or 0)


def kinds_of(plans: Plans) -> dict[str, dict[str, Text]]:
    """The kinds of value by name, each as the fields of the binding's ``Kind``."""
    named = {name: simple for simple, name in plans.kinds.items()}
    found = {name: kind_of(named[name]) | {"form": plans.forms[name]} for name in sorted(named)}
    return {name: {key: value for key, value in kind.items() if value} for name, kind in found.items()}
