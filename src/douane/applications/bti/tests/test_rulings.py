"""The register of rulings: what is issued is found by everybody, what is applied for by nobody, holders by none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from douane.applications.bti.messages import (
    AlikeQuery,
    Goods,
    RulingKept,
    RulingNotKept,
    RulingQuery,
    RulingSearch,
    RulingState,
    RulingStated,
)
from douane.applications.bti.rules import matches, same_goods
from douane.author import PUBLIC, Caller, NotAuthorised, NotFound
from douane.testing.office import Office, administration, officer, trader

FR, DE = administration("FR"), administration("DE")
SHIRT = Goods(appearance="Knitted shirt of cotton, coloured grey")
VALID = RulingStated(
    reference="FRBTIA2026001", version=2, state=RulingState.VALID, holder="FR40123456700017", goods=SHIRT,
    ruling="FRBTI2026001", code="61051000", justification="General rules 1 and 6", keywords=("shirts", "knitted"),
    since=dt.date(2026, 10, 1), until=dt.date(2029, 9, 30),
)  # fmt: skip
APPLIED = RulingStated(
    reference="FRBTIA2026001", version=1, state=RulingState.APPLIED, holder="FR40123456700017", goods=SHIRT
)


@pytest.fixture
def office() -> Office:
    return Office("EU", "FR", "DE")


def send(office: Office, message: Any, by: Caller = FR) -> Any:
    office.send(message, by=by)
    return office.inbox(by)[-1]


def found(office: Office, **sought: Any) -> list[str]:
    return [each.ruling for each in office.ask(RulingSearch(**sought), by=PUBLIC).lines]


def test_what_is_issued_is_found_by_words_and_code(office: Office) -> None:
    send(office, APPLIED)
    assert found(office) == [], "an application is not published"
    assert isinstance(send(office, VALID), RulingKept)
    for sought in ({"words": "cotton SHIRT"}, {"code": "6105"}, {"words": "grey", "code": "61", "country": "FR"}, {}):
        assert found(office, **sought) == ["FRBTI2026001"], sought
    for sought in ({"words": "wool"}, {"code": "62"}, {"country": "DE"}):
        assert found(office, **sought) == [], sought


def test_nobody_learns_of_the_holder(office: Office) -> None:
    send(office, APPLIED)
    send(office, VALID)
    shown = msgspec.json.encode(office.ask(RulingQuery("FRBTI2026001"), by=PUBLIC))
    listed = msgspec.json.encode(office.ask(RulingSearch(), by=PUBLIC))
    assert b"FR40123456700017" not in shown + listed
    with pytest.raises(NotFound):
        office.ask(RulingQuery("FRBTIA2026001"), by=PUBLIC)
    with pytest.raises(NotAuthorised):
        office.ask(AlikeQuery(holder="FR40123456700017", goods=SHIRT), by=trader("DE123"))


def test_the_same_goods_of_the_same_person_are_found_at_any_office(office: Office) -> None:
    send(office, APPLIED)
    again = AlikeQuery(holder="FR40123456700017", goods=Goods(appearance="knitted SHIRT  of cotton, coloured grey"))
    by = officer("de.officer", "DE")
    assert office.ask(again, by=by, of="EU").references == ("FRBTIA2026001",)
    assert office.ask(replace(again, but="FRBTIA2026001"), by=by, of="EU").references == ()
    assert office.ask(replace(again, holder="DE123"), by=by, of="EU").references == ()
    send(office, replace(APPLIED, version=2, state=RulingState.CLOSED))
    assert office.ask(again, by=by, of="EU").references == (), "what came to nothing bars nobody"


def test_what_has_ended_is_found_when_asked_for(office: Office) -> None:
    send(office, VALID)
    send(office, replace(VALID, version=3, state=RulingState.REVOKED, until=dt.date(2026, 10, 31)))
    assert found(office) == []
    assert found(office, ended=True) == ["FRBTI2026001"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2}, {"version": 3, "holder": "DE123"}, {"version": 3, "code": ""}, {"version": 3, "until": None},
        {"version": 3, "ruling": "DEBTI1"},
    ],
)  # fmt: skip
def test_an_older_version_and_half_a_ruling_change_nothing(office: Office, wrong: dict[str, Any]) -> None:
    send(office, VALID)
    before = office.ask(RulingQuery("FRBTI2026001"), by=PUBLIC)
    assert isinstance(send(office, replace(VALID, **wrong)), RulingNotKept)
    assert office.ask(RulingQuery("FRBTI2026001"), by=PUBLIC) == before


def test_another_authority_states_nothing(office: Office) -> None:
    assert isinstance(send(office, VALID, DE), RulingNotKept)
    assert found(office) == []


def test_words_match_without_case_and_accents() -> None:
    assert matches("CAFE moulu", ("Café torréfié, moulu",))
    assert not matches("thé", ("Café",))
    assert same_goods(Goods(appearance="É  x"), Goods(appearance="e X"))
    assert not same_goods(Goods(appearance="x", use="y"), Goods(appearance="x"))
