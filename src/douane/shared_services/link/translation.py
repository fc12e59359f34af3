"""What requests and answers of the link carry, as msgpack; errors of the tree by their code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from douane.model.caller import Caller
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.link import Published, Question, Reader
from douane.runtime.store.bodies import Codec
from douane.runtime.store.envelope import Arrival, Envelope, Receipt, SentRow, pack_faults, unpack_faults
from douane.runtime.store.origin import Media, digest_of
from douane.shared_services.link.frames import Failure
from douane.vocabulary import errors
from douane.vocabulary.code_lists import Entry
from douane.vocabulary.errors import DouaneError, Elsewhere, LinkViolation, Overloaded, TooMany, UnderMaintenance

SUBMIT: Final = "submit"
ASK: Final = "ask"
COLLECT: Final = "collect"
ACKNOWLEDGE: Final = "acknowledge"
CLAIM: Final = "claim"
NOTE: Final = "note"
NOTED: Final = "noted"
STATUS: Final = "status"
CAME_IN: Final = "came_in"
SEALING: Final = "sealing"
PUBLISHED: Final = "published"
APPROVED: Final = "approved"
HANDED: Final = "handed"
COUNTED: Final = "counted"
Figure = tuple[str, tuple[str, ...], float]
"""What a door counted since it told last: metric, labels, how many."""

_encode = msgspec.msgpack.Encoder().encode


def packed(value: Any) -> msgspec.Raw:
    """A value as the content of a frame."""
    return msgspec.Raw(_encode(value))


def _reading(kind: Any) -> Callable[[msgspec.Raw], Any]:
    decode = msgspec.msgpack.Decoder(kind, strict=True).decode

    def read(content: msgspec.Raw) -> Any:
        try:
            return decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise LinkViolation(f"The content of a frame is not what it should be: {problem}.") from problem

    return read


_submission = _reading(tuple[Envelope])
_question = _reading(tuple[str, str, Caller, frozenset[str], msgspec.Raw])
_of_a_stranger = _reading(tuple[str, str, Caller, frozenset[str], msgspec.Raw, str])
_FIVE: Final = 0x95
"""How msgpack begins an array of five: a question of somebody who is known, and every one of a former release."""
read_receipt: Callable[[msgspec.Raw], Receipt] = _reading(Receipt)
read_collect: Callable[[msgspec.Raw], tuple[Reader, str, int, float]] = _reading(tuple[Reader, str, int, float])
read_acknowledge: Callable[[msgspec.Raw], tuple[Reader, str, str]] = _reading(tuple[Reader, str, str])
read_claim: Callable[[msgspec.Raw], tuple[Reader, list[str], int]] = _reading(tuple[Reader, list[str], int])
read_note: Callable[[msgspec.Raw], tuple[Reader, str, bytes]] = _reading(tuple[Reader, str, bytes])
read_noted: Callable[[msgspec.Raw], tuple[str, bytes]] = _reading(tuple[str, bytes])
read_claimed: Callable[[msgspec.Raw], tuple[str, str, str]] = _reading(tuple[str, str, str])
read_asked_status: Callable[[msgspec.Raw], tuple[Reader, str, str, int]] = _reading(tuple[Reader, str, str, int])
read_status: Callable[[msgspec.Raw], MessageStatus] = _reading(MessageStatus)
read_counted: Callable[[msgspec.Raw], list[Figure]] = _reading(list[Figure])
read_came_in: Callable[[msgspec.Raw], tuple[Caller, str]] = _reading(tuple[Caller, str])
read_published: Callable[[msgspec.Raw], Published] = _reading(tuple[dict[str, int], str, tuple[Entry, ...]])
read_approved: Callable[[msgspec.Raw], dict[str, tuple[str, ...]]] = _reading(dict[str, tuple[str, ...]])
read_asked_file: Callable[[msgspec.Raw], tuple[str, str]] = _reading(tuple[str, str])
read_handed: Callable[[msgspec.Raw], bytes] = _reading(bytes)
read_sealing: Callable[[msgspec.Raw], tuple[bytes, ...]] = _reading(tuple[bytes, ...])
read_item: Callable[[msgspec.Raw], str] = _reading(str)
_page = _reading(tuple[list[tuple[int, SentRow]], str])


def arrival(value: Arrival) -> msgspec.Raw:
    """An envelope. Its message stays behind: the core reads the body itself, and believes no door what it says."""
    return packed((value.envelope,))


def read_arrival(content: msgspec.Raw) -> Arrival:
    """An envelope as the core takes it. The digest is computed again: known ids are compared by it."""
    (envelope,) = _submission(content)
    said = envelope.content
    if said.codec is not Codec.PLAIN or digest_of(said.body, said.attachments) != said.digest:
        raise LinkViolation("The digest of an envelope is not that of its content.")
    return Arrival(envelope)


def _typed(catalogue: Catalogue, name: str, content: msgspec.Raw) -> Any:
    """A value of a message type. Raises LinkViolation, or UnknownMessageType."""
    try:
        return catalogue.decode("", name, Media.VALUE, bytes(content))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise LinkViolation(f"What a frame carries is no {name[:40]}.") from problem


def question(value: Question) -> msgspec.Raw:
    """A query."""
    said = (value.operation, value.administration, value.caller, value.roles, value.request)
    return packed((*said, value.stranger) if value.stranger else said)


def read_question(content: msgspec.Raw, catalogue: Catalogue) -> Question:
    """A query as the core answers it."""
    known = bytes(content)[:1] == bytes((_FIVE,))
    operation, administration, caller, roles, raw, stranger = (
        (*_question(content), "") if known else _of_a_stranger(content)
    )
    request = _typed(catalogue, catalogue.operation(operation).request.__name__, raw)
    return Question(operation, administration, caller, roles, request, stranger=stranger)


def read_answer(content: msgspec.Raw, catalogue: Catalogue, operation: str) -> Any:
    """The typed answer to a query."""
    (kind,) = catalogue.operation(operation).replies
    return _typed(catalogue, kind.__name__, content)


def page(items: Sequence[Item], cursor: str) -> msgspec.Raw:
    """A page of an inbox; bodies cross as they are kept, compressed."""
    return packed(([(item.position, item.row) for item in items], cursor))


def read_page(content: msgspec.Raw) -> tuple[list[Item], str]:
    """A page of an inbox as a door shows it."""
    rows, cursor = _page(content)
    return [Item(position, row, row.content.octets) for position, row in rows], cursor


# --- errors

_KNOWN: Final = {
    kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DouaneError)
}


def failure(id: int, error: DouaneError) -> Failure:
    """An error on its way to the other end."""
    number = error.after if isinstance(error, Overloaded | TooMany) else 0
    number = error.partition if isinstance(error, Elsewhere) else number
    notices = error.notices if isinstance(error, UnderMaintenance) else ()
    return Failure(id, error.code, error.text, error.remedy, pack_faults(error.faults), number, notices, error.why)


def error_of(frame: Failure) -> DouaneError:
    """The same error at this end; one of an unknown code (a newer release) is the root's."""
    kind = _KNOWN.get(frame.code, DouaneError)
    if kind is Elsewhere:
        return Elsewhere(frame.number)
    error = kind(frame.text, remedy=frame.remedy, faults=unpack_faults(frame.faults))
    error.why = frame.why
    if isinstance(error, Overloaded | TooMany) and frame.number:
        error.after = frame.number
    if isinstance(error, UnderMaintenance):
        error.notices = frame.notices
    return error
