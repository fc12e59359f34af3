"""Receipts: written from a received signature, checked against what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from douane.standards.as4.messages import Receipt
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature.reading import DOCUMENTS, Policy, read_reference
from douane.vocabulary.errors import DouaneError, ReceiptInvalid

_LIMITS: Final = Limits(size=16 * 1024, depth=16, elements=64)
_POLICY: Final = Policy(frozenset(), DOCUMENTS.digests, attachments=True)
Fact = tuple[bool, str, tuple[str, ...], str, bytes]


def check_receipt(receipt: Receipt, message_id: str, sent: Sequence[str]) -> None:
    """Whether a receipt is for this message and repeats every reference of its signature, and no other.

    sent: the canonical references that were signed (``Secured.references``). Raises ReceiptInvalid.
    """
    if receipt.ref_to != message_id:
        raise ReceiptInvalid(f"The receipt is for {receipt.ref_to[:80]!r}, not for {message_id!r}.")
    if not receipt.references:
        raise ReceiptInvalid("The receipt repeats no reference.", remedy="Send a non-repudiation receipt.")
    if len(receipt.references) == len(sent) and set(receipt.references) == set(sent):
        return  # copied as they were, which is the rule
    try:
        theirs = [_fact(each) for each in receipt.references]
    except DouaneError as problem:
        raise ReceiptInvalid(f"A reference of the receipt cannot be read. {problem.text}") from problem
    ours = [_fact(each) for each in sent]
    if len(theirs) != len(ours) or set(theirs) != set(ours):
        wrong = sorted({f[1] for f in set(theirs) ^ set(ours)})
        raise ReceiptInvalid(
            f"The receipt does not repeat what was signed: {', '.join(wrong)[:200] or 'a reference twice'}.",
            remedy="Repeat every reference of the signature as it was, and no other.",
        )


def _fact(text: str) -> Fact:
    reference = read_reference(read_tree(text.encode(), _LIMITS), _POLICY)
    return reference.attachment, reference.target, reference.canonical.prefixes, reference.digest, reference.value
