"""A signature read by position and against a policy, before anything of it is canonicalised or computed.

What the policy does not name is refused here: other algorithms, transforms, external references, too many of them.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.canonical import EXCLUSIVE, Canonical, read_canonical
from douane.standards.xml_signature.content_ids import CID, content_id_of
from douane.vocabulary.errors import AlgorithmRefused, BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Policy:
    """What a door accepts of a signature.

    signatures, digests: algorithm identifiers. attachments: whether ``cid:`` references under the content transform of
    the SwA profile may stand there. enveloped: whether a signature may lie inside what it signs. inclusive: whether
    inclusive canonicalisation is accepted (never on a message door: it is costly before anybody is authenticated).
    references: at most so many; local: at most so many of them to elements. octets: whether ``cid:`` references to the
    octets of a part, or to its canonical form, may stand there.
    """

    signatures: frozenset[str]
    digests: frozenset[str] = frozenset({names.SHA256})
    attachments: bool = False
    enveloped: bool = False
    inclusive: bool = False
    references: int = 32
    local: int = 32
    octets: bool = False


DOCUMENTS: Final = Policy(algorithms.KNOWN, frozenset(algorithms.HASHES), enveloped=True)
"""For signatures over XML documents and their elements."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One reference of a signature. ``target`` is an element's Id, or a Content-ID where ``attachment``; whether that
    part is digested in its canonical form, says ``transformed``."""

    element: _Element
    target: str
    attachment: bool
    enveloped: bool
    canonical: Canonical
    digest: str
    value: bytes
    transformed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """A signature as it was written; nothing of it is proven yet."""

    element: _Element
    info: _Element
    canonical: Canonical
    method: str
    references: tuple[Reference, ...]
    value: bytes
    key_info: _Element | None


def read_signature(element: _Element, policy: Policy) -> Signature:
    """A ``ds:Signature`` by position. Raises BadSignature for its form, AlgorithmRefused for what policy excludes."""
    children = list(element)
    if element.tag != _tag("Signature") or len(children) < 2:
        raise _malformed("Signature")
    info, value, *rest = children
    if info.tag != _tag("SignedInfo") or value.tag != _tag("SignatureValue"):
        raise _malformed("Signature")
    key_info = rest[0] if rest and rest[0].tag == _tag("KeyInfo") else None
    if any(e.tag != _tag("Object") for e in rest[1 if key_info is not None else 0 :]):
        raise _malformed("Signature")
    if len(info) < 3 or info[0].tag != _tag("CanonicalizationMethod") or info[1].tag != _tag("SignatureMethod"):
        raise _malformed("SignedInfo")
    method = info[1].get("Algorithm", "")
    if method not in policy.signatures or len(info[1]):
        raise AlgorithmRefused(
            f"The signature algorithm {method or 'without a name'} is not accepted.",
            remedy=f"Use one of: {', '.join(sorted(policy.signatures))}.",
        )
    canonical = read_canonical(info[0], inclusive=policy.inclusive)
    if len(info) - 2 > policy.references:
        raise AlgorithmRefused(f"{len(info) - 2} references are too many.",
                               remedy=f"Sign at most {policy.references} things.")  # fmt: skip
    references = tuple(read_reference(each, policy) for each in list(info)[2:])
    if sum(not r.attachment for r in references) > policy.local:
        raise AlgorithmRefused("Too many references to elements.", remedy=f"Sign at most {policy.local} elements.")
    if len({(r.attachment, r.target) for r in references}) != len(references):
        raise BadSignature("Two references name the same thing.", remedy="Refer to everything once.")
    return Signature(element, info, canonical, method, references, octets_of(value), key_info)


def octets_of(element: _Element) -> bytes:
    """The base64 content of an element, white space allowed. Raises BadSignature for anything else."""
    if len(element):
        raise _malformed(element.tag.rpartition("}")[2])
    try:
        return binascii.a2b_base64("".join((element.text or "").split()), strict_mode=True)
    except ValueError as problem:
        raise BadSignature(f"{element.tag.rpartition('}')[2]} is not base64.") from problem


def read_reference(element: _Element, policy: Policy) -> Reference:
    """A ``ds:Reference`` against a policy. Raises BadSignature for its form, AlgorithmRefused."""
    children = list(element)
    transforms: list[_Element] = []
    if children and children[0].tag == _tag("Transforms"):
        transforms = list(children.pop(0))
    if element.tag != _tag("Reference") or [c.tag for c in children] != [_tag("DigestMethod"), _tag("DigestValue")]:
        raise _malformed("Reference")
    method = children[0].get("Algorithm", "")
    if method not in policy.digests or len(children[0]):
        raise AlgorithmRefused(f"The digest {method or 'without a name'} is not accepted.",
                               remedy=f"Use one of: {', '.join(sorted(policy.digests))}.")  # fmt: skip
    uri, value = element.get("URI"), octets_of(children[1])
    if policy.attachments and uri is not None and uri.startswith(CID):
        if [t.get("Algorithm") for t in transforms] != [names.CONTENT_SIGNATURE] or len(transforms[0]):
            raise AlgorithmRefused("An attachment is signed under another transform.",
                                   remedy=f"Use {names.CONTENT_SIGNATURE} alone.")  # fmt: skip
        return Reference(element, content_id_of(uri), True, False, EXCLUSIVE, method, value)
    if policy.octets and uri is not None and uri.startswith(CID):
        canonical = _transforms(transforms, policy)[1] if transforms else EXCLUSIVE
        return Reference(element, content_id_of(uri), True, False, canonical, method, value, bool(transforms))
    if uri is None or not (uri == "" or (uri.startswith("#") and "(" not in uri)) or (not uri and not policy.enveloped):
        raise AlgorithmRefused(f"A reference to {(uri or 'nothing')[:80]!r} is not accepted.",
                               remedy="Refer to an element of the same document by its Id.")  # fmt: skip
    enveloped, canonical = _transforms(transforms, policy)
    return Reference(element, uri[1:], False, enveloped, canonical, method, value)


def _transforms(transforms: list[_Element], policy: Policy) -> tuple[bool, Canonical]:
    enveloped = bool(policy.enveloped and transforms and transforms[0].get("Algorithm") == names.ENVELOPED)
    rest = transforms[1:] if enveloped else transforms
    if len(rest) > 1 or any(t.tag != _tag("Transform") for t in transforms):
        raise AlgorithmRefused("A reference has other transforms than one canonicalisation.", remedy="Leave them out.")
    if rest:
        return enveloped, read_canonical(rest[0], inclusive=policy.inclusive)
    if not policy.inclusive:  # without a transform the standard means inclusive canonicalisation
        raise AlgorithmRefused("A reference names no canonicalisation.", remedy=f"Canonicalise by {names.EXCLUSIVE}.")
    return enveloped, Canonical(exclusive=False)


@cache
def _tag(name: str) -> str:
    return f"{{{names.DS}}}{name}"


def _malformed(what: str) -> BadSignature:
    return BadSignature(f"{what} does not have its prescribed content.", remedy="Write it as XML Signature 1.1 does.")
