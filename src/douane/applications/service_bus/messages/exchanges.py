"""Messages of an exchange on the bus: the call, the request to its provider, the reply, what the caller is told."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.service_bus.messages.registry import Address, Form, OperationName, ServiceName, Text, Version
from douane.author import Machine

Reference = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z", title="Reference of an exchange")]
Body = Annotated[str, Meta(max_length=8_388_608, title="JSON or XML text", extra={"confidential": True})]


class Stage(enum.Enum):
    """Where an exchange stands. All but ``waiting`` are ends, and each exchange has one end."""

    WAITING = "waiting"
    TAKEN = "taken"  # handed to the provider's queue; no answer belongs to it
    ANSWERED = "answered"
    REFUSED = "refused"  # by the bus, or by the provider
    LATE = "late"  # no answer came within the time limit


class ServiceCall(msgspec.Struct, frozen=True, kw_only=True):
    """Call an operation that an administration provides. ``provider`` matters where several provide the version.

    wait: the caller waits at the door, so the answer is kept for it alone; otherwise it is pushed or collected.
    """

    service: ServiceName
    version: Version
    operation: OperationName
    form: Form
    body: Body
    provider: Annotated[str, Meta(max_length=2)] = ""
    wait: bool = False


class ServiceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider gets; it replies under the reference until ``due``."""

    reference: Reference
    consumer: str
    service: ServiceName
    version: Version
    operation: OperationName
    form: Form
    body: Body
    due: Machine


class ServiceReply(msgspec.Struct, frozen=True, kw_only=True):
    """The provider's reply: an answer by the contract, or (``refused``) why there is none."""

    reference: Reference
    form: Form = Form.JSON
    body: Body = ""
    refused: bool = False


class ExchangeChanged(msgspec.Struct, frozen=True):
    """The reply is taken; where the exchange stands."""

    reference: str
    stage: Stage


class ExchangeNotChanged(msgspec.Struct, frozen=True):
    """The reply changed nothing; each reason says why."""

    reference: str
    reasons: tuple[str, ...]


class ContractFault(msgspec.Struct, frozen=True):
    """One place where a body breaks its contract."""

    pointer: str
    remedy: str
    line: int = 0


class ServiceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The end of an exchange as its caller is told: the provider's answer, or a refusal with its code and faults."""

    reference: Reference
    service: str
    version: int
    operation: str
    provider: str
    stage: Stage
    form: Form = Form.JSON
    body: Body = ""
    code: str = ""
    detail: str = ""
    remedy: str = ""
    faults: tuple[ContractFault, ...] = ()


class ExchangeQuery(msgspec.Struct, frozen=True):
    """One exchange, asked by its consumer or its provider."""

    reference: Reference


class ShownExchange(msgspec.Struct, frozen=True, kw_only=True):
    """Where an exchange stands; ``seconds`` are left until its time limit, dates are those of the version called.

    wait: its end is told in a box of its own, for a caller at the door.
    """

    reference: str
    consumer: str
    provider: str
    service: str
    version: int
    operation: str
    stage: Stage
    wait: bool = False
    seconds: float = 0.0
    answer: ServiceAnswer | None = None
    deprecated: dt.date | None = None
    sunset: dt.date | None = None
    successor: int = 0


class ConsumerSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A consumer called a version, for the first time on this day."""

    provider: str
    service: str
    version: int
    consumer: str
    day: dt.date


class EndpointQuery(msgspec.Struct, frozen=True):
    """Where a lane of the bus leads now: ``PROVIDER/SERVICE/vN``, or with a consumer behind it to
    its callback, with one of its subscriptions behind that to the subscription's."""

    key: Annotated[str, Meta(max_length=120, pattern=r"\A[^/]+/[^/]+/v[0-9]{1,5}(/.+)?\Z")]


class Endpoint(msgspec.Struct, frozen=True):
    """An address, and the networks beyond the public ones that it may lie in; no address: messages are collected."""

    address: Address
    networks: tuple[Text, ...]
