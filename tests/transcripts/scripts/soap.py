"""SOAP 1.1 and 1.2: descriptions, commands, queries, the inbox, and faults of every kind."""

from __future__ import annotations

from typing import Any, Final

from tests.hostile import messages
from tests.transcripts.exchanges import Facts
from tests.transcripts.recording import Recorder, undated

HOLDER, CONSIGNEE, OFFICER, THERE = "trader.fr.lesquin", "trader.at.wien", "fr.officer", "at.officer"
GRN = messages.grn("FR", 420_001)
V11: Final = ("http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8")
V12: Final = ("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8")
ADDRESSING: Final = "http://www.w3.org/2005/08/addressing"


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    for service in ("transit", "guarantees", "messages", "eori"):
        node.ask(
            HOLDER if service != "guarantees" else OFFICER,
            f"/{service}/v1?wsdl",
            door="ccn2" if service == "guarantees" else "speed2",
        )
    node.ask(HOLDER, "/messages/v1?xsd=types")
    node.ask(HOLDER, "/transit/v1?xsd=faults")
    _movement(node)
    _own_messages(node)
    _published(node)
    _faults(node)


def called(
    node: Recorder,
    who: str,
    service: str,
    content: str,
    *,
    door: str = "speed2",
    version: tuple[str, str] = V11,
    header: str = "",
) -> Facts:
    """A call of a service."""
    space, media = version
    body = content.partition("?>")[2] if content.startswith("<?xml") else content
    text = f'<e:Envelope xmlns:e="{space}">{header}<e:Body>{undated(body)}</e:Body></e:Envelope>'
    return node.ask(who, f"/{service}/v1", text, door=door, content_type=media, soapaction='""')


def element(service: str, operation: str, **content: Any) -> str:
    """A message of our own as an element."""
    inner = "".join(f"<s:{name}>{value}</s:{name}>" for name, value in content.items())
    return f'<s:{operation} xmlns:s="https://douane.example/services/{service}/v1">{inner}</s:{operation}>'


def _movement(node: Recorder) -> None:
    called(node, OFFICER, "guarantees", element("guarantees", "register", **messages.registration(GRN)), door="ccn2")
    node.collect(OFFICER, "ccn2")
    for number, version in enumerate((V11, V12), start=1):
        text = messages.declaration(f"SOAP26-{number:06d}", f"SOAP-{number}", grn=GRN)
        called(node, HOLDER, "transit", text, version=version)
        called(node, HOLDER, "transit", text, version=version)
        called(node, HOLDER, "messages", element("messages", "collect", after="", limit=1, wait=2), version=version)
        called(
            node,
            HOLDER,
            "transit",
            messages.declaration(f"SOAP26-1{number:05d}", f"SOAP-{number}", grn=GRN),
            version=version,
        )
        told = node.collect(HOLDER)
        mrn = next(each["body"].partition("<MRN>")[2][:18] for each in told if "<MRN>" in each["body"])
        called(node, HOLDER, "messages", element("messages", "acknowledge", id=told[0]["item"]), version=version)
        called(node, HOLDER, "transit", element("transit", "find_movement", mrn=mrn), version=version)
        called(node, CONSIGNEE, "transit", messages.arrival(f"SOAP-A{number}", mrn), version=version)
        node.collect(CONSIGNEE)
        inspection = element("transit", "record_inspection", mrn=mrn, officer="at.officer", code="A1")
        called(node, THERE, "transit", inspection, door="ccn2", version=version)
        node.collect(HOLDER)
        node.collect(CONSIGNEE)


def _own_messages(node: Recorder) -> None:
    for version in (V11, V12):
        called(node, OFFICER, "guarantees", element("guarantees", "show", grn=GRN), door="ccn2", version=version)
        called(node, HOLDER, "eori", element("eori", "validate", eori=messages.HOLDER), version=version)
        called(node, HOLDER, "accounts", element("accounts", "mine"), version=version)
        called(node, HOLDER, "case_files", element("case_files", "my_cases"), version=version)
        called(node, HOLDER, "customs_decisions", element("customs_decisions", "mine", country="FR"), version=version)


def _published(node: Recorder) -> None:
    for version in (V11, V12):
        space, media = version
        eori = (
            '<v:validateEORI xmlns:v="http://eori.ws.eos.dds.s/"><v:eori>FR40123456700017</v:eori>'
            "<v:eori>XX1</v:eori></v:validateEORI>"
        )
        vat = (
            '<v:checkVat xmlns:v="urn:ec.europa.eu:taxud:vies:services:checkVat:types">'
            "<v:countryCode>FR</v:countryCode><v:vatNumber>40123456700</v:vatNumber></v:checkVat>"
        )
        for path, content in (
            ("/taxation_customs/dds2/eos/validation/services/validation", eori),
            ("/taxation_customs/vies/services/checkVatService", vat),
        ):
            text = f'<e:Envelope xmlns:e="{space}"><e:Body>{content}</e:Body></e:Envelope>'
            node.ask(HOLDER, path, text, content_type=media)


def _faults(node: Recorder) -> None:
    text = messages.declaration("SOAP26-900001", "SOAP-9", grn=GRN)
    addressed = (
        f'<e:Header><a:MessageID xmlns:a="{ADDRESSING}">urn:uuid:1</a:MessageID><a:Action xmlns:a="{ADDRESSING}">'
        "urn:nothing</a:Action></e:Header>"
    )
    for version in (V11, V12):
        space, media = version
        called(node, HOLDER, "transit", text.replace("SOAP26-900001", "x" * 40), version=version)
        called(node, HOLDER, "transit", "<nothing/>", version=version)
        called(node, HOLDER, "transit", element("transit", "find_movement", mrn="26FR005350999999J5"), version=version)
        called(node, HOLDER, "transit", element("transit", "find_movement"), version=version)
        called(node, HOLDER, "guarantees", element("guarantees", "show", grn=GRN), version=version)
        called(node, HOLDER, "transit", text, version=version, header=addressed)
        called(node, HOLDER, "nothing", text, version=version)
        node.ask(HOLDER, "/transit/v1", "<a", content_type=media)
        node.ask(HOLDER, "/transit/v1", f'<e:Envelope xmlns:e="{space}"/>', content_type=media)
        node.ask(HOLDER, "/transit/v1", '<e:Envelope xmlns:e="urn:other"/>', content_type=media)
