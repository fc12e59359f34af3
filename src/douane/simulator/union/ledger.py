"""What the world outside holds of a simulated union: receipts, deliveries, what was seen where. And what is broken.

Nothing here looks into a node. A promise is broken when what was held before is contradicted by what comes later.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from douane.runtime.delivery.recent import Item
from douane.runtime.store.envelope import Receipt
from douane.simulator.union.trace import Trace


@dataclass(slots=True)
class Sending:
    """A message that a party sent, until it knows what became of it."""

    party: str
    id: str
    type: str
    machine: str
    body: bytes
    tries: int = 0
    receipt: Receipt | None = None
    refused: str = ""
    """The code of the refusal, where the door refused it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that a party took from its inbox."""

    machine: str
    position: int
    type: str
    id: str
    answers: str
    subject: int
    digest: bytes
    body: bytes


@dataclass(slots=True)
class Ledger:
    """Everything that parties hold."""

    trace: Trace
    sendings: dict[tuple[str, str], Sending] = field(default_factory=dict)
    inboxes: dict[str, dict[tuple[str, int], Delivered]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    doubles: int = 0

    def breaks(self, at: float, what: str) -> None:
        """Note a broken promise."""
        self.broken.append(what)
        self.trace.note(at, "ledger", f"BROKEN {what}")

    def received(self, at: float, sending: Sending, receipt: Receipt) -> None:
        """A receipt came. It must be the first one again, and name what was sent."""
        if sending.receipt is None:
            sending.receipt = receipt
            if sending.refused:
                self.breaks(at, f"{sending.id} of {sending.party} was refused ({sending.refused}), then accepted")
        elif sending.receipt != receipt:
            self.breaks(at, f"{sending.id} of {sending.party} got two different receipts")
        if receipt.id != sending.id:
            self.breaks(at, f"the receipt for {sending.id} of {sending.party} names {receipt.id}")

    def refused(self, at: float, sending: Sending, code: str) -> None:
        """A refusal came. What was accepted once is never refused."""
        sending.refused = code
        if sending.receipt is not None:
            self.breaks(at, f"{sending.id} of {sending.party} was accepted, then refused ({code})")

    def delivered(self, at: float, party: str, machine: str, items: list[Item]) -> list[Delivered]:
        """A page came from an inbox: those on it that are new. What came before must be the same, order must hold."""
        inbox = self.inboxes.setdefault(party, {})
        fresh: list[Delivered] = []
        last: dict[int, int] = {}
        for item in items:
            partition, row = item.position >> 48, item.row
            if item.position <= last.get(partition, 0):
                self.breaks(at, f"the inbox of {party} at {machine} is out of order at {item.position:x}")
            last[partition] = item.position
            made = Delivered(
                machine, item.position, row.type, row.id, row.correlation, row.subject, row.content.digest, item.body
            )
            known = inbox.get((machine, item.position))
            if known is None:
                inbox[machine, item.position] = made
                fresh.append(made)
                if row.party != party:
                    self.breaks(at, f"{party} was shown a message for {row.party}")
            else:
                self.doubles += 1
                if known != made:
                    self.breaks(
                        at, f"message {item.position:x} for {party} at {machine} changed after it was delivered"
                    )
        return fresh
