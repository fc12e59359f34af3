"""A life of a decision in an office of several authorities, played by its applicant and its officers on given days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from douane.applications.authorisations.contract import AuthorisationQuestion
from douane.applications.customs_decisions.messages.applying import DecisionApplication, ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, DecisionTaken
from douane.applications.customs_decisions.messages.showing import DecisionQuery
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.tests.samples import APPLICANT, RULING, application
from douane.author import Caller
from douane.testing.office import Office, administration, officer, trader

HOLDER = trader(APPLICANT)


def at(text: str) -> dt.datetime:
    """An instant, UTC: ``2027-01-11T09:00``."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


class Life:
    """One application, lodged and accepted when the office opens. ``told``: what its applicant got, oldest first."""

    def __init__(
        self, day: str, type: DecisionType, given: dict[str, str], *, states: tuple[str, ...] = (),
        authority: str = "FR", others: tuple[str, ...] = ("DE", "BE", "AT"), accepted: bool = True,
        office: Office | None = None, holder: str = APPLICANT, own: str = "",
    ) -> None:  # fmt: skip
        self.office = office or Office(authority, *(each for each in others if each != authority), start=at(day))
        self.own = own or f"{authority}-{type}"
        self.holder = trader(holder)
        self.officer = officer(f"{authority.lower()}.officer", authority)
        named = {"FR": "FR005350", "DE": "DE004101", "AT": "AT100000"}[authority]
        self.lodged = application(type, given, office=named, states=states, own=self.own, applicant=holder)
        self.reference = self.send(self.lodged).reference
        if accepted:
            self.decides(AcceptanceJudged(reference=self.reference, accepted=True))

    @property
    def told(self) -> list[Any]:
        """Everything that the applicant was told."""
        return self.office.inbox(self.holder)

    def last(self, type: type[Any]) -> Any:
        """The last message of a type that the applicant was told."""
        return [each for each in self.told if isinstance(each, type)][-1]

    def send(self, message: Any, by: Caller | None = None) -> Any:
        """Send it; the last thing that its sender was told then."""
        by = by or self.holder
        before = len(self.office.inbox(by))
        self.office.send(message, by=by)
        found = self.office.inbox(by)[before:]
        return found[-1] if found else None

    def decides(self, message: Any, by: Caller | None = None) -> Any:
        """An officer of the authority, or another, records something."""
        return self.send(message, by or self.officer)

    def granted(self) -> Life:
        """The same, granted and received."""
        stated = RULING if self.lodged.type is DecisionType.BTI else ()
        self.decides(DecisionTaken(reference=self.reference, granted=True, conditions=stated))
        self.send(ReceiptConfirmed(reference=self.reference, number=1))
        return self

    def until(self, text: str) -> None:
        """Let time pass until an instant (UTC)."""
        self.office.wait(at(text) - self.office.now)

    @property
    def shown(self) -> Any:
        """The case as its officer sees it."""
        return self.office.ask(DecisionQuery(self.reference), by=self.officer)

    def standing(self, valid_at: str = "", *, begins_in: str = "", known_at: str = "") -> str:
        """How the decision stands in the register that procedures ask."""
        question = AuthorisationQuestion(
            reference=self.shown.decision, valid_at=at(valid_at) if valid_at else None,
            known_at=at(known_at) if known_at else None, begins_in=begins_in,
        )  # fmt: skip
        return str(self.office.ask(question, by=administration("DE"), of=self.shown.decision[:2]).standing)

    def again(self) -> DecisionApplication:
        """The same application under another name."""
        return application(self.lodged.type, {}, own="again")
