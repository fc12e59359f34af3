"""Messages of phase 5 as XML, and the schema that describes them."""

from __future__ import annotations

from douane.standards.ncts.binding.messages import INSTANCE, LIMITS, NAMESPACE, Messages
from douane.standards.ncts.phase5.codecs import CODECS

MESSAGES = Messages(CODECS)
read, read_usual, read_any, write = MESSAGES.read, MESSAGES.read_usual, MESSAGES.read_any, MESSAGES.write
schema = MESSAGES.schema
__all__ = ["INSTANCE", "LIMITS", "MESSAGES", "NAMESPACE", "read", "read_any", "read_usual", "schema", "write"]
