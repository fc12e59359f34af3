"""Accounts are stated by the administrations of their countries, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.accounts.contract import AccountEntry, HolderKind
from douane.applications.accounts.messages import (
    AccountRecords,
    AccountRecordsKept,
    AccountRecordsRefused,
    PersonQuestion,
    RightsQuestion,
)
from douane.author import NotAuthorised
from douane.testing.office import Office, administration, officer, service, trader

PROVIDER = "https://id.example.fr"
SIGN_IN = service("sign-in")


def entry(**changes: Any) -> AccountEntry:
    """Anne Martin of Lesquin, as France states her."""
    said: dict[str, Any] = {
        "account": "fr.anne.martin", "provider": PROVIDER, "subject": "1001", "name": "Anne Martin",
        "kind": HolderKind.TRADER, "country": "FR", "eori": "FR40123456700017", "roles": ("declarant",),
    }  # fmt: skip
    return AccountEntry(**said | changes)


def delivered(office: Office, *entries: AccountEntry, by: str = "FR", keeper: str = "EU") -> Any:
    """The answer to a delivery."""
    office.send(AccountRecords(keeper, entries), by=administration(by))
    return office.inbox(administration(by))[-1]


def found(office: Office, country: str = "FR", provider: str = PROVIDER, subject: str = "1001") -> str:
    """The account of a person who signed in."""
    question = PersonQuestion(keeper="EU", country=country, provider=provider, subject=subject)
    account: str = office.ask(question, by=SIGN_IN, of="EU").account
    return account


def test_a_person_is_known_by_the_provider_and_the_country_that_stated_him() -> None:
    office = Office("EU", "FR", "DE")
    assert delivered(office, entry()) == AccountRecordsKept(1)
    assert found(office) == "fr.anne.martin"
    assert [found(office, "DE"), found(office, provider="https://other.example"), found(office, subject="1")] == [
        ""
    ] * 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "DE", "account": "de.anne"}, {"account": "de.anne"}, {"eori": "DE1"},
        {"kind": HolderKind.OFFICER}, {"kind": HolderKind.OFFICER, "eori": ""}, {"kind": HolderKind.COMMISSION},
    ],
    ids=str,
)  # fmt: skip
def test_an_administration_states_persons_of_its_own_country_and_nothing_else(wrong: dict[str, Any]) -> None:
    office = Office("EU", "FR", "DE")
    refused = delivered(office, entry(subject="1002", account="fr.other"), entry(**wrong))
    assert isinstance(refused, AccountRecordsRefused)
    assert "accounts[1]" in refused.reasons[0]
    assert found(office, subject="1002") == "", "all or none"


def test_another_administration_takes_nobody_over() -> None:
    office = Office("EU", "FR", "DE")
    delivered(office, entry())
    stolen = entry(country="DE", account="de.anne.martin", eori="DE123")
    assert delivered(office, stolen, by="DE") == AccountRecordsKept(1)
    assert found(office) == "fr.anne.martin", "its own provider's persons are France's"


def test_staff_is_kept_by_its_own_administration() -> None:
    office = Office("EU", "FR")
    staff = entry(account="fr.luc", kind=HolderKind.OFFICER, eori="")
    assert delivered(office, staff, keeper="FR") == AccountRecordsKept(1)
    answer = office.ask(RightsQuestion(keeper="FR", account="fr.luc"), by=SIGN_IN, of="FR")
    assert (answer.known, answer.kind, answer.principals) == (True, HolderKind.OFFICER, ())


def test_a_closed_account_is_nobody_from_then_on() -> None:
    office = Office("EU", "FR")
    delivered(office, entry())
    delivered(office, entry(closed=True))
    assert found(office) == ""
    assert not office.ask(RightsQuestion(keeper="EU", account="fr.anne.martin"), by=SIGN_IN, of="EU").known


def test_who_was_another_person_before_is_not_let_in_by_his_old_name() -> None:
    office = Office("EU", "FR")
    delivered(office, entry())
    delivered(office, entry(subject="2002"))
    assert (found(office), found(office, subject="2002")) == ("", "fr.anne.martin")


@pytest.mark.parametrize("who", [trader("FR40123456700017"), officer("luc", "FR"), administration("FR")], ids=str)
def test_nobody_but_the_sign_in_asks_who_somebody_is(who: Any) -> None:
    office = Office("EU", "FR")
    with pytest.raises(NotAuthorised):
        office.ask(PersonQuestion(keeper="EU", country="FR", provider=PROVIDER, subject="1001"), by=who)
    if who.kind.value != "member_state":
        with pytest.raises(NotAuthorised):
            office.send(AccountRecords("EU", (entry(),)), by=who)
