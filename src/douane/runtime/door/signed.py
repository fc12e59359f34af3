"""The report of a signature over a message: who signed, and what the validation came to when the message was received.

It is a fact of how the message came: the statement of the transmission holds it, and the audit leaf commits to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

import msgspec

from douane.model.caller import Caller
from douane.runtime.store.transmission import Transmission, WireForm

FACT: Final = "signature report"
"""Under which name the report stands among the facts of a transmission: no header that a sender writes has a space."""


class SignatureReport(msgspec.Struct, frozen=True, kw_only=True):
    """After ETSI TS 119 102-2, what matters of it. at: when it was validated (microseconds since 1970).

    indication, sub_indication: as EN 319 102-1 calls them; the second is empty where the first is TOTAL-PASSED.
    form: enveloped or detached. party, signer, kind: as whose the certificate is registered, his name, and whether it
    is a person's, a seal or the certificate of a client. claimed: when the signer says that he signed. method, digest:
    the algorithms. certificate: its SHA-256; serial: in hexadecimal. covers: Content-IDs of what it covers besides the
    message; message: that of the message, where the signature is detached.
    """

    indication: str
    sub_indication: str
    at: int
    form: str
    party: str
    signer: str
    kind: str
    claimed: str
    method: str
    digest: str
    certificate: str
    subject: str
    issuer: str
    serial: str
    begins: str
    ends: str
    covers: tuple[str, ...] = ()
    message: str = ""

    def text(self) -> str:
        """The form in which it is kept: JSON."""
        return msgspec.json.encode(self).decode()


class Signatures(Protocol):
    """Who judges signatures over messages (``identity.signers``). Both raise SignatureRefused, StaleEvidence."""

    def inside(self, body: bytes, caller: Caller) -> tuple[bytes, SignatureReport] | None:
        """What the signature in a document covers, and the report of it; None for a document without one."""

    def beside(
        self, written: bytes, body: bytes, name: str, attached: Mapping[str, str], caller: Caller
    ) -> SignatureReport:
        """The report of a detached signature over a message and the SHA-256 of parts beside it, by Content-ID."""


def with_report(form: WireForm | None, report: SignatureReport | None, came: bytes) -> WireForm | None:
    """How a message came, with the report of its signature, and the octets as they came where they are not known."""
    if form is None or report is None:
        return form
    whole = form if form.body or form.stored else replace(form, body=came)
    return replace(whole, facts=(*whole.facts, (FACT, report.text())), signed=True)


class _Facts(msgspec.Struct, frozen=True):
    facts: tuple[tuple[str, str], ...]


def report_of(transmission: Transmission | None) -> SignatureReport | None:
    """The report of the signature that a message came with; None for none, or where it is not kept how it came."""
    if transmission is None or FACT.encode() not in transmission.statement:
        return None
    told = dict(msgspec.json.decode(transmission.statement, type=_Facts).facts).get(FACT)
    return msgspec.json.decode(told, type=SignatureReport) if told else None
