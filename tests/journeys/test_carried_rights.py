"""Who sees a case that another system keeps: keeper x asker x list, each by the answers that he gets."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.case_files.messages import CaseQuery, CasesQuery, MessagesQuery, SaidQuery
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.model.caller import Caller
from douane.runtime.delivery.sight import INBOX_ROLE, sees
from douane.runtime.store.queries import View
from douane.standards.ncts.phase5 import CC015C
from douane.vocabulary.case_summaries import Asked, Elsewhere, Heard, Part, Told, nobody_tells
from douane.vocabulary.errors import NotFound
from tests.callers import officer, system, trader
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Office

KEEPERS = ("DE", "AT", "IT")
DELEGATE, STRANGER = "BE0123456789", "DE9999999999"
ALL, DECLARES = frozenset({INBOX_ROLE}), frozenset({"holder of the transit procedure"})
LRN = "CARRIED-1"
SEEING: dict[str, tuple[Caller, frozenset[str], frozenset[str]]] = {
    "the party": (trader(TRADER), ALL, frozenset()),
    "an employee who declares": (trader(TRADER), DECLARES, frozenset()),
    "a delegate for all": (trader(TRADER, by=DELEGATE), ALL, frozenset()),
    "a delegate for this case": (trader(TRADER, by=DELEGATE), DECLARES, frozenset({LRN})),
}
BLIND: dict[str, tuple[Caller, frozenset[str], frozenset[str]]] = {
    "a stranger": (trader(STRANGER), ALL, frozenset()),
    "a stranger who delegates": (trader(STRANGER, by=TRADER), ALL, frozenset()),
    "an employee for other things": (trader(TRADER), frozenset({"trader at destination"}), frozenset()),
    "a delegate for another case": (trader(TRADER, by=DELEGATE), DECLARES, frozenset({"OTHER-1"})),
    "a delegate whose delegation has ended": (trader(TRADER, by=DELEGATE), frozenset(), frozenset()),
    "an officer of the keeper": (officer("x.officer", ""), ALL, frozenset()),
    "an officer of the centre's own": (officer("fr.officer", "FR"), ALL, frozenset()),
    "the system of the keeper": (system("DE"), ALL, frozenset()),
}


def carried(keeper: str) -> Office:
    """A node of France that passed one declaration on to a keeper."""
    office = Office(frozenset({"FR"}))
    carry(office, keeper, TRADER, LRN)
    return office


def carry(office: Office, keeper: str, holder: str, lrn: str) -> None:
    """Pass a declaration of somebody on to a keeper."""
    declared: CC015C = normal()
    message = replace(
        declared, message_sender=holder, message_recipient=f"NTA.{keeper}",
        message_identification=f"{declared.message_identification}{lrn}"[-35:],
        transit_operation=replace(declared.transit_operation, lrn=lrn),
        holder_of_the_transit_procedure=replace(declared.holder_of_the_transit_procedure, identification_number=holder),
    )  # fmt: skip
    office.give(message, holder, administration=keeper)


Asker = tuple[Caller, frozenset[str], frozenset[str]]
"""Who asks, in which roles, and the references that his delegation names."""


def asked(
    office: Office, of: str, operation: str, question: Any, who: Asker, elsewhere: Elsewhere = nobody_tells
) -> Any:  # fmt: skip
    """What somebody is answered; of: whose view the question is asked in."""
    caller, roles, cases = who
    caller = replace(caller, administration=of) if caller.id == "x.officer" else caller
    sight = sees(caller, roles, tuple(CATALOGUE.operations.values()), cases)
    view = View(office.store.snapshot(), of, office.clock.now(), office.look, caller=caller, roles=roles, sees=sight,
                elsewhere=elsewhere)  # fmt: skip
    return BEHAVIOUR.queries[operation].answer(view, question)


def seen(office: Office, keeper: str, who: Asker) -> list[str]:
    """In which answers somebody sees the case: in lists of the keeper, of all, of messages, by name and by number."""
    found, own = list[str](), SEEING["the party"]
    (line,) = asked(office, keeper, "case_files.my_cases", CasesQuery(), own).cases
    (message,) = asked(office, keeper, "case_files.show", CaseQuery(line.case, keeper), own).messages
    for of, where in ((keeper, keeper), ("EU", "")):
        if asked(office, of, "case_files.my_cases", CasesQuery(country=where), who).cases:
            found.append(f"cases {where}")
        if asked(office, of, "case_files.my_cases", CasesQuery(country=where, state=f"sent to {keeper}"), who).cases:
            found.append(f"cases by state {where}")
        if asked(office, of, "case_files.my_messages", MessagesQuery(country=where), who).messages:
            found.append(f"messages {where}")
        for name in (LRN, line.case):
            try:
                asked(office, of, "case_files.show", CaseQuery(name, where), who)
                found.append(f"case {name} {where}")
            except NotFound:
                pass
            said = SaidQuery(reference=name, country=where, leaf=message.leaf)
            try:
                asked(office, of, "case_files.message", said, who)
                found.append(f"message {name} {where}")
            except NotFound:
                pass
    return found


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("who", SEEING)
def test_whose_case_it_is_sees_it_in_every_list(keeper: str, who: str) -> None:
    assert len(seen(carried(keeper), keeper, SEEING[who])) == 14


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("who", BLIND)
def test_nobody_else_sees_anything_of_it(keeper: str, who: str) -> None:
    assert seen(carried(keeper), keeper, BLIND[who]) == []


def telling(*parties: str) -> Elsewhere:
    """A keeper that tells of each case that it is asked about, with these parties."""
    said = tuple(Part(each, "holder of the transit procedure") for each in parties)

    def told(asked: Asked) -> Heard:
        return Heard(
            Told(asked.administration, "mrn", "X", asked.operation, 1, "told state", "XX000001", 1 << 51, "LIMIT",
                 "UCC art. 1", "XX", 1, "", "", said, 1, 1),
            asked.administration, 2,
        )  # fmt: skip

    return told


@pytest.mark.parametrize("who", [*SEEING, *BLIND])
def test_a_summary_is_joined_to_what_somebody_sees_anyway_where_its_keeper_names_his_party(who: str) -> None:
    """Seeing x told: what a keeper tells adds no line, and none of it stands in a line of whom it does not name."""
    asker, office = {**SEEING, **BLIND}[who], carried("DE")
    lines = asked(office, "DE", "case_files.my_cases", CasesQuery(), asker).cases
    assert bool(lines) is (who in SEEING)
    for parties, joins in (((TRADER,), True), ((STRANGER, DELEGATE), False)):
        for question in (CasesQuery(), CasesQuery(country="DE"), CasesQuery(state="told state"),
                         CasesQuery(soonest=True)):  # fmt: skip
            found = asked(office, "DE", "case_files.my_cases", question, asker, telling(*parties)).cases
            listed = who in SEEING and (joins or question in (CasesQuery(), CasesQuery(country="DE")))
            assert [each.case for each in found] == [each.case for each in lines if listed]
            assert all((each.state == "told state") is bool(each.summary) is joins for each in found)
            assert joins or found in ((), lines)


@pytest.mark.parametrize("keeper", KEEPERS)
@pytest.mark.parametrize("who", BLIND)
def test_what_a_keeper_tells_opens_nothing_to_anybody_else(keeper: str, who: str) -> None:
    caller, roles, cases = BLIND[who]
    office, own = carried(keeper), SEEING["the party"]
    (line,) = asked(office, keeper, "case_files.my_cases", CasesQuery(), own).cases
    everybody = telling(TRADER, STRANGER, DELEGATE, f"NTA.{keeper}")
    for name in (LRN, line.case):
        with pytest.raises(NotFound):
            asked(office, keeper, "case_files.show", CaseQuery(name, keeper), (caller, roles, cases), everybody)
