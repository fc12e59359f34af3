"""Certificates over every store: partitions and administrations at once, and a ledger that still balances."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from decimal import Decimal
from typing import Any

from douane.applications.single_window.messages import (
    CertificateIssued,
    CertificateLine,
    CertificateVerdict,
    Decision,
    GiveBackCertificate,
    Keeper,
    Outcome,
    ReserveCertificate,
    SingleWindowAgreement,
    WriteOffCertificate,
)
from douane.applications.single_window.records import Certificate, Held
from douane.configuration.lists import code_lists
from douane.model.caller import INNER
from douane.runtime.core import node as nodes
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.transfer import Transfer
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Store
from douane.runtime.store.queries import View
from douane.shared_services.auditing.port import AuditPort
from tests.callers import admitted, who
from tests.contracts import toy
from tests.journeys.office import BEHAVIOUR, CATALOGUE, SIGNER, Hosts, Ids

PARTITIONS = (0, 1, 2)
NUMBERS = ("COI.1", "COI.2")
GRANTED = Decimal(100)
HOLDER, PARTNER, DAY = "FR1", "partner.dg", dt.date(2026, 11, 18)


class Centre:
    """A node of three partitions that keeps the Union's ledgers; its inner lanes are driven by hand."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.count = store, toy.Clock(), 0
        self.problems: list[BaseException] = []
        owners = []
        for partition in PARTITIONS:
            audit = AuditPort(SIGNER, keys.space(keys.AUDIT, partition), store)
            ports = Ports(
                store, self.clock, Ids(partition * 1_000_000), BEHAVIOUR, Hosts(frozenset({"EU"})), CATALOGUE, audit,
                code_lists().look, partitions=PARTITIONS,
            )  # fmt: skip
            owners.append(Owner(partition, ports))
            owners[-1].begin()
        self.node = nodes.Node(owners, ended=self.problems.append, pause=0.01)
        self.lanes = Lanes(self.node, store, self.clock, {INNER: Transfer(self.node)})
        self.node.watchers.append(self.lanes.watch)

    async def send(self, message: Any, sender: str) -> None:
        self.count += 1
        operation = CATALOGUE.operation(CATALOGUE.operation_for(type(message)))
        _, media, body, _ = CATALOGUE.encode(message)
        circle = "trusted" if sender.startswith("NTA.") else "untrusted"
        envelope = admitted(
            who(sender, circle, "EU"),
            operation.qualified,
            body,
            id=f"m{self.count}",
            administration="EU",
            media=Media(media),
            platform="ccn2",
            channel="rest",
            received=self.clock.now(),
        )
        assert isinstance(await self.node.submit(Arrival(envelope, message)), Receipt)

    async def settle(self) -> None:
        await asyncio.sleep(0)
        while any(owner.pending for owner in self.node.owners) or await self._turn():  # noqa: ASYNC110 - ticks tell nobody
            await asyncio.sleep(0)

    async def _turn(self) -> bool:
        busy = [lane for lane in self.lanes.lanes.values() if lane.waiting]
        for lane in busy:
            await self.lanes.turn(lane)
        return bool(busy)

    def verdicts(self, party: str) -> list[CertificateVerdict]:
        items, _ = Inbox(self.store, PARTITIONS).read(party, limit=1_000)
        return [CATALOGUE.read_json(CertificateVerdict, item.body) for item in items]

    def balanced(self, number: str) -> Certificate:
        view = View(self.store, "EU", self.clock.now(), code_lists().look, partitions=PARTITIONS)
        subject = view.resolve("certificate", f"C644/{number}")
        assert subject is not None
        certificate = view.get(Certificate, subject)
        assert certificate is not None
        (line,) = certificate.lines
        holds = [each.hold for each in view.all_of(Held, subject)]
        assert line.granted == GRANTED == line.available + line.reserved + line.written_off
        assert min(line.available, line.reserved, line.written_off) >= 0
        assert line.reserved == sum(each.quantity for each in holds if not each.written_off)
        assert line.written_off == sum(each.quantity for each in holds if each.written_off)
        return certificate


def named(m: ReserveCertificate) -> tuple[str, int, str, str, int, str]:
    return m.mrn, m.item, m.type, m.number, m.line, m.office


async def opened(centre: Centre) -> None:
    centre.node.start()
    await centre.send(SingleWindowAgreement(PARTNER, "Farming", ("C644",), Keeper.CUSTOMS, "2022/2399"), "NTA.EU")
    line = CertificateLine(1, "0901", GRANTED, "KGM")
    for number in NUMBERS:
        await centre.send(CertificateIssued("C644", number, HOLDER, DAY, (line,)), PARTNER)
    await centre.settle()


async def administration(centre: Centre, country: str, chance: random.Random) -> dict[str, ReserveCertificate]:
    """Reserve at the same time as the others; what was asked, by MRN."""
    asked = {}
    for n in range(12):
        mrn = f"26{country}{n:014d}"
        quantity = Decimal(chance.randint(1, 3_000)) / 100
        asked[mrn] = ReserveCertificate(
            mrn, 1, "C644", chance.choice(NUMBERS), 1, f"{country}000001", HOLDER, "090121", quantity, "KGM", DAY
        )
        await centre.send(asked[mrn], f"NTA.{country}")
        if chance.random() < 0.3:
            await centre.send(asked[mrn], f"NTA.{country}")  # once more, as a message of its own
        if chance.random() < 0.3:  # before the answer came
            await centre.send(GiveBackCertificate(*named(asked[mrn]), Decision.INVALIDATED), f"NTA.{country}")
    return asked


async def decide(centre: Centre, asked: dict[str, ReserveCertificate], country: str, chance: random.Random) -> None:
    for verdict in centre.verdicts(f"NTA.{country}"):
        use = asked[verdict.mrn]
        if verdict.outcome is not Outcome.RESERVED:
            continue
        if chance.random() < 0.5:
            await centre.send(WriteOffCertificate(*named(use), use.quantity / 2), f"NTA.{country}")
        else:
            await centre.send(GiveBackCertificate(*named(use), Decision.NOT_RELEASED), f"NTA.{country}")


def test_many_administrations_at_once_never_take_more_than_there_is(store: Store) -> None:
    centre, chance = Centre(store), random.Random(644)
    countries = ("FR", "DE", "AT", "NL")

    async def journey() -> None:
        await opened(centre)
        asked = await asyncio.gather(*(administration(centre, c, random.Random(c)) for c in countries))
        await centre.settle()
        for number in NUMBERS:
            centre.balanced(number)
        outcomes = [v.outcome for c in countries for v in centre.verdicts(f"NTA.{c}")]
        assert {Outcome.RESERVED, Outcome.REFUSED, Outcome.GIVEN_BACK} <= set(outcomes)
        await asyncio.gather(*(decide(centre, a, c, chance) for a, c in zip(asked, countries, strict=True)))
        await centre.settle()
        lines = [centre.balanced(number).lines[0] for number in NUMBERS]
        assert sum(line.reserved for line in lines) == 0
        assert sum(line.written_off for line in lines) > 0
        await centre.node.stop()

    asyncio.run(journey())
    assert centre.problems == []
    assert all(owner.parked() == [] for owner in centre.node.owners)
