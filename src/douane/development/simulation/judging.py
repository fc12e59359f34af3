"""The judgement over a simulated union when everything is over: what parties were told, and what each store holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from douane.development.simulation.machine import Machine
from douane.runtime.store.envelope import FEED
from douane.simulator.messages.declarations import DESTINATION
from douane.simulator.replicas import entry
from douane.simulator.union.checks import Inspection, Witness
from douane.simulator.union.followers import FINAL, Follower
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.scripts import ELSEWHERE, EXPOSURE, Movement, Trader
from douane.simulator.union.securities import CROSSING
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import SenderFault

HELD: Final = {
    "released", "overdue", "arrived", "under control", "results requested", "under enquiry", "enquiry answered",
    "holder asked", "recovery to be handed over", "recovery handed over", "discrepancies", "recovery",
}  # fmt: skip
"""States of a movement in which its guarantee is in use."""
ENDS: Final = {"discharged", "written off", "recovery", "invalidated", "not released", "lapsed", "rejected"}


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares what everybody holds. ``breaks`` is told each promise that does not hold, in a sentence."""

    centre: Machine
    nations: Mapping[str, Machine]
    traders: Sequence[Trader]
    followers: Sequence[Follower]
    witnesses: Mapping[str, list[Witness]]
    ledger: Ledger
    breaks: Callable[[str], None]

    async def judge(self) -> None:
        """Movements, guarantees, replicas, stores."""
        outcomes = self._outcomes()
        await self._movements(outcomes)
        self._on_the_way()
        for follower in self.followers:
            while await follower.follow():
                pass
            if follower.entries != outcomes or follower.read != len(outcomes):
                self.breaks(
                    f"the replica of {follower.administration} read {follower.read} outcomes of {len(outcomes)}"
                )
        inspections: dict[str, Inspection] = {}
        for machine in (self.centre, *self.nations.values()):
            assert machine.process is not None
            inspection = Inspection(
                machine.name, machine.process.store, {p: s.key for p, s in machine.signers.items()}, self.ledger,
                self.witnesses[machine.name], frozenset(machine.blocked), machine.shown,
            )  # fmt: skip
            for found in inspection.findings():
                self.breaks(found)
            inspections[machine.name] = inspection
        for code, nation in self.nations.items():
            for found in inspections[self.centre.name].carried(inspections[nation.name], code):
                self.breaks(found)

    def _outcomes(self) -> dict[str, str]:
        """What the centre published as final, by MRN; once each."""
        process = self.centre.process
        assert process is not None
        inspection = Inspection(self.centre.name, process.store, dict.fromkeys(self.centre.partitions), self.ledger, [])  # type: ignore[arg-type]  # only rows are read
        found: dict[str, str] = {}
        for _, body in inspection.published(FEED + FINAL):
            content = msgspec.json.decode(body)
            if content["mrn"] in found:
                self.breaks(f"the outcome of {content['mrn']} was published twice")
            found[content["mrn"]] = entry(content)
        return found

    async def _movements(self, outcomes: Mapping[str, str]) -> None:
        """Each came to its end, was published as final, and was told to its holder in order."""
        ended: set[str] = set()
        used: dict[str, Decimal] = {}
        for trader in self.traders:
            asked = self._positions(trader.holder.party)
            for movement in trader.movements:
                if movement.receipt is None:
                    continue
                await self._ask_state(trader, movement)
                if movement.state not in ENDS:
                    self.breaks(f"movement {movement.lrn} ({movement.kind}) never ended: {movement.state}")
                if movement.state in ENDS and movement.mrn:
                    ended.add(movement.mrn)
                if movement.state in HELD:
                    used[movement.grn] = used.get(movement.grn, Decimal(0)) + movement.amount
                self._answers(trader, movement, asked)
            await self._guarantees(trader, used)
        if outcomes.keys() != ended:
            self.breaks(
                f"{len(outcomes.keys() ^ ended)} outcomes were published for movements that did not end, or were not"
            )

    def _on_the_way(self) -> None:
        """Where goods came to, and what happened to them, was told to whom it concerns, and of no other movement."""
        process = self.centre.process
        assert process is not None
        rows = Inspection(self.centre.name, process.store, dict.fromkeys(self.centre.partitions), self.ledger, [])  # type: ignore[arg-type]  # only rows are read
        told = Counter((row.subject, row.type, row.party) for row in rows.sent.values())
        for trader in self.traders:
            for movement in trader.movements:
                if movement.receipt is not None:
                    for wrong in unlike_its_way(trader, movement, told):
                        self.breaks(f"movement {movement.lrn} ({movement.kind}) {wrong}")

    async def _ask_state(self, trader: Trader, movement: Movement) -> None:
        question = msgspec.json.encode({"mrn": movement.mrn} if movement.mrn else {"lrn": movement.lrn})
        try:
            view = await trader.holder.ask("transit.find_movement", question)
        except SenderFault as refusal:
            movement.state = f"unknown ({refusal.code})"
        else:
            movement.state, movement.arrived_at = view.state, view.office_of_destination

    def _positions(self, party: str) -> dict[str, int]:
        """Where the journal took what a party sent, by the party's own ids."""
        sent = [each for each in self.ledger.sendings.values() if each.party == party]
        return {each.id: each.receipt.position for each in sent if each.receipt is not None}

    def _answers(self, trader: Trader, movement: Movement, asked: dict[str, int]) -> None:
        """What the holder was told of a movement, in the order of its inbox; ``asked``: where its messages stand."""
        assert movement.receipt is not None
        inbox = self.ledger.inboxes.get(trader.holder.party, {})
        told = [m for m in sorted(inbox.values(), key=lambda m: m.position) if m.subject == movement.receipt.subject]
        names = [m.type for m in told]
        for once in ("CC928C", "CC028C", "CC029C", "CC045C", "CC009C", "CC051C", "CC035C"):
            if names.count(once) > 1:
                self.breaks(f"the holder of {movement.lrn} was told {once} {names.count(once)} times")
        if names[:2] != ["CC928C", "CC028C"][: len(names)] and names[:1] != ["CC056C"]:
            self.breaks(f"the holder of {movement.lrn} was told {' '.join(names)}")
        answered = [m.answers for m in told if m.type in ("CC004C", "CC056C")]
        order = [asked[a] for a in answered if a in asked]
        if order != sorted(order):
            self.breaks(f"amendments of {movement.lrn} were answered out of order")

    async def _guarantees(self, trader: Trader, used: dict[str, Decimal]) -> None:
        for country, grn in trader.guarantees.items():
            officer = trader.departure if country == "FR" else trader.transit
            account = await officer.ask("guarantees.show", msgspec.json.encode({"grn": grn}))
            trader.in_use[grn] = f"{account.reserved} of {account.limit} for {len(account.movements)} movements"
            wanted = used.get(grn, Decimal(0))
            if account.reserved != wanted or account.reserved + account.available != account.limit:
                self.breaks(f"guarantee {grn}: {account.reserved} reserved, movements use {wanted}")
            if trader.turns:
                await self._told_of_use(trader, grn, wanted, account.limit)
            if len(account.movements) != len(set(account.movements)):
                self.breaks(f"guarantee {grn} names a movement twice")

    async def _told_of_use(self, trader: Trader, grn: str, wanted: Decimal, limit: Decimal) -> None:
        """The holder asks what is in use (IE034) and is told what the ledger holds (IE037); whose it is, each time."""
        asked = trader.owners_asked.get(grn, 0)
        if trader.owners_told.get(grn, 0) != asked:
            self.breaks(f"of {asked} questions whose guarantee {grn} is, {trader.owners_told[grn]} were answered")
        answer = await trader.asks(grn, EXPOSURE)
        if answer is None or answer.type != "CC037C":
            self.breaks(f"its holder learns nothing of guarantee {grn}: {answer.type if answer else 'no answer'}")
            return
        said = p5.read(answer.body)
        assert isinstance(said, p5.CC037C)
        exposure = said.guarantee_reference[0].exposure
        found = (exposure.exposure, exposure.balance) if exposure is not None else None
        if said.guarantee_reference[0].grn != grn or found != (wanted, limit - wanted):
            self.breaks(f"the holder of guarantee {grn} was told {found} of it, movements use {wanted} of {limit}")


def unlike_its_way(trader: Trader, movement: Movement, told: Counter[tuple[int, str, str]]) -> Iterator[str]:
    """What of a movement is not as it went; ``told``: how often its office of departure told whom what."""
    assert movement.receipt is not None
    subject, diverted = movement.receipt.subject, movement.kind == "diverted"
    ended, suffered = movement.state == "discharged", movement.kind == "incident"
    if ended and movement.arrived_at != (ELSEWHERE if diverted else DESTINATION):
        yield f"was discharged at {movement.arrived_at}"
    withdrawn = told[subject, "CD024C", "NTA.AT"]
    if not (ended and diverted) <= withdrawn <= diverted:
        yield f"was withdrawn from its declared destination {withdrawn} times"
    records = told[subject, "CD003C", "NTA.DE"]
    if (records and not diverted) or (ended and diverted and not records):
        yield f"had its record sent elsewhere {records} times"
    incidents = told[subject, "CC182C", trader.holder.party]
    if (incidents and not suffered) or (ended and suffered and not incidents):
        yield f"suffered {incidents} incidents, as its holder was told"
    if ended and movement.kind == CROSSING and not told[subject, "CD115C", "NTA.DE"]:
        yield "crossed at an office that was not declared, and its record was sent to none"
    if told[subject, "CD181C", "NTA.AT"] != incidents:
        yield f"suffered {incidents} incidents, of which its destination was told {told[subject, 'CD181C', 'NTA.AT']}"
