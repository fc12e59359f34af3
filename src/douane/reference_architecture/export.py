"""The model as a document: JSON with every node and edge, stable in order, so that two exports compare line by line."""

from __future__ import annotations

from typing import Any

import msgspec

from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.vocabulary.errors import NotWellFormed

FORMAT = "douane.model.1"


def export(model: ApplicationModel) -> bytes:
    """The whole model as JSON, one node or edge a line."""
    nodes = [
        {"id": n.id, "kind": n.kind.value, "name": n.name, "title": n.title, "status": n.status, "facts": dict(n.facts)}
        for n in sorted(model, key=lambda n: n.id)
    ]
    edges = [
        {"source": e.source, "kind": e.kind.name.lower(), "target": e.target, "proof": e.proof}
        for e in sorted(model.edges, key=lambda e: (e.source, e.kind.name, e.target, e.proof))
    ]
    lines = [f'{{"format": "{FORMAT}", "hash": "{model.hash}",', '"nodes": [']
    lines += [_line(each, last=n + 1 == len(nodes)) for n, each in enumerate(nodes)]
    lines += ["],", '"edges": [']
    lines += [_line(each, last=n + 1 == len(edges)) for n, each in enumerate(edges)]
    return "\n".join([*lines, "]}", ""]).encode()


def load(data: bytes) -> ApplicationModel:
    """A model from its export, for a comparison with the present one."""
    try:
        content = msgspec.json.decode(data)
        if content["format"] != FORMAT:
            raise NotWellFormed(f"The file is no export of the form {FORMAT}.")
        nodes = [
            Node(NodeKind(n["kind"]), n["name"], n["title"], n["status"], tuple(sorted(n["facts"].items())))
            for n in content["nodes"]
        ]
        edges = [Edge(EdgeKind[e["kind"].upper()], e["source"], e["target"], e["proof"]) for e in content["edges"]]
    except (msgspec.DecodeError, KeyError, TypeError, ValueError) as problem:
        raise NotWellFormed(
            f"The file is no export of a model: {problem}.", remedy="Use: douane model export."
        ) from problem
    return ApplicationModel(nodes, edges)


def _line(content: dict[str, Any], *, last: bool) -> str:
    return msgspec.json.encode(content).decode() + ("" if last else ",")
