"""Verification: what comes back are the very nodes and attachments that were digested, and nothing else may be read."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from douane.standards.xml_signature.algorithms import PublicKey, check_key, digest, verify_octets
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import Policy, Reference, Signature, read_signature
from douane.vocabulary.errors import BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """What a signature covers: element objects of the tree (compare by identity) and Content-IDs of attachments."""

    elements: tuple[_Element, ...]
    attachments: frozenset[str]

    def covers(self, element: _Element) -> bool:
        """Whether this very node was digested."""
        return any(element is each for each in self.elements)


def verify(
    signature: Signature,
    key: PublicKey,
    *,
    ids: Mapping[str, _Element],
    attachments: Mapping[str, Mapping[str, bytes]] | None = None,
) -> Signed:
    """What a signature covers, once it is proven with a key.

    ids: the elements of the document by Id (``identified``). attachments: by Content-ID, the digest of each under its
    content transform, by digest algorithm. Raises BadSignature, AlgorithmRefused for a key of another kind.
    """
    return Signed(verify_elements(signature, key, ids=ids), verify_attachments(signature, attachments or {}))


def verify_elements(signature: Signature, key: PublicKey, *, ids: Mapping[str, _Element]) -> tuple[_Element, ...]:
    """The elements that a signature covers, proven with a key; its attachments may still be on their way.

    The signature value is checked first: without the key nobody makes us canonicalise more than the signed info.
    """
    check_key(key, signature.method)
    verify_octets(key, signature.method, signature.value, signature.canonical.octets(signature.info))
    return tuple(_element(signature, each, ids) for each in signature.references if not each.attachment)


def verify_attachments(signature: Signature, digests: Mapping[str, Mapping[str, bytes]]) -> frozenset[str]:
    """The Content-IDs that a signature covers, once their digests are those that were signed.

    It proves nothing by itself: ``verify_elements`` proves that the digests are the signer's.
    """
    covered = [each for each in signature.references if each.attachment]
    for reference in covered:
        found = digests.get(reference.target)
        if found is None:
            raise BadSignature(f"No part has the Content-ID {reference.target[:80]!r} that is signed.")
        compare(reference, found[reference.digest])
    return frozenset(each.target for each in covered)


def verify_enveloped(root: _Element, key: PublicKey, policy: Policy) -> _Element:
    """The root of a document that its one signature, the root's first or last child, covers whole.

    The signature is taken out of the tree: what comes back is exactly what was signed.
    """
    candidates = [e for e in root if e.tag == "{http://www.w3.org/2000/09/xmldsig#}Signature"]
    if len(candidates) != 1:
        raise BadSignature(f"The document has {len(candidates)} signatures of its root.", remedy="Sign it once.")
    signature = read_signature(candidates[0], policy)
    if len(signature.references) != 1 or not signature.references[0].enveloped:
        raise BadSignature("The signature is not one of the whole document.", remedy="Sign the root, enveloped.")
    signed = verify(signature, key, ids=identified(root))
    if not signed.covers(root):
        raise BadSignature("The signature covers another element than the root.", remedy="Sign the root, enveloped.")
    return root


def _element(signature: Signature, reference: Reference, ids: Mapping[str, _Element]) -> _Element:
    element = signature.element.getroottree().getroot() if not reference.target else ids.get(reference.target)
    if element is None:
        raise BadSignature(f"No element has the Id {reference.target[:80]!r} that is signed.")
    if reference.enveloped:
        if all(each is not element for each in signature.element.iterancestors()):
            raise BadSignature("The signature does not lie inside what it says it does.")
        _take_out(signature.element)
    whole = not reference.target
    octets = reference.canonical.document(element) if whole else reference.canonical.octets(element)
    compare(reference, digest(reference.digest, octets))
    return element


def compare(reference: Reference, found: bytes) -> None:
    """Silent where a digest is the one that was signed. Raises BadSignature."""
    if not hmac.compare_digest(found, reference.value):
        raise BadSignature(
            f"{reference.target[:80] or 'The document'!r} was changed after it was signed.",
            remedy="Send exactly the octets that were signed.",
        )


def _take_out(element: _Element) -> None:
    """Remove an element and keep the text after it, which belongs to its parent's content."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    assert parent is not None
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
