"""What the Union publishes is read without an identity: numbers of operators, nothing else, and at a rate."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from douane.model.circles import ActorKind
from douane.model.declare import Kind
from douane.shared_services.web.fair_use import Allowance
from tests.journeys.standing import Answer, Standing, identity_in, settings_in, standing

JSON = {"content-type": "application/json"}
KNOWN = "FR40123456700017"  # trader.fr.lesquin
RATE = 5
CHECK = json.dumps({"eori": [KNOWN, "FR99999999999999"]}).encode()
UNKNOWN_ELEMENT = (
    b'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<soapenv:Body><unknown/></soapenv:Body></soapenv:Envelope>"
)
SOAP_PATH = "/taxation_customs/dds2/eos/validation/services/validation"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("public")
    often = Allowance(
        strangers_per_second=1 << 20, stranger_work_ms_per_second=1 << 20, all_strangers_work_ms_per_second=1 << 20
    )  # what is open is asked here, at which rate further below
    with standing(folder, identity_in(folder), limits=often) as made:
        yield made


def ask(node: Standing, path: str, body: bytes = CHECK, *, door: str = "speed2", method: str = "POST") -> Answer:
    """A request of somebody who shows nothing."""
    return node.client(door, "").ask(method, path, body if method == "POST" else b"", JSON)


def test_everybody_checks_a_number_without_an_identity(node: Standing) -> None:
    answer = ask(node, "/eori/v1/validate")
    assert answer.status == 200, answer.body
    found = [(each["eori"], each["status"], each.get("name")) for each in answer.json["return"]["result"]]
    assert found == [(KNOWN, 0, None), ("FR99999999999999", 1, None)]


def test_a_vat_number_too(node: Standing) -> None:
    answer = ask(node, "/eori/v1/check_vat", b'{"countryCode": "FR", "vatNumber": "12345678901"}')
    assert (answer.status, answer.json["valid"]) == (200, False)


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("/rex/v1/validate", {"number": "FRREX1"}, {"number": "FRREX1", "known": {"says": "no"}}),
        ("/bti/v1/search", {"words": "cotton"}, {"lines": []}),
    ],
)
def test_exporters_and_rulings_too(node: Standing, path: str, body: dict[str, str], answer: dict[str, object]) -> None:
    found = ask(node, path, json.dumps(body).encode())
    assert found.status == 200, found.body
    assert {name: found.json.get(name) for name in answer} == answer


def test_a_client_of_the_published_check_needs_no_certificate(node: Standing) -> None:
    body = (
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:ws="http://eori.ws.eos.dds.s/"><soapenv:Header/><soapenv:Body><ws:validateEORI>'
        f"<ws:eori>{KNOWN}</ws:eori></ws:validateEORI></soapenv:Body></soapenv:Envelope>"
    )
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(node.identity.root)
        address = node.node.url("speed2") + SOAP_PATH
        answer = session.post(address, body.encode(), headers={"content-type": "text/xml; charset=utf-8"})
        described = session.get(f"{address}?wsdl")
    assert (answer.status_code, "<statusDescr>Valid</statusDescr>" in answer.text) == (200, True)
    assert described.status_code == 200


def test_nothing_else_is_open_to_who_shows_nothing(node: Standing) -> None:
    """Every operation at every door, and the addresses of inbox, status and messages."""
    for operation in node.node.core.catalogue.operations.values():
        if operation.open_to(ActorKind.PUBLIC):
            assert operation.kind is Kind.QUERY
            continue
        path = f"/{operation.service}/v1/{operation.name}"
        for door in ("speed2", "ccn2", "cdco"):
            assert ask(node, path, b"{}", door=door).status in (401, 403, 404), (door, path)
    for method, path in (
        ("GET", "/v1/inbox"),
        ("GET", "/v1/messages/1"),
        ("POST", "/v1/messages"),
        ("GET", "/services"),
    ):
        assert ask(node, path, method=method).status == 401, path


def test_the_trusted_doors_do_not_know_the_public(node: Standing) -> None:
    for door in ("ccn2", "cdco"):
        assert ask(node, "/eori/v1/validate", door=door).status == 401


def test_who_shows_something_wrong_is_not_taken_for_the_public(node: Standing) -> None:
    headers = {**JSON, "authorization": "Bearer forged"}
    assert node.client("speed2", "").ask("POST", "/eori/v1/validate", CHECK, headers).status == 401


def test_reads_of_the_public_write_nothing(node: Standing) -> None:
    before = node.node.core.node.owners[0].state
    journal, leaves = before.journal, before.leaf
    for _ in range(10):
        assert ask(node, "/eori/v1/validate").status == 200
    after = node.node.core.node.owners[0].state
    assert (after.journal, after.leaf) == (journal, leaves)


def test_the_public_asks_at_the_rate_of_a_stranger(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rate")
    allowance = replace(settings_in(folder).limits, strangers_per_second=RATE)
    with standing(folder, identity_in(folder), limits=allowance) as made:
        told = [ask(made, "/eori/v1/validate").status for _ in range(RATE * 8)]
        assert told.count(200) >= RATE
        assert 429 in told
        lesquin = made.client("speed2", "trader.fr.lesquin").ask("POST", "/eori/v1/validate", CHECK, JSON)
        assert lesquin.status == 200


@pytest.mark.parametrize("body", [b"", b"<no", b"<envelope/>", UNKNOWN_ELEMENT, b"\xff\xfe"])
def test_what_nobody_in_particular_sends_wrongly_is_counted_and_leaves_no_leaf(node: Standing, body: bytes) -> None:
    """By SOAP, too: whoever shows nothing could fill the audit log."""
    owner = node.node.core.node.owners[0]
    time.sleep(1.0)  # what was read before is told to the log by then
    before = owner.state.leaf
    for path, media in ((SOAP_PATH, "text/xml"), ("/eori/v1", "text/xml"), ("/eori/v1/validate", "application/json")):
        answer = node.client("speed2", "").ask("POST", path, body, {"content-type": media})
        assert 400 <= answer.status < 600, (path, answer.status)
    time.sleep(1.0)
    assert owner.state.leaf == before
