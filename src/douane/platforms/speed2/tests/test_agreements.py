"""Agreements: what a file may say, when a partner rests, what is pushed."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.platforms.speed2.agreements import Protocol, Rest, read
from douane.vocabulary.errors import DeclarationFault

WEBHOOK = """
[[partner]]
party = "FR41234567800015"
title = "Transports Vauban"
basis = "consent of 2026-03-01"
protocol = "webhook"
address = "https://customs.vauban.example/douane"
sends = ["CC015C"]
receives = ["CC029C"]
first_pause = 2
longest_pause = 300
rests = ["Sat 22:00 - Sun 06:00"]
"""


def at(day: int, hour: int) -> int:
    """An hour of a day of November 2026, the first of which is a Sunday."""
    return int(dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC).timestamp()) * 1_000_000


def test_an_agreement_says_what_is_sent_and_pushed() -> None:
    (agreement,) = read(WEBHOOK)
    assert agreement.protocol is Protocol.WEBHOOK
    assert agreement.may_send("CC015C")
    assert not agreement.may_send("CC014C")
    assert agreement.pushes("CC029C")
    assert not agreement.pushes("CC928C")
    assert agreement.lane == "+webhook:FR41234567800015"
    assert (agreement.terms().first, agreement.terms().longest) == (2_000_000, 300_000_000)


def test_a_partner_rests_at_the_agreed_hours() -> None:
    (agreement,) = read(WEBHOOK)
    rests = agreement.terms().rests
    assert rests(at(7, 23)) == at(8, 6)  # Saturday night
    assert rests(at(8, 5)) == at(8, 6)
    assert rests(at(8, 6)) == at(8, 6)
    assert rests(at(9, 12)) == at(9, 12)


def test_a_rest_may_begin_in_one_week_and_end_in_the_next() -> None:
    rest = Rest.parse("Sun 22:00 - Mon 04:00")
    assert rest.ends(at(8, 23)) == at(9, 4)
    assert rest.ends(at(9, 3)) == at(9, 4)
    assert rest.ends(at(9, 5)) == at(9, 5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('title = "Transports Vauban"', ""), "title is missing"),
        (('basis = "consent of 2026-03-01"', ""), "basis is missing"),
        (('protocol = "webhook"', 'protocol = "inbox"'), "address belongs to protocol webhook"),
        (('protocol = "webhook"', 'protocol = "pigeon"'), "pigeon"),
        (("first_pause = 2", "first_pause = 0"), "first_pause"),
        (("Sat 22:00", "Sat 25:00"), "25:00"),
        (("Sat 22:00", "Someday 22:00"), "is no rest"),
        (("sends", "sent"), "there is no field sent"),
        (("[[partner]]", "[partner"), "is not TOML"),
        (("[[partner]]", "[[friend]]"), "unknown part friend"),
    ],
)
def test_a_wrong_file_is_refused_by_what_is_wrong(change: tuple[str, str], says: str) -> None:
    with pytest.raises(DeclarationFault, match=says):
        read(WEBHOOK.replace(*change))


def test_two_agreements_with_one_party_are_refused() -> None:
    with pytest.raises(DeclarationFault, match="two agreements"):
        read(WEBHOOK + WEBHOOK)


ADDRESSES = [
    "ftp://customs.example/", "http://customs.example/", "https://10.0.0.1/", "https://127.1/", "https://2130706433/",
    "https://0x7f.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/",
    "https://localhost/", "https://user@customs.example/", "https://224.0.0.1/", "customs.example", "https://[64:ff9b:1::1]/",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_could_never_be_called_is_refused_when_the_file_is_read(address: str) -> None:
    with pytest.raises(DeclarationFault, match="FR41234567800015") as caught:
        read(WEBHOOK.replace("https://customs.vauban.example/douane", address), "partners.toml")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('networks = ["10.0.0.1/8"]', "no network"), ('networks = ["0.0.0.0/0"]', "every address"),
        ('networks = ["ff02::/16"]', "multicast"), ('networks = "10.0.0.0/8"', "list of texts"),
        ("networks = [10]", "list of texts"),
    ],
)  # fmt: skip
def test_networks_are_judged_when_the_file_is_read(line: str, says: str) -> None:
    with pytest.raises(DeclarationFault, match=says):
        read(WEBHOOK + line)


@pytest.mark.parametrize(
    "change",
    [
        ('sends = ["CC015C"]', 'sends = "CC015C"'), ("first_pause = 2", "first_pause = true"),
        ("first_pause = 2", "first_pause = 1.5"), ("longest_pause = 300", 'longest_pause = "9"'),
    ],
)  # fmt: skip
def test_values_of_another_kind_are_refused(change: tuple[str, str]) -> None:
    with pytest.raises(DeclarationFault):
        read(WEBHOOK.replace(*change))


def test_a_named_network_opens_an_address_inside() -> None:
    text = WEBHOOK.replace("https://customs.vauban.example/douane", "https://10.1.2.3:8443/douane")
    (agreement,) = read(text + 'networks = ["10.0.0.0/8"]')
    assert agreement.address == "https://10.1.2.3:8443/douane"
