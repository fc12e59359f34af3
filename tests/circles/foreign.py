"""The addresses of UUM&DS that belong to providers and passkeys, and those that refuse who comes unasked."""

from __future__ import annotations

UUMDS_ALONE = ("/saml", "/saml/answer", "/saml/logout", "/passkey", "/passkey/make", "/logout", "/signed-out")
UNASKED = ("/callback", "/saml/logout", "/passkey", "/passkey/make")
