"""A webhook goes to a registered address, and only into networks that it may reach."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from douane.channels.webhook.addresses import allowed, check_address, resolve
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "url",
    [
        "http://customs.example/", "ftp://customs.example/", "https://", "https://user:secret@customs.example/",
        "https://customs.example:99999/", "https://customs.example/#part", "customs.example", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(DeclarationFault):
        check_address(url, ())


def test_plain_http_is_for_the_loopback_where_the_agreement_names_it() -> None:
    assert check_address("http://127.0.0.1:8080/hook", LOOPBACK).port == 8080
    assert check_address("https://customs.example/hook", ()).hostname == "customs.example"


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fe80::1", "::ffff:10.0.0.1"]
)  # fmt: skip
def test_inner_networks_are_closed_until_an_agreement_opens_them(address: str) -> None:
    assert not allowed(address, ())


def test_public_addresses_and_named_networks_are_open() -> None:
    assert allowed("93.184.216.34", ())
    assert allowed("127.0.0.1", LOOPBACK)
    assert allowed("::ffff:127.0.0.1", LOOPBACK)
    assert not allowed("10.0.0.1", LOOPBACK)


def test_a_name_that_leads_inside_is_not_followed() -> None:
    with pytest.raises(PartnerUnreachable, match="does not allow"):
        asyncio.run(resolve("localhost", 443, ()))
    assert asyncio.run(resolve("127.0.0.1", 443, LOOPBACK)) == "127.0.0.1"
