"""What release 0.1 wrote of messages, read as this release has it.

That release kept the sender by name, the circle not at all, and the kind of a row in the form of its operation. This is
the only place that reads a kind from the form of a name; what cannot be told is left unknown, which gives no right.
Each function takes the fields of a stored array in their order and returns those of version 2.
"""

from __future__ import annotations

from typing import Any, Final

from douane.model.caller import FORMER_DELEGATE, INNER, OFFICE_OF, VIA_CORE, PartyKind, Strength
from douane.model.circles import ActorKind, Circle
from douane.runtime.store.bodies import former_codec

_TURNED_AWAY: Final = "!"
_RELAY: Final = "@relay:"
_FEED: Final = "feed:"
_SEALED: Final = 1
_OF_PLATFORM: Final = {
    "speed2": (ActorKind.TRADER, Circle.UNTRUSTED, PartyKind.TRADER),
    "ccn2": (ActorKind.OFFICER, Circle.TRUSTED, PartyKind.STAFF),
    "ccn_csi": (ActorKind.MEMBER_STATE, Circle.TRUSTED, PartyKind.STAFF),
    "cdco": (ActorKind.COMMISSION, Circle.TRUSTED, PartyKind.STAFF),
    "operations": (ActorKind.OPERATOR, Circle.INTERNAL, PartyKind.STAFF),
}
"""As what a sender counts that is no administration, by the platform it entered by."""


def journal_row(fields: list[Any]) -> list[Any]:
    """A row of the journal."""
    (
        subject, operation, id, sender, administration, media, body, digest, received, salt, leaf, platform, channel,
        acting_for, trace, correlation, conflict, reply_to, answers, cause, relay_to, attachments, transmission, faults,
    ) = _whole(fields, "", "", "", "", "", "", None, None, 0, "", (), None, (), required=11)  # fmt: skip
    kind, name = _kind(operation, answered=answers is not None, relayed=bool(relay_to))
    by = _caller(sender, platform, acting_for, administration)
    origin = [by, id, received, platform, channel, correlation, trace, "", ""]
    content = [media, body, digest, attachments, former_codec(body)]
    return [kind, subject, name, administration, origin, content, salt, leaf, conflict, reply_to, answers, cause,
            relay_to, transmission, faults, (), _SEALED]  # fmt: skip


def sent_row(fields: list[Any]) -> list[Any]:
    """A row of the log of sent messages."""
    (
        subject, party, type, id, correlation, media, body, digest, at, salt, leaf, cause, administration, lane,
        expires, origin, sequence,
    ) = _whole(fields, "", 0, "", 0, required=13)  # fmt: skip
    came, kind = None, "message"
    if party.startswith(INNER):
        kind = "transfer"
    elif party.startswith(_FEED):
        kind = "event"
    elif origin:
        platform = "ccn2" if origin.startswith(OFFICE_OF) else "speed2"
        came, kind = [_caller(origin, platform, "", ""), id, at, platform, "", correlation, "", "", ""], "relay"
    content = [media, body, digest, (), former_codec(body)]
    return [kind, subject, party, type, id, correlation, content, at, salt, leaf, cause, administration, lane, expires,
            came, sequence, _SEALED]  # fmt: skip


def refusal(fields: list[Any]) -> list[Any]:
    """A refusal that left nothing but a leaf."""
    id, sender, operation, circle, platform, code, digest, at, salt, channel = _whole(fields, "", required=9)
    turned_away = sender.startswith(_TURNED_AWAY)
    by = _caller(sender.removeprefix(_TURNED_AWAY), platform, "", "")
    by[2] = circle
    return [[by, id, at, platform, channel, "", "", "", ""], operation, code, digest, salt, turned_away, _SEALED]


def envelope(fields: list[Any]) -> list[Any]:
    """A message on its way from one partition to another."""
    (
        id, sender, _circle, platform, channel, operation, administration, media, body, digest, received, trace,
        acting_for, correlation, faults, reply_to, conflict, relay_to, attachments, wire, answer, transmission,
        certificates, about, conversation,
    ) = _whole(fields, "", "", "", (), None, "", "", (), "", b"", None, (), "", "", required=11)  # fmt: skip
    kind, name = _kind(operation, answered=False, relayed=bool(relay_to))
    by = _caller(sender, platform, acting_for, administration)
    origin = [by, id, received, platform, channel, correlation, trace, wire, conversation]
    content = [media, body, digest, attachments, 0]
    return [kind, name, administration, origin, content, faults, reply_to, conflict, relay_to, answer, transmission,
            certificates, about]  # fmt: skip


def _whole(fields: list[Any], *defaults: Any, required: int) -> list[Any]:
    """The fields with those that did not exist yet when they were written."""
    return [*fields, *defaults[len(fields) - required :]]


def _kind(operation: str, *, answered: bool, relayed: bool) -> tuple[str, str]:
    """The kind of a row and its operation."""
    if operation.startswith(_RELAY):
        return "@relay", operation.removeprefix(_RELAY)
    if relayed:
        return "@relay", operation
    if operation.startswith(INNER):
        return operation, ""
    return "@reply" if answered else "message", operation


def _caller(sender: str, platform: str, acting_for: str, administration: str) -> list[Any]:
    """Who acted, as far as name and platform tell."""
    own, by, via = "", "", ""
    if sender.startswith(OFFICE_OF):
        own = sender.removeprefix(OFFICE_OF)
        kind = ActorKind.COMMISSION if own == "EU" else ActorKind.MEMBER_STATE
        circle, party, name = Circle.TRUSTED, PartyKind.ADMINISTRATION, own
        if not platform:
            kind, circle, via = ActorKind.SERVICE, Circle.INTERNAL, VIA_CORE
    elif platform in _OF_PLATFORM:
        (kind, circle, party), name = _OF_PLATFORM[platform], sender
        own = administration if circle is Circle.TRUSTED else ""
    else:
        kind, circle, party, name, via = ActorKind.SERVICE, Circle.INTERNAL, PartyKind.CORE, sender, VIA_CORE
    if acting_for:
        by = FORMER_DELEGATE if acting_for == name else acting_for
    strength = Strength.UNKNOWN if platform else Strength.CORE
    return [sender, kind.value, circle.value, [party.value, name], own, by, "", strength.value, via]
