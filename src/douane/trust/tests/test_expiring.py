"""What runs out of an access point: what it signs by, and of each partner the certificate that lasts longest."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from douane.identity.authorities import Period, create_root, issue_client
from douane.trust.expiring import CERTIFICATE, PARTNER, access_point

NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def test_the_last_certificate_of_each_partner_counts(tmp_path: Path) -> None:
    root = create_root("Partners", period=Period.days(NOW, 900), serial=1)

    def card(place: str, days: int) -> None:
        path = tmp_path / "as4" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        made = issue_client("theirs", issuer=root, period=Period.days(NOW, days), serial=2)
        path.write_bytes(made.certificate_pem() + root.certificate_pem())

    card("own/signing.pem", 40)
    card("partners/BE/former.pem", 3)
    card("partners/BE/next.pem", 300)
    card("partners/DE/only.pem", 9)
    found = [(each.kind, (each.until - NOW).days) for each in access_point(tmp_path)]
    assert found == [(CERTIFICATE, 40), (PARTNER, 300), (PARTNER, 9)]
    assert list(access_point(tmp_path / "nowhere")) == []
