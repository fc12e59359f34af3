"""What the bus keeps: offers of administrations and their consumers. They belong to the Union."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from douane.applications.service_bus.contract import CONSUMER, OWNER, PROVIDER
from douane.applications.service_bus.messages.events import EventFilter
from douane.applications.service_bus.messages.exchanges import Stage
from douane.applications.service_bus.messages.governance import CallerSeen, DecisionLine, Life, RoundLine
from douane.applications.service_bus.messages.registry import ServiceOffer, State
from douane.author import Members, administration
from douane.author.run import Case, Value, View, Work, record

PAGE: Final = 100
MOST_PROVIDERS: Final = 100


def offering_and_consuming(kept: Any) -> Members:
    """Who offers it, and who asked to consume it."""
    consumers = ((administration(each), CONSUMER) for each in kept.consumers)
    return (administration(kept.provider), PROVIDER), *consumers


@record(140, indexes={"by_service": ("service", "version", "provider")},
        case=Case(offering_and_consuming, state="stage", states=State))  # fmt: skip
class Offering(Value, frozen=True):
    """A version of a service as one administration provides it; ``subject`` is the case that it opened."""

    service: str
    version: int
    provider: str
    subject: int
    offer: ServiceOffer
    state: State
    address: str
    networks: tuple[str, ...] = ()
    offered_at: int = 0
    decided_by: str = ""
    deprecated_at: int = 0
    sunset: dt.date | None = None
    successor: int = 0
    consumers: tuple[str, ...] = ()
    subscriptions: tuple[str, ...] = ()

    @property
    def party(self) -> str:
        """The provider as a party."""
        return f"NTA.{self.provider}"

    @property
    def stage(self) -> str:
        """The state as the case index shows it."""
        return self.state.value

    @property
    def serves(self) -> bool:
        """Whether it may be called."""
        return self.state in (State.OFFERED, State.DEPRECATED)


@record(141)
class Consumer(Value, frozen=True):
    """An administration that asked to consume an offering, in the offering's case under its own name.

    state: asked, permitted, refused; ``open`` where it was seen without having asked. seen: the last day.
    """

    administration: str
    state: str
    callback: str = ""
    seen: dt.date | None = None


@record(143)
class Subscription(Value, frozen=True):
    """What an administration subscribed to, in the case of the offering. ``last``: how many events it was given."""

    consumer: str
    provider: str
    service: str
    version: int
    operation: str
    name: str
    filters: tuple[EventFilter, ...] = ()
    callback: str = ""
    last: int = 0


def taking_part(kept: Any) -> Members:
    """Who calls, and who is called."""
    return (administration(kept.consumer), CONSUMER), (administration(kept.provider), PROVIDER)


@record(142, case=Case(taking_part, state="state", deadline="deadline", states=Stage))
class Exchange(Value, frozen=True):
    """A call and its end; the bodies stay in the journal. ``served``: the version that the provider gets.

    message: the caller's own identification. call: where the call stands in the journal. answers: whether one belongs
    to it. callback: whether the caller has its answers pushed.
    """

    reference: str
    consumer: str
    provider: str
    service: str
    version: int
    served: int
    operation: str
    stage: Stage
    wait: bool
    deadline: int
    message: str
    call: int
    answers: bool = True
    callback: bool = False

    @property
    def state(self) -> str:
        """The stage as the case index shows it."""
        return self.stage.value


def owning(kept: Any) -> Members:
    """Who owns it."""
    return ((administration(kept.owner), OWNER),)


@record(144, indexes={"by_service": ("service", "version", "owner")}, case=Case(owning, state="state", states=Life))
class Governed(Value, frozen=True):
    """A version of a service that is governed: where it stands, who was asked, what was decided and why.
    callers: administrations that called it, each with the last day, of a service of the centre."""

    service: str
    version: int
    owner: str
    life: Life
    answers_for: str
    review: dt.date
    purpose: str
    rounds: tuple[RoundLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    callers: tuple[CallerSeen, ...] = ()

    @property
    def state(self) -> str:
        """The life as the case index shows it."""
        return self.life.value


def offerings(reader: View | Work, service: str, version: int, *of: str) -> list[Offering]:
    """Everybody's offering of a version, by provider; with a provider, that one's."""
    found: Any = reader.find(Offering, "by_service", service, version, *of, limit=MOST_PROVIDERS)
    return [each for _, each in found[0]] if isinstance(reader, View) else found


def offering(reader: View | Work, provider: str, service: str, version: int) -> Offering | None:
    """One administration's offering of a version."""
    return next(iter(offerings(reader, service, version, provider)), None)
