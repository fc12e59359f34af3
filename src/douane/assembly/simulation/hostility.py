"""Puts the adversaries of a simulated union together: who they are, where they enter, what they know.

A trader with an account; the system of an administration on the route of every movement (Switzerland) and of one off
it, each hosted by the centre; an officer of elsewhere; and the doors of both circles in the wrong hands.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from douane.assembly.development.demo import CONSIGNEE, HOLDER, OFFICER_ROLES, SYSTEM_ROLES
from douane.assembly.simulation.machine import Machine
from douane.assembly.simulation.simulated_process import BEGINNING
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.circles import ActorKind
from douane.runtime.core.behaviour import Behaviour
from douane.runtime.store.ports import SECOND
from douane.simulator.messages import forged
from douane.simulator.messages.numbers import Numbers
from douane.simulator.union.adversaries import (
    AS_A_TRADER,
    AS_AN_ADMINISTRATION,
    AS_AN_OFFICER,
    OFF_THE_ROUTE,
    Attack,
    Company,
    Scene,
    Spy,
    Stranger,
    Striking,
)
from douane.simulator.union.captured import REACH, CapturedDoor
from douane.simulator.union.ledger import Ledger
from douane.simulator.union.loop import Life, VirtualLoop
from douane.simulator.union.network import Network
from douane.simulator.union.parties import Correspondent, Outside
from douane.simulator.union.scripts import Movement
from douane.simulator.union.trace import Trace

STRANGER: Final = "PT123456789"
"""EORI of the hostile trader."""
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
        numbers = Numbers(lambda: BEGINNING + round(self.loop.now * SECOND), chance.randbytes)
        network = Network(self.loop, self.chance("adversaries/network"), self.trace)
        scene = Scene(self.movements, numbers, chance, network, self.closing)
        members: list[Striking] = []
        for id, kind, country, attacks in (
            ("stranger", ActorKind.TRADER, ELSEWHERE, AS_A_TRADER),
            ("ch.system", ActorKind.MEMBER_STATE, ON_THE_ROUTE, AS_AN_ADMINISTRATION),
            ("pt.system", ActorKind.MEMBER_STATE, ELSEWHERE, OFF_THE_ROUTE),
            ("pt.officer", ActorKind.OFFICER, ELSEWHERE, AS_AN_OFFICER),
        ):
            members.append(self._stranger(id, kind, country, attacks, scene, self.machines[centre]))
        trader = members[0]
        assert isinstance(trader, Stranger)
        members.append(Spy(trader.self_, scene, self.breaks))
        links = Links(self.machines[centre])
        members += [
            CapturedDoor(reach, links, scene, lambda: BEGINNING + round(self.loop.now * SECOND), self.breaks)
            for reach in REACH.values()
        ]
        return Company(members, scene, 3600 / rate, frozenset({centre}))

    def _stranger(
        self, id: str, kind: ActorKind, country: str, attacks: Mapping[str, Attack], scene: Scene, host: Machine
    ) -> Stranger:  # fmt: skip
        roles = {ActorKind.TRADER: frozenset({HOLDER, CONSIGNEE}), ActorKind.MEMBER_STATE: SYSTEM_ROLES}
        trader = kind is ActorKind.TRADER
        self.parties[id.encode()] = Principal(
            id, kind, kind.circle, Proof(ProofKind.CERTIFICATE, id), country, eori=STRANGER if trader else "",
            administration="" if trader else country, roles=roles.get(kind, OFFICER_ROLES),
        )  # fmt: skip
        party = self.parties[id.encode()].caller.name
        world = Outside(self.loop, scene.network, self.ledger)
        platform = "speed2" if trader else "ccn2"
        return Stranger(Correspondent(id, party, host, platform, world, scene.chance), scene, attacks)


def corrupt(behaviour: Behaviour, cast: Callable[[], Scene | None]) -> None:
    """The hosted application of the administration on the route is in the wrong hands, too: when a movement is
    announced to it, its case also tells departure the results of a control at destination."""
    name = "transit.anticipate_passage"
    handler = behaviour.handlers[name]

    def handle(work: Any, message: Any) -> None:
        handler.handle(work, message)
        scene = cast()
        if scene is not None and work.administration == ON_THE_ROUTE:
            papers = forged.Papers("", message.transit_operation.mrn, "", None)  # type: ignore[arg-type]  # no more is read
            made = forged.results(scene.numbers, papers, f"NTA.{ON_THE_ROUTE}")
            work.send(made, made.message_recipient)

    behaviour.handlers[name] = replace(handler, handle=handle)
