"""Registers judge by the statutory clock, in every answer alike; what a machine says of the date matters to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, NewType, get_args, get_type_hints

import msgspec
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
from douane.applications.case_files.messages import CaseQuery, CasesQuery, MessagesQuery, TasksQuery
from douane.applications.customs_decisions.messages.applying import ReceiptConfirmed
from douane.applications.customs_decisions.messages.consulting import OpinionFormed
from douane.applications.customs_decisions.messages.deciding import ConsultationBegun, DecisionTaken
from douane.applications.customs_decisions.messages.showing import DecisionQuery, OwnDecisionsQuery
from douane.applications.customs_decisions.messages.words import ConsultationKind, DecisionType, Verdict
from douane.applications.customs_decisions.tests.life import HOLDER as HOLDER_OF_CGU
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import CGU
from douane.applications.eori.messages import EoriCheck, OperatorEntry, OperatorQuestion, OperatorRecords
from douane.applications.provision.messages import ProvisionQuery
from douane.applications.representation.contract import Representing
from douane.applications.representation.messages import Empowerment, RepresentationQuery
from douane.testing.office import START, Office, administration, officer, trader
from douane.vocabulary.clocks import EXTRA, Clock
from douane.vocabulary.known import Says
from douane.vocabulary.time import Instant, moment

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


def instants(of: Any, declared: Any = None, field: str = "") -> Iterator[tuple[str, Clock, dt.datetime]]:
    """The instants of an answer, each with its field and the clock that the type of the field says."""
    if isinstance(of, msgspec.Struct):
        for each, type in get_type_hints(of.__class__, include_extras=True).items():
            yield from instants(getattr(of, each), type, f"{of.__class__.__name__}.{each}")
    elif isinstance(of, tuple):
        for one in of:
            yield from instants(one, declared, field)
    elif isinstance(of, dt.datetime):
        yield field, _said(declared), of
    elif isinstance(of, int) and of and (clock := _said(declared)) is not None:
        yield field, clock, moment(Instant(of))


def _said(declared: Any) -> Any:
    """The clock that the annotation of a field says; None for one that says none."""
    while isinstance(declared, NewType):
        declared = declared.__supertype__
    known = (each.extra.get(EXTRA) for each in getattr(declared, "__metadata__", ()) if each.extra)
    found = next(filter(None, known), None)
    return found or next(filter(None, map(_said, get_args(declared))), None)


def test_each_instant_of_an_answer_is_by_the_clock_that_its_type_says() -> None:
    """With the statutory clock seventy days ahead whatever law counts is there or later; the machine knows of none."""
    life = Life("2026-12-01T00:00", DecisionType.CGU, CGU, office=Office("FR", "DE", "BE", "AT", ahead=AHEAD))
    ahead, own = life.office.now + AHEAD - dt.timedelta(days=1), life.officer
    both = ("DE", "BE")
    life.decides(ConsultationBegun(reference=life.reference, kind=ConsultationKind.CRITERIA, authorities=both,
                                   text="Is the applicant known for infringements there?", days=45))  # fmt: skip
    for each in both:
        said = OpinionFormed(reference=life.reference, number=1, verdict=Verdict.AGREES)
        life.decides(said, officer(f"{each.lower()}.officer", each))
    life.decides(DecisionTaken(reference=life.reference, granted=True))
    life.send(ReceiptConfirmed(reference=life.reference, number=1))
    cases = life.office.ask(CasesQuery(country="FR"), by=HOLDER_OF_CGU).cases
    assert cases
    answers = [
        *life.told,
        life.office.ask(DecisionQuery(life.reference), by=own),
        life.office.ask(OwnDecisionsQuery(country="FR"), by=HOLDER_OF_CGU),
        life.office.ask(CasesQuery(), by=own), life.office.ask(TasksQuery(), by=own),
        life.office.ask(MessagesQuery(country="FR"), by=HOLDER_OF_CGU),
        *(life.office.ask(CaseQuery(each.reference), by=HOLDER_OF_CGU) for each in cases),
        life.office.ask(OwnAuthorisationsQuery(country="FR"), by=HOLDER_OF_CGU),
        life.office.ask(AvailabilityQuery(), by=own), life.office.ask(ProvisionQuery(), by=FR),
    ]  # fmt: skip
    found = [each for answer in answers for each in instants(answer)]
    seen = {clock: {field for field, of, _ in found if of is clock} for clock in Clock}
    assert {"CaseLine.opened", "CaseMessage.at", "ProvisionShown.at"} <= seen[Clock.MACHINE]
    assert {"ActShown.signed_at", "ActInEffect.effect_from", "AuthorisationLine.effect_from"} <= seen[Clock.STATUTORY]
    wrong = [each for each in found if (each[2] >= ahead) != (each[1] is Clock.STATUTORY)]
    assert wrong == []
