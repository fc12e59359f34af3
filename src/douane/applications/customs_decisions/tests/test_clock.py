"""Dated cases: how long a decision takes, what consulted authorities have time for, and what silence means."""

from __future__ import annotations

import pytest

from douane.applications.customs_decisions.messages.applying import (
    ActNotified,
    HearingOpened,
    LimitMoved,
    LimitPassed,
    NotPossible,
    StepRecorded,
    ViewGiven,
)
from douane.applications.customs_decisions.messages.consulting import (
    OpinionFormed,
    OpinionGiven,
    OpinionNotTaken,
)
from douane.applications.customs_decisions.messages.deciding import (
    ConsultationBegun,
    ConsultationExtended,
    DecisionTaken,
    InformationAsked,
    LimitExtended,
)
from douane.applications.customs_decisions.messages.words import ConsultationKind, DecisionType, NoHearing, Verdict
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import AEO, CGU, IPO
from douane.author.run import Timers
from douane.testing.office import administration, officer

DE, BE, AT = (officer(f"{each.lower()}.officer", each) for each in ("DE", "BE", "AT"))
CRITERIA = "UCC art. 39(a): is the applicant known for infringements there?"


def opinion(life: Life, verdict: Verdict, **more: object) -> OpinionFormed:
    return OpinionFormed(reference=life.reference, number=1, verdict=verdict, **more)  # type: ignore[arg-type] # fields


def consulted() -> Life:
    """Case 1: CGU in France, accepted Mon 11 Jan 2027, criteria to DE and BE on Mon 15 Feb with 45 days."""
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    life.until("2027-02-15T09:00")
    begun = ConsultationBegun(
        reference=life.reference, kind=ConsultationKind.CRITERIA, authorities=("DE", "BE"), text=CRITERIA, days=45
    )
    assert isinstance(life.decides(begun), StepRecorded)
    return life


def test_case_1_silence_on_criteria_fulfils_them_and_a_late_no_reopens_nothing() -> None:
    life = consulted()
    life.until("2027-03-30T09:00")
    life.decides(opinion(life, Verdict.AGREES), BE)
    grant = DecisionTaken(reference=life.reference, granted=True)
    early = life.decides(grant)
    assert isinstance(early, NotPossible)
    assert "waits for DE" in early.reason
    life.until("2027-04-01T21:59:59")
    assert not any("DE said nothing" in each for each in life.shown.notes)
    life.until("2027-04-01T22:00:01")
    assert any("DE said nothing in time: the criteria are deemed fulfilled" in each for each in life.shown.notes)
    life.until("2027-04-02T09:00")
    life.decides(opinion(life, Verdict.OBJECTS, reasons="Infringements in 2025"), DE)
    assert any("DE answered late (objects): Infringements in 2025" in each for each in life.shown.notes)
    assert life.shown.state == "accepted", "nothing is granted by itself"
    assert str(life.shown.decided_by) == "2027-05-11"
    assert isinstance(life.decides(grant), StepRecorded)


def test_case_1_a_consulted_authority_gets_time_that_it_asked_for_in_time() -> None:
    life = consulted()
    given = ConsultationExtended(life.reference, "DE", 20)
    assert isinstance(life.decides(given), NotPossible), "nobody asked for it"
    life.until("2027-03-24T09:00")
    life.decides(opinion(life, Verdict.MORE_TIME, days=20, reasons="Files in Hamburg"), DE)
    assert isinstance(life.decides(given), StepRecorded)
    moved = life.last(LimitMoved)
    assert (str(moved.decided_by), moved.article) == ("2027-05-31", "DA 2015/2446 art. 13(3)")
    life.until("2027-04-02T09:00")
    assert {each.authority: str(each.until) for each in life.shown.consultations[0].opinions}["DE"] == "2027-04-21"
    assert not any("said nothing" in each for each in life.shown.notes)
    life.until("2027-04-21T22:00:01")
    assert any("DE, BE said nothing" in each for each in life.shown.notes)


def test_case_1_more_time_is_refused_once_the_time_has_ended() -> None:
    life = consulted()
    life.until("2027-04-02T09:00")
    asked = OpinionGiven(reference=life.reference, number=1, authority="DE", verdict=Verdict.MORE_TIME, days=20)
    found = life.send(asked, administration("DE"))
    assert isinstance(found, OpinionNotTaken)
    assert found.article == "IA 2015/2447 art. 14(2)"
    assert isinstance(life.decides(ConsultationExtended(life.reference, "DE", 20)), NotPossible)


def test_an_answer_by_one_not_asked_or_for_another_or_twice_changes_nothing_and_says_so() -> None:
    life = consulted()
    before = life.shown
    said = OpinionGiven(reference=life.reference, number=1, authority="AT", verdict=Verdict.AGREES)
    assert isinstance(life.send(said, administration("AT")), OpinionNotTaken), "not asked"
    for_another = OpinionGiven(reference=life.reference, number=1, authority="BE", verdict=Verdict.AGREES)
    assert isinstance(life.send(for_another, administration("DE")), OpinionNotTaken)
    assert life.shown == before
    assert life.send(for_another, administration("BE")).late is False
    again = life.send(for_another, administration("BE"))
    assert isinstance(again, OpinionNotTaken)
    assert "answered before" in again.reason
    reasonless = OpinionGiven(reference=life.reference, number=1, authority="DE", verdict=Verdict.OBJECTS)
    assert "states its reasons" in life.send(reasonless, administration("DE")).reason


def test_case_2_silence_about_an_operators_trust_means_nothing() -> None:
    life = Life("2027-01-04T09:00", DecisionType.AEOF, AEO, authority="DE", others=("AT", "FR"))
    life.until("2027-01-20T09:00")
    begun = ConsultationBegun(
        reference=life.reference, kind=ConsultationKind.CRITERIA, authorities=("AT",), text="Records in Wien"
    )
    life.decides(begun)
    assert str(life.shown.consultations[0].opinions[0].until) == "2027-04-12", "80 days; Sat 10 moves to Mon 12"
    life.until("2027-04-12T22:00:01")
    assert any("AT said nothing in time: nothing is deemed, call a person" in each for each in life.shown.notes)
    refused = life.decides(DecisionTaken(reference=life.reference, granted=True))
    assert (refused.article, "call a person" in refused.reason) == ("IA 2015/2447 art. 31(2), (3)", True)

    life.until("2027-05-04T09:00")
    assert str(life.shown.decided_by) == "2027-05-04"
    assert isinstance(life.decides(LimitExtended(life.reference, 60, "AT is silent")), StepRecorded)
    assert str(life.last(LimitMoved).decided_by) == "2027-07-05", "Sat 3 moves to Mon 5"
    again = life.decides(LimitExtended(life.reference, 30, "AT is silent still"))
    assert (again.article, "60 days at most" in again.reason) == ("UCC art. 55(1)", True)
    refusal = DecisionTaken(reference=life.reference, granted=False, reasons="Records are not shown")
    assert isinstance(life.decides(refusal), StepRecorded)
    assert str(life.last(LimitMoved).decided_by) == "2027-08-02", "the hearing adds 30 days"


def drafted() -> Life:
    """Case 3: IPO in France, Belgium and Germany, accepted Mon 1 Feb 2027, draft on Fri 26 Feb."""
    life = Life("2027-02-01T09:00", DecisionType.IPO, IPO, states=("FR", "BE", "DE"))
    assert str(life.shown.decided_by) == "2027-06-01", "several Member States: 120 days"
    grant = DecisionTaken(reference=life.reference, granted=True)
    assert life.decides(grant).article == "IA 2015/2447 art. 260", "nobody was consulted"
    life.until("2027-02-26T09:00")
    wrong = ConsultationBegun(reference=life.reference, kind=ConsultationKind.DRAFT, authorities=("BE", "DE"),
                              text="Draft", days=20)  # fmt: skip
    assert life.decides(wrong).article == "UCC art. 55(1)"
    draft = ConsultationBegun(
        reference=life.reference, kind=ConsultationKind.DRAFT, authorities=("BE", "DE"), text="Draft of 26 February"
    )
    life.decides(draft)
    assert not any("was due" in each for each in life.shown.notes), "due on Wed 3 Mar"
    return life


def test_case_3_a_reasoned_objection_leaves_out_what_is_disputed() -> None:
    life = drafted()
    assert {str(each.until) for each in life.shown.consultations[0].opinions} == {"2027-03-30"}, "Easter Monday"
    life.until("2027-03-30T09:00")
    assert life.decides(opinion(life, Verdict.OBJECTS, disputed=("Antwerp",)), BE).article == "IA 2015/2447 art. 260"
    life.decides(opinion(life, Verdict.OBJECTS, disputed=("Antwerp",), reasons="No supervision there"), BE)
    life.until("2027-03-30T22:00:01")
    assert any("DE said nothing in time: agreement" in each for each in life.shown.notes)
    grant = DecisionTaken(reference=life.reference, granted=True)
    life.until("2027-04-27T21:59:59")
    assert "is not over" in life.decides(grant).reason
    life.until("2027-04-27T22:00:01")
    assert "no agreement on Antwerp" in life.decides(grant).reason.replace("There is no", "no")

    life.until("2027-04-28T09:00")
    without = DecisionTaken(reference=life.reference, granted=True, leaves_out=("Antwerp",), reasons="BE objects")
    life.decides(without)
    opened, moved = life.last(HearingOpened), life.last(LimitMoved)
    assert (opened.act.value, opened.leaves_out, str(opened.last_day)) == ("grant", ("Antwerp",), "2027-05-28")
    assert (str(moved.decided_by), moved.article) == ("2027-07-01", "DA 2015/2446 art. 13(2)")
    assert "being heard" in life.decides(without).reason
    life.send(ViewGiven(life.reference, "The site is needed"))
    refusal = DecisionTaken(reference=life.reference, granted=False, reasons="After all")
    assert life.decides(refusal).article == "UCC art. 22(6)", "nobody was heard about a refusal"
    assert isinstance(life.decides(without), StepRecorded)
    act = life.last(ActNotified)
    assert (act.act.value, act.leaves_out) == ("grant", ("Antwerp",))
    assert life.shown.acts[0].hearing.startswith("heard, a point of view was given")


def test_case_3_an_agreement_in_time_grants_the_whole() -> None:
    life = drafted()
    life.decides(opinion(life, Verdict.AGREES), DE)
    life.decides(opinion(life, Verdict.OBJECTS, disputed=("Antwerp",), reasons="No supervision there"), BE)
    life.until("2027-04-20T09:00")
    assert isinstance(life.decides(opinion(life, Verdict.AGREES), BE), StepRecorded)
    assert isinstance(life.decides(DecisionTaken(reference=life.reference, granted=True)), StepRecorded)
    assert life.last(ActNotified).leaves_out == ()


def test_cases_17_18_and_20_the_limit_moves_by_law_and_by_announcement_and_not_after_it() -> None:
    life = Life("2026-03-02T09:00", DecisionType.CGU, CGU | {"34 03 010 020": "DE"}, authority="DE")
    assert str(life.shown.decided_by) == "2026-06-30"
    life.decides(InformationAsked(life.reference, "Accounts of 2025", 20))
    assert str(life.last(LimitMoved).decided_by) == "2026-07-20", "case 18: the period set, not the days used"
    refusal = DecisionTaken(reference=life.reference, granted=False, reasons="No regular user")
    life.decides(refusal)
    assert str(life.last(LimitMoved).decided_by) == "2026-08-19"
    life.until("2026-08-18T09:00")
    assert isinstance(life.decides(LimitExtended(life.reference, 30, "Expert is ill")), StepRecorded)
    assert str(life.last(LimitMoved).decided_by) == "2026-09-18"
    assert [(each.article, each.days) for each in life.shown.terms] == [
        ("DA 2015/2446 art. 13(1)", 20), ("DA 2015/2446 art. 13(2)", 30), ("UCC art. 22(3)", 30),
    ]  # fmt: skip
    view = life.office._view("DE")  # what douane clock explain reads
    timers = view.get(Timers, view.resolve("customs decision", life.reference) or 0)
    assert timers is not None
    kept = next(each for each in timers.changed if each.limit == "DEC-DECISION")
    assert [each.article for each in kept.extensions] == [
        "DA 2015/2446 art. 13(1)", "DA 2015/2446 art. 13(2)", "UCC art. 22(3)",
    ]  # fmt: skip
    assert not any(each.fixed for each in timers.limits if each.limit == "DEC-DECISION")
    assert not any(isinstance(each, LimitPassed) for each in life.told)


def test_case_20_announced_after_the_limit_an_extension_is_void_and_the_breach_is_told() -> None:
    life = Life("2026-03-02T09:00", DecisionType.CGU, CGU | {"34 03 010 020": "DE"}, authority="DE")
    life.until("2026-06-30T21:59:59")
    assert not any(isinstance(each, LimitPassed) for each in life.told)
    life.until("2026-06-30T22:00:01")
    assert life.last(LimitPassed).article == "UCC art. 44(1)"
    void = life.decides(LimitExtended(life.reference, 30, "Late"))
    assert ("is void" in void.reason, void.article, void.state) == (True, "UCC art. 22(3)", "accepted")
    assert isinstance(life.decides(DecisionTaken(reference=life.reference, granted=True)), StepRecorded), "neither"


def test_nobody_is_heard_where_an_article_says_so_and_the_record_keeps_it() -> None:
    life = Life("2026-03-02T09:00", DecisionType.CGU, CGU)
    reasonless = life.decides(DecisionTaken(reference=life.reference, granted=False))
    assert reasonless.article == "UCC art. 22(7)"
    life.decides(DecisionTaken(reference=life.reference, granted=False, reasons="Fraud is investigated",
                               no_hearing=NoHearing.INVESTIGATION, unheard_for="FR-OLAF-2027-4"))  # fmt: skip
    assert not any(isinstance(each, HearingOpened) for each in life.told)
    assert life.shown.acts[0].hearing == "UCC art. 22(6)(e)"


@pytest.mark.parametrize("type", [DecisionType.AWB, DecisionType.EUS, DecisionType.CWP])
def test_shorter_limits(type: DecisionType) -> None:
    from douane.applications.customs_decisions.rules.limits import for_deciding

    days = {DecisionType.AWB: 30, DecisionType.EUS: 30, DecisionType.CWP: 60}[type]
    assert for_deciding(type, several=False).length.days == days
