"""The codecs of phase 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from douane.standards.ncts.binding.codecs import Codecs

if TYPE_CHECKING:  # who looks a name up needs no struct
    from douane.standards.ncts.phase6.generated.structs import Message

CODECS: Codecs[Message] = Codecs("douane.standards.ncts.phase6.generated", "NCTS phase 6")
codec = CODECS.codec
