"""Decisions on stage: offices of several authorities in one node, their officers, and what holders are told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ApplicationRegistered,
    NotPossible,
    ReceiptConfirmed,
    StepRecorded,
)
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import BTI, CGU, IPO, filled
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.author import Caller
from douane.testing.office import Office, administration, trader
from tests.scenarios.row import Look

Words = Mapping[str, Callable[[Any], bool]]
"""How a play says a message: the words of the row, and which message they are. No words at all: the name of its type;
under no words ("") stands what a row does not name, since another letter says it."""
RECEIPTS: Final = (StepRecorded, ApplicationRegistered, ActInEffect)
"""What a machine confirms and no person reads as a letter, unless a play gives it words."""
HOLDERS: Final = ("FR40123456700017", "FR40123456700025", "FR40123456700033", "FR40123456700041", "FR40123456700058")
"""Persons whom the register of operators knows."""
NOT_REFUSED: Final = "not refused"
_ACT: Final = re.compile(r" 2015/244[67]")
_GIVEN: Final = {DecisionType.CGU: CGU, DecisionType.IPO: IPO, DecisionType.BTI: BTI}


class Desk:
    """Authorities with the Union's registers from an instant on; ``looks`` collects what is seen."""

    def __init__(self, looks: list[Look], start: str, *administrations: str) -> None:
        self.looks = looks
        self.office = Office(*administrations, start=instant(start))
        self._read: dict[str, int] = {}
        if "EU" in administrations:
            self.office.send(OperatorRecords(tuple(map(_registered, HOLDERS))), by=administration("FR"))

    def at(self, text: str) -> None:
        """Let time pass until an instant with its zone; what is due meanwhile happens."""
        self.office.wait(instant(text) - self.office.now)

    def applied(
        self, type: DecisionType, authority: str, holder: str, own: str, *, accepted: bool = True, **given: str
    ) -> Life:
        """An application that is lodged, and accepted unless it is said otherwise. given: elements besides."""
        elements = dict(_GIVEN.get(type) or filled(type, authority))
        elements |= {number[1:].replace("_", " "): value for number, value in given.items()}
        return Life("", type, elements, authority=authority, office=self.office, holder=holder, own=own,
                    accepted=accepted)  # fmt: skip

    def again(self, life: Life, own: str) -> Any:
        """The same is applied for anew; an officer accepts what is registered. The answer to the application."""
        told = life.send(msgspec.structs.replace(life.lodged, own_reference=own))
        if isinstance(told, ApplicationRegistered):
            life.decides(AcceptanceJudged(reference=told.reference, accepted=True))
        return told

    def received(self, life: Life) -> None:
        """Its holder confirms the act that was sent last."""
        number = life.shown.acts[-1].number
        life.send(ReceiptConfirmed(reference=life.reference, number=number))

    def tried(self, life: Life, message: Any, by: Caller | None = None) -> str:
        """By which article an officer, or somebody else, is refused."""
        told = life.decides(message, by)
        return article(told.article) if isinstance(told, NotPossible) else NOT_REFUSED

    def tasks(self, *lives: Life) -> list[tuple[str, str, int]]:
        """The open tasks of these cases: process, task and when it is due."""
        return [
            (each.process, each.node.rpartition("/")[2], each.due)
            for life in lives
            for each in self.office.tasks(life.lodged.office[:2], "customs decision", life.reference)
        ]

    def look(self, at: str, told: Mapping[str, tuple[str, Words]], **facts: Mapping[str, Any]) -> None:
        """See what there is to be seen now. told: by its name in the row, a holder and what he may be told."""
        said = {name: self._letters(holder, words) for name, (holder, words) in told.items()}
        flat = {f"{group}.{name}": value for group, each in facts.items() for name, value in each.items()}
        self.looks.append(Look(at, {name: each for name, each in said.items() if each}, (), flat))

    def _letters(self, holder: str, words: Words) -> tuple[str, ...]:
        """What a holder was told since it was looked at last."""
        found = self.office.inbox(trader(holder))
        new, self._read[holder] = found[self._read.get(holder, 0) :], len(found)
        return tuple(said for each in new if (said := _said(each, words)))

    def forget(self, *holders: str) -> None:
        """What they were told until now belongs to no look."""
        for each in holders:
            self._letters(each, {})


def _registered(eori: str) -> OperatorEntry:
    return OperatorEntry(eori=eori, legal_name="Transports", country="FR", valid_from=dt.date(2020, 1, 1))


def instant(text: str) -> dt.datetime:
    """An instant as rows write it, with its zone."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def article(cited: str) -> str:
    """A citation as rows write it: without the number of the act."""
    return _ACT.sub("", cited)


def ends(at: dt.datetime | None) -> str:
    """The instant of an end as rows write it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ") if at is not None else "none"


def _said(message: Any, words: Words) -> str:
    silent = "" if isinstance(message, RECEIPTS) else type(message).__name__
    return next((text for text, is_it in words.items() if is_it(message)), silent)
