"""What a delegate does and sees in the business of another, by what was delegated: judged by the core, act by act."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest

from douane.applications.accounts.contract import AccountEntry, DelegationGiven, HolderKind, Scope
from douane.applications.accounts.messages import AccountRecords, DelegationAccepted, DelegationEnded
from douane.applications.case_files.messages import CasesQuery
from douane.applications.representation.contract import RepresentationQuery, Representing
from douane.applications.representation.messages import (
    Empowerment,
    EmpowermentKept,
    EmpowermentRefused,
    EmpowermentWithdrawn,
)
from douane.model.caller import Caller
from douane.testing.office import Office, acting, administration, trader
from douane.vocabulary.errors import NotAuthorised
from douane.vocabulary.known import Says

TODAY: Final = dt.date(2026, 11, 2)
A, B = "FR40123456700017", "BE0123456789"
FIRST, SECOND, THIRD = "FR11111111100011", "FR22222222200022", "FR33333333300033"
"""Representatives of the principal: the first and the second had their power before there was a delegate."""
BERT = acting("be.bert", principal=A, delegate=B)
EMPOWER, WITHDRAW = "representation.empower", "representation.withdraw"


@pytest.fixture
def office() -> Office:
    """A principal who has two cases of his own, and a delegate with an account."""
    made = Office("EU", "FR", "BE")
    bert = AccountEntry(
        account="be.bert", provider="https://id.example", subject="1", name="Bert", kind=HolderKind.TRADER,
        country="BE", eori=B,
    )  # fmt: skip
    made.send(AccountRecords("EU", (bert,)), by=administration("BE"))
    for each in (FIRST, SECOND):
        assert isinstance(empowered(made, trader(A), each), EmpowermentKept)
    return made


def delegated(office: Office, scope: Scope, **more: Any) -> None:
    """The principal gives, the delegate accepts."""
    office.send(
        DelegationGiven(principal=A, delegate=B, scope=scope, valid_from=TODAY, valid_to=TODAY, **more), by=trader(A)
    )
    office.send(DelegationAccepted(principal=A, delegate=B), by=trader(B))


def answered(office: Office, message: Any, by: Caller) -> Any:
    """What a message is answered by; it goes to the principal, whoever sent it for him."""
    before = len(office.inbox(by))
    office.send(message, by=by)
    return office.inbox(by)[before]


def empowered(office: Office, by: Caller, representative: str) -> Any:
    """The principal's business: a power for a representative."""
    power = Empowerment(administration="FR", principal=A, representative=representative, kind=Representing.DIRECT,
                        valid_from=TODAY)  # fmt: skip
    return answered(office, power, by)


def withdrawn(office: Office, by: Caller, representative: str) -> Any:
    """The power ends."""
    return answered(
        office,
        EmpowermentWithdrawn(administration="FR", principal=A, representative=representative, valid_from=TODAY),
        by,
    )


def seen(office: Office, by: Caller = BERT) -> set[str]:
    """The representatives whose cases somebody is shown in a list."""
    lines = office.ask(CasesQuery(country="FR"), by=by, of="FR").cases
    return {name for each in lines for name in (each.reference, *each.names)} & {FIRST, SECOND, THIRD}


def test_without_a_delegation_nothing_is_done_and_nothing_is_seen(office: Office) -> None:
    assert isinstance(withdrawn(office, BERT, FIRST), EmpowermentRefused)
    assert isinstance(empowered(office, BERT, THIRD), EmpowermentRefused)
    with pytest.raises(NotAuthorised):
        seen(office)
    assert holds(office, FIRST), "the power is untouched"
    assert not holds(office, THIRD)


def holds(office: Office, representative: str, by: Caller | None = None) -> bool:
    """Whether the register has a power, as it tells the principal, or somebody else."""
    question = RepresentationQuery(administration="FR", principal=A, representative=representative)
    return office.ask(question, by=by or trader(A), of="FR").known.says is Says.YES


def test_with_a_full_one_everything_is_done_for_the_principal(office: Office) -> None:
    delegated(office, Scope.FULL)
    assert isinstance(withdrawn(office, BERT, FIRST), EmpowermentKept)
    assert isinstance(empowered(office, BERT, THIRD), EmpowermentKept)
    assert holds(office, THIRD)


def test_for_named_operations_these_alone(office: Office) -> None:
    delegated(office, Scope.OPERATIONS, operations=(WITHDRAW,))
    assert isinstance(withdrawn(office, BERT, FIRST), EmpowermentKept)
    assert isinstance(empowered(office, BERT, THIRD), EmpowermentRefused)
    assert not holds(office, THIRD)


def test_for_named_cases_these_alone_are_touched_and_seen_and_none_is_opened(office: Office) -> None:
    delegated(office, Scope.CASES, cases=(FIRST,))
    assert seen(office) == {FIRST}
    assert isinstance(withdrawn(office, BERT, SECOND), EmpowermentRefused)
    assert isinstance(empowered(office, BERT, THIRD), EmpowermentRefused)
    assert isinstance(withdrawn(office, BERT, FIRST), EmpowermentKept)
    assert [holds(office, each) for each in (FIRST, SECOND, THIRD)] == [False, True, False]
    assert seen(office, trader(A)) == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("scope", "more", "shown"),
    [
        (Scope.CASES, {"cases": (FIRST,)}, {FIRST}), (Scope.OPERATIONS, {"operations": (EMPOWER,)}, set()),
        (Scope.FULL, {"roles": ("declarant",)}, set()),
    ],
    ids=str,
)  # fmt: skip
def test_who_knows_a_reference_learns_by_it_no_more_than_a_list_shows_him(
    office: Office, scope: Scope, more: dict[str, Any], shown: set[str]
) -> None:
    delegated(office, scope, **more)
    assert seen(office) == shown
    assert {each for each in (FIRST, SECOND) if holds(office, each, BERT)} == shown
    assert holds(office, FIRST)
    assert holds(office, FIRST, trader(FIRST)), "who has the power is asked for himself"


def test_a_new_delegate_sees_what_goes_through_him_and_the_former_one_nothing(office: Office) -> None:
    """The rule of the Union's own portal, with the safer end: who was delegate before has no access of his own left."""
    delegated(office, Scope.OPERATIONS, operations=(EMPOWER,))
    empowered(office, BERT, THIRD)
    assert seen(office) == {THIRD}, "not what was there before him"
    office.send(DelegationEnded(principal=A, delegate=B), by=trader(A))
    with pytest.raises(NotAuthorised):
        seen(office)
    assert isinstance(withdrawn(office, BERT, THIRD), EmpowermentRefused)
    assert seen(office, trader(A)) == {FIRST, SECOND, THIRD}


def test_it_ends_with_its_last_day_without_anybody_doing_anything(office: Office) -> None:
    delegated(office, Scope.FULL)
    office.wait(dt.timedelta(days=1))
    assert isinstance(withdrawn(office, BERT, FIRST), EmpowermentRefused)


def test_another_person_of_no_account_does_not_act_under_the_delegates_name(office: Office) -> None:
    delegated(office, Scope.FULL)
    eve = acting("be.eve", principal=A, delegate=B)
    assert isinstance(withdrawn(office, eve, FIRST), EmpowermentRefused)
    assert isinstance(withdrawn(office, acting(B, principal=A), FIRST), EmpowermentKept), "it was given to this name"
