"""What handlers and records of an application are written with, beside ``douane.author``.

``Work`` is what a handler is given, ``View`` what a query is; ``record`` declares what is kept, ``Final`` a data set
that is kept once for the Union. They stand in ``runtime``.
"""

from __future__ import annotations

from douane.runtime.catalogue.behaviour import answers, handles, judges
from douane.runtime.core import holding
from douane.runtime.core.processes import Process, process
from douane.runtime.core.work import Work
from douane.runtime.store.counts import ACKNOWLEDGED, CASES, SENT, month_of
from douane.runtime.store.envelope import Asker, JournalRow, RowKind, SentKind, SentRow, channel_of, named
from douane.runtime.store.final import FULL, PARTNER, PUBLIC, Final, FinalView, Place, Provision
from douane.runtime.store.origin import Content, Media
from douane.runtime.store.parties import held
from douane.runtime.store.ports import SECOND, Instant, Log
from douane.runtime.store.queries import PAGE, View
from douane.runtime.store.records import (
    CARRIED,
    Carried,
    Case,
    CaseEntry,
    HumanTask,
    ProcessInstance,
    RecordKind,
    Timers,
    Value,
    carried_name,
    kinds,
    record,
)

__all__ = [
    "ACKNOWLEDGED",
    "CARRIED",
    "CASES",
    "FULL",
    "PAGE",
    "PARTNER",
    "PUBLIC",
    "SECOND",
    "SENT",
    "Asker",
    "Carried",
    "Case",
    "CaseEntry",
    "Content",
    "Final",
    "FinalView",
    "HumanTask",
    "Instant",
    "JournalRow",
    "Log",
    "Media",
    "Place",
    "Process",
    "ProcessInstance",
    "Provision",
    "RecordKind",
    "RowKind",
    "SentKind",
    "SentRow",
    "Timers",
    "Value",
    "View",
    "Work",
    "answers",
    "carried_name",
    "channel_of",
    "handles",
    "held",
    "holding",
    "judges",
    "kinds",
    "month_of",
    "named",
    "process",
    "record",
]
