"""Processes in the short notation of this folder as collaborations: lanes, closed pools, messages; also from a seed."""

from __future__ import annotations

import random
import re

from douane.standards.bpmn import document
from douane.standards.bpmn.collaboration import is_node
from douane.standards.bpmn.document import Document
from douane.standards.bpmn.tests.notation import Notation

SENDS = frozenset({"serviceTask", "userTask", "sendTask", "intermediateThrowEvent", "endEvent"})
TAKES = frozenset({"startEvent", "intermediateCatchEvent", "receiveTask", "boundaryEvent", "userTask"})


def collaboration_of(
    text: str, lanes: dict[str, list[str]], pools: list[str], flows: list[tuple[str, str]]
) -> Document:
    """The model of a process in pool ``own``. lanes: their nodes by name. pools: closed ones, the first on the left."""
    source = Notation().xml(text)
    rows = "".join(
        f'<lane id="lane_{n}" name="{name}">' + "".join(f"<flowNodeRef>{id}</flowNodeRef>" for id in ids) + "</lane>"
        for n, (name, ids) in enumerate(lanes.items())
    )
    parts = "".join(
        f'<participant id="{id}" name="Party {id}"{" processRef=" + chr(34) + "p" + chr(34) if id == "own" else ""}/>'
        for id in (*pools[:1], "own", *pools[1:])
    )
    said = "".join(
        f'<messageFlow id="said_{n}" name="What is said {n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(flows)
    )
    drawn = f'<collaboration id="c" name="Together">{parts}{said}</collaboration>'
    source = source.replace("<process ", drawn + "<process ", 1)
    if lanes:
        source = source.replace('isExecutable="true">', f'isExecutable="true"><laneSet id="lanes">{rows}</laneSet>', 1)
    return document.read(source.encode(), source="seeded.bpmn")


def random_collaboration(text: str, seed: int) -> Document:
    """Each node in one of up to three lanes, up to three closed pools, messages to and from about a third of nodes."""
    drawn = random.Random(seed)
    (process,) = document.read(Notation().xml(text).encode()).processes
    nodes = [(one.id, one.local) for one in process.model_elements() if is_node(one.local)]
    hosts = {one.id: one.get("attachedToRef") for one in process.model_elements("boundaryEvent")}
    lanes: dict[str, list[str]] = {f"Role {n}": [] for n in range(drawn.randint(0, 3))}
    of = {id: drawn.choice(list(lanes)) for id, _ in nodes if lanes}
    for id in of:
        lanes[of[hosts.get(id, id)]].append(id)
    pools = [f"party{n}" for n in range(drawn.randint(1, 3))]
    flows = []
    for id, local in nodes:
        if local in SENDS and drawn.random() < 0.3:
            flows.append((id, drawn.choice(pools)))
        if local in TAKES and drawn.random() < 0.3:
            flows.append((drawn.choice(pools), id))
    return _named(collaboration_of(text, lanes, pools, flows))


def _named(read: Document) -> Document:
    """The model with a name on every node, and on every way out of a gateway that splits."""
    text = document.write(read).decode()
    text = re.sub(r'<(\w+(?:Task|Event|Gateway|ubProcess)) id="(\w+)"', r'<\1 id="\2" name="Name of \2"', text)
    text = re.sub(r'<sequenceFlow id="(split\w+)"', r'<sequenceFlow id="\1" name="this way"', text)
    return document.read(text.encode(), source=read.source)
