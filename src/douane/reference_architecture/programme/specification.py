"""The functional specification of a process, written from the model: nobody keeps it beside what runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from douane.model.graph import ApplicationModel, EdgeKind, Node, NodeKind
from douane.vocabulary.errors import NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """A task of a process: who does it, by which articles, and the operation or process behind it."""

    node: Node
    role: str
    articles: tuple[str, ...]
    calls: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Specification:
    """What a process does: its tasks, what it must meet, what it exchanges, what judges that, and its time limits.

    tasks: business tasks that the operations fulfil. operations: those that start or advance it, and that it calls.
    """

    process: Node
    steps: tuple[Step, ...]
    operations: tuple[Node, ...]
    tasks: tuple[Node, ...]
    requirements: tuple[Node, ...]
    messages: tuple[Node, ...]
    rules: tuple[Node, ...]
    limits: tuple[Node, ...]


def specification(model: ApplicationModel, name: str) -> Specification:
    """The specification of a process, by its name with or without its application. Raises NotFound."""
    process = _process(model, name)
    steps = tuple(_steps(model, process))
    drives = _sources(model, process.id, EdgeKind.RUNS, NodeKind.OPERATION)
    called = [each for step in steps for each in step.calls if each.kind is NodeKind.OPERATION]
    called += _targets(model, process.id, EdgeKind.CALLS)
    operations = _sorted([*drives, *(each for each in called if each.kind is NodeKind.OPERATION)])
    messages = _of(model, operations, EdgeKind.TAKES, EdgeKind.ANSWERS)
    rules = _sorted(node for each in messages for node in _sources(model, each.id, EdgeKind.CHECKS, NodeKind.RULE))
    return Specification(
        process, steps, operations, _of(model, operations, EdgeKind.FULFILS), _of(model, operations, EdgeKind.DEMANDS),
        messages, rules, _sorted(_targets(model, process.id, EdgeKind.BOUND)),
    )  # fmt: skip


def _process(model: ApplicationModel, name: str) -> Node:
    known = model.of(NodeKind.PROCESS)
    found = [each for each in known if name in (each.id, each.name)]
    found = found or [each for each in known if each.name.rpartition(".")[2] == name]
    if len(found) != 1:
        names = ", ".join(sorted(each.name for each in found or known))
        raise NotFound(f"{name!r} names no process, or several.", remedy=f"There are {names}.")
    return found[0]


def _steps(model: ApplicationModel, process: Node) -> Iterator[Step]:
    for edge in model.into(process.id):
        if edge.kind is EdgeKind.WITHIN and edge.source in model:
            node = model.node(edge.source)
            articles = tuple(each.name for each in _targets(model, node.id, EdgeKind.GROUNDED))
            calls = tuple(_targets(model, node.id, EdgeKind.CALLS))
            yield Step(node, dict(node.facts).get("role", ""), articles, calls)


def _targets(model: ApplicationModel, id: str, kind: EdgeKind) -> list[Node]:
    return [model.node(each.target) for each in model.out(id) if each.kind is kind and each.target in model]


def _sources(model: ApplicationModel, id: str, kind: EdgeKind, of: NodeKind) -> list[Node]:
    nodes = (model.node(each.source) for each in model.into(id) if each.kind is kind and each.source in model)
    return [each for each in nodes if each.kind is of]


def _of(model: ApplicationModel, nodes: Iterable[Node], *kinds: EdgeKind) -> tuple[Node, ...]:
    return _sorted(found for each in nodes for kind in kinds for found in _targets(model, each.id, kind))


def _sorted(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(dict.fromkeys(nodes), key=lambda each: each.name))


def as_markdown(found: Specification) -> str:
    """The specification as a document to print or to keep beside a contract."""
    return "\n".join(_lines(found)) + "\n"


_PARTS: Final = (
    ("Business tasks", "tasks"), ("Operations", "operations"), ("Requirements", "requirements"),
    ("Messages", "messages"), ("Business rules", "rules"), ("Time limits", "limits"),
)  # fmt: skip


def _lines(found: Specification) -> Iterator[str]:
    facts = dict(found.process.facts)
    yield f"# Functional specification: {found.process.name}"
    yield ""
    version = f"{facts['file']}, version {facts['hash'][:16]}" if "file" in facts else "planned"
    told = f"Written from the model; the procedure is {version}."
    yield told + (f" Parties: {facts['parties']}." if facts.get("parties") else "")
    yield ""
    yield "## Tasks"
    yield ""
    yield "| Task | Who | Article | Operation |"
    yield "|---|---|---|---|"
    for each in found.steps:
        calls = ", ".join(node.name for node in each.calls)
        yield f"| {_cell(each.node.title)} | {_cell(each.role)} | {_cell(', '.join(each.articles))} | {calls} |"
    for heading, name in _PARTS:
        nodes: tuple[Node, ...] = getattr(found, name)
        yield ""
        yield f"## {heading} ({len(nodes)})"
        yield ""
        yield from (f"* {each.name}{': ' + _cell(each.title) if each.title else ''}" for each in nodes)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
