"""Clients of the published number checks, EORI validation and VIES, work against a node after changing the host."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from lxml import etree
from zeep.exceptions import Fault
from zeep.transports import Transport

from douane.model.circles import ActorKind
from douane.trust.demo import DemoClient
from tests.journeys.standing import Standing, identity_in, standing

ROOT = Path(__file__).parents[2]
VIES = ROOT.parent / "shared/data/eori-vies/checkVatService.wsdl"
VIES_PATH = "/taxation_customs/vies/services/checkVatService"
EORI_PATH = "/taxation_customs/dds2/eos/validation/services/validation"
REGISTRAR = DemoClient(
    "de.registrar", ActorKind.MEMBER_STATE, "DE", administration="DE", roles=frozenset({"registering administration"})
)
JSON = {"content-type": "application/json"}
NUMBERS = ("DE7654321", "DE7654322")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("checks")
    with standing(folder, identity_in(folder, (REGISTRAR,))) as made:
        _deliver(made)
        yield made


def _deliver(node: Standing) -> None:
    facts = {"legal_name": "Rhein GmbH", "town": "Weil", "country": "DE", "valid_from": "2024-01-01"}
    operators = [
        {**facts, "eori": NUMBERS[0], "publish": True, "vat": ["DE111111111"]}, {**facts, "eori": NUMBERS[1]},
    ]  # fmt: skip
    system = node.client("ccn2", REGISTRAR.id)
    answer = system.ask("POST", "/eori/v1/deliver", json.dumps({"operators": operators}).encode(), JSON)
    assert answer.status == 202, answer.body
    kept = system.ask("GET", "/v1/inbox?wait=20").json["items"][0]
    assert (kept["type"], kept["body"]) == ("OperatorRecordsKept", '{"count":2}')


@pytest.fixture(scope="module")
def session(node: Standing) -> Iterator[requests.Session]:
    """A trader's HTTP session."""
    files = node.identity.client("trader.fr.lesquin")
    with requests.Session() as made:
        made.trust_env, made.verify = False, str(node.identity.root)
        made.cert = (str(files.certificate), str(files.key))
        yield made


def ask(session: requests.Session, node: Standing, numbers: str) -> requests.Response:
    """A check as clients of the Commission's service write it: SOAP 1.1, numbers qualified, no action."""
    body = (
        '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" '
        f'xmlns:ws="http://eori.ws.eos.dds.s/"><soapenv:Header/><soapenv:Body><ws:validateEORI>{numbers}'
        "</ws:validateEORI></soapenv:Body></soapenv:Envelope>"
    )
    head = {"content-type": "text/xml; charset=utf-8", "soapaction": '""'}
    return session.post(node.node.url("speed2") + EORI_PATH, body.encode(), headers=head)


def test_an_eori_client_is_answered_in_the_form_it_knows(session: requests.Session, node: Standing) -> None:
    numbers = "".join(f"<ws:eori>{number}</ws:eori>" for number in (*NUMBERS, "DE999", "?"))
    answer = ask(session, node, numbers)
    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    (found,) = root.iter("{http://eori.ws.eos.dds.s/}validateEORIResponse")
    (outer,) = found
    assert outer.tag == "return"
    dt.datetime.strptime(outer.findtext("requestDate") or "", "%d/%m/%Y")
    told = [
        (r.findtext("eori"), r.findtext("status"), r.findtext("statusDescr"), r.findtext("name"))
        for r in outer.iter("result")
    ]
    assert told == [
        (NUMBERS[0], "0", "Valid", "Rhein GmbH"), (NUMBERS[1], "0", "Valid", None), ("DE999", "1", "Not valid", None),
        ("?", "1", "Not valid", None),
    ]  # fmt: skip


@pytest.mark.parametrize("numbers", ["<ws:eori>DE1</ws:eori>" * 11, "<eori>DE1</eori>", ""])
def test_too_many_unqualified_or_no_numbers_are_a_schema_fault(
    session: requests.Session, node: Standing, numbers: str
) -> None:
    answer = ask(session, node, numbers)
    assert (answer.status_code, b"<faultcode>soap:Client<" in answer.content) == (500, True)
    assert b"DOU-1003" in answer.content


def client(session: requests.Session, description: str, node: Standing, path: str) -> Any:
    made = zeep.Client(description, transport=Transport(session=session))
    (service,) = made.wsdl.services.values()
    port = next(iter(service.ports.values()))
    return made.create_service(str(port.binding.name), node.node.url("speed2") + path)


def vat(checks: Any) -> None:
    found = checks.checkVat(countryCode="DE", vatNumber="111111111")
    assert (found["valid"], found["name"], found["countryCode"]) == (True, "Rhein GmbH", "DE")
    assert checks.checkVat(countryCode="FR", vatNumber="111111111")["valid"] is False
    with pytest.raises(Fault, match="INVALID_INPUT"):
        checks.checkVat(countryCode="DE", vatNumber="?")


@pytest.mark.skipif(not VIES.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout")
def test_a_client_made_from_the_published_vies_description_works(session: requests.Session, node: Standing) -> None:
    vat(client(session, str(VIES), node, VIES_PATH))


def test_clients_made_from_our_descriptions_work(session: requests.Session, node: Standing) -> None:
    base = node.node.url("speed2")
    vat(client(session, f"{base}{VIES_PATH}?wsdl", node, VIES_PATH))
    found = client(session, f"{base}{EORI_PATH}?wsdl", node, EORI_PATH).validateEORI(eori=list(NUMBERS))
    assert [r["status"] for r in found["result"]] == [0, 0]


def test_everybody_reads_the_register_of_the_union(node: Standing) -> None:
    body = json.dumps({"eori": NUMBERS}).encode()
    for platform, who in (("speed2", "trader.fr.lesquin"), ("ccn2", "at.system"), ("ccn2", "fr.officer")):
        answer = node.client(platform, who).ask("POST", "/eori/v1/validate", body, JSON)
        assert [r["status"] for r in answer.json["return"]["result"]] == [0, 0]
