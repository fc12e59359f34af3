"""A centre that is killed, and two administrations on other hosts between which lines are cut and packets lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.transit.messages import Inspection
from douane.configuration.discovery import open_reader
from douane.configuration.ports import SystemClock, SystemIds
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.later import arrival
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5
from douane.trust.demo import demo_clients
from douane.trust.development_identity import HOSTS, DevelopmentIdentity, prepare
from tests.journeys.hosts import LOSSY, Host, network
from tests.journeys.supervised import JSON, Supervised, supervised

CENTRE, FRANCE, AUSTRIA = "10.214.0.1", "10.214.0.2", "10.214.0.3"
XML = {"content-type": "application/xml"}
CCN2 = 8444


@dataclass
class Party:
    """Somebody at a door of his own administration's host."""

    node: Supervised
    host: Host
    platform: str
    name: str

    def __post_init__(self) -> None:
        self._client = self.node.client(self.platform, self.name)

    def send(self, body: bytes, path: str = "/v1/messages", headers: dict[str, str] = XML) -> None:
        """A message that is accepted."""
        answer = self.host.within(lambda: self._client.ask("POST", path, body, headers))
        assert answer.status == 202, answer.body

    def receives(self, kind: str) -> Any:
        """The message of a type, once it is in the inbox."""
        end = time.monotonic() + 90
        while time.monotonic() < end:
            page = self.host.within(lambda: self._client.ask("GET", "/v1/inbox?wait=5").json)
            found = next((item for item in page["items"] if item["type"] == kind), None)
            if found is not None:
                return phase5.read(found["body"].encode())
        raise AssertionError(f"{kind} did not come to {self.name}")


def came(folder: Path, kind: str) -> bool:
    """Whether a message of this type stands in the journal of a node."""
    reader = open_reader(f"sqlite:{folder / 'data' / 'store' / 'node.db'}")
    rows = reader.scan_log(Log.JOURNAL, 0, keys.log_position(1, 0), 10_000)
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    return any(f"<ncts:{kind}".encode() in JOURNAL.read(raw).content.octets[:200] for _, raw in rows)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@dataclass
class Union:
    """What the nodes share, and how each is started on its host."""

    folder: Path
    identity: DevelopmentIdentity

    @contextlib.contextmanager
    def node(self, name: str, host: Host, **more: Any) -> Any:
        """A node as long as the block lasts."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        made = supervised(
            folder, inside=host.inside, name=name, host=host.address, platforms=["speed2", "ccn2"],
            identity=str(self.identity.folder), development=False,
            ports={"speed2": 0, "ccn2": CCN2}, **more,
        )  # fmt: skip
        with made as node:
            node.identity = self.identity
            yield node

    def national(self, code: str, host: Host, other: str, address: str) -> Any:
        """The node of an administration, with a route to the centre and one to another administration."""

        def route(where: str) -> dict[str, str]:
            url, client = f"https://{where}:{CCN2}", f"{code.lower()}.system"
            return {"url": url, "client": client, "identity": str(self.identity.folder)}

        return self.node(
            code, host, administrations=[code], uplink=route(CENTRE), peers={other: route(address)}, traders="here"
        )


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_pair_of_administrations_goes_on_while_the_centre_is_dead_and_lines_fail(tmp_path: Path) -> None:
    """What is for a third one waits, and goes when the centre is back."""
    now, random = SystemClock().now, SystemIds().random
    identity = prepare(
        tmp_path / "identity", now=now(), random=random, clients=demo_clients(),
        hosts=(*HOSTS, CENTRE, FRANCE, AUSTRIA), authority="Union of three hosts",
    )  # fmt: skip
    union, numbers = Union(tmp_path, identity), Numbers(now, random)
    with contextlib.ExitStack() as stack:
        centre, france, austria = stack.enter_context(network(CENTRE, FRANCE, AUSTRIA))
        with union.node("centre", centre, elsewhere=["FR", "AT"], serves=["DE"]) as alive:
            fr = stack.enter_context(union.national("FR", france, "AT", AUSTRIA))
            at = stack.enter_context(union.national("AT", austria, "FR", FRANCE))
            alive.process.kill()
        holder, officer = Party(fr, france, "speed2", "trader.fr.lesquin"), Party(fr, france, "ccn2", "fr.officer")
        trader, inspector = Party(at, austria, "speed2", "trader.at.wien"), Party(at, austria, "ccn2", "at.officer")
        cover = Cover(numbers.grn())
        terms = GuaranteeRegistration(
            cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1), officer.name
        )
        officer.send(msgspec.json.encode(terms), "/guarantees/v1/register", JSON)
        for host, other in ((austria, france), (france, austria)):
            host.lose(LOSSY, sender=other)
        holder.send(phase5.write(declaration(numbers, cover)))
        mrn = holder.receives("CC028C").transit_operation.mrn
        holder.receives("CC029C")
        until(lambda: came(tmp_path / "AT", "CD001C"))
        france.lose(sender=austria)  # one way: what France sends arrives, no answer comes back
        trader.send(phase5.write(arrival(numbers, mrn)))
        time.sleep(1.0)
        austria.lose(sender=france)  # now both ways
        assert not came(tmp_path / "FR", "CD006C")
        for host in (france, austria):
            host.clear()
        until(lambda: came(tmp_path / "FR", "CD006C"))
        inspection = Inspection(mrn=mrn, officer=inspector.name, code="A1")
        inspector.send(msgspec.json.encode(inspection), "/transit/v1/record_inspection", JSON)
        trader.receives("CC025C")
        holder.receives("CC045C")
        assert not came(tmp_path / "centre", "CD050C")
        with union.node("centre", centre, elsewhere=["FR", "AT"], serves=["DE"]):
            until(lambda: came(tmp_path / "centre", "CD050C"))
