"""A host has one spelling, and what carries an address inside is judged by it."""

from __future__ import annotations

import ipaddress
import random
import socket
from collections.abc import Callable, Iterator

import pytest

from douane.standards.internet.addresses import check_endpoint, may_reach, network_faults, read_endpoint
from douane.vocabulary.errors import DeclarationFault

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
INSIDE = ["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.0.0.1",
          "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1"]  # fmt: skip
INSIDE6 = ["::", "::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1",
           "100::1", "5f00::1", "64:ff9b:1::1", "2001::1", "2002::1"]  # fmt: skip
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "2a00:1450::1"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://customs.example/", "https://", "https://user:secret@customs.example/", "https://customs.example:99999/",
        "https://customs.example:0/", "https://customs.example/#part", "customs.example", "file:///etc/passwd",
        "https://customs.example\\@inside/", "https://customs.example:80:90/", "https://customs..example/",
        "https://-customs.example/", "https://customs.example./", "https://xn--é.example/", "https://customs.example/ä",
        "https:///path", "https://customs.example/ x", "https://[::1/", "https://::1/", "https://[127.0.0.1]/",
        "https://[fe80::1%25eth0]/", "HTTPS://customs.example", "https://customs.example?", "//customs.example/",
        "https://customs.example/\r\nHost: inside", "https://１２７.0.0.1/", "https://customs.example:८०/",
        "https://customs.example/100%", "https://customs.example/?a=%4", "https://customs.example/%zz",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    if url == "https://customs.example?":
        assert read_endpoint(url).host == "customs.example"
        return
    with pytest.raises(DeclarationFault):
        check_endpoint(url, LOOPBACK)


def test_the_parts_of_an_address() -> None:
    found = read_endpoint("https://Customs.Example:8443/hook?a=b")
    assert (found.host, found.port, found.authority) == ("customs.example", 8443, "customs.example:8443")
    found = read_endpoint("http://[2606:2800:220:1::1]")
    assert (found.host, found.port, found.authority) == ("2606:2800:220:1::1", 80, "[2606:2800:220:1::1]")


def test_plain_http_and_names_of_this_machine_are_for_agreements_that_name_the_loopback() -> None:
    for url in ("http://127.0.0.1:8080/hook", "http://localhost/hook", "https://localhost/hook"):
        assert check_endpoint(url, LOOPBACK).scheme == url.partition(":")[0]
        with pytest.raises(DeclarationFault):
            check_endpoint(url, ())
    with pytest.raises(DeclarationFault, match="not encrypted"):
        check_endpoint("http://customs.example/", ())


@pytest.mark.parametrize("address", [*INSIDE, *INSIDE6])
def test_inner_networks_are_closed_until_an_agreement_opens_them(address: str) -> None:
    assert not may_reach(address, ())


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert may_reach(address, ())


def test_a_named_network_opens_what_lies_in_it() -> None:
    assert may_reach("127.0.0.1", LOOPBACK)
    assert not may_reach("10.0.0.1", LOOPBACK)
    assert not may_reach("::1", LOOPBACK)
    assert may_reach("fd12::1", [ipaddress.ip_network("fd12::/16")])
    assert may_reach("fe80::1%eth0", [ipaddress.ip_network("fe80::/10")])
    assert not may_reach("0.0.0.0", [ipaddress.ip_network("0.0.0.0/1")])
    assert not may_reach("ff02::1", [ipaddress.ip_network("ff02::/16")])


def carriers(inner: ipaddress.IPv4Address) -> Iterator[str]:
    """IPv6 addresses that carry an IPv4 one."""
    number = int(inner)
    high, low = number >> 16, number & 0xFFFF
    yield f"::ffff:{inner}"
    yield f"::{inner}"
    yield f"::ffff:0:{high:x}:{low:x}"
    yield f"64:ff9b::{inner}"
    yield f"64:ff9b:1::{inner}"
    yield f"64:ff9b:1:{high:x}:{low >> 8:x}:{(low & 0xFF) << 8:x}::"
    yield f"2002:{high:x}:{low:x}::1"
    yield f"2001:0:{high:x}:{low:x}::1"
    yield f"2001:0:808:808:0:0:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}"


def spellings(inner: ipaddress.IPv4Address) -> Iterator[str]:
    """Hosts that some resolver takes for an IPv4 address, beside the plain one."""
    number, (a, b, c, d) = int(inner), inner.packed
    yield from (str(number), hex(number), oct(number).replace("0o", "0"), f"0X{number:X}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{(c << 8) + d}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
    yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"{a:03d}.{b}.{c}.0{d:o}", f"{inner}.", f"{a}.{b}.{c}.{d:#x}")
    yield from (f"%{ord(str(inner)[0]):x}{str(inner)[1:]}", str(inner).replace(".", "。"), f"{inner}%00")


def test_no_other_spelling_reaches_what_the_plain_one_does_not() -> None:
    """Over addresses inside, by chance and by name: as a number, in octal, carried by IPv6."""
    rng = random.Random(9)
    several = [*INSIDE, *(str(ipaddress.IPv4Address(rng.randrange(10 << 24, 11 << 24))) for _ in range(200))]
    for each in map(ipaddress.IPv4Address, several):
        for carrier in carriers(each):
            assert not may_reach(carrier, ()), carrier
            with pytest.raises(DeclarationFault):
                check_endpoint(f"https://[{carrier}]/", ())
        for host in spellings(each):
            with pytest.raises(DeclarationFault):
                read_endpoint(f"https://{host}/")


def test_every_host_that_the_system_reads_as_a_number_is_refused_or_plain() -> None:
    """Whatever ``inet_aton`` takes for an address is either written in its plain form or no host here."""
    rng = random.Random(31)
    part: list[Callable[[int], str]] = [str, hex, lambda n: f"0{n:o}", lambda n: f"{n:03d}"]
    for _ in range(3000):
        count = rng.randint(1, 4)
        sizes = [256] * (count - 1) + [256 ** (5 - count)]
        host = ".".join(rng.choice(part)(rng.randrange(size)) for size in sizes)
        try:
            plain = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            continue
        try:
            found = read_endpoint(f"https://{host}/").host
        except DeclarationFault:
            continue
        assert found == plain


def test_a_translator_of_ipv6_reaches_public_addresses() -> None:
    assert may_reach("64:ff9b::93.184.216.34", ())
    assert may_reach("::ffff:93.184.216.34", ())


@pytest.mark.parametrize("network", ["10.0.0.1/8", "0.0.0.0/0", "::/0", "224.0.0.0/4", "ff02::/16", "somewhere", ""])
def test_what_is_no_network_of_a_partner(network: str) -> None:
    assert len(list(network_faults([network]))) == 1


def test_networks_of_partners() -> None:
    assert list(network_faults(["10.0.0.0/8", "127.0.0.0/8", "fd00::/8"])) == []
