"""What a development node's register of operators holds when it starts: the traders among the clients of its identity.

A node in production gets its registers from the authorities, or loaded by whoever runs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from douane.identity.register import Client
from douane.model.caller import OPERATOR
from douane.model.circles import ActorKind, Platform
from douane.model.needs import ACCOUNTS, OPERATORS, Need
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Instant
from douane.trust.persons import accounts

SINCE: Final = dt.date(2020, 1, 1)
SAID: Final = "register-"
"""Begins the identification of what a development node says to itself."""


def operators(clients: Iterable[Client], catalogue: Catalogue, now: Instant) -> Arrival | None:
    """The delivery of the traders among these clients, by whoever runs the node; None where there is nothing to say."""
    eoris = sorted({client.eori for client in clients if client.kind is ActorKind.TRADER and client.eori})
    if not eoris or not catalogue.filling(OPERATORS):
        return None
    return delivery_of(OPERATORS, UNION, {"operators": [operator_entry(eori) for eori in eoris]}, catalogue, now)


def delivery_of(register: Need, administration: str, content: object, catalogue: Catalogue, now: Instant) -> Arrival:
    """What whoever runs the node says to it. The same content is the same message."""
    operation = catalogue.filled(register)
    body = msgspec.json.encode(content)
    digest = digest_of(body)
    origin = Origin(OPERATOR, f"{SAID}{digest.hex()[:24]}", now, Platform.OPERATIONS.value, "command")
    envelope = Envelope(RowKind.MESSAGE, operation.qualified, administration, origin, Content(Media.JSON, body, digest))
    return Arrival(envelope, catalogue.read_json(operation.request, body))


def persons(
    clients: Iterable[Client], issuer: str, catalogue: Catalogue, hosts: Callable[[str, str], bool], now: Instant
) -> Iterator[Arrival]:
    """The deliveries of the persons of a development node to the registers of accounts that it keeps."""
    for keeper, entries in accounts(clients, issuer):
        if hosts(keeper, catalogue.filling(ACCOUNTS)):
            yield delivery_of(ACCOUNTS, keeper, {"keeper": keeper, "accounts": entries}, catalogue, now)


def operator_entry(eori: str) -> dict[str, Any]:
    """What is delivered of an operator of a development node."""
    return {"eori": eori, "legal_name": f"Operator {eori}", "country": eori[:2], "valid_from": SINCE.isoformat()}
