"""Responses as a provider would write them, signed as told, and what is expected of them."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree
from lxml.etree import _Element

from douane.standards.saml.reading import saml, written
from douane.standards.saml.responses import Expected
from douane.standards.xml_signature import names
from douane.standards.xml_signature.algorithms import PrivateKey, digest
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.signing import Digested, signature
from douane.standards.xml_signature.tests.certified import rsa_key

NOW = 1_780_000_000
US, HERE, THEM = "https://uumds.example.eu/saml", "https://uumds.example.eu/acs", "https://id.example.se"
KEY, OTHER = rsa_key(0), rsa_key(1)
EXPECTED = Expected(
    issuer=THEM, audience=US, recipient=HERE, request="_asked", keys=(KEY.public_key(),), now=NOW
)  # fmt: skip
ATTRIBUTE = "urn:person"
TEMPLATE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" IssueInstant="{now}"
 Destination="{here}" InResponseTo="_asked"><saml:Issuer>{them}</saml:Issuer><samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_assertion" Version="2.0"
 IssueInstant="{now}"><saml:Issuer>{them}</saml:Issuer><saml:Subject><saml:NameID
 Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">astrid</saml:NameID><saml:SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{until}"
 Recipient="{here}" InResponseTo="_asked"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions
 NotBefore="{now}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{us}</saml:Audience>
 </saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_session">
 <saml:AuthnContext><saml:AuthnContextClassRef>http://eidas.europa.eu/LoA/substantial</saml:AuthnContextClassRef>
 </saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="urn:person">
 <saml:AttributeValue>SE/EU/1234</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>
</samlp:Response>"""


def response() -> _Element:
    """An honest response, not signed yet."""
    until = written(NOW + 300)
    return etree.fromstring(TEMPLATE.format(now=written(NOW), until=until, here=HERE, them=THEM, us=US))


def assertion_of(root: _Element) -> _Element:
    """The assertion in a response."""
    found = root.find(saml("Assertion"))
    assert found is not None
    return found


def sign(element: _Element, key: PrivateKey = KEY, method: str = names.RSA_SHA256) -> _Element:
    """Put a signature over an element after its issuer; the element."""
    thing = Digested(f"#{element.get('ID')}", (names.ENVELOPED, names.EXCLUSIVE),
                     digest(names.SHA256, EXCLUSIVE.octets(element)))  # fmt: skip
    made = etree.fromstring(
        signature([thing], key=key, method=method, key_info="", id="s-" + (element.get("ID") or ""))
    )
    element.insert(1, made)
    return element


def octets(root: _Element) -> bytes:
    """A document as it is sent."""
    return etree.tostring(root)


def at(expected: Expected, seconds: int) -> Expected:
    """What is expected so many seconds later."""
    return replace(expected, now=expected.now + seconds)
