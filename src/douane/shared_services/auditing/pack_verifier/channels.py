"""How the message came: the statement that the leaf commits to, its parts, and what each channel's form proves."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from douane.shared_services.auditing.pack_verifier.certificates import Trusted, issued, named
from douane.shared_services.auditing.pack_verifier.log import Log
from douane.shared_services.auditing.pack_verifier.report import NOTE, TRUST, Report, need
from douane.shared_services.auditing.pack_verifier.signatures import DS, WSSE, WSU, XENC, signed_elements, signer_of
from douane.shared_services.auditing.pack_verifier.stamps import read_der
from douane.shared_services.auditing.pack_verifier.xml import Element, parse_xml

LARGEST = 1 << 30
EBMS = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/"
AS4_SENT = "as4 sent"
"""The channel of a message that the platform sent by AS4, with the receipt for it."""
Pieces = dict[str, bytes]


class Wire:
    """The transmission of a message, each part compared with the statement."""

    def __init__(self, pieces: Pieces, log: Log) -> None:
        statement = pieces["wire/statement.json"]
        need(hashlib.sha256(statement).hexdigest() == log.opened.get("wire"), "The leaf commits to another statement.")
        content: dict[str, Any] = json.loads(statement)
        need(content["format"] == "douane.wire.1", "It is of a form that this program does not know.")
        self.pieces, self.channel, self.digests = pieces, str(content["channel"]), content
        self.facts = {str(name): str(value) for name, value in content["facts"]}
        self.certificates: list[x509.Certificate] = []

    def parts(self, report: Report) -> None:
        """Every part is the one that the statement names."""
        how = "how a message went out" if self.channel == AS4_SENT else "how the message came"
        report.say("wire/statement.json", f"The leaf commits to {how}: by {self.channel.partition(' ')[0]}; "
                   + ", ".join(f"{name} {value}" for name, value in self.facts.items()) + ".")  # fmt: skip
        wanted = {"wire/body": "body", "wire/token.txt": "token", "wire/content.key": "key", "trust/list.txt": "trust"}
        stated = {name: self.digests[part] for name, part in wanted.items()}
        stated |= {f"wire/certificates/{n}.der": each for n, each in enumerate(self.digests["certificates"])}
        for name, expected in stated.items():
            if expected or name in self.pieces:
                report.check(name, lambda name=name, expected=expected: self._part(name, expected))  # type: ignore[misc]  # mypy infers no types of lambda defaults
        for name in sorted(name for name in stated if name.endswith(".der") and name in self.pieces):
            report.check(name, lambda name=name: self._certificate(name))  # type: ignore[misc]  # as above

    def _part(self, name: str, expected: str) -> str:
        need(name in self.pieces, "The statement names it, but it is not in the pack.")
        found = hashlib.sha256(self.pieces[name]).hexdigest()
        need(found == expected, "It is not the one that the statement names.")
        return ""

    def _certificate(self, name: str) -> str:
        self.certificates.append(x509.load_der_x509_certificate(self.pieces[name]))
        return ""


def check_channel(wire: Wire, log: Log, report: Report) -> None:
    """What the form of the channel proves."""
    trusted = Trusted()
    report.check("trust/list.txt", lambda: trusted.read(wire.pieces))
    if wire.channel == AS4_SENT:
        report.check("wire/body", lambda: check_sent(wire, None, report))
        return
    if wire.certificates or "wire/token.txt" in wire.pieces:
        party = log.opened.get("party", "the party")
        report.say("wire/statement.json", f"That who proved this acts for {party} stood in the platform's register of"
                   " clients: its word.", NOTE)  # fmt: skip
    if wire.channel == "as4":
        report.check("wire/body", lambda: _as4(wire, log, trusted, report))
        return
    if wire.channel == "soap":
        report.check("wire/body", lambda: _soap(wire, log, trusted, report))
    if "wire/token.txt" in wire.pieces:
        report.check("wire/token.txt", lambda: _token(wire, log, trusted))
    if wire.channel == "csi_queue" and "wire/body" in wire.pieces:
        report.say("wire/body", "The queue carried these octets; that the message says the same is the platform's"
                   " translation.", NOTE)  # fmt: skip
    if wire.channel == "csi_queue":
        report.say("wire/statement.json", f"The platform states that its queues proved the user"
                   f" {wire.facts['user_id']};"
                   " nobody else can check that.", NOTE)  # fmt: skip
    elif wire.certificates:
        report.check("wire/certificates/0.der", lambda: _connection(wire, log, trusted, report))


def _connection(wire: Wire, log: Log, trusted: Trusted, report: Report) -> str:
    """A certificate of a TLS connection: the platform's word that its holder was at the other end."""
    trusted.judge(wire.certificates[:1], log.received, report, "wire/certificates/0.der")
    report.say("wire/certificates/0.der", "That its holder was at the other end of the connection is the platform's"
               " word: nobody else can check a connection that is over.", NOTE)  # fmt: skip
    return ""


def _token(wire: Wire, log: Log, trusted: Trusted) -> str:
    """The token of UUM&DS (RFC 7515, 9068): who vouched for the sender."""
    head, claims, signature = (base64.urlsafe_b64decode(p + "=" * (-len(p) % 4))
                               for p in wire.pieces["wire/token.txt"].decode().split("."))  # fmt: skip
    header, said = json.loads(head), json.loads(claims)
    need(header["alg"] == "EdDSA" and header["kid"] in trusted.tokens, "Its key is none that the platform accepted.")
    x = trusted.tokens[header["kid"]]["x"]
    public = ed25519.Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(x + "=" * (-len(x) % 4)))
    public.verify(signature, wire.pieces["wire/token.txt"].rpartition(b".")[0])
    at = log.received.timestamp()
    need(said["nbf"] - 60 <= at <= said["exp"] + 60, "The token did not hold when the message came.")
    bound = said.get("cnf", {}).get("x5t#S256", "")
    if bound:
        shown = wire.pieces.get("wire/certificates/0.der", b"")
        made = base64.urlsafe_b64encode(hashlib.sha256(shown).digest()).rstrip(b"=").decode()
        need(bound == made, "The token is bound to another certificate than that of the connection.")
    who = f"{said['client_id']}" + (f", EORI {said['eori']}" if said.get("eori") else "")
    return (f"The identity service {said['iss']} (key {header['kid']}, as the platform's list names it) vouched for"
            f" {who} at {said['aud']}.")  # fmt: skip


# --- SOAP


def _soap(wire: Wire, log: Log, trusted: Trusted, report: Report) -> str:
    """The envelope holds the message; where it is signed, body and time are covered."""
    root = parse_xml(wire.pieces["wire/body"])
    body = root.one(root.space, "Body")
    (content,) = [child for child in body.children if isinstance(child, Element)]
    message = wire.pieces["message/body"]
    sent = [e.text().encode() for e in content.all(content.space, "body")]
    need(content.canonical() == message or message in sent, "The envelope holds another message.")
    if not list(root.all(DS, "Signature")):
        report.say("wire/body", "Its sender did not sign the envelope: that it came so is the platform's word.", NOTE)
        return "The envelope holds the message."
    signature, elements, _ = signed_elements(root, {})
    moment = root.one(WSU, "Timestamp")
    for each in (body, moment):
        need(any(each is element for element in elements), f"The signature does not cover {each.local}.")
    signer = signer_of(signature, wire.certificates)
    trusted.judge([signer], log.received, report, "wire/body")
    return (f"The envelope holds the message, and {named(signer)} signed body and time"
            f" ({moment.one(WSU, 'Created').text()}).")  # fmt: skip


# --- AS4


def _as4(wire: Wire, log: Log, trusted: Trusted, report: Report) -> str:
    """The MIME message: its signature covers header, body and every payload, and the payloads are the message."""
    header, payloads, signer = _opened(wire)
    _compare(wire.pieces, payloads)
    trusted.judge([signer, *(c for c in wire.certificates if c != signer)], log.received, report, "wire/body")
    return (f"The AS4 message {header.one(EBMS, 'MessageId').text()} holds the message, and {named(signer)} signed its"
            f" header and its {len(payloads)} payloads.")  # fmt: skip


def check_sent(wire: Wire, message: bytes | None, report: Report) -> str:
    """What the platform sent, under its own signature, and the receipt of the receiver, under the receiver's."""
    header, payloads, signer = _opened(wire)
    need(message is None or payloads == [message], "What was sent is another message.")
    _known(signer, wire.certificates, "signed the message as it went out", report, "wire/body")
    octets = mime_parts(wire.facts["answer"], wire.pieces["message/body"])[0][1]
    sent = parse_xml(mime_parts(wire.facts["content-type"], wire.pieces["wire/body"])[0][1])
    receiver, about, count = _repeated(parse_xml(octets), sent, wire.certificates)
    need(receiver != signer, "The receipt is signed by the sender of the message itself.")
    _known(receiver, wire.certificates, "signed the receipt", report, "message/body")
    at = header.one(EBMS, "MessageInfo").one(EBMS, "Timestamp").text()
    return (f"{named(signer)} sent this as {about} ({at}), and {named(receiver)} signed the receipt for it, which"
            f" repeats {count} digests of the sender's signature.")  # fmt: skip


def _known(signer: x509.Certificate, pool: Sequence[x509.Certificate], does: str, report: Report, piece: str) -> None:
    """Whether the reader trusts a signer, by a path through what the pack holds, or has to be asked."""
    last: x509.Certificate | None = signer
    for _ in range(8):
        if last is None:
            break
        if any(last == each or issued(last, each) for each in report.roots):
            return
        last = next((each for each in pool if each != last and issued(last, each)), None)
    report.say(piece, f"{named(signer)} {does}: compare the fingerprint with what its owner publishes, then name it"
               " or its authority by --root.", TRUST)  # fmt: skip


def _opened(wire: Wire) -> tuple[Element, list[bytes], x509.Certificate]:
    """A MIME message: its header, its payloads in order, and who signed all of them."""
    parts = mime_parts(wire.facts["content-type"], wire.pieces["wire/body"])
    root = parse_xml(parts[0][1])
    media = {unquote(e.one(XENC, "CipherReference").get("URI")[4:]): e.get("MimeType")
             for e in root.all(XENC, "EncryptedData")}  # fmt: skip
    signed = {}
    for head, data in parts[1:]:
        name = head["content-id"].strip().strip("<>")
        kind = media.get(name, head.get_content_type())
        if name in media:
            data = AESGCM(wire.pieces["wire/content.key"]).decrypt(data[:12], data[12:], None)
        signed[name] = _as_signed(kind, data), data
    signature, elements, attachments = signed_elements(root, {name: each for name, (each, _) in signed.items()})
    header, body = root.one(EBMS, "Messaging"), root.one(root.space, "Body")
    for each in (header, body):
        need(any(each is element for element in elements), f"The signature does not cover {each.local}.")
    infos = list(header.all(EBMS, "PartInfo"))
    names = [unquote(info.get("href").removeprefix("cid:")) for info in infos]
    need(sorted(names) == sorted(attachments) == sorted(signed), "The signature does not cover every payload.")
    payloads = [_unpacked(info, signed[name][1]) for info, name in zip(infos, names, strict=True)]
    return header, payloads, signer_of(signature, wire.certificates)


def mime_parts(content_type: str, data: bytes) -> list[tuple[Message, bytes]]:
    """Head and content of each part of a multipart message (RFC 2046), its transfer encoding undone."""
    outer = Message()
    outer["content-type"] = content_type
    boundary = outer.get_param("boundary")
    if not isinstance(boundary, str):
        return [(outer, data)]
    chunks = (b"\r\n" + data).split(b"\r\n--" + boundary.encode())
    last = next((n for n, chunk in enumerate(chunks) if n and chunk.startswith(b"--")), 0)
    need(last > 1, "The multipart message is not whole.")
    found = []
    for chunk in chunks[1:last]:
        raw, gap, content = chunk.lstrip(b" \t").removeprefix(b"\r\n").partition(b"\r\n\r\n")
        need(gap, "A part has no head.")
        head = BytesHeaderParser().parsebytes(raw + b"\r\n\r\n")
        if str(head["content-transfer-encoding"]).strip().lower() == "base64":
            content = base64.b64decode(content)
        found.append((head, content))
    return found


def _as_signed(media_type: str, data: bytes) -> bytes:
    """A payload as its digest is taken (SwA profile, 5.4.2): XML in canonical form, other text with CRLF."""
    kind = media_type.lower().partition(";")[0].strip()
    if re.fullmatch(r"text/xml|application/xml|(application|image)/.*\+xml", kind):
        return parse_xml(data).canonical()
    return re.sub(rb"\r\n|\r|\n", b"\r\n", data) if kind.startswith("text/") else data


def _unpacked(info: Element, data: bytes) -> bytes:
    properties = {p.get("name"): p.text() for p in info.all(EBMS, "Property")}
    packed = properties.get("CompressionType") == "application/gzip"
    return zlib.decompressobj(31).decompress(data, LARGEST) if packed else data


def _compare(pieces: Pieces, payloads: Sequence[bytes]) -> None:
    """The payloads are the message and its attachments."""
    message = pieces.get("message/body", b"")
    need(payloads and (payloads[0] == message or unsigned(payloads[0]) == parse_xml(message).canonical()),
         "The first payload is another message.")  # fmt: skip
    listed = json.loads(pieces.get("message/attachments.json", b"[]"))
    need(len(listed) == len(payloads) - 1, "There are more or fewer attachments than payloads.")
    for each, payload in zip(listed, payloads[1:], strict=True):
        need(
            hashlib.sha256(payload).hexdigest() == each["sha256"], f"The payload {each['name']} is another attachment."
        )


def carried_in(wire: Wire) -> bytes:
    """The message as it came, with a signature that it may hold."""
    return _opened(wire)[1][0] if wire.channel == "as4" else wire.pieces.get("wire/body", b"")


def unsigned(document: bytes) -> bytes:
    """A document without the signature that ends it, in exclusive canonical form."""
    root = parse_xml(document)
    last = root.children[-1] if root.children else ""
    if isinstance(last, Element) and (last.space, last.local) == (DS, "Signature"):
        root.children.pop()
    return root.canonical()


def check_answer(pieces: Pieces, report: Report) -> str:
    """The AS4 receipt that the platform gave: it repeats what was signed, and is signed itself."""
    statement = json.loads(pieces["wire/statement.json"])
    sent = parse_xml(mime_parts(dict(statement["facts"])["content-type"], pieces["wire/body"])[0][1])
    signer, about, count = _repeated(parse_xml(pieces["answer/receipt.xml"]), sent, [])
    _known(signer, [], "signed the receipt", report, "answer/receipt.xml")
    return f"{named(signer)} signed the receipt of {about}: it repeats {count} digests of the sender's signature."


def _repeated(root: Element, sent: Element, known: Sequence[x509.Certificate]) -> tuple[x509.Certificate, str, int]:
    """Who signed a receipt, for which message, and how many digests of that message's signature it repeats: all."""
    signature, elements, _ = signed_elements(root, {})
    header = root.one(EBMS, "Messaging")
    need(any(header is each for each in elements), "The signature does not cover the receipt.")
    signer = signer_of(signature, [*_carried(root), *known])
    theirs = [e.canonical() for e in sent.one(WSSE, "Security").one(DS, "SignedInfo").all(DS, "Reference")]
    ours = [e.canonical() for e in header.all(DS, "Reference")]
    need(sorted(theirs) == sorted(ours), "The receipt does not repeat what was signed.")
    about = sent.one(EBMS, "MessageInfo").one(EBMS, "MessageId").text()
    need(header.one(EBMS, "RefToMessageId").text() == about, "The receipt is for another message.")
    return signer, about, len(ours)


def _carried(root: Element) -> list[x509.Certificate]:
    """The certificates that a document carries, alone or as a path."""
    found: list[x509.Certificate] = []
    for each in root.all(WSSE, "BinarySecurityToken"):
        raw = base64.b64decode("".join(each.text().split()))
        path = each.get("ValueType").endswith("X509PKIPathv1")
        found += [x509.load_der_x509_certificate(one) for one in
                  ([e.whole for e in read_der(raw)[0].parts()] if path else [raw])]  # fmt: skip
    return found
