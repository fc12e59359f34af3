"""Acts on a decision: what its state permits, from when they have effect, and how procedures are answered."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ActNotified,
    ApplicationNotRegistered,
    HearingOpened,
    HolderRequest,
    NotPossible,
    ReceiptConfirmed,
    StepRecorded,
    SuspensionEnded,
    ViewGiven,
    Wish,
)
from douane.applications.customs_decisions.messages.deciding import ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.tests.life import Life, at
from douane.applications.customs_decisions.tests.samples import BTI, CGU, application
from douane.testing.office import officer, trader


def granted(day: str = "2027-01-11T09:00", type: DecisionType = DecisionType.CGU, given: dict[str, str] = CGU) -> Life:
    """A decision that was granted and received on its day."""
    life = Life(day, type, given).granted()
    assert life.shown.state == "in force"
    return life


def act(life: Life, kind: ActKind, ground: Ground, **more: object) -> ActTaken:
    facts = {"reasons": "Because", **more}
    return ActTaken(reference=life.shown.decision, act=kind, ground=ground, **facts)  # type: ignore[arg-type] # fields


SECURITY = {"no_hearing": NoHearing.SECURITY, "unheard_for": "Threat 7"}


def test_a_decision_has_effect_from_its_receipt_and_not_from_its_signature() -> None:
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    life.decides(DecisionTaken(reference=life.reference, granted=True))
    assert life.shown.state == "decision notified"
    assert life.standing() == "unknown"
    wrong = ReceiptConfirmed(reference=life.reference, number=2)
    assert isinstance(life.send(wrong), NotPossible)
    assert isinstance(
        life.send(ReceiptConfirmed(reference=life.reference, number=1), trader("BE0123456789")), NotPossible
    )
    life.until("2027-01-14T08:00")
    life.send(ReceiptConfirmed(reference=life.reference, number=1))
    assert life.standing(begins_in="AT") == "usable"
    assert life.standing("2027-01-13T09:00") == "not in force"
    assert isinstance(life.send(ReceiptConfirmed(reference=life.reference, number=1)), NotPossible), "twice"


def test_an_act_that_nobody_confirms_is_deemed_received() -> None:
    life = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    life.decides(DecisionTaken(reference=life.reference, granted=True))
    assert str(life.last(ActNotified).deemed_on) == "2027-01-25"
    life.until("2027-01-25T23:00:01")
    assert life.shown.acts[0].received.startswith("deemed")
    assert life.standing() == "usable"


def test_case_5_a_suspension_on_doubt_has_effect_from_receipt_and_ends_by_itself() -> None:
    life = granted()
    life.until("2027-03-09T09:00")
    life.decides(act(life, ActKind.SUSPEND, Ground.DOUBT, **SECURITY))
    life.until("2027-03-12T07:40")
    assert life.standing(begins_in="DE") == "usable", "signed, and not received"
    life.until("2027-03-12T08:00")
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    assert life.standing(begins_in="DE") == life.standing(begins_in="AT") == "suspended"
    assert life.standing("2027-03-12T07:40") == "usable", "as of before it"
    assert life.last(ActInEffect).effect_to == at("2027-04-11T22:00")
    life.until("2027-04-11T21:59:59")
    assert life.standing() == "suspended"
    life.until("2027-04-11T22:00:01")
    assert life.standing() == "usable", "without any act"
    assert life.last(SuspensionEnded).article == "DA 2015/2446 art. 18(2)"
    assert life.shown.state == "in force"
    assert life.standing("2027-04-01T09:00", known_at="2027-03-01T09:00") == "usable", "as was known then"


def test_its_holder_is_heard_before_a_suspension_on_doubt() -> None:
    life = granted()
    suspend = act(life, ActKind.SUSPEND, Ground.DOUBT)
    assert life.decides(suspend).step == "hearing opened"
    assert life.last(HearingOpened).article == "DA 2015/2446 art. 16(1)(a)"
    revoke = act(life, ActKind.REVOKE, Ground.CONDITIONS)
    other = life.decides(revoke, officer("fr.second", "FR"))
    assert isinstance(other, NotPossible), "two officers at once: one wins"
    assert "Another officer intends to suspend" in other.reason
    assert "being heard" in life.decides(suspend).reason
    life.send(ViewGiven(life.reference, "It is in order"))
    dropped = act(life, ActKind.SUSPEND, Ground.DOUBT, dropped=True)
    assert life.decides(dropped).step == "dropped"
    assert life.shown.state == "in force"
    assert [each.act for each in life.shown.acts] == [ActKind.GRANT]
    assert life.decides(revoke).step == "hearing opened", "and then the other's turn has come"


def test_an_act_that_the_state_forbids_names_state_article_and_what_is_possible() -> None:
    life = granted()
    refused = life.decides(act(life, ActKind.LIFT, Ground.SETTLED))
    assert (refused.state, refused.article) == ("in force", "DA 2015/2446 art. 18")
    assert refused.possible == ("amend", "suspend", "revoke", "annul")
    wrong = life.decides(act(life, ActKind.SUSPEND, Ground.INCORRECT))
    assert "its grounds are doubt, infringement, remedy, dependence, request" in wrong.reason
    assert life.decides(act(life, ActKind.REVOKE, Ground.REQUEST)).reason == "The holder has not asked to revoke."
    assert life.decides(act(life, ActKind.SUSPEND, Ground.DOUBT, days=40)).article == "UCC art. 55(1)"
    assert life.decides(act(life, ActKind.REVOKE, Ground.MEASURES)).article == "IA 2015/2447 art. 15"
    undecided = Life("2027-01-11T09:00", DecisionType.CGU, CGU)
    early = ActTaken(reference=undecided.reference, act=ActKind.REVOKE, ground=Ground.CONDITIONS, reasons="x")
    assert undecided.decides(early).possible == ()


def test_measures_that_are_not_taken_lead_to_revocation() -> None:
    life = granted()
    life.decides(act(life, ActKind.SUSPEND, Ground.REMEDY, days=20, **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    early = life.decides(act(life, ActKind.REVOKE, Ground.MEASURES, **SECURITY))
    assert "has not passed" in early.reason
    life.until("2027-02-02T09:00")
    assert life.standing() == "usable", "it ended with its period"
    assert life.shown.state == "in force"
    life.decides(act(life, ActKind.REVOKE, Ground.MEASURES, **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=3))
    assert (life.shown.state, life.standing()) == ("revoked", "ended")
    again = life.send(application(DecisionType.CGU, CGU, own="again"))
    assert not isinstance(again, ApplicationNotRegistered), "only a breach of an obligation bars"


def test_a_breach_of_an_obligation_bars_a_new_application_for_one_year() -> None:
    life = granted()
    life.until("2027-02-02T09:00")
    life.decides(act(life, ActKind.REVOKE, Ground.OBLIGATION, **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    barred = life.send(application(DecisionType.CGU, CGU, own="again"))
    assert isinstance(barred, ApplicationNotRegistered)
    assert barred.faults[0].article == "DA 2015/2446 art. 11(1)(d)"
    life.until("2028-02-02T23:00:01")
    assert not isinstance(life.send(application(DecisionType.CGU, CGU, own="later")), ApplicationNotRegistered)


def test_measures_that_are_taken_let_the_authority_lift_the_suspension() -> None:
    life = granted()
    life.decides(act(life, ActKind.SUSPEND, Ground.REMEDY, days=20, **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    life.send(HolderRequest(life.reference, Wish.TAKEN, "New stock records"))
    assert any("measures taken" in each for each in life.shown.notes)
    life.decides(act(life, ActKind.LIFT, Ground.SETTLED))
    life.send(ReceiptConfirmed(reference=life.reference, number=3))
    assert (life.shown.state, life.standing()) == ("in force", "usable")
    life.until("2027-03-01T09:00")
    assert life.shown.state == "in force", "its former end does nothing"


def test_an_annulment_reaches_back_and_only_an_appeal_restores() -> None:
    life = granted()
    life.until("2027-02-10T09:00")
    life.decides(act(life, ActKind.ANNUL, Ground.INCORRECT, **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    assert life.standing("2027-01-20T09:00") == "ended"
    assert life.standing("2027-01-20T09:00", known_at="2027-02-01T09:00") == "usable"
    assert life.decides(act(life, ActKind.AMEND, Ground.CONDITIONS)).possible == ("restore",)
    life.decides(act(life, ActKind.RESTORE, Ground.APPEAL))
    life.send(ReceiptConfirmed(reference=life.reference, number=3))
    assert life.standing() == "usable"


def test_its_holder_gives_it_back_and_is_not_heard_about_what_he_asked() -> None:
    life = granted()
    life.send(HolderRequest(life.reference, Wish.REVOKE, "No transit any more"))
    late = act(life, ActKind.REVOKE, Ground.REQUEST, effect_on=dt.date(2028, 6, 1))
    assert life.decides(late).article == "UCC art. 28(4)"
    life.decides(act(life, ActKind.REVOKE, Ground.REQUEST, effect_on=dt.date(2027, 2, 1)))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    assert life.standing() == "usable"
    assert life.standing("2027-02-01T09:00") == "ended"
    assert life.shown.acts[1].hearing == "not adverse"


def test_an_amendment_states_the_whole_decision() -> None:
    life = granted()
    assert isinstance(life.decides(act(life, ActKind.AMEND, Ground.CONDITIONS, **SECURITY)), NotPossible)
    life.decides(act(life, ActKind.AMEND, Ground.CONDITIONS, member_states=("FR", "DE"), **SECURITY))
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    assert [life.standing(begins_in=each) for each in ("DE", "AT")] == ["usable", "outside"]


@pytest.mark.parametrize("kind", [ActKind.AMEND, ActKind.SUSPEND])
def test_binding_tariff_information_is_neither_amended_nor_suspended(kind: ActKind) -> None:
    life = granted(type=DecisionType.BTI, given=BTI)
    refused = life.decides(act(life, kind, Ground.CONDITIONS))
    assert refused.article == "UCC art. 34(5), (6), DA 2015/2446 art. 22"
    assert refused.possible == ("revoke", "annul")
    assert life.decides(act(life, ActKind.REVOKE, Ground.CONDITIONS)).step == "revoke", "nobody is heard: 22(6)(a)"
    assert isinstance(life.send(ReceiptConfirmed(reference=life.reference, number=2)), StepRecorded)
    assert life.shown.state == "revoked"
