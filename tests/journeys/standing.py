"""A whole node for the journeys: its doors on free ports of loopback, its identity on files, clients with real TLS."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import http.client
import json
import os
import shutil
import ssl
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from douane.assembly.node import RunningNode, running
from douane.configuration.ports import SystemIds
from douane.configuration.settings import CENTRAL, NodeSettings
from douane.identity.registered.sessions import RegisteredSessions
from douane.identity.sessions import Person
from douane.model.circles import Platform
from douane.shared_services.web.fair_use import Allowance
from douane.trust.demo import DemoClient, demo_clients
from douane.trust.development_identity import DevelopmentIdentity, prepare

T = TypeVar("T")
REFUSED_BY_TLS = 0
GENEROUS = Allowance(
    connections_per_second=100_000, strangers_per_second=100_000, requests_per_second=100_000,
    work_ms_per_second=100_000, stranger_work_ms_per_second=100_000, all_strangers_work_ms_per_second=100_000,
    sign_ins_in_ten_minutes=10_000,
)  # fmt: skip
"""For tests that ask faster than anybody may."""


@dataclass(frozen=True)
class Answer:
    """What a door said; status 0 where it hung up before HTTP began."""

    status: int
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class _Issued:
    """Identities that this process made, to be copied: making one takes 167 syncs of the disk and three hashes that are
    meant to be slow. Within a module of tests no two folders get the same, or a stranger's would be trusted."""

    def __init__(self) -> None:
        self._made: dict[tuple[DemoClient, ...], list[DevelopmentIdentity]] = {}
        self._given: Counter[tuple[DemoClient, ...]] = Counter()
        self._module = ""

    def next(self, clients: tuple[DemoClient, ...]) -> DevelopmentIdentity:
        """One that no other folder got for the module of tests that runs."""
        module = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
        if module != self._module:
            self._module, self._given = module, Counter()
        made, number = self._made.setdefault(clients, []), self._given[clients]
        self._given[clients] += 1
        if number == len(made):
            folder = Path(tempfile.mkdtemp(dir=_scratch()), "identity")
            made.append(prepare(folder, now=time.time_ns() // 1000, random=SystemIds().random, clients=clients))
        return made[number]


_ISSUED = _Issued()


@functools.cache
def _scratch() -> str:
    made = tempfile.mkdtemp(prefix="douane-identities-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def identity_in(folder: Path, clients: Sequence[DemoClient] = ()) -> DevelopmentIdentity:
    """A development identity with more clients than those of the demonstration, unless the folder has one."""
    made = DevelopmentIdentity(folder / "identity")
    if not made.folder.exists():
        issued = _ISSUED.next((*demo_clients(), *clients))
        shutil.copytree(issued.authorities, made.authorities)
        shutil.copytree(issued.folder, made.folder)
    return made


def settings_in(folder: Path, host: str = "127.0.0.1") -> NodeSettings:
    """A node with every door on a free port and everything it keeps under a folder."""
    ports = dict.fromkeys(CENTRAL, 0)
    return NodeSettings(name="journey", data=folder, development=True, ports=ports, host=host)


@dataclass
class Client:
    """One caller at one door, over a kept-alive connection that is made anew where the door closed it."""

    url: str
    context: ssl.SSLContext
    timeout: float = 20.0
    _open: http.client.HTTPSConnection | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """One request; status 0 when TLS refuses the caller."""
        for again in (True, False):
            kept = self._open is not None
            try:
                return self._ask(method, path, body, headers or {})
            except (ssl.SSLError, http.client.RemoteDisconnected, ConnectionError) as problem:
                self.close()
                refused = isinstance(problem, ssl.SSLError) and not kept  # a kept one may have been closed meanwhile
                if refused or not again:
                    return Answer(REFUSED_BY_TLS)
        raise AssertionError

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self._open is None:
            self._open = self.connection()
        self._open.request(method, path, body or None, headers)
        answer = self._open.getresponse()
        found = Answer(answer.status, answer.read())
        if answer.will_close:
            self.close()
        return found

    def connection(self) -> http.client.HTTPSConnection:
        """A connection of its own, for callers that misbehave."""
        host, _, port = self.url.removeprefix("https://").rpartition(":")
        return http.client.HTTPSConnection(host, int(port), timeout=self.timeout, context=self.context)

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None


def trust(identity: DevelopmentIdentity, certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """The TLS side of a client: what it trusts, and what it proves itself with."""
    context = ssl.create_default_context(cafile=str(identity.root))
    if certificate is not None:
        context.load_cert_chain(certificate, key)
    return context


@dataclass
class Standing:
    """A node that runs in a loop of its own."""

    node: RunningNode
    identity: DevelopmentIdentity
    loop: asyncio.AbstractEventLoop
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, platform: str, name: str) -> Client:
        """A client of the register at a door; empty for a caller without a certificate."""
        found = self.clients.get((platform, name))
        if found is None:
            files = self.identity.client(name) if name else None
            context = trust(self.identity, files.certificate, files.key) if files else trust(self.identity)
            found = self.clients[platform, name] = Client(self.node.url(platform), context)
        return found

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Something in the loop of the node."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def signed_in(self, platform: Platform, person: Person) -> str:
        """What a browser holds in which a person is signed in at the pages of a platform."""
        return self.run(self.sessions.open(platform, person))[0]

    @property
    def sessions(self) -> RegisteredSessions:
        """The sessions of persons at the pages of this node."""
        assert self.node.pages is not None
        return self.node.pages.accounts.sessions[Platform.UUMDS]

    def close(self) -> None:
        """Hang up everywhere."""
        for client in self.clients.values():
            client.close()


@contextlib.contextmanager
def standing(folder: Path, identity: DevelopmentIdentity, host: str = "127.0.0.1", **more: Any) -> Iterator[Standing]:
    """A node as long as the block lasts; ``more``: settings of its own."""
    up, done = threading.Event(), asyncio.Event()
    made: list[Standing] = []
    problems: list[BaseException] = []

    async def serve() -> None:
        async with running(replace(settings_in(folder, host), **more)) as node:
            made.append(Standing(node, identity, asyncio.get_running_loop()))
            up.set()
            await done.wait()

    def work() -> None:
        try:
            uvloop.run(serve())  # as a node does
        except BaseException as problem:
            problems.append(problem)
        finally:
            up.set()

    thread = threading.Thread(target=work, name="node")
    thread.start()
    try:
        assert up.wait(60)
        if problems:
            raise problems[0]
        yield made[0]
    finally:
        if made:
            made[0].close()
            with contextlib.suppress(RuntimeError):
                made[0].loop.call_soon_threadsafe(done.set)
        thread.join(60)
    assert not thread.is_alive(), "the node does not stop"
    assert problems == []
