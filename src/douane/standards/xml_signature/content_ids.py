"""``cid:`` addresses (RFC 2392): a Content-ID without its brackets, percent-encoded."""

from __future__ import annotations

import re
from typing import Final

CID: Final = "cid:"
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_TO_ESCAPE = re.compile(rb"[^A-Za-z0-9!$'()*+,;=:@._~-]")


def address_of(content_id: str) -> str:
    """The address of a part."""
    return CID + _TO_ESCAPE.sub(lambda found: b"%%%02X" % found[0][0], content_id.encode()).decode()


def content_id_of(address: str) -> str:
    """The Content-ID that an address means; what is no UTF-8 after decoding matches no part."""
    raw = address.removeprefix(CID).encode()
    return _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), raw).decode("utf-8", "replace")
