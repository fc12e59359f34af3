"""What the library raises for octets that it cannot read, so that a reader of strangers' octets names it in one place.

The library parses lazily: a certificate, request or list that loads may still fail when its key or its extensions are
asked for. So whoever reads one asks for all that he needs within one ``try``.
"""

from __future__ import annotations

from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

UNREADABLE: Final = (
    ValueError, TypeError, OverflowError, UnsupportedAlgorithm, InvalidSignature, x509.InvalidVersion,
    x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
)  # fmt: skip
"""Not among them: ExtensionNotFound, which is no fault of whoever left an extension out."""
