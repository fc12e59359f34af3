"""The catalogue of phase 5: 91 message types, 33 of them with an official schema."""

from __future__ import annotations

from functools import cache

from douane.standards.ncts.binding import catalogue as any_phase
from douane.standards.ncts.binding.catalogue import Field
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message

MessageType = any_phase.MessageType[Message]
__all__ = ["Field", "MessageType", "family"]


@cache
def family() -> tuple[MessageType, ...]:
    """All message types, by code."""
    return any_phase.catalogue(CODECS)
