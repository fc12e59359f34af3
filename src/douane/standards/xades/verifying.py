"""Whether a XAdES baseline B signature covers a message, and nothing that is not understood: the cryptographic half.

Who signed, and whether he is trusted, is decided elsewhere. A signature covers, exactly once each, the message and its
own signed properties; detached it may cover attachments, and either may cover its own KeyInfo. Any other reference is
refused, so no part of a document can stand in for another. Of an enveloped signature the message that comes back is the
octets that were digested: whoever reads on parses these, and sees nothing that was not signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from douane.standards.xades.names import SIGNED_PROPERTIES, XADES
from douane.standards.xades.verdicts import Sub, refuse
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.algorithms import HASHES, digest
from douane.standards.xml_signature.canonical import Canonical
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.pki_path import LONGEST, read_certificate
from douane.standards.xml_signature.reading import Policy, Reference, Signature, octets_of, read_signature
from douane.standards.xml_signature.verifying import compare, verify_elements
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, SenderFault

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGNATURE: Final = f"{{{names.DS}}}Signature"
MARK: Final = names.DS.encode()
"""Stands in every document that holds a signature; one without it needs no look."""
LARGEST: Final = 128 * 1024
"""Octets of a detached signature."""
REFERENCES: Final = 34
POLICY: Final = Policy(
    algorithms.KNOWN, frozenset(HASHES), octets=True, enveloped=True, inclusive=True, references=REFERENCES, local=3,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proven:
    """What is proven by the key of a certificate, of whom nothing is known yet.

    message: the octets that were signed, of an enveloped signature; those that came, of a detached one. certificates:
    the signer's own first. claimed: when he says that he signed. method, digest: by which algorithms. covers: the
    Content-IDs of attachments.
    """

    message: bytes
    enveloped: bool
    certificates: tuple[x509.Certificate, ...]
    claimed: str
    method: str
    digest: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A signature with its parts told apart: references to the message, to its own parts, and to attachments."""

    signature: Signature
    properties: _Element
    certificates: tuple[x509.Certificate, ...]
    ids: Mapping[str, _Element]


def signed_inside(body: bytes, limits: Limits | None = None) -> Proven | None:
    """What the signature inside a document proves; None where there is none.

    Raises SignatureRefused for whatever does not hold, NotWellFormed or TooLarge for what is no document.
    """
    if MARK not in body:
        return None
    root = read_tree(body, limits or Limits())
    found = list(root.iter(SIGNATURE))
    if not found:
        return None
    if len(found) != 1 or found[0].getparent() is not root or found[0].getnext() is not None:
        refuse(Sub.FORMAT, "A signature stands elsewhere than once, last in the root of the message.",
               "Sign the whole message once, and put the signature in as the last child of its root.")  # fmt: skip
    read = _read(found[0], root)
    whole = [each for each in read.signature.references if each.enveloped]
    if len(whole) != 1 or whole[0].target:
        refuse(Sub.NO_DATA, "The signature does not cover the whole message.",
               'Refer to the message by URI="" with the transform enveloped-signature.')  # fmt: skip
    method, used = read.signature.method, whole[0].digest
    _only(read, (whole[0],))
    _prove(read)
    return Proven(
        whole[0].canonical.document(root), True, read.certificates, _claimed(read.properties), method, used
    )  # fmt: skip


def signed_beside(written: bytes, body: bytes, name: str, attached: Mapping[str, str]) -> Proven:
    """What a detached signature proves of a message and of what came with it.

    name: Content-ID of the message. attached: SHA-256 (hexadecimal) of each other part by its Content-ID; the signature
    itself is none. Raises SignatureRefused.
    """
    if len(written) > LARGEST:
        refuse(Sub.FORMAT, f"A signature of {len(written)} octets is too large.", f"Send at most {LARGEST}.")
    try:
        root = read_tree(written, Limits(size=LARGEST))
    except SenderFault as problem:
        refuse(Sub.FORMAT, f"The signature cannot be read: {problem.text}", problem.remedy or "Send XML in UTF-8.")
    read = _read(root, root)
    outside = [each for each in read.signature.references if each.attachment]
    about = [each for each in outside if each.target == name]
    if len(about) != 1 or not name:
        refuse(Sub.NO_DATA, "The signature does not cover the message.",
               "Give the message a Content-ID and refer to it by cid:.")  # fmt: skip
    _only(read, outside)
    _prove(read)
    _same(about[0], _of_octets(about[0], body), "The message")
    for each in outside:
        if each is not about[0]:
            _attachment(each, attached)
    covered = tuple(sorted(each.target for each in outside if each is not about[0]))
    return Proven(
        body, False, read.certificates, _claimed(read.properties), read.signature.method, about[0].digest, covered
    )  # fmt: skip


def _read(element: _Element, root: _Element) -> _Read:
    """A signature by position, with its one set of signed properties and the certificate that they name."""
    if any(str(name).startswith(f"{{{names.XML}}}") for each in root.iter() for name in each.attrib):
        refuse(Sub.FORMAT, "A signed message uses an attribute of the namespace xml.",
               "Leave it out: inclusive canonical forms differ about it.")  # fmt: skip
    try:
        signature, ids = read_signature(element, POLICY), identified(root)
    except AlgorithmRefused as problem:
        refuse(Sub.WEAK, problem.text.rstrip("."), problem.remedy)
    except BadSignature as problem:
        refuse(Sub.FORMAT, problem.text.rstrip("."), problem.remedy)
    qualifying = list(element.iter(f"{{{XADES}}}QualifyingProperties"))
    signed = list(element.iter(f"{{{XADES}}}SignedProperties"))
    if (
        len(qualifying) != 1 or len(signed) != 1 or signed[0].getparent() is not qualifying[0]
        or qualifying[0].getparent() not in [e for e in element if e.tag == f"{{{names.DS}}}Object"]
        or qualifying[0].get("Target") != f"#{element.get('Id')}" or not signed[0].get("Id")
    ):  # fmt: skip
        refuse(Sub.FORMAT, "The signature has no signed properties of its own.",
               "Sign by XAdES baseline B: one QualifyingProperties, whose Target is the signature.")  # fmt: skip
    return _Read(signature, signed[0], _certificates(signature, signed[0]), ids)


def _only(read: _Read, covered: Sequence[Reference]) -> None:
    """Refuse references to anything but these and the signature's own parts, and one that has no signed properties."""
    own = {read.properties.get("Id"): SIGNED_PROPERTIES}
    key_info = read.signature.key_info
    found = set()
    for each in read.signature.references:
        if any(each is other for other in covered):
            continue
        element = read.ids.get(each.target)
        about_key = element is not None and element is key_info
        stated = each.element.get("Type", "")
        if each.attachment or each.enveloped or not (
            about_key or (element is read.properties and stated == own.get(each.target))
        ):  # fmt: skip
            refuse(Sub.FORMAT, f"The signature refers to {(each.target or 'the document')[:80]!r} besides the message.",
                   "Refer to the message, its attachments, the signed properties and KeyInfo alone.")  # fmt: skip
        found.add(each.target)
    if read.properties.get("Id") not in found:
        refuse(Sub.FORMAT, "The signature does not cover its signed properties.",
               f"Refer to them with the Type {SIGNED_PROPERTIES}.")  # fmt: skip


def _prove(read: _Read) -> None:
    """The signature value by the certificate's key, then every digest of an element of the document."""
    try:
        key = read.certificates[0].public_key()
        # A reference to what the signature lies in takes the signature out, so it is the last that is computed.
        ordered = sorted(read.signature.references, key=lambda each: each.enveloped)
        verify_elements(replace(read.signature, references=tuple(ordered)), key, ids=read.ids)  # type: ignore[arg-type]  # of a kind that is checked there
    except AlgorithmRefused as problem:
        refuse(Sub.WEAK, problem.text.rstrip("."), problem.remedy)
    except (UnsupportedAlgorithm, ValueError):
        refuse(Sub.WEAK, "The key of the certificate that signed is of a kind that is not accepted.",
               "Sign with RSA, ECDSA or Ed25519.")  # fmt: skip
    except BadSignature as problem:
        changed = "was changed" in problem.text
        refuse(Sub.HASH if changed else Sub.CRYPTO, problem.text.rstrip("."),
               problem.remedy or "Sign the message anew, and send exactly what was signed.")  # fmt: skip


def _certificates(signature: Signature, properties: _Element) -> tuple[x509.Certificate, ...]:
    """The certificates in KeyInfo, the one first that the signed properties name by its digest."""
    carried = [] if signature.key_info is None else list(signature.key_info.iter(f"{{{names.DS}}}X509Certificate"))
    if not carried or len(carried) > LONGEST:
        refuse(Sub.NO_CERTIFICATE, "The signature does not carry its certificate.",
               "Put it into KeyInfo as X509Certificate.")  # fmt: skip
    try:
        found = tuple(read_certificate(octets_of(each)) for each in carried)
    except BadSignature as problem:
        refuse(Sub.FORMAT, problem.text.rstrip("."), "Write each certificate in DER, in base64.")
    named = [*properties.iter(f"{{{XADES}}}SigningCertificateV2"), *properties.iter(f"{{{XADES}}}SigningCertificate")]
    entry = named[0].find(f"{{{XADES}}}Cert/{{{XADES}}}CertDigest") if len(named) == 1 else None
    if entry is None or [each.tag for each in entry] != [f"{{{names.DS}}}DigestMethod", f"{{{names.DS}}}DigestValue"]:
        refuse(Sub.FORMAT, "The signed properties do not name the signing certificate.",
               "Write SigningCertificateV2 with the digest of the certificate.")  # fmt: skip
    method = entry[0].get("Algorithm", "")
    if method not in HASHES:
        refuse(Sub.WEAK, f"The digest {method[:80] or 'without a name'} of the signing certificate is not accepted",
               f"Use one of: {', '.join(sorted(HASHES))}.")  # fmt: skip
    try:
        value = octets_of(entry[1])
    except BadSignature as problem:
        refuse(Sub.FORMAT, problem.text.rstrip("."), "Write the digest in base64.")
    mine = [each for each in found if each.fingerprint(HASHES[method]) == value]
    if len(mine) != 1:
        refuse(Sub.NO_CERTIFICATE, "No certificate of the signature has the digest that its signed properties name.",
               "Carry the certificate that signed, and its own digest.")  # fmt: skip
    return (mine[0], *(each for each in found if each is not mine[0]))


def _claimed(properties: _Element) -> str:
    """When the signer says that he signed: required of baseline B, and his own word."""
    found = list(properties.iter(f"{{{XADES}}}SigningTime"))
    text = (found[0].text or "").strip() if len(found) == 1 and not len(found[0]) else ""
    if not text or len(text) > 40:
        refuse(Sub.FORMAT, "The signature does not say when it was made.", "Write SigningTime once.")
    return text


def _of_octets(reference: Reference, octets: bytes) -> bytes:
    """The digest of the message as a reference means it: of its octets, or of their canonical form."""
    canonical: Canonical | None = reference.canonical if reference.transformed else None
    if canonical is None:
        return digest(reference.digest, octets)
    try:
        return digest(reference.digest, canonical.document(read_tree(octets, Limits())))
    except SenderFault as problem:
        refuse(Sub.NO_DATA, "The message is no XML that has a canonical form.",
               problem.remedy or "Leave the transform out: then the octets are signed.")  # fmt: skip


def _attachment(reference: Reference, attached: Mapping[str, str]) -> None:
    known = attached.get(reference.target)
    if known is None:
        refuse(Sub.NO_DATA, f"No part has the Content-ID {reference.target[:80]!r} that is signed.",
               "Send every part that the signature covers.")  # fmt: skip
    if reference.digest != names.SHA256 or reference.transformed:
        refuse(Sub.WEAK, "An attachment is signed in another way than by SHA-256 of its octets.",
               "Use SHA-256 and no transform.")  # fmt: skip
    _same(reference, bytes.fromhex(known), f"The part {reference.target[:80]!r}")


def _same(reference: Reference, found: bytes, what: str) -> None:
    try:
        compare(reference, found)
    except BadSignature:
        refuse(Sub.HASH, f"{what} was changed after it was signed.", "Send exactly the octets that were signed.")
