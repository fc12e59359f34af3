"""The codecs of phase 5."""

from __future__ import annotations

from douane.standards.ncts.binding.codecs import Codecs
from douane.standards.ncts.phase5.generated.group import Message

CODECS: Codecs[Message] = Codecs("douane.standards.ncts.phase5.generated", "NCTS phase 5")
codec = CODECS.codec
NAMES = CODECS.names
