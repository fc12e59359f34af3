"""What differs between two models in the exchange format, whoever wrote them: by elements and relationships."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from douane.reference_architecture.exchange.archimate import key, known_again
from douane.standards.archimate.document import Document, Element, Relationship, Text, said


class Became(enum.Enum):
    """What happened to a thing between two models."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. id: our own id, or ``#identifier``. what: which part of it, was and is, where it changed."""

    became: Became
    id: str
    name: str
    what: str = ""


def differences(old: Document, new: Document) -> tuple[Difference, ...]:
    """Every difference, elements first, each in the order of its id; order and identifiers of a file do not matter."""
    old, new = known_again(old), known_again(new)
    return (
        *_between(_Side(old, old.elements), _Side(new, new.elements)),
        *_between(_Side(old, old.relationships), _Side(new, new.relationships)),
    )


class _Side:
    """The things of one document, as facts that compare."""

    def __init__(self, document: Document, things: Iterable[Element | Relationship]) -> None:
        self.keys = {each.id: key(each) for each in document.listed}
        self.names = {key(each): said(each.names) for each in things}
        self.definitions = {each.id: said(each.names) for each in document.definitions}
        self.facts = {key(each): dict(self._facts(each)) for each in things}

    def _facts(self, each: Element | Relationship) -> Iterator[tuple[str, str]]:
        if isinstance(each, Element):
            yield "concept", each.concept
        else:
            yield "relationship", each.relation.value
            yield "source", self.keys[each.source]
            yield "target", self.keys[each.target]
        yield from _said("name", each.names)
        yield from _said("documentation", each.documentation)
        for held in each.properties:
            yield from _said(self.definitions[held.definition], held.values)
        yield from each.other


def _said(what: str, texts: Iterable[Text]) -> Iterator[tuple[str, str]]:
    for each in texts:
        yield f"{what} ({each.language})" if each.language else what, each.value


def _between(old: _Side, new: _Side) -> Iterator[Difference]:
    for id in sorted(old.facts.keys() | new.facts.keys()):
        was, now = old.facts.get(id), new.facts.get(id)
        name = new.names.get(id) or old.names.get(id, "")
        if was is None:
            yield Difference(Became.NEW, id, name)
        elif now is None:
            yield Difference(Became.GONE, id, name)
        elif was != now:
            changed = sorted(each for each in was.keys() | now.keys() if was.get(each) != now.get(each))
            what = "; ".join(f"{each}: {_short(was.get(each))} -> {_short(now.get(each))}" for each in changed)
            yield Difference(Became.CHANGED, id, name, what)


def _short(value: str | None) -> str:
    return "nothing" if value is None else value if len(value) <= 60 else f"{value[:57]}..."
