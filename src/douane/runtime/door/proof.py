"""What a request shows of the key to which its token is bound; a door only hands it on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Possession:
    """A proof of possession (the header ``DPoP`` of RFC 9449), and the request for which it must have been made."""

    proof: str = ""
    method: str = ""
    url: str = ""


NONE: Final = Possession()
"""Of a request that shows none."""
