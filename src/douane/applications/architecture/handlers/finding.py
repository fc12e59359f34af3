"""Who sees which part of the model, and what is found in it: to the untrusted circle its public part alone."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

import msgspec

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.handlers.dating import dated
from douane.applications.architecture.messages import ElementLine, KindCount, SearchAnswer, SearchQuery
from douane.author import MOST_LISTED, BadQuery, Circle, NotFound
from douane.author.needs import PREPARED, supplied
from douane.author.pages import COMPLETE, ENGLISH
from douane.author.run import View, answers
from douane.model.graph import ApplicationModel, Node, NodeKind
from douane.pages.catalogue import catalogue
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.instances import with_instances
from douane.reference_architecture.kept import Kept
from douane.reference_architecture.search import Search
from douane.reference_architecture.visible import public_part
from douane.runtime.turns.later import worked

KEPT: Final = Kept()
_READING: Final = Lock()
_there: Final = list[bool]()
"""Holds something once the model was read."""
_WHOLE = frozenset({Circle.TRUSTED, Circle.INTERNAL})


T = TypeVar("T", bound=msgspec.Struct)


@functools.cache
def _public() -> ApplicationModel:
    return public_part(installed_model())


@functools.cache
def _search(*, whole: bool) -> Search:
    titles = [{text: forms[0] for (_, text), forms in catalogue(each).items()} for each in COMPLETE if each != ENGLISH]
    return Search(installed_model() if whole else _public(), titles)


def seen_by(view: View) -> ApplicationModel:
    """The part of the model that whoever asks may see: all of it inside the trusted circle, with what runs as far as
    the node that is asked knows. Raises Later before it was read, where that may be done beside the event loop."""
    if not _there:
        worked(prepare, lambda _: None)
    if not sees_all(view):
        return _public()
    return with_instances(installed_model(), view.observed.present(view.now) if view.observed is not None else ())


def sees_all(view: View) -> bool:
    """Whether whoever asks is inside the trusted circle."""
    return view.caller.circle in _WHOLE


def kept(view: View, operation: str, question: msgspec.Struct, make: Callable[[], T]) -> T:
    """An answer that follows from the part of the model that whoever asks may see, and from nothing else."""
    seen = f"{operation} {'whole' if sees_all(view) else 'public'}"
    return KEPT.answer(seen_by(view).hash, seen, question, make)


def search_of(view: View) -> Search:
    """The search over that part."""
    found = _search(whole=sees_all(view))
    running = seen_by(view).of(NodeKind.INSTANCE)
    return found.also(running) if running else found


def element(model: ApplicationModel, id: str) -> Node:
    """An element of the part that is seen. NotFound says the same of what is hidden and of what does not exist."""
    if id not in model:
        raise NotFound("The architecture has no such element here.", remedy="Look for it by words of its name.")
    return model.node(id)


@supplied(PREPARED)
def prepare() -> None:
    """Read the model, and what is found in it: the first question would take more than a second."""
    with _READING:
        for whole in (False, True):
            _search(whole=whole)
    _there.append(True)


@answers(ReferenceArchitecture.find)
def find(view: View, question: SearchQuery) -> SearchAnswer:
    """A page of what is found, and how much there is of each kind."""
    answer = kept(view, "find", question, lambda: _found(view, question))
    inside = view.observed is not None and sees_all(view)
    return dated(msgspec.structs.replace(answer, inside=True) if inside else answer, view, question.on)


def _found(view: View, question: SearchQuery) -> SearchAnswer:
    model = seen_by(view)
    kind = _kind(question.kind)
    found = search_of(view).find(question.text, kind)
    counts = Counter(node.kind for node in found)
    listed = found if question.text.strip() or kind else model.of(NodeKind.GOAL)
    start, end = page_of(question.after, question.limit)
    return SearchAnswer(
        tuple(line_of(node) for node in listed[start:end]),
        tuple(KindCount(each.value, counts[each]) for each in NodeKind if counts[each]),
        model.hash, str(end) if len(listed) > end else "",
    )  # fmt: skip


def line_of(node: Node) -> ElementLine:
    """An element as lists show it."""
    return ElementLine(node.id, node.kind.value, node.name, node.title, node.status)


def _kind(name: str) -> NodeKind | None:
    try:
        return NodeKind(name) if name else None
    except ValueError:
        raise BadQuery("The architecture has no elements of this kind.", remedy="Leave the kind out.") from None


def page_of(after: str, limit: int) -> tuple[int, int]:
    """From which to which place a page reaches: the model does not change under its reader."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 8):
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.")
    start = int(after or "0")
    return start, start + min(limit, MOST_LISTED)
