"""Delegations: given by owners, accepted, ended at once; what each person may do for whom, as a table."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.applications.accounts.contract import AccountEntry, DelegationGiven, HolderKind, Scope
from douane.applications.accounts.messages import (
    AccountRecords,
    ActingQuestion,
    DelegationAccepted,
    DelegationEnded,
    DelegationKept,
    DelegationRefused,
    MyDelegations,
    RightsQuestion,
)
from douane.applications.accounts.records import Delegation
from douane.applications.accounts.rules import Standing, bounds, standing
from douane.author import Caller, NotAuthorised
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.testing.office import Office, acting, administration, service, trader

TODAY: Final = dt.date(2026, 11, 2)
DAY: Final = dt.timedelta(days=1)
A, B, C = "FR40123456700017", "BE0123456789", "FR99999999900013"
"""A principal, his representative, somebody else."""
ANNE, BERT, EVE = "fr.anne", "be.bert", "fr.eve"
"""An employee of nobody in particular; one who signs in for the representative; one of his employees."""
SIGN_IN = service("sign-in")


@pytest.fixture
def office() -> Office:
    """An office that knows the persons."""
    return knowing()


def knowing() -> Office:
    """The same, for other tests too."""
    made = Office("EU", "FR", "BE")
    for country, people in (
        ("FR", (person(ANNE), person(EVE), person("fr.chief", A, "holder", "declarant"))),
        ("BE", (person(BERT, B, "holder"),)),
    ):
        made.send(AccountRecords("EU", people), by=administration(country))
    return made


def person(account: str, eori: str = "", *roles: str) -> AccountEntry:
    """A person of a provider."""
    return AccountEntry(
        account=account, provider="https://id.example", subject=account, name=account, kind=HolderKind.TRADER,
        country=account[:2].upper(), eori=eori, roles=roles,
    )  # fmt: skip


def gift(principal: str = A, delegate: str = B, **more: Any) -> DelegationGiven:
    """A full delegation from today on."""
    return DelegationGiven(
        **{"principal": principal, "delegate": delegate, "scope": Scope.FULL, "valid_from": TODAY, **more}
    )


def answer(office: Office, message: Any, by: Caller) -> Any:
    """What a message is answered by."""
    before = len(office.inbox(by))
    office.send(message, by=by)
    return office.inbox(by)[before]


def agreed(office: Office, principal: str = A, delegate: str = B, **more: Any) -> None:
    """A delegation that was given and accepted."""
    assert answer(office, gift(principal, delegate, **more), trader(principal)).state == "waits for acceptance"
    accepted = answer(office, DelegationAccepted(principal=principal, delegate=delegate), trader(delegate))
    assert isinstance(accepted, DelegationKept)


def may(office: Office, account: str, principal: str = A, through: str = "") -> tuple[str, ...]:
    """The roles in which a person acts for a principal now; none where he may not."""
    question = RightsQuestion(keeper="EU", account=account, principal=principal, through=through)
    found = office.ask(question, by=SIGN_IN, of="EU")
    roles: tuple[str, ...] = found.roles if not found.refused else ()
    return roles


def test_nothing_known_is_nothing_allowed(office: Office) -> None:
    assert [may(office, each) for each in (ANNE, BERT, EVE)] == [(), (), ()]
    assert not office.ask(ActingQuestion(principal=A, delegate=B, person=BERT), by=SIGN_IN).holds


def test_it_holds_once_it_is_accepted_and_not_after_it_ended(office: Office) -> None:
    answer(office, gift(), trader(A))
    assert may(office, BERT) == ()
    answer(office, DelegationAccepted(principal=A, delegate=B), trader(B))
    assert may(office, BERT) == ("declarant", "holder", INBOX_ROLE)
    answer(office, DelegationEnded(principal=A, delegate=B), trader(A))
    assert may(office, BERT) == ()
    again = answer(office, DelegationAccepted(principal=A, delegate=B), trader(B))
    assert isinstance(again, DelegationRefused), "what was revoked is not accepted once more"


def test_each_of_the_two_may_end_it(office: Office) -> None:
    agreed(office)
    assert answer(office, DelegationEnded(principal=A, delegate=B), trader(B)).state == "was ended"
    assert may(office, BERT) == ()


@pytest.mark.parametrize(
    ("message", "by"),
    [
        (gift(), trader(B)), (gift(), trader(C)), (DelegationAccepted(principal=A, delegate=B), trader(A)),
        (DelegationAccepted(principal=A, delegate=B), trader(C)), (DelegationEnded(principal=A, delegate=B), trader(C)),
    ],
    ids=["given by delegate", "given by another", "accepted by the giver", "accepted by another", "ended by another"],
)  # fmt: skip
def test_nobody_else_gives_accepts_or_ends_it(office: Office, message: Any, by: Caller) -> None:
    answer(office, gift(), trader(A))
    with pytest.raises(NotAuthorised, match="not its sender's to send"):
        office.send(message, by=by)
    assert may(office, BERT) == ()
    (line,) = office.ask(MyDelegations(), by=trader(A)).lines
    assert (line.accepted_at, line.ended_at) == (0, 0)


def test_a_delegate_makes_and_ends_no_delegations_of_his_principal(office: Office) -> None:
    agreed(office)
    as_a = acting(BERT, principal=A, delegate=B)
    for message in (gift(delegate=C), DelegationEnded(principal=A, delegate=B)):
        assert isinstance(answer(office, message, as_a), DelegationRefused)
    assert office.ask(MyDelegations(), by=as_a).lines == ()
    assert len(office.ask(MyDelegations(), by=trader(A)).lines) == 1


@pytest.mark.parametrize("after", ["\N{SUPERSCRIPT TWO}", "9.ff", "1.00", "-1.", "x" * 200, "0.zz", "2." + "00" * 99])
def test_a_cursor_that_nobody_gave_shows_nothing_and_breaks_nothing(office: Office, after: str) -> None:
    agreed(office)
    assert office.ask(MyDelegations(after=after), by=trader(C)).lines == ()


def test_a_stranger_sees_no_delegation(office: Office) -> None:
    agreed(office)
    assert office.ask(MyDelegations(), by=trader(C)).lines == ()
    assert [line.principal for line in office.ask(MyDelegations(), by=trader(B)).lines] == [A]


@pytest.mark.parametrize(
    "wrong",
    [
        {"delegate": A}, {"valid_to": TODAY - DAY}, {"scope": Scope.CASES}, {"scope": Scope.OPERATIONS},
        {"cases": ("X",)}, {"scope": Scope.CASES, "operations": ("transit.amend",)},
        {"delegate": ANNE, "onward": True},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_unclear_is_not_kept(office: Office, wrong: dict[str, Any]) -> None:
    assert isinstance(answer(office, gift(**wrong), trader(A)), DelegationRefused)


def test_a_new_gift_takes_the_place_of_the_old_and_waits(office: Office) -> None:
    agreed(office)
    answer(office, gift(roles=("holder",)), trader(A))
    assert may(office, BERT) == ()
    answer(office, DelegationAccepted(principal=A, delegate=B), trader(B))
    assert may(office, BERT) == ("holder",)


def test_a_delegate_has_at_most_the_roles_of_his_principal(office: Office) -> None:
    agreed(office, roles=("holder", "customs officer of departure"))
    assert may(office, BERT) == ("holder",)


def test_the_second_level_needs_both_delegations_and_the_right_to_pass_on(office: Office) -> None:
    agreed(office, onward=True)
    assert may(office, EVE, through=B) == ()
    agreed(office, B, EVE, roles=("holder",))
    assert may(office, EVE, through=B) == ("holder",)
    assert may(office, EVE) == (), "she acts for the principal as an employee of the representative, or not at all"
    could = office.ask(RightsQuestion(keeper="EU", account=EVE), by=SIGN_IN, of="EU").principals
    assert [(each.principal, each.through) for each in could] == [(B, ""), (A, B)]
    answer(office, DelegationEnded(principal=B, delegate=EVE), trader(B))
    assert may(office, EVE, through=B) == ()


def test_without_the_right_to_pass_on_employees_of_the_representative_act_for_nobody(office: Office) -> None:
    agreed(office)
    agreed(office, B, EVE)
    assert may(office, EVE, through=B) == ()
    assert not office.ask(ActingQuestion(principal=A, delegate=B, person=EVE), by=SIGN_IN).holds
    assert office.ask(ActingQuestion(principal=A, delegate=B, person=BERT), by=SIGN_IN).holds


def test_the_core_asks_at_each_reading(office: Office) -> None:
    agreed(office)
    bert = acting(BERT, principal=A, delegate=B)
    assert office.ask(MyDelegations(), by=bert).lines == ()
    answer(office, DelegationEnded(principal=A, delegate=B), trader(A))
    with pytest.raises(NotAuthorised, match="No delegation"):
        office.ask(MyDelegations(), by=bert)


DAYS = st.integers(-3, 3).map(lambda n: TODAY + n * DAY)
GRANTS = st.builds(
    Delegation, st.just(A), st.just(B), st.sampled_from(Scope),
    st.lists(st.sampled_from("xyz"), max_size=2).map(tuple), st.lists(st.sampled_from("opq"), max_size=2).map(tuple),
    st.lists(st.sampled_from("rst"), max_size=2).map(tuple), DAYS, st.none() | DAYS, st.booleans(), st.just(1),
    st.integers(0, 1), st.integers(0, 1),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])  # many fields: a busy machine draws them slowly
@given(first=GRANTS, second=GRANTS, day=DAYS)
def test_a_chain_gives_never_more_than_each_of_its_links(first: Delegation, second: Delegation, day: dt.date) -> None:
    def today(_country: str) -> dt.date:
        return day

    chain, alone = bounds((first, second), today), [bounds((each,), today) for each in (first, second)]
    if chain is None:
        return
    assert first.onward
    assert all(standing(each, today) is Standing.HOLDS for each in (first, second))
    for part in ("operations", "cases", "roles"):
        for each in alone:
            allowed = getattr(each, part)
            assert not allowed or (getattr(chain, part) and getattr(chain, part) <= allowed)


def test_a_missing_link_breaks_a_chain() -> None:
    assert bounds((), lambda _country: TODAY) is None
    assert bounds((None,), lambda _country: TODAY) is None
