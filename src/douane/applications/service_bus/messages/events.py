"""Messages about events on the bus: what a provider publishes, who subscribed to it, what each subscriber gets."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.service_bus.messages.exchanges import Body
from douane.applications.service_bus.messages.registry import (
    Address,
    Country,
    Form,
    OperationName,
    Pointer,
    ServiceName,
    Version,
)
from douane.author import Machine

SubscriptionName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,19}\Z", title="The subscriber's own name for it")]


class EventFilter(msgspec.Struct, frozen=True):
    """Only events that hold this value (JSON text) at this place."""

    pointer: Pointer
    value: Annotated[str, Meta(max_length=512)]


class ServiceEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A provider tells the subscribers of an operation that it publishes."""

    provider: Country
    service: ServiceName
    version: Version
    operation: OperationName
    form: Form
    body: Body


class Subscribe(msgspec.Struct, frozen=True, kw_only=True):
    """Subscribe to what a provider publishes, or change a subscription of this name; its count goes on.

    filters: all must hold. callback: where events are pushed; they wait in the subscription's box in any case.
    """

    provider: Country
    service: ServiceName
    version: Version
    operation: OperationName
    name: SubscriptionName
    filters: Annotated[tuple[EventFilter, ...], Meta(max_length=20)] = ()
    callback: Address = ""


class EndSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """End a subscription of the own administration; what waits in its box stays there."""

    provider: Country
    service: ServiceName
    version: Version
    name: SubscriptionName


class PublishedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a subscriber gets it. ``sequence`` counts the events of the subscription from 1, without gaps."""

    subscription: str
    sequence: int
    provider: str
    service: str
    version: int
    operation: str
    published: Machine
    form: Form
    body: Body
