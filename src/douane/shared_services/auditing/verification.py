"""The offline verifier: an evidence file and trusted keys in, a verdict in sentences out.

A step that fails does not end the verification: the verdict still shows what the file holds, and says what failed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from douane.shared_services.auditing.evidence import Evidence, Later, read_evidence
from douane.shared_services.auditing.leaf import Kind, Leaf, check_opening, parse_leaf
from douane.shared_services.auditing.promise import check_promise
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from douane.standards.transparency_log.note import Key, parse_key, parse_note
from douane.standards.transparency_log.tree import check_consistency, check_inclusion
from douane.vocabulary.errors import DouaneError, ProofFailed

CLOCK_TOLERANCE = 60_000_000
"""Microseconds by which a leaf may be dated after its checkpoint: clocks of two nodes differ."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SAID = {
    Kind.ACCEPTED: "a message was accepted",
    Kind.REFUSED: "a message was refused",
    Kind.HANDLED: "a message took effect",
    Kind.QUARANTINED: "a message was put into quarantine",
    Kind.SENT: "a message was sent",
    Kind.CONFIRMED: "a partner confirmed a message",
    Kind.READ: "a payload was read",
    Kind.INTERVENED: "an officer or operator intervened",
    Kind.CHANGED: "a known id came with other bytes, or a version was swapped",
    Kind.ERASED: "the payload of another leaf was erased",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One check, whether it held, and a sentence for people."""

    name: str
    held: bool
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All steps in order; ``ok`` only if every one held. ``opened`` holds the disclosed fields that did."""

    steps: tuple[Step, ...]
    leaf: Leaf | None = None
    opened: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the evidence holds."""
        return bool(self.steps) and all(step.held for step in self.steps)

    def text(self) -> str:
        """The verdict for people: a line a step, then one sentence."""
        lines = [f"{'holds' if step.held else 'FAILS':>6}  {step.name}: {step.text}" for step in self.steps]
        failed = sum(not step.held for step in self.steps)
        said = f"{failed} of {len(self.steps)} checks failed: do not rely on this evidence."
        return "\n".join((*lines, "The evidence holds." if self.ok else said)) + "\n"

    def facts(self) -> dict[str, object]:
        """The verdict for programs."""
        return {
            "ok": self.ok,
            "steps": [{"name": s.name, "held": s.held, "text": s.text} for s in self.steps],
            "leaf": self.leaf.record().decode() if self.leaf else None,
            "opened": self.opened,
        }


def verify(data: bytes, trusted_keys: Iterable[Key], *, payload: bytes | None = None) -> Verdict:
    """Verify an evidence file against the keys one trusts, and against the message one holds, if any. Never raises."""
    trusted = tuple(trusted_keys)
    try:
        evidence = read_evidence(data)
    except DouaneError as error:
        return Verdict((Step("file", False, error.text),))
    check = _Check(evidence, trusted)
    check.leaf()
    check.opening(payload)
    check.key()
    check.checkpoint()
    if evidence.later:
        check.later(evidence.later)
    check.promise()
    return Verdict(tuple(check.steps), check.known_leaf, check.opened)


class _Check:
    """The steps of one verification, with what earlier ones found."""

    def __init__(self, evidence: Evidence, trusted: tuple[Key, ...]) -> None:
        self.evidence, self.trusted = evidence, trusted
        self.steps: list[Step] = []
        self.known_leaf: Leaf | None = None
        self.known_point: Checkpoint | None = None
        self.origin = ""
        self.log_keys: tuple[Key, ...] = ()
        self.opened: dict[str, str] = {}

    def held(self, name: str, text: str) -> None:
        self.steps.append(Step(name, True, text))

    def failed(self, name: str, error: DouaneError | str) -> None:
        self.steps.append(Step(name, False, error if isinstance(error, str) else error.text))

    def leaf(self) -> None:
        try:
            leaf = self.known_leaf = parse_leaf(self.evidence.record)
        except DouaneError as error:
            self.failed("leaf", error)
            return
        platform = f" at {leaf.platform}" if leaf.platform else ""
        outcome = f", outcome {leaf.outcome}" if leaf.outcome else ""
        self.held(
            "leaf",
            f"The record says that {_SAID[leaf.kind]}: {leaf.operation or 'no operation'}{platform},"
            f" {moment(leaf.received)}{outcome}. Its hash is {leaf.hash().hex()}.",
        )

    def opening(self, payload: bytes | None) -> None:
        if self.known_leaf is None:
            return
        for name, opened in self.evidence.opening.items():
            try:
                check_opening(self.known_leaf, name, opened)
            except ProofFailed as error:
                self.failed("disclosed", error)
                continue
            self.opened[name] = opened.value
            self.held("disclosed", f"The {name.replace('_', ' ')} is {opened.value!r}, as the leaf commits to.")
        if payload is not None:
            self._payload(payload)

    def _payload(self, payload: bytes) -> None:
        digest, stated = sha256(payload).hexdigest(), self.opened.get("payload")
        if stated == digest:
            self.held("payload", f"The message given has the SHA-256 {digest}, which the leaf commits to.")
        elif stated is None:
            self.failed("payload", "The file does not disclose the hash of the message, so it cannot be compared.")
        else:
            self.failed("payload", f"The message given has the SHA-256 {digest}; the leaf commits to {stated}.")

    def key(self) -> None:
        try:
            key = parse_key(self.evidence.key)
        except DouaneError as error:
            self.failed("key", error)
            return
        self.origin = key.name
        if key in self.trusted:
            self.log_keys = (key,)
            self.held("key", f"The key of the log {key.name} (fingerprint {key.fingerprint()}) is one you trust.")
            return
        # The arithmetic is still checked with the key in the file, so that the reader learns what else is wrong.
        self.log_keys = (key,)
        self.failed(
            "key",
            f"You do not trust the key of the log {key.name} (fingerprint {key.fingerprint()}). Compare the fingerprint"
            " with the one that the operator of the log publishes, then name the key as trusted.",
        )

    def checkpoint(self) -> None:
        evidence = self.evidence
        try:
            point = open_checkpoint(evidence.checkpoint, self.origin, self.log_keys)
        except DouaneError as error:
            self.failed("checkpoint", error)
            return
        self.known_point = point
        self.held("checkpoint", f"The log signed its state of {point.size} leaves{_at(point.time)}.")
        if self.known_leaf is None:
            return
        try:
            check_inclusion(self.known_leaf.hash(), evidence.index, point.size, point.root, evidence.inclusion)
        except ProofFailed as error:
            self.failed("inclusion", error)
        else:
            self.held("inclusion", f"The leaf stands at position {evidence.index} of that state.")
        if point.time and self.known_leaf.received > point.time + CLOCK_TOLERANCE:
            self.failed("time", "The leaf is dated after the checkpoint that covers it.")

    def later(self, later: Later) -> None:
        try:
            point = open_checkpoint(later.checkpoint, self.origin, self.log_keys)
            old = self.known_point or parse_checkpoint(parse_note(self.evidence.checkpoint))
            check_consistency(old.size, old.root, point.size, point.root, later.consistency)
            if point.time < old.time:
                raise ProofFailed("The later checkpoint is dated before the earlier one.")
        except DouaneError as error:
            self.failed("continuity", error)
            return
        self.held(
            "continuity",
            f"The log's later state of {point.size} leaves{_at(point.time)} only added to the earlier one.",
        )

    def promise(self) -> None:
        given = self.evidence.promise
        if given is None or self.known_leaf is None:
            return
        try:
            terms = check_promise(given, self.known_leaf.hash(), self.origin, self.log_keys)
        except DouaneError as error:
            self.failed("promise", error)
            return
        point = self.known_point
        kept = ", and the checkpoint shows that it was kept" if point and 0 < point.time <= terms.deadline else ""
        self.held("promise", f"The receipt promised this leaf by {moment(terms.deadline)}{kept}.")


def moment(microseconds: int) -> str:
    """A time for people, in UTC."""
    try:
        return (_EPOCH + dt.timedelta(microseconds=microseconds)).isoformat(" ").replace("+00:00", " UTC")
    except OverflowError:
        return f"{microseconds} microseconds after 1970"


def _at(time: int) -> str:
    return f" on {moment(time)}" if time else ""
