"""The published message families that services declare: their wire form comes from a standard, not from us."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Sequence
from typing import Any

from douane.model.declare import MessageFamily


@functools.cache
def _phase5() -> Any:  # loaded when the first message is read: 91 types, none of them needed to build the model
    return importlib.import_module("douane.standards.ncts.phase5")


def _types() -> Sequence[type]:
    family = _phase5()
    return [getattr(family, each.code) for each in family.family()]


def _official(message: type) -> bool:
    return any(each.code == message.__name__ and each.official for each in _phase5().family())


NCTS5 = MessageFamily(
    name="NCTS phase 5",
    types=_types,
    read=lambda data: _phase5().read(data),
    write=lambda message: _phase5().write(message),
    official=_official,
    identification=lambda message: str(message.message_identification),
    correlation=lambda message: message.correlation_identifier or "",
    sender=lambda message: str(message.message_sender),
    recipient=lambda message: str(message.message_recipient),
    namespace="http://ncts.dgtaxud.ec",
    schema=lambda names: importlib.import_module("douane.standards.ncts.phase5.reading").schema(names),
)
"""NCTS phase 5: 91 messages; the common-domain ones are derived from published layouts, not official schemas."""
