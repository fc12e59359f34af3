"""One search over everything that the model names: names, articles, numbers of elements and messages, titles.

Titles are found in every language that has a catalogue. Words are compared without case and accents; each word of a
question must occur. The work is bounded by the model's size: nothing of a question is a pattern.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from douane.model.graph import Node, NodeKind

WORDS = 8
"""Words of a question that are looked for; more add nothing that a person would notice."""
_FACTS = ("name", "definition", "article", "code list", "request", "source")
_ORDER = {kind: place for place, kind in enumerate(NodeKind)}


@dataclass(frozen=True, slots=True)
class _Entry:
    node: Node
    name: str
    text: str
    starts: str
    """All of it with a space before each word, so that the beginning of one is found as `` word``."""


class Search:
    """The words of a model, ready to be asked. ``titles``: for each language, its word for an English title."""

    def __init__(self, model: Iterable[Node], titles: Sequence[Mapping[str, str]] = ()) -> None:
        self._entries = [_entry(node, titles) for node in model]

    def also(self, nodes: Iterable[Node]) -> Search:
        """The same with further nodes, whose names say all that is found of them."""
        found = Search(())
        found._entries = [*self._entries, *(_entry(node, ()) for node in nodes)]
        return found

    def find(self, question: str, kind: NodeKind | None = None) -> list[Node]:
        """The nodes in which every word occurs, the best first; all of a kind, by name, for an empty question."""
        words = plain(question).split()[:WORDS]
        among = (each for each in self._entries if kind is None or each.node.kind is kind)
        if not words:
            return sorted((each.node for each in among), key=lambda node: (_ORDER[node.kind], node.name))
        whole = " ".join(words)
        hits = [(_rank(each, whole, words), each.node) for each in among if all(word in each.text for word in words)]
        hits.sort(key=lambda hit: (hit[0], _ORDER[hit[1].kind], len(hit[1].name), hit[1].name))
        return [node for _, node in hits]


def plain(text: str) -> str:
    """A text in small letters without accents and signs, one space between its words."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in parted if not unicodedata.combining(each))
    return " ".join(kept.split())


def _entry(node: Node, titles: Iterable[Mapping[str, str]]) -> _Entry:
    facts = dict(node.facts)
    translated = [found for each in titles for text in (node.name, node.title) if (found := each.get(text))]
    name = plain(node.name)
    rest = [node.title, *translated, *(facts.get(each, "") for each in _FACTS)]
    text = " ".join((name, *(plain(each) for each in rest if each)))
    return _Entry(node, name, text, f" {text}")


def _rank(entry: _Entry, whole: str, words: Sequence[str]) -> int:
    """How well an entry answers: 0 its name, 1 the end of its name, 2 its beginning, then words and parts of words."""
    if entry.name == whole:
        return 0
    if entry.name.endswith(f" {whole}"):
        return 1
    if entry.name.startswith(whole):
        return 2
    if f" {whole} " in f"{entry.starts} ":
        return 3
    if all(f" {word} " in f"{entry.starts} " for word in words):
        return 4
    return 5 if all(f" {word}" in entry.starts for word in words) else 6
