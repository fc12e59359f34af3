"""A called process within its caller: copied under the name of the call, as if it were a sub-process embedded there.

An instance is then one state under one hash: whoever calls, and what is called, are pinned together. Ids of the copy
are ``call/id``, which no id of a file can be, so nothing that was pinned before is touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from douane.standards.bpmn.document import MODEL, Comment, Document, Element, Instruction

_IDS: Final = frozenset({"id", "sourceRef", "targetRef", "attachedToRef", "default"})
_REFERENCES: Final = frozenset({f"{{{MODEL}}}incoming", f"{{{MODEL}}}outgoing"})


def by_process(documents: Iterable[Document]) -> dict[str, Document]:
    """Models by the ids of the processes in them, as ``compiler.compile`` takes those that may be called."""
    return {process.id: each for each in documents for process in each.processes}


def copied(process: Element, prefix: str) -> Element:
    """A process with the ids of its nodes and flows under a prefix; names of messages, errors, steps stay."""
    return msgspec.structs.replace(process, children=tuple(_copied(child, prefix) for child in process.children))


def split(id: str) -> tuple[str, str]:
    """The calls around a node, and its id in the file that it stands in: ``a/b/c`` is ``a/b`` and ``c``."""
    path, _, own = id.rpartition("/")
    return path, own


def at_level(ids: Iterable[str], path: str) -> list[str]:
    """A way as the drawing of one process shows it: what runs inside a call is the call. path: of that process."""
    found: list[str] = []
    prefix = f"{path}/" if path else ""
    for id in ids:
        if id.startswith(prefix):
            shown = id[len(prefix) :].partition("/")[0]
            if not found or found[-1] != shown:
                found.append(shown)
    return found


def _copied(child: Element | Comment | Instruction, prefix: str) -> Element | Comment | Instruction:
    if not isinstance(child, Element):
        return child
    attributes = tuple(
        (name, prefix + value.rpartition(":")[2] if name in _IDS else value) for name, value in child.attributes
    )
    text = prefix + child.content.rpartition(":")[2] if child.tag in _REFERENCES else child.text
    return msgspec.structs.replace(
        child, attributes=attributes, text=text, children=tuple(_copied(one, prefix) for one in child.children)
    )
