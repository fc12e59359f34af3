"""The codecs of phase 6."""

from __future__ import annotations

from douane.standards.ncts.binding.codecs import Codecs
from douane.standards.ncts.phase6.generated.group import Message

CODECS: Codecs[Message] = Codecs("douane.standards.ncts.phase6.generated", "NCTS phase 6")
codec = CODECS.codec
NAMES = CODECS.names
