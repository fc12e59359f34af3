"""The messages of ebMS 3 as values: user messages, and the signals receipt, error and pull request."""

from __future__ import annotations

from dataclasses import dataclass, field

from douane.standards.as4 import names


@dataclass(frozen=True, slots=True)
class PartyId:
    """An identifier of a party and the URI that says of which kind it is."""

    value: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an exchange in its role."""

    id: PartyId
    role: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A value with an optional type: a service, an agreement."""

    value: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A message or part property."""

    name: str
    value: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class PartInfo:
    """What the header says of one payload: its Content-ID and properties."""

    content_id: str
    properties: tuple[Property, ...] = ()

    def value_of(self, name: str) -> str:
        """The value of a property, empty when it is absent."""
        return next((p.value for p in self.properties if p.name == name), "")

    @property
    def compressed(self) -> bool:
        """Whether the part is gzip of what ``MimeType`` names."""
        return bool(self.value_of(names.COMPRESSION_TYPE))


@dataclass(frozen=True, slots=True)
class UserMessage:
    """A business message. ``timestamp`` in microseconds since 1970 (UTC), sent with milliseconds.

    mpc: the message partition channel; absent on the wire means the default one. agreement: None without AgreementRef.
    """

    id: str
    timestamp: int
    sender: Party
    receiver: Party
    service: Typed
    action: str
    conversation_id: str
    agreement: Typed | None = None
    mpc: str = names.DEFAULT_MPC
    ref_to: str = ""
    properties: tuple[Property, ...] = ()
    parts: tuple[PartInfo, ...] = ()

    @property
    def is_test(self) -> bool:
        """Whether it is a message of the test service, which is receipted and never delivered."""
        return self.service.value == names.TEST_SERVICE and self.action == names.TEST_ACTION

    def value_of(self, name: str) -> str:
        """The value of a message property, empty when it is absent."""
        return next((p.value for p in self.properties if p.name == name), "")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Asks for the next message of a channel."""

    id: str
    timestamp: int
    mpc: str = names.DEFAULT_MPC


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says that a message arrived. ``references``: each ``ds:Reference`` of its signature, in canonical form."""

    id: str
    timestamp: int
    ref_to: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EbmsError:
    """One error of a signal. ``detail``: what a person needs to mend it."""

    code: str
    severity: str
    category: str
    short: str
    description: str = ""
    detail: str = ""
    ref_to: str = ""

    @property
    def fails(self) -> bool:
        """Whether it is more than a warning."""
        return self.severity.lower() != "warning"


@dataclass(frozen=True, slots=True)
class ErrorSignal:
    """Says that something went wrong."""

    id: str
    timestamp: int
    ref_to: str
    errors: tuple[EbmsError, ...] = field(default=())


Message = UserMessage | PullRequest | Receipt | ErrorSignal
