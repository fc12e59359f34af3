"""Seeded lives of decisions: whatever anybody does in whatever order, clock, states and register agree.

``python -m douane.applications.customs_decisions.tests.chance --lives 10000`` plays many; a fault names its seed.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import msgspec

from douane.applications.authorisations.messages import AuthorisationHistoryQuery
from douane.applications.customs_decisions.messages.applying import (
    HolderRequest,
    InformationSupplied,
    ReceiptConfirmed,
    StepRecorded,
    ViewGiven,
    Wish,
)
from douane.applications.customs_decisions.messages.consulting import OpinionFormed
from douane.applications.customs_decisions.messages.deciding import (
    AcceptanceJudged,
    ActTaken,
    ConsultationBegun,
    DecisionTaken,
    InformationAsked,
    LimitExtended,
)
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    ConsultationKind,
    Ground,
    NoHearing,
    State,
    Verdict,
)
from douane.applications.customs_decisions.rules.acts import BY_STATE, GROUNDS
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import CGU, IPO
from douane.author import DecisionType
from douane.backends.memory.backend import MemoryStore
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import prove, still_holds
from douane.central_repository.replica.replica import Replica
from douane.configuration import discovery
from douane.runtime.catalogue.catalogue import Catalogue
from douane.testing.office import Office, administration, officer

STEPS: Final = 40
STANDING: Final = {
    State.IN_FORCE: "usable", State.SUSPENDED: "suspended", State.REVOKED: "ended", State.ANNULLED: "ended",
}  # fmt: skip
KINDS: Final = (
    (DecisionType.CGU, CGU, ()),
    (DecisionType.IPO, {**IPO, "31 04 000 008": "2"}, ("FR", "DE")),
)  # fmt: skip
AT: Final = officer("at.officer", "AT")
Chance = random.Random
Deed = Callable[[Life, Chance], Any]


def _decide(life: Life, chance: Chance) -> Any:
    left_out = chance.choice([(), (), ("35 01 010 056: 870323",)])
    unheard = chance.choice([None, None, NoHearing.SECURITY])
    return life.decides(DecisionTaken(
        reference=life.reference, granted=chance.random() < 0.8, reasons="Judged", leaves_out=left_out,
        no_hearing=unheard, unheard_for="Threat 7",
    ))  # fmt: skip


def _act(life: Life, chance: Chance) -> Any:
    kind, ground = chance.choice(list(GROUNDS))
    measures = kind is ActKind.SUSPEND and ground in (Ground.REMEDY, Ground.REQUEST)
    before = State(life.shown.state)
    told = life.decides(ActTaken(
        reference=life.reference, act=kind, ground=ground, reasons=f"{len(life.shown.acts)}",
        no_hearing=chance.choice([None, NoHearing.SECURITY]), unheard_for="Threat 7", days=20 if measures else None,
        member_states=("FR", "DE") if kind is ActKind.AMEND else (), dropped=chance.random() < 0.1,
    ))  # fmt: skip
    if kind not in BY_STATE.get(before, ()):
        assert not isinstance(told, StepRecorded), f"{kind} in state {before}"
    return told


def _receive(life: Life, chance: Chance) -> Any:
    return life.send(
        ReceiptConfirmed(reference=life.reference, number=max(1, len(life.shown.acts) - chance.choice([0, 0, 1])))
    )


DEEDS: Final[tuple[Deed, ...]] = (
    lambda life, chance: life.decides(AcceptanceJudged(
        reference=life.reference, accepted=chance.random() < 0.9, reasons="Verified"
    )),
    lambda life, chance: life.decides(InformationAsked(life.reference, "Which?", chance.choice([5, 30, 31]))),
    lambda life, _: life.send(InformationSupplied(reference=life.reference, text="These")),
    lambda life, chance: life.decides(LimitExtended(life.reference, chance.choice([10, 30]), "It takes longer")),
    lambda life, chance: life.decides(ConsultationBegun(
        reference=life.reference, kind=chance.choice(list(ConsultationKind)), authorities=("AT",), text="39(a)",
        days=chance.choice([None, 20]),
    )),
    lambda life, chance: life.decides(OpinionFormed(
        reference=life.reference, number=1, verdict=chance.choice(list(Verdict)), reasons="Seen", days=5
    ), AT),
    _decide, _decide, _decide,
    _act, _act, _act,
    _receive, _receive, _receive,
    lambda life, chance: life.send(ViewGiven(life.reference, "No", chance.random() < 0.7)),
    lambda life, chance: life.send(HolderRequest(life.reference, chance.choice(list(Wish)[1:]), "I ask")),
    lambda life, chance: life.office.wait(dt.timedelta(days=chance.choice([1, 7, 16, 31, 95]))),
    lambda life, _: life.office.wait(dt.timedelta(days=2)),
)  # fmt: skip
"""What somebody might do now, or a while in which nobody does anything."""


DATA_SET: Final = View("authorisations", "full")
OFTEN: Final = 5
"""Of so many steps one is followed by a reading of the replica: in between it is away."""


class Clock:
    """The time in an office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self) -> int:
        return int(self._office.now.timestamp() * 1e6)


class Copy:
    """A replica of the register of authorisations, kept current now and then, and proven."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.replica = Replica(MemoryStore(), [DATA_SET], office.key, Clock(office))

    async def call(self, operation: str, body: bytes) -> Any:
        """What the office answers a Member State."""
        question: Any = msgspec.json.decode(body, type=CATALOGUE.operation(operation).request)
        return json.loads(msgspec.json.encode(self.office.ask(question, by=administration("FR"))))

    def agrees(self, reference: str, acts: int) -> None:
        """It reads on, is equal, holds what was signed, and has as many acts of the decision as the register."""
        asyncio.run(self._agrees(reference, acts))

    async def _agrees(self, reference: str, acts: int) -> None:
        await self.replica.pull(self)
        proof = await prove(self.replica, self, DATA_SET)
        assert proof.equal, f"the replica differs in {proof.differing} keys"
        assert still_holds(self.replica, proof.note)[1], "what was signed is what it holds"
        content = self.replica.look_up(DATA_SET.data_set, reference).content
        assert len(json.loads(content)["acts"]) == acts if content else acts == 0, "acts in the replica"


CATALOGUE: Final = Catalogue(discovery.services())


def play(seed: int, steps: int = STEPS) -> Counter[str]:
    """One life; the states that it was in. Raises AssertionError where something does not agree."""
    chance = Chance(seed)
    type, given, states = KINDS[seed % len(KINDS)]
    life = Life("2027-01-11T09:00", type, given, states=states, accepted=seed % 3 > 0)
    known: dict[str, str] = {}
    seen: Counter[str] = Counter()
    due: dt.date | None = None
    copy, acts = Copy(life.office), 0
    for step in range(steps):
        chance.choice(DEEDS)(life, chance)
        shown = life.shown
        seen[shown.state] += 1
        assert due is None or shown.decided_by is None or shown.decided_by >= due, "a limit is never shortened"
        due = shown.decided_by or due
        acts = _acts_agree(life, shown)
        if chance.random() < 1 / OFTEN or step == steps - 1:
            copy.agrees(shown.decision, acts)
        if shown.decision and State(shown.state) in STANDING:
            assert life.standing() == STANDING[State(shown.state)], shown.state
            now = life.office.now.isoformat()[:19]
            for when, standing in known.items():
                assert life.standing(when, known_at=when) == standing, "what was known then is answered as then"
            known[now] = life.standing(now, known_at=now)
    assert life.office.audited() == [], "the audit log and what is kept"
    return seen


def _acts_agree(life: Life, shown: Any) -> int:
    """How many acts the register has: those in effect, counted, heard about and received, for the same periods."""
    taken = [each for each in shown.acts if each.effect_from is not None]
    assert [each.number for each in taken] == list(range(1, len(taken) + 1))
    assert all(each.received_at >= each.signed_at for each in taken)
    assert all(each.hearing != "to be heard" for each in taken), "no adverse act without a hearing or its article"
    assert all(each.received for each in taken), "by which rule it was received"
    if not taken or taken[0].act is not ActKind.GRANT:
        return 0
    question = AuthorisationHistoryQuery(reference=shown.decision)
    kept = life.office.ask(question, by=life.officer).acts
    assert [(each.effect_from, each.effect_to) for each in kept] == [
        (each.effect_from, each.effect_to) for each in taken
    ]  # fmt: skip
    assert [each.known_at for each in kept] == sorted(each.known_at for each in kept)
    return len(kept)


def main(arguments: list[str]) -> int:
    """Play many lives; 1 where one of them is at fault."""
    parser = argparse.ArgumentParser(description="Seeded lives of decisions")
    parser.add_argument("--lives", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first life")
    asked = parser.parse_args(arguments)
    seen: Counter[str] = Counter()
    for seed in range(asked.first, asked.first + asked.lives):
        try:
            seen += play(seed)
        except AssertionError as fault:
            print(f"seed {seed}: {fault}", file=sys.stderr)
            return 1
    for state, times in seen.most_common():
        print(f"{times:>9,}  {state}")
    print(
        f"{asked.lives:,} lives agree: limits, acts, hearings, receipts, register, answers as known then,"
        " replicas, audit"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
