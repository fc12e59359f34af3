"""Messages of drafts: what is saved, what is thrown away, and what is asked of both."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.author import Eori, MachineMicros

LARGEST: Final = 2_000_000
"""Characters of what is filled in: a declaration of 1,999 goods items."""
DraftName = Annotated[
    str, Meta(pattern=r"\A[a-z0-9-]{8,40}\Z", title="Draft", description="Small letters, digits and hyphens.")
]
OperationName = Annotated[
    str,
    Meta(pattern=r"\A[a-z0-9_]{1,60}\.[a-z0-9_]{1,60}\Z", title="Operation", description="What it is to be sent to."),
]
FilledIn = Annotated[
    str, Meta(max_length=LARGEST, title="What is filled in", extra={"confidential": True, "holds": "object"})
]
CaseNumber = Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{16})?\Z", title="Case that it is about")]
Country = Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="Administration that keeps the case")]
MessageNumber = Annotated[str, Meta(pattern=r"\A[0-9a-f]{0,16}\Z", title="Message as which it was sent")]


class DraftSaved(msgspec.Struct, frozen=True, kw_only=True):
    """What is filled in so far. turn: how often it had been saved when this was begun; a save that began before another
    one changes nothing, and ``show`` tells the turn that counts. content: a JSON object by the tags of the message,
    with every value as a text; nothing of it is judged before it is sent. reference: what its owner knows it by. mends:
    the message whose refusal it mends."""

    name: DraftName
    operation: OperationName
    turn: Annotated[int, Meta(ge=0, title="How often it had been saved")]
    content: FilledIn
    reference: Annotated[str, Meta(max_length=40, title="Reference")] = ""
    case: CaseNumber = ""
    country: Country = ""
    sent: MessageNumber = ""
    mends: MessageNumber = ""


class OlderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody began to fill in in an older portal goes on here. saved_at: when it was saved last there, from
    which it is kept as long as any other."""

    owner: Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI number of its owner")]
    name: DraftName
    operation: OperationName
    content: FilledIn
    saved_at: Annotated[dt.datetime, Meta(tz=True, title="When it was saved last")]
    reference: Annotated[str, Meta(max_length=40, title="Reference")] = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a draft that is another one now. path: JSON Pointer (RFC 6901) in what is filled in. value: as JSON;
    empty where it is gone."""

    path: Annotated[str, Meta(min_length=1, max_length=500, title="Place")]
    value: Annotated[str, Meta(max_length=LARGEST, title="Value", extra={"confidential": True, "holds": "value"})] = ""


class DraftChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What is otherwise than it was saved last, in place of all that is filled in. turn: as in ``DraftSaved``; changes
    that do not fit what is kept change nothing."""

    name: DraftName
    turn: Annotated[int, Meta(ge=1, title="How often it had been saved")]
    changes: Annotated[tuple[Change, ...], Meta(min_length=1, max_length=2_000, title="What is otherwise")]
    reference: Annotated[str, Meta(max_length=40, title="Reference")] = ""


class DraftDiscarded(msgspec.Struct, frozen=True, kw_only=True):
    """It is thrown away. turn: as in ``DraftSaved``."""

    name: DraftName
    turn: Annotated[int, Meta(ge=0, title="How often it had been saved")]


class DraftAttached(msgspec.Struct, frozen=True, kw_only=True):
    """A file is added to a draft: the attachment that comes with this message. turn: as in ``DraftSaved``."""

    name: DraftName
    turn: Annotated[int, Meta(ge=1, title="How often it had been saved")]


class DraftDetached(msgspec.Struct, frozen=True, kw_only=True):
    """A file is taken out of a draft again. file: its name there."""

    name: DraftName
    turn: Annotated[int, Meta(ge=1, title="How often it had been saved")]
    file: Annotated[str, Meta(min_length=1, max_length=100, title="File")]


class DraftFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a draft. digest: its SHA-256, hexadecimal. size: in octets."""

    name: str
    media: str
    digest: str
    size: int


class DraftForgotten(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that nobody touched for so long is removed. owner: whose it is."""

    owner: str
    name: DraftName


class DraftQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Show me a draft of mine."""

    name: DraftName


class DraftsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which drafts have I? after: where the page before ended. case: those about one case alone."""

    after: Annotated[str, Meta(max_length=200, title="Where the next page begins")] = ""
    case: CaseNumber = ""


class DraftLine(msgspec.Struct, frozen=True, kw_only=True):
    """A draft in a list. saved_at: microseconds since 1970. saved_by: the delegate or person who saved it last."""

    name: str
    operation: str
    reference: str
    turn: int
    saved_at: MachineMicros
    saved_by: str
    case: str
    country: str
    sent: str
    mends: str = ""
    kept_until: dt.date | None = None
    """The last day on which it is there, if nobody saves it again."""


class DraftShown(DraftLine, frozen=True, kw_only=True):
    """A draft with what is filled in."""

    content: str
    files: tuple[DraftFile, ...] = ()


class DraftLines(msgspec.Struct, frozen=True, kw_only=True):
    """A page of drafts, the latest first; ``after``: where the next one begins, empty at the end."""

    drafts: tuple[DraftLine, ...]
    after: str = ""
