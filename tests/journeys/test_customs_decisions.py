"""Decisions where they are used: applied for and decided through the doors, felt by transit and guarantees."""

from __future__ import annotations

import datetime as dt
import json
import time
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
from douane.assembly.pages.sites import HOSTS
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.circles.test_pages import Pages
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tests.journeys.standing import GENEROUS, Answer, Standing, identity_in, standing

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
        unheard_for="Threat 7",
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
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as made:
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


# --- on pages: the applicant in the portal, officers of two authorities at their desks --------------------------------


class People:
    """Everybody who acts on pages of a node."""

    def __init__(self, node: Standing) -> None:
        self.pages = Pages(node)

    def cookie(self, who: str) -> tuple[str, str]:
        platform = Platform.CCN2 if who.endswith("officer") else Platform.SPEED2
        return HOSTS["desk" if platform is Platform.CCN2 else "portal"], self.pages.session(who, platform)

    def sees(self, who: str, path: str) -> tuple[int, str]:
        host, cookie = self.cookie(who)
        seen = self.pages.ask("GET", host, path, cookie=cookie)
        if seen.status == 200:
            assert faults(seen.body) == [], path
        return seen.status, seen.body

    def comes(self, who: str, path: str, text: str) -> bool:
        """Whether a text appears on a page: what other cases of the node are told takes a moment."""
        for _ in range(50):
            if text in self.sees(who, path)[1]:
                return True
            time.sleep(0.1)
        return False

    def did(self, who: str, path: str, deed: str, **form: str) -> None:
        """Does it, and sees that it is recorded."""
        status, body = self.does(who, path, deed, **form)
        assert status == 303, body.partition('role="alert"')[2].partition("</div>")[0]

    def does(self, who: str, path: str, deed: str, **form: str) -> tuple[int, str]:
        host, cookie = self.cookie(who)
        token = self.pages.token(host, "/cases", cookie)
        seen = self.pages.ask(
            "POST", host, f"{path}/{deed}", cookie=cookie, form={**form, "token": token}, sec_fetch_site="same-origin"
        )
        if seen.status == 422:
            assert faults(seen.body) == [], path
        return seen.status, seen.body


def as_fields(given: dict[str, str]) -> dict[str, str]:
    """What somebody types into the form of an application."""
    typed = {f"e{number.replace(' ', '_')}": value for number, value in given.items()}
    return {f"{name}{end}": value for name, value in typed.items() for end in ("", "_n", "_m")}


def test_a_decision_is_applied_for_consulted_on_heard_decided_and_suspended_on_pages(node: Standing) -> None:
    people, trader = People(node), "trader.fr.lesquin"
    assert "/decisions/apply/CGU" in people.sees(trader, "/decisions")[1]
    form = {"own_reference": "pages-1", "office": "FR005350"}
    lacking, body = people.does(trader, "/decisions/apply/CGU", "lodge", **form)
    assert lacking == 422
    assert "Give 46 01, Total reference amount: CGU demands it." in body, "at its group, with what to do"
    wrong = as_fields({**CGU, "46 03 000 299": "9"})
    status, body = people.does(trader, "/decisions/apply/CGU", "lodge", **form, **wrong)
    assert (status, "46_03_000_299" in body, "1 rue du Port" in body) == (422, True, True), "what was typed stays"
    people.did(trader, "/decisions/apply/CGU", "lodge", **form, **as_fields(CGU))
    reference = told(node, trader, "ApplicationRegistered")["reference"]

    own, desk = f"/applications/{reference}", f"/decisions/{reference}"
    assert people.sees(trader, own)[0] == 200
    assert people.sees("trader.de.rhein", own)[0] == 404, "somebody else's"
    assert people.sees("de.officer", desk)[0] == 404, "another authority's"
    assert people.does("de.officer", desk, "judge-acceptance", accepted="true")[0] == 404
    assert people.does(trader, own, "give-view", text="x", last_word="true")[0] == 422, "nobody is being heard"
    assert people.does(OFFICER, desk, "consult", kind="criteria", authorities="AT", text="?", days="20")[0] == 422
    people.did(OFFICER, desk, "judge-acceptance", accepted="true", reasons="")
    assert "UCC art. 22(3)" in people.sees(trader, own)[1], "until when, by which article"

    people.did(OFFICER, desk, "ask-information", text="Which accounts?", days="10")
    assert "Which accounts?" in people.sees(trader, own)[1]
    people.did(trader, own, "supply-information", text="The general ledger")
    assert people.does(trader, own, "supply-information", text="Again")[0] == 422, "once"

    asked = {"kind": "criteria", "authorities": "AT", "text": "39(a)", "days": "20"}
    people.did(OFFICER, desk, "consult", **asked)
    question = f"/consultations/{reference}/1"
    assert people.comes("at.officer", "/consultations", question)
    assert question not in people.sees("nl.officer", "/consultations")[1], "who is not asked sees no question"
    assert people.sees("nl.officer", question)[0] == 404
    assert people.sees(OFFICER, question)[0] == 404, "nor who asked"
    assert people.does("at.officer", question, "form-opinion", verdict="objects", reasons="")[0] == 422
    people.did("at.officer", question, "form-opinion", verdict="agrees", reasons="")
    status, body = people.does("at.officer", question, "form-opinion", verdict="objects", reasons="After all")
    assert (status, "answered before" in body) == (422, True), "twice changes nothing"

    people.did(OFFICER, desk, "decide", granted="false", reasons="No regular user", no_hearing="")
    told(node, trader, "HearingOpened")
    assert "You are being heard" in people.sees(trader, own)[1]
    assert people.does(OFFICER, desk, "decide", granted="false", reasons="No user")[0] == 422, "not yet"
    people.did(trader, own, "give-view", text="We ship daily", last_word="true")
    stated = {"granted": "true", "reasons": "Heard", "conditions": "46 04 000 291 BD\r\n46 01 000 295 40000.00"}
    assert people.does(OFFICER, desk, "decide", **{**stated, "conditions": "no number"})[0] == 422
    people.did(OFFICER, desk, "decide", **stated)
    decision = told(node, trader, "ActNotified")["decision"]
    people.did(trader, own, "confirm-receipt")
    told(node, trader, "ActInEffect")
    assert people.does(trader, own, "confirm-receipt")[0] == 422, "there is nothing more to receive"

    status, body = people.sees(trader, f"{own}/letters/1")
    assert (status, "Condition 46 04 000 291: BD" in body, "You may appeal against this act" in body) == (
        200,
        True,
        True,
    )
    assert people.sees("trader.de.rhein", f"{own}/letters/1")[0] == 404
    assert people.sees(OFFICER, f"{desk}/letters/1")[0] == 200
    assert people.sees(OFFICER, f"{desk}/letters/7")[0] == 404
    for who, at in ((trader, own), (OFFICER, desk)):
        assert f'href="{at}/letters/1?format=file"' in people.sees(who, at)[1], "on the page of the case"
        host, cookie = people.cookie(who)
        file = people.pages.ask("GET", host, f"{at}/letters/1?format=file", cookie=cookie)
        assert (file.status, file.headers["content-type"], file.body[:5]) == (200, "application/octet-stream", "%PDF-")
        assert file.headers["content-disposition"] == f'attachment; filename="{reference}-1.pdf"'
    assert people.sees("trader.de.rhein", f"{own}/letters/1?format=file")[0] == 404
    assert people.sees("de.officer", f"{desk}/letters/1?format=file")[0] == 404
    assert people.sees(OFFICER, f"{desk}/letters/7?format=file")[0] == 404

    doubt = {"act": "suspend", "ground": "doubt", "reasons": "Accounts", "no_hearing": "c", "unheard_for": "Threat 7"}
    assert people.does(OFFICER, desk, "act", **{**doubt, "ground": "appeal"})[0] == 422
    people.did(OFFICER, desk, "act", **doubt)
    status, body = people.does(OFFICER, desk, "act", **{**doubt, "reasons": "Another one"})
    assert (status, "not received yet" in body) == (422, True), "two officers at once: one wins, the other is told"
    people.did(trader, own, "confirm-receipt")
    told(node, trader, "ActInEffect")
    assert "DA 2015/2446 art. 16(1)(a)" in people.sees(trader, f"/applications/{decision}")[1]
