"""What may move from platform to platform: pure judgements over contracts, and over what moved before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.applications.provision.messages import PlatformLine, PlatformMove, ReachLine
from douane.author import BUSINESS, NEVER, ActorKind, Circle, Instant, Move, Moves, Platform, doors

OWNERS: Final[Mapping[ActorKind, str]] = {ActorKind.COMMISSION: "Commission", ActorKind.OFFICER: "Member States"}
"""Who decides for the owner of a service at the doors of a node: the Commission at the centre, officers at home."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What an operation promises to whom. queues: whether its service declares a legacy interface."""

    operation: str
    kinds: frozenset[ActorKind]
    queues: bool
    version: str = ""

    def doors(self, kind: ActorKind) -> frozenset[Platform]:
        """Where the contract permits it to a kind of party."""
        return doors(kind, queues=self.queues) if kind in self.kinds else frozenset()

    @property
    def permitted(self) -> frozenset[Platform]:
        """Where it permits it to anybody."""
        return frozenset(platform for kind in self.kinds for platform in self.doors(kind))

    @property
    def name(self) -> str:
        """How a refusal names it."""
        kinds = ", ".join(sorted(each.value.replace("_", " ") for each in self.kinds))
        return f"the contract of {self.operation} ({self.version}), which is open to: {kinds}"


@dataclass(frozen=True, slots=True)
class Known:
    """A service of this release, who owns it, and the contracts of its operations."""

    name: str
    owner: str
    contracts: Sequence[Contract]

    def covered(self, of: str) -> tuple[Contract, ...]:
        """The contracts of a service, or of one operation."""
        return tuple(each for each in self.contracts if of in (self.name, each.operation))


def move_of(line: PlatformLine) -> Move:
    """A line as what it says."""
    until = Instant(line.until) if line.until else NEVER
    return Move(Instant(line.since), line.of, Platform(line.leaves), Platform(line.enters), until)


def faults(
    said: PlatformMove, since: Instant, *, now: int, kept: Sequence[PlatformLine], services: Iterable[Known],
    by: ActorKind,
) -> tuple[str, ...]:  # fmt: skip
    """Why a move is refused, each reason a sentence."""
    service = next((each for each in services if each.name == said.of.partition(".")[0]), None)
    covered = service.covered(said.of) if service is not None else ()
    found = [*_not_yet_come(since, now), *_not_owned(service, by)]
    if service is None or not covered:
        found.append(f"There is no {said.of}: name a service of the registry, or an operation of one.")
        return tuple(found)
    if service.name == "provision":
        found.append("How moves are decided does not move: nobody could take one back.")
    leaves, enters = Platform(said.leaves), Platform(said.enters)
    if leaves is enters:
        found.append("Name the platform that it leaves and the one that it enters.")
        return tuple(found)
    before = [move_of(each) for each in kept]
    if any(each.since == since and _overlap(each.of, said.of) for each in before):
        found.append(f"Another move is decided for that instant already: {_moment(since)}. Take it back first.")
    moving = [each for each in covered if leaves in each.permitted - Moves(before).left(each.operation, since)]
    if not moving:
        found.append(f"{said.of} is not offered by {leaves.title} then: there is nothing that could leave it.")
    found += _not_permitted(moving, enters)
    after = Moves((*before, Move(since, said.of, leaves, enters)))
    found += shut_out(covered, after, since)
    return tuple(found)


def returned(
    line: PlatformLine, since: Instant, *, now: int, kept: Sequence[PlatformLine], services: Iterable[Known],
    by: ActorKind,
) -> tuple[str, ...]:  # fmt: skip
    """Why a move that is in force is not taken back from an instant on."""
    service = next((each for each in services if each.name == line.of.partition(".")[0]), None)
    found = [*_not_yet_come(since, now), *_not_owned(service, by)]
    others = [move_of(each) for each in kept if each is not line]
    ended = Move(Instant(line.since), line.of, Platform(line.leaves), Platform(line.enters), since)
    found += shut_out(service.covered(line.of) if service is not None else (), Moves((*others, ended)), since)
    return tuple(found)


def latest(kept: Sequence[PlatformLine], of: str) -> PlatformLine | None:
    """The latest move of exactly this service or operation that nobody took back."""
    return max((each for each in kept if each.of == of and not each.until), key=lambda each: each.since, default=None)


def shut_out(covered: Iterable[Contract], moves: Moves, since: Instant) -> Iterator[str]:
    """Whom a contract names who would find no door any more, from an instant on or at a later change."""
    for contract in covered:
        for at in (since, *(each for each in moves.changes(contract.operation) if each > since)):
            left = moves.left(contract.operation, at)
            shut = sorted(each.value.replace("_", " ") for each in contract.kinds
                          if contract.doors(each) and not contract.doors(each) - left)  # fmt: skip
            if shut:
                yield f"No door would be left to {', '.join(shut)} by {contract.name}."
                break


def reach(covered: Iterable[Contract], before: Moves, after: Moves, at: Instant) -> Iterator[ReachLine]:
    """Who reaches an operation otherwise than before."""
    for contract in covered:
        was, will = before.left(contract.operation, at), after.left(contract.operation, at)
        for kind in sorted(contract.kinds, key=lambda each: each.value):
            permitted = contract.doors(kind)
            if permitted - was != permitted - will:
                yield ReachLine(contract.operation, kind.value, named(permitted - was), named(permitted - will))


def named(platforms: Iterable[Platform]) -> tuple[str, ...]:
    """Platforms as messages name them."""
    return tuple(sorted(each.value for each in platforms if each in BUSINESS))


def _not_permitted(moving: Iterable[Contract], enters: Platform) -> Iterator[str]:
    """Where a contract does not allow the circle of a platform, or not its kind of interface."""
    circle = Circle.UNTRUSTED if enters is Platform.SPEED2 else Circle.TRUSTED
    for each in moving:
        if enters in each.permitted:
            continue
        if enters is Platform.CCN_CSI and not each.queues and any(enters.admits(kind) for kind in each.kinds):
            yield f"{enters.title} carries services with a legacy interface alone; none is declared by {each.name}."
        else:
            yield f"{enters.title} would open it to the {circle.value} circle; that is not allowed by {each.name}."


def _not_yet_come(since: int, now: int) -> Iterator[str]:
    if since <= now:
        yield "Choose an instant that is yet to come: what was offered was offered."


def _not_owned(service: Known | None, by: ActorKind) -> Iterator[str]:
    if service is not None and OWNERS.get(by, "nobody") not in service.owner:
        yield f"{service.name} belongs to {service.owner}: who owns it decides where it is offered."


def _overlap(one: str, other: str) -> bool:
    return one == other or one == other.partition(".")[0] or other == one.partition(".")[0]


def _moment(at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC).isoformat()
