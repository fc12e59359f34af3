"""Namespaces and identifiers of XAdES, as ETSI EN 319 132-1 and TS 101 903 write them."""

from __future__ import annotations

from typing import Final

XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
SIGNED_PROPERTIES: Final = "http://uri.etsi.org/01903#SignedProperties"
