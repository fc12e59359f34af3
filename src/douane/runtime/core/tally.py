"""Counts by month, kept in the commit of what they count: cases that open, messages between administrations.

They are series (``Overlay.serial``), so nothing is counted afterwards and nothing twice. A message is counted where it
is first journalled, or leaves: as one of the administration that sent it, by type and by the administration it is for.
"""

from __future__ import annotations

from douane.model.caller import PartyKind
from douane.model.discovery import application_of
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.route import ADMINISTRATION
from douane.runtime.store.counts import ACKNOWLEDGED, CASES, SENT, month_of
from douane.runtime.store.envelope import SENT as SENT_ROW
from douane.runtime.store.envelope import JournalRow, RowKind, SentKind
from douane.runtime.store.ports import Log
from douane.runtime.store.records import RecordKind


def count_case(tick: Overlay, administration: str, kind: RecordKind) -> None:
    """One more case was opened: by its application and record type (``transit.Departure``)."""
    application = application_of(kind.type.__module__)
    tick.serial(administration, f"{CASES}{month_of(tick.now)}:{application}.{kind.type.__name__}")


def count_exchanges(tick: Overlay) -> None:
    """What administrations sent each other in this tick. What is only passed on, or from one partition to another, was
    counted where it was journalled, or will be."""
    month = month_of(tick.now) if tick.rows or tick.sent else ""
    for _, row in tick.rows:
        party = row.origin.caller.party
        if party.kind is PartyKind.ADMINISTRATION:
            to = _administration(row.relay_to) if row.relay_to else row.administration
            kind = _kind(tick, row) if to and to != party.identifier else ""
            if kind:
                tick.serial(party.identifier, f"{SENT}{month}:{kind}:{to}")
    for _, sent in tick.sent:
        to = _administration(sent.party)
        if to and to != sent.administration and sent.kind is SentKind.MESSAGE:
            tick.serial(sent.administration, f"{SENT}{month}:{sent.type}:{to}")


def count_taken(tick: Overlay, box: str, position: int) -> None:
    """A message was taken from a box, or arrived by a lane: one more of what was passed on to the system of an
    administration that hosts another one."""
    host = _administration(box) or box.rpartition(":")[2]
    host = host if len(host) == 2 and host.isupper() else ""
    (raw,) = tick.owner.ports.store.read_log(Log.SENT, [position]) if host else (None,)
    sent = SENT_ROW.read(raw) if raw is not None else None
    if sent is not None and sent.kind is SentKind.RELAY and sent.administration not in ("", host):
        tick.serial(sent.administration, f"{ACKNOWLEDGED}{host}")


def _administration(party: str) -> str:
    return party.removeprefix(ADMINISTRATION) if party.startswith(ADMINISTRATION) else ""


def _kind(tick: Overlay, row: JournalRow) -> str:
    """The type of a journalled message; empty for what the core keeps for itself."""
    handler = tick.owner.ports.behaviour.handlers.get(row.operation)
    if handler is not None:
        return handler.operation.request.__name__
    return row.operation if row.kind is RowKind.RELAY else ""
