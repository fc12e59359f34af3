"""Persons of an older portal: they may sign in, and may do nothing for anybody until an owner lets them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from msgspec.structs import replace

from douane.applications.accounts.contract import AccountEntry, DelegationGiven, HolderKind, Scope
from douane.applications.accounts.messages import (
    AccountRecords,
    DelegationAccepted,
    MyPreferences,
    OlderChoice,
    OlderPerson,
    PersonQuestion,
    PreferencesStated,
    RightsQuestion,
)
from douane.author import OPERATOR
from douane.author.needs import OLDER_CHOICE_JUDGED, OLDER_PERSON_JUDGED, Supply
from douane.testing.office import Office, acting, administration, service, trader

FIRM: Final = "FR40123456700017"
ANNE: Final = OlderPerson(
    account="fr.anne.old", country="FR", provider="https://id.example", subject="4711", name="Anne Petit"
)
CHOICE: Final = OlderChoice(party=FIRM, account="fr.anne.old", language="de", dense=True)
SIGN_IN: Final = service("sign-in")


def taken() -> Office:
    """An office to which Anne came; her firm has an account of its own."""
    office = Office("EU", "FR")
    firm = AccountEntry(
        account="fr.firm", provider="https://id.example", subject="1", name="Firm", kind=HolderKind.TRADER,
        country="FR", eori=FIRM, roles=("declarant",),
    )  # fmt: skip
    office.send(AccountRecords("EU", (firm,)), by=administration("FR"))
    office.send(ANNE, by=OPERATOR)
    return office


def let(office: Office) -> None:
    """The firm lets Anne act for it."""
    day = dt.date(2026, 11, 2)
    given = DelegationGiven(principal=FIRM, delegate="fr.anne.old", scope=Scope.FULL, valid_from=day)
    office.send(given, by=trader(FIRM))
    anne = replace(acting("fr.anne.old", principal="fr.anne.old"), by="")
    office.send(DelegationAccepted(principal=FIRM, delegate="fr.anne.old"), by=anne)


def rights(office: Office, principal: str = "") -> Any:
    """What Anne may do now."""
    return office.ask(RightsQuestion(keeper="EU", account="fr.anne.old", principal=principal), by=SIGN_IN)


def judged(office: Office, supply: Supply[Any], message: object) -> tuple[bool, set[str]]:
    """Whether it is here, and the fields against which something stands."""
    here, found = office.supplied(supply, "EU")(message)
    return here, {each.pointer for each in found}


def test_she_may_sign_in_and_has_no_right_until_an_owner_gives_one() -> None:
    office = taken()
    question = PersonQuestion(keeper="EU", country="FR", provider="https://id.example", subject="4711")
    assert office.ask(question, by=SIGN_IN).account == "fr.anne.old"
    found = rights(office)
    assert (found.known, found.eori, found.roles, found.principals) == (True, "", (), ())
    assert rights(office, FIRM).refused
    let(office)
    assert "declarant" in rights(office, FIRM).roles


def test_nobody_becomes_somebody_else() -> None:
    office = taken()
    assert judged(office, OLDER_PERSON_JUDGED, ANNE) == (True, set())
    assert judged(office, OLDER_PERSON_JUDGED, replace(ANNE, subject="4712")) == (False, {"/account"})
    assert judged(office, OLDER_PERSON_JUDGED, replace(ANNE, account="fr.anne.new")) == (False, {"/subject"})
    assert judged(office, OLDER_PERSON_JUDGED, replace(ANNE, account="fr.firm")) == (False, {"/account", "/subject"})
    assert judged(office, OLDER_PERSON_JUDGED, replace(ANNE, account="de.anne", subject="2")) == (False, {"/account"})
    office.send(replace(ANNE, account="fr.firm", subject="666"), by=OPERATOR)
    question = PersonQuestion(keeper="EU", country="FR", provider="https://id.example", subject="666")
    assert office.ask(question, by=SIGN_IN).account == "", "the core believes no judgement but its own"
    assert office.ask(RightsQuestion(keeper="EU", account="fr.firm"), by=SIGN_IN).roles == ("declarant",)


def test_what_she_chose_is_hers_and_her_own_choice_here_stays() -> None:
    office, anne = taken(), acting("fr.anne.old", principal=FIRM)
    assert judged(office, OLDER_CHOICE_JUDGED, CHOICE) == (False, set())
    office.send(CHOICE, by=OPERATOR)
    assert judged(office, OLDER_CHOICE_JUDGED, CHOICE) == (True, set())
    let(office)
    assert office.ask(MyPreferences(keeper="EU"), by=anne).language == "de"
    office.send(PreferencesStated(keeper="EU", language="fr"), by=anne)
    office.send(replace(CHOICE, language="en"), by=OPERATOR)
    assert office.ask(MyPreferences(keeper="EU"), by=anne).language == "fr"
    assert office.ask(MyPreferences(keeper="EU"), by=trader(FIRM)).language == ""
