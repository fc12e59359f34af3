"""What is kept of provision: the choices of an administration, what a system offers, what a node was started with."""

from __future__ import annotations

from collections.abc import Iterator

from douane.applications.provision.contract import CHOOSING, DECIDING, OFFERING, TOLD_OF
from douane.applications.provision.messages import PlatformLine, ProvisionLine
from douane.applications.provision.rules.moving import move_of
from douane.author import Chosen, Instant, Members, Moves, Provided, administration
from douane.author.needs import CHOICES, MOVES, supplied
from douane.author.run import Case, Value, View, record


def choosing(kept: Choices) -> Members:
    """Whose choices they are."""
    return ((administration(kept.administration), CHOOSING),)


def offering(kept: Offer) -> Members:
    """Whose system it is."""
    return ((administration(kept.provider), OFFERING),)


def deciding(kept: Platforms) -> Members:
    """At whose doors."""
    return ((administration(kept.at), DECIDING),)


def telling(kept: Telling) -> Members:
    """Whose cases they are."""
    return ((administration(kept.administration), TOLD_OF),)


@record(280, indexes={"by_administration": ("administration",)}, case=Case(choosing))
class Choices(Value, frozen=True):
    """Every choice of an administration in the order of their instants; the case is the administration."""

    administration: str
    lines: tuple[ProvisionLine, ...]


@record(281, indexes={"by_provider": ("provider",)}, case=Case(offering))
class Offer(Value, frozen=True):
    """What the system of an administration serves, and for whom besides itself."""

    provider: str
    services: tuple[str, ...]
    guests: tuple[str, ...] = ()
    key: str = ""


@record(282, indexes={"by_node": ("node",)})
class First(Value, frozen=True):
    """What the settings said at the first start; what they say later changes nothing. key: of the node's audit log."""

    node: str
    lines: tuple[ProvisionLine, ...]
    key: str = ""


@record(283, indexes={"by_node": ("at",)}, case=Case(deciding))
class Platforms(Value, frozen=True):
    """Every move of a service from platform to platform at the doors of a node, in the order of their instants."""

    at: str
    lines: tuple[PlatformLine, ...]


class Told(Value, frozen=True):
    """How many names a provider told of an administration's cases. today: on the day ``day``, a number of the calendar.
    beyond: of more than a day allows, against what the provider acknowledged, since ever."""

    provider: str
    day: int = 0
    today: int = 0
    beyond: int = 0


@record(284, indexes={"by_administration": ("administration",)}, case=Case(telling))
class Telling(Value, frozen=True):
    """The names that providers told of an administration's cases: how many each of them did."""

    administration: str
    told: tuple[Told, ...] = ()


def kept(view: View) -> Iterator[Choices]:
    """The choices of every administration."""
    return (each for _, each in view.every(Choices, "by_administration"))


def first(view: View) -> First | None:
    """What this node was started with."""
    page, _ = view.find(First, "by_node", limit=1)
    return page[0][1] if page else None


@supplied(CHOICES)
def choices(view: View) -> Provided | None:
    """Whose system serves whom, by what is kept: first choices, and those that administrations made since."""
    began = first(view)
    if began is None:
        return None
    said = Provided(chosen(each) for each in began.lines)
    return said.with_(chosen(line) for each in kept(view) for line in each.lines)


def moved(view: View) -> tuple[PlatformLine, ...]:
    """The moves of this node."""
    page, _ = view.find(Platforms, "by_node", limit=1)
    return page[0][1].lines if page else ()


@supplied(MOVES)
def moves(view: View) -> Moves:
    """At which platforms of this node services are no longer offered."""
    return Moves(map(move_of, moved(view)))


def chosen(line: ProvisionLine) -> Chosen:
    """A line as what it says."""
    return Chosen(Instant(line.since), line.administration, line.of, line.provider)
