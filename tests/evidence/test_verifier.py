"""The verifier's own parts: canonical XML beside the platform's, certificates that were revoked or out of time."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from cryptography import x509
from lxml import etree

from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
)
from douane.shared_services.auditing.pack_verifier.certificates import Trusted
from douane.shared_services.auditing.pack_verifier.report import Refused, Report
from douane.shared_services.auditing.pack_verifier.xml import Element, parse_xml
from douane.standards.xml_signature.canonical import Canonical

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
PREFIXES = ("", "a", "b", "c")


def element(rng: random.Random, depth: int, scope: frozenset[str]) -> str:
    """An element with declarations, attributes and text that canonicalisation has to put in order."""
    fresh = {p: f"urn:{rng.choice('xyz')}{p}" for p in PREFIXES if rng.random() < 0.3}
    known = scope | fresh.keys()
    usable = [p for p in known if p]
    name = rng.choice(["", *(f"{p}:" for p in usable)]) + rng.choice("klm")
    declared = [f'xmlns{":" if p else ""}{p}="{u}"' for p, u in fresh.items()]
    names = {rng.choice("nopq") for _ in range(rng.randrange(3))} | {f"{p}:{rng.choice('rs')}" for p in usable[:1]}
    attributes = [f"{n}='{rng.choice(['', '&quot;&#9;&#10;', '<'.replace('<', '&lt;'), chr(228)])}'" for n in names]
    parts = [*declared, *attributes, *(["xml:lang='de'"] if rng.random() < 0.2 else [])]
    rng.shuffle(parts)
    inner = [
        rng.choice(["text", "&amp;&gt;&#13;", "<![CDATA[<x>]]>", "<!-- gone -->", "\r\n", chr(0x1F600)])
        if depth == 0 or rng.random() < 0.4 else element(rng, depth - 1, known)
        for _ in range(rng.randrange(4))
    ]  # fmt: skip
    return f"<{name} {' '.join(parts)}>{''.join(inner)}</{name}>"


def test_canonical_forms_are_those_of_the_platform() -> None:
    rng, compared = random.Random(11), 0
    for _ in range(300):
        text = element(rng, 4, frozenset()).encode()
        theirs, ours = etree.fromstring(text), parse_xml(text)
        prefixes = rng.choice([[], ["a"], ["a", "b"], ["#default"], ["#default", "b"]])
        nodes = list(zip(theirs.iter("*"), everything(ours), strict=True))
        for their, our in [nodes[0], *rng.sample(nodes, min(3, len(nodes)))]:
            assert our.canonical(prefixes) == Canonical(prefixes=tuple(prefixes)).octets(their)
            compared += 1
    assert compared > 500


def everything(found: Element) -> list[Element]:
    children = [c for c in found.children if not isinstance(c, str)]
    return [found, *(each for child in children for each in everything(child))]


@pytest.mark.parametrize("text", [b"<!DOCTYPE a><a/>", b"<a><?p x?></a>", b"<a>" * 300, b"<a", b""])
def test_documents_that_say_more_than_they_show_are_refused(text: bytes) -> None:
    with pytest.raises(Exception, match=r".+"):
        parse_xml(text)


@pytest.fixture(scope="module")
def authority() -> tuple[Credential, Credential]:
    period = Period.days(NOW, 100)
    root = create_root("Root", period=period, serial=1)
    return root, create_issuer("Issuer", root=root, period=period, serial=2)


def trusted(authority: tuple[Credential, Credential], revoked: list[int], period: Period) -> Trusted:
    found = Trusted()
    found.authorities = [each.certificate for each in authority]
    found.lists = [
        x509.load_pem_x509_crl(
            issue_revocations([Revocation(n, NOW - HOUR) for n in revoked], issuer=authority[1], period=period)
        )
    ]
    return found


def test_a_certificate_is_judged_as_of_the_message(authority: tuple[Credential, Credential]) -> None:
    root, issuer = authority
    card = issue_client("someone", issuer=issuer, period=Period.days(NOW, 10), serial=7).certificate
    good = Report([], [root.certificate])
    trusted(authority, [8], Period.days(NOW, 1)).judge([card], NOW, good, "x")
    assert good.verdict() == 0
    assert any("stood in no revocation list" in text for _, _, text in good.lines)
    cases = [
        (NOW, [7], Period.days(NOW, 1), "was revoked"),
        (NOW + dt.timedelta(days=2), [], Period.days(NOW, 1), "out of date"),
        (NOW + dt.timedelta(days=11), [], Period.days(NOW, 20), "was not valid"),
        (NOW - dt.timedelta(days=1), [], Period.days(NOW, 20), "was not valid"),
        (NOW, [], Period.days(NOW + dt.timedelta(hours=1), 1), "younger than the message"),
    ]
    for at, revoked, period, said in cases:
        with pytest.raises(Refused, match=said):
            trusted(authority, revoked, period).judge([card], at, Report([], []), "x")


def test_a_certificate_of_nobody_known_leads_nowhere(authority: tuple[Credential, Credential]) -> None:
    other = create_root("Root", period=Period.days(NOW, 100), serial=1)
    card = issue_client("someone", issuer=other, period=Period.days(NOW, 10), serial=7).certificate
    with pytest.raises(Refused, match="issued by no authority"):
        trusted(authority, [], Period.days(NOW, 1)).judge([card], NOW, Report([], []), "x")
