"""What an envelope says of its message is what the message says itself: asked by the core of what it read over a link.

A door names a message by its identification, by what it answers, by its case and by whose business it is; the core
files it under these names, and answers under them. A door that was taken over says what it likes, so where the message
says it too, the message is right (decision 0280).
"""

from __future__ import annotations

from typing import Any

from douane.model.circles import ActorKind
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.envelope import Envelope


def misnamed(catalogue: Catalogue, envelope: Envelope, message: Any) -> str:
    """What an envelope says otherwise than its message; empty for nothing. Never raises."""
    try:
        return _misnamed(catalogue, envelope, message)
    except Exception:  # noqa: BLE001 - a message of which nobody can tell whose it is comes from no door of ours
        return "whose business it is"


def _misnamed(catalogue: Catalogue, envelope: Envelope, message: Any) -> str:
    origin, family, about = envelope.origin, catalogue.family(type(message)), ""
    if family is not None:
        identification, about = family.identification(message), family.case(message)
        if identification and identification != origin.id:
            return "its identification"
        if family.correlation(message) != origin.correlation:
            return "what it answers"
    if about != envelope.about:
        return "its case"
    operation, administration = catalogue.operations.get(envelope.operation), origin.caller.administration
    if operation is not None and origin.caller.kind is not ActorKind.OFFICER:
        administration = catalogue.administration_of(operation, message)
    return "whose business it is" if administration != envelope.administration else ""
