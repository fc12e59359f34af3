"""A name that leads inside is not followed, whatever it resolves to beside that."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence

import pytest

from douane.channels.webhook.addresses import within
from douane.shared_services.web.resolving import look_up
from douane.standards.internet.addresses import Network
from douane.vocabulary.errors import PartnerUnreachable

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


def reached(*addresses: str, networks: Sequence[Network] = ()) -> Sequence[str]:
    async def look(host: str, port: int) -> list[str]:
        return list(addresses)

    async def reach() -> Sequence[str]:
        return await within(networks, look)("customs.example", 443)

    return asyncio.run(reach())


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fe80::1%2", "ff0e::1"]
)
def test_one_address_inside_closes_the_name(address: str) -> None:
    for order in ([address, "93.184.216.34"], ["93.184.216.34", address]):
        with pytest.raises(PartnerUnreachable, match="does not allow"):
            reached(*order)


def test_what_may_be_reached_is_found_in_its_order() -> None:
    assert reached("93.184.216.34", "8.8.8.8") == ["93.184.216.34", "8.8.8.8"]
    assert reached("127.0.0.1", networks=LOOPBACK) == ["127.0.0.1"]


def test_the_system_resolves_names_and_literals() -> None:
    assert asyncio.run(look_up("127.0.0.1", 443)) == ["127.0.0.1"]
    assert "127.0.0.1" in asyncio.run(look_up("localhost", 443))


def test_what_cannot_be_resolved_is_unreachable() -> None:
    async def reach() -> Sequence[str]:
        return await within(())("." * 300, 443)

    with pytest.raises(PartnerUnreachable, match="cannot be resolved"):
        asyncio.run(reach())
