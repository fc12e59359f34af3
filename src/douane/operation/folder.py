"""The pages of the model and of the documentation as a folder of files: to read, keep or publish without a node.

The files are what the desks show, reached by following their links from the first page. Links between them are
relative; what leads elsewhere (cases, forms, signing in) becomes text. Whoever reads the folder sees the whole model,
as the trusted circle does: it is not for everybody.
"""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from douane.configuration import discovery
from douane.configuration.artefacts import release
from douane.model.declare import Operation
from douane.pages.assets import FOLDER as ASSETS
from douane.pages.assets import assets
from douane.pages.blocks import Frame, Page, Prose, Tab
from douane.pages.drawing import draw
from douane.pages.languages import Words
from douane.pages.manual import UNDER as DOCS
from douane.pages.manual import manual
from douane.pages.screens import Given, Library, Screen
from douane.runtime.store.ports import SharedStore
from douane.runtime.store.queries import View
from douane.vocabulary.errors import DouaneError, NotFound

SERVICE: Final = "architecture."
HOME: Final = "/explore"
_HREF: Final = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_FORM: Final = re.compile(r"<form\b.*?</form>", re.DOTALL)
_ASSET: Final = re.compile(rf'"({re.escape(ASSETS)}[^"]+)"')
_SCRIPT: Final = re.compile(r"<script\b[^>]*></script>\n?")


@dataclass(slots=True)
class StaticPages:
    """What can be shown without a node, by address. most: pages; the links beyond become text."""

    most: int = 1 << 20
    words: Words = field(default_factory=Words)
    screens: tuple[Screen, ...] = field(init=False)
    answers: Mapping[str, Any] = field(init=False)
    operations: Mapping[str, Operation] = field(init=False)
    store: SharedStore = field(init=False)

    def __post_init__(self) -> None:
        self.screens = tuple(each for each in discovery.screens() if each.operation.startswith(SERVICE))
        self.answers = discovery.behaviour().queries
        self.store = discovery.open_store("memory:")  # empty: the model is all that is shown
        self.operations = {o.qualified: o for service in discovery.services() for o in service.operations}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its path in the folder, the first page last: when it is there, all are."""
        drawn = self._drawn()
        for each in assets().values():
            yield _asset(each.path), each.content
        for address, text in reversed(drawn.items()):
            yield file_of(address), self._relative(text, address, drawn).encode()
        first = f'<!doctype html><meta charset="utf-8"><title>Douane</title><a href="{file_of(HOME)}">Douane</a>'
        yield "index.html", first.encode()

    def _drawn(self) -> dict[str, str]:
        found: dict[str, str] = {}
        waiting = deque([HOME, DOCS])
        seen = set(waiting)
        while waiting and len(found) < self.most:
            address = waiting.popleft()
            page = self._page(address)
            if page is None:
                continue
            found[address] = draw(page, self._frame(address), self.words)
            for _, href, _, _ in _HREF.findall(found[address]):
                target = html.unescape(href).partition("#")[0]
                if target.startswith((f"{HOME}/", f"{DOCS}/", f"{HOME}?")) and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return found

    def _frame(self, address: str) -> Frame:
        tabs = (Tab(self.words.model("Reference Architecture"), HOME), Tab(self.words.plain("Documentation"), DOCS))
        return Frame("Reference Architecture", HOME, address, tabs=tabs, version=release())

    def _page(self, address: str) -> Page | None:
        """The page at an address; None where there is none to show."""
        path, query = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query))
        if path == DOCS or path.startswith(f"{DOCS}/"):
            return _of_the_manual(path)
        for screen in self.screens:
            found = _match(screen.path, path)
            if found is not None:
                try:
                    return self._shown(screen, Given(self.words, Library(), found, query, explained_at=""))
                except DouaneError:
                    return None
        return None

    def _shown(self, screen: Screen, given: Given) -> Page:
        operation = self.operations[screen.operation]
        question: Any = msgspec.convert(dict(screen.question(given)), operation.request)
        view = View(self.store, "EU", 0, partial(_no_lists))
        return screen.view(self.answers[screen.operation].answer(view, question), given)

    def _relative(self, text: str, address: str, drawn: Mapping[str, str]) -> str:
        here = posixpath.dirname(file_of(address))

        def link(match: re.Match[str]) -> str:
            before, href, after, shown = match.groups()
            target, _, id = html.unescape(href).partition("#")
            if target in drawn:
                name = posixpath.relpath(file_of(target), here) if target else ""
                return f'<a{before} href="{html.escape(name)}{f"#{html.escape(id)}" if id else ""}"{after}>{shown}</a>'
            return match[0] if not target or "://" in target else f"<span>{shown}</span>"

        text = _SCRIPT.sub("", _FORM.sub("", text))
        text = _ASSET.sub(lambda match: f'"{posixpath.relpath(_asset(match[1]), here)}"', text)
        return _HREF.sub(link, text)


def write_folder(folder: Path, pages: StaticPages) -> int:
    """Write the files below a folder that is empty or not there; how many. Raises NotFound for any other."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotFound(f"{folder} is not an empty folder.", remedy="Name one that is empty, or not there yet.")
    count = 0
    for name, content in pages.files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def file_of(address: str) -> str:
    """The file of a page. What a file system may not take in a name, or takes for the same, stands as a hash."""
    parts = [_name(unquote(each)) for each in urlsplit(address).path.strip("/").split("/")]
    query = urlsplit(address).query
    return "/".join(parts) + (f"-{hashlib.sha256(query.encode()).hexdigest()[:12]}" if query else "") + ".html"


def _name(part: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]|\.(?=\.)", "_", part)[:80]
    if plain == part and part == part.lower() and not part.startswith("."):
        return part
    return f"{plain.strip('.')}-{hashlib.sha256(part.encode()).hexdigest()[:8]}"


def _asset(address: str) -> str:
    return f"assets/{posixpath.basename(address)}"


def _match(template: str, path: str) -> dict[str, str] | None:
    wanted, given = template.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    found = {}
    for part, value in zip(wanted, given, strict=True):
        if part.startswith("{") and value:
            found[part[1:-1]] = unquote(value)
        elif part != value:
            return None
    return found


def _of_the_manual(path: str) -> Page | None:
    name = path.removeprefix(DOCS).strip("/") or "README"
    found = manual().page(name, under=DOCS, model=HOME)
    return Page(found.title or name, (Prose(found.html),)) if found is not None else None


def _no_lists(_date: object) -> Any:
    raise NotFound("Code lists are not looked up for pages in a folder.")
