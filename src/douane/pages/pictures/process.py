"""A process with the way that a case has taken and where it stands, drawn from its BPMN file; and the same in words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from douane.pages.blocks import Figure, Step, Steps
from douane.pages.languages import Words
from douane.standards.bpmn import document
from douane.standards.bpmn.compact import compacted
from douane.standards.bpmn.definition import Definition
from douane.standards.bpmn.diagram import diagrams, with_diagram
from douane.standards.bpmn.picture import svg


def process(source: bytes, definition: Definition, steps: Sequence[int], here: Sequence[str], words: Words) -> Figure:
    """The picture. ``steps``: the flows taken, in order; ``here``: ids of the nodes that hold a token now."""
    model = document.read(source)
    drawn = diagrams(model)
    low = with_diagram(model, compacted(drawn[0])) if drawn else model
    title = definition.name or definition.process
    text = svg(low, taken=definition.path(steps), current=here, title=title, styled=False)
    return Figure(
        Markup(text),
        words.plain("Picture of the procedure, scrolls sideways"), (in_words(definition, steps, here, words),),
        words.plain("The same in words"),
    )  # fmt: skip


def in_words(definition: Definition, steps: Sequence[int], here: Sequence[str], words: Words) -> Steps:
    """The way of a case as a list: what is done, numbered, where it stands, and where it can go from there."""
    ids = definition.path(steps)
    nodes = {each.id: each for each in definition.nodes}
    done = [nodes[id] for id in ids if id in nodes and nodes[id].name and id not in here]
    items = [Step(str(number), words.model(each.name)) for number, each in enumerate(done, start=1)]
    for id in here:
        items.append(Step(words.say("now"), words.model(nodes[id].name or id), state="now"))
        ways = [definition.flows[flow] for flow in nodes[id].outgoing]
        items += [
            Step(words.say("next"), words.model(name), state="next")
            for flow in ways
            if (name := flow.name or definition.nodes[flow.target].name)
        ]
    return Steps(tuple(items))
