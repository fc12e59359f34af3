"""A node of several processes: one core and doors, joined by the link, and the operator's door, under one supervisor.

The listening sockets are made here, one a door process and platform, and outlive the process that serves them: what
connects while it is started again waits in the socket and is not refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from douane.assembly.doors import listener_settings
from douane.assembly.node import running
from douane.assembly.pages.serving import places
from douane.configuration import discovery
from douane.configuration.keys import log_name, signing_key
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import must_be_declared
from douane.examination.starting.judging import must_start
from douane.model.circles import Platform
from douane.runtime.upkeep.ending import hangups, until_stopped
from douane.shared_services.logging.events import Event
from douane.shared_services.logging.line import LogLine, LogWriter, moment
from douane.shared_services.logging.sink import descriptor_sink
from douane.shared_services.monitoring.burning import DOORS
from douane.shared_services.web.listener import bind
from douane.supervision.gathering import Gathering
from douane.supervision.operating.listening import door_socket_of, socket_of
from douane.supervision.operating.lock import DataLock
from douane.supervision.supervisor import LEAVE, Role, Supervisor
from douane.trust.development_identity import DevelopmentIdentity, prepare

Told = Callable[[str, str, int], None]
Refused = Callable[[BaseException], None]
Runner = Callable[[Coroutine[Any, Any, int]], int]
CONSOLE = "console"
_ORDER = {Platform.OPERATIONS.value: 2}
"""Doors and pages end first, then cores, and the operator's door last."""


@dataclass(slots=True)
class Processes:
    """The processes of a node and the sockets they listen on."""

    settings: NodeSettings
    runner: Runner
    refused: Refused
    """Told in a child what kept it from starting."""
    sockets: dict[str, dict[str, socket.socket]] = field(default_factory=dict)
    """By process, by platform."""
    identity: DevelopmentIdentity = field(init=False)
    _parts: dict[str, NodeSettings] = field(init=False)
    _gathering: Gathering = field(init=False)
    _lock: DataLock | None = None

    def __post_init__(self) -> None:
        must_start(self.settings)
        self.settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.settings.workers > 1:  # a core alone locks the folder itself
            self._lock = DataLock(self.settings.data)
        signing_key(self.settings.data / "audit.key", log_name(self.settings), SystemIds().random)
        self.identity = prepare(self.settings.identity_folder, now=SystemClock().now(), random=SystemIds().random)
        operations = Platform.OPERATIONS.value
        doors = tuple(p for p in self.settings.platforms if p != operations)
        workers = self.settings.workers
        names = ["core"] if workers == 1 else [f"worker-{n}" for n in range(workers)]
        self._parts = {
            name: replace(self.settings, role="core", worker=n, platforms=(), pages=None)
            for n, name in enumerate(names)
        }
        numbers = range(1, max(2, self.settings.processes - workers + 1))
        for n in numbers:
            self._parts[f"door-{n}"] = replace(self.settings, role="doors", worker=n, platforms=doors, pages=None)
        pages = self.settings.pages
        console = pages.of_console() if pages is not None and CONSOLE in pages.public else None
        drawing = self.settings.pages.processes if self.settings.pages is not None else 0
        for n in range(1, drawing + 1):
            self._parts[f"pages-{n}"] = replace(self.settings, role="pages", worker=n, platforms=doors)
        if operations in self.settings.platforms:  # in a process of its own, or it would be gone with another one
            self._parts[operations] = replace(self.settings, role="doors", platforms=(operations,), pages=console)
        data = self.settings.data
        apart: dict[str, dict[str, Path]] = {"doors": {}, "pages": {}}
        for name, each in self._parts.items():
            if not each.has_core and name != operations:
                apart[each.role][name] = door_socket_of(data, each.worker, each.role)
        self._gathering = Gathering(
            data, {name: socket_of(data, n) for n, name in enumerate(names)}, apart["doors"],
            self.settings.partitions, doors, pages=apart["pages"],
            secret=SystemIds().random(32) if console is not None else b"",
        )  # fmt: skip

    @property
    def addresses(self) -> Mapping[str, str]:
        """Where each platform listens; known once bound."""
        found: dict[str, str] = {}
        for made in self.sockets.values():
            for name, each in made.items():
                if name not in self.settings.platforms:
                    continue  # pages: they have the addresses that [pages.public] says
                host, port = each.getsockname()[:2]
                found[name] = f"https://{f'[{host}]' if ':' in host else host}:{port}"
        return {name: found[name] for name in self.settings.platforms if name in found}

    def bind(self) -> None:
        """Take every port. DeclarationFault where one is taken."""
        ports = dict(self.settings.ports)
        self._bind_pages()
        for part, settings in self._parts.items():
            if settings.role == "pages":
                continue
            made = self.sockets.setdefault(part, {})
            for name in settings.platforms:
                wanted = replace(settings, ports=ports)
                made[name] = bind(listener_settings(wanted, self.identity, name), shared=True)
                made[name].listen(1024)
                ports[name] = made[name].getsockname()[1]
        self._gathering.addresses = {name: url for name, url in self.addresses.items() if Platform(name) in DOORS}

    def _bind_pages(self) -> None:
        """A port that the processes of pages divide, and one socket of this machine for all of them."""
        local: dict[str, socket.socket] = {}
        for part, settings in self._parts.items():
            for each in places(settings, self.identity) if settings.pages is not None else ():
                if each.local and each.name in local:
                    made = local[each.name].dup()
                else:
                    made = bind(each, shared=True)
                    made.listen(1024)
                if each.local:
                    local.setdefault(each.name, made)
                self.sockets.setdefault(part, {})[each.name] = made

    def run(self, told: Told) -> int:
        """Until told to stop; the exit code."""
        discovery.services()
        discovery.behaviour()
        must_be_declared()  # imported and found before the first child, so that each has it at once
        roles = [
            Role(name, self._work(name), order=_ORDER.get(name, 1 if settings.role == "core" else 0))
            for name, settings in self._parts.items()
        ]
        supervisor = Supervisor(
            roles, self._logging(told), register=self.settings.data / "processes.json", draining=self._close,
            notice=self.settings.notice,
        )  # fmt: skip
        return supervisor.run()

    def _logging(self, told: Told) -> Told:
        """The same, with a line of the log for each process that ended untold, and when it is back."""
        gone: set[str] = set()

        def telling(what: str, name: str, pid: int) -> None:
            with contextlib.suppress(OSError):  # a full volume must not end the node
                if what == "ended":
                    gone.add(name)
                    self._log(Event.ENDED, name)
                elif what == "serving" and name in gone:
                    gone.discard(name)
                    self._log(Event.SERVING, name)
            told(what, name, pid)

        return telling

    def _log(self, event: Event, name: str) -> None:
        """Say so in the file that has the name now; it may have been moved away since the last line."""
        descriptor = os.open(self.settings.data / "node.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            LogWriter(descriptor_sink(descriptor), self._parts).log_line(
                LogLine(time=moment(SystemClock().now()), event=event, part=name)
            )
        finally:
            os.close(descriptor)

    def _close(self) -> None:
        """Let go of the sockets, so that they refuse connections once the doors have let go too."""
        for made in self.sockets.values():
            for each in made.values():
                each.close()

    def _work(self, name: str) -> Callable[[int, Callable[[], None]], int]:
        def work(parent: int, ready: Callable[[], None]) -> int:
            mine = self.sockets.pop(name)
            self._close()  # the others': a child must not hold open what it does not serve
            try:
                part = self._parts[name]
                gathering = self._gathering if part.has_core or name == Platform.OPERATIONS.value else None
                return self.runner(_serve(self._parts[name], mine, parent, ready, gathering))
            except Exception as problem:  # noqa: BLE001 - the last thing a child does is say why
                self.refused(problem)
                return 2

        return work


async def _serve(
    settings: NodeSettings, bound: Mapping[str, socket.socket], parent: int, ready: Callable[[], None],
    gathering: Gathering | None,
) -> int:  # fmt: skip
    """A part of the node until the supervisor says so, or dies."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(parent, stop.set)
    async with running(settings, bound, hangups(), gathering) as part:
        loop.add_signal_handler(LEAVE, part.leave)
        ready()
        code = await until_stopped(part, stop)
        loop.remove_reader(parent)
        return code
