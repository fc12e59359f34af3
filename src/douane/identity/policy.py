"""May this caller do this here? A pure function with default deny, and a sentence for every refusal."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from douane.model.circles import BUSINESS, ActorKind, Circle, Platform
from douane.runtime.door.door import Authenticated
from douane.vocabulary.errors import NotAuthorised, WrongCircle


class Role(Protocol):
    """A business role to which an operation is open, and the kind of party that plays it (``model.declare.Actor``)."""

    @property
    def name(self) -> str:
        """The role; empty when every party of the kind may call."""

    @property
    def kind(self) -> ActorKind:
        """The kind of party."""


class Ground(enum.Enum):
    """Why a verdict came out as it did."""

    ADMITTED = "admitted"
    WRONG_PLATFORM = "wrong_platform"  # this circle does not enter here
    NOT_CARRIED = "not_carried"  # the platform does not carry this operation
    NOT_OPEN = "not_open"  # the operation is not open to this kind of party
    NO_PROOF = "no_proof"  # nothing is proven about the caller
    NO_ROLE = "no_role"  # the right kind of party, without the role


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of the policy. ``reason`` is one sentence, ``remedy`` says what the caller can do.

    rule: by which it was judged; missing: for want of what it is refused; both empty where nothing is asked why.
    """

    ground: Ground
    reason: str
    remedy: str = ""
    rule: str = ""
    missing: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the call may go on."""
        return self.ground is Ground.ADMITTED

    def enforce(self) -> None:
        """Raise the refusal as an error; silent when allowed."""
        if self.allowed:
            return
        refusal: NotAuthorised | WrongCircle = WrongCircle(self.reason, remedy=self.remedy)
        if self.ground is Ground.NO_ROLE:
            refusal = NotAuthorised(self.reason, remedy=self.remedy)
        if self.rule:
            refusal.why = self.rule, self.missing, _GRANTS[self.ground]
        raise refusal


def enter(kind: ActorKind, platform: Platform) -> Verdict:
    """The first gate: may this kind of party enter by this platform at all? Nothing is read before it."""
    if platform.admits(kind):
        return Verdict(Ground.ADMITTED, f"{_named(kind)} enters by {platform.title}.")
    doors = [each.title for each in Platform if each in BUSINESS and each.admits(kind)]
    remedy = f"Use {' or '.join(doors)}." if doors else "No customs door is open to this kind of caller."
    return Verdict(
        Ground.WRONG_PLATFORM, f"{_named(kind)} does not enter by {platform.title}.", remedy,
        f"circles of trust: who enters by {platform.title}", f"to be {_or(platform.kinds)}",
    )  # fmt: skip


def carries(platform: Platform, operation: str, *, legacy_queue: bool = False) -> Verdict:
    """Does this platform carry this operation? Queues carry only services that declare a legacy interface."""
    if platform not in BUSINESS:
        return Verdict(Ground.NOT_CARRIED, f"{platform.title} carries no business operations.")
    if platform is Platform.CCN_CSI and not legacy_queue:
        return Verdict(Ground.NOT_CARRIED, f"{operation} has no legacy interface.", "Use its web service on CCN2.")
    return Verdict(Ground.ADMITTED, f"{platform.title} carries {operation}.")


def admit(
    principal: Authenticated,
    platform: Platform,
    operation: str,
    callers: Sequence[Role],
    *,
    legacy_queue: bool = False,
) -> Verdict:
    """The whole policy for one call: platform, carriage, kind, role; the first refusal is the answer."""
    verdict = reaches(principal.kind, platform, operation, callers, legacy_queue=legacy_queue)
    if not verdict.allowed:
        return verdict
    if principal.circle is not principal.kind.circle:
        reason = (
            f"The proof of {principal.id} comes from the {principal.circle.value} circle, its registration does not."
        )
        return Verdict(Ground.WRONG_PLATFORM, reason, "Use a certificate of the circle you are registered in.")
    roles = [each.name for each in callers if each.kind is principal.kind]
    if "" in roles or principal.roles.intersection(roles):
        return Verdict(Ground.ADMITTED, f"{principal.id} may call {operation}.")
    acting = f" when acting for {principal.acting_for}" if principal.acting_for else ""
    reason = f"{principal.id} has none of the roles that may call {operation}{acting}: {', '.join(roles)}."
    return Verdict(
        Ground.NO_ROLE, reason, "Ask your administration for the role, or act for a principal who has it.",
        f"roles declared for {operation}", " / ".join(roles),
    )  # fmt: skip


def may_assert(link: Authenticated, platform: Platform, circle: Circle) -> Verdict:
    """May the door behind a link speak for this platform and circle? A captured SPEED2 door cannot speak as CCN2.

    The link's own certificate is registered as a SERVICE with the role ``link.PLATFORM``.
    """
    if link.kind is not ActorKind.SERVICE or link.circle is not Circle.INTERNAL:
        return Verdict(Ground.WRONG_PLATFORM, f"{link.id} is not a door of this node.")
    if f"link.{platform.value}" not in link.roles:
        reason = f"The link {link.id} does not speak for {platform.title}."
        return Verdict(Ground.WRONG_PLATFORM, reason, "Send through the door whose certificate the link holds.")
    if not any(kind.circle is circle for kind in platform.kinds):
        reason = f"{platform.title} does not admit the {circle.value} circle, whatever its link asserts."
        return Verdict(Ground.WRONG_PLATFORM, reason)
    return Verdict(Ground.ADMITTED, f"The link {link.id} speaks for {platform.title}.")


@dataclass(frozen=True, slots=True)
class OperationAccess:
    """What the matrix needs to know of an operation."""

    name: str
    callers: tuple[Role, ...]
    legacy_queue: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the circles matrix."""

    kind: ActorKind
    platform: Platform
    operation: str
    verdict: Verdict


def matrix(
    kinds: Iterable[ActorKind], platforms: Sequence[Platform], operations: Sequence[OperationAccess]
) -> Iterator[Cell]:
    """Every kind of party at every platform with every operation, in the order given.

    A cell is allowed when a party of the kind that holds the declared role is admitted there.
    """
    for kind in kinds:
        for platform in platforms:
            for each in operations:
                verdict = reaches(kind, platform, each.name, each.callers, legacy_queue=each.legacy_queue)
                yield Cell(kind, platform, each.name, verdict)


def reaches(
    kind: ActorKind, platform: Platform, operation: str, callers: Sequence[Role], *, legacy_queue: bool
) -> Verdict:
    """Does the operation exist at this platform for this kind of party? What does not, has no route, port or screen."""
    entry = enter(kind, platform)
    if not entry.allowed:
        return entry
    carriage = carries(platform, operation, legacy_queue=legacy_queue)
    if not carriage.allowed:
        return carriage
    if all(each.kind is not kind for each in callers):
        open_to = ", ".join(sorted({each.kind.value for each in callers})) or "nobody"
        return Verdict(Ground.NOT_OPEN, f"{operation} is not open to a {kind.value}; it is open to: {open_to}.")
    return Verdict(Ground.ADMITTED, f"{operation} is open to a {kind.value} by {platform.title}.")


_GRANTS: Final = {
    Ground.NO_ROLE: "the administration that vouches for you, or a principal by a delegation",
    Ground.WRONG_PLATFORM: "nobody: your circle enters elsewhere",
}  # fmt: skip
"""Who could change a verdict."""


def _or(kinds: Iterable[ActorKind]) -> str:
    return " / ".join(sorted(kind.value.replace("_", " ") for kind in kinds))


def _named(kind: ActorKind) -> str:
    return kind.value.replace("_", " ").capitalize()
