"""Any order of acts and of waiting keeps state, clock and register in agreement: seeded lives of one decision."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from douane.applications.customs_decisions.messages.applying import ReceiptConfirmed, StepRecorded, ViewGiven
from douane.applications.customs_decisions.messages.deciding import ActTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing, State
from douane.applications.customs_decisions.rules.acts import BY_STATE, GROUNDS
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import CGU

LIVES, STEPS = 12, 14
STANDING = {
    State.IN_FORCE: "usable", State.SUSPENDED: "suspended", State.REVOKED: "ended", State.ANNULLED: "ended",
}  # fmt: skip


def step(life: Life, chance: random.Random) -> None:
    """One thing that somebody might do now, or a while in which nobody does anything."""
    state, shown = State(life.shown.state), life.shown
    kind, ground = chance.choice(list(GROUNDS))
    unheard = chance.choice([None, NoHearing.SECURITY])
    act = ActTaken(
        reference=shown.decision, act=kind, ground=ground, reasons=f"{len(shown.acts)}", no_hearing=unheard,
        days=20 if kind is ActKind.SUSPEND and ground is Ground.REMEDY else None,
        member_states=("FR", "DE") if kind is ActKind.AMEND else (),
    )  # fmt: skip
    match chance.randrange(4):
        case 0:
            life.office.wait(dt.timedelta(days=chance.choice([1, 7, 16, 31])))
        case 1:
            life.send(ReceiptConfirmed(reference=life.reference, number=len(shown.acts)))
        case 2:
            life.send(ViewGiven(life.reference, "No"))
        case _:
            answer = life.decides(act)
            if kind not in BY_STATE.get(state, ()):
                assert not isinstance(answer, StepRecorded), (state, kind)


@pytest.mark.parametrize("seed", range(LIVES))
def test_state_clock_and_register_agree_whatever_is_done(seed: int) -> None:
    chance = random.Random(seed)
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU).granted()
    known: dict[str, str] = {}
    for _ in range(STEPS):
        step(life, chance)
        shown = life.shown
        assert life.standing() == STANDING[State(shown.state)], (seed, shown.state)
        taken = [each for each in shown.acts if each.effect_from is not None]
        assert [each.number for each in taken] == list(range(1, len(taken) + 1))
        assert all(each.received_at >= each.signed_at for each in taken)
        assert all(each.hearing != "to be heard" for each in taken), "no adverse act without a hearing or its article"
        now = life.office.now.isoformat()[:19]
        for when, standing in known.items():
            assert life.standing(when, known_at=when) == standing, "what was known then is answered as then"
        known[now] = life.standing(now, known_at=now)
