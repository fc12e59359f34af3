"""Namespaces and identifiers of ebMS 3 and AS4."""

from __future__ import annotations

from typing import Final

SOAP: Final = "http://www.w3.org/2003/05/soap-envelope"
EB: Final = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/"
EBBP: Final = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0"

_CORE: Final = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704"
DEFAULT_MPC: Final = f"{_CORE}/defaultMPC"
INITIATOR: Final = f"{_CORE}/initiator"
RESPONDER: Final = f"{_CORE}/responder"
ONE_WAY: Final = f"{_CORE}/oneWay"
TWO_WAY: Final = f"{_CORE}/twoWay"
PUSH: Final = f"{_CORE}/push"
PULL: Final = f"{_CORE}/pull"
PUSH_AND_PUSH: Final = f"{_CORE}/pushAndPush"
TEST_SERVICE: Final = f"{_CORE}/service"
TEST_ACTION: Final = f"{_CORE}/test"

SOAP_MEDIA: Final = "application/soap+xml"
GZIP_MEDIA: Final = "application/gzip"
OCTETS_MEDIA: Final = "application/octet-stream"

MIME_TYPE: Final = "MimeType"
COMPRESSION_TYPE: Final = "CompressionType"
CHARACTER_SET: Final = "CharacterSet"
