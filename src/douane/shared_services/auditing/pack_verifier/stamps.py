"""Time-stamps of RFC 3161: a token over the log's checkpoint, its signer and its time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from douane.shared_services.auditing.pack_verifier.certificates import verify_octets
from douane.shared_services.auditing.pack_verifier.report import need

OIDS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "608648016503040201": hashes.SHA256,
    "608648016503040202": hashes.SHA384,
    "608648016503040203": hashes.SHA512,
}
"""Digest algorithms, by the octets of their object identifiers."""
SIGNED_DATA, STAMP = "2a864886f70d010702", "2a864886f70d0109100104"
CONTENT_TYPE, MESSAGE_DIGEST = "2a864886f70d010903", "2a864886f70d010904"


class Der(NamedTuple):
    """One element of DER: its tag, its content, and the whole of it."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list[Der]:
        """The elements within."""
        return read_der(self.content)


def read_der(data: bytes) -> list[Der]:
    """The elements that stand one after the other."""
    found, at = [], 0
    while at < len(data):
        size, start = data[at + 1], at + 2
        if size >= 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[at + 2 : start], "big")
        need(0 < size + start <= len(data) or size == 0, "An element is cut off.")
        found.append(Der(data[at], data[start : start + size], data[at : start + size]))
        at = start + size
    return found


class Stamp(NamedTuple):
    """A token that holds: when, by whom, and what certificates came with it."""

    at: dt.datetime
    chain: list[x509.Certificate]


def open_stamp(token: bytes, stamped: bytes) -> Stamp:
    """A token over these octets, proven. Raises Refused."""
    (whole,) = read_der(token)
    kind, wrapped = whole.parts()
    need(kind.content.hex() == SIGNED_DATA, "It is no signed data.")
    _, _, encapsulated, *others = wrapped.parts()[0].parts()
    content_kind, content = encapsulated.parts()
    need(content_kind.content.hex() == STAMP, "It is no time-stamp.")
    info = content.parts()[0].content
    certificates = [x509.load_der_x509_certificate(e.whole) for o in others if o.tag == 0xA0 for e in o.parts()]
    signers = next(o for o in others if o.tag == 0x31).parts()
    need(len(signers) == 1, "It has not one signer.")
    own = _signed_by(signers[0], info, certificates)
    (fields,) = read_der(info)
    _, _, imprint, _, at, *_ = fields.parts()
    algorithm, hashed = imprint.parts()
    made = hashes.Hash(OIDS[algorithm.parts()[0].content.hex()]())
    made.update(stamped)
    need(made.finalize() == hashed.content, "The time-stamp is over something else.")
    need(at.tag == 0x18, "It names no time.")
    moment = dt.datetime.strptime(at.content.decode()[:14] + "+0000", "%Y%m%d%H%M%S%z")
    return Stamp(moment, [own, *(each for each in certificates if each != own)])


def _signed_by(signer: Der, info: bytes, certificates: list[x509.Certificate]) -> x509.Certificate:
    """The certificate whose key signed the attributes, which name the digest of the content."""
    _, _, algorithm, attributes, _, signature, *_ = signer.parts()
    need(attributes.tag == 0xA0, "The signer signed no attributes.")
    values = {a.parts()[0].content.hex(): a.parts()[1].parts()[0].content for a in attributes.parts()}
    made = OIDS[algorithm.parts()[0].content.hex()]
    name = made().name.replace("-", "")
    need(values[MESSAGE_DIGEST] == hashlib.new(name, info).digest(), "The content of the time-stamp was changed.")
    need(values[CONTENT_TYPE].hex() == STAMP, "The signer signed something else than a time-stamp.")
    covered = b"\x31" + attributes.whole[1:]
    for each in certificates:
        if verify_octets(each.public_key(), signature.content, covered, made()):
            usage = each.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
            need(usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING],
                 "The certificate of the time-stamp is not one for time-stamps.")  # fmt: skip
            return each
    need(False, "The time-stamp is signed with the key of no certificate in it.")
    return certificates[0]
