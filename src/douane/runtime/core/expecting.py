"""Expectations: which token waits for whose answer, and what ends that.

An expectation is made when a question leaves the node, and lies under the question's identification. It names whom was
asked and which types are an answer. It ends in the unit of work that takes an answer or a refusal of the question, that
sees its delivery expire, or that ends the token. Anything else that names a question is an ordinary message under its
own admission: a guessed or stolen identification gains nothing.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from douane.model.caller import OFFICE_OF, Caller
from douane.model.circles import ActorKind
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, ReplyTo
from douane.runtime.store.ports import Log
from douane.runtime.store.records import Asking, Expectation, kind_of

PLACE: Final = 16
BEYOND: Final = 1 << 63
"""Digits of a place in a log, and where no place is."""
_EXPECTATION = kind_of(Expectation)
_ASKING = kind_of(Asking)


def expect(tick: Overlay, correlation: str, asked: tuple[str, str], waits: ReplyTo, administration: str) -> None:
    """Remember that a token waits. ``asked``: the party and the operation; ``administration``: whose case asks."""
    party, operation = asked
    behaviour = tick.owner.ports.behaviour
    bound = behaviour.handlers.get(operation) or behaviour.queries.get(operation)
    replies = tuple(each.__name__ for each in bound.operation.replies) if bound is not None else ()
    expectation = Expectation(waits.subject, waits.process, waits.node, waits.token, party, operation, replies)
    tick.change(_EXPECTATION, _key(tick, correlation), expectation)
    tick.change(_ASKING, _beside(tick, administration, waits), Asking(correlation))


def waiting(tick: Overlay, correlation: str, caller: Caller, message: Any) -> ReplyTo | None:
    """The token that waits for this message from this caller."""
    found = _expectation(tick, correlation)
    if found is None or not _asked(found, caller) or not _answers(tick, found, type(message)):
        return None
    return ReplyTo(found.subject, found.process, found.node, found.token)


def _asked(found: Expectation, caller: Caller) -> bool:
    """Whether it is who was asked: himself, or a system for an administration that it serves (``Registry.speaks``)."""
    hosted = caller.kind is ActorKind.MEMBER_STATE and caller.via not in ("", UNION)
    return found.party == caller.name or (hosted and found.party == f"{OFFICE_OF}{caller.via}")


def asking_administration(tick: Overlay, correlation: str) -> str:
    """Whose case sent a question that is known by its place in the log, as those without a family's own number are.

    Empty for what names none: who answers may name anything.
    """
    position = place_of(correlation)
    (raw,) = tick.owner.ports.store.read_log(Log.SENT, [position]) if position else (None,)
    return SENT.read(raw).administration if raw is not None else ""


def place_of(correlation: str) -> int:
    """The place in a log that a text names; 0 for what names none."""
    try:
        position = int(correlation, 16) if len(correlation) <= PLACE else 0
    except ValueError:
        return 0
    return position if 0 < position < BEYOND else 0


def _answers(tick: Overlay, found: Expectation, message: type) -> bool:
    """Whether a type is an answer to what was asked: one of its operation, where this node has that; else by name."""
    behaviour = tick.owner.ports.behaviour
    bound = behaviour.handlers.get(found.operation) or behaviour.queries.get(found.operation)
    if bound is not None:
        return message in bound.operation.replies
    return tick.owner.ports.codecs.name_of(message) in found.replies or message.__name__ in found.replies


def refused(tick: Overlay, correlation: str, caller: Caller, message: Any, administration: str) -> None:
    """End an expectation where whom was asked says that the question cannot be taken (IE906, IE917)."""
    found = _expectation(tick, correlation)
    if found is not None and _asked(found, caller) and tick.owner.ports.codecs.tells_of_error(type(message).__name__):
        ended(tick, correlation, administration)


def asked_of(tick: Overlay, correlation: str, party: str) -> None:
    """A question went to another than it was meant for first: his answer is awaited."""
    found = _expectation(tick, correlation)
    if found is not None and found.party != party:
        tick.change(_EXPECTATION, _key(tick, correlation), msgspec.structs.replace(found, party=party))


def ended(tick: Overlay, correlation: str, administration: str) -> None:
    """Nobody waits for an answer to this question any more."""
    found = _expectation(tick, correlation)
    if found is not None:
        waits = ReplyTo(found.subject, found.process, found.node, found.token)
        tick.change(_EXPECTATION, _key(tick, correlation), GONE)
        tick.change(_ASKING, _beside(tick, administration, waits), GONE)


def _expectation(tick: Overlay, correlation: str) -> Expectation | None:
    """An expectation; one of a former release with what its question tells."""
    if not correlation:
        return None
    found: Expectation | None = tick.record(_EXPECTATION, _key(tick, correlation))
    return found if found is None or found.party else _completed(tick, correlation, found)


def _completed(tick: Overlay, correlation: str, found: Expectation) -> Expectation | None:
    """Release 0.1 kept the token alone: whom was asked and what stands in the log of sent messages."""
    behaviour, store = tick.owner.ports.behaviour, tick.owner.ports.store
    prefix = keys.SUBJECT + keys.u16(tick.partition) + keys.u64(found.subject) + b"s"
    positions = [int.from_bytes(key[-8:], "big") for key, _ in store.scan(prefix, keys.after(prefix), 1000)]
    for raw in store.read_log(Log.SENT, positions):
        row = SENT.read(raw) if raw is not None else None
        if row is not None and row.id == correlation:
            asked = [h.operation for h in behaviour.handlers.values() if h.operation.request.__name__ == row.type]
            replies = tuple(reply.__name__ for operation in asked for reply in operation.replies)
            operation = asked[0].qualified if asked else ""
            return Expectation(found.subject, found.process, found.node, found.token, row.party, operation, replies)
    return None


def _key(tick: Overlay, correlation: str) -> bytes:
    return keys.space(keys.EXPECT, tick.partition) + correlation.encode()


def _beside(tick: Overlay, administration: str, waits: ReplyTo) -> bytes:
    return keys.record_key(tick.partition, administration, waits.subject, _ASKING.number, local_of(waits))


def local_of(waits: ReplyTo) -> bytes:
    """Under which local key it is kept, beside a token, what that token asked."""
    return f"{waits.process}:{waits.node}:{waits.token}".encode()
