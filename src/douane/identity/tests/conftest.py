from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives import serialization

from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
)
from douane.identity.certificates import CertificateChecker, Stale, thumbprint
from douane.identity.revocations import RevocationList, read_lists
from douane.model.circles import Circle

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOW = int(START.timestamp()) * 1_000_000


def der(credential: Credential) -> bytes:
    return credential.certificate.public_bytes(serialization.Encoding.DER)


def only_list(revoked: Sequence[Revocation], issuer: Credential, period: Period, number: int = 1) -> RevocationList:
    (made,) = read_lists(issue_revocations(revoked, issuer=issuer, period=period, number=number))
    return made


class Pki:
    """A small union's authorities, made once per test run."""

    now = NOW

    def __init__(self) -> None:
        self.serials = itertools.count(1000)
        period = Period.days(START, 3650)
        self.root = create_root("Test root", period=period, serial=1)
        self.issuers = {
            circle: create_issuer(f"Test {circle.value}", root=self.root, period=period, serial=2 + n)
            for n, circle in enumerate(Circle)
        }

    def client(self, name: str, circle: Circle, *, days: int = 30, start: dt.datetime = START) -> Credential:
        period = Period.days(start, days)
        return issue_client(name, issuer=self.issuers[circle], period=period, serial=next(self.serials))

    def checker(
        self, revoked: Sequence[Credential] = (), *, list_days: int = 7, stale: Stale = Stale.REFUSE
    ) -> CertificateChecker:
        lists = [
            only_list(
                [
                    Revocation(each.certificate.serial_number, START)
                    for each in revoked
                    if each.certificate.issuer == ca.certificate.subject
                ],
                issuer=ca,
                period=Period.days(START, list_days),
            )
            for ca in self.issuers.values()
        ]
        return CertificateChecker({c: [ca.certificate] for c, ca in self.issuers.items()}, lists, stale=stale)

    der = staticmethod(der)

    def thumb(self, credential: Credential) -> str:
        return thumbprint(der(credential))


@pytest.fixture(scope="session")
def pki() -> Pki:
    return Pki()
