"""The product's documentation as pages: its files, what explains which name, and a search over their parts.

The files lie in the package where the product is installed, and beside the source in a checkout.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final

from douane.pages.parting import of_part, parted
from douane.pages.prose import Prose, Ways, heading_id, prose, slug

UNDER: Final = "/docs"
"""Where the documentation stands on every host of pages."""
FIRST: Final = "README"
"""The page that lists the others."""
EXPLAINING: Final = {
    "services": "operation", "messages": "type", "rules-coverage": "rule", "time-limits": "limit", "errors": "error",
    "settings": "setting", "cli": "command",
}  # fmt: skip
"""Pages whose headings and rows explain names, and the kind of those names."""
_SHAPES: Final = {
    "operation": re.compile(r"[a-z_]+\.[a-z_]+"), "type": re.compile(r"[A-Z]\w{3,}"),
    "rule": re.compile(r"[A-Z]+\d{3,}"), "limit": re.compile(r"[A-Z]{3}-[A-Z-]+"), "error": re.compile(r"DOU-\d{4}"),
    "setting": re.compile(r"[a-z]\w*"), "command": re.compile(r"douane .+"),
}  # fmt: skip
"""What a name of each kind looks like: a row may begin with any word."""
MODELLED: Final = frozenset({"operation", "type", "rule", "limit"})
"""Kinds of names that are elements of the model too."""
MOST: Final = 30
"""Parts that a search shows."""
LONGEST: Final = 200
MOST_WORDS: Final = 8
_WORD: Final = re.compile(r"[\w.-]+")
_HEADING: Final = re.compile(r"(#{1,4}) (.*)")
_EXPLAINED: Final = re.compile(r"(?:#{2,4} (?:[^`]*\()?`?|\| `?)([A-Za-z][\w. -]*?)`?(?:\)|$| \|)")
_RULED: Final = re.compile(r"\|[ :]*-")
_PLAIN: Final = re.compile(r"[`*|]|\]\([^)]*\)|\[")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is explained: page and id there; of which kind it is."""

    page: str
    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its heading, the id of that, and its text. title: of the page."""

    page: str
    title: str
    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A part that a search found, with the line in which the words stand."""

    part: Part
    line: str


class Manual:
    """The documentation. ``sources``: Markdown by page, without ``.md``: ``settings``, ``decisions/0001-...``."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources: Final = MappingProxyType(parted(sources))
        self.parts: Final = tuple(part for name, text in self.sources.items() for part in _parts(name, text))
        self.names: Final = MappingProxyType(dict(_names(self.sources)))
        self._further: Final = {(self.whole(name), id): name for name, id in self._ids() if name != self.whole(name)}
        """In which further part of a page something is explained or begins."""
        self._drawn: dict[tuple[str, str, str], Prose] = {}

    def page(self, name: str, *, under: str, model: str = "") -> Prose | None:
        """A page; None where there is none of this name. under: the address below which pages stand. model: that below
        which elements of the model stand, empty where they have no pages."""
        text = self.sources.get(name)
        if text is None:
            return None
        key = (name, under, model)
        if key not in self._drawn:  # a few hundred at most: pages, and the shells that show them
            ways = Ways(
                lambda target: self.way(name, target, under),
                lambda said: self._explained(name, said, under),
                lambda said: self._modelled(said, model),
            )
            self._drawn[key] = prose(text, ways, explains=self.whole(name) in EXPLAINING)
        return self._drawn[key]

    def way(self, name: str, target: str, under: str) -> str:
        """Where a link of a page leads; empty for a file that is no page."""
        file, _, id = target.partition("#")
        if not file:
            at = self._further.get((self.whole(name), id), self.whole(name))
            return target if at == name else f"{address(at, under)}#{id}"
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)).removesuffix(".md")
        if wanted not in self.sources or not file.endswith(".md"):
            return ""
        return address(self._further.get((wanted, id), wanted), under) + (f"#{id}" if id else "")

    def whole(self, name: str) -> str:
        """The page that a part of a long one is of; any other is itself."""
        return of_part(name, self.sources)

    def _ids(self) -> Iterator[tuple[str, str]]:
        """Places that something can name, each with its page, the first one last."""
        found = [(part.page, part.id) for part in self.parts] + [(each.page, each.id) for each in self.names.values()]
        return reversed([pair for pair in found if pair[1]])

    def _explained(self, name: str, said: str, under: str) -> str:
        place = self.names.get(said)
        if place is None or (place.kind == "setting" and "_" not in said):  # data, host, name: words like others
            return ""
        return f"#{place.id}" if place.page == name else f"{address(place.page, under)}#{place.id}"

    def _modelled(self, said: str, model: str) -> str:
        place = self.names.get(said)
        return f"{model}/{place.kind}/{said}" if model and place is not None and place.kind in MODELLED else ""

    def place_of(self, kind: str, name: str) -> str:
        """Where a name of a kind is explained, as an address; empty for one that no page explains."""
        place = self.names.get(name)
        return f"{address(place.page, UNDER)}#{place.id}" if place is not None and place.kind == kind else ""

    def search(self, query: str) -> tuple[Found, ...]:
        """The parts in which every word stands, the best first; one more than are shown where there are more."""
        words = [each.lower() for each in _WORD.findall(query[:LONGEST])][:MOST_WORDS]
        if not words:
            return ()
        explained = self._explaining(query.strip())
        ranked = [(score, n) for n, part in enumerate(self.parts) if (score := _score(part, words))]
        best = sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[: MOST + 1]
        return (*explained, *(Found(self.parts[n], _line(self.parts[n], words)) for _, n in best))[: MOST + 1]

    def _explaining(self, name: str) -> tuple[Found, ...]:
        """The very place that explains a name."""
        place = self.names.get(name)
        if place is None:
            return ()
        title = next(part.title for part in self.parts if part.page == place.page)
        lines = [line for line in self.sources[place.page].splitlines() if _plain(line).startswith(name)]
        text = "" if not lines or lines[0].startswith("#") else _plain(lines[0])
        return (Found(Part(place.page, title, place.id, name, text), text[:LONGEST]),)


def address(name: str, under: str) -> str:
    """The address of a page."""
    return under if name == FIRST else f"{under}/{name}"


@cache
def manual() -> Manual:
    """The documentation of this release."""
    packaged = resources.files("douane") / "documentation"
    folder: Traversable = packaged if packaged.is_dir() else Path(__file__).parents[3] / "docs"
    return Manual(dict(_files(folder)))


def _files(folder: Traversable) -> Iterator[tuple[str, str]]:
    found = {each.name: each for each in folder.iterdir()} if folder.is_dir() else {}
    decisions = (
        {f"decisions/{each.name}": each for each in found["decisions"].iterdir()} if "decisions" in found else {}
    )
    for name, file in sorted(found.items()) + sorted(decisions.items()):
        if name.endswith(".md"):
            yield name.removesuffix(".md"), file.read_text(encoding="utf-8")


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Lines, and whether each is part of an example."""
    inside = False
    for line in text.splitlines():
        fence = line.startswith("```")
        yield line, inside or fence
        inside = inside != fence


def _parts(name: str, text: str) -> Iterator[Part]:
    title, heading, id, lines = name, "", "", list[str]()
    for line, example in _lines(text):
        found = None if example else _HEADING.match(line)
        if found is None:
            lines.append(line)
            continue
        if heading:
            yield Part(name, title, id, heading, "\n".join(lines))
        heading, lines = _plain(found[2]), []
        id = heading_id(heading) if len(found[1]) > 1 else ""
        title = title if id else heading
    if heading:
        yield Part(name, title, id, heading, "\n".join(lines))


def _names(sources: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    seen: set[str] = set()
    whole = {page: of_part(page, sources) for page in sources}
    for page, kind in ((page, kind) for each, kind in EXPLAINING.items() for page in sources if whole[page] == each):
        for (line, example), (after, _) in pairwise([*_lines(sources[page]), ("", False)]):
            found = None if example or _RULED.match(after) else _EXPLAINED.match(line)
            if found is None or found[1] in seen or not _SHAPES[kind].fullmatch(found[1]):
                continue
            seen.add(found[1])
            id = heading_id(_plain(line.lstrip("# "))) if line.startswith("#") else slug(found[1])
            yield found[1], Place(page, id, kind)


def _plain(line: str) -> str:
    """A line without the marks of Markdown."""
    return _PLAIN.sub("", line.strip().strip("|").replace(" | ", " · ")).strip()


def _score(part: Part, words: list[str]) -> int:
    """How well a part fits; 0 where a word is not in it."""
    heading, title, text = part.heading.lower(), part.title.lower(), part.text.lower()
    score = 0
    for word in words:
        found = 8 * (word in heading) + 4 * (word in title) + min(text.count(word), 3)
        if not found:
            return 0
        score += found + 20 * (word == heading)
    return score


def _line(part: Part, words: list[str]) -> str:
    """The line in which the first words stand, shortened; else the first one."""
    lines = [shown for each in part.text.splitlines() if (shown := _plain(each)) and not set(shown) <= set("-` ")]
    fit = max(lines, key=lambda line: sum(word in line.lower() for word in words), default="")
    return fit if len(fit) <= LONGEST else f"{fit[:LONGEST].rpartition(' ')[0]} …"
