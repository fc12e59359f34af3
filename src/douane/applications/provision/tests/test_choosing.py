"""Choices: who may take them, for what, when; what is refused says why, with the article where it is the law's."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.provision.messages import (
    OfferKept,
    Preview,
    PreviewQuery,
    ProvisionChoice,
    ProvisionKept,
    ProvisionLine,
    ProvisionQuery,
    ProvisionRefused,
    ProvisionReturn,
    ProvisionShown,
    ProvisionTold,
    SystemOffer,
)
from douane.author import ALL, Caller, Chosen, DouaneError, Instant, Provided
from douane.testing.office import Office, administration, officer, trader

SOON = dt.timedelta(days=30)
BY, WHY = "Director general of customs", "Its own ledger is audited with the rest of its accounts"
FR = administration("FR")


def office() -> Office:
    """The centre, where FR and BE offer their systems."""
    made = Office("EU")
    made.send(SystemOffer(provider="FR", services=("guarantees", "transit")), by=FR, id="offer")
    made.send(SystemOffer(provider="BE", services=("guarantees",), guests=("FR",)), by=administration("BE"))
    return made


def choice(at: dt.datetime, provider: str = "FR", of: str = "guarantees", whose: str = "FR") -> ProvisionChoice:
    return ProvisionChoice(administration=whose, of=of, provider=provider, since=at, decided_by=BY, reason=WHY)


def back(at: dt.datetime, *proofs: str, of: str = "guarantees") -> ProvisionReturn:
    return ProvisionReturn(administration="FR", of=of, since=at, decided_by=BY, reason=WHY, proofs=proofs)


def answered(made: Office, message: object, id: str) -> object:
    made.send(message, by=FR, id=id)
    return [each for each in made.inbox(FR) if not isinstance(each, ProvisionTold | OfferKept)][-1]


def reasons(made: Office, message: object, id: str) -> str:
    found = answered(made, message, id)
    assert isinstance(found, ProvisionRefused), found
    return " ".join(found.reasons)


def test_a_choice_is_kept_with_who_took_it_and_why_and_told_to_every_system_that_it_concerns() -> None:
    made = office()
    at = made.now + SOON
    kept = answered(made, choice(at, "BE"), "choice")
    assert isinstance(kept, ProvisionKept)
    assert (kept.line.provider, kept.line.decided_by, kept.line.reason) == ("BE", BY, WHY)
    assert kept.line.said_by == FR.id
    assert kept.line.said_at > 0
    for each in ("FR", "BE"):
        told = [m for m in made.inbox(administration(each)) if isinstance(m, ProvisionTold)]
        assert [(m.told, [line.provider for line in m.choices]) for m in told] == [(each, ["BE"])]
    shown: ProvisionShown = made.ask(ProvisionQuery(administration="FR"), by=administration("DE"), of="EU")
    assert [each.provider for each in shown.choices] == ["BE"]
    assert {each.provider for each in shown.offers} == {"FR", "BE"}


@pytest.mark.parametrize(
    ("days", "provider", "of", "said"),
    [
        (-1, "FR", "guarantees", "yet to come"),
        (0, "FR", "guarantees", "yet to come"),
        (30, "DE", "guarantees", "The system of DE does not offer guarantees"),
        (30, "FR", "risk_analysis", "The system of FR does not offer risk_analysis"),
        (30, "FR", "zebra", "no zebra"),
        (30, "FR", "guarantees.zebra", "no guarantees.zebra"),
        (30, "FR", "*", "Name a service"),
        (30, "FR", "aeo", "IA art. 30"),
        (30, "FR", "eori", "IA art. 7"),
        (30, "FR", "customs_decisions", "IA art. 10"),
        (30, "FR", "final_data", "one for the Union by law"),
        (30, "FR", "provision", "is not chosen"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_says_why(days: int, provider: str, of: str, said: str) -> None:
    made = office()
    assert said in reasons(made, choice(made.now + days * dt.timedelta(days=1), provider, of), "choice")
    shown: ProvisionShown = made.ask(ProvisionQuery(), by=FR, of="EU")
    assert not shown.choices


def test_a_host_chooses_its_guests() -> None:
    made = office()
    own = administration("DE")
    made.send(choice(made.now + SOON, "BE", whose="DE"), by=own, id="uninvited")
    (found,) = made.inbox(own)
    assert isinstance(found, ProvisionRefused)
    assert found.reasons == ("The system of BE does not offer guarantees to DE.",)


def accepted(made: Office, message: object, by: Caller, id: str) -> bool:
    """Whether somebody is told that it holds; refused at once, by an answer or in silence are all the same."""
    before = len(made.inbox(by))
    try:
        made.send(message, by=by, id=id)
    except DouaneError:
        return False
    return any(isinstance(each, ProvisionKept | OfferKept) for each in made.inbox(by)[before:])


def test_nobody_chooses_or_offers_for_another() -> None:
    made = office()
    for n, by in enumerate((administration("DE"), officer("guarantee", "FR"), trader("FR40123456700017"))):
        assert not accepted(made, choice(made.now + SOON), by, f"foreign {n}")
        assert not accepted(made, back(made.now + SOON), by, f"foreign back {n}")
    assert not accepted(made, SystemOffer(provider="FR", services=("*",)), administration("DE"), "offer of another")
    line = ProvisionLine(administration="FR", of="guarantees", provider="DE", since=0)
    made.send(ProvisionTold(told="EU", administration="FR", choices=(line,)), by=administration("DE"), id="told")
    shown: ProvisionShown = made.ask(ProvisionQuery(), by=FR, of="EU")
    assert shown.choices == ()
    assert {each.provider: each.services for each in shown.offers}["FR"] == ("guarantees", "transit")


def test_two_choices_for_one_instant_are_refused_also_where_one_is_of_a_single_operation() -> None:
    made = office()
    at = made.now + SOON
    assert isinstance(answered(made, choice(at), "first"), ProvisionKept)
    assert "chosen for that instant" in reasons(made, choice(at, "BE"), "second")
    assert "chosen for that instant" in reasons(made, choice(at, "BE", "guarantees.use"), "third")
    assert isinstance(answered(made, choice(at, "FR", "transit"), "another service"), ProvisionKept)


def test_what_is_not_in_force_is_void_when_it_is_taken_back() -> None:
    made = office()
    answered(made, choice(made.now + SOON), "choice")
    found = answered(made, back(made.now + SOON), "back")
    assert isinstance(found, ProvisionKept)
    assert found.void
    shown: ProvisionShown = made.ask(ProvisionQuery(administration="FR"), by=FR, of="EU")
    assert shown.choices == ()


def test_what_was_handed_over_goes_back_with_a_proof_alone() -> None:
    made = office()
    answered(made, choice(made.now + dt.timedelta(days=5), "EU"), "centre")
    answered(made, choice(made.now + SOON), "own")
    made.wait(2 * SOON)
    assert "guarantees was handed over" in reasons(made, back(made.now + SOON), "unproven")
    assert "guarantees was handed over" in reasons(made, back(made.now + SOON, "no proof"), "forged")


def test_what_would_change_is_shown_before_it_is_chosen() -> None:
    made = office()
    found: Preview = made.ask(
        PreviewQuery(administration="FR", of="guarantees", provider="FR", since=made.now + SOON), by=FR, of="EU"
    )
    assert found.faults == ()
    assert {"guarantees.register", "guarantees.use"} <= set(found.operations)
    assert (found.level, found.cases) == ("gold", 0)
    assert [(each.data_set, each.entries) for each in found.data_sets] == [("guarantees", 0)]
    assert found.contracts[0].startswith("guarantees ")
    refused: Preview = made.ask(
        PreviewQuery(administration="FR", of="aeo", provider="FR", since=made.now), by=FR, of="EU"
    )
    assert len(refused.faults) == 3


def test_the_latest_choice_holds_and_who_served_before_stays_known() -> None:
    known = Provided((
        Chosen(Instant(0), "FR", ALL, "EU"), Chosen(Instant(10), "FR", "guarantees", "FR"),
        Chosen(Instant(20), "FR", "guarantees.show", "BE"), Chosen(Instant(30), "FR", "guarantees", "EU"),
    ))  # fmt: skip
    assert known.providers("FR", "guarantees.use", Instant(9)) == ("EU",)
    assert known.providers("FR", "guarantees.use", Instant(10)) == ("FR", "EU")
    assert known.providers("FR", "guarantees.show", Instant(25)) == ("BE", "FR", "EU")
    assert known.providers("FR", "guarantees.show", Instant(30)) == ("EU", "BE", "FR")
    assert known.providers("FR", "transit.declare", Instant(30)) == ("EU",)
    assert known.providers("IT", "transit.declare", Instant(30)) == ()
    everybody = Provided((Chosen(Instant(0), ALL, ALL, "EU"), *known.of("FR")))
    assert everybody.providers("IT", "transit.declare", Instant(30)) == ("EU",)
