"""A node of several processes as an operator starts it, clients that insist, and what its store holds afterwards."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from douane.configuration.discovery import open_reader
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.supervision.supervisor import processes_of
from douane.trust.demo_registers import SAID
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.standing import Client, identity_in, trust

ROOT = Path(__file__).parents[2]
COMMAND = "import sys; from douane.cli.main import main; sys.exit(main())"
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
OFFICER = "fr.officer"
JSON = {"content-type": "application/json"}
TAIL = 40
"""Lines of what a process said that are shown of it where a test fails."""


def environment(release: Path | None = None) -> dict[str, str]:
    """That of a command of this release, or of another one (``releases.release``)."""
    path = ENVIRONMENT["PYTHONPATH"]
    return ENVIRONMENT | {"PYTHONPATH": f"{release}{os.pathsep}{path}" if release else path}


def settings_file(folder: Path, **more: object) -> Path:
    """A settings file with every door on a free port, unless ``ports`` says otherwise."""
    values: dict[str, object] = {
        "name": "several",
        "data": str(folder / "data"),
        "identity": str(folder / "identity"),
        "development": True,
    }
    values |= {"ports": dict.fromkeys(("speed2", "ccn2", "uumds", "cdco", "operations"), 0)} | more
    path = folder / "douane.toml"
    path.write_text("\n".join(f"{name} = {_toml(value)}" for name, value in values.items()) + "\n")
    return path


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(each)}" for name, each in value.items()) + "}"
    return json.dumps(value)


@dataclass
class Supervised:
    """The running command."""

    process: subprocess.Popen[str]
    folder: Path
    identity: DevelopmentIdentity
    urls: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    _listener: threading.Thread | None = None
    _operator: Client | None = None

    def ready(self) -> None:
        """Until it says so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            words = line.split()
            if len(words) == 2 and words[1].startswith("https://"):
                self.urls[words[0]] = words[1]
            if "is ready" in line:
                self._listener = threading.Thread(target=self._listen, daemon=True)
                self._listener.start()
                return
        raise AssertionError(f"it did not start: {self.said}")

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())

    def client(self, platform: str, name: str) -> Client:
        """A client over a connection of its own."""
        files = self.identity.client(name)
        made = Client(self.urls[platform], trust(self.identity, files.certificate, files.key))
        self.clients.append(made)
        return made

    def metrics(self) -> str:
        """What the operator's door shows now; asked over one kept connection, as often as one likes."""
        if self._operator is None:
            self._operator = self.client("operations", "operator")
        answer = self._operator.ask("GET", "/metrics")
        assert answer.status == 200, answer
        return answer.body.decode()

    @property
    def pids(self) -> dict[str, int]:
        """The living processes by name."""
        return processes_of(self.folder / "data")

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to a process; its id."""
        pid = self.pids[name]
        os.kill(pid, number)
        return pid

    def until(self, holds: Callable[[], bool], seconds: float = 90.0) -> None:
        """Wait for something, at most so long."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)

    def close(self) -> None:
        """Hang up everywhere; the command has ended."""
        for client in self.clients:
            client.close()
        if self._listener is not None:
            self._listener.join(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def left(self) -> str:
        """How it ended, its last words, and what its processes logged as failed; pytest shows it where a test fails."""
        failed = [
            f"{log.relative_to(self.folder)}: {line}"
            for log in sorted(self.folder.glob("data/**/*.log"))
            for line in log.read_text(errors="replace").splitlines()
            if '"error"' in line
        ]
        lines = [f"--- {self.folder.name} ended with {self.process.returncode}", *self.said[-TAIL:], *failed[-TAIL:]]
        return "\n".join(lines)

    def stop(self) -> int:
        """Tell it to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


@contextlib.contextmanager
def supervised(
    folder: Path, *options: str, inside: Sequence[str] = (), release: Path | None = None, **more: object
) -> Iterator[Supervised]:
    """The command as long as the block lasts; ``inside``: what runs it somewhere else; ``release``: of another one."""
    identity = identity_in(folder)
    config = settings_file(folder, **more)
    process = subprocess.Popen(
        [*inside, sys.executable, "-c", COMMAND, "run", "--config", str(config), *options], text=True,
        env=environment(release), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    made = Supervised(process, folder, identity)
    try:
        made.ready()
        yield made
    finally:
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                made.stop()
            process.kill()
            process.wait()
        made.close()
        print(made.left())


def registration(number: int) -> bytes:
    """The registration of a guarantee of its own for every number."""
    body = {
        "grn": str(Grn.issue(2025, Country("FR"), f"{number:012}")), "type": "1", "holder": "FR40123456700017",
        "access_code": "A1B2", "limit": "1000", "valid_from": "2025-01-01", "officer": OFFICER, "office": "FR005350",
    }  # fmt: skip
    return json.dumps(body).encode()


@dataclass
class Load:
    """Senders that repeat each message under its id until they hold the receipt; some they send again after that."""

    node: Supervised
    senders: int = 3
    platform: str = "ccn2"
    caller: str = OFFICER
    path: str = "/guarantees/v1/register"
    media: str = "application/json"
    body: Callable[[int], bytes] = registration
    enter: Callable[[], None] = lambda: None
    held: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    ending: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Start sending."""
        self._threads = [threading.Thread(target=self._send, args=(n,), daemon=True) for n in range(self.senders)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Finish what was begun."""
        self.ending.set()
        for thread in self._threads:
            thread.join(130)
            assert not thread.is_alive()

    def _send(self, sender: int) -> None:
        self.enter()
        client, number = self.node.client(self.platform, self.caller), 0
        while not self.ending.is_set():
            number += 1
            own = f"S{sender}-{number}"
            self.open.add(own)
            self._insist(client, own, self.body(sender * 100_000 + number))
            if number % 5 == 0 and not self.ending.is_set():
                self._insist(client, own, self.body(sender * 100_000 + number))
        client.close()

    def _insist(self, client: Client, own: str, body: bytes) -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end and not self.gone.is_set():
            try:
                answer = client.ask("POST", self.path, body, {"content-type": self.media, "message-id": own})
            except (OSError, http.client.HTTPException):  # refused: nobody listens just now
                client.close()
                self.statuses[-1] += 1
                time.sleep(0.02)
                continue
            self.statuses[answer.status] += 1
            if answer.status == 202:
                receipt = json.dumps(answer.json, sort_keys=True)
                if self.held.setdefault(own, receipt) != receipt:
                    self.faults.append(f"{own} got two receipts")
                self.open.discard(own)
                return
            if answer.status not in (0, 503):
                self.faults.append(f"{own}: {answer.status} {answer.body!r}")
                return
            time.sleep(0.02)
        if not self.gone.is_set():
            self.faults.append(f"{own} got no receipt")


INSIDE = frozenset({"", "operations"})
"""Platforms of what comes from nobody outside: none, and that of operators and of a node's first start."""


def accepted(folder: Path, store: str = "") -> Counter[str]:
    """How often each message from outside stands in the journal; what a node or its operator says is none."""
    reader = open_reader(store or f"sqlite:{folder / 'data' / 'store' / 'node.db'}")
    rows = reader.scan_log(Log.JOURNAL, 0, keys.log_position(1 << 10, 0), 1 << 30)
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    return Counter(
        row.id
        for _, raw in rows
        if (row := JOURNAL.read(raw)).origin.platform not in INSIDE and not row.id.startswith(SAID)
    )
