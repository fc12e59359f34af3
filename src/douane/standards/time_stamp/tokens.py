"""Time-stamps (RFC 3161, RFC 5816): the request, the answer, and an authority that answers.

A time-stamp states that some octets existed at a time. Only their SHA-256 is sent; what comes back is signed data of
CMS (RFC 5652) over a *TSTInfo*. Whether its signer is believed, the reader of the token decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from douane.standards.time_stamp import der
from douane.vocabulary.errors import NotWellFormed, PartnerRefused, ProofFailed

REQUEST_MEDIA: Final = "application/timestamp-query"
ANSWER_MEDIA: Final = "application/timestamp-reply"
LARGEST: Final = 64 * 1024
_SHA256: Final = der.write(der.SEQUENCE, der.identifier("2.16.840.1.101.3.4.2.1"))
_ECDSA: Final = der.write(der.SEQUENCE, der.identifier("1.2.840.10045.4.3.2"))
_SIGNED_DATA: Final = der.identifier("1.2.840.113549.1.7.2")
_STAMP: Final = der.identifier("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE: Final = der.identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST: Final = der.identifier("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE: Final = der.identifier("1.2.840.113549.1.9.16.2.47")
_GRANTED: Final = frozenset({0, 1})
NONCE_BYTES: Final = 8


def request(octets: bytes, nonce: bytes) -> bytes:
    """The question for a time-stamp over these octets, with the authority's certificate in the answer."""
    asked = int.from_bytes(nonce, "big")
    return der.write(der.SEQUENCE, der.integer(1), _imprint(octets), der.integer(asked), b"\x01\x01\xff")


def token_of(answer: bytes, octets: bytes, nonce: bytes) -> bytes:
    """The token in an answer, if it is one to this question; its signature is not checked here.

    Raises PartnerRefused where the authority did not grant it, ProofFailed where it is over something else,
    NotWellFormed where it is no answer.
    """
    try:
        whole = der.read(answer)[0].children()
        status = int.from_bytes(whole[0].children()[0].content, "big")
        if status not in _GRANTED:
            raise PartnerRefused(
                f"The time-stamp authority refused, status {status}.", remedy="Ask its operator what it grants."
            )
        token = whole[1]
        signed = token.children()[1].children()[0].children()
        info = der.read(signed[2].children()[1].children()[0].content)[0].children()
        numbers = [each.content for each in info[5:] if each.tag == der.INTEGER]
    except (IndexError, ValueError) as problem:
        raise NotWellFormed("The answer of the time-stamp authority cannot be read.") from problem
    if info[2].octets != _imprint(octets) or [int.from_bytes(n, "big") for n in numbers] != [
        int.from_bytes(nonce, "big")
    ]:
        raise ProofFailed("The time-stamp is over something else than what was sent.")
    return token.octets


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority: its key and its certificate, for time-stamps only, with those above it.

    policy: the object identifier under which it works (RFC 3161, 2.4.1).
    """

    key: ec.EllipticCurvePrivateKey
    chain: Sequence[x509.Certificate]
    policy: str = "1.3.6.1.4.1.55555.1.1"

    def answer(self, question: bytes, now: dt.datetime, serial: int) -> bytes:
        """The answer to a question. Raises NotWellFormed for what is none."""
        try:
            version, imprint, *others = der.read(question)[0].children()
            known = imprint.children()[0].octets in (_SHA256, der.write(der.SEQUENCE, _SHA256[2:], der.NULL))
        except (IndexError, ValueError) as problem:
            raise NotWellFormed("The question for a time-stamp cannot be read.") from problem
        if version.octets != der.integer(1) or not known:
            raise NotWellFormed("Only questions of version 1 over SHA-256 are answered.")
        nonce = b"".join(each.octets for each in others if each.tag == der.INTEGER)
        info = der.write(
            der.SEQUENCE, der.integer(1), der.identifier(self.policy), imprint.octets, der.integer(serial),
            der.moment(now), nonce,
        )  # fmt: skip
        return der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.integer(0)), self._token(info))

    def _token(self, info: bytes) -> bytes:
        """Signed data over the information (RFC 5652, 5.1)."""
        own = self.chain[0]
        certificate = own.public_bytes(Encoding.DER)
        identified = der.write(der.SEQUENCE, der.write(der.OCTETS, sha256(certificate).digest()))
        attributes = sorted(
            der.write(der.SEQUENCE, name, der.write(der.SET, value))
            for name, value in (
                (_CONTENT_TYPE, _STAMP),
                (_MESSAGE_DIGEST, der.write(der.OCTETS, sha256(info).digest())),
                (_SIGNING_CERTIFICATE, der.write(der.SEQUENCE, der.write(der.SEQUENCE, identified))),
            )
        )
        signature = self.key.sign(der.write(der.SET, *attributes), ec.ECDSA(hashes.SHA256()))
        issuer = der.write(der.SEQUENCE, own.issuer.public_bytes(), der.integer(own.serial_number))
        signer = der.write(
            der.SEQUENCE, der.integer(1), issuer, _SHA256, der.write(der.CONTEXT, *attributes), _ECDSA,
            der.write(der.OCTETS, signature),
        )  # fmt: skip
        content = der.write(der.SEQUENCE, _STAMP, der.write(der.CONTEXT, der.write(der.OCTETS, info)))
        certificates = der.write(der.CONTEXT, *(each.public_bytes(Encoding.DER) for each in self.chain))
        data = der.write(
            der.SEQUENCE, der.integer(3), der.write(der.SET, _SHA256), content, certificates, der.write(der.SET, signer)
        )
        return der.write(der.SEQUENCE, _SIGNED_DATA, der.write(der.CONTEXT, data))


def _imprint(octets: bytes) -> bytes:
    return der.write(der.SEQUENCE, _SHA256, der.write(der.OCTETS, sha256(octets).digest()))
