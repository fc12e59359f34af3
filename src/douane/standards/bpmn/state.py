"""What the engine takes and gives: the state of an instance, the events that move it, the actions it asks for.

Every number is a node of the definition or a token. A token's number is its identity and its version: whenever a token
reaches a place where it waits, it gets the next number, so an event that names an older one is recognised as stale.
"""

from __future__ import annotations

from typing import Final

import msgspec

from douane.standards.bpmn.definition import Kind


class State(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One instance. ``tokens`` is flat: place, scope, number; and again for the next token.

    A place below the number of nodes is a node; above it, number of nodes + flow is a token that waits before a join.
    The scope is the number of the token that stands at the sub-process, 0 for the process itself.
    """

    definition: int
    serial: int
    tokens: tuple[int, ...]

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return not self.tokens


# --- events ---------------------------------------------------------------------------------------------------------


class Completed(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The task at ``node`` is done (service, send, user, business rule)."""

    node: int
    token: int


class Message(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A message arrived. It goes to the token that has waited longest for it, or to ``token`` where that is given."""

    name: str
    token: int = 0


class TimerFired(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The timer of ``node``, set for ``token``, is due."""

    node: int
    token: int


class Errored(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The task at ``node`` ended with a business error, to be caught by a boundary event."""

    node: int
    token: int
    error: str


class Retried(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Try the place of an incident again (a gateway without a way on, a start that did not come to rest)."""

    node: int
    token: int


Event = Completed | Message | TimerFired | Errored | Retried

# --- actions --------------------------------------------------------------------------------------------------------


class Enter(msgspec.Struct, frozen=True, gc=False):
    """A token reached a task: do what its kind says, then send Completed (a receive task waits for its message)."""

    node: int
    token: int
    kind: Kind


class Withdraw(msgspec.Struct, frozen=True, gc=False):
    """The task was cancelled before it was done; a late Completed is ignored."""

    node: int
    token: int


class SetTimer(msgspec.Struct, frozen=True, gc=False):
    """Send TimerFired(node, token) when ``expression`` (a duration or a deadline function) is due."""

    node: int
    token: int
    expression: str


class CancelTimer(msgspec.Struct, frozen=True, gc=False):
    """The timer is not needed any more. One that fired is consumed and not cancelled."""

    node: int
    token: int


class Subscribe(msgspec.Struct, frozen=True, gc=False):
    """The token waits for a message."""

    node: int
    token: int
    message: str


class Unsubscribe(msgspec.Struct, frozen=True, gc=False):
    """The token waits no more. A subscription whose message came is consumed and not withdrawn."""

    node: int
    token: int
    message: str


class Throw(msgspec.Struct, frozen=True, gc=False):
    """A throw or end event sends a message; the token has already gone on."""

    node: int
    message: str


class Ended(msgspec.Struct, frozen=True, gc=False):
    """The instance is over. ``node`` is the end event that ended it, ``error`` its code where it was an error."""

    node: int
    error: str = ""


class Incident(msgspec.Struct, frozen=True, gc=False):
    """The instance cannot go on by itself. Token 0: the event was not applied; else Retried tries again."""

    node: int
    token: int
    reason: str


class Ignored(msgspec.Struct, frozen=True, gc=False):
    """The event was stale or met nobody; the state is unchanged."""

    reason: str


Action = Enter | Withdraw | SetTimer | CancelTimer | Subscribe | Unsubscribe | Throw | Ended | Incident | Ignored

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(State)


def encode(state: State) -> bytes:
    """The state as bytes."""
    return _ENCODER.encode(state)


def decode(data: bytes) -> State:
    """The state again. Raises msgspec.DecodeError for foreign bytes."""
    return _DECODER.decode(data)
