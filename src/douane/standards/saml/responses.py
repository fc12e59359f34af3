"""The answer of an identity provider (SAML Profiles, 4.1; Bindings, 3.5), read as strictly as it can be said.

These hold. (1) One tree is parsed once, without comments; what is proven and what is read are the same nodes. (2) There
is one response with one assertion in it, each at its place, and no third of either anywhere but in the assertion's own
``Advice``, which nobody reads. (3) At least one signature of a key of the provider's metadata covers the assertion, and
no signature beside the advice is there that does not hold. (4) The answer belongs to one request of ours, by one
provider, for us, at our address, now. (5) The caller sees that a request is answered once. What any of these misses is
refused with a reason of its own (``Reason``).

Providers in use send three things that the text of SAML does not foresee, or that other readers stumble on; they are
taken, since none of them lets anybody be read as somebody else (decision 0350): a signature that does not stand right
behind the issuer, a confirmation that says from when on it holds, and an assertion in the advice of another one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import rsa

from douane.standards.saml import names
from douane.standards.saml.encryption import opened
from douane.standards.saml.reading import only, read, saml, samlp, text_of, time_of
from douane.standards.saml.reasons import Reason, refuse
from douane.standards.saml.signatures import SIGNATURE, outside, proven
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.names import XENC

if TYPE_CHECKING:
    from lxml.etree import _Element

SKEW: Final = 60
"""Seconds by which a provider's clock and ours may differ."""
OLDEST: Final = 600
"""Seconds after which an answer is too old."""
LONGEST: Final = 256
"""Characters of a name: SAML Core, 8.3.7."""
_CONDITIONS: Final = frozenset(map(saml, ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")))
_BESIDE: Final = frozenset({
    samlp("Status"), samlp("Extensions"), saml("Issuer"), saml("Assertion"), saml("EncryptedAssertion"), SIGNATURE,
})  # fmt: skip
"""What may stand in a response."""
_ENCRYPTED: Final = (saml("EncryptedAssertion"), saml("EncryptedID"), saml("EncryptedAttribute"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an answer must be. ``issuer``: the provider's entity. ``audience``: ours. ``recipient``: where it came in.

    request: the ID of the request that it answers. keys: of the provider. now: seconds since 1970. levels: the classes
    of proof (``AuthnContextClassRef``) that are accepted; all where it is empty.
    """

    issuer: str
    audience: str
    recipient: str
    request: str
    keys: tuple[PublicKey, ...]
    now: int
    levels: frozenset[str] = frozenset()
    opens: rsa.RSAPrivateKey | None = None
    """Our key, where assertions may be encrypted for us."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a provider states of a person. ``proven``: when he proved who he is; ``level``: how (seconds since 1970).

    session: the provider's name of its session, for logout. attributes: values by name.
    """

    subject: str
    proven: int
    level: str
    session: str = ""
    format: str = ""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def request_of(data: bytes) -> str:
    """Which request a response says that it answers: enough to find what to expect, and proof of nothing.

    Raises AssertionRefused for what is no response.
    """
    return _response(read(data)).get("InResponseTo", "")


def read_response(data: bytes, expected: Expected) -> Assertion:
    """What a response proves. Raises AssertionRefused with the reason."""
    root = _response(read(data))
    _succeeded(root)
    assertion = _proven_assertion(root, expected)
    _answers(root, expected)
    _issued(assertion, expected)
    _conditions(only(assertion, saml("Conditions"), Reason.CONDITIONS), expected)
    subject, kind = _subject(only(assertion, saml("Subject"), Reason.SUBJECT), expected)
    at, level, session = _proof(assertion, expected)
    return Assertion(subject, at, level, session, kind, _attributes(assertion))


def _response(root: _Element) -> _Element:
    if root.tag != samlp("Response") or root.get("Version") != "2.0":
        refuse(Reason.NO_RESPONSE)
    if not root.get("ID"):
        refuse(Reason.NO_ID)
    return root


def _succeeded(root: _Element) -> None:
    status = only(root, samlp("Status"), Reason.STATUS)
    code = only(status, samlp("StatusCode"), Reason.STATUS)
    if code.get("Value") != names.SUCCESS:
        inner = code.find(samlp("StatusCode"))
        told = (code if inner is None else inner).get("Value", "").rpartition(":")[2]
        refuse(Reason.STATUS, "".join(each for each in told[:40] if each.isalnum()))


def _proven_assertion(root: _Element, expected: Expected) -> _Element:
    """The assertion of a response, covered by a signature of the provider's.

    One that is encrypted is a document of its own: what signs the response is proven before it is opened, what signs
    the assertion after that.
    """
    encrypted = root.findall(saml("EncryptedAssertion"))
    if len(encrypted) != 1 or expected.opens is None:
        assertion = _one_assertion(root)
        advice = _advice(assertion)
        if not proven((root, assertion), expected.keys, unread=advice):
            refuse(Reason.UNSIGNED)
        return _without(assertion, advice)
    if any(True for _ in root.iter(saml("Assertion"))) or sum(1 for _ in root.iter(saml("EncryptedAssertion"))) != 1:
        refuse(Reason.ASSERTIONS)
    if sum(1 for _ in root.iter(samlp("Response"))) != 1 or any(each.tag not in _BESIDE for each in root):
        refuse(Reason.WRAPPED)
    signed = proven((root,), expected.keys)
    assertion = read(opened(encrypted[0], expected.opens))
    if assertion.tag != saml("Assertion"):
        refuse(Reason.ASSERTIONS)
    advice = _advice(assertion)
    if sum(1 for _ in outside(assertion, advice, saml("Assertion"))) != 1:
        refuse(Reason.ASSERTIONS)
    if any(True for _ in assertion.iter(*_ENCRYPTED)):
        refuse(Reason.ENCRYPTED)
    if assertion.get("Version") != "2.0" or not assertion.get("ID"):
        refuse(Reason.NO_ID)
    if not proven((assertion,), expected.keys, unread=advice) and not signed:
        refuse(Reason.UNSIGNED)
    return _without(assertion, advice)


def _one_assertion(root: _Element) -> _Element:
    """The assertion of a response, where it is the only one anywhere and nothing stands between the two."""
    if any(True for _ in root.iter(*_ENCRYPTED, f"{{{XENC}}}EncryptedData")):
        refuse(Reason.ENCRYPTED)
    advice = [each for assertion in root.findall(saml("Assertion")) for each in _advice(assertion)]
    found = list(outside(root, advice, saml("Assertion")))
    if len(found) != 1 or found[0].getparent() is not root or sum(1 for _ in root.iter(samlp("Response"))) != 1:
        refuse(Reason.WRAPPED if found and len(root.findall(saml("Assertion"))) < len(found) else Reason.ASSERTIONS)
    assertion = found[0]
    ids = [each.get("ID") for each in (root, assertion)]
    if assertion.get("Version") != "2.0":
        refuse(Reason.NO_RESPONSE)
    if not all(ids) or ids[0] == ids[1]:
        refuse(Reason.NO_ID)
    if any(each.tag not in _BESIDE for each in root):
        refuse(Reason.WRAPPED)
    return assertion


def _advice(assertion: _Element) -> list[_Element]:
    """What an assertion says of its evidence (SAML Core, 2.6.1): assertions may stand there, and may be ignored."""
    found = assertion.findall(saml("Advice"))
    return found if len(found) < 2 else refuse(Reason.ASSERTIONS, f"{len(found)} elements Advice")


def _without(assertion: _Element, advice: list[_Element]) -> _Element:
    """An assertion that is proven, less its advice: what nobody may read is not there to be read."""
    for each in advice:
        assertion.remove(each)
    return assertion


def _answers(root: _Element, expected: Expected) -> None:
    """The response itself: for this request, from this provider, to this place, now."""
    if not _is(only(root, saml("Issuer"), Reason.ISSUER), expected.issuer):
        refuse(Reason.ISSUER)
    if root.get("Destination") != expected.recipient:
        refuse(Reason.DESTINATION)
    if not expected.request or root.get("InResponseTo") != expected.request:
        refuse(Reason.ANSWERS)
    _recent(root, expected)


def _recent(element: _Element, expected: Expected) -> None:
    at = time_of(element, "IssueInstant", Reason.ISSUED)
    if at is None or not expected.now - OLDEST - SKEW <= at <= expected.now + SKEW:
        refuse(Reason.ISSUED)


def _issued(assertion: _Element, expected: Expected) -> None:
    if not _is(only(assertion, saml("Issuer"), Reason.ISSUER), expected.issuer):
        refuse(Reason.ISSUER)
    _recent(assertion, expected)


def _is(issuer: _Element, entity: str) -> bool:
    return text_of(issuer) == entity and issuer.get("Format", names.ENTITY) == names.ENTITY


def _subject(subject: _Element, expected: Expected) -> tuple[str, str]:
    """Who it is, confirmed for whoever bears it here."""
    name = only(subject, saml("NameID"), Reason.SUBJECT)
    who, kind = text_of(name), name.get("Format", "")
    if not who or len(who) > LONGEST:
        refuse(Reason.SUBJECT)
    if name.get("SPNameQualifier", expected.audience) != expected.audience:
        refuse(Reason.QUALIFIER)
    confirmation = only(subject, saml("SubjectConfirmation"), Reason.CONFIRMATION)
    if confirmation.get("Method") != names.BEARER or len(confirmation) != 1:
        refuse(Reason.CONFIRMATION)
    data = only(confirmation, saml("SubjectConfirmationData"), Reason.CONFIRMATION)
    if data.get("Recipient") != expected.recipient:
        refuse(Reason.RECIPIENT)
    if data.get("InResponseTo") != expected.request:
        refuse(Reason.ANSWERS)
    _from(data, expected)  # SAML Profiles, 4.1.4.2 knows none; where there is one, it can only narrow
    _until(data, expected, Reason.CONFIRMATION)
    return who, kind


def _from(element: _Element, expected: Expected) -> None:
    """Raise where an element says that it does not hold yet."""
    begin = time_of(element, "NotBefore", Reason.EARLY)
    if begin is not None and expected.now < begin - SKEW:
        refuse(Reason.EARLY)


def _until(element: _Element, expected: Expected, missing: Reason) -> None:
    """Raise unless an element holds still. ``missing``: why it is refused where it does not say until when."""
    until = time_of(element, "NotOnOrAfter", Reason.EXPIRED)
    if until is None:
        refuse(missing)
    if expected.now >= until + SKEW:
        refuse(Reason.EXPIRED)


def _conditions(conditions: _Element, expected: Expected) -> None:
    _from(conditions, expected)
    _until(conditions, expected, Reason.CONDITIONS)
    if any(each.tag not in _CONDITIONS for each in conditions):
        refuse(Reason.CONDITIONS)
    restrictions = conditions.findall(saml("AudienceRestriction"))
    named = [[text_of(each) for each in restriction.findall(saml("Audience"))] for restriction in restrictions]
    if not named or any(expected.audience not in each for each in named):
        refuse(Reason.AUDIENCE)


def _proof(assertion: _Element, expected: Expected) -> tuple[int, str, str]:
    """When and how the person proved who he is, and the provider's session."""
    statement = only(assertion, saml("AuthnStatement"), Reason.NOT_PROVEN)
    at = time_of(statement, "AuthnInstant", Reason.NOT_PROVEN)
    context = only(statement, saml("AuthnContext"), Reason.NOT_PROVEN)
    if at is None or at > expected.now + SKEW:
        refuse(Reason.NOT_PROVEN)
    until = time_of(statement, "SessionNotOnOrAfter", Reason.SESSION)
    if until is not None and expected.now >= until + SKEW:
        refuse(Reason.SESSION)
    level = text_of(only(context, saml("AuthnContextClassRef"), Reason.NOT_PROVEN))
    if expected.levels and level not in expected.levels:
        refuse(Reason.ASSURANCE)
    return at, level, statement.get("SessionIndex", "")


def _attributes(assertion: _Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for statement in assertion.findall(saml("AttributeStatement")):
        for each in statement.findall(saml("Attribute")):
            name = each.get("Name", "")
            if not name or name in found:
                refuse(Reason.ATTRIBUTES, name)
            found[name] = tuple(text_of(value) for value in each.findall(saml("AttributeValue")))
    return found


def person_of(assertion: Assertion, attribute: str = "") -> str:
    """By what a person is known: one value of an attribute, or the name that the assertion gives him.

    A name for one visit only is none. Raises AssertionRefused.
    """
    if not attribute:
        return refuse(Reason.TRANSIENT) if assertion.format == names.TRANSIENT else assertion.subject
    values = assertion.attributes.get(attribute, ())
    if len(values) != 1 or not 0 < len(values[0]) <= LONGEST:
        refuse(Reason.SUBJECT, f"{len(values)} values of {attribute.rpartition('/')[2]}")
    return values[0]


def at_least(level: str) -> Collection[str]:
    """The levels of assurance of eIDAS that are a level, or a higher one; the class itself where it is none of them."""
    return names.LEVELS[names.LEVELS.index(level) :] if level in names.LEVELS else (level,)
