"""The error codes of ebMS 3 and AS4, and which of them stands for which error of our tree.

Match what a partner sends by code alone: products spell short descriptions differently and disagree on severities.
"""

from __future__ import annotations

from typing import Final

import msgspec

from douane.standards.as4.messages import EbmsError
from douane.vocabulary.errors import (
    AlgorithmRefused,
    BadHeader,
    BadPackaging,
    BadSignature,
    BadTime,
    DeclarationFault,
    DouaneError,
    KnownIdChanged,
    NoAgreement,
    NotAuthenticated,
    NotAuthorised,
    NotDecompressed,
    NotDecrypted,
    NotFound,
    NotValid,
    NotWellFormed,
    OurFault,
    ReceiptInvalid,
    TooLarge,
    UnknownMessageType,
    UnknownValue,
    WrongCircle,
)

_CONTENT, _TRAFFIC, _UNPACKING, _PROCESSING = "Content", "Communication", "Unpackaging", "Processing"
_TABLE: Final = """
0001 ValueNotRecognized failure Content
0002 FeatureNotSupported warning Content
0003 ValueInconsistent failure Content
0004 Other failure Content
0005 ConnectionFailure failure Communication
0006 EmptyMessagePartitionChannel warning Communication
0007 MimeInconsistency failure Unpackaging
0008 FeatureNotSupported failure Unpackaging
0009 InvalidHeader failure Unpackaging
0010 ProcessingModeMismatch failure Processing
0011 ExternalPayloadError failure Content
0020 RoutingFailure failure Processing
0021 MPCCapacityExceeded failure Processing
0022 MessagePersistenceTimeout failure Processing
0023 MessageExpired warning Processing
0030 BundlingError failure Content
0031 RelatedMessageFailed failure Processing
0040 BadFragmentGroup failure Content
0041 DuplicateMessageSize failure Content
0042 DuplicateFragmentCount failure Content
0043 DuplicateMessageHeader failure Content
0044 DuplicateAction failure Content
0045 DuplicateCompressionInfo failure Content
0046 DuplicateFragment failure Content
0047 BadFragmentStructure failure Unpackaging
0048 BadFragmentNum failure Content
0049 BadFragmentCount failure Content
0050 FragmentSizeExceeded warning Unpackaging
0051 ReceiveIntervalExceeded failure Unpackaging
0052 BadProperties warning Unpackaging
0053 HeaderMismatch failure Unpackaging
0054 OutOfStorageSpace failure Unpackaging
0055 DecompressionError failure Processing
0060 ResponseUsingAlternateMEP warning Processing
0101 FailedAuthentication failure Processing
0102 FailedDecryption failure Processing
0103 PolicyNoncompliance failure Processing
0201 DysfunctionalReliability failure Processing
0202 DeliveryFailure failure Communication
0301 MissingReceipt failure Communication
0302 InvalidReceipt failure Communication
0303 DecompressionFailure failure Communication
"""
KNOWN: Final[dict[str, tuple[str, str, str]]] = {
    f"EBMS:{code}": (short, severity, category)
    for code, short, severity, category in (line.split() for line in _TABLE.split("\n") if line)
}
"""Code -> short description, severity, category."""

RETRYABLE: Final = frozenset({"EBMS:0004", "EBMS:0005", "EBMS:0054"})
"""Codes after which the same message may succeed, when a partner sends them signed."""
EMPTY_CHANNEL: Final = "EBMS:0006"
DETAIL: Final = 64 * 1024
"""Letters of faults in one error: some five hundred of them."""

_CODES: Final[tuple[tuple[type[DouaneError], str], ...]] = (
    # The first class that fits decides, so the particular stands before the general.
    (BadPackaging, "EBMS:0007"),
    (BadHeader, "EBMS:0009"),
    (NotWellFormed, "EBMS:0009"),
    (BadTime, "EBMS:0009"),
    (NoAgreement, "EBMS:0010"),
    (UnknownValue, "EBMS:0001"),
    (AlgorithmRefused, "EBMS:0103"),
    (BadSignature, "EBMS:0101"),
    (NotAuthenticated, "EBMS:0101"),
    (NotAuthorised, "EBMS:0101"),
    (WrongCircle, "EBMS:0101"),
    (NotDecrypted, "EBMS:0102"),
    (NotDecompressed, "EBMS:0303"),
    (KnownIdChanged, "EBMS:0003"),
    (ReceiptInvalid, "EBMS:0302"),
    (NotValid, "EBMS:0004"),
    (UnknownMessageType, "EBMS:0004"),
    (NotFound, "EBMS:0004"),
    (TooLarge, "EBMS:0007"),
    (DeclarationFault, "EBMS:0004"),
    (OurFault, "EBMS:0054"),
    (DouaneError, "EBMS:0004"),
)


def ebms_error(code: str, *, description: str = "", detail: str = "", ref_to: str = "") -> EbmsError:
    """An error of the table, with what explains it."""
    short, severity, category = KNOWN[code]
    return EbmsError(code, severity, category, short, description, detail, ref_to)


def error_of(problem: DouaneError, ref_to: str = "") -> EbmsError:
    """The ebMS error that stands for an error of our tree: our code, what is wrong, how to mend it, every fault.

    The detail is text by lines: code and text, the remedy, then each fault as a JSON object of its own.
    """
    code = next(code for kind, code in _CODES if isinstance(problem, kind))
    lines = [f"{problem.code}: {problem.text}" if not isinstance(problem, OurFault) else f"{problem.code}"]
    if problem.remedy:
        lines.append(problem.remedy)
    size = 0
    for count, fault in enumerate(problem.faults):
        line = msgspec.json.encode(fault.named()).decode()
        size += len(line)
        if size > DETAIL:
            lines.append(f"And {len(problem.faults) - count} more.")
            break
        lines.append(line)
    return ebms_error(code, description=problem.text[:200], detail="\n".join(lines), ref_to=ref_to)
