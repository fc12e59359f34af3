"""A movement on stage: an office of several administrations in one node, and what is to be seen of it from outside."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from douane.applications.guarantees.messages import GuaranteeQuery, GuaranteeRegistration
from douane.applications.transit.records.arrival import Arrival, LeavingRecord, PassageRecord
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.tests.base_declarations import CONSIGNEE, GRN, TRADER, normal
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT, RowKind
from douane.runtime.store.origin import Content, Media
from douane.runtime.store.ports import Log
from douane.runtime.store.records import HumanTask, Timers
from douane.standards.ncts.phase5 import CC015C
from douane.vocabulary.calendars import built_in
from douane.vocabulary.errors import NotFound
from tests.journeys.movements import LIMIT, Movement
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Clock, Office
from tests.scenarios.row import Look

PARIS: Final = built_in().of("FR")
NAMES: Final = {TRADER: "holder", CONSIGNEE: "consignee", "feed:transit.movement_final": "final data"}
"""Who is called how in the rows; others have their own names."""
_OTHER_FEEDS: Final = "feed:"
_MOST: Final = 10_000


def office_at(text: str = "") -> Office:
    """An office whose clock shows this local time at departure (2026-11-26T10:00)."""
    return Office(clock=Clock(PARIS.read(text))) if text else Office()


class Stage:
    """One office with a guarantee in its ledger; ``looks`` collects what is seen, for all stages of a play.

    What was sent before the play begins is not looked at. watched: guarantees whose ledger is looked at, by name.
    """

    def __init__(self, looks: list[Look], office: Office | None = None, limit: Decimal = LIMIT) -> None:
        self.looks, self.office = looks, office or office_at()
        self.watched = {"": GRN}
        self.movement: Movement | None = None
        registration = GuaranteeRegistration(GRN, "1", TRADER, "A1B2", limit, dt.date(2025, 1, 1))
        self.office.give(registration, "fr.officer")
        self._sent, self._journal = self._last(Log.SENT), self._last(Log.JOURNAL)
        self._count = 1

    def lodge(self, declaration: CC015C | None = None, sender: str = TRADER) -> Movement:
        """Lodge a declaration under an LRN of its own; looks are at this movement from now on."""
        self._count += 1  # the guarantee is registered: only a first movement would do it again
        self.movement = Movement(declaration or normal(), self.office, sender, number=self._count)
        return self.movement

    def officer(self, message: Any, name: str = "fr.officer") -> None:
        """An officer records something, at the office of his country."""
        self.office.give(message, name, administration=name[:2].upper())

    def at(self, text: str) -> None:
        """Set the clock to a local time at departure; what is due meanwhile happens."""
        self.office.clock.at = PARIS.read(text) - 1
        self.office.wait(0)

    def look(self, at: str, **facts: Any) -> None:
        """See what there is to be seen now. ``facts``: what the play itself noticed."""
        told = self._told()
        seen = {"case": {**self._cases(), **facts}, "state": self._states(), "ledger": self._ledger(),
                "limits": self._limits(), "tasks": self._tasks()}  # fmt: skip
        flat = {f"{group}.{name}": value for group, each in seen.items() for name, value in each.items()}
        self.looks.append(Look(at, told, self._exchanged(), flat))

    # --- messages

    def _last(self, log: Log) -> int:
        rows = self.office.store.scan_log(log, 0, 1 << 63, _MOST)
        return rows[-1][0] if rows else 0

    def _told(self) -> dict[str, tuple[str, ...]]:
        """What each party was sent since the last look."""
        prefix = keys.space(keys.INBOX, self.office.partition)
        found: dict[str, list[str]] = {}
        newest = self._sent
        for key, _ in self.office.store.scan(prefix, keys.after(prefix), _MOST):
            party, position = key[len(prefix) : -9].decode(), int.from_bytes(key[-8:], "big")
            name = NAMES.get(party, party)
            if position <= self._sent or name.startswith(_OTHER_FEEDS):
                continue
            newest = max(newest, position)
            (raw,) = self.office.store.read_log(Log.SENT, [position])
            row = SENT.read(raw or b"")
            found.setdefault(name, []).append(said(_typed(row.content, row.type)))
        self._sent = newest
        return {name: tuple(messages) for name, messages in found.items()}

    def _exchanged(self) -> tuple[str, ...]:
        """What offices of this node told each other since the last look."""
        found = []
        for position, raw in self.office.store.scan_log(Log.JOURNAL, self._journal, 1 << 63, _MOST):
            self._journal = position
            row = JOURNAL.read(raw)
            if row.kind not in (RowKind.MESSAGE, RowKind.ANSWER):
                continue
            steps = ((step.operation, step.id, step.content) for step in row.steps)
            for operation, id, content in ((row.operation, row.origin.id, row.content), *steps):
                if content.media in (Media.FAMILY, Media.VALUE):
                    message = self.office.owner.decode(operation, id, content)
                    if type(message).__name__.startswith("CD"):
                        way = f"{message.message_sender[-2:]}>{message.message_recipient[-2:]}"
                        found.append(f"{way} {said(message)}")
        return tuple(found)

    # --- facts

    def _subjects(self) -> dict[str, tuple[str, int]]:
        """The cases of the movement: name to administration and subject."""
        if self.movement is None:
            return {}
        ways = [("departure", "FR", "lrn", self._lrn())]
        if self.movement.case.mrn:
            ways += [("destination", "AT", "arrival", self.movement.mrn)]
            ways += [(f"passage {country}", country, "passage", self.movement.mrn) for country in ("CH", "DE")]
            ways.append(("exit PL", "PL", "leaving", self.movement.mrn))
        found = {}
        for name, country, alias, value in ways:
            subject = self.office.view(country).resolve(alias, value)
            if subject is not None:
                found[name] = (country, subject)
        return found

    def _lrn(self) -> str:
        assert self.movement is not None
        return f"{self.movement.sender}/{self.movement.declaration.transit_operation.lrn}"

    def _states(self) -> dict[str, str]:
        found = {}
        for name, (country, subject) in self._subjects().items():
            kinds = {"departure": Departure, "destination": Arrival, "exit PL": LeavingRecord}
            record: Any = kinds.get(name, PassageRecord)
            kept = self.office.view(country).get(record, subject)
            if kept is not None:
                found[name] = kept.state
        return found

    def _cases(self) -> dict[str, Any]:
        if self.movement is None or "departure" not in self._subjects():
            return {}
        case = self.movement.case
        dates = {"accepted": case.accepted_on, "released": case.released_on, "limit": case.limit_date}
        named = {"control": case.control, "result": case.result, "arrived at": case.arrived_at, "MRN": case.mrn[:4]}
        return {**{k: str(v) for k, v in dates.items() if v}, **{k: v for k, v in named.items() if v}}

    def _ledger(self) -> dict[str, str]:
        found = {}
        for name, grn in self.watched.items():
            try:
                account = BEHAVIOUR.queries["guarantees.show"].answer(self.office.view("FR"), GuaranteeQuery(grn))
            except NotFound:
                continue
            found[f"{name}reserved"] = str(account.reserved)
            found[f"{name}available"] = str(account.available)
        return found

    def _limits(self) -> dict[str, str]:
        found = {}
        for country, subject in self._subjects().values():
            kept = self.office.view(country).get(Timers, subject)
            for each in kept.limits if kept else ():
                found[each.limit] = instant(each.ends)
        return found

    def _tasks(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, (country, subject) in self._subjects().items():
            tasks = self.office.view(country).all_of(HumanTask, subject)
            found[name] = tuple(each.node for each in tasks if not each.done)
        return found


def instant(microseconds: int) -> str:
    """An instant as the rows write it: UTC to the minute (2026-12-28T23:00Z)."""
    return dt.datetime.fromtimestamp(microseconds / 1e6, dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def _typed(content: Content, type: str) -> Any:
    if content.media == Media.FAMILY:
        return CATALOGUE.read_document(content.octets)
    return CATALOGUE.read_json(CATALOGUE.type_named(type), content.octets)


def said(message: Any) -> str:
    """A message in a few words: its type, and what decides."""
    name = type(message).__name__
    errors = [f"{e.error_code}{_because(e.error_reason)}" for e in getattr(message, "functional_error", ())]
    reasons = [r.code for g in getattr(message, "guarantee_reference", ()) or () for r in _reasons(g)]
    return " ".join([name, *_words(name, message), *errors, *reasons])


def _because(reason: str | None) -> str:
    return f"/{reason}" if reason and reason != "N/A" else ""


def _reasons(reference: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(reference, "invalid_guarantee_reason", ())
    return found


def _words(name: str, message: Any) -> list[str]:
    """What decides in a message of this type, beside faults."""
    match name:
        case "CC060C":
            return [f"type {message.transit_operation.notification_type}"]
        case "CC025C":
            return [f"release {message.transit_operation.release_indicator}"]
        case "CC051C":
            return [message.transit_operation.no_release_motivation_code]
        case "CD018C":
            return [message.control_result.code]
        case "DeskRefusal":
            return [message.code]
        case "MovementOutcome":
            return [message.outcome]
        case "GuaranteeNotRegistered":
            return [f"{len(message.reasons)} reasons"]
    return []
