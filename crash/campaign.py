"""One campaign: a node on fresh folders under load and faults, then quiet, then judged.

Two phases (safety, then liveness): while faults run nothing wrong may ever be told; when they have ended everything
must drain. A long run is several campaigns, so that stores stay small enough to be judged row by row.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from crash import client, node
from crash.checker import Finding, Harm, Told, balance_faults, told_faults
from crash.database import Database
from crash.forms import Forms, form_faults
from crash.front import Front, firms
from crash.ledger import read_ledger
from crash.messages import GUARANTEES, client_id, eori, grn, power, registration
from crash.messages import HOLDER as PRINCIPAL
from crash.nemesis import Nemesis, Schedule, Struck, Volumes
from crash.onward import OFFICERS, authorisation
from crash.stored import Stored, stored_faults
from crash.system import ROOT, RUN, LoadClient, SingleNode, SupervisedNode, System, environment
from crash.volumes import SmallVolume
from douane.applications.representation.messages import Empowerment
from douane.configuration import discovery
from douane.configuration.keys import log_name, signing_key
from douane.configuration.ports import SystemIds
from douane.model.circles import ActorKind
from douane.trust.demo import CONSIGNEE, HOLDER, DemoClient, demo_clients
from douane.trust.development_identity import DEVELOPMENT, DevelopmentIdentity, prepare

UP_WITHIN = 120.0
REFUSED = 2
PORTS = range(20_000, 32_000)
STORE_MEGABYTES, DATA_MEGABYTES = 2_048, 64


@dataclass(frozen=True, slots=True)
class Load:
    """How many load clients, traders in each, and seconds between two messages of a trader, on average. Over how many
    processes the node is spread, into how many parts its store is divided, how many workers share them."""

    clients: int = 2
    traders: int = 4
    pause: float = 0.02
    processes: int = 1
    partitions: int = 1
    workers: int = 1
    files: bool = False  # a file for each partition, where it is SQLite
    pages: int = 2
    """How many processes serve pages, where the node is spread over processes; as many browsers visit them."""
    pause_of_persons: float = 0.1


@dataclass(slots=True)
class Outcome:
    """What came of a campaign."""

    schedule: Schedule
    told: Told
    forms: Forms
    findings: list[Finding]
    struck: list[Struck]
    processed: int
    released: int
    settings: dict[str, Any]
    seconds: float
    starts: list[float] = field(default_factory=list)
    cold_starts: list[float] = field(default_factory=list)


class Campaign:
    """Everything one campaign starts and looks at, on a folder of its own."""

    def __init__(
        self, folder: Path, schedule: Schedule, load: Load, identity: DevelopmentIdentity, *, volumes: bool,
        database: Database | None = None,
    ) -> None:  # fmt: skip
        self.database = database
        self.folder, self.schedule, self.load, self.identity = folder, schedule, load, identity
        (folder / "data").mkdir(parents=True)
        (folder / "store").mkdir()
        self.volumes: Volumes | None = None
        if volumes:
            store = SmallVolume.make(folder / "store", folder / "store.img", STORE_MEGABYTES)
            self.volumes = Volumes(store, SmallVolume.make(folder / "data", folder / "data.img", DATA_MEGABYTES))
        alone = f"files:{folder / 'store'}" if load.files else f"sqlite:{folder / 'store' / 'node.db'}"
        store_address = database.fresh() if database else alone
        self.plan = node.Plan(
            data=str(folder / "data"), store=store_address, identity=str(identity.folder), speed2=free_port(),
            ccn2=free_port(), partitions=load.partitions, workers=load.workers,
        )  # fmt: skip
        self.front: Front | None = None
        if load.processes > 1 and load.pages:
            self.front = Front(folder, free_port(), free_port())
            self.front.make(identity.folder)
            self.plan = msgspec.structs.replace(
                self.plan, identity=str(self.front.identity), pages=load.pages, front=self.front.port,
                tls=str(self.front.tls),
            )  # fmt: skip
        self.system: System = SingleNode(self.plan, folder)
        if load.processes > 1:
            self.system = SupervisedNode(self.plan, folder, count=load.processes)
        self.findings: list[Finding] = []
        self.clients: list[LoadClient] = []

    # --- the course of it

    def run(self) -> Outcome:
        """Load, faults, quiet, judgement."""
        with self.front.vouching() if self.front is not None else contextlib.nullcontext():
            return self._run()

    def _run(self) -> Outcome:
        began, released, accounts = time.monotonic(), 0, dict[str, dict[str, Any]]()
        nemesis = Nemesis(self.system, self.folder, self.schedule, self.volumes, self.database)
        try:
            self.system.start()
            self.system.wait(ready=True, seconds=UP_WITHIN)
            self._register()
            self.clients = [self._load(number) for number in range(self.load.clients)]
            if self.front is not None:
                load = self.load
                self.clients.append(self.front.load(load.pages, self.schedule.seed, load.pause_of_persons))
            nemesis.run()
            self._all("finish")
            released = self._release()
            self._all("drain")
            accounts = self._accounts()
            self._stop()
        except TimeoutError as problem:
            self.findings.append(Finding(Harm.BROKEN, f"it did not come back: {problem}"))
        finally:
            for each in self.clients:
                each.end()
            self.system.kill_all()
        told = Told.of(chain.from_iterable(read_ledger(path) for path in sorted(self.folder.glob("*.ledger"))))
        forms = Forms.of(chain.from_iterable(read_ledger(path) for path in sorted(self.folder.glob("*.forms"))))
        processed, settings = self._judge(told, forms, accounts)
        struck = nemesis.struck
        events = {"struck": [asdict(each) for each in struck], "lives": [asdict(each) for each in self.system.lives]}
        (self.folder / "events.json").write_text(json.dumps(events, indent=1))
        lives = self.system.lives
        return Outcome(
            self.schedule, told, forms, self.findings, struck, processed, released, settings,
            time.monotonic() - began,
            [each.ready - each.started for each in lives if each.ready and not each.cold],
            [each.ready - each.started for each in lives if each.ready and each.cold],
        )  # fmt: skip

    def _load(self, number: int) -> LoadClient:
        mine = range(number * self.load.traders, (number + 1) * self.load.traders)
        plan = client.Plan(
            "localhost", self.plan.speed2, self.plan.ccn2, str(self.identity.root),
            {str(n): self._files(client_id(n)) for n in mine}, {name: self._files(name) for name in OFFICERS},
            str(self.folder / f"{number}.ledger"), self.schedule.seed, self.load.pause,
        )  # fmt: skip
        path = self.folder / f"client{number}.json"
        path.write_bytes(msgspec.json.encode(plan))
        return LoadClient.start(path)

    def _files(self, name: str) -> tuple[str, str]:
        files = self.identity.client(name)
        return str(files.certificate), str(files.key)

    def _all(self, word: str) -> None:
        """Tell every load client; wait for the answers."""
        self.system.wait(ready=True, seconds=UP_WITHIN)
        for each in self.clients:
            each.tell(word)
        for each in self.clients:
            answer = each.hear()
            if answer not in ("finished", "drained"):
                self.findings.append(Finding(Harm.BROKEN, f"a load client ended: {answer or 'killed'}"))

    # --- an officer and an operator

    def _officer(self, name: str = "fr.officer") -> client.Connection:
        return client.Connection("localhost", self.plan.ccn2, str(self.identity.root), *self._files(name))

    def _insist(self, officer: client.Connection, path: str, body: bytes) -> tuple[int, bytes]:
        """Ask until there is an answer other than 503, or the time is over."""
        end = time.monotonic() + UP_WITHIN
        while True:
            try:
                status, answer = officer.ask("POST", path, body, "application/json")
            except client.NoAnswer:
                status, answer = 0, b""
            if status not in (0, 503) or time.monotonic() > end:
                return status, answer
            time.sleep(0.1)

    def _register(self) -> None:
        officer = self._officer()
        if self.front is not None:
            self._known(self.front)
        for number in range(GUARANTEES):
            status, body = self._insist(officer, "/guarantees/v1/register", registration(number))
            if status != 202:
                raise RuntimeError(f"a guarantee was not registered: {status} {body.decode()}")
        for number in range(self.load.clients * self.load.traders):
            stated = msgspec.json.encode(power(number))
            status, body = self._insist(officer, "/representation/v1/empower", stated)
            if status != 202:
                raise RuntimeError(f"a power was not recorded: {status} {body.decode()}")
        for number in range(self.load.clients * self.load.traders):
            self._empowered(officer, power(number))
        officer.close()
        authority = self._officer("at.system")
        for number in range(self.load.clients * self.load.traders):
            act = msgspec.json.encode(authorisation(number))
            status, body = self._insist(authority, "/authorisations/v1/state", act)
            if status != 202:
                raise RuntimeError(f"an authorisation was not stated: {status} {body.decode()}")
        authority.close()

    def _known(self, front: Front) -> None:
        """Who the person and the traders are: of a node in production nobody knows it by himself."""
        system = self._officer("fr.system")
        for path, stated in (
            ("/accounts/v1/deliver", front.account()),
            ("/eori/v1/deliver", firms(self.load.clients * self.load.traders)),
        ):
            status, body = self._insist(system, path, stated)
            if status != 202:
                raise RuntimeError(f"{path} was answered {status} {body.decode()}")
        system.close()

    def _empowered(self, officer: client.Connection, known: Empowerment) -> None:
        """Wait until the register knows a power: it is taken before it is handled, maybe in another partition."""
        question = {"administration": "FR", "principal": known.principal, "representative": known.representative}
        end = time.monotonic() + UP_WITHIN
        while time.monotonic() < end:
            status, body = self._insist(officer, "/representation/v1/check", json.dumps(question).encode())
            if status == 200 and json.loads(body)["known"]["says"] == "yes":
                return
            time.sleep(0.05)
        raise RuntimeError(f"the power of {known.representative} is not known")

    def _accounts(self) -> dict[str, dict[str, Any]]:
        officer, found = self._officer(), {}
        for number in range(GUARANTEES):
            question = json.dumps({"grn": grn(number)}).encode()
            status, body = self._insist(officer, "/guarantees/v1/show", question)
            if status == 200:
                found[grn(number)] = json.loads(body)
            else:
                self.findings.append(Finding(Harm.LOST, f"guarantee {grn(number)} is not shown: {status}"))
        officer.close()
        return found

    def _release(self) -> int:
        """As an operator does: stop the node, release what is set aside, start it; how many were released."""
        self._stop()
        done = subprocess.run(
            [sys.executable, "-c", RUN, "message", "replay", "--json", "--config",
             str(self.folder / "node.toml")],
            capture_output=True, cwd=ROOT, env=environment(), check=False,
        )  # fmt: skip
        if done.returncode != 0:
            self.findings.append(Finding(Harm.LOST, f"release failed: {done.stderr.decode()[-300:]}"))
            return 0
        self.system.start(cold=self.system.has_cold)
        self.system.wait(ready=True, seconds=UP_WITHIN)
        return len(json.loads(done.stdout)["results"])

    def _stop(self) -> None:
        code = self.system.stop()
        if code != 0:
            self.findings.append(Finding(Harm.BROKEN, f"the node ended with {code} when told to stop"))

    # --- the judgement

    def _judge(self, told: Told, forms: Forms, accounts: dict[str, dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        settings = self.plan.settings()
        store: Any = discovery.open_store(settings.store_address)
        partitions = range(self.plan.partitions)
        keys = {
            n: signing_key(settings.data / "audit.key", log_name(settings, n), SystemIds().random).key
            for n in partitions
        }
        try:
            stored = Stored.of(store, partitions)
            self.findings += told_faults(told)
            self.findings += balance_faults(told, accounts)
            self.findings += stored_faults(told, stored, store, keys)
            self.findings += form_faults(forms, stored.forms)
            if self.database is not None:
                return stored.processed(told), dict(self.database.settings(settings.store_address))
            self.findings += (Finding(Harm.BROKEN, f"file: {each}") for each in store.damage())
            return stored.processed(told), dict(store.settings())
        finally:
            self.findings += self._lives()
            store.close()

    def _lives(self) -> Iterator[Finding]:
        """A life ends by a signal or when told to; while a volume is full it may also refuse to begin."""
        for life in self.system.lives:
            if life.code is not None and life.code > 0 and not (life.code == REFUSED and self.volumes):
                yield Finding(
                    Harm.BROKEN, f"the node ended by itself with {life.code}: {self.system.last_words()[-200:]}"
                )

    def end(self, *, keep: bool) -> None:
        """Remove store and ledgers, once they are judged, or keep them where they can be looked at."""
        for volume in (self.volumes.store, self.volumes.data) if self.volumes is not None else ():
            if keep:
                shutil.copytree(volume.folder, volume.folder.with_name(f"{volume.folder.name}-kept"), ignore=_sockets)
            volume.remove()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def _sockets(folder: str, names: list[str]) -> list[str]:
    """Of these names, what no copy can be made of."""
    return [each for each in names if (Path(folder) / each).is_socket()]


def identity_for(folder: Path, traders: int, *, development: bool = True) -> DevelopmentIdentity:
    """Certificates of everybody who takes part; of a node for development, or as authorities issue them."""
    made = (
        DemoClient("crash.holder", ActorKind.TRADER, "FR", PRINCIPAL, roles=frozenset({HOLDER})),
        *(
            DemoClient(client_id(n), ActorKind.TRADER, "FR", eori(n), roles=frozenset({HOLDER, CONSIGNEE}))
            for n in range(traders)
        ),
    )
    return prepare(
        folder / "identity", now=time.time_ns() // 1000, random=SystemIds().random, clients=(*demo_clients(), *made),
        authority=DEVELOPMENT if development else "Union of the campaign",
    )  # fmt: skip


def free_port() -> int:
    """A port that nobody uses now, below those that the system gives to connections: it must be free in every life."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with contextlib.closing(socket.socket()) as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")
