"""The register of exporters: valid from the whole form, good until the exporter knew, seen by whom the law names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.rex.messages import (
    Activity,
    BeneficiaryStated,
    ExporterForm,
    Ground,
    RexApplication,
    RexCheck,
    RexDecided,
    RexEntered,
    RexIncomplete,
    RexInformed,
    RexListQuery,
    RexModified,
    RexNotKept,
    RexNotRegistered,
    RexQuery,
    RexQuestion,
    RexReceived,
    RexRegistered,
    RexRevocationAsked,
    RexRevocationCancelled,
    RexRevocationNotified,
    RexRevoked,
    RexStepKept,
)
from douane.author import NO, PUBLIC, YES, Caller, DouaneError, NotAuthorised, NotFound
from douane.testing.office import Office, administration, officer, third_country, trader

BANGLADESH, INDIA, COMMISSION = third_country("BD"), third_country("IN"), administration("EU")
DHAKA, LILLE = trader("BD123456789"), trader("FR40123456700017")
FR, DE = officer("fr.origin", "FR"), officer("de.origin", "DE")
NUMBER = "BDREX0001"
FORM = ExporterForm(
    name="Dhaka Shirts", street_and_number="1 River Road", town="Dhaka", email="post@example.org",
    activity=Activity.PRODUCER, goods="Cotton shirts", headings=("6105", "6205"), undertakes=True,
    signed_by="A. Rahman", signed_on=dt.date(2027, 4, 5),
)  # fmt: skip


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T09:00+00:00")


class Register:
    """An office that keeps the register, from a day on."""

    def __init__(self, start: str) -> None:
        self.office = Office("EU", "FR", "DE", start=day(start))
        self.send(BeneficiaryStated(country="BD", party="BD", since=dt.date(2027, 1, 1)), COMMISSION)
        self.send(BeneficiaryStated(country="IN", party="IN", since=dt.date(2027, 1, 1)), COMMISSION)

    def send(self, message: Any, by: Caller) -> Any:
        before = len(self.office.inbox(by))
        self.office.send(message, by=by)
        found = self.office.inbox(by)[before:]
        return found[-1] if found else None

    def until(self, text: str) -> None:
        self.office.wait(day(text) - self.office.now)

    def good(self, number: str, made_on: str, value_eur: Decimal | None = Decimal(9000)) -> bool:
        asked = RexQuestion(number=number, made_on=dt.date.fromisoformat(made_on), value_eur=value_eur)
        found = self.office.ask(asked, by=administration("DE"), of=number[:2] if number[:2] == "FR" else "EU")
        return bool(found.known == YES or not found.needed)

    def public(self, number: str) -> Any:
        return self.office.ask(RexCheck(number), by=PUBLIC)

    def in_france(self) -> str:
        """An exporter in France, registered; its number."""
        form = replace(FORM, name="Filature du Nord", town="Lille", signed_on=dt.date(2027, 4, 1))
        asked = RexApplication(own_reference="A1", exporter="FR40123456700017", authority="FR", form=form)
        received = self.send(asked, LILLE)
        assert isinstance(received, RexReceived), received
        self.send(RexDecided(reference=received.reference, registered=True), FR)
        told = self.office.inbox(LILLE)[-1]
        assert isinstance(told, RexRegistered)
        return told.number


def entered(number: str = NUMBER, form: ExporterForm = FORM, received: str = "2027-04-12") -> RexEntered:
    return RexEntered(
        number=number, exporter="BD123456789", received_on=dt.date.fromisoformat(received), form=form
    )  # fmt: skip


def test_an_exporter_of_bangladesh_from_the_form_to_the_deletion() -> None:
    """Case 8 of the dated cases."""
    register = Register("2027-04-06")
    lacking = register.send(entered(form=replace(FORM, headings=()), received="2027-04-06"), BANGLADESH)
    assert isinstance(lacking, RexIncomplete)
    assert [each.box for each in lacking.faults] == [4]
    register.until("2027-04-15")
    told = register.send(entered(), BANGLADESH)
    assert (told.valid_from, told.registered_on) == (dt.date(2027, 4, 12), dt.date(2027, 4, 15))
    assert not register.good(NUMBER, "2027-04-10")
    assert register.good(NUMBER, "2027-04-13")
    assert register.good(NUMBER, "2027-04-10", Decimal(6000)), "up to EUR 6,000 any exporter"

    shown = register.public(NUMBER)
    assert (shown.known, shown.valid_from, shown.name, shown.identifier) == (YES, dt.date(2027, 4, 12), "", "")
    with pytest.raises(NotFound):
        register.office.ask(RexQuery(NUMBER), by=INDIA)
    assert register.office.ask(RexListQuery(country="BD"), by=INDIA).lines == ()
    assert len(register.office.ask(RexListQuery(country="BD"), by=BANGLADESH).lines) == 1
    assert register.office.ask(RexQuery(NUMBER), by=DE, of="EU").form.name == "Dhaka Shirts"

    register.until("2027-05-03")
    revoked = RexRevoked(number=NUMBER, ground=Ground.WRONG_STATEMENT, reasons="Shirts made elsewhere")
    assert isinstance(register.send(revoked, BANGLADESH), RexStepKept)
    notice = register.office.inbox(DHAKA)[-1]
    assert isinstance(notice, RexRevocationNotified)
    assert notice.ground == "IA 2015/2447 art. 89(3)(d)"
    register.until("2027-05-10")
    assert isinstance(register.send(RexInformed(number=NUMBER), DHAKA), RexStepKept)
    assert register.good(NUMBER, "2027-05-07")
    assert not register.good(NUMBER, "2027-05-11")

    again = register.send(entered("BDREX0002", received="2027-05-10"), BANGLADESH)
    assert isinstance(again, RexNotKept)
    assert again.article == "IA 2015/2447 art. 89(9)"
    proven = replace(FORM, remedied="Audit of 9 May")
    assert isinstance(register.send(entered("BDREX0003", proven, "2027-05-10"), BANGLADESH), RexRegistered)

    register.until("2037-12-31")
    assert register.public(NUMBER).known == YES
    register.until("2038-01-01")
    assert register.public(NUMBER).known == NO
    with pytest.raises(NotFound):
        register.office.ask(RexQuery(NUMBER), by=BANGLADESH)


def test_an_exporter_of_france_and_nobody_suspends_it() -> None:
    """The variant of case 8: a registration is not barred, and the law knows no suspension of it."""
    register = Register("2027-04-06")
    number = register.in_france()
    assert number.startswith("FRREX")
    assert register.good(number, "2027-04-06")
    assert not hasattr(__import__("douane.applications.rex.contract", fromlist=["x"]).RegisteredExporters, "suspend")
    modified = replace(FORM, name="Filature du Nord", signed_on=dt.date(2027, 4, 1), publish=True)
    assert isinstance(register.send(RexModified(number=number, form=modified), LILLE), RexStepKept)
    assert register.public(number).name == "Filature du Nord"
    register.send(RexModified(number=number, form=replace(modified, publish=False)), LILLE)
    assert register.public(number).name == "", "consent is withdrawn, and the page shows nothing from then on"


def test_everything_that_a_form_lacks_is_told_at_once_and_nothing_is_kept() -> None:
    register = Register("2027-04-06")
    asked = RexApplication(own_reference="A1", exporter="FR40123456700017", authority="FR", form=ExporterForm())
    told = register.send(asked, LILLE)
    assert {each.box for each in told.faults} == {1, 3, 4, 5}
    assert isinstance(register.send(replace(asked, form=FORM), LILLE), RexReceived), "its name is free again"


def test_one_registration_an_exporter() -> None:
    register = Register("2027-04-06")
    register.in_france()
    again = RexApplication(own_reference="A2", exporter="FR40123456700017", authority="FR", form=FORM)
    assert isinstance(register.send(again, LILLE), RexNotKept)


def test_a_refusal_says_why() -> None:
    register = Register("2027-04-06")
    asked = RexApplication(own_reference="A1", exporter="FR40123456700017", authority="FR", form=FORM)
    reference = register.send(asked, LILLE).reference
    assert isinstance(register.send(RexDecided(reference=reference, registered=False), FR), RexNotKept)
    register.send(RexDecided(reference=reference, registered=False, reasons="No accounts"), FR)
    assert isinstance(register.office.inbox(LILLE)[-1], RexNotRegistered)
    assert isinstance(register.send(RexDecided(reference=reference, registered=True), FR), RexNotKept)
    assert register.public(reference).known == NO, "nothing is published of an application"


@pytest.mark.parametrize("by", [INDIA, COMMISSION, DE, trader("DE987654321")], ids=lambda c: c.id)
def test_nobody_else_acts_on_a_registration(by: Caller) -> None:
    register = Register("2027-04-06")
    number = register.in_france()
    acts = (
        RexRevoked(number=number, ground=Ground.GONE, reasons="x"), RexModified(number=number, form=FORM),
        RexInformed(number=number), RexRevocationCancelled(number=number, reasons="x"),
        RexRevocationAsked(number=number, reasons="x"),
    )  # fmt: skip
    before = register.office.ask(RexQuery(number), by=FR)
    for act in acts:
        try:
            told = register.send(act, by)
        except DouaneError:
            continue
        assert not isinstance(told, RexStepKept), act
    assert register.office.ask(RexQuery(number), by=FR) == before


def test_a_country_enters_its_own_exporters_while_it_benefits() -> None:
    register = Register("2027-04-06")
    assert isinstance(register.send(entered(received="2027-04-05"), INDIA), RexNotKept), "of another country"
    foreign = replace(entered(received="2027-04-05"), exporter="IN1234")
    assert isinstance(register.send(foreign, BANGLADESH), RexNotKept)
    assert isinstance(register.send(entered(received="2027-04-07"), BANGLADESH), RexNotKept), "not received yet"
    assert isinstance(register.send(entered(received="2027-04-06"), BANGLADESH), RexRegistered)
    with pytest.raises(NotAuthorised):
        register.send(BeneficiaryStated(country="BD", party="BD", since=dt.date(2027, 1, 1)), BANGLADESH)
    ended = BeneficiaryStated(country="BD", party="BD", since=dt.date(2027, 1, 1), until=dt.date(2027, 6, 30))
    register.send(ended, COMMISSION)
    assert register.good(NUMBER, "2027-06-30")
    assert not register.good(NUMBER, "2027-07-01"), "all registrations of a country that left (IA art. 88)"
    register.send(replace(ended, until=None), COMMISSION)
    assert register.good(NUMBER, "2027-07-01"), "and again (IA art. 90)"


def test_an_exporter_who_says_nothing_counts_as_informed() -> None:
    register = Register("2027-04-06")
    number = register.in_france()
    assert isinstance(register.send(RexInformed(number=number), LILLE), RexNotKept), "nothing is revoked"
    register.send(RexRevocationAsked(number=number, reasons="We export no more"), LILLE)
    assert register.office.ask(RexQuery(number), by=FR).wishes == "We export no more"
    register.send(RexRevoked(number=number, ground=Ground.NO_INTENTION, reasons="At his wish"), FR)
    early = RexInformed(number=number, informed_on=dt.date(2027, 4, 5))
    assert isinstance(register.send(early, FR), RexNotKept), "before it was revoked"
    assert register.good(number, "2027-04-19")
    assert not register.good(number, "2027-04-20")
    register.until("2027-04-21")
    assert isinstance(register.send(RexInformed(number=number), LILLE), RexNotKept), "he counts as informed"
    register.send(RexRevocationCancelled(number=number, reasons="A mistake of ours"), FR)
    assert register.good(number, "2027-04-25")
    register.send(RexRevoked(number=number, ground=Ground.NOT_KEPT_UP, reasons="Moved"), FR)
    assert isinstance(register.send(RexModified(number=number, form=FORM), LILLE), RexNotKept), "it is over"
