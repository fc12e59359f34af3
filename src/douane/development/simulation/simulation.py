"""The simulated union put together: one thread, virtual time, everything from a seed.

Two phases. While faults strike nothing wrong may be seen; when they are over everything drains: each message reaches
its one final state, each movement its end, and the stores agree with what the world outside holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.configuration import discovery
from douane.configuration.registry import first_choices
from douane.configuration.settings import NodeSettings, Uplink
from douane.development.simulation.hostility import Cast, corrupt
from douane.development.simulation.judging import Judge
from douane.development.simulation.machine import Machine
from douane.development.simulation.simulated_process import BEGINNING, Surroundings
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.circles import ActorKind
from douane.model.needs import OPERATORS
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.commands import Release
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.ports import SECOND
from douane.runtime.store.statutory import StatutoryClock
from douane.shared_services.auditing.log import newest_checkpoint
from douane.shared_services.auditing.proving import audit_prefix
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.adversaries import Company
from douane.simulator.union.checks import Witness
from douane.simulator.union.faults import Event, Nemesis, plan
from douane.simulator.union.followers import Follower
from douane.simulator.union.guarantor import Guarantor
from douane.simulator.union.hosting import DISMISSED, GUEST, PRESENT, Hosting, history, told_names
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.loop import VirtualLoop
from douane.simulator.union.network import Network
from douane.simulator.union.parties import Correspondent, Outside
from douane.simulator.union.scripts import FAR, Trader
from douane.simulator.union.securities import Covered
from douane.simulator.union.trace import Trace
from douane.trust.demo import CONSIGNEE, HOLDER, MEMBER_STATES, OFFICER_ROLES, SYSTEM_ROLES
from douane.trust.demo_registers import operator_entry
from douane.vocabulary.errors import DouaneError
from douane.vocabulary.statutory import Pace

CENTRE: Final = "centre"
GUARANTOR: Final = "guarantor"
GUESTS: Final = 12_345_678
"""The number of the trader of an administration whose transit others serve."""
BANKS: Final = 9_000_000
"""The first number of a bank; those of holders are far below."""
OWN_SYSTEMS: Final = ("DE", "AT")
TURNS: Final = 0.25
"""How much happens on the way, where the command does not say."""
SECURITIES: Final = 2
"""How many holders buy vouchers and change access codes, where the command does not say."""
LONG: Final = 6.0
"""Hours from which a scenario is a calm one with many traders."""
PARKING: Final = frozenset(
    {
        "transit.amend_declaration", "transit.request_invalidation", "transit.notify_arrival", "transit.advise_arrival",
        "transit.request_arrival_record", "transit.notify_incident",
    }
)  # fmt: skip
"""Operations whose handlers a defect makes fail: those behind which later messages of the case wait."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is simulated.

    seed: everything follows from it. hours: simulated, before the faults end. traders: each has one movement after the
    other, ``pause`` seconds apart on average. faults: an hour. day: seconds that a day of a time limit takes.
    adversaries: how often an hour each of them strikes, as a rule; 0: there are none. movements: of each trader (0: as
    many as time allows). turns: the share of normal movements that are diverted or suffer an incident; the share of
    movements after which a holder asks of his guarantee. securities: how many holders beside the traders buy vouchers,
    change access codes and cross at offices that were not declared. hosts: whether another administration is served by
    others, and one that it dismissed claims its cases. keep: events of the plan that strike, by their
    number (None: all); only: the traders that take part (empty: all) - both to shorten a run that failed.
    """

    seed: int
    hours: float = 0.25
    traders: int = 12
    pause: float = 120.0
    faults: float = 120.0
    day: float = 120.0
    partitions: int = 2
    adversaries: float = 0.0
    movements: int = 0
    turns: float = 0.0
    securities: int = 0
    hosts: bool = False
    keep: frozenset[int] | None = None
    only: frozenset[int] = frozenset()


@dataclass(slots=True)
class Told:
    """What lawful parties have in the end: states by LRN, amounts in use by GRN, and what each was told.

    messages: (party, type, body) of every delivery. references: the LRN of each MRN.
    """

    movements: dict[str, str] = field(default_factory=dict)
    guarantees: dict[str, str] = field(default_factory=dict)
    messages: list[tuple[str, str, bytes]] = field(default_factory=list)
    references: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Result:
    """What a run showed."""

    scenario: Scenario
    digest: str
    broken: list[str]
    events: list[Event]
    trace: Trace
    counts: dict[str, int] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    attacks: dict[str, int] = field(default_factory=dict)
    """How often adversaries tried what."""

    @property
    def sound(self) -> bool:
        """Whether nothing was broken."""
        return not self.broken

    @property
    def struck(self) -> list[int]:
        """The faults that took part, by their number in the plan."""
        keep = self.scenario.keep
        return [number for number in range(len(self.events)) if keep is None or number in keep]

    @property
    def taking(self) -> list[int]:
        """The traders that took part."""
        made = self.scenario
        return sorted(made.only) or list(range(made.traders + made.securities))


def scenario_of(
    seed: int, hours: float, *, traders: int | None = None, faults: float | None = None,
    adversaries: float | None = None,
) -> Scenario:  # fmt: skip
    """A busy quarter of an hour, or days at the pace of a day: traffic, faults and adversaries that suit the length."""
    if hours < LONG:
        made = Scenario(seed, hours, adversaries=3_600.0, turns=TURNS, securities=SECURITIES)
    else:
        made = Scenario(seed, hours, traders=80, pause=6_000.0, faults=10.0, day=1_800.0, adversaries=250.0,
                        turns=TURNS, securities=SECURITIES)  # fmt: skip
    made = replace(made, hosts=True)
    return replace(made, traders=made.traders if traders is None else traders,
                   faults=made.faults if faults is None else faults,
                   adversaries=made.adversaries if adversaries is None else adversaries)  # fmt: skip


class _Over(Exception):
    """A promise is broken: what comes later tells nothing more."""


def simulate(scenario: Scenario) -> Result:
    """Run a scenario to its end."""
    with tempfile.TemporaryDirectory(prefix="douane-simulate-") as folder:
        simulation = Simulation(scenario, Path(folder))
        try:
            return simulation.run()
        finally:
            simulation.close()


class Simulation:
    """One run."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self.loop = VirtualLoop()
        self.trace = Trace()
        self.ledger = Ledger(self.trace)
        self.network = Network(self.loop, self._chance("network"), self.trace)
        self.parties: dict[bytes, Principal] = {}
        self.company: Company | None = None
        behaviour = self._with_defects(discovery.behaviour())
        if scenario.adversaries:
            corrupt(behaviour, lambda: self.company.scene if self.company else None)
        self.around = Surroundings(
            self.loop, self.network, self.trace, folder, self.parties, Catalogue(discovery.services()), behaviour,
            str(scenario.seed), StatutoryClock(Pace(since=BEGINNING, scale=round(86_400 / scenario.day))),
            history(BEGINNING) if scenario.hosts else (),
        )  # fmt: skip
        self.machines = self._machines(folder)
        self.outside = Outside(self.loop, self.network, self.ledger)
        self.traders = [self._trader(n) for n in range(scenario.traders)]
        self.traders += [self._covered(scenario.traders + n) for n in range(scenario.securities)]
        self.guarantor = self._guarantor()
        self.followers = [self._follower(code) for code in MEMBER_STATES if code not in ("FR", *OWN_SYSTEMS)]
        self.hosting = self._hosting() if scenario.hosts else None
        self.witnesses: dict[str, list[Witness]] = {name: [] for name in self.machines}
        seconds = scenario.hours * 3600
        self.planned = plan(self._chance("faults"), seconds, list(self.machines), scenario.faults)
        kept = [event for number, event in enumerate(self.planned) if scenario.keep is None or number in scenario.keep]
        self.nemesis = Nemesis(self.loop, self.network, self.trace, self.machines, CENTRE, kept)
        self._closing = False
        if scenario.adversaries:
            self._let_in()

    # --- putting together

    def _let_in(self) -> None:
        """Adversaries, and on every line somebody who watches it."""
        cast = Cast(
            self.loop, self.trace, self.ledger, self.parties, self.machines, self._chance,
            lambda: (trader.movements for trader in self.traders), lambda: self._closing, self._breaks,
        )  # fmt: skip
        self.company = cast.company(CENTRE, self.scenario.adversaries)
        self.network.taps.append(self.company.tap)

    def _chance(self, name: str) -> random.Random:
        return random.Random(f"{self.scenario.seed}/{name}")  # noqa: S311 - a simulation repeats

    def _machines(self, folder: Path) -> dict[str, Machine]:
        centre = Machine(
            CENTRE,
            NodeSettings(CENTRE, folder, development=True, elsewhere=frozenset({*OWN_SYSTEMS, FAR})), self.around,
            partitions=tuple(range(self.scenario.partitions)),
        )  # fmt: skip
        machines = {CENTRE: centre}
        for code in OWN_SYSTEMS:
            uplink = Uplink("simulated", f"{code.lower()}.system", folder)
            settings = NodeSettings(code, folder, administrations=frozenset({code}), uplink=uplink)
            machines[code] = Machine(code, settings, self.around, centre=centre)
        for code in (*MEMBER_STATES, FAR):
            self._known(f"{code.lower()}.system", ActorKind.MEMBER_STATE, code, administration=code, roles=SYSTEM_ROLES)
        return machines

    def _known(self, id: str, kind: ActorKind, country: str, **more: Any) -> None:
        proof = Proof(ProofKind.CERTIFICATE, id)
        more["roles"] |= {INBOX_ROLE}  # nobody here shares his inbox
        self.parties[id.encode()] = Principal(id, kind, kind.circle, proof, country, **more)

    def _with_defects(self, behaviour: Behaviour) -> Behaviour:
        """The applications, with some handlers that fail while a defect is in force."""
        for name in PARKING & behaviour.handlers.keys():
            handler = behaviour.handlers[name]

            def handle(work: Any, message: Any, handle: Any = handler.handle) -> None:
                if self.nemesis.defective and work.position % 3:
                    raise RuntimeError("a defect of this release")
                handle(work, message)

            behaviour.handlers[name] = replace(handler, handle=handle)
        return behaviour

    def _trader(self, number: int) -> Trader:
        return Trader(**self._facts(number), turns=self.scenario.turns, turning=self._chance(f"turns/{number}"))

    def _covered(self, number: int) -> Covered:
        bank, party = f"bank.{number}", f"FR{BANKS + number:014d}"
        self._known(bank, ActorKind.TRADER, "FR", eori=party, roles=frozenset({GUARANTOR}))
        return Covered(**self._facts(number), bank=self._correspondent(bank, party, CENTRE, "speed2"))

    def _facts(self, number: int) -> dict[str, Any]:
        """A holder with everybody who deals with his movements."""
        chance = self._chance(f"trader/{number}")
        holder, consignee = f"FR{number:014d}", f"ATEOS{number:010d}"
        self._known(f"holder.{number}", ActorKind.TRADER, "FR", eori=holder, roles=frozenset({HOLDER}))
        self._known(f"consignee.{number}", ActorKind.TRADER, "AT", eori=consignee, roles=frozenset({CONSIGNEE}))
        for code in ("FR", "DE", "AT"):
            self._known(f"{code.lower()}.officer.{number}", ActorKind.OFFICER, code, administration=code,
                        roles=OFFICER_ROLES, person=f"{code.lower()}.officer.{number}")  # fmt: skip
        numbers = Numbers(lambda: BEGINNING + round(self.loop.now * SECOND), chance.randbytes)
        return {
            "number": number, "numbers": numbers, "chance": chance,
            "holder": self._correspondent(f"holder.{number}", holder, CENTRE, "speed2"),
            "consignee": self._correspondent(f"consignee.{number}", consignee, CENTRE, "speed2"),
            "departure": self._correspondent(f"fr.officer.{number}", f"fr.officer.{number}", CENTRE, "ccn2"),
            "transit": self._correspondent(f"de.officer.{number}", f"de.officer.{number}", "DE", "ccn2"),
            "destination": self._correspondent(f"at.officer.{number}", f"at.officer.{number}", "AT", "ccn2"),
            "closing": lambda: self._closing, "pause": self.scenario.pause, "day": self.scenario.day,
            "most": self.scenario.movements,
        }  # fmt: skip

    def _correspondent(self, id: str, party: str, machine: str, platform: str) -> Correspondent:
        return Correspondent(id, party, self.machines[machine], platform, self.outside, self._chance(f"party/{id}"))

    def _guarantor(self) -> Guarantor:
        chance = self._chance("guarantor")
        numbers = Numbers(lambda: BEGINNING + round(self.loop.now * SECOND), chance.randbytes)
        system = self._correspondent(f"{FAR.lower()}.system", f"NTA.{FAR}", CENTRE, "ccn2")
        return Guarantor(system, numbers)

    def _hosting(self) -> Hosting:
        """A trader of the guest, the systems of both hosts and of the guest, and the line that one of them watches."""
        party, chance = f"{GUEST}{GUESTS:011d}", self._chance("hosting")
        self._known("guest", ActorKind.TRADER, GUEST, eori=party, roles=frozenset({HOLDER}))
        present, dismissed, guest = (
            self._correspondent(f"{each.lower()}.system", f"NTA.{each}", CENTRE, "ccn2")
            for each in (PRESENT, DISMISSED, GUEST)
        )
        numbers = Numbers(lambda: BEGINNING + round(self.loop.now * SECOND), chance.randbytes)
        made = Hosting(
            self._correspondent("guest", party, CENTRE, "speed2"), present, dismissed, guest, numbers, chance,
            Counter(), lambda: self._closing, self._breaks, BEGINNING,
            lambda: self.machines[CENTRE].shown,
        )  # fmt: skip
        self.network.taps.append(made.tap)
        return made

    def _follower(self, code: str) -> Follower:
        pause = min(600.0, self.scenario.hours * 1200)
        return Follower(code, self.machines[CENTRE], self.outside, self._chance(f"replica/{code}"), pause)

    # --- running

    def run(self) -> Result:
        """Both phases and the checks."""
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._run())
        except _Over:
            pass
        except Exception as problem:  # noqa: BLE001 - whatever it was, the run has failed and says where
            self._breaks(f"the simulation itself failed: {type(problem).__name__}: {problem}")
        return Result(self.scenario, self.trace.digest, self._broken(), self.planned, self.trace, self._counts(),
                      self._told(), self._attacks())  # fmt: skip

    def _attacks(self) -> dict[str, int]:
        """What was tried by whom has no right to it."""
        sent = Counter(self.company.scene.sent) if self.company is not None else Counter[str]()
        return dict(sent + (self.hosting.sent if self.hosting is not None else Counter[str]()))

    def _broken(self) -> list[str]:
        return [*self.ledger.broken, *(p for m in self.machines.values() for p in m.problems), *self.loop.raised]

    async def _pass(self, seconds: float) -> None:
        """Let virtual time pass; a broken promise ends the run."""
        until = self.loop.now + seconds
        while self.loop.now < until:
            await asyncio.sleep(min(60.0, until - self.loop.now))
            if self._broken():
                raise _Over

    async def _run(self) -> None:
        for machine in self.machines.values():
            machine.start()
        await self._register_operators()
        if self.hosting is not None:
            await self._choose()
        only = self.scenario.only
        traders = [self.loop.create_task(t.run()) for t in self.traders if not only or t.number in only]
        if self.company is not None:
            traders.append(self.loop.create_task(self.company.run()))
        if self.hosting is not None:
            traders.append(self.loop.create_task(self.hosting.run()))
        followers = [self.loop.create_task(f.run()) for f in self.followers]
        others = [
            self.loop.create_task(each)
            for each in (self.nemesis.run(), self._operate(), self._witness(), self.guarantor.run())
        ]
        await self._pass(self.scenario.hours * 3600)
        self._closing = True
        self.nemesis.calm()
        await self._drain(traders)
        for task in (*followers, *others):
            task.cancel()
        self.network.taps.clear()  # whose boxes are empty now: nobody answers the questions that are asked in the end
        if self.hosting is not None:
            self._judge_names(self.hosting)
        await Judge(
            self.machines[CENTRE], {code: self.machines[code] for code in OWN_SYSTEMS}, self.traders, self.followers,
            self.witnesses, self.ledger, self._breaks,
        ).judge()  # fmt: skip

    async def _register_operators(self) -> None:
        """Every trader that declares at the centre stands in its register of operators, by its own administration."""
        register = self.around.catalogue.filled(OPERATORS).qualified
        eoris = sorted(p.eori for p in self.parties.values() if p.kind is ActorKind.TRADER and p.eori)
        for code in sorted(({eori[:2] for eori in eoris} & set(MEMBER_STATES)) - set(OWN_SYSTEMS)):
            operators = [operator_entry(eori) for eori in eoris if eori[:2] == code]
            system = self._correspondent(f"{code.lower()}.system", f"NTA.{code}", CENTRE, "ccn2")
            body = msgspec.json.encode({"operators": operators})
            await system.send(f"operators.{code}", body, operation=register, json=True)
            await system.drain()

    async def _choose(self) -> None:
        """The centre keeps what was chosen before the simulation begins."""
        said = first_choices(self.machines[CENTRE].settings, self.around.catalogue, "", BEGINNING, self.around.history)
        assert said is not None
        while True:
            with contextlib.suppress(DouaneError):
                await self.network.call("operator", self.machines[CENTRE], "choices",
                                        functools.partial(_submit, self.machines[CENTRE], said))  # fmt: skip
                return
            await asyncio.sleep(1.0)

    async def _drain(self, traders: Sequence[asyncio.Task[None]]) -> None:
        """Every script comes to its end, then everything that is on its way arrives."""
        bound = self.loop.now + 8 * 3600 + 40 * self.scenario.day
        while not all(task.done() for task in traders) and self.loop.now < bound:
            await self._pass(60.0)
        for task in traders:
            problem = task.exception() if task.done() else None
            if problem is not None:
                self._breaks(f"a script failed: {type(problem).__name__}: {problem}")
        stuck = sum(not task.done() for task in traders)
        if stuck:
            self._breaks(f"{stuck} traders wait for ever")
        for _ in range(30):
            await self._pass(20.0)
            for trader in self.traders:
                for party in trader.everybody:
                    await party.drain()
            if self.company is not None:
                await self.company.drain()
            if self.hosting is not None:
                await self.hosting.drain()
            if all(self._idle(machine) for machine in self.machines.values()) and not self.guarantor.thinking:
                return
        self._breaks("messages are still on their way long after the faults were over")

    def _idle(self, machine: Machine) -> bool:
        process = machine.process
        if process is None or machine.former:
            return False
        lanes = any(lane.waiting or lane.busy for lane in process.lanes.lanes.values())
        return not lanes and not any(owner.pending or owner.blocked for owner in process.node.owners)

    async def _operate(self) -> None:
        """An operator releases what was set aside, once the defect is mended; what fails again ever more rarely.

        When everything is over he releases all of it at each look.
        """
        for look in itertools.count(1):
            await asyncio.sleep(30.0)
            if self.nemesis.defective:
                continue
            look = 0 if self._closing else look
            for machine in self.machines.values():
                with contextlib.suppress(DouaneError):
                    await self.network.call("operator", machine, "release", functools.partial(_release, machine, look))

    async def _witness(self) -> None:
        """Somebody outside keeps checkpoints that the logs published."""
        chance = self._chance("witness")
        while True:
            await asyncio.sleep(20 + chance.random() * 40 * max(1.0, self.scenario.hours))
            for machine in self.machines.values():
                process = machine.process
                if process is None or not process.life.alive:
                    continue
                for partition, signer in machine.signers.items():
                    prefix = audit_prefix(partition)
                    newest = newest_checkpoint(process.store.read, signer.key.name, signer.key, prefix=prefix)
                    if newest is not None:
                        self.witnesses[machine.name].append(Witness(partition, newest[1].size, newest[1].root))

    def _judge_names(self, hosting: Hosting) -> None:
        """Of what the dismissed host told, the centre believes what it may, and no more than it may."""
        centre = self.machines[CENTRE].process
        assert centre is not None
        for found in hosting.wrong(told_names(centre.store, self.machines[CENTRE].partitions, DISMISSED, GUEST)):
            self._breaks(found)

    def _breaks(self, what: str) -> None:
        self.ledger.breaks(self.loop.now, what)

    def _told(self) -> Told:
        told = Told()
        for trader in self.traders:
            told.movements |= {each.lrn: each.state for each in trader.movements}
            told.guarantees |= trader.in_use
            told.references |= {each.mrn.encode(): each.lrn.encode() for each in trader.movements if each.mrn}
            for party in {each.party for each in trader.everybody}:
                inbox = self.ledger.inboxes.get(party, {})
                told.messages += [(party, each.type, each.body) for each in inbox.values()]
        return told

    def _counts(self) -> dict[str, int]:
        accepted = sum(s.receipt is not None for s in self.ledger.sendings.values())
        taken = sum(len(inbox) for inbox in self.ledger.inboxes.values())
        machines = self.machines.values()
        return {
            "messages": accepted + taken, "sent and acknowledged": accepted, "taken from inboxes": taken,
            "movements": sum(len(t.movements) for t in self.traders), "traders": len(self.traders),
            **self._turned(),
            "calls": self.network.calls, "calls without an answer": self.network.failed,
            "doubled": self.network.doubled,
            "delivered again": self.ledger.doubles, "faults": self.nemesis.struck,
            "starts": sum(m.starts for m in machines), "kills": sum(m.kills for m in machines),
            "power cuts": sum(m.cuts for m in machines), "commits": sum(m.commits for m in machines),
            "hostile messages": sum(self.company.scene.sent.values()) if self.company is not None else 0,
            "events": self.trace.events, "seconds": round(self.loop.now),
        }  # fmt: skip

    def _turned(self) -> dict[str, int]:
        """What happened on the way, and how often a holder asked whose a guarantee is."""
        kinds = Counter(each.kind for trader in self.traders for each in trader.movements)
        asked = sum(sum(trader.owners_asked.values()) for trader in self.traders)
        covered = [each for each in self.traders if isinstance(each, Covered)]
        return {
            "diverted": kinds["diverted"], "incidents": kinds["incident"], "questions of guarantees": asked,
            "vouchers": sum(each.sold for each in covered), "access codes changed": sum(e.changed for e in covered),
            "refused covers": sum(len(each.refused) for each in covered), "crossed elsewhere": kinds["crossing"],
        }  # fmt: skip

    def close(self) -> None:
        """Let go of disks and tasks."""
        for machine in self.machines.values():
            machine.release()
        self.loop.forget()
        asyncio.set_event_loop(None)
        self.loop.close()


async def _submit(machine: Machine, said: Arrival, _doors: Any) -> None:
    process = machine.process
    assert process is not None
    await process.node.submit(said)


async def _release(machine: Machine, look: int, _doors: Any) -> None:
    """What was set aside, at each look; what failed n times at every 2^(n-1)th, once an hour at the least."""
    process = machine.process
    assert process is not None
    for owner in list(process.node.owners):
        for parked in owner.parked():
            if not parked.waits_for and look % min(1 << min(parked.attempts - 1, 7), 120) == 0:
                await process.node.command(Release(parked.position))
