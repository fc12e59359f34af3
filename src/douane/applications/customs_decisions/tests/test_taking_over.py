"""Open cases of an older portal go on here by the clock of their original dates; nothing of them is invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.authorisations.contract import AuthorisationQuestion, Condition, Standing
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationRegistered,
    EffectAwaited,
    InformationSupplied,
    LimitPassed,
)
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.showing import DecisionQuery
from douane.applications.customs_decisions.messages.taking_over import (
    OlderCase,
    OlderDecision,
    OlderQuestion,
    OlderTerm,
)
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, ElementValue, Ground, State
from douane.applications.customs_decisions.rules.types import TYPES, Competent
from douane.applications.customs_decisions.tests.life import HOLDER, at
from douane.applications.customs_decisions.tests.samples import APPLICANT, CGU, application, filled
from douane.author import OPERATOR, Fault, NotAuthorised
from douane.author.needs import OLDER_CASE_JUDGED, OLDER_DECISION_JUDGED
from douane.testing.office import Office, officer

OFFICER = officer("de.officer", "DE")
HERE = CGU | {"34 03 010 020": "DE"}


def older(type: DecisionType = DecisionType.CGU, given: dict[str, str] | None = None, **said: Any) -> OlderCase:
    """An application that was lodged in Germany on Mon 2 Mar 2026, as clock cases 15, 17, 18 and 20 have it."""
    lodged = application(type, HERE if given is None else given, office="DE004101")
    facts: dict[str, Any] = {
        "portal": "decisions.old", "reference": "CD-4711", "own_reference": "A1", "type": type,
        "applicant": APPLICANT, "office": "DE004101", "received_at": at("2026-03-02T09:00"),
        "elements": lodged.elements,
    }  # fmt: skip
    return OlderCase(**(facts | said))


def taken(day: str, case: OlderCase) -> Office:
    """An office that took it over on a day."""
    office = Office("DE", "FR", start=at(day))
    office.send(case, by=OPERATOR)
    return office


def shown(office: Office) -> Any:
    """The case as its officer sees it."""
    (registered,) = (each for each in office.inbox(HOLDER) if isinstance(each, ApplicationRegistered))
    return office.ask(DecisionQuery(registered.reference), by=OFFICER)


def judged(office: Office, case: OlderCase) -> tuple[bool, tuple[Fault, ...]]:
    """Whether it is here, and what stands against it."""
    judge: Any = office.supplied(OLDER_CASE_JUDGED, "DE")
    found: tuple[bool, tuple[Fault, ...]] = judge(case)
    return found


def faults(office: Office, case: OlderCase) -> dict[str, str]:
    """What stands against a case: place and rule."""
    _, found = judged(office, case)
    assert all(each.remedy for each in found)
    return {each.pointer: each.rule for each in found}


def test_the_thirty_days_of_verification_run_from_its_receipt_there() -> None:
    """Clock case 15: received Mon 2 Mar 2026; here since 20 Mar; silent until Wed 1 Apr, 24:00 in Berlin."""
    office = taken("2026-03-20T10:00", older())
    (registered,) = office.inbox(HOLDER)
    assert (registered.received_on, registered.verified_by) == (dt.date(2026, 3, 2), dt.date(2026, 4, 1))
    office.wait(at("2026-04-01T21:59") - office.now)
    assert shown(office).state == State.LODGED
    office.wait(dt.timedelta(minutes=2))
    accepted = office.inbox(HOLDER)[-1]
    assert isinstance(accepted, ApplicationAccepted)
    assert (accepted.by_silence, accepted.accepted_on) == (True, dt.date(2026, 3, 2))


def test_silence_that_was_there_has_its_effect_here_at_once() -> None:
    office = taken("2026-05-04T10:00", older())
    office.wait(dt.timedelta(seconds=1))
    accepted = office.inbox(HOLDER)[-1]
    assert isinstance(accepted, ApplicationAccepted)
    assert (accepted.accepted_on, accepted.decided_by) == (dt.date(2026, 3, 2), dt.date(2026, 6, 30)), "clock case 17"


def test_the_hundred_and_twenty_days_run_from_when_everything_was_there() -> None:
    """Clock case 17b: accepted Tue 7 Apr 2026; by Wed 5 Aug."""
    office = taken("2026-06-01T10:00", older(accepted=True, complete_at=at("2026-04-07T09:00")))
    assert isinstance(office.inbox(HOLDER)[-1], ApplicationAccepted)
    found = shown(office)
    assert (found.state, str(found.decided_by)) == (State.ACCEPTED, "2026-08-05")
    office.send(DecisionTaken(reference=found.reference, granted=True), by=OFFICER)
    assert shown(office).state == State.NOTIFIED


def test_what_made_the_limit_longer_there_counts_here_and_a_passed_one_is_told() -> None:
    """Clock case 18: 20 days of information from Mon 2 Mar: Mon 20 Jul 2026."""
    term = OlderTerm(article="DA 2015/2446 art. 13(1)", days=20, reason="Stock records")
    office = taken("2026-07-01T10:00", older(accepted=True, terms=(term,)))
    assert str(shown(office).decided_by) == "2026-07-20"
    office.wait(at("2026-07-20T22:01") - office.now)
    assert isinstance(office.inbox(HOLDER)[-1], LimitPassed)
    late = taken("2026-07-21T10:00", older(accepted=True, terms=(term,)))
    late.wait(dt.timedelta(seconds=1))
    passed = late.inbox(HOLDER)[-1]
    assert isinstance(passed, LimitPassed)
    assert passed.limit == dt.date(2026, 7, 20), "neither granted nor refused, and not longer because it moved here"


def test_what_is_awaited_of_the_applicant_is_awaited_until_the_same_day() -> None:
    asked = OlderQuestion(text="Stock records?", days=20, asked_at=at("2026-03-12T09:00"))
    office = taken("2026-03-20T10:00", older(asked=asked))
    assert shown(office).state == State.COMPLETED
    office.send(InformationSupplied(reference=shown(office).reference, text="These"), by=HOLDER)
    assert shown(office).state == State.LODGED
    silent = taken("2026-03-20T10:00", older(asked=asked))
    silent.wait(at("2026-04-01T22:01") - silent.now)
    assert isinstance(silent.inbox(HOLDER)[-1], ApplicationNotAccepted), "IA art. 12(2): by Wed 1 Apr"


def test_what_annex_a_demands_today_does_not_bar_a_case_but_its_officer_sees_it() -> None:
    given = {number: value for number, value in HERE.items() if number[:5] != "38 12"}
    office = taken("2026-03-20T10:00", older(given=given))
    notes = shown(office).notes
    assert notes[0] == "Taken over from decisions.old, where it is CD-4711."
    assert any("38 12" in each for each in notes)
    office.send(AcceptanceJudged(reference=shown(office).reference, accepted=True), by=OFFICER)
    assert shown(office).state == State.ACCEPTED


def test_every_fault_of_a_row_is_told_at_once_with_its_rule() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    wrong = older(
        received_at=at("2026-03-23T09:00"), complete_at=at("2026-03-01T09:00"), accepted=True,
        terms=(
            OlderTerm(article="IA 2015/2447 art. 99", days=20, reason="No such ground"),
            OlderTerm(article="UCC art. 22(3)", days=30, reason="It takes longer"),
        ),
        asked=OlderQuestion(text="Which?", days=5, asked_at=at("2026-03-24T09:00")),
        given=HERE | {"46 03 000 299": "9"},
    )  # fmt: skip
    assert faults(office, wrong) == {
        "/received_at": "UCC art. 22(2)", "/complete_at": "IA 2015/2447 art. 12(2)",
        "/asked/asked_at": "IA 2015/2447 art. 12(2)", "/asked": "IA 2015/2447 art. 12(2)",
        "/terms/0/article": "UCC art. 55(1)", "/terms/1/announced_at": "UCC art. 22(3)",
        "/elements/46 03 000 299": "IA 2015/2447 Annex A",
    }  # fmt: skip
    office.send(wrong, by=OPERATOR)
    assert office.inbox(HOLDER) == [], "the core believes no judgement but its own"
    fresh = Office("DE", "FR", start=at("2026-03-20T10:00"))
    assert faults(fresh, older(accepted=True, terms=(
        OlderTerm(article="UCC art. 22(3)", days=31, reason="It takes longer", announced_at=at("2026-03-10T09:00")),
    ))) == {"/terms": "UCC art. 55(1)"}  # fmt: skip


def test_taken_over_again_it_is_known_and_as_something_else_it_is_refused() -> None:
    case = older()
    office = taken("2026-03-20T10:00", case)
    assert judged(office, case) == (True, ())
    assert faults(office, replace(case, accepted=True)) == {"/reference": ""}
    assert faults(office, replace(case, reference="CD-4712")) == {"/own_reference": "UCC art. 22(1)"}


@pytest.mark.parametrize(
    "type", [each for each in TYPES if TYPES[each].competent is Competent.ACCOUNTS and each is not DecisionType.SSE]
)
def test_any_type_goes_on_from_where_it_stands(type: DecisionType) -> None:
    office = taken("2026-03-20T10:00", older(type, filled(type, "DE"), accepted=True))
    assert shown(office).state == State.ACCEPTED


# --- decisions that are in force --------------------------------------------------------------------------------------

NUMBER = "DECGU4711"


def granted(**said: Any) -> OlderDecision:
    """A comprehensive guarantee that was granted in Germany and is in force."""
    facts: dict[str, Any] = {
        "portal": "decisions.old", "reference": "CD-17", "decision": NUMBER, "type": DecisionType.CGU,
        "holder": APPLICANT, "office": "DE004101", "signed_at": at("2021-03-02T09:00"),
        "received_at": at("2021-03-05T09:00"), "effect_from": at("2021-03-05T09:00"),
        "conditions": (Condition("34 08 041 000", "30"),), "elements": application(DecisionType.CGU, HERE).elements,
    }  # fmt: skip
    return OlderDecision(**(facts | said))


def against(office: Office, decision: OlderDecision) -> dict[str, str]:
    """What stands against a decision: place and rule."""
    judge: Any = office.supplied(OLDER_DECISION_JUDGED, "DE")
    _, found = judge(decision)
    assert all(each.remedy for each in found)
    return {each.pointer: each.rule for each in found}


def standing(office: Office, day: str) -> Standing:
    """How procedures find it."""
    question = AuthorisationQuestion(reference=NUMBER, valid_at=at(day))
    found: Standing = office.ask(question, by=OFFICER).standing
    return found


def test_a_decision_keeps_its_number_and_its_periods_and_procedures_rely_on_it() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    office.send(granted(), by=OPERATOR)
    (told,) = office.inbox(HOLDER)
    assert isinstance(told, ActInEffect)
    assert (told.reference, told.decision, told.act, told.effect_to) == (NUMBER, NUMBER, ActKind.GRANT, None)
    assert standing(office, "2021-03-04T09:00") is not Standing.USABLE, "before it took effect"
    assert standing(office, "2026-03-20T09:00") is Standing.USABLE
    seen = office.ask(DecisionQuery(NUMBER), by=OFFICER)
    assert seen.state == State.IN_FORCE
    assert seen.notes == ("Taken over from decisions.old, where it is CD-17.",)
    act = ActTaken(reference=NUMBER, act=ActKind.AMEND, ground=Ground.CONDITIONS, reasons="Half as much",
                   conditions=(Condition("34 08 041 000", "50"),))  # fmt: skip
    office.send(act, by=OFFICER)
    assert office.inbox(HOLDER)[-1] != told, "its officer goes on with it as with any other"
    assert office.audited() == []


def test_a_decision_whose_day_is_to_come_waits_for_it_here() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    day = at("2026-04-01T09:00")
    office.send(granted(effect_from=day), by=OPERATOR)
    (told,) = office.inbox(HOLDER)
    assert isinstance(told, EffectAwaited)
    assert told.effect_from == day
    assert office.ask(DecisionQuery(NUMBER), by=OFFICER).state == State.GRANTED
    office.wait(day - office.now)
    assert office.ask(DecisionQuery(NUMBER), by=OFFICER).state == State.IN_FORCE
    assert isinstance(office.inbox(HOLDER)[-1], ActInEffect)


def test_sugar_that_was_granted_for_five_years_is_not_taken_over() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    since, here = at("2025-03-05T09:00"), {"type": DecisionType.IPO, "decision": "DEIPO17"}
    sugar = (ElementValue("35 01 010 056", "170199", 1, 1),)
    held: dict[str, Any] = {"effect_from": since, "signed_at": since, "received_at": since, **here, "elements": sugar}
    assert against(office, granted(**held, effect_to=at("2030-03-05T23:00")))["/effect_to"] == (
        "DA 2015/2446 art. 173(2)"
    )
    assert "/effect_to" not in against(office, granted(**held, effect_to=at("2028-03-05T22:00")))


def test_a_decision_is_taken_over_once_and_never_in_place_of_another() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    office.send(granted(), by=OPERATOR)
    judge: Any = office.supplied(OLDER_DECISION_JUDGED, "DE")
    assert judge(granted()) == (True, ())
    assert against(office, granted(holder="DE99999")) == {"/decision": "DA 2015/2446 Annex A"}
    office.send(granted(holder="DE99999", reference="CD-18"), by=OPERATOR, id="another")
    assert len(office.inbox(HOLDER)) == 1
    assert office.ask(DecisionQuery(NUMBER), by=OFFICER).applicant == APPLICANT


def test_nobody_but_an_operator_says_what_was_granted() -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    for by in (HOLDER, OFFICER):
        with pytest.raises(NotAuthorised):
            office.send(granted(), by=by)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"decision": "FRCGU4711"}, "/decision"), ({"decision": "DEACR4711"}, "/decision"),
        ({"decision": "DECGU2026000000001"}, "/decision"), ({"type": DecisionType.BTI}, "/type"),
        ({"type": DecisionType.AEOC, "decision": "DEAEOC17"}, "/type"),
        ({"received_at": at("2021-03-01T09:00")}, "/received_at"),
        ({"received_at": at("2126-03-01T09:00")}, "/received_at"),
        ({"effect_to": at("2021-03-05T09:00")}, "/effect_to"), ({"effect_to": at("2025-01-01T09:00")}, "/effect_to"),
        ({"type": DecisionType.IPO, "decision": "DEIPO17", "elements": ()}, "/effect_to"),
        ({"type": DecisionType.ACE, "decision": "DEACE17", "member_states": ("FR",), "elements": ()}, "/member_states"),
    ],
)  # fmt: skip
def test_what_stands_against_a_decision_is_told_with_its_rule(said: dict[str, Any], place: str) -> None:
    office = Office("DE", "FR", start=at("2026-03-20T10:00"))
    found = against(office, granted(**said))
    assert place in found
    assert all(found.values())
    office.send(granted(**said), by=OPERATOR)
    assert office.inbox(HOLDER) == [], "whatever judged before, the core judges again"
