"""The signatures of a SAML message: where they may stand, and what is proven by them.

SAML Core, 5.4: a signature is the child of what it signs, over its ID, enveloped and in exclusive canonical form. Where
among the children it stands is not asked: the schema puts it right after the issuer, providers in use do not always.
It says nothing about what is signed, since the transform takes the signature out wherever it stands. Keys
come from the metadata of the provider alone: what a message says of keys is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from douane.standards.saml.reasons import Reason, refuse
from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import Policy, Signature, read_signature
from douane.standards.xml_signature.verifying import verify
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, SenderFault

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGNATURE: Final = f"{{{names.DS}}}Signature"
POLICY: Final = Policy(algorithms.KNOWN, frozenset(algorithms.HASHES), enveloped=True, references=1, local=1)


def outside(root: _Element, unread: Collection[_Element], tag: str) -> Iterator[_Element]:
    """The elements of a name that stand in none of these subtrees."""
    for each in root.iter(tag):
        if not any(above is skipped for above in each.iterancestors() for skipped in unread):
            yield each


def proven(elements: Sequence[_Element], keys: Collection[PublicKey], *, unread: Collection[_Element] = ()) -> bool:
    """Whether each of these elements that bears a signature is proven by it, outermost first; False where none does.

    elements: those that may be signed, an outer one before what it holds. unread: subtrees whose content is read by
    nobody, so that signatures in them prove nothing and need not hold. The signatures leave the tree as they are
    proven. Raises AssertionRefused for a signature that does not hold, or stands anywhere else.
    """
    root = elements[0]
    signatures = [(each, each.findall(SIGNATURE)) for each in elements]
    if sum(len(found) for _, found in signatures) != sum(1 for _ in outside(root, unread, SIGNATURE)):
        refuse(Reason.WRAPPED)
    bearing = [(element, found) for element, found in signatures if found]
    if any(len(found) != 1 for _, found in bearing):
        refuse(Reason.WRAPPED)
    for element, found in bearing:
        _prove(element, found[0], keys)
    return bool(bearing)


def _prove(element: _Element, written: _Element, keys: Collection[PublicKey]) -> None:
    """Raise unless a signature is one of a known key over this very element."""
    try:
        signature = read_signature(written, POLICY)
        ids = identified(element.getroottree().getroot())
        reference = signature.references[0] if signature.references else None
        if reference is None or not reference.enveloped or reference.target != element.get("ID"):
            refuse(Reason.WRAPPED, "the signature names another element")
        key = _key(signature, keys)
        if not verify(signature, key, ids=ids).covers(element):
            refuse(Reason.WRAPPED, "the signature covers another element")
    except AlgorithmRefused as fault:
        refuse(Reason.ALGORITHM, fault.text.rstrip("."))
    except BadSignature as fault:
        refuse(Reason.SIGNATURE, fault.text.rstrip("."))


def _key(signature: Signature, keys: Collection[PublicKey]) -> PublicKey:
    """Whose signature value it is. Raises AssertionRefused where none of the keys made it."""
    octets, refused = signature.canonical.octets(signature.info), ""
    for key in keys:
        try:
            algorithms.verify_octets(key, signature.method, signature.value, octets)
        except SenderFault as fault:
            refused = fault.text.rstrip(".")
            continue
        return key
    return refuse(Reason.FOREIGN_KEY, refused)
