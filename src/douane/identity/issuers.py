"""By which name UUM&DS issues tokens: the address at which it is asked (RFC 8414, 3.3), of those that settings name.

A client compares the issuer in what it reads with the address where it read it, and refuses anything else. So each
address that settings name is an issuer of its own, doors believe each of them, and a host that nobody named is told
none. A node for development that names none issues by whatever name of this machine it is asked.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

HERE: Final = "https://localhost"
_PORT: Final = 443


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuers of an installation, the usual one first. here: whether every name of this machine is one."""

    named: tuple[str, ...]
    here: bool = False

    @property
    def usual(self) -> str:
        """The one by which tokens are issued to who asks at a host that is none of them; empty for none."""
        return self.named[0] if self.named else HERE if self.here else ""

    def at(self, host: str) -> str:
        """The issuer that is asked at a host, as the header Host names it; empty for none."""
        asked = _authority(f"https://{host}")
        found = next((each for each in self.named if _authority(each) == asked), "")
        if found or not self.here or asked is None:
            return found
        return f"https://{host.lower()}" if _of_this_machine(asked[0]) else ""

    def believes(self, issuer: str) -> bool:
        """Whether a token may come from an issuer."""
        if issuer in self.named:
            return True
        asked = _authority(issuer) if self.here else None
        return asked is not None and issuer.startswith("https://") and _of_this_machine(asked[0])


def _authority(address: str) -> tuple[str, int] | None:
    """Host and port of an address; None where it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORT
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname else None


def _of_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
