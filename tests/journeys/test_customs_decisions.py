"""Decisions where they are used: applied for and decided through the doors, felt by transit and guarantees."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from douane.applications.customs_decisions.messages.applying import ActNotified, ApplicationRegistered, ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.applications.guarantees.messages import GuaranteeNotRegistered, GuaranteeRegistration
from douane.applications.transit.tests.base_declarations import GRN, TRADER
from douane.assembly.pages.serving import HOSTS
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.circles.test_pages import Pages
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tests.journeys.standing import Answer, Standing, identity_in, standing

JSON = {"content-type": "application/json"}
OFFICER = "fr.officer"


# --- below the doors: what transit and guarantees feel ----------------------------------------------------------------


def sent(office: Office, type: type[Any]) -> Any:
    return [each for each in office.sent(TRADER) if isinstance(each, type)][-1]


def granted(office: Office) -> tuple[str, str]:
    """A comprehensive guarantee that France granted: references of the application and of the decision."""
    office.give(replace(application(DecisionType.CGU, CGU), applicant=TRADER), TRADER)
    reference = sent(office, ApplicationRegistered).reference
    office.give(AcceptanceJudged(reference=reference, accepted=True), OFFICER, administration="FR")
    office.give(DecisionTaken(reference=reference, granted=True), OFFICER, administration="FR")
    act = sent(office, ActNotified)
    office.give(ReceiptConfirmed(reference=reference, number=act.number), TRADER)
    return reference, act.decision


def suspend(office: Office, decision: str) -> None:
    act = ActTaken(
        reference=decision, act=ActKind.SUSPEND, ground=Ground.DOUBT, reasons="Accounts do not add up",
        no_hearing=NoHearing.SECURITY,
    )  # fmt: skip
    office.give(act, OFFICER, administration="FR")
    assert Movement(office=office, number=2, sender=TRADER).told[-1] == "CC029C", "signed, and not received"
    office.give(ReceiptConfirmed(reference=decision, number=2), TRADER)


def register(office: Office, authorisation: str) -> None:
    registration = GuaranteeRegistration(
        GRN, "1", TRADER, "A1B2", Decimal(100_000), dt.date(2025, 1, 1), authorisation=authorisation
    )
    office.give(registration, OFFICER)


def test_a_guarantee_rests_on_its_decision_and_covers_nothing_new_while_that_is_suspended() -> None:
    """Case 5: the open movement runs on, the next one is not covered, and nobody acts for it to be covered again."""
    office = Office()
    _, decision = granted(office)
    register(office, decision)
    first = Movement(office=office, number=9, sender=TRADER)
    assert first.told[-1] == "CC029C"
    suspend(office, decision)
    refused = Movement(office=office, number=3, sender=TRADER)
    assert refused.told[-1] == "CC055C"
    assert refused.case.state == "guarantee not valid"
    first.arrive()
    first.inspect()
    assert first.case.state == "discharged"
    office.wait(31 * 24 * 3600 * 1_000_000)
    again = Movement(office=office, number=4, sender=TRADER)
    assert again.told[-1] == "CC029C"


@pytest.mark.parametrize("reference", ["FRCGU2026INVENTED", "FRTRD2026000001", "x"])
def test_a_guarantee_is_not_registered_on_a_decision_that_nobody_knows(reference: str) -> None:
    office = Office()
    register(office, reference)
    assert isinstance(office.sent(OFFICER)[-1], GuaranteeNotRegistered)


# --- through the doors ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("decisions")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0)) as made:
        yield made


def call(node: Standing, who: str, operation: str, content: Any, door: str = "") -> Answer:
    at = door or ("ccn2" if who.endswith("officer") else "speed2")
    return node.client(at, who).ask("POST", f"/customs_decisions/v1/{operation}", msgspec.json.encode(content), JSON)


def told(node: Standing, who: str, type: str) -> Any:
    """The next message of a type in an inbox; what came before it is taken out, too."""
    inbox = node.client("ccn2" if who.endswith("officer") else "speed2", who)
    for _ in range(20):
        for item in inbox.ask("GET", "/v1/inbox?wait=5").json["items"]:
            assert inbox.ask("POST", f"/v1/inbox/{item['id']}/ack").status in (200, 204)
            if item["type"] == type:
                return json.loads(item["body"])
    raise AssertionError(type)


def test_a_trader_applies_at_speed2_and_an_officer_decides_at_ccn2(node: Standing) -> None:
    trader = "trader.fr.lesquin"
    lodged = call(node, trader, "lodge", application(DecisionType.CGU, {}, own="door-1"))
    assert lodged.status == 202, lodged.body
    faults = told(node, trader, "ApplicationNotRegistered")["faults"]
    assert {"46 01 000 000", "34 03 000 000"} <= {each["element"] for each in faults}

    assert call(node, trader, "lodge", application(DecisionType.CGU, CGU, own="door-2")).status == 202
    reference = told(node, trader, "ApplicationRegistered")["reference"]
    judged = AcceptanceJudged(reference=reference, accepted=True)
    assert call(node, trader, "judge_acceptance", judged).status in (403, 404)
    assert call(node, "de.officer", "judge_acceptance", judged).status == 202
    assert told(node, "de.officer", "NotPossible")["state"] == "", "a stranger learns nothing"
    assert call(node, OFFICER, "judge_acceptance", judged).status == 202
    assert told(node, trader, "ApplicationAccepted")["article"] == "UCC art. 22(2)"
    decided = DecisionTaken(reference=reference, granted=True)
    assert call(node, OFFICER, "decide", decided).status == 202
    decision = told(node, trader, "ActNotified")["decision"]
    call(node, trader, "confirm_receipt", ReceiptConfirmed(reference=decision, number=1))
    assert told(node, trader, "ActInEffect")["received"] == "confirmed by its holder"
    shown = {
        who: call(node, who, "show" if who.endswith("officer") else "follow", {"reference": decision}).status
        for who in (trader, OFFICER, "trader.de.rhein", "de.officer")
    }
    assert shown == {trader: 200, OFFICER: 200, "trader.de.rhein": 404, "de.officer": 404}
    assert call(node, trader, "show", {"reference": decision}).status in (403, 404), "notes are the officers' own"
    asked = node.client("ccn2", "de.officer").ask(
        "POST", "/authorisations/v1/ask", json.dumps({"reference": decision, "begins_in": "DE"}).encode(), JSON
    )
    assert asked.json["standing"] == "usable"


def test_whoever_builds_for_it_asks_what_a_type_demands(node: Standing) -> None:
    found = call(node, "trader.fr.lesquin", "requirements", {"type": "CGU"})
    assert found.status == 200, found.body
    assert "46 03 000 299" in {each["element"] for each in found.json["elements"]}


def test_an_officer_decides_on_the_page_of_the_case(node: Standing) -> None:
    pages, trader, desk = Pages(node), "trader.fr.lesquin", HOSTS["desk"]
    cookie = pages.session(OFFICER, Platform.CCN2)
    assert call(node, trader, "lodge", application(DecisionType.CGU, CGU, own="page-1")).status == 202
    reference = told(node, trader, "ApplicationRegistered")["reference"]
    path = f"/cases/{reference}"

    def posts(act: str, **form: str) -> int:
        token = pages.token(desk, "/cases", cookie)
        return pages.ask(
            "POST", desk, f"{path}/{act}", cookie=cookie, form={**form, "token": token}, sec_fetch_site="same-origin"
        ).status

    shown = pages.ask("GET", desk, path, cookie=cookie)
    assert (shown.status, f'action="{path}/judge-acceptance"' in shown.body) == (200, True)
    assert faults(shown.body) == []
    assert posts("decide", granted="true", reasons="") == 422, "it does not wait for that yet"
    assert posts("judge-acceptance", accepted="", reasons="") == 422
    assert posts("judge-acceptance", accepted="true", reasons="") == 303
    assert told(node, trader, "ApplicationAccepted")["reference"] == reference
    for foreign in ("de.officer", "nl.officer"):
        hidden = pages.ask("GET", desk, path, cookie=pages.session(foreign, Platform.CCN2))
        assert hidden.status == 404
    assert posts("decide", granted="false", reasons="") == 422, "an adverse decision states its grounds"
    assert posts("decide", granted="false", reasons="No regular user", no_hearing="") == 303
    assert told(node, trader, "HearingOpened")["act"] == "refuse"
