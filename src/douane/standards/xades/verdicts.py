"""What a validation comes to: those indications and sub-indications of ETSI EN 319 102-1, 5.1.3, that occur here."""

from __future__ import annotations

import enum
from typing import NoReturn

from douane.vocabulary.errors import SignatureRefused


class Indication(enum.StrEnum):
    """The main status of a validation."""

    PASSED = "TOTAL-PASSED"
    FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class Sub(enum.StrEnum):
    """Why a signature did not pass."""

    NONE = ""
    FORMAT = "FORMAT_FAILURE"
    HASH = "HASH_FAILURE"
    CRYPTO = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    NOT_YET_VALID = "NOT_YET_VALID"
    NO_DATA = "SIGNED_DATA_NOT_FOUND"
    NO_CERTIFICATE = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CHAIN = "NO_CERTIFICATE_CHAIN_FOUND"
    CHAIN = "CHAIN_CONSTRAINTS_FAILURE"
    WEAK = "CRYPTO_CONSTRAINTS_FAILURE"
    POLICY = "SIG_CONSTRAINTS_FAILURE"
    EXPIRED = "OUT_OF_BOUNDS_NO_POE"
    LATER = "TRY_LATER"

    @property
    def indication(self) -> Indication:
        """The main status that it belongs to."""
        if self is Sub.NONE:
            return Indication.PASSED
        return Indication.FAILED if self in _FAILED else Indication.INDETERMINATE


_FAILED = frozenset({Sub.FORMAT, Sub.HASH, Sub.CRYPTO, Sub.REVOKED, Sub.NOT_YET_VALID})


def refuse(sub: Sub, text: str, remedy: str) -> NoReturn:
    """Refuse a message for its signature."""
    refusal = SignatureRefused(f"{text} ({sub.indication.value}, {sub.value})", remedy=remedy)
    refusal.verdict = sub.value
    raise refusal
