"""Certificates: path, validity, revocation at the time of the message (RFC 5280), and signatures by their keys."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from douane.shared_services.auditing.pack_verifier.report import NOTE, TRUST, Report, need, when

LIST = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)
"""One revocation list in a file of several."""


def verify_octets(key: object, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm | None) -> bool:
    """Whether a key signed data: RSA (PKCS 1), ECDSA (DER), Ed25519."""
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm is not None:
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm is not None:
            key.verify(signature, data, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def named(certificate: x509.Certificate) -> str:
    """Whose it is, and its fingerprint."""
    return f"{certificate.subject.rfc4514_string()} (SHA-256 {certificate.fingerprint(hashes.SHA256()).hex()})"


def issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether an authority signed a certificate, and may sign certificates."""
    try:
        certificate.verify_directly_issued_by(authority)
        return bool(authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False


def _order(found: x509.CertificateRevocationList) -> tuple[int, dt.datetime]:
    """Which of two lists of one authority is the later one: by number, then by date."""
    try:
        number = found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        number = 0
    return number, found.last_update_utc


class Trusted:
    """What the platform judged the sender by, as it was then: authorities, revocation lists, keys of tokens."""

    def __init__(self) -> None:
        self.authorities: list[x509.Certificate] = []
        self.signers: list[x509.Certificate] = []
        self.lists: list[x509.CertificateRevocationList] = []
        self.tokens: dict[str, dict[str, str]] = {}

    def read(self, pieces: dict[str, bytes]) -> str:
        """Take the files that the list names."""
        if "trust/list.txt" not in pieces:
            return ""
        for line in pieces["trust/list.txt"].decode().splitlines()[1:]:
            kind, digest = line.split(" ")
            data = pieces.get(f"trust/{digest}", b"")
            need(hashlib.sha256(data).hexdigest() == digest, f"trust/{digest} is not what the list names.")
            if kind in ("root", "authority"):
                self.authorities += x509.load_pem_x509_certificates(data)
            elif kind == "signers":
                self.signers += x509.load_pem_x509_certificates(data)
            elif kind == "revocations":
                self.lists += [x509.load_pem_x509_crl(each) for each in LIST.findall(data)]
            elif kind == "tokens":
                self.tokens = {str(key["kid"]): key for key in json.loads(data)["keys"]}
        return (f"The sender was judged by {len(self.authorities)} authorities and {len(self.lists)} revocation lists,"
                " kept as they were.")  # fmt: skip

    def judge(self, chain: Sequence[x509.Certificate], at: dt.datetime, report: Report, piece: str) -> None:
        """A certificate at a time: path, validity, revocation; and whether the reader trusts its root."""
        own, last = chain[0], chain[0]
        pool = [*chain[1:], *self.authorities]
        for _ in range(8):
            begin, end = last.not_valid_before_utc, last.not_valid_after_utc
            need(begin <= at <= end, f"{last.subject.rfc4514_string()} was not valid at {when(at)}.")
            above = next((each for each in pool if each != last and issued(last, each)), None)
            if above is None:
                break
            self._revoked(last, above, at, report, piece)
            last = above
        need(last != own, f"{named(own)} was issued by no authority in this pack.")
        if any(last == root or issued(last, root) for root in report.roots):
            report.say(piece, f"{named(own)} leads to a root that you trust.")
        else:
            report.say(piece, f"{named(own)} leads to the authority {named(last)}: compare its fingerprint,"
                       " then name it by --root.", TRUST)  # fmt: skip

    def _revoked(
        self, own: x509.Certificate, above: x509.Certificate, at: dt.datetime, report: Report, piece: str
    ) -> None:
        of_above = [
            each for each in self.lists
            if each.issuer == above.subject and each.is_signature_valid(above.public_key())  # type: ignore[arg-type]  # refused below if it is of another kind
        ]  # fmt: skip
        if of_above:
            each = max(of_above, key=_order)
            found = each.get_revoked_certificate_by_serial_number(own.serial_number)
            need(found is None or found.revocation_date_utc > at, f"{own.subject.rfc4514_string()} was revoked.")
            until = each.next_update_utc
            need(each.last_update_utc <= at, "The revocation list is younger than the message.")
            need(until is None or at <= until, "The revocation list was out of date.")
            report.say(piece, f"{own.subject.rfc4514_string()} stood in no revocation list: that of"
                       f" {above.subject.rfc4514_string()}, made {when(each.last_update_utc)}.")  # fmt: skip
            return
        report.say(piece, f"No revocation list of {above.subject.rfc4514_string()} is in the pack: whether"
                   f" {own.subject.rfc4514_string()} was revoked is not proven.", NOTE)  # fmt: skip
