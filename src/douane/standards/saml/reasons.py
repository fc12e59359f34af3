"""Why a message of a provider is refused: each reason has a name that stays, and one sentence."""

from __future__ import annotations

import enum
from typing import NoReturn

from douane.vocabulary.errors import AssertionRefused


class Reason(enum.Enum):
    """A reason to refuse. The value is what is said of the provider's statement."""

    UNREADABLE = "is no SAML document that can be read"
    COMMENT = "holds a comment or a processing instruction, which can cut a name in two"
    NO_RESPONSE = "is no SAML 2.0 response"
    NO_ID = "has an element without an identifier of its own"
    STATUS = "says that nobody was signed in"
    ENCRYPTED = "holds something that is encrypted, which is not agreed with this provider"
    ASSERTIONS = "does not hold exactly one assertion"
    WRAPPED = "holds an assertion or a signature where none belongs"
    UNSIGNED = "is not signed"
    SIGNATURE = "bears a signature that does not hold"
    ALGORITHM = "is signed by an algorithm that is not accepted"
    FOREIGN_KEY = "is signed by a key that the provider's metadata does not name"
    DESTINATION = "is addressed to another place"
    ANSWERS = "does not answer the request of this sign-in"
    ISSUED = "was not issued just now; or a clock is wrong"
    ISSUER = "comes from another issuer"
    SUBJECT = "does not name one person"
    TRANSIENT = "names a person for one visit only"
    QUALIFIER = "names a person for another service"
    CONFIRMATION = "is not confirmed for whoever bears it here"
    RECIPIENT = "is confirmed for another recipient"
    EXPIRED = "has expired; or a clock is wrong"
    EARLY = "is not valid yet; or a clock is wrong"
    CONDITIONS = "lacks its conditions, or has one that is not known"
    AUDIENCE = "is for another audience"
    NOT_PROVEN = "does not say when and how the person proved who he is"
    SESSION = "speaks of a session that is over"
    ATTRIBUTES = "has an attribute twice, or one without a name"
    ASSURANCE = "gives a lower level of assurance than is asked for"


def refuse(reason: Reason, detail: str = "") -> NoReturn:
    """Refuse a provider's statement. ``detail``: more about it, of no more than a line."""
    text = f"The statement of the provider {reason.value}{f': {detail[:120]}' if detail else ''}."
    refusal = AssertionRefused(text, remedy="Sign in again, from the beginning; its provider has to mend it.")
    refusal.reason = reason.name.lower()
    raise refusal
