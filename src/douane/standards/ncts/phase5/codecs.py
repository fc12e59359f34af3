"""Finds reader, writer and layout of a message type, loading their modules when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from douane.standards.ncts.binding.layout import Layout
from douane.standards.ncts.binding.runs import Starts
from douane.standards.ncts.phase5.generated import MESSAGES
from douane.standards.ncts.phase5.generated.group import Message
from douane.vocabulary.errors import Fault, UnknownMessageType

GENERATED = "douane.standards.ncts.phase5.generated"
NAMES = frozenset(MESSAGES)


@dataclass(frozen=True, slots=True)
class Codec:
    """What belongs to one message type."""

    struct: type[Message]
    layout: Layout
    read: Callable[[str, Starts, int, str | None], tuple[Message, int]]
    write: Callable[[Message], str]


@cache
def codec(name: str) -> Codec:
    """The codec of a message type. Raises UnknownMessageType."""
    if name not in NAMES:
        raise unknown(name, "Send one of the 91 message types of NCTS phase 5.")
    module = name.lower()
    structs, readers = import_module(f"{GENERATED}.{module}"), import_module(f"{GENERATED}.codec.{module}")
    return Codec(
        getattr(structs, name),
        getattr(readers, f"L_{name}"),
        getattr(readers, f"read_{module}"),
        getattr(structs, f"write_{module}"),
    )


def unknown(name: str, remedy: str) -> UnknownMessageType:
    """The refusal of a root that is none of the family."""
    fault = Fault("/" + name, "15", remedy, value=name)
    return UnknownMessageType(f"No message type {name[:64]} is known.", remedy=remedy, faults=(fault,))
