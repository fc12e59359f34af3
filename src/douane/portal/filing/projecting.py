"""A page of a draft, projected from the form: fields with labels, help, codes, values and faults, group by group.

Groups that need not be there are offered by a button that adds them; what was added has one that takes it away. All of
it works by sending the page: no script is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from douane.model.form import Condition
from douane.model.form import Field as Described
from douane.model.form import Form as Description
from douane.pages import blocks
from douane.pages.blocks import Button, Group, Option
from douane.pages.languages import Words
from douane.pages.modules import Filing, Module, Section, Tree
from douane.portal.filing import content
from douane.portal.filing.content import Place
from douane.portal.filing.saying import said
from douane.standards.forms.items import Content
from douane.vocabulary.errors import Fault

FEW: Final = 20
MANY: Final = 400
"""Codes up to which all are shown at once, and up to which the browser proposes them."""
LONG: Final = 200
ADD: Final = "add"
REMOVE: Final = "remove"
TYPES: Final = {Content.DATE: "date", Content.MOMENT: "datetime-local"}
MINUTES: Final = len("2026-11-03T08:15")
"""Characters of a moment of which a browser leaves the seconds out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fault with the place that it is about, and what is said of it. told: whether it was sent, and refused so."""

    at: Place
    fault: Fault
    text: str
    law: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is drawn from."""

    filing: Filing
    form: Description
    tree: Tree
    words: Words
    faults: tuple[Found, ...] = ()
    hidden: frozenset[str] = frozenset()
    """Paths that the portal fills in itself."""
    modules: tuple[Module, ...] = ()

    def say(self, text: str) -> Markup:
        """A text of a module, or the label of a field."""
        return said(text, self.words, self.modules)


@dataclass(slots=True)
class _Branch:
    """A group that is shown: where it stands, what it is called, and the fields in it."""

    at: Place
    title: str
    fields: tuple[Described, ...]
    removable: bool = False
    described: Described | None = None


def groups_of(shown: Shown, section: Section, at: Place = ()) -> tuple[Group, ...]:
    """The groups of a section. at: the one that the page is of, where each of several has a page of its own."""
    if section.each:
        own = shown.form.field("/" + section.each)
        fields = tuple(each for each in own.fields if each.path.lstrip("/") not in section.without) if own else ()
        return tuple(_group(shown, _Branch(at, "", fields), section))
    parents: dict[Place, list[Described]] = {}
    for path in section.paths:
        found = shown.form.field("/" + path)
        if found is not None:
            parents.setdefault(content.place(path)[:-1], []).append(found)
    branches = [_Branch(above, "", tuple(fields)) for above, fields in parents.items()]
    return tuple(group for branch in branches for group in _group(shown, branch, section))


def places_in(shown: Shown, section: Section, at: Place = ()) -> list[Place]:
    """The places of all values that a page asks."""
    return [content.place(each.name) for group in groups_of(shown, section, at) for each in group.fields]


def instances(tree: Tree, path: str, at: Place = (), rest: Sequence[str] | None = None) -> Iterator[Place]:
    """The places of a group that repeats, in each group around it that does."""
    steps = content.place(path) if rest is None else rest
    if not steps:
        yield at
        return
    value = content.found(tree, (*at, steps[0]))
    if isinstance(value, list):
        for n in range(len(value)):
            yield from instances(tree, path, (*at, steps[0], str(n)), steps[1:])
    elif isinstance(value, dict):
        yield from instances(tree, path, (*at, steps[0]), steps[1:])


def belongs(section: Section, at: Place) -> bool:
    """Whether a place is asked for in a section."""
    path = content.path_of(at).lstrip("/")
    named = (section.each,) if section.each else section.paths
    inside = any(path == each or path.startswith(f"{each}/") for each in named)
    return inside and not any(path == each or path.startswith(f"{each}/") for each in section.without)


def conditions_of(shown: Shown, section: Section) -> dict[str, str]:
    """The rules on what a section asks, by their ids, with how each is satisfied."""
    named = (section.each,) if section.each else section.paths
    found = (shown.form.field("/" + each) for each in named)
    return {c.rule: c.text for each in found if each is not None for c in _conditions(each) if c.text}


def _conditions(described: Described) -> Iterator[Condition]:
    yield from described.conditions
    for each in described.fields:
        yield from _conditions(each)


def _group(shown: Shown, branch: _Branch, section: Section) -> Iterator[Group]:
    """A group and, after it, the groups in it that are there."""
    asked = [each for each in branch.fields if _is_asked(shown, each, section)]
    fields = tuple(_field(shown, each, (*branch.at, each.item.tag)) for each in asked if not each.fields)
    inner = [each for each in asked if each.fields]
    adds = tuple(_add(shown, each, branch) for each in inner if _may_add(shown, each, branch.at))
    if fields or adds or branch.title:
        takes = (_remove(shown, branch),) if branch.removable else ()
        own = tuple(each.text for each in shown.faults if each.at == branch.at) if branch.at else ()
        yield Group(branch.title, fields, takes, adds, content.written(branch.at), own)
    for each in inner:
        yield from _inner(shown, each, branch, section)


def _inner(shown: Shown, described: Described, above: _Branch, section: Section) -> Iterator[Group]:
    label = str(shown.say(described.label))
    title = f"{above.title}, {label[:1].lower()}{label[1:]}" if above.title else label
    at = (*above.at, described.item.tag)
    if described.repeats:
        number = content.count_at(shown.tree, at)
        for n in range(number):
            numbered = f"{title} {n + 1}" if number > 1 or described.item.most != 1 else title
            branch = _Branch((*at, str(n)), numbered, described.fields, number > described.item.least, described)
            yield from _group(shown, branch, section)
    elif described.required or content.count_at(shown.tree, at):
        branch = _Branch(at, title, described.fields, not described.required, described)
        yield from _group(shown, branch, section)


def _is_asked(shown: Shown, described: Described, section: Section) -> bool:
    path = described.path.lstrip("/")
    counted = described.item.tag in shown.filing.counted or path in shown.filing.numbered
    return not counted and path not in shown.hidden and path not in section.without


def _may_add(shown: Shown, described: Described, above: Place) -> bool:
    there = content.count_at(shown.tree, (*above, described.item.tag))
    if described.repeats:
        return described.item.most is None or there < described.item.most
    return not there and not described.required


def _add(shown: Shown, described: Described, branch: _Branch) -> Button:
    label = shown.say(described.label)
    place = content.written((*branch.at, described.item.tag))
    return Button(shown.words.say("Add: %(group)s", group=label), ADD, place, "btn second tight")


def _remove(shown: Shown, branch: _Branch) -> Button:
    text = shown.words.say("Take away: %(group)s", group=branch.title)
    return Button(text, REMOVE, content.written(branch.at), "btn danger tight")


def _field(shown: Shown, described: Described, at: Place) -> blocks.Field:
    words, item = shown.words, described.item
    value = content.text_at(shown.tree, at)
    label = shown.say(described.label)
    if not described.required:
        label = words.say("%(field)s (may be left empty)", field=label)
    own = next((each for each in shown.faults if each.at == at), None)
    options, proposals = _choices(shown, described, value)
    return blocks.Field(
        content.written(at), label, value, words.model(in_words(described.help)) if not options else "",
        own.text if own is not None else "", own.law if own is not None else "",
        short=not options and item.longest < 40 and item.content is not Content.MOMENT,
        rows=3 if item.longest >= LONG else 0, options=options,
        type=TYPES.get(item.content, "text"), proposals=proposals,
    )  # fmt: skip


def in_words(expected: str) -> str:
    """What is expected of a value, without the expression that judges it."""
    return expected.partition(" in the form ")[0].rstrip(".") + "." if " in the form " in expected else expected


def _choices(shown: Shown, described: Described, value: str) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """What can be chosen, and what the browser proposes while one types."""
    words = shown.words
    if described.item.content is Content.FLAG:
        known: Iterable[tuple[str, str]] = (("1", words.plain("yes")), ("0", words.plain("no")))
    else:
        codes = shown.form.codes(described)
        if codes is None:
            return (), ()
        if len(codes) > FEW:
            found = tuple(Option(each.code, each.title) for each in codes) if len(codes) <= MANY else ()
            return (), found
        known = ((each.code, f"{each.code}: {each.title}" if each.title else each.code) for each in codes)
    options = (Option("", words.plain("Choose one")), *(Option(code, text) for code, text in known))
    if value and value not in {each.value for each in options}:  # a list that has changed since it was chosen
        options += (Option(value, words.plain("%(code)s: not valid any more", code=value)),)
    return options, ()


def taken(shown: Shown, section: Section, at: Place, given: Mapping[str, str]) -> None:
    """Put what a page was sent with into the tree. What the page did not ask is left as it is."""
    for place in places_in(shown, section, at):
        name = content.written(place)
        described = shown.form.field(content.path_of(place))
        if name in given and described is not None:
            value = given[name].strip()
            seconds = ":00" if described.item.content is Content.MOMENT and len(value) == MINUTES else ""
            content.put(shown.tree, place, value + seconds)


def changed(shown: Shown, section: Section, given: Mapping[str, str]) -> str:
    """Add or take away the group that a button names, where the section has it; the place to go on at."""
    for act in (ADD, REMOVE):
        place = content.place(given.get(act, ""))
        described = shown.form.field(content.path_of(place)) if place else None
        if described is None or not described.fields or not belongs(section, place):
            continue
        if act == REMOVE:
            content.remove(shown.tree, place)
            return ""
        if described.repeats and content.count_at(shown.tree, place) >= (described.item.most or content.MOST):
            continue
        number = content.add(shown.tree, place, repeats=described.repeats)
        return content.written((*place, str(number)) if described.repeats else place)
    return ""
