"""Between which moments a leaf came: by the leaves beside it and by states of the log, to both offline verifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from douane.shared_services.auditing.evidence import Earlier, Evidence, Placed, prove, read_evidence
from douane.shared_services.auditing.leaf import CLOCK, Facts, Kind, Leaf, seal
from douane.shared_services.auditing.log import AuditLog, State, tile_reader
from douane.shared_services.auditing.pack_verifier import log as of_packs
from douane.shared_services.auditing.pack_verifier.report import Refused
from douane.shared_services.auditing.verification import verify
from douane.standards.transparency_log.note import Signer

SIGNER = Signer.from_seed("customs.example/douane/log1", bytes(range(32)))
SECOND = 1_000_000
START = 1_800_000_000 * SECOND
TICK, OWN = 10, 25
"""Leaves of a tick, one a second; the leaf that is proven."""


def leaf(number: int, committed: int, operation: str = "transit.lodge_declaration") -> Leaf:
    facts = Facts(Kind.ACCEPTED, operation, "speed2", committed, "accepted", message=f"m{number}", row="ab",
                  committed=committed, clock="door")  # fmt: skip
    return seal(facts, number.to_bytes(16, "big"))


class Log:
    """A log in ticks of ten leaves, each tick signed by its newest leaf's clock or, like the real one, not earlier."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves, self.notes = leaves, list[str]()
        store, made, state = dict[bytes, bytes](), AuditLog(SIGNER), State()
        for first in range(0, len(leaves), TICK):
            of_tick = leaves[first : first + TICK]
            tick = made.extend(state, [each.hash() for each in of_tick], of_tick[-1].committed)
            assert tick is not None
            store.update(tick.writes)
            self.notes.append(tick.checkpoint)
            state = tick.state
        self.get_tile = tile_reader(lambda keys: [store.get(key) for key in keys])

    def evidence(self, *around: int, earlier: str | None = None) -> Evidence:
        proof = prove(self.leaves[OWN], OWN, checkpoint=self.notes[2], key=SIGNER.key, get_tile=self.get_tile)
        beside = [(at, self.leaves[at]) for at in around or (OWN - 1, OWN + 1)]
        return proof.between(self.notes[1] if earlier is None else earlier, beside, self.get_tile)


def sound(**changed: Leaf) -> Log:
    leaves = [leaf(n, START + n * SECOND) for n in range(5 * TICK)]
    for at, other in changed.items():
        leaves[int(at.removeprefix("at"))] = other
    return Log(leaves)


def both(evidence: Evidence) -> tuple[str, str]:
    """What either verifier says, or why it refuses."""
    verdict = verify(evidence.write(), [SIGNER.key])
    first = "; ".join(step.text for step in verdict.steps if step.name == "between" or not step.held)
    log = of_packs.Log(evidence.write())
    try:
        log.leaf()
        log.position()
        said = [log.around(), log.between() if evidence.earlier else ""]
    except Refused as problem:
        assert not verdict.ok
        return first, str(problem)
    assert verdict.ok, verdict.text()
    return first, " ".join(said)


def test_a_leaf_came_between_two_states_of_the_log() -> None:
    evidence = sound().evidence()
    assert read_evidence(evidence.write()) == evidence
    ours, theirs = both(evidence)
    assert "not in the state of 20 leaves on 2027-01-15 08:00:19 UTC" in ours
    assert "in the state of 30 leaves on 2027-01-15 08:00:29 UTC" in ours
    assert "operator's word" in ours
    assert "between 2027-01-15 08:00:19 UTC, when the log had 20 leaves without it" in theirs
    assert "beside it (24, 26)" in theirs


def test_without_an_earlier_state_nothing_is_said_to_be_shown() -> None:
    ours, _ = both(sound().evidence(earlier=""))
    assert "not before which moment it came is not shown" in ours


@pytest.mark.parametrize("size", range(1, OWN + 1))
def test_every_size_of_an_earlier_state_is_followed(size: int) -> None:
    """Proofs of consistency have another shape for each pair of sizes; both readings of RFC 6962 agree on all."""
    log = sound()
    alone = AuditLog(SIGNER).extend(State(), [each.hash() for each in log.leaves[:size]], START)
    assert alone is not None
    _, theirs = both(log.evidence(earlier=alone.checkpoint))
    assert f"had {size} leaves without it" in theirs


@pytest.mark.parametrize(
    "dated", [leaf(OWN, START + 5 * SECOND), leaf(OWN, START + 27 * SECOND), leaf(OWN, START + 99 * SECOND)]
)
def test_a_leaf_dated_otherwise_than_those_beside_it_is_found(dated: Leaf) -> None:
    ours, theirs = both(sound(at25=dated).evidence())
    assert "was committed before leaf" in ours or "dated after" in ours
    assert "was committed before leaf" in theirs or "dated after" in theirs


def test_a_leaf_dated_before_a_state_that_lacks_it_is_found() -> None:
    """Where those beside it were dated back too."""
    back = {f"at{n}": leaf(n, START + n * SECOND - 10 * SECOND) for n in range(20, 30)}
    ours, theirs = both(sound(**back).evidence())
    assert "before a state of the log that lacks it" in ours
    assert "before a state of the log that lacks it" in theirs


def test_where_two_operators_let_the_clock_go_back_that_is_said() -> None:
    back = {f"at{n}": leaf(n, START + n * SECOND - 10 * SECOND) for n in range(20, 30)}
    log = sound(**back | {"at22": leaf(22, START + 12 * SECOND, CLOCK)})
    ours, theirs = both(log.evidence(OWN - 1, OWN + 1, 22))
    assert "let the clock of this log go back at leaf 22" in ours
    assert "let the clock of this log go back before it" in theirs


def test_a_state_that_has_the_leaf_or_that_the_log_does_not_continue_shows_nothing() -> None:
    log, other = sound(), sound(at3=leaf(3, START + 3 * SECOND, "another"))
    proof = log.evidence().earlier
    assert proof is not None
    ours, theirs = both(replace(log.evidence(), earlier=Earlier(other.notes[1], proof.consistency)))
    assert "does not join" in ours
    assert "does not continue" in theirs
    ours, theirs = both(replace(log.evidence(), earlier=Earlier(log.notes[2], ())))
    assert "already" in ours
    assert "already" in theirs


def test_a_leaf_that_does_not_stand_beside_it_shows_nothing() -> None:
    evidence = sound().evidence()
    moved = Placed(leaf(24, START).record(), 24, evidence.around[0].inclusion)
    ours, theirs = both(replace(evidence, around=(moved, evidence.around[1])))
    assert "does not lead" in ours or "inclusion" in ours
    assert "does not stand there" in theirs
