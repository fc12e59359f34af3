"""Choices of providers, offers of systems, and what nodes tell each other of both."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import Machine, MachineMicros

Country = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Country code of an administration")]
Provider = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Whose system serves; EU for the centre")]
What = Annotated[str, Meta(pattern=r"\A(?:\*|[a-z_]{1,60}(?:\.[a-z_]{1,60})?)\Z", title="A service, or one operation")]
Decider = Annotated[str, Meta(min_length=3, max_length=200, title="Who decided it, by office and name")]
Reason = Annotated[str, Meta(min_length=3, max_length=500, title="Why")]


class ProvisionChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From an instant on, this system serves an administration with a service or operation."""

    administration: Country
    of: What
    provider: Provider
    since: dt.datetime
    decided_by: Decider
    reason: Reason


class ProvisionReturn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Take the latest choice back: before its instant it is void; after it, the provider before it serves again from
    ``since`` on. proofs: what the present provider signed of each data set that goes back, as ``douane replica prove``
    keeps it."""

    administration: Country
    of: What
    since: dt.datetime
    decided_by: Decider
    reason: Reason
    proofs: Annotated[tuple[Annotated[str, Meta(max_length=20_000)], ...], Meta(max_length=20)] = ()


class ProvisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A choice as it is kept. said_by: who said it, the person or else the client; ``settings`` for what a node was
    started with. decided_by: what he typed about that, which proves nothing and is shown to nobody as a fact."""

    administration: str
    of: str
    provider: str
    since: MachineMicros
    decided_by: str = ""
    reason: str = ""
    said_by: str = ""
    said_at: MachineMicros = 0


class ProvisionKept(msgspec.Struct, frozen=True):
    """It is chosen. void: whether a choice was taken back that was not yet in force."""

    line: ProvisionLine
    void: bool = False


class ProvisionRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend, with the article where the law is the reason."""

    administration: str
    of: str
    reasons: tuple[str, ...]


class SystemOffer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the system of an administration can serve. guests: for whom besides itself. key: of its audit log, by which
    it signs what it holds."""

    provider: Country
    services: Annotated[tuple[What, ...], Meta(max_length=200)]
    guests: Annotated[tuple[Country, ...], Meta(max_length=60)] = ()
    key: Annotated[str, Meta(max_length=400, title="Key of the audit log of the system")] = ""


class OfferKept(msgspec.Struct, frozen=True):
    """Others see what the system offers."""

    provider: str
    services: int


class FirstChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings of a node say when it starts first. key: of its audit log."""

    node: str
    choices: tuple[ProvisionLine, ...]
    key: str = ""


class ProvisionTold(msgspec.Struct, frozen=True, kw_only=True):
    """Every choice of an administration, told by the centre to a system that serves it, served it or will."""

    told: Country
    administration: Country
    choices: tuple[ProvisionLine, ...]


class CaseBegan(msgspec.Struct, frozen=True, kw_only=True):
    """Within a node: a case of an administration got a name here that the centre is to hear of. operation: that opened
    the case. began: when; of a former release, 0."""

    node: str
    administration: str
    kind: str
    value: str
    operation: str = ""
    began: int = 0


class CaseElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """The system of a provider keeps the case that this name leads to. operation: by which the case was opened. began:
    when, in microseconds since 1970. A system of a former release says neither."""

    provider: Country
    administration: Country
    kind: Annotated[str, Meta(min_length=1, max_length=60)]
    value: Annotated[str, Meta(min_length=1, max_length=200)]
    operation: Annotated[str, Meta(pattern=r"\A(?:[a-z_]{1,60}\.[a-z_]{1,60})?\Z", title="Operation")] = ""
    began: Annotated[int, Meta(ge=0, le=1 << 62)] = 0


class ProvisionQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Whose system serves whom? administration: of one only."""

    administration: Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", title="One administration only")] = ""


class OfferLine(msgspec.Struct, frozen=True):
    """What a system offers, and to whom."""

    provider: str
    services: tuple[str, ...]
    guests: tuple[str, ...]


class ProvisionShown(msgspec.Struct, frozen=True):
    """Every choice, the latest of each administration first, and what systems offer. everybody: whether the centre of
    this development union serves whoever chose nothing."""

    at: Machine
    choices: tuple[ProvisionLine, ...]
    offers: tuple[OfferLine, ...]
    everybody: bool = False


class PreviewQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What would a choice change?"""

    administration: Country
    of: What
    provider: Provider
    since: dt.datetime


class ConsumerLine(msgspec.Struct, frozen=True):
    """Who calls what would move. calls: since the figures begin."""

    consumer: str
    operation: str
    calls: int


class DataSetLine(msgspec.Struct, frozen=True):
    """A data set that is handed over. entries: what is held of it here, of all administrations; None where whoever asks
    may not have it."""

    data_set: str
    title: str
    entries: int | None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a choice would change. faults: why it would be refused. present: who provides it now; empty for nobody.

    operations: with their contracts. level: the level of availability that is inherited. cases: opened here so far;
    they end here.
    """

    faults: tuple[str, ...]
    present: str
    former: tuple[str, ...]
    operations: tuple[str, ...]
    contracts: tuple[str, ...]
    level: str
    consumers: tuple[ConsumerLine, ...]
    cases: int
    data_sets: tuple[DataSetLine, ...]


# --- at which platforms services are offered


PlatformName = Annotated[
    str, Meta(pattern=r"\A(?:speed2|ccn2|ccn_csi|cdco)\Z", title="A platform that carries services")
]
Node = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Whose doors; EU for those of the centre")]
Moving = Annotated[str, Meta(pattern=r"\A[a-z_]{1,60}(?:\.[a-z_]{1,60})?\Z", title="A service, or one operation")]


class PlatformMove(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From an instant on, a service is offered at another platform in place of this one, by the same contract."""

    at: Node
    of: Moving
    leaves: PlatformName
    enters: PlatformName
    since: dt.datetime
    decided_by: Decider
    reason: Reason


class PlatformReturn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Take the latest move back: before its instant it is void; after it, the service is offered as before the move,
    from ``since`` on."""

    at: Node
    of: Moving
    since: dt.datetime
    decided_by: Decider
    reason: Reason


class PlatformLine(msgspec.Struct, frozen=True, kw_only=True):
    """A move as it is kept. role: in which it was decided. said_by: who said it, the person or else the client.
    decided_by: what he typed about that, which is shown to nobody as a fact. until: from when on it was
    taken back, with who did so and why; 0 and empty while it holds."""

    of: str
    leaves: str
    enters: str
    since: MachineMicros
    decided_by: str
    reason: str
    role: str
    said_by: str
    said_at: MachineMicros
    until: MachineMicros = 0
    back_decided_by: str = ""
    back_reason: str = ""
    back_said_by: str = ""


class PlatformKept(msgspec.Struct, frozen=True):
    """It moves, or moves back. void: whether a move was taken back that was not yet in force."""

    line: PlatformLine
    void: bool = False


class PlatformRefused(msgspec.Struct, frozen=True):
    """Nothing is changed; each reason says what to mend, with the contract where that is the reason."""

    at: str
    of: str
    reasons: tuple[str, ...]


class PlatformQuery(msgspec.Struct, frozen=True, kw_only=True):
    """At which platforms is what offered? of: one service or operation only."""

    of: Annotated[str, Meta(pattern=r"\A(?:[a-z_]{1,60}(?:\.[a-z_]{1,60})?)?\Z", title="One service only")] = ""


class PlaceLine(msgspec.Struct, frozen=True):
    """Where an operation is offered now. left: where its contract permits it too, and it is no longer offered."""

    operation: str
    platforms: tuple[str, ...]
    left: tuple[str, ...]


class PlatformShown(msgspec.Struct, frozen=True):
    """The moves of this node, the latest first, and where each operation is offered that moved, or that was asked
    for."""

    at: Machine
    moves: tuple[PlatformLine, ...]
    places: tuple[PlaceLine, ...]


class MovePreviewQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What would a move change?"""

    at: Node
    of: Moving
    leaves: PlatformName
    enters: PlatformName
    since: dt.datetime


class ReachLine(msgspec.Struct, frozen=True):
    """By which platforms a kind of party reaches an operation before a move and after it."""

    operation: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class MovePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a move would change. faults: why it would be refused. operations: that move, with their contracts.

    reach: who reaches them otherwise than before. consumers: who called them here by any platform, since the figures
    begin. cases: of the service, opened here so far; they go on, and their next messages come by the new platform.
    """

    faults: tuple[str, ...]
    operations: tuple[str, ...]
    contracts: tuple[str, ...]
    reach: tuple[ReachLine, ...]
    consumers: tuple[ConsumerLine, ...]
    cases: int
