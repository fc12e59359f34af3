"""The life of governed services: one step at a time, after those were asked who depend on them, under nobody's feet."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest

from douane.applications.service_bus.messages.exchanges import ServiceCall
from douane.applications.service_bus.messages.governance import (
    CallerSeen,
    CallersSeen,
    Candidate,
    Consultation,
    ConsultationAnswer,
    Disposition,
    Governance,
    GovernanceChanged,
    GovernanceNotChanged,
    GovernanceQuery,
    GovernedLine,
    Life,
    LifeDecision,
    OpenConsultationsQuery,
    RecordQuery,
)
from douane.applications.service_bus.messages.registry import (
    Class,
    ConsumerDecision,
    ConsumerRequest,
    Content,
    Form,
    OfferDecision,
    OfferedOperation,
    Pattern,
    ServiceOffer,
)
from douane.applications.service_bus.screens import consultations, governance, one
from douane.author import DouaneError, NotAuthorised, NotFound, of_the_core
from douane.author.pages import COMPLETE, Frame, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults
from douane.standards.transparency_log.note import parse_note
from douane.testing.office import Office, administration, officer, third_country, trader

DE, FR, EU, TRADER = administration("DE"), administration("FR"), administration("EU"), trader("FR1")
PERMITS: dict[str, Any] = {"owner": "DE", "service": "permits", "version": 1}
TRANSIT: dict[str, Any] = {"owner": "EU", "service": "transit", "version": 1}
REVIEW = dt.date(2027, 6, 1)


class Governing:
    """An office in which DE offers permits, and FR consumes them."""

    def __init__(self) -> None:
        self.office = Office("EU", "DE", "FR")
        self.count = 0

    def tell(self, message: Any, by: Any) -> Any:
        self.count += 1
        self.office.send(message, by=by, id=f"m{self.count}")
        return self.office.inbox(by)[-1]

    def done(self, message: Any, by: Any) -> GovernanceChanged:
        answer = self.tell(message, by)
        assert isinstance(answer, GovernanceChanged), answer
        return answer

    def refused(self, message: Any, by: Any) -> str:
        before = self.all()
        answer = self.tell(message, by)
        assert isinstance(answer, GovernanceNotChanged), answer
        assert self.all() == before, "nothing changed"
        return " ".join(answer.reasons)

    def is_shut_out(self, message: Any, by: Any) -> None:
        """It is refused at the door, or by an answer that changed nothing."""
        before = self.all()
        with contextlib.suppress(DouaneError):
            assert isinstance(self.tell(message, by), GovernanceNotChanged)
        assert self.all() == before

    def all(self) -> Governance:
        found: Governance = self.office.ask(GovernanceQuery(), by=FR, of="EU")
        return found

    def line(self) -> GovernedLine:
        (found,) = self.all().services
        return found

    def today(self, days: int = 0) -> dt.date:
        return self.office.now.date() + dt.timedelta(days=days)

    def candidate(self, **what: Any) -> None:
        named = what or PERMITS
        owner = administration(named["owner"])
        self.done(Candidate(**named, purpose="Permits are checked once.", answers_for="head of licensing",
                            review=REVIEW), owner)  # fmt: skip

    def consulted(self, step: Life, by: Any = DE, trade: bool = False, **what: Any) -> int:
        """Ask, and let the time pass."""
        asked = Consultation(**(what or PERMITS), step=step, question="Does it fit?", until=self.today(7), trade=trade)
        number = self.done(asked, by).round
        self.office.wait(dt.timedelta(days=9))
        return number

    def decide(self, to: Life, by: Any = DE, **what: Any) -> LifeDecision:
        return LifeDecision(**(what or PERMITS), to=to, reason="It is time.", effective=self.today(10))

    def offered(self) -> None:
        """DE offers it on the bus, and FR consumes it."""
        named: dict[str, Any] = {"provider": "DE", "service": "permits", "version": 1}
        form = Content(Form.JSON)
        check = OfferedOperation(name="check", pattern=Pattern.REQUEST, takes=form, answers=form)
        self.tell(ServiceOffer(**named, title="Permits", level=Class.SILVER, operations=(check,)), DE)
        self.tell(OfferDecision(**named, approved=True), EU)
        self.tell(ConsumerRequest(**named), FR)
        self.tell(ConsumerDecision(**named, consumer="FR", permitted=True), DE)


def test_a_version_lives_from_candidate_to_retired_with_its_decisions_on_record() -> None:
    one = Governing()
    one.candidate()
    assert "Nobody was asked about agreed" in one.refused(one.decide(Life.AGREED), DE)
    number = one.consulted(Life.AGREED)
    one.done(one.decide(Life.AGREED), DE)
    assert "offer it" in one.refused(one.decide(Life.OFFERED), DE), "the bus does not offer it"
    one.offered()
    one.done(one.decide(Life.OFFERED), DE)
    one.consulted(Life.DEPRECATED)
    one.done(one.decide(Life.DEPRECATED), DE)
    one.consulted(Life.RETIRED)
    one.done(one.decide(Life.RETIRED), DE)
    line = one.line()
    assert (line.life, line.late) == (Life.RETIRED, False)
    assert [each.to for each in line.decisions] == list(Life)[1:]
    assert line.decisions[0].round == number
    assert line.rounds[1].asked == ("FR",), "who consumes it is asked"
    assert "nothing follows" in one.refused(one.decide(Life.RETIRED), DE)


def test_an_illegal_step_is_refused_and_the_legal_one_named() -> None:
    one = Governing()
    one.candidate()
    for step in (Life.CANDIDATE, Life.OFFERED, Life.DEPRECATED, Life.RETIRED):
        assert "the next step is agreed" in one.refused(one.decide(step), DE)
    asked = Consultation(**PERMITS, step=Life.RETIRED, question="Why not?", until=one.today(7))
    assert "the next step is agreed" in one.refused(asked, DE)


def test_a_closed_consultation_answered_late_is_refused_and_answers_are_disposed_of() -> None:
    one = Governing()
    one.candidate()
    number = one.done(
        Consultation(**PERMITS, step=Life.AGREED, question="Does it fit?", until=one.today(7), trade=True), DE
    ).round
    said = ConsultationAnswer(**PERMITS, round=number, agrees=False, text="Ours is faster.")
    one.done(said, FR)
    one.done(ConsultationAnswer(**PERMITS, round=number, agrees=True, text="Less paper."), TRADER)
    assert "is open until" in one.refused(one.decide(Life.AGREED), DE)
    early = Disposition(**PERMITS, round=number, who="FR", followed=False, reason="Speed is not the point.")
    assert "is open until" in one.refused(early, DE)
    one.office.wait(dt.timedelta(days=9))
    assert "was closed on" in one.refused(said, FR)
    assert "answers of FR, FR1" in one.refused(one.decide(Life.AGREED), DE)
    one.done(early, DE)
    one.done(Disposition(**PERMITS, round=number, who="FR1", followed=True, reason="Paper is gone."), DE)
    one.done(one.decide(Life.AGREED), DE)
    (about,) = one.line().rounds
    assert {(each.who, each.followed) for each in about.answers} == {("FR", False), ("FR1", True)}


def test_trade_is_heard_where_it_is_asked_and_nowhere_else() -> None:
    one = Governing()
    one.candidate()
    closed = Consultation(**PERMITS, step=Life.AGREED, question="Does it fit?", until=one.today(7))
    number = one.done(closed, DE).round
    assert one.office.ask(OpenConsultationsQuery(), by=TRADER, of="EU").consultations == ()
    assert len(one.office.ask(OpenConsultationsQuery(), by=FR, of="EU").consultations) == 1
    said = ConsultationAnswer(**PERMITS, round=number, agrees=True, text="Less paper.")
    assert "Trade is not asked" in one.refused(said, TRADER)
    one.office.wait(dt.timedelta(days=9))
    one.done(Consultation(**PERMITS, step=Life.AGREED, question="And now?", until=one.today(7), trade=True), DE)
    (asked,) = one.office.ask(OpenConsultationsQuery(), by=TRADER, of="EU").consultations
    assert asked.question == "And now?"
    with pytest.raises(NotAuthorised):
        one.office.ask(GovernanceQuery(), by=TRADER)


def test_a_retirement_that_would_break_a_consumer_names_him() -> None:
    one = Governing()
    one.candidate()
    one.consulted(Life.AGREED)
    one.done(one.decide(Life.AGREED), DE)
    one.offered()
    one.done(one.decide(Life.OFFERED), DE)
    one.consulted(Life.DEPRECATED)
    one.done(one.decide(Life.DEPRECATED), DE)
    one.consulted(Life.RETIRED)
    call = ServiceCall(
        provider="DE", service="permits", version=1, operation="check", form=Form.JSON, body="{}"
    )  # fmt: skip
    one.tell(call, FR)
    assert "It would break FR" in one.refused(one.decide(Life.RETIRED), DE)


def test_a_service_of_the_centre_is_governed_by_it_and_not_retired_under_what_calls_it() -> None:
    one = Governing()
    risk: dict[str, Any] = {"owner": "EU", "service": "risk_analysis", "version": 1}
    one.candidate(**risk)
    for step in (Life.AGREED, Life.OFFERED, Life.DEPRECATED):
        if step is not Life.OFFERED:
            one.consulted(step, EU, **risk)
        one.done(one.decide(step, **risk), EU)
    one.consulted(Life.RETIRED, EU, **risk)
    assert "It would break" in (told := one.refused(one.decide(Life.RETIRED, **risk), EU))
    assert "transit" in told


def test_who_calls_a_service_of_the_centre_is_asked_and_named_until_he_has_not_called_for_ninety_days() -> None:
    one = Governing()
    one.candidate(**TRANSIT)
    today, callers = one.today(), ("DE", "EU", "FR")
    note = CallersSeen(**TRANSIT, callers=tuple(CallerSeen(each, today) for each in callers))
    for _ in range(2):
        one.office.send(note, by=of_the_core("EU"))
    one.consulted(Life.AGREED, EU, **TRANSIT)
    assert one.line().rounds[0].asked == ("DE", "FR"), "not its owner"
    assert [each.round for each in one.office.inbox(DE) if isinstance(each, GovernanceChanged)] == [1]
    one.done(one.decide(Life.AGREED, **TRANSIT), EU)
    one.office.wait(dt.timedelta(days=85))
    older = CallersSeen(**TRANSIT, callers=(CallerSeen("FR", today - dt.timedelta(days=1)),))
    fresh = CallersSeen(**TRANSIT, callers=(CallerSeen("DE", one.today()),))
    for each in (older, fresh):
        one.office.send(each, by=of_the_core("EU"))
    one.done(one.decide(Life.OFFERED, **TRANSIT), EU)
    one.consulted(Life.DEPRECATED, EU, **TRANSIT)
    assert one.line().rounds[1].asked == ("DE",)
    one.done(one.decide(Life.DEPRECATED, **TRANSIT), EU)
    one.consulted(Life.RETIRED, EU, **TRANSIT)
    assert "It would break DE, who used it on" in one.refused(one.decide(Life.RETIRED, **TRANSIT), EU)


@pytest.mark.parametrize("caller", [DE, EU, TRADER, officer("x", "EU")], ids=lambda each: each.id)
def test_nobody_from_outside_says_who_calls(caller: Any) -> None:
    one = Governing()
    one.candidate(**TRANSIT)
    with pytest.raises(NotAuthorised):
        one.office.send(CallersSeen(**TRANSIT, callers=(CallerSeen("FR", one.today()),)), by=caller)
    one.consulted(Life.AGREED, EU, **TRANSIT)
    assert one.line().rounds[0].asked == ()


def test_nobody_governs_what_another_one_owns() -> None:
    one = Governing()
    mine: dict[str, Any] = {"purpose": "Ours.", "answers_for": "head", "review": REVIEW}
    for named, who in ((PERMITS, FR), (TRANSIT, DE), (PERMITS, EU), (PERMITS, TRADER), (PERMITS, officer("x", "DE"))):
        one.is_shut_out(Candidate(**named, **mine), who)
    assert "centre" in one.refused(Candidate(**TRANSIT | {"owner": "DE"}, **mine), DE)
    assert "no service of the centre" in one.refused(Candidate(**PERMITS | {"owner": "EU"}, **mine), EU)
    one.candidate()
    assert "governed by DE already" in one.refused(Candidate(**PERMITS | {"owner": "FR"}, **mine), FR)
    for message in (
        one.decide(Life.AGREED), Consultation(**PERMITS, step=Life.AGREED, question="?", until=one.today(7)),
        Disposition(**PERMITS, round=1, who="FR", followed=True, reason="Yes."),
    ):  # fmt: skip
        for who in (FR, EU, TRADER, third_country("CH")):
            one.is_shut_out(message, who)
    assert one.line().life is Life.CANDIDATE


def test_the_record_is_signed_and_no_text_in_it_begins_a_line_of_its_own() -> None:
    one = Governing()
    one.candidate()
    one.consulted(Life.AGREED)
    forged = one.decide(Life.AGREED)
    one.done(type(forged)(**PERMITS, to=Life.AGREED, reason="Yes.\n2026-01-01 retired", effective=one.today(3)), DE)
    note = one.office.ask(RecordQuery(**PERMITS), by=FR, of="EU").note
    signed = parse_note(note)
    assert signed.signers([one.office.key]) == (one.office.key,)
    assert "agreed from" in signed.text
    assert "\n2026-01-01 retired" not in note
    with pytest.raises(NotFound):
        one.office.ask(RecordQuery("DE", "zebra"), by=FR, of="EU")


def test_the_calendar_tells_what_is_to_come_and_what_is_overdue() -> None:
    one = Governing()
    one.candidate()
    one.done(Consultation(**PERMITS, step=Life.AGREED, question="Does it fit?", until=one.today(7)), DE)
    assert [(each.day, each.what) for each in one.all().calendar] == [
        (one.today(7), "consultation about agreed ends"), (REVIEW, "review"),
    ]  # fmt: skip
    one.office.wait(dt.timedelta(days=300))
    assert [each.what for each in one.all().calendar] == ["review is overdue"]
    assert one.line().late


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_the_pages_are_sound_and_tell_who_answered_what_and_what_became_of_it(language: str) -> None:
    here = Governing()
    here.candidate()
    number = here.done(
        Consultation(**PERMITS, step=Life.AGREED, question="Does it fit?", until=here.today(7), trade=True), DE
    ).round
    here.done(ConsultationAnswer(**PERMITS, round=number, agrees=False, text="Ours is faster."), FR)
    asked = here.office.ask(OpenConsultationsQuery(), by=TRADER, of="EU")
    path = {"owner": "DE", "service": "permits", "version": "1", "round": "1"}
    given = Given(Words(language), Library(), path=path)
    pages = [governance(here.all(), given), consultations(asked, given), one(asked, given),
             one(asked, Given(Words(language), Library(), path=path | {"round": "2"}))]  # fmt: skip
    texts = [draw(each, Frame("Desk", "/", "/governance"), Words(language)) for each in pages]
    assert [faults(each) for each in texts] == [[]] * 4
    assert "Ours is faster." in texts[0]
    assert all("Ours is faster." not in each for each in texts[1:]), "what others answer is not shown to trade"
    assert ["Does it fit?" in each for each in texts] == [True, True, True, False]
