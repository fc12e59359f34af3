"""Callers, origins and rows as tests make them: by keywords, with what is not of interest left out."""

from __future__ import annotations

from typing import Any

import msgspec

from douane.model.caller import EVERYWHERE, OFFICE_OF, PARTY_KINDS, Caller, Party, PartyKind, Strength
from douane.model.circles import ActorKind
from douane.model.declare import Operation
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.door.link import Reader
from douane.runtime.store.envelope import Envelope, RowKind, SentKind, SentRow
from douane.runtime.store.origin import Content, Media, Origin, digest_of


def caller(kind: ActorKind, identifier: str, *, id: str = "", administration: str = "", by: str = "") -> Caller:
    """Somebody of a kind, who showed a certificate; an officer works at every office of his administration."""
    party = Party(PARTY_KINDS[kind], identifier)
    own = administration or (identifier if party.kind is PartyKind.ADMINISTRATION else "")
    return Caller(id or party.name, kind, kind.circle, party, own, by, strength=Strength.CERTIFICATE,
                  offices=(EVERYWHERE,) if kind is ActorKind.OFFICER else ())  # fmt: skip


def trader(eori: str, *, by: str = "") -> Caller:
    """A trader, or a delegate (``by``) who acts for him."""
    return caller(ActorKind.TRADER, eori, by=by)


def system(administration: str) -> Caller:
    """The system of an administration."""
    kind = ActorKind.COMMISSION if administration == "EU" else ActorKind.MEMBER_STATE
    return caller(kind, administration)


def officer(id: str, administration: str) -> Caller:
    """A person of an administration."""
    return msgspec.structs.replace(caller(ActorKind.OFFICER, id, administration=administration), person=id)


def who(name: str, circle: str, administration: str = "EU", operation: Operation | None = None) -> Caller:
    """The caller behind the name of an inbox: an administration, of the trusted circle an officer, else of the kind
    that the operation is open to, or a trader."""
    if name.startswith(OFFICE_OF):
        return system(name.removeprefix(OFFICE_OF))
    if circle != "untrusted":
        return officer(name, administration)
    kinds = [actor.kind for actor in operation.by if actor.kind.circle.value == circle] if operation else []
    return caller(kinds[0] if kinds else ActorKind.TRADER, name)


def admitted(
    who: Caller, operation: str, body: bytes = b"", *, id: str = "", administration: str = "",
    media: Media = Media.JSON,
    platform: str = "", channel: str = "rest", received: int = 1, kind: RowKind = RowKind.MESSAGE, **more: Any,
) -> Envelope:  # fmt: skip
    """An admitted message. ``more``: further fields of the envelope, its origin or its content."""
    platform = platform or ("speed2" if who.circle.value == "untrusted" else "ccn2")
    of_origin = {name: more.pop(name) for name in ("correlation", "trace", "wire", "conversation") if name in more}
    attachments = more.pop("attachments", ())
    digest = more.pop("digest", None) or digest_of(body, attachments)
    origin = Origin(who, id, received, platform, channel, **of_origin)
    content = Content(media, body, digest, attachments)
    return Envelope(kind, operation, administration or who.administration or "EU", origin, content, **more)


def sent_row(
    party: str, type: str = "Confirmed", id: str = "m", body: bytes = b"{}", *, subject: int = 1,
    kind: SentKind = SentKind.MESSAGE, correlation: str = "", media: Media = Media.JSON, digest: bytes = b"",
    at: int = 0, salt: bytes = b"", leaf: int = 0, cause: int = 0, administration: str = "XX", lane: str = "",
    **more: Any,
) -> SentRow:  # fmt: skip
    """A message that left."""
    content = Content(media, body, digest or digest_of(body))
    return SentRow(
        kind, subject, party, type, id, correlation, content, at, salt, leaf, cause, administration, lane, **more
    )


def third_country(id: str) -> Caller:
    """A third country, under its registration."""
    return caller(ActorKind.THIRD_COUNTRY, id)


def with_origin(envelope: Envelope, *, answer: bytes = b"", **changes: Any) -> Envelope:
    """The same message, come otherwise."""
    origin = msgspec.structs.replace(envelope.origin, **changes)
    return msgspec.structs.replace(envelope, origin=origin, answer=answer or envelope.answer)


def with_content(envelope: Envelope, **changes: Any) -> Envelope:
    """The same message with other content."""
    return msgspec.structs.replace(envelope, content=msgspec.structs.replace(envelope.content, **changes))


def reads(party: str, box: str = "") -> Reader:
    """A trader or an administration at its inbox, with the role for it."""
    return Reader(who(party, "untrusted"), box, frozenset({INBOX_ROLE}))
