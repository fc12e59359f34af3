"""Whose signature over a message counts for whom: certificates registered for a party, and who vouches for them.

A certificate says who somebody is, never for whom he may sign: that stands in ``signers.toml`` of the identity folder,
by the operator's word, or follows from the register of clients, where the certificate is that of a client. Who vouches
for signers are the authorities in ``signers.pem``; without them a signature is proven, and trust in it is not::

    [[signer]]
    party = "FR40123456700017"
    name = "Lesquin SA"
    kind = "seal"
    certificates = ["x5t#S256 thumbprint"]
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError

from douane.identity.certificates import CertificateChecker, moment, thumbprint_of
from douane.identity.register import THUMBPRINT, Register
from douane.identity.revocations import Authority, RevocationList, authority_of, issuer_of, newest
from douane.model.caller import Caller, Party
from douane.runtime.door.signed import SignatureReport
from douane.standards.x509.faults import UNREADABLE
from douane.standards.xades.verdicts import Sub, refuse
from douane.standards.xades.verifying import Proven, signed_beside, signed_inside
from douane.vocabulary.errors import DeclarationFault, StaleEvidence
from douane.vocabulary.identifiers import Eori

CLIENT: Final = "client"
"""The kind of a signer whose certificate is that of a registered client."""
_ANEW: Final = "Sign with a certificate that holds, and have it registered."


class Kind(enum.StrEnum):
    """What a registered signer is: a natural person, or a legal one by its seal."""

    PERSON = "person"
    SEAL = "seal"


class Signer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs for a party. party: an EORI number. certificates: their SHA-256, base64url (``x5t#S256``)."""

    party: str
    name: str
    kind: Kind
    certificates: tuple[str, ...]


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    signer: tuple[Signer, ...] = ()


def read_signers(text: str) -> tuple[Signer, ...]:
    """The signers of a register file. DeclarationFault names what is wrong with it."""
    try:
        found = msgspec.convert(tomllib.loads(text), _Document).signer
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise DeclarationFault(f"The register of signers cannot be read: {problem}.") from problem
    for each in found:
        if not Eori.accepts(each.party):
            raise DeclarationFault(f"Signer {each.name[:80]!r} signs for no EORI number.", remedy=Eori.remedy)
        if not each.certificates or not all(THUMBPRINT.match(one) for one in each.certificates):
            raise DeclarationFault(f"Signer {each.name[:80]!r} has a bad certificate thumbprint, or none.",
                                   remedy="Use x5t#S256: 43 characters of base64url.")  # fmt: skip
    return found


class Signers:
    """Registered signers, and who vouches for certificates of theirs. Frozen; a change makes another one.

    unlisted: key identifiers of authorities that publish no revocation list.
    """

    def __init__(
        self, signers: Iterable[Signer] = (), authorities: Sequence[x509.Certificate] = (),
        lists: Iterable[RevocationList] = (), unlisted: Collection[Authority] = (),
    ) -> None:  # fmt: skip
        self._holders: dict[str, Signer] = {}
        for each in signers:
            for one in each.certificates:
                if self._holders.setdefault(one, each) is not each:
                    raise DeclarationFault(f"A certificate of {each.name[:80]!r} stands for another signer too.",
                                           remedy="Register each certificate once.")  # fmt: skip
        self._authorities, self._unlisted = tuple(authorities), frozenset(unlisted)
        self._store = Store(list(authorities)) if authorities else None
        found = [(issuer_of(each, authorities), each) for each in lists]
        self._lists: Mapping[Authority, RevocationList] = newest(
            (authority_of(issuer), each) for issuer, each in found if issuer is not None
        )

    def holder(self, thumbprint: str) -> Signer | None:
        """Who is registered with a certificate."""
        return self._holders.get(thumbprint)

    def trust(self, certificate: x509.Certificate, now: int) -> Sub:
        """Whether an authority declared here vouches for a certificate: nothing, or that none is declared.

        Raises SignatureRefused where others are, or it was revoked; StaleEvidence where that cannot be known.
        """
        if self._store is None:
            return Sub.NO_CHAIN
        verifier = (
            PolicyBuilder().store(self._store).time(moment(now).replace(tzinfo=None))
            .extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all())
            .build_client_verifier()
        )  # fmt: skip
        try:
            authority = verifier.verify(certificate, []).chain[-1]
        except (VerificationError, ValueError):
            refuse(Sub.NO_CHAIN, "No authority that is declared here vouches for the certificate that signed.",
                   "Ask the operator which authorities he has declared for signers.")  # fmt: skip
        held = self._lists.get(authority_of(authority))
        if held is not None and certificate.serial_number in held.serials:
            refuse(Sub.REVOKED, "The certificate that signed has been revoked.", _ANEW)
        if held is None and authority_of(authority) in self._unlisted:
            return Sub.NONE
        if held is None or moment(now) > held.until:
            raise StaleEvidence("There is no present revocation list of the authority of a signer here.",
                                remedy="The operator of this node has to put it into the folder revoked.")  # fmt: skip
        return Sub.NONE


class Submissions:
    """Judges signatures over messages, for the doors of a process."""

    def __init__(self, clients: Register, certificates: CertificateChecker, now: Callable[[], int]) -> None:
        self.clients, self.certificates, self.signers = clients, certificates, Signers()
        self._now = now

    def inside(self, body: bytes, caller: Caller) -> tuple[bytes, SignatureReport] | None:
        """The message that the signature in a document covers, and the report of it; None for one without.

        Raises SignatureRefused, StaleEvidence, and what the document is refused for.
        """
        proven = signed_inside(body)
        return (proven.message, self._judged(proven, caller)) if proven is not None else None

    def beside(
        self, written: bytes, body: bytes, name: str, attached: Mapping[str, str], caller: Caller
    ) -> SignatureReport:
        """The report of a detached signature over a message and parts beside it (``signed_beside``)."""
        return msgspec.structs.replace(self._judged(signed_beside(written, body, name, attached), caller), message=name)

    def _judged(self, proven: Proven, caller: Caller) -> SignatureReport:
        certificate, now = proven.certificates[0], self._now()
        party, signer, kind = self._whose(certificate, caller)
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if moment(now) < begins:
            refuse(Sub.NOT_YET_VALID, f"The certificate that signed is not valid before {begins:%Y-%m-%d %H:%M} UTC.",
                   _ANEW)  # fmt: skip
        if moment(now) > ends:
            refuse(Sub.EXPIRED, f"The certificate that signed expired on {ends:%Y-%m-%d %H:%M} UTC.", _ANEW)
        if not _may_sign(certificate):
            refuse(Sub.CHAIN, "The certificate that signed may not be used for signatures.",
                   "Use one whose key usage holds digitalSignature or nonRepudiation.")  # fmt: skip
        if kind == CLIENT and self._revoked(certificate):
            refuse(Sub.REVOKED, "The certificate that signed has been revoked.", _ANEW)
        sub = self.signers.trust(certificate, now)
        return SignatureReport(
            indication=sub.indication.value, sub_indication=sub.value, at=now,
            form="enveloped" if proven.enveloped else "detached", party=party, signer=signer, kind=kind,
            claimed=proven.claimed, method=proven.method, digest=proven.digest,
            certificate=certificate.fingerprint(hashes.SHA256()).hex(), subject=certificate.subject.rfc4514_string(),
            issuer=certificate.issuer.rfc4514_string(), serial=f"{certificate.serial_number:x}",
            begins=begins.isoformat(), ends=ends.isoformat(), covers=proven.covers,
        )  # fmt: skip

    def _whose(self, certificate: x509.Certificate, caller: Caller) -> tuple[str, str, str]:
        """As whose a certificate is registered: party, name and kind. Only those who submit may have signed."""
        thumbprint = thumbprint_of(certificate)
        signer, client = self.signers.holder(thumbprint), self.clients.holder(thumbprint)
        found: tuple[str, str, str] | None = None
        if signer is not None:
            found = signer.party, signer.name, signer.kind.value
        elif client is not None:
            found = Party(*client.party).name, client.id, CLIENT
        if found is None or found[0] not in {caller.party.name, caller.by} - {""}:
            refuse(Sub.POLICY, f"The certificate that signed is not registered for {caller.party.name}.",
                   "Sign with your own certificate, or have that of your person or seal registered.")  # fmt: skip
        return found

    def _revoked(self, certificate: x509.Certificate) -> bool:
        """Whether the authority of a client has revoked its certificate."""
        lists = self.certificates.lists.values()
        return any(certificate.serial_number in each.serials for each in lists if each.crl.issuer == certificate.issuer)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return usage.digital_signature or usage.content_commitment
