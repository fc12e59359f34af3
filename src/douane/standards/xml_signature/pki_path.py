"""PKIPath (X.509, ITU-T X.509 clause 7.5): a DER sequence of certificates, nearest the anchor first, the end's last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from douane.standards.x509.faults import UNREADABLE
from douane.vocabulary.errors import BadSignature

LONGEST: Final = 10
LARGEST: Final = 64 * 1024
USUAL: Final = 8 * 1024
"""Octets of a certificate that is remembered: a partner sends the same one with each message."""
_REMEMBERED: Final = 512
_SEQUENCE: Final = 0x30


@lru_cache(_REMEMBERED)
def octets(certificate: x509.Certificate) -> bytes:
    """A certificate in DER."""
    return certificate.public_bytes(Encoding.DER)


def write_path(chain: Sequence[x509.Certificate]) -> bytes:
    """A path from a chain that begins with the end certificate, as everywhere else."""
    content = b"".join(octets(each) for each in reversed(chain))
    return bytes((_SEQUENCE,)) + _length(len(content)) + content


def read_path(data: bytes) -> tuple[x509.Certificate, ...]:
    """The chain of a path, the end certificate first. Raises BadSignature for another order or form."""
    if len(data) > LARGEST:
        raise BadSignature(f"A certificate token of {len(data)} bytes is too large.")
    content, rest = _element(data)
    if rest:
        raise BadSignature("Something follows the certificate path.")
    found: list[x509.Certificate] = []
    while content:
        _, after = _element(content)
        if len(found) == LONGEST:
            raise BadSignature(f"A certificate path has more than {LONGEST} certificates.")
        found.append(read_certificate(content[: len(content) - len(after)]))
        content = after
    if not found:
        raise BadSignature("The certificate path is empty.")
    for above, below in pairwise(found):
        if below.issuer != above.subject:
            raise BadSignature("The certificate path is not in order.",
                               remedy="Begin next to the anchor, end with the signer's certificate.")  # fmt: skip
    return tuple(reversed(found))


def read_certificate(der: bytes) -> x509.Certificate:
    """A certificate in DER. Raises BadSignature."""
    if len(der) > LARGEST:
        raise BadSignature(f"A certificate token of {len(der)} bytes is too large.")
    try:
        return _read(bytes(der)) if len(der) <= USUAL else x509.load_der_x509_certificate(der)
    except UNREADABLE as problem:
        raise BadSignature("A certificate cannot be read.") from problem


@lru_cache(_REMEMBERED)
def _read(der: bytes) -> x509.Certificate:
    """One object for the same octets, which keeps its key and its extensions once they were read."""
    return x509.load_der_x509_certificate(der)


def _element(data: bytes) -> tuple[bytes, bytes]:
    """Content of the DER sequence that data begin with, and what follows it."""
    if len(data) < 2 or data[0] != _SEQUENCE:
        raise BadSignature("The certificate path is not a sequence of certificates.")
    size, start = data[1], 2
    if size > 0x80:
        start = 2 + (size & 0x7F)
        size = int.from_bytes(data[2:start], "big")
    end = start + size
    if data[1] == 0x80 or start > 6 or end > len(data):
        raise BadSignature("The certificate path is cut off.")
    return data[start:end], data[end:]


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(raw),)) + raw
