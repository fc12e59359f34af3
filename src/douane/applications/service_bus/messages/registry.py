"""Messages about services of the bus: offers, decisions, consumers, the life of a version; what the registry shows."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

import msgspec
from msgspec import Meta

Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration")]
ServiceName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{1,39}\Z", title="Name of a service")]
OperationName = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{1,39}\Z", title="Name of an operation")]
Version = Annotated[int, Meta(ge=1, le=999, title="Version of a service")]
Text = Annotated[str, Meta(max_length=512)]
Address = Annotated[str, Meta(max_length=512, title="HTTPS address; empty: messages wait to be collected")]
Pointer = Annotated[str, Meta(max_length=256, title="JSON pointer")]


class Form(enum.Enum):
    """How the body of a message is written."""

    JSON = "json"
    XML = "xml"


class Pattern(enum.Enum):
    """The message exchange pattern of an operation."""

    REQUEST = "request_response"  # answered within the time limit of the service's level
    ONE_WAY = "one_way"  # taken at once, answered later or not at all
    PUBLISH = "publish"  # the provider tells subscribers


class Class(enum.Enum):
    """The level of a service."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"


class State(enum.Enum):
    """Where the version of a service that one administration provides stands in its life."""

    ASKED = "asked"  # offered by its provider, not yet approved
    OFFERED = "offered"
    DEPRECATED = "deprecated"
    RETIRED = "retired"
    REFUSED = "refused"
    PLANNED = "planned"


class Content(msgspec.Struct, frozen=True):
    """What a body must look like: valid by a schema (JSON Schema, XML Schema), or a message type of the platform."""

    form: Form
    schema: Annotated[str, Meta(max_length=262_144)] = ""
    message: Annotated[str, Meta(max_length=60)] = ""


class MovedPart(msgspec.Struct, frozen=True):
    """What stands at ``old`` in this version stands at ``new`` in the later one."""

    old: Pointer
    new: Pointer


class ConstantPart(msgspec.Struct, frozen=True):
    """What this version does not say and the later one says at ``at``; ``value`` is JSON text."""

    at: Pointer
    value: Annotated[str, Meta(max_length=1024)]


class Steps(msgspec.Struct, frozen=True):
    """A reversible translation of a JSON body to the later version."""

    moves: Annotated[tuple[MovedPart, ...], Meta(max_length=200)] = ()
    constants: Annotated[tuple[ConstantPart, ...], Meta(max_length=50)] = ()


class OfferedOperation(msgspec.Struct, frozen=True, kw_only=True):
    """An operation of an offered service; ``within``: seconds until an answer to a one-way message is overdue.

    ``request_steps`` and ``answer_steps`` matter where the version is served by a later one.
    """

    name: OperationName
    title: Text = ""
    pattern: Pattern
    takes: Content
    answers: Content | None = None
    within: Annotated[int, Meta(ge=1, le=2_592_000)] = 86_400
    request_steps: Steps = Steps()
    answer_steps: Steps = Steps()


class ProvidedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """The version of a service that one administration provides: what every message about it names first."""

    provider: Country
    service: ServiceName
    version: Version


class ServiceOffer(ProvidedVersion, frozen=True, kw_only=True):
    """An administration offers a version of a service of its own; ``provider`` is itself.

    open: every administration may call it unasked. served_by: the later version, of the same provider, that serves this
    one by translation; 0: it is served as it is.
    """

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    level: Class
    operations: Annotated[tuple[OfferedOperation, ...], Meta(min_length=1, max_length=100)]
    legal: Annotated[tuple[Text, ...], Meta(max_length=20)] = ()
    address: Address = ""
    open: bool = False
    served_by: Annotated[int, Meta(ge=0, le=999)] = 0


class OfferDecision(ProvidedVersion, frozen=True, kw_only=True):
    """The operator of the bus approves an offer or refuses it.

    networks: networks beyond the public ones that addresses of this service and of its consumers may lie in.
    """

    approved: bool
    reason: Text = ""
    networks: Annotated[tuple[Text, ...], Meta(max_length=20)] = ()


class ConsumerRequest(ProvidedVersion, frozen=True, kw_only=True):
    """An administration asks to consume a version; ``callback``: where its answers are pushed, empty for its inbox."""

    callback: Address = ""


class ConsumerDecision(ProvidedVersion, frozen=True, kw_only=True):
    """The provider permits a consumer, or ends its permission."""

    consumer: Country
    permitted: bool


class ServiceMove(ProvidedVersion, frozen=True, kw_only=True):
    """The provider moves: another address, or none, so that requests wait to be collected. Consumers notice nothing."""

    address: Address = ""


class LifeChange(ProvidedVersion, frozen=True, kw_only=True):
    """The provider deprecates a version (``sunset``: until when it is served at least), or retires it."""

    retired: bool = False
    sunset: dt.date | None = None
    successor: Annotated[int, Meta(ge=0, le=999)] = 0


class ServiceChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked is done; ``state`` is where the version or the consumer stands now."""

    provider: str
    service: str
    version: int
    state: str
    consumer: str = ""


class ServiceNotChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was changed; each reason says what to do."""

    provider: str
    service: str
    version: int
    reasons: tuple[str, ...]


# --- the registry


class ServiceQuery(msgspec.Struct, frozen=True):
    """A page of the registry: services after a cursor that a former page gave."""

    after: Annotated[str, Meta(max_length=60)] = ""
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


class ServiceKey(msgspec.Struct, frozen=True):
    """One version of a service."""

    service: Annotated[str, Meta(max_length=60)]
    version: Version = 1


class RegisteredOperation(msgspec.Struct, frozen=True, kw_only=True):
    """An operation as the registry shows it; ``endpoint`` is where it is called on the bus."""

    name: str
    title: str
    pattern: str
    endpoint: str
    request: str
    answer: str = ""
    takes: Content | None = None
    answers: Content | None = None


class RegisteredProvider(msgspec.Struct, frozen=True, kw_only=True):
    """Who provides it: hosted at the centre, or an administration, which is called or collects.

    ``address`` is shown to the provider and to the operator of the bus only.
    """

    administration: str
    state: State
    delivery: str
    address: str = ""


class RegisteredConsumer(msgspec.Struct, frozen=True, kw_only=True):
    """Who may consume it (declared, asked, permitted, refused) or does (seen: an administration that calls a service of
    the centre), and the last day on which it was seen doing so."""

    name: str
    state: str
    provider: str = ""
    seen: dt.date | None = None


class RegisteredService(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a service: what it is, in which state, by whom and for whom.

    ``seconds`` is the time limit of its level for a request and its response.
    """

    service: str
    version: int
    title: str
    level: Class
    seconds: int
    state: State
    providers: tuple[RegisteredProvider, ...]
    consumers: tuple[RegisteredConsumer, ...] = ()
    operations: tuple[RegisteredOperation, ...] = ()
    legal: tuple[str, ...] = ()
    sunset: dt.date | None = None
    successor: int = 0


class ServicePage(msgspec.Struct, frozen=True):
    """A page of the registry, and the cursor of the next one: empty at the end."""

    services: tuple[RegisteredService, ...]
    after: str = ""
