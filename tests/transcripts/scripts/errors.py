"""Errors at every door: what is not HTTP as it should be, not a message, not permitted, not there."""

from __future__ import annotations

import json

from tests.hostile import messages
from tests.transcripts.recording import JSON, XML, Recorder

HOLDER, STRANGER, OFFICER, SYSTEM = "trader.fr.lesquin", "trader.de.rhein", "fr.officer", "de.system"
GRN = messages.grn("FR", 430_001)
FORM = "application/x-www-form-urlencoded"


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    _addresses(node)
    _bodies(node)
    _content(node)
    _rights(node)
    _tokens(node)


def _addresses(node: Recorder) -> None:
    node.ask(HOLDER, "/nothing")
    node.ask(HOLDER, "/transit/v1/nothing", "{}", content_type=JSON)
    node.ask(HOLDER, "/transit/v2/find_movement", "{}", content_type=JSON)
    node.ask(HOLDER, "/v1/messages", method="PUT")
    node.ask(HOLDER, "/v1/messages", method="DELETE")
    node.ask(HOLDER, "/transit/v1/find_movement", method="GET")
    node.ask(HOLDER, "/v1/messages/zz")
    node.ask(HOLDER, "/v1/messages/ffffff")
    node.ask(HOLDER, "/v1/inbox/ffffff/ack", method="POST")
    node.ask(HOLDER, "/v1/inbox?wait=x")
    node.ask(HOLDER, "/v1/inbox?limit=0")
    node.ask(HOLDER, "/v1/inbox?after=nothing")
    node.ask(HOLDER, "/v1/feeds/nothing")
    node.ask(HOLDER, "/v1/feeds/transit.movement_final")
    node.ask(HOLDER, "/v1/inbox?box=transit")
    node.ask(HOLDER, "/nothing/v1?wsdl")
    node.ask(HOLDER, "/transit/v1?xsd=nothing")


def _bodies(node: Recorder) -> None:
    text = messages.declaration("ERR26-000001", "ERR-1", grn=GRN)
    node.ask(HOLDER, "/v1/messages", text)
    node.ask(HOLDER, "/v1/messages", text, content_type="text/plain")
    node.ask(HOLDER, "/v1/messages", text, content_type=JSON)
    node.ask(HOLDER, "/v1/messages", method="POST", content_type=XML)
    node.ask(HOLDER, "/v1/messages", text[:-20], content_type=XML)
    node.ask(HOLDER, "/v1/messages", "<a/>", content_type=XML)
    node.ask(HOLDER, "/v1/messages", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', content_type=XML)
    node.ask(HOLDER, "/v1/messages", "<a>" * 200 + "</a>" * 200, content_type=XML)
    node.ask(HOLDER, "/v1/messages", text.replace("CC015C", "CC999C"), content_type=XML)
    node.ask(HOLDER, "/v1/messages", text, content_type=XML, content_encoding="gzip")
    node.ask(HOLDER, "/v1/messages", text, content_type="multipart/related; boundary=x; type=application/xml")
    node.ask(HOLDER, "/v1/messages?type=CC999C", "{}", content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", "{", content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", "[]", content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", '{"mrn": 1}', content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", '{"mrn": "a", "mrn": "b"}', content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", '{"mrn": "a", "more": 1}', content_type=JSON)
    node.ask(HOLDER, "/transit/v1/find_movement", "[" * 500 + "]" * 500, content_type=JSON)


def _content(node: Recorder) -> None:
    text = messages.declaration("ERR26-000002", "ERR-2", grn=GRN)
    node.xml(HOLDER, text.replace("<TransitOperation>", "<TransitOperation><LRN>x</LRN>"))
    node.xml(HOLDER, text.replace("<LRN>ERR26-000002</LRN>", f"<LRN>{'x' * 40}</LRN>"))
    node.xml(HOLDER, text.replace("<grossMass>120.5</grossMass>", "<grossMass>-1</grossMass>"))
    node.xml(HOLDER, text.replace("<security>0</security>", "<security>7</security>"))
    node.xml(HOLDER, text.replace("NCTS5.1", "NCTS9"))
    node.xml(HOLDER, text.replace("FR005350", "XX"))
    wrong = messages.registration(GRN) | {"grn": "26FR0000010001478"}
    node.json(OFFICER, "guarantees.register", "ccn2", **wrong)
    node.json(OFFICER, "guarantees.register", "ccn2", **(messages.registration(GRN) | {"limit": "x"}))
    node.json(OFFICER, "guarantees.register", "ccn2", grn=GRN)


def _rights(node: Recorder) -> None:
    good = json.dumps(messages.registration(GRN))
    node.ask(HOLDER, "/guarantees/v1/register", good, content_type=JSON)
    node.ask(STRANGER, "/guarantees/v1/show", json.dumps({"grn": GRN}), content_type=JSON, door="ccn2")
    node.ask(SYSTEM, "/guarantees/v1/register", good, content_type=JSON, door="ccn2")
    node.ask(SYSTEM, "/v1/messages", content_type=JSON)
    node.ask(HOLDER, "/v1/inbox", door="ccn2")
    node.ask(HOLDER, "/v1/inbox", door="cdco")
    node.ask(OFFICER, "/v1/inbox")
    node.ask("", "/v1/inbox")
    node.ask("", "/openapi.json", door="ccn2")
    node.ask(HOLDER, "/health/ready", door="operations")
    node.ask(STRANGER, "/v1/messages", messages.declaration("ERR26-000003", "ERR-3", grn=GRN), content_type=XML)


def _tokens(node: Recorder) -> None:
    node.ask("", "/v1/inbox", authorization="Bearer x")
    node.ask("", "/v1/inbox", authorization="Basic eDp5")
    node.ask(HOLDER, "/token", "grant_type=client_credentials", door="uumds", content_type=FORM)
    node.ask(HOLDER, "/token", "grant_type=password&resource=speed2", door="uumds", content_type=FORM)
    node.ask(HOLDER, "/token", "grant_type=client_credentials&resource=ccn2", door="uumds", content_type=FORM)
    node.ask(
        "",
        "/token",
        "grant_type=client_credentials&resource=speed2&client_id=x&client_secret=y",
        door="uumds",
        content_type=FORM,
    )
    node.ask(HOLDER, "/token", "{}", door="uumds", content_type=JSON)
    node.ask(HOLDER, "/token", door="uumds")
