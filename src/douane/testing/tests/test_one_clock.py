"""Registers judge by the statutory clock, in every answer alike; what a machine says of the date matters to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from douane.applications.aeo.messages import AeoCheck, AuthorisationGranted
from douane.applications.authorisations.messages import (
    AuthorisationQuestion,
    AuthorisationStated,
    OwnAuthorisationsQuery,
    Standing,
    State,
)
from douane.applications.availability.messages import AvailabilityQuery
from douane.applications.eori.messages import EoriCheck, OperatorEntry, OperatorQuestion, OperatorRecords
from douane.applications.representation.contract import Representing
from douane.applications.representation.messages import Empowerment, RepresentationQuery
from douane.testing.office import START, Office, administration, trader
from douane.vocabulary.known import Says

AHEAD = dt.timedelta(days=70)
HALF = START + AHEAD / 2
"""A month after the day of the machine, and a month before that of the union."""
FR, HOLDER = administration("FR"), trader("FR40123456700017")
DECISIONS = ("FRIPO2026000001", "FRCVA2026000001", "FRCGU2026000001")


def office(ahead: dt.timedelta) -> Office:
    """One that heard of decisions: one begins at ``HALF``, one ends then, one is suspended until then."""
    made = Office("EU", "FR", ahead=ahead)
    begins, ends, rests = (
        {"reference": each, "number": 1, "holder": HOLDER.party.identifier, "effect_from": START - AHEAD}
        for each in DECISIONS
    )
    made.send(AuthorisationStated(**{**begins, "effect_from": HALF}), by=FR)  # type: ignore[arg-type]
    made.send(AuthorisationStated(**ends, effect_to=HALF), by=FR)  # type: ignore[arg-type]
    made.send(AuthorisationStated(**rests), by=FR)  # type: ignore[arg-type]
    suspended = {**rests, "number": 2, "state": State.SUSPENDED, "effect_from": START - AHEAD / 2, "effect_to": HALF}
    made.send(AuthorisationStated(**suspended), by=FR)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    ("ahead", "stand"),
    [
        (dt.timedelta(), (Standing.NOT_IN_FORCE, Standing.USABLE, Standing.SUSPENDED)),
        (AHEAD, (Standing.USABLE, Standing.NOT_IN_FORCE, Standing.USABLE)),
    ],
    ids=["of the machine", "ahead"],
)
def test_the_answer_on_an_authorisation_and_the_list_of_its_holder_judge_by_one_clock(
    ahead: dt.timedelta, stand: tuple[Standing, ...]
) -> None:
    told = office(ahead)
    assert (
        tuple(
            told.ask(AuthorisationQuestion(reference=each, begins_in="FR", ends_in="FR"), by=FR).standing
            for each in DECISIONS
        )
        == stand
    )
    lines = told.ask(OwnAuthorisationsQuery(country="FR"), by=HOLDER).lines
    assert {each.reference: each.standing for each in lines} == dict(zip(DECISIONS, stand, strict=True))


def test_what_was_known_goes_by_the_clock_of_the_machine() -> None:
    """Nobody could have known on a day before the statement, wherever the statutory clock stands."""
    told = office(AHEAD)
    known = [
        told.ask(AuthorisationQuestion(reference=DECISIONS[0], known_at=at), by=FR).known.says
        for at in (START - dt.timedelta(days=1), START + dt.timedelta(days=1))
    ]
    assert known == [Says.NO, Says.YES]


def _eori(told: Office, first: dt.date, last: dt.date | None) -> tuple[bool, ...]:
    entry = OperatorEntry(eori="FR40123456700017", legal_name="A", country="FR", valid_from=first, valid_to=last)
    told.send(OperatorRecords((entry,)), by=FR)
    (verdict,) = told.ask(EoriCheck((entry.eori,)), by=FR, of="EU").verdicts.result
    return verdict.status == 0, told.ask(OperatorQuestion(eori=entry.eori), by=FR, of="EU").known.says is Says.YES


def _power(told: Office, first: dt.date, last: dt.date | None) -> tuple[bool, ...]:
    both = {"administration": "FR", "principal": "FR40123456700017", "representative": "FR12345678900011"}
    told.send(Empowerment(**both, kind=Representing.DIRECT, valid_from=first, valid_to=last), by=HOLDER)
    return (told.ask(RepresentationQuery(**both), by=HOLDER).known.says is Says.YES,)  # type: ignore[arg-type]


def _aeo(told: Office, first: dt.date, last: dt.date | None) -> tuple[bool, ...]:
    granted = {"number": "FRAEOF00012345", "holder": "FR40123456700017", "legal_name": "A", "country": "FR"}
    assert last is None, "an authorisation has no last day"
    told.send(AuthorisationGranted(**granted, since=first), by=FR)  # type: ignore[arg-type]
    return (told.ask(AeoCheck("FR40123456700017"), by=FR, of="EU").known.says is Says.YES,)


REGISTERS: dict[str, Callable[[Office, dt.date, dt.date | None], tuple[bool, ...]]] = {
    "operators": _eori, "representation": _power, "authorised operators": _aeo,
}  # fmt: skip


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_judges_at_the_statutory_present(register: str) -> None:
    """What begins between the two clocks holds, by each of its answers; by the clock of the machine it did not."""
    held = [REGISTERS[register](Office("EU", "FR", ahead=each), HALF.date(), None) for each in (dt.timedelta(), AHEAD)]
    assert [set(each) for each in held] == [{False}, {True}]


@pytest.mark.parametrize("register", ["operators", "representation"])
def test_what_ended_between_the_two_clocks_is_over(register: str) -> None:
    began, ended = (START - AHEAD).date(), HALF.date()
    held = [REGISTERS[register](Office("EU", "FR", ahead=each), began, ended) for each in (dt.timedelta(), AHEAD)]
    assert [set(each) for each in held] == [{True}, {False}]


def test_what_is_out_of_service_now_is_asked_of_the_statutory_present() -> None:
    told = Office("EU", "FR", ahead=AHEAD)
    assert told.ask(AvailabilityQuery(), by=FR).at == told.now + AHEAD
