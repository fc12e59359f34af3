"""The union under attack: nodes of a tree, each a process of its own, reached only as anybody reaches them.

A tree is a checkout with an environment of its own. Everything goes through its ``douane`` command, through HTTP at the
doors and through files that the documentation describes, so the same attempts run against any release.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from tests.hostile.party import CannotBePlayed, Party

DOORS = ("speed2", "ccn2", "uumds", "cdco", "operations")
START_SECONDS, STOP_SECONDS, CALL_SECONDS = 40.0, 15.0, 40.0
INSIDE = Path(__file__).parent / "inside"
_PORTS = itertools.cycle(range(20_000 + os.getpid() * 97 % 9_000, 32_000))
Changed = Callable[[Path], None]


@dataclass(frozen=True)
class Tree:
    """A checkout with its environment."""

    root: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.root / ".venv/bin/python"

    def douane(self, *arguments: str, seconds: float = CALL_SECONDS) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = [str(self.root / ".venv/bin/douane"), *arguments]
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, env=_plain())
        except subprocess.TimeoutExpired as late:
            raise CannotBePlayed(f"douane {' '.join(arguments[:2])} takes longer than {seconds:g} s") from late

    def inside(self, script: str, plan: dict[str, Any], *, seconds: float = CALL_SECONDS) -> dict[str, Any]:
        """Run a script of ``inside`` with this tree's interpreter: a plan as JSON goes in, facts as JSON come out."""
        try:
            done = subprocess.run(
                [str(self.python), str(INSIDE / f"{script}.py")], input=json.dumps(plan), capture_output=True,
                text=True, timeout=seconds, check=False, env=_plain(),
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            raise CannotBePlayed(f"{script} takes longer than {seconds:g} s") from late
        if done.returncode:
            raise CannotBePlayed(f"{script}: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}")
        facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return facts

    @cached_property
    def run_options(self) -> str:
        """What ``douane run`` may be told."""
        return self.douane("run", "--help").stdout


@dataclass(frozen=True)
class Shape:
    """How a node is made.

    settings: beside data, name and ports. descriptors: its soft limit of open files, 0 for that of this process.
    prepare: what is done to its data folder between making its identity and its start. environment: variables of its
    own. linked: it has a port for doors in other processes.
    """

    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    descriptors: int = 0
    prepare: Changed | None = None
    environment: dict[str, str] = field(default_factory=dict)
    linked: bool = False


class Node:
    """A node of the tree: started once, stopped at the end."""

    def __init__(self, tree: Tree, folder: Path, shape: Shape) -> None:
        self.tree, self.shape = tree, shape
        self.folder, self.data = folder, folder / "data"
        *ports, self.link_port = free_ports(len(DOORS) + 1)
        self.ports = dict(zip(DOORS, ports, strict=True))
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: list[httpx.Client] = []

    @property
    def identity(self) -> Path:
        """Where certificates and the register of clients are."""
        return Path(self.shape.settings.get("identity", self.data / "identity"))

    @property
    def config(self) -> Path:
        """Its settings."""
        return self.folder / "node.toml"

    @property
    def log(self) -> str:
        """What the node wrote to its log so far."""
        path = self.data / "node.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def pid(self) -> int:
        """Of its first process."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether its first process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How its first process ended; None while it runs."""
        return self._process.poll() if self._process is not None else None

    def start(self, *, unready: bool = False, seconds: float = START_SECONDS) -> None:
        """Start it and wait until it says it is ready. unready: whatever comes instead is no reason to complain."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config.write_text(_settings(self))
        command = [str(self.tree.root / ".venv/bin/douane"), "run", "--config", str(self.config), *self._development()]
        with self.output.open("wb") as out:
            self._process = subprocess.Popen(
                [*command, *self.shape.arguments], stdout=out, stderr=subprocess.STDOUT,
                env=_plain() | self.shape.environment, umask=0o022,
                preexec_fn=self._limited, start_new_session=True,
            )  # fmt: skip
        came = wait_for(lambda: self.ready or not self.alive, seconds)
        if unready:
            return
        if not came:
            self.stop()
            raise CannotBePlayed(f"node {self.shape.name} is not ready after {seconds:g} s")
        if not self.alive:
            raise CannotBePlayed(f"node {self.shape.name} does not start: {self.said.strip()[-200:]}")

    @property
    def ready(self) -> bool:
        """Whether it said so."""
        return self.alive and " is ready" in self.said

    @property
    def output(self) -> Path:
        """Where its standard output goes."""
        return self.folder / "output.txt"

    @property
    def said(self) -> str:
        """What it printed."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    def stop(self) -> None:
        """Stop it, by force where it does not listen."""
        for each in self._clients:
            each.close()
        self._clients.clear()
        if self._process is None:
            return
        if self.alive:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to its first process."""
        os.kill(self.pid, number)

    def douane(self, *arguments: str, seconds: float = CALL_SECONDS) -> subprocess.CompletedProcess[str]:
        """A command about this node."""
        return self.tree.douane(*arguments, "--config", str(self.config), seconds=seconds)

    def tls(self, who: str = "") -> ssl.SSLContext:
        """A context that believes the node, with the certificate of a client."""
        context = ssl.create_default_context(cafile=str(self.identity / "root.pem"))
        if who:
            clients = self.identity / "clients"
            context.load_cert_chain(clients / f"{who}.pem", clients / f"{who}.key")
        return context

    def client(
        self, who: str = "", door: str = "speed2", *, seconds: float = CALL_SECONDS, source: str | None = None
    ) -> httpx.Client:
        """An HTTP client at a door. source: the address it comes from, where not this machine's usual one."""
        transport = httpx.HTTPTransport(verify=self.tls(who), local_address=source)
        made = httpx.Client(
            base_url=f"https://localhost:{self.ports[door]}", timeout=seconds, transport=transport, trust_env=False
        )
        self._clients.append(made)
        return made

    def party(self, who: str, door: str = "speed2") -> Party:
        """Somebody who sends and collects."""
        return Party(self.client(who, door))

    def connect(self, who: str, door: str, *, source: str = "127.0.0.66") -> ssl.SSLSocket:
        """A bare TLS connection to a door, from an address of the attacker's own."""
        raw = socket.create_connection(("127.0.0.1", self.ports[door]), timeout=20, source_address=(source, 0))
        return self.tls(who).wrap_socket(raw, server_hostname="localhost")

    def token(self, who: str, door: str = "speed2", acting_for: str = "") -> str:
        """A token asked for over the certificate; empty where UUM&DS gives none."""
        form = {"grant_type": "client_credentials", "resource": door}
        form |= {"acting_for": acting_for} if acting_for else {}
        answer = self.client(who, "uumds").post("/token", data=form)
        return str(answer.json()["access_token"]) if answer.status_code == 200 else ""

    def _development(self) -> list[str]:
        made_here = "identity" not in self.shape.settings
        return ["--development"] if made_here and "--development" in self.tree.run_options else []

    def _limited(self) -> None:
        if self.shape.descriptors:
            _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (self.shape.descriptors, most))


class Union:
    """The nodes of one run, by their shape, each started when it is first needed."""

    def __init__(self, tree: Tree, folder: Path) -> None:
        self.tree, self.folder = tree, folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._nodes: dict[str, Node] = {}
        self._count = 0

    def node(self, shape: Shape) -> Node:
        """The running node of a shape."""
        known = self._nodes.get(shape.name)
        if known is not None and known.alive:
            return known
        if known is not None:
            known.stop()
        made = self._nodes[shape.name] = self._made(shape)
        made.start()
        return made

    @contextlib.contextmanager
    def alone(self, shape: Shape, *, unready: bool = False, seconds: float = START_SECONDS) -> Iterator[Node]:
        """A node for one attempt only."""
        made = self._made(shape)
        try:
            made.start(unready=unready, seconds=seconds)
            yield made
        finally:
            made.stop()

    def unstarted(self, shape: Shape) -> Node:
        """A node with an identity and settings that does not run."""
        return self._made(shape)

    def number(self) -> int:
        """A number that no other attempt of this run has."""
        self._count += 1
        return self._count

    def close(self) -> None:
        """Stop everything."""
        for each in self._nodes.values():
            each.stop()
        self._nodes.clear()

    def _made(self, shape: Shape) -> Node:
        node = Node(self.tree, self.folder / f"{shape.name}-{self.number()}", shape)
        node.folder.mkdir(parents=True)
        if "identity" not in shape.settings:
            self._identity(node)
        node.config.write_text(_settings(node))
        if shape.prepare is not None:
            shape.prepare(node.data)
        return node

    def _identity(self, node: Node) -> None:
        """The development identity is made once a run and copied: its keys are what takes time."""
        template = self.folder / "template"
        if not template.exists():
            first = Node(self.tree, self.folder / "first", Shape("first"))
            first.start()
            first.stop()
            for kept, copy in _beside(first.identity, template):
                shutil.move(kept, copy)
        node.data.mkdir(mode=0o700, parents=True)
        for kept, copy in _beside(template, node.identity):
            shutil.copytree(kept, copy)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody uses now, beneath those that the system gives to outgoing connections."""
    found: list[int] = []
    with contextlib.ExitStack() as stack:
        while len(found) < count:
            port = next(_PORTS)
            probe = stack.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                found.append(port)
    return found


def wait_for(happened: Callable[[], object], seconds: float, pause: float = 0.1) -> bool:
    """Whether something happens in time; it is asked for again and again, as other processes bring it about."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


def _settings(node: Node) -> str:
    """The node's settings as TOML; tables after plain values."""
    plain = {"name": "hostile", "data": str(node.data)} | node.shape.settings
    if node.shape.linked:
        plain["links"] = [f"tls://127.0.0.1:{node.link_port}"]
    tables = {k: v for k, v in plain.items() if isinstance(v, dict)}
    tables["ports"] = node.ports | tables.get("ports", {})
    lines = [f"{key} = {json.dumps(value)}" for key, value in plain.items() if not isinstance(value, dict)]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _plain() -> dict[str, str]:
    """The environment without anything that is meant for this process."""
    left_out = ("DOUANE_", "PYTHON", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def _beside(identity: Path, other: Path) -> list[tuple[Path, Path]]:
    """A folder with an identity and its copy, and the same of the folder beside it in which a release keeps the keys of
    its authorities."""
    found = [(each, other.with_name(f"{other.name}{each.name.removeprefix(identity.name)}"))
             for each in (identity, identity.with_name(f"{identity.name}.authorities"))]  # fmt: skip
    return [(each, copy) for each, copy in found if each.is_dir()]
