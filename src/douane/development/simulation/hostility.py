"""Puts the adversaries of a simulated union together: who they are, where they enter, what they know.

A trader with an account; the system of an administration on the route of every movement (Switzerland) and of one off
it, each hosted by the centre; an officer of elsewhere; and the doors of both circles in the wrong hands.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from douane.development.simulation.machine import Machine
from douane.development.simulation.simulated_process import BEGINNING
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.circles import ActorKind
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.store.ports import SECOND
from douane.simulator.messages import forged
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.adversaries import (
    AS_A_TRADER,
    AS_AN_ADMINISTRATION,
    AS_AN_OFFICER,
    ASKED,
    OFF_THE_ROUTE,
    Attack,
    Company,
    Dismissed,
    Poisoner,
    Scene,
    Spy,
    Stranger,
    Striking,
)
from douane.simulator.union.captured import LISTENS, REACH, CapturedDoor
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.loop import Life, VirtualLoop
from douane.simulator.union.network import Network
from douane.simulator.union.parties import Correspondent, Outside
from douane.simulator.union.scripts import FAR, Movement
from douane.simulator.union.trace import Trace
from douane.trust.demo import CONSIGNEE, HOLDER, OFFICER_ROLES, SYSTEM_ROLES

STRANGER: Final = "PT123456789"
"""EORI of the hostile trader."""
POISONER: Final = "PT987654321"
"""EORI of the one whose arrivals no rule of joining survives."""
ON_THE_ROUTE, ELSEWHERE = "CH", "PT"


@dataclass(frozen=True, slots=True)
class Links:
    """A machine as a captured door sees it: the links of its doors."""

    machine: Machine

    @property
    def name(self) -> str:
        """The machine's."""
        return self.machine.name

    @property
    def life(self) -> Life | None:
        """The process that answers now."""
        return self.machine.life

    @property
    def serves(self) -> Any:
        """The links by platform."""
        assert self.machine.process is not None
        return self.machine.process.links


@dataclass(frozen=True, slots=True)
class Cast:
    """What adversaries are made from."""

    loop: VirtualLoop
    trace: Trace
    ledger: Ledger
    parties: dict[bytes, Principal]
    machines: Mapping[str, Machine]
    chance: Callable[[str], random.Random]
    movements: Callable[[], Iterator[Sequence[Movement]]]
    closing: Callable[[], bool]
    breaks: Callable[[str], None]

    def company(self, centre: str, rate: float) -> Company:
        """All of them, on a network of their own; ``rate``: strikes an hour."""
        chance = self.chance("adversaries")

        def now() -> int:
            return BEGINNING + round(self.loop.now * SECOND)

        numbers = Numbers(now, chance.randbytes)
        network = Network(self.loop, self.chance("adversaries/network"), self.trace)
        scene = Scene(self.movements, numbers, chance, network, self.closing)
        strangers: list[Stranger] = []
        for id, kind, country, attacks in (
            ("stranger", ActorKind.TRADER, ELSEWHERE, AS_A_TRADER),
            ("ch.system", ActorKind.MEMBER_STATE, ON_THE_ROUTE, AS_AN_ADMINISTRATION),
            ("pt.system", ActorKind.MEMBER_STATE, ELSEWHERE, OFF_THE_ROUTE),
            ("pt.officer", ActorKind.OFFICER, ELSEWHERE, AS_AN_OFFICER),
        ):
            strangers.append(self._stranger(id, kind, country, attacks, scene, self.machines[centre]))
        query = self.machines[centre].around.catalogue.operation("transit.find_movement").request
        doors = [
            CapturedDoor(reach, Links(self.machines[centre]), scene, now, self.breaks, query)
            for reach in REACH.values()
        ]
        trader, swiss = strangers[:2]
        members: list[Striking] = [*strangers, Spy(trader.self_, scene, self.breaks), *doors]
        dismissed = Dismissed(swiss.self_, scene)
        poisoner = Poisoner(self._as("poisoner", POISONER, scene, self.machines[centre]), scene)
        company = Company(
            members, [poisoner.self_], scene, 3600 / rate, frozenset({centre}), (dismissed.aside, poisoner.aside),
            [self._stranger("no.system", ActorKind.MEMBER_STATE, FAR, ASKED, scene, self.machines[centre])],
            [functools.partial(doors[-1].listen, victim) for victim in LISTENS],
        )  # fmt: skip
        scene.eager = company.seize
        return company

    def _as(self, id: str, eori: str, scene: Scene, host: Machine) -> Correspondent:
        """A trader with an account."""
        roles = frozenset({HOLDER, CONSIGNEE, INBOX_ROLE})
        kind = ActorKind.TRADER
        self.parties[id.encode()] = Principal(
            id, kind, kind.circle, Proof(ProofKind.CERTIFICATE, id), eori[:2], eori=eori, roles=roles
        )
        return Correspondent(id, eori, host, "speed2", Outside(self.loop, scene.network, self.ledger), scene.chance)

    def _stranger(
        self, id: str, kind: ActorKind, country: str, attacks: Mapping[str, Attack], scene: Scene, host: Machine
    ) -> Stranger:  # fmt: skip
        roles = {ActorKind.TRADER: frozenset({HOLDER, CONSIGNEE}), ActorKind.MEMBER_STATE: SYSTEM_ROLES}
        trader = kind is ActorKind.TRADER
        self.parties[id.encode()] = Principal(
            id, kind, kind.circle, Proof(ProofKind.CERTIFICATE, id), country, eori=STRANGER if trader else "",
            administration="" if trader else country, roles=roles.get(kind, OFFICER_ROLES) | {INBOX_ROLE},
        )  # fmt: skip
        party = self.parties[id.encode()].caller.name
        world = Outside(self.loop, scene.network, self.ledger)
        platform = "speed2" if trader else "ccn2"
        return Stranger(Correspondent(id, party, host, platform, world, scene.chance), scene, attacks)


def corrupt(behaviour: Behaviour, scene: Callable[[], Scene | None]) -> None:
    """What the wrong people know, or have in their hands, of the applications.

    The hosted application of the administration on the route: when a movement is announced to it, its case also tells
    departure the results of a control at destination. And an arrival that no rule of joining survives, until that is
    mended.
    """
    _wrap(behaviour, "transit.anticipate_passage", functools.partial(_lying, scene))
    handler = behaviour.handlers["transit.notify_arrival"]
    joins = functools.partial(_poisoned, scene, handler.operation.joins)
    behaviour.handlers[handler.operation.qualified] = replace(
        handler, operation=replace(handler.operation, joins=joins)
    )


def _wrap(behaviour: Behaviour, name: str, changed: Callable[..., None]) -> None:
    handler = behaviour.handlers[name]
    behaviour.handlers[name] = replace(handler, handle=functools.partial(changed, handler.handle))


def _lying(scene: Callable[[], Scene | None], handle: Any, work: Any, message: Any) -> None:
    handle(work, message)
    of = scene()
    if of is not None and work.administration == ON_THE_ROUTE:
        papers = forged.Papers("", message.transit_operation.mrn, "", message)
        made = forged.results(of.numbers, papers, f"NTA.{ON_THE_ROUTE}")
        work.send(made, made.message_recipient)


def _poisoned(
    scene: Callable[[], Scene | None], joins: Any, message: Any, case: Any, caller: Any, ask: Any
) -> bool:  # fmt: skip
    of = scene()
    if of is not None and caller.name == POISONER and not of.closing():
        raise RuntimeError("a message that no rule of joining survives")
    found: bool = joins(message, case, caller, ask)
    return found
