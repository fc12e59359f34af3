"""Namespaces and identifiers of SAML 2.0 and of the eIDAS profile, as the standards write them."""

from __future__ import annotations

from typing import Final

_SAML: Final = "urn:oasis:names:tc:SAML:2.0:"
ASSERTION: Final = f"{_SAML}assertion"
PROTOCOL: Final = f"{_SAML}protocol"
METADATA: Final = f"{_SAML}metadata"
REDIRECT: Final = f"{_SAML}bindings:HTTP-Redirect"
POST: Final = f"{_SAML}bindings:HTTP-POST"
SUCCESS: Final = f"{_SAML}status:Success"
BEARER: Final = f"{_SAML}cm:bearer"
ENTITY: Final = f"{_SAML}nameid-format:entity"
TRANSIENT: Final = f"{_SAML}nameid-format:transient"
PERSISTENT: Final = f"{_SAML}nameid-format:persistent"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

LOW: Final = "http://eidas.europa.eu/LoA/low"
SUBSTANTIAL: Final = "http://eidas.europa.eu/LoA/substantial"
HIGH: Final = "http://eidas.europa.eu/LoA/high"
"""Levels of assurance: Regulation (EU) No 910/2014, art. 8; eIDAS Message Format 1.4, 3.2."""
LEVELS: Final = (LOW, SUBSTANTIAL, HIGH)
PERSON: Final = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
"""The attribute by which eIDAS knows a natural person (eIDAS SAML Attribute Profile 1.4, 2.2)."""
