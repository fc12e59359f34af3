"""The judgement over a simulated union when everything is over: what parties were told, and what each store holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from douane.development.simulation.machine import Machine
from douane.runtime.store.envelope import FEED
from douane.simulator.replicas import entry
from douane.simulator.union.checks import Inspection, Witness
from douane.simulator.union.followers import FINAL, Follower
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.scripts import Movement, Trader
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
                self.witnesses[machine.name], frozenset(machine.blocked),
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

    async def _ask_state(self, trader: Trader, movement: Movement) -> None:
        question = msgspec.json.encode({"mrn": movement.mrn} if movement.mrn else {"lrn": movement.lrn})
        try:
            view = await trader.holder.ask("transit.find_movement", question)
        except SenderFault as refusal:
            movement.state = f"unknown ({refusal.code})"
        else:
            movement.state = view.state

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
            if len(account.movements) != len(set(account.movements)):
                self.breaks(f"guarantee {grn} names a movement twice")
