"""The office for tests of applications: what it hands in, shows, lets happen and refuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from douane.applications.guarantees.messages import (
    GuaranteeAccount,
    GuaranteeQuery,
    GuaranteeRegistered,
    GuaranteeRegistration,
)
from douane.testing.office import START, Office, administration, officer, third_country, trader
from douane.vocabulary.errors import KnownIdChanged, NotAuthorised, NotFound
from douane.vocabulary.identifiers import Country, Grn

GRN = str(Grn.issue(2025, Country("FR"), "000000000001"))
HOLDER, OFFICER = trader("FR40123456700017"), officer("lille.1", "FR")
REGISTRATION = GuaranteeRegistration(
    GRN, "1", "FR40123456700017", "A1B2", Decimal(1000), dt.date(2025, 1, 1), office="FR005350"
)


def test_what_is_sent_is_handled_and_answered_at_once() -> None:
    office = Office("FR")
    accepted = office.send(REGISTRATION, by=OFFICER, id="R-1")
    assert accepted.id == "R-1"
    assert int(accepted.case, 16)
    assert office.inbox(OFFICER) == [GuaranteeRegistered(GRN, "FR005350")]
    account = office.ask(GuaranteeQuery(GRN), by=OFFICER)
    assert isinstance(account, GuaranteeAccount)
    assert account.limit == 1000


def test_the_same_message_again_is_the_same_and_another_under_its_id_is_refused() -> None:
    office = Office("FR")
    first = office.send(REGISTRATION, by=OFFICER, id="R-1")
    assert office.send(REGISTRATION, by=OFFICER, id="R-1") == first
    assert len(office.inbox(OFFICER)) == 1
    other = GuaranteeRegistration(GRN, "1", "DE1", "A1B2", Decimal(9), dt.date(2025, 1, 1), office="FR005350")
    with pytest.raises(KnownIdChanged):
        office.send(other, by=OFFICER, id="R-1")


@pytest.mark.parametrize("who", [HOLDER, third_country("CH")], ids=["trader", "third country"])
def test_nobody_does_what_is_not_open_to_him(who: object) -> None:
    office = Office("FR")
    with pytest.raises(NotAuthorised, match=r"guarantees\.register"):
        office.send(REGISTRATION, by=who)  # type: ignore[arg-type]
    assert office.inbox(OFFICER) == []


def test_strangers_see_no_case() -> None:
    office = Office("FR", "DE")
    office.send(REGISTRATION, by=OFFICER)
    with pytest.raises(NotFound):
        office.ask(GuaranteeQuery(GRN), by=officer("kiel.1", "DE"), of="FR")


def test_time_is_what_the_test_says() -> None:
    office = Office("FR")
    assert office.now == START
    office.wait(dt.timedelta(days=3, hours=1))
    assert dt.timedelta(days=3, hours=1) <= office.now - START < dt.timedelta(days=3, hours=1, seconds=1)
    early = Office("FR", start=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    assert early.now.year == 2025


def test_two_offices_share_nothing() -> None:
    one, other = Office("FR"), Office("FR")
    one.send(REGISTRATION, by=OFFICER)
    assert other.inbox(OFFICER) == []
    assert administration("EU").administration == "EU"
