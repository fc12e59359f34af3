"""The signature that a message carried itself (XAdES): its report in the log, and what can be checked of it again."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import unquote

from cryptography import x509

from douane.shared_services.auditing.pack_verifier.certificates import Trusted, named
from douane.shared_services.auditing.pack_verifier.channels import Wire, carried_in, unsigned
from douane.shared_services.auditing.pack_verifier.log import Log
from douane.shared_services.auditing.pack_verifier.report import NOTE, Refused, Report, need
from douane.shared_services.auditing.pack_verifier.signatures import DS, EXCLUSIVE, digest, prefixes_of, signer_of
from douane.shared_services.auditing.pack_verifier.xml import Element, parse_xml

REPORT = "signature report"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
ENVELOPED = f"{DS}enveloped-signature"


def check_signed(wire: Wire, log: Log, report: Report) -> None:
    """What the platform reported of a signature, and the signature itself."""
    if REPORT not in wire.facts:
        return
    trusted = Trusted()
    if not report.check("trust/list.txt", lambda: trusted.read(wire.pieces) and ""):
        return
    told: dict[str, Any] = json.loads(wire.facts[REPORT])
    report.say("wire/statement.json", f"When the message came, the platform found its {told['form']} signature"
               f" {told['indication']} {told['sub_indication']}: by {told['signer']} ({told['kind']}) for"
               f" {told['party']}. That the certificate is registered for that party is the platform's word.",
               NOTE)  # fmt: skip
    piece, document = _document(wire, told)
    if document:
        report.check(piece, lambda: _signature(wire, log, told, document, trusted, report, piece))
    else:
        report.say(piece, "The signature itself is not in the pack.", NOTE)


def _document(wire: Wire, told: dict[str, Any]) -> tuple[str, bytes]:
    """The document that holds the signature: the message as it came, or the part that is one."""
    if told["form"] == "enveloped":
        return "wire/body", carried_in(wire)
    for name, data in sorted(wire.pieces.items()):
        if name.startswith("message/attachments/") and data.lstrip()[:1] == b"<" and DS.encode() in data:
            root = parse_xml(data)
            if (root.space, root.local) == (DS, "Signature"):
                return name, data
    return "message/attachments", b""


def _signature(
    wire: Wire, log: Log, told: dict[str, Any], document: bytes, trusted: Trusted, report: Report, piece: str
) -> str:
    root = parse_xml(document)
    last = root if told["form"] == "detached" else root.children[-1]
    need(isinstance(last, Element) and (last.space, last.local) == (DS, "Signature"), "It does not end in a signature.")
    assert isinstance(last, Element)
    (*_, certificate) = (
        x509.load_der_x509_certificate(each) for each in _certificates(last)
        if hashlib.sha256(each).hexdigest() == told["certificate"]
    )  # fmt: skip
    if last.one(DS, "CanonicalizationMethod").get("Algorithm") != EXCLUSIVE:
        report.say(piece, "The signature is over another canonical form than this program computes: check it with one"
                   " of your own.", NOTE)  # fmt: skip
        return ""
    signer_of(last, [certificate])
    parts = _parts(wire) | {str(told["message"]): wire.pieces["message/body"]}
    for reference in last.one(DS, "SignedInfo").all(DS, "Reference"):
        _reference(reference, told, document, last, parts)
    if told["form"] == "enveloped":
        message = parse_xml(wire.pieces["message/body"]).canonical()
        need(unsigned(document) == message, "What was signed is another message.")
    if trusted.signers:
        trusted.judge([certificate, *trusted.signers], log.received, report, piece)
    said = last.one(XADES, "SigningTime").text()
    return f"{named(certificate)} signed this message, as he says at {said}."


def _certificates(signature: Element) -> list[bytes]:
    return [base64.b64decode("".join(each.text().split())) for each in signature.all(DS, "X509Certificate")]


def _parts(wire: Wire) -> dict[str, bytes]:
    """Octets of attachments by Content-ID."""
    listed = json.loads(wire.pieces.get("message/attachments.json", b"[]"))
    return {each["name"]: wire.pieces.get(each["file"], b"") for each in listed}


def _reference(
    reference: Element, told: dict[str, Any], document: bytes, signature: Element, parts: dict[str, bytes]
) -> None:
    """One reference: the document without its signature, an element of the signature, or a part beside it."""
    uri, stated = reference.get("URI"), "".join(reference.one(DS, "DigestValue").text().split())
    method = reference.one(DS, "DigestMethod").get("Algorithm")
    transforms = [each for each in reference.all(DS, "Transform") if each.get("Algorithm") != ENVELOPED]
    if uri == "":
        need(told["form"] == "enveloped", "It refers to a document that it does not stand in.")
        prefixes_of(transforms[0])
        data = unsigned(document)
    elif uri.startswith("cid:"):
        name = unquote(uri[4:])
        need(name in parts, f"The part {name} that is signed is not in the pack.")
        data = parse_xml(parts[name]).canonical(prefixes_of(transforms[0])) if transforms else parts[name]
    else:
        (found,) = [e for e in _within(signature) if "#" + e.get("Id") == uri]
        data = found.canonical(prefixes_of(transforms[0]))
    if digest(method, data) != stated:
        raise Refused(f"What {uri or 'the signature'} refers to is not what was signed.")


def _within(element: Element) -> list[Element]:
    found = [element]
    for child in element.children:
        if isinstance(child, Element):
            found += _within(child)
    return found
