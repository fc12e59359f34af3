"""What a trader finds as his own: authorisations, applications, guarantees, certificates; and nobody else does."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec
import pytest

from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.configuration.settings import PagesAt
from douane.identity.sessions import Person
from douane.model.circles import ActorKind, Platform
from douane.pages.tests.linting import faults
from douane.trust.demo import DemoClient
from douane.vocabulary.decisions import DecisionType
from tests.journeys.standing import GENEROUS, Answer, Standing, identity_in, standing
from tests.pages.visitor import Seen, Visitor

JSON = {"content-type": "application/json"}
HOLDER = "FR40123456700017"  # trader.fr.lesquin
OWNER, STRANGER, COLLEAGUE = "trader.fr.lesquin", "trader.de.rhein", "newcomer.fr"
CLIENTS = (DemoClient(COLLEAGUE, ActorKind.TRADER, "FR", HOLDER),)
"""An employee of the holder to whom no role was given."""
ACR, GRN = "FRACR2026800001", "26FR0000010001477A000001"
FIRM = "DE1234567890123"
KARL = Person("de.karl.braun", "EU", HOLDER)
"""A person of a firm at Duisburg, when he acts for the holder."""
GUARANTOR = {"identification": "FR11122233344455", "name": "Banque", "street": "1 rue", "postcode": "59000",
             "city": "Lille", "country": "FR"}  # fmt: skip
_numbers = count(1)
LISTS = {
    "authorisations.mine": ("lines", {"country": "FR"}), "customs_decisions.mine": ("lines", {"country": "FR"}),
    "guarantees.mine": ("lines", {"country": "FR"}), "single_window.mine": ("certificates", {}),
}  # fmt: skip
ROLES = {
    "authorisations.mine": "holder of authorisations", "customs_decisions.mine": "applicant for decisions",
    "guarantees.mine": "holder of the transit procedure", "single_window.mine": "holder of certificates",
}  # fmt: skip
PAGES = {
    "/authorisations": ACR, f"/authorisations/{ACR}": "as the law says", "/applications": "own-1",
    "/guarantees": "Individual guarantee by vouchers", "/certificates": "CHED-A-1",
}  # fmt: skip


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("own")
    with standing(folder, identity_in(folder, CLIENTS), pages=PagesAt(port=0), limits=GENEROUS) as made:
        filled(made)
        yield made


def call(node: Standing, door: str, who: str, operation: str, **content: Any) -> Answer:
    named = JSON | {"message-id": f"OWN-{next(_numbers)}"}  # the same words again are another message
    said = json.dumps(content).encode()
    return node.client(door, who).ask("POST", f"/{operation.replace('.', '/v1/')}", said, named)


def sent(node: Standing, door: str, who: str, operation: str, **content: Any) -> set[str]:
    """Send a message; the types of what it is answered by."""
    answer = call(node, door, who, operation, **content)
    assert answer.status == 202, answer.body
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = node.client(door, who).ask("GET", f"/v1/messages/{answer.json['receipt']}").json
        if found["state"] != "waiting":
            return {each["type"] for each in found["answers"]}
        time.sleep(0.02)
    raise AssertionError("never handled")


def filled(node: Standing) -> None:
    """What the holder has: one thing in each list."""
    assert sent(node, "ccn2", "fr.system", "authorisations.state", reference=ACR, number=1, holder=HOLDER,
                effect_from="2026-03-01T00:00:00Z") == {"AuthorisationActKept"}  # fmt: skip
    applied = msgspec.to_builtins(application(DecisionType("CGU"), CGU, own="own-1"), str_keys=True)
    assert "ApplicationRegistered" in sent(node, "speed2", OWNER, "customs_decisions.lodge", **applied)
    assert sent(node, "ccn2", "fr.officer", "guarantees.register", grn=GRN, type="4", holder=HOLDER, access_code="A1B2",
                limit="10000.00", valid_from="2026-01-01", guarantor=GUARANTOR) == {"GuaranteeRegistered"}  # fmt: skip
    assert sent(node, "ccn2", "commission.system", "single_window.agree", party="partner.dg", title="Health",
                types=["C640"], keeper="customs", basis="2022/2399") == {"AgreementKept"}  # fmt: skip
    line = {"line": 1, "commodity": "0102", "quantity": "20", "unit": "NAR"}
    assert sent(node, "speed2", "partner.dg", "single_window.deliver", type="C640", number="CHED-A-1", holder=HOLDER,
                valid_from="2026-01-01", lines=[line]) == {"CertificateKept"}  # fmt: skip


def listed(node: Standing, who: str, operation: str) -> list[Any]:
    name, asked = LISTS[operation]
    found = call(node, "speed2", who, operation, **asked)
    assert found.status in (200, 403), found.body
    return list(found.json[name]) if found.status == 200 else []


def page(node: Standing, who: str | Person, path: str, language: str = "en") -> Seen:
    pages = node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url("portal").rstrip("/")
    if who:
        name = (
            node.signed_in(Platform.SPEED2, who)
            if isinstance(who, Person)
            else pages.sessions.enter(Platform.SPEED2, pages.sessions.invite(who, Platform.SPEED2)).name
        )
        visitor.jar[url.partition("//")[2].partition(":")[0]] = {"douane-portal": name}
    return visitor.ask("GET", url + path, accept_language=language)


@pytest.mark.parametrize("operation", LISTS)
def test_a_holder_finds_his_own_and_nobody_else_finds_it(node: Standing, operation: str) -> None:
    assert len(listed(node, OWNER, operation)) == 1
    assert listed(node, STRANGER, operation) == []
    door = node.client("ccn2", "fr.officer")
    asked = json.dumps(LISTS[operation][1]).encode()
    assert door.ask("POST", f"/{operation.replace('.', '/v1/')}", asked, JSON).status in (403, 404)
    assert call(node, "speed2", OWNER, operation, **LISTS[operation][1], after="zz").status == 422


@pytest.mark.parametrize(("operation", "role"), ROLES.items())
def test_an_employee_without_a_role_is_told_nothing_and_which_he_lacks(
    node: Standing, operation: str, role: str
) -> None:
    refused = call(node, "speed2", COLLEAGUE, operation, **LISTS[operation][1])
    assert refused.status == 403
    assert refused.json["why"]["missing"] == role, refused.json


@pytest.mark.parametrize("path", PAGES)
def test_pages_tell_him_the_same(node: Standing, path: str) -> None:
    refused = page(node, COLLEAGUE, path)
    assert refused.status == 403
    assert "holder of" in refused.text or "applicant for decisions" in refused.text
    assert PAGES[path] not in refused.text


def test_lists_tell_neither_amounts_nor_codes_of_a_guarantee(node: Standing) -> None:
    told = json.dumps(listed(node, OWNER, "guarantees.mine"))
    assert "A1B2" not in told
    assert "10000" not in told


@pytest.mark.parametrize(("path", "shown"), PAGES.items())
def test_each_list_is_a_page_of_the_portal(node: Standing, path: str, shown: str) -> None:
    found = page(node, OWNER, path)
    assert (found.status, shown in found.text) == (200, True), found.text[:800]
    assert faults(found.body) == []
    assert shown not in page(node, STRANGER, path).text
    assert page(node, "", path).status == 401
    for language in ("fr", "de"):
        inside = page(node, OWNER, path, language).body.partition("<main")[2].partition("</main")[0]
        assert 'lang="en"' not in inside, inside


def test_a_delegate_finds_what_his_delegation_shows_him(node: Standing) -> None:
    karl = {"account": KARL.account, "provider": "https://idp.example", "subject": "karl", "name": "Karl Braun",
            "kind": "trader", "country": "DE", "eori": FIRM, "roles": ["person represented"]}  # fmt: skip
    assert sent(node, "ccn2", "de.system", "accounts.deliver", keeper="EU", accounts=[karl]) == {"AccountRecordsKept"}
    pair = {"principal": HOLDER, "delegate": FIRM}
    for scope, cases, shown in (("cases", ["26FR0"], False), ("cases", [ACR], True), ("full", [], True)):
        given = pair | {"scope": scope, "cases": cases, "valid_from": "2026-01-01"}
        assert sent(node, "speed2", OWNER, "accounts.delegate", **given) == {"DelegationKept"}
        assert ACR not in page(node, KARL, "/authorisations").text, "it is not accepted yet"
        assert sent(node, "speed2", STRANGER, "accounts.accept", **pair) == {"DelegationKept"}
        found = page(node, KARL, "/authorisations")
        assert (found.status, ACR in found.text) == (200, shown), found.text
    assert sent(node, "speed2", OWNER, "accounts.end", **pair) == {"DelegationKept"}
    assert ACR not in page(node, KARL, "/authorisations").text


def test_what_is_left_of_a_certificate_stands_by_its_line(node: Standing) -> None:
    assert "1 0102 20 NAR 0 NAR 0 NAR 20 NAR" in page(node, OWNER, "/certificates").text


def test_a_list_of_another_member_state_is_asked_for(node: Standing) -> None:
    assert "Customs authorities of DE granted you nothing." in page(node, OWNER, "/authorisations?country=de").text
    assert page(node, OWNER, "/authorisations?country=%3Cb%3E").status in (400, 404, 422)


def test_what_is_not_open_is_told_before_anybody_tries_as_the_gate_would_refuse_it(node: Standing) -> None:
    told, owner = page(node, COLLEAGUE, "/rights"), page(node, OWNER, "/rights")
    assert (told.status, faults(told.body)) == (200, [])
    lacking, open_to = told.body.split('id="h-may"')
    for operation, role in ROLES.items():
        assert operation in lacking
        assert operation not in open_to
        assert role in lacking
        assert operation in owner.body.split('id="h-may"')[1]
    assert "the administration that vouches for you" in told.text
    assert "&amp;#" not in told.body, "a title with an apostrophe is escaped once"
    menu = told.body.partition("<main")[0]
    assert 'href="/undertakings"' not in menu
    assert 'href="/undertakings"' not in owner.body.partition("<main")[0], "he is no guarantor"
    assert 'href="/guarantees"' in owner.body.partition("<main")[0]
    catalogue = node.node.core.catalogue
    named = {name for name in catalogue.operations if f"({name})" in told.text}
    for name in sorted(named):
        refused = node.client("speed2", COLLEAGUE).ask("POST", f"/{name.replace('.', '/v1/')}", b"{}", JSON)
        assert (refused.status == 403) is (f"({name})" in lacking), (name, refused.body)
    assert {"case_files.my_cases", "customs_decisions.types", "transit.lodge_declaration"} <= named
    refused_page = page(node, COLLEAGUE, "/authorisations")
    assert 'href="/rights"' in refused_page.body
