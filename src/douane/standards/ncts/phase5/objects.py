"""Messages of phase 5 as JSON, and the check of messages made by hand."""

from __future__ import annotations

from typing import TypeVar, cast

import msgspec

from douane.standards.ncts.binding.checking import faults_of
from douane.standards.ncts.binding.collecting import MOST_FAULTS
from douane.standards.ncts.binding.kinds import EndOfDay
from douane.standards.ncts.binding.objects import ObjectReading, parse
from douane.standards.ncts.phase5.codecs import codec
from douane.standards.ncts.phase5.generated import PHASES
from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.reading import LIMITS
from douane.vocabulary.errors import Fault, NotValid, UnknownMessageType

M = TypeVar("M", bound=Message)


def _hook(value: object) -> object:
    if isinstance(value, EndOfDay):
        return value.isoformat()
    raise TypeError(f"no JSON form: {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_hook)


def to_json(message: Message) -> bytes:
    """The message as a JSON object whose one key names the type; decimals are texts, so that no digit is lost."""
    return _ENCODER.encode({type(message).__name__: message})


def from_json(kind: type[M], data: bytes) -> M:
    """The message in a JSON object; ``Message`` as ``kind`` takes any type that the one key names.

    The inner object alone will do where ``kind`` is a message type. Raises NotWellFormed, TooLarge,
    UnknownMessageType, or NotValid with every fault and its JSON pointer.
    """
    value = parse(data, LIMITS.size)
    name = "" if kind is Message else kind.__name__
    pointer = ""
    if isinstance(value, dict) and len(value) == 1:
        key = next(iter(value))
        root = key.rpartition(":")[2]
        if not name or root == name:
            name, pointer, value = root, "/" + key.replace("~", "~0").replace("/", "~1"), value[key]
    if not name:
        remedy = 'Send one object whose only key names the message type: {"CC015C": {...}}.'
        raise UnknownMessageType("No message type is named.", remedy=remedy, faults=(Fault("", "15", remedy),))
    reading = ObjectReading(PHASES)
    message = reading.message(value, codec(name).layout, pointer)
    if message is None:
        count = len(reading.faults)
        text = f"The {name} breaks its schema in {count} place{'s' * (count > 1)}."
        raise NotValid(text, remedy="Mend each place named.", faults=tuple(reading.faults))
    return cast("M", message)  # the codec of a name makes the struct of that name


def check(message: Message) -> tuple[Fault, ...]:
    """Every fault that a receiver would find in what ``write`` makes of ``message``; empty if it is valid."""
    known = codec(type(message).__name__)
    found = list(faults_of(message, known.layout, f"/{known.layout.tag}"))
    if message.phase_id is not None and message.phase_id not in PHASES:
        found.append(Fault(f"/{known.layout.tag}/@PhaseID", "12", f"Give one of: {', '.join(PHASES)}."))
    return tuple(found[:MOST_FAULTS])
