"""What happened, as values: messages between parties, the way through a process, how a journey ended."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from douane.simulator.chapters import Chapter


class Kind(enum.Enum):
    """What an exchange is."""

    MESSAGE = "message"  # a customs message that was accepted
    DECISION = "decision"  # what an officer recorded
    REFUSAL = "refusal"  # a call that a door refused
    EVENT = "event"  # final data, published to every administration
    TIMER = "timer"  # a time limit ran out


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault as its sender got it."""

    pointer: str
    code: str
    remedy: str
    rule: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One arrow of the sequence: from whom, to whom, what, when (microseconds since 1970)."""

    at: int
    source: str
    target: str
    name: str
    kind: Kind = Kind.MESSAGE
    id: str = ""
    note: str = ""
    body: str = ""
    faults: tuple[FaultSeen, ...] = ()
    inside: bool = False  # between services of one node
    channel: str = ""
    """By which channel, in words; empty for what stays inside, and where only the receiver knows it."""


@dataclass(frozen=True, slots=True)
class Use:
    """A party of a journey, what it does there, and the channel that it uses. ``lane``: its lifeline."""

    lane: str
    does: str
    channel: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a case through a process: the BPMN file, and the flows and nodes taken, in order."""

    title: str
    source: bytes
    taken: tuple[str, ...]
    where: str = ""
    """Whose system ran it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as the sender got it; ``position`` and ``case`` are hexadecimal."""

    id: str
    position: str
    case: str
    received: str
    digest: str
    leaf: str
    promise: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a party should have collected, in order, and what it did."""

    party: str
    came: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether it came out exactly so."""
        return self.expected == self.came


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence for one message, and what the offline verifier says about it."""

    file: str
    steps: tuple[tuple[str, bool, str], ...]

    @property
    def ok(self) -> bool:
        """Whether every step held."""
        return bool(self.steps) and all(held for _, held, _ in self.steps)


@dataclass(slots=True)
class Outcome:
    """How a journey ended: filled in while it runs, shown by the terminal and the report."""

    key: str
    chapter: Chapter
    title: str
    story: str
    started: int = 0
    ended: int = 0
    failure: str = ""
    absent: str = ""
    """What is not here that it needs: then it was not played."""
    facts: list[tuple[str, str]] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    """Who uses which channel, where the journey is about that."""
    proof: Proof | None = None

    @property
    def succeeded(self) -> bool:
        """Whether it ended as its script says."""
        return not self.failure and all(each.met for each in self.expectations)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.ended - self.started) / 1e6

    @property
    def faults(self) -> tuple[FaultSeen, ...]:
        """Every fault that a sender was told."""
        return tuple(fault for each in self.exchanges for fault in each.faults)

    def problems(self) -> list[str]:
        """What was expected and what came instead."""
        missed = [
            f"{each.party}: expected {' '.join(each.expected) or 'nothing'}, came {' '.join(each.came) or 'nothing'}"
            for each in self.expectations
            if not each.met
        ]
        return ([self.failure] if self.failure else []) + missed


class Failed(Exception):
    """A journey did not go as its script says; the text names what was expected and what came."""


def receipt_of(answer: dict[str, Any]) -> Receipt:
    """A receipt from a door's JSON."""
    return Receipt(
        answer["id"], answer["receipt"], answer["case"], answer["received"], answer["digest"], answer["leaf"],
        answer["promise"],
    )  # fmt: skip


def faults_of(problem: dict[str, Any]) -> tuple[FaultSeen, ...]:
    """The faults of a refusal (RFC 9457 problem details); the refusal itself where it names none; none of a receipt."""
    named = tuple(
        FaultSeen(f.get("pointer", ""), str(f.get("code", "")), f.get("remedy", ""), f.get("rule", ""),
                  f.get("value", ""))
        for f in problem.get("faults", ())
    )  # fmt: skip
    if named:
        return named
    if "detail" not in problem:
        return ()
    text = " ".join(part for part in (problem.get("detail", ""), problem.get("remedy", "")) if part)
    return (FaultSeen("", str(problem.get("code", "")), text),)
