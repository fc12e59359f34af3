"""The addresses of UUM&DS that belong to providers and passkeys, and those that refuse who comes unasked."""

from __future__ import annotations

UUMDS_ALONE = ("/saml", "/saml/answer", "/saml/logout", "/passkey", "/passkey/make", "/logout", "/signed-out")
UNASKED = ("/callback", "/saml/logout", "/passkey", "/passkey/make")
BEGINS = {"/sign-in": 303, "/operators/key": 303, "/operators/first": 401, "/sign-in/provider": 400}
"""What an operator's pages say to whoever opens them: begin here, in this browser; by no voucher, or no provider."""
