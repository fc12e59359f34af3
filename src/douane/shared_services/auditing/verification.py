"""The offline verifier: an evidence file and trusted keys in, a verdict in sentences out.

A step that fails does not end the verification: the verdict still shows what the file holds, and says what failed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from douane.shared_services.auditing.evidence import Earlier, Evidence, Later, read_evidence
from douane.shared_services.auditing.leaf import CLOCK, Kind, Leaf, check_opening, parse_leaf
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
    Kind.STATE: "the log committed to the whole state of its partition",
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
    check.between()
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
        if leaf.committed:
            told = "its door" if leaf.clock == "door" else "the platform, which did not believe its door"
            told = told if leaf.platform else "the platform"
            self.held(
                "instants",
                f"It was received by the clock of {told}, and committed at {moment(leaf.committed)} by the clock of "
                "the platform: both are the operator's word.",
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
        leaf = self.known_leaf
        if point.time and (leaf.received > point.time + CLOCK_TOLERANCE or leaf.committed > point.time):
            self.failed("time", "The leaf is dated after the checkpoint that covers it.")

    def between(self) -> None:
        """Between which moments the leaf was committed: behind the leaves before it and a state that lacks it, before
        the leaf behind it and the state that covers it; and by whose word."""
        leaf, point = self.known_leaf, self.known_point
        if leaf is None or point is None:
            return
        try:
            went_back = self._in_order(leaf, point)
            since = self._without(leaf, point, self.evidence.earlier, went_back) if self.evidence.earlier else ""
        except DouaneError as error:
            self.failed("between", error)
            return
        if not leaf.committed:
            return
        none = "No earlier state without the leaf is in the file: not before which moment it came is not shown"
        told = since or f"{none}{went_back}"
        until = f"it was in the state of {point.size} leaves{_at(point.time)}" if point.time else "nor until when"
        self.held("between", f"{told}; {until}. These moments are the operator's word, unless somebody else kept or "
                             "dated those states.")  # fmt: skip

    def _in_order(self, leaf: Leaf, point: Checkpoint) -> str:
        """Compare the leaf with those around it; where the clock of the log went back before it, a sentence of that."""
        found = [(self.evidence.index, leaf)]
        for each in self.evidence.around:
            other = parse_leaf(each.record)
            check_inclusion(other.hash(), each.index, point.size, point.root, each.inclusion)
            found.append((each.index, other))
        found.sort(key=lambda each: each[0])
        for (before, one), (after, other) in pairwise(found):
            if before == after:
                raise ProofFailed(f"Two leaves are said to stand at position {before}.")
            if 0 < other.committed < one.committed and other.operation != CLOCK:
                raise ProofFailed(f"Leaf {after} was committed before leaf {before}, which it follows.")
        clock = next((at for at, each in found if each.operation == CLOCK and at < self.evidence.index), None)
        return "" if clock is None else f" (two operators let the clock of this log go back at leaf {clock})"

    def _without(self, leaf: Leaf, point: Checkpoint, earlier: Earlier, went_back: str) -> str:
        """A state of the log that lacks the leaf: what that says."""
        known = open_checkpoint(earlier.checkpoint, self.origin, self.log_keys)
        check_consistency(known.size, known.root, point.size, point.root, earlier.consistency)
        if known.size > self.evidence.index:
            raise ProofFailed(f"The earlier state of {known.size} leaves has the leaf already.")
        if known.time > point.time or (0 < leaf.committed < known.time and not went_back):
            raise ProofFailed("The leaf is dated before a state of the log that lacks it.")
        return f"It was not in the state of {known.size} leaves{_at(known.time)}{went_back}"

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
