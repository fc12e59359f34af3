"""Authorisations as economic operator that fall apart by criterion, and the consents of their holders."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.aeo.messages import AeoData, AeoType, OperatorListQuery, RecognitionConcluded, Standing
from douane.applications.customs_decisions.messages.applying import HolderRequest, NotPossible, Wish
from douane.applications.customs_decisions.messages.deciding import ActTaken
from douane.applications.customs_decisions.messages.words import (
    ActKind,
    Criterion,
    DecisionType,
    Ground,
    NoHearing,
)
from douane.applications.customs_decisions.tests.life import Life
from douane.applications.customs_decisions.tests.samples import AEO
from douane.applications.customs_decisions.tests.test_resting import UNHEARD, act, life, trusted, union
from douane.author import PUBLIC
from douane.testing.office import Office, administration, third_country

SECURITY = {"no_hearing": NoHearing.SECURITY, "unheard_for": "Threat 7"}
SWISS = third_country("CH")


def operator(office: Office) -> Life:
    """An operator of both kinds in Germany, who agreed to publication and to the exchange, since 20 February."""
    given = {**AEO, "44 13 000 016": "Transports", "44 13 000 020": "DE"}
    aeo = Life("", DecisionType.AEOF, given, authority="DE", office=office).granted()
    aeo.until("2027-02-25T09:00")
    concluded = RecognitionConcluded(
        agreement="CH-2009", party="CH", title="Switzerland", basis="Agreement", data_protection="Article", every=1
    )
    office.send(concluded, by=administration("EU"))
    aeo.until("2027-03-10T09:00")
    return aeo


def told(office: Office) -> dict[str, Standing]:
    """What the partner knows now."""
    known: dict[str, Standing] = {}
    for each in office.inbox(SWISS):
        if isinstance(each, AeoData):
            known |= {member.identifier: member.standing for member in each.members}
    return known


def public(office: Office) -> list[tuple[str, AeoType]]:
    return [(each.name, each.type) for each in office.ask(OperatorListQuery(country="DE"), by=PUBLIC).operators]


def cases(office: Office) -> tuple[Life, Life, Life]:
    aeo = operator(office)
    return aeo, life(office, DecisionType.CCL, "DE"), life(office, DecisionType.TST, "AT")


def test_case_7_i_security_is_lost_and_simplifications_stay() -> None:
    office = union("2027-02-15T09:00")
    aeo, ccl, tst = cases(office)
    assert trusted(office) == (AeoType.BOTH,)
    assert set(told(office).values()) == {Standing.VALID}
    aeo.until("2027-03-15T09:00")
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 2, criterion=Criterion.SECURITY, **SECURITY)
    assert trusted(office) == (AeoType.CUSTOMS_SIMPLIFICATIONS,)
    assert set(told(office).values()) == {Standing.SUSPENDED}, "partners are told at once"
    for each in (ccl, tst):
        assert each.standing() == "usable"
        assert not any("must be" in note for note in each.shown.notes), "they rest on what stays"


def test_case_7_ii_simplifications_are_lost_and_security_and_recognition_stay() -> None:
    office = union("2027-02-15T09:00")
    aeo, ccl, tst = cases(office)
    aeo.until("2027-03-15T09:00")
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 2, criterion=Criterion.COMPETENCE, **SECURITY)
    assert trusted(office) == (AeoType.SECURITY_AND_SAFETY,)
    assert set(told(office).values()) == {Standing.VALID}
    for each in (ccl, tst):
        assert any("must be suspended. (DA 2015/2446 art. 30(1))" in note for note in each.shown.notes)
        assert each.standing() == "usable", "by an act of its own authority alone"
    aeo.until("2027-03-25T09:00")
    act(tst, ActKind.SUSPEND, Ground.DEPENDENCE, 2, **UNHEARD)
    assert (tst.standing("2027-03-24T09:00"), tst.standing()) == ("usable", "suspended")
    aeo.until("2027-04-09T09:00")
    act(aeo, ActKind.LIFT, Ground.SETTLED, 3)
    assert trusted(office) == (AeoType.BOTH,)
    assert tst.standing() == "suspended"


def test_a_suspension_of_an_operator_that_ends_by_itself_is_told_to_its_register() -> None:
    office = union("2027-02-15T09:00")
    aeo = operator(office)
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 2, **SECURITY)
    assert (trusted(office), public(office)) == ((), [])
    aeo.until("2027-04-12T09:00")
    assert aeo.shown.state == "in force"
    assert trusted(office) == (AeoType.BOTH,)


def test_what_is_revoked_in_part_goes_on_with_the_rest() -> None:
    office = union("2027-02-15T09:00")
    aeo = operator(office)
    act(aeo, ActKind.REVOKE, Ground.CONDITIONS, 2, criterion=Criterion.SECURITY, **SECURITY)
    assert (aeo.shown.state, trusted(office)) == ("in force", (AeoType.CUSTOMS_SIMPLIFICATIONS,))
    again = ActTaken(reference=aeo.reference, act=ActKind.SUSPEND, ground=Ground.DOUBT, reasons="x",
                     criterion=Criterion.SECURITY, no_hearing=NoHearing.SECURITY,
                     unheard_for="Threat 7")  # fmt: skip
    assert aeo.decides(again).article == "DA 2015/2446 art. 30(3)", "it is lost already"
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 3, **SECURITY)
    assert trusted(office) == (), "the rest too"
    aeo.until("2027-05-12T09:00")
    assert trusted(office) == (AeoType.CUSTOMS_SIMPLIFICATIONS,)


@pytest.mark.parametrize("type", [DecisionType.AEOC, DecisionType.CCL])
def test_nothing_else_falls_apart(type: DecisionType) -> None:
    office = union("2027-02-15T09:00")
    one = life(office, type, "DE")
    one.until("2027-03-10T09:00")
    refused = one.decides(
        ActTaken(reference=one.reference, act=ActKind.SUSPEND, ground=Ground.DOUBT, reasons="x",
                 criterion=Criterion.COMPETENCE)
    )  # fmt: skip
    assert isinstance(refused, NotPossible)
    assert refused.article == "DA 2015/2446 art. 30(3)"


def test_case_11_consents_that_are_withdrawn_empty_list_and_exchange_and_nothing_else() -> None:
    office = union("2027-02-15T09:00")
    aeo = operator(office)
    assert public(office) == [("Transports", AeoType.BOTH)]
    aeo.until("2027-03-15T09:00")
    aeo.send(HolderRequest(reference=aeo.reference, wish=Wish.CONSENTS, text="No longer"))
    assert public(office) == []
    aeo.until("2027-03-17T09:00")
    assert set(told(office).values()) == {Standing.WITHDRAWN}, "removed at the next exchange"
    assert trusted(office) == (AeoType.BOTH,), "the authorisation is valid, and other authorities know it"
    assert aeo.shown.state == "in force"
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 2, **SECURITY)
    assert set(told(office).values()) == {Standing.WITHDRAWN}, "whoever withdrew is not told of again"
    assert office.now > dt.datetime(2027, 3, 15, tzinfo=dt.UTC)
