"""``douane impact NAME``: what breaks if this changes, what it rests on, which tests to rerun."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from douane.cli.output import add_json, describe, print_json, wrapped
from douane.configuration import discovery
from douane.model.graph import Node
from douane.reference_architecture.impact import Impact, Reached, impact
from douane.reference_architecture.names import meant

_TOGETHER = 5
"""More leaves of one kind than this behind one edge are named on one line."""

_LONGEST = 110
"""A longer title would hide the picture; ``douane model show`` has it."""
_PLURALS = {"process": "processes", "capability": "capabilities", "legal": "legal texts"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane impact CC015C")
    parser.add_argument("name", help="an element by id (code-list:CL010) or name (transit.lodge_declaration)")
    parser.add_argument("--depth", type=_depth, metavar="N", default=1 << 30, help="how many steps (default: no limit)")
    parser.add_argument("--all", action="store_true", help="every element on a line of its own, with its proof")
    add_json(parser)


def _depth(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps; give 1 or more")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Print both directions and the tests."""
    model = discovery.installed_model()
    found = impact(model, meant(model, arguments.name), depth=arguments.depth)
    if arguments.json:
        print_json(facts(found))
        return 0
    print("\n".join(lines(found, together=0 if arguments.all else _TOGETHER)))
    return 0


def facts(found: Impact) -> dict[str, object]:
    """The answer for programs: every step with its sentence and proof."""
    return {
        "element": found.start.id,
        "title": found.start.title,
        "touches": [_step(each) for each in found.touches],
        "rests_on": [_step(each) for each in found.rests_on],
        "tests": found.tests,
    }


def _step(reached: Reached) -> dict[str, object]:
    return {"element": reached.node.id, "title": reached.node.title, "depth": reached.depth,
            "because": reached.sentence, "proof": reached.edge.proof}  # fmt: skip


def lines(found: Impact, *, together: int) -> Iterator[str]:
    """The answer for people. ``together``: how many leaves of a kind still get a line each; 0 for all."""
    yield f"{_named(found.start)}"
    for heading, nothing, steps in (
        ("A change touches", "A change touches nothing else.", found.touches),
        ("It rests on", "It rests on nothing else.", found.rests_on),
    ):
        yield ""
        yield f"{heading} {_counted(steps)}:" if steps else nothing
        yield from _tree(found.start, steps, together)
    yield ""
    yield f"Tests to rerun ({len(found.tests)}):" if found.tests else "No test is named by what this touches."
    yield from (f"  {test}" for test in found.tests)


def _counted(steps: Sequence[Reached]) -> str:
    counts = Counter(each.node.kind.value for each in steps)
    return ", ".join(f"{n} {_plural(kind, n)}" for kind, n in counts.most_common())


def _plural(kind: str, count: int) -> str:
    word = kind.replace("-", " ")
    if count == 1:
        return word
    return _PLURALS.get(word, f"{word}s")


def _tree(start: Node, steps: Sequence[Reached], together: int) -> Iterator[str]:
    below: dict[str, list[Reached]] = {}
    for each in steps:
        below.setdefault(each.edge.source if each.forward else each.edge.target, []).append(each)
    yield from _branch(below, start.id, "  ", together)


def _branch(below: dict[str, list[Reached]], id: str, indent: str, together: int) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Reached]] = {}
    for each in below.get(id, ()):
        key = (_word(each), each.node.kind.value) if each.node.id not in below else (each.node.id, "")
        groups.setdefault(key, []).append(each)
    for (word, kind), members in groups.items():
        if kind and together and len(members) > together:
            names = ", ".join(sorted(m.node.name for m in members))
            text = f"{word} {len(members)} {_plural(kind, len(members))}: {names} {_proofs(members)}"
            yield wrapped(text, indent=indent)
            continue
        for each in members:
            yield f"{indent}{_word(each)} {_named(each.node)}  [{_short(each.edge.proof)}]"
            yield from _branch(below, each.node.id, indent + "  ", together)


def _word(each: Reached) -> str:
    return each.edge.kind.forward if each.forward else each.edge.kind.backward


def _named(node: Node) -> str:
    title = node.title if len(node.title) <= _LONGEST and not node.name.endswith(node.title) else ""
    status = f" ({node.status})" if node.status != "offered" else ""
    return f"{node.kind.value.replace('-', ' ')} {node.name}{status}{f': {title}' if title else ''}"


def _proofs(members: Sequence[Reached]) -> str:
    where = sorted({_short(m.edge.proof).partition(": ")[0].rpartition(".")[0] or m.edge.proof for m in members})
    return f"[{', '.join(where[:2])}{' ...' if len(where) > 2 else ''}]"


def _short(proof: str) -> str:
    return proof.removeprefix("douane.applications.").removeprefix("douane.")
