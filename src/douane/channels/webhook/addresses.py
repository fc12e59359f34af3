"""Where a webhook may go: to its registered address only, and only where that resolves to a network it may reach.

The name is resolved when a connection is opened, every address it resolves to is checked, and the connection goes to a
checked one: whoever controls the name cannot point it at the inside afterwards.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from douane.shared_services.web.resolving import look_up
from douane.shared_services.web.sending import Reach
from douane.standards.internet.addresses import Network, may_reach
from douane.vocabulary.errors import PartnerUnreachable

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, on a port; a literal address is its own. Raises OSError where it has none."""


def within(networks: Sequence[Network], look: LookUp = look_up) -> Reach:
    """What resolves hosts for whoever may connect to public addresses, and into ``networks``."""

    async def reach(host: str, port: int) -> Sequence[str]:
        try:
            found = await look(host, port)
        except (OSError, UnicodeError) as problem:
            raise PartnerUnreachable(f"{host} cannot be resolved.") from problem
        for address in found:
            if not may_reach(address, networks):
                raise PartnerUnreachable(f"{host} resolves to {address}, which its agreement does not allow.")
        return found

    return reach
