"""The code lists of a node: the built-in selection, and what was published over it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from douane.configuration.supplies import supply_of
from douane.model.discovery import services
from douane.model.needs import BUILT_IN_LISTS, LIST_VERSION, LISTS_OF_FILE, STORED_LISTS, StoredList
from douane.model.rules import Look
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.tick import Tick
from douane.runtime.door.link import Link, Published
from douane.runtime.store.ports import Clock, Instant, Reader
from douane.runtime.store.queries import View
from douane.vocabulary.code_lists import CodeList, CodeLists
from douane.vocabulary.errors import DouaneError, NotFound

EVERY_SECONDS: Final = 2.0


def code_lists() -> CodeLists:
    """The built-in lists, of whichever application brings a selection."""
    load = supply_of(BUILT_IN_LISTS)
    return load() if load is not None else CodeLists({})


class NodeLists:
    """The lists that the rules of a node see; read from its store at start, again after each publication.

    What the own process publishes holds with its commit, what another worker publishes within ``EVERY_SECONDS``.
    """

    def __init__(self, reader: Reader, clock: Clock, partitions: Sequence[int] = (0,)) -> None:
        self._reader, self._clock, self._partitions = reader, clock, partitions
        self._publishing = publishing()
        self._stored: Mapping[str, StoredList] = {}
        self.lists = CodeLists({})
        self.load()

    def load(self) -> None:
        """Know every published list anew; each is read at its first use, so a start does not wait for them."""
        builtin = code_lists()
        lists: dict[str, Callable[[], CodeList]] = {n: functools.partial(_get, builtin, n) for n in builtin.numbers()}
        self._stored = self._now_stored()
        self.lists = CodeLists({**lists, **self._stored})

    def _now_stored(self) -> Mapping[str, StoredList]:
        load = supply_of(STORED_LISTS)
        return load(self.view()) if load is not None else {}

    async def follow(self) -> None:
        """Take over what other workers published, until cancelled: which lists are stored is read every few seconds."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if self._now_stored() != self._stored:
                self.load()

    def view(self) -> View:
        """What belongs to the Union, as it is stored now."""
        return View(self._reader, UNION, self._clock.now(), self.look, partitions=self._partitions)

    def look(self, date: dt.date) -> Look:
        """What rules see on a date."""
        return self.lists.look(date)

    def published(self) -> list[Instant]:
        """When each published list that rules see was published."""
        return [each.imported_at for each in self._stored.values()]

    def told(self, number: str) -> Published:
        """Which lists are published and when, and one of them, for who keeps no store."""
        when = {name: each.imported_at for name, each in self._stored.items()}
        found = self.lists.get(number) if number in when else None
        return (when, found.name, found.entries) if found is not None else (when, "", ())

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick published."""
        if any(row.operation == self._publishing for _, row in tick.overlay.rows):
            self.load()


class AskedLists:
    """The lists that pages beside no store offer: the built-in selection, and over it what a core tells by a link."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._when: Mapping[str, Instant] = {}
        self._told: dict[str, CodeList] = {}
        self.lists = code_lists()

    async def follow(self) -> None:
        """Take over what is published, until cancelled; while no core answers what was known stays."""
        while True:
            with contextlib.suppress(DouaneError):
                await self.renew()
            await asyncio.sleep(EVERY_SECONDS)

    async def renew(self) -> None:
        """Ask which lists are published, and for those that are new. Raises what a link raises."""
        when, _, _ = await self._link.published("")
        for number in sorted(each for each, at in when.items() if self._when.get(each) != at):
            _, name, entries = await self._link.published(number)
            self._told[number] = CodeList(number, name, entries)
        if when == self._when:
            return
        builtin = code_lists()
        lists: dict[str, Any] = {n: functools.partial(_get, builtin, n) for n in builtin.numbers()}
        self._when = when
        self.lists = CodeLists({**lists, **{number: self._told[number] for number in when}})


def _get(lists: CodeLists, number: str) -> CodeList:
    return lists[number]


@functools.cache
def publishing() -> str:
    """The operation by which versions of lists are published; empty where no application has one."""
    return next((o.qualified for s in services() for o in s.operations if o.fills is LIST_VERSION), "")


def versions_of(path: Path, reader: Reader, clock: Clock, partitions: Sequence[int]) -> Iterator[Any]:
    """What a file changes, list by list, against what is stored. Raises NotFound where no application reads it."""
    versions = supply_of(LISTS_OF_FILE)
    if versions is None:
        raise NotFound("No application of this node keeps reference data.")
    with path.open("rb") as file:
        yield from versions(file, NodeLists(reader, clock, partitions).view(), source=path.name)
