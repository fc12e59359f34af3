"""A process with the way that a case has taken and where it stands, drawn from its BPMN file; and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from douane.pages.blocks import Figure, Inline, Step, Steps
from douane.pages.languages import ENGLISH, Words
from douane.standards.bpmn import document
from douane.standards.bpmn.calls import at_level, split
from douane.standards.bpmn.definition import Definition, Kind
from douane.standards.bpmn.document import Document, Element
from douane.standards.bpmn.drawing.compact import compacted
from douane.standards.bpmn.drawing.diagram import diagrams, with_diagram
from douane.standards.bpmn.drawing.picture import svg

_DECISIONS: Final = frozenset({Kind.EXCLUSIVE, Kind.EVENT_GATEWAY, Kind.PARALLEL})
LONGEST: Final = 8
"""Decisions in a row that are looked through."""


def pictures(
    source: bytes, called: Mapping[str, bytes], definition: Definition, steps: Sequence[int], here: Sequence[str],
    words: Words,
) -> list[Figure]:  # fmt: skip
    """The picture of a procedure, and behind it one of each call that was entered. called: the files, by process.

    The way of the case stands in words beside each; the whole procedure in words is on its page of the architecture.
    """
    entered = {split(id)[0] for id in (*definition.path(steps), *here)}
    inner = [
        process(called[definition.calls[path]], definition, steps, here, words, path, described=False)
        for path in sorted(definition.calls)
        if path in entered
    ]
    return [process(source, definition, steps, here, words, described=False), *inner]


def process(
    source: bytes, definition: Definition, steps: Sequence[int], here: Sequence[str], words: Words, path: str = "",
    *, described: bool = True,
) -> Figure:  # fmt: skip
    """The picture. ``steps``: the flows taken, in order; ``here``: ids of the nodes that hold a token now; ``path``:
    the call that ``source`` is drawn of, which is then all that is told of. ``described``: whether the picture itself
    holds all of the procedure in words, not the way alone."""
    model = said(document.read(source), words)
    drawn = diagrams(model)
    low = with_diagram(model, compacted(drawn[0])) if drawn else model
    title = next((one.name for one in definition.nodes if one.id == path), "") or definition.name or definition.process
    taken, current = at_level(definition.path(steps), path), at_level(here, path)
    text = svg(low, _drawn(model, definition, path), taken=taken, current=current, title=words.plain(title),
               styled=False, described=described)  # fmt: skip
    inside = [id for id in here if id.startswith(f"{path}/" if path else "")]
    return Figure(
        Markup(text),
        words.plain("Picture of the procedure, scrolls sideways"),
        (in_words(definition, steps, inside, words, path),),
        words.plain("The same in words"),
    )  # fmt: skip


def said(model: Document, words: Words) -> Document:
    """The same model with its names in the language of the reader, as far as the catalogue knows them."""
    return msgspec.structs.replace(model, root=_named(model.root, words)) if words.language != ENGLISH else model


def _named(element: Element, words: Words) -> Element:
    attributes = tuple((key, words.plain(value) if key == "name" else value) for key, value in element.attributes)
    children = tuple(_named(each, words) if isinstance(each, Element) else each for each in element.children)
    return msgspec.structs.replace(element, attributes=attributes, children=children)


def _drawn(model: Document, definition: Definition, path: str) -> str | None:
    """Which process of a file is drawn; of a file with one, or with a collaboration, all of it."""
    return definition.calls[path] if len(model.processes) > 1 and path else None


def ahead(definition: Definition, places: Sequence[int]) -> list[str]:
    """What can happen from where tokens stand: the names of the ways on, and of what may interrupt a task."""
    found: list[str] = []
    for place in places:
        if place >= len(definition.nodes):
            continue  # it waits for others before a join
        node = definition.nodes[place]
        found += _ways(definition, node.index, 0)
        found += [definition.nodes[border].name for border in node.boundary]
    return list(dict.fromkeys(name for name in found if name))


def _ways(definition: Definition, place: int, depth: int) -> list[str]:
    """The names of the ways on from a place; a decision in between is no event: the ways after it are meant."""
    found: list[str] = []
    for flow in (definition.flows[each] for each in definition.nodes[place].outgoing):
        target = definition.nodes[flow.target]
        if target.kind in _DECISIONS and not flow.name and depth < LONGEST:
            found += _ways(definition, flow.target, depth + 1)
        else:
            found.append(flow.name or target.name)
    return found


def in_words(definition: Definition, steps: Sequence[int], here: Sequence[str], words: Words, path: str = "") -> Steps:
    """The way of a case as a list: what is done, numbered, where it stands, and where it can go from there.

    path: of the call that is told of; empty for all, with what was done in calls where it was done.
    """
    prefix = f"{path}/" if path else ""
    ids = [id for id in definition.path(steps) if id.startswith(prefix)]
    nodes = {each.id: each for each in definition.nodes}
    done = [nodes[id] for id in ids if id in nodes and nodes[id].name and id not in here]
    items = [
        Step(str(number), words.model(each.name), _who(definition, each.index, words))
        for number, each in enumerate(done, start=1)
    ]
    for id in here:
        who = _who(definition, nodes[id].index, words)
        items.append(Step(words.say("now"), words.model(nodes[id].name or id), who, state="now"))
        names = ahead(definition, [nodes[id].index])
        items += [Step(words.say("next"), words.model(name), state="next") for name in names]
    return Steps(tuple(items))


def _who(definition: Definition, node: int, words: Words) -> Inline:
    """Who does it, where the procedure is drawn with lanes."""
    role = definition.roles[node]
    return words.model(role) if role else ""
