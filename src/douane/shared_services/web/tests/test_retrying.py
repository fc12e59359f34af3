"""The pause that an answer asks for."""

from __future__ import annotations

import httpx
import pytest

from douane.shared_services.web.retrying import asked


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("-5", 0),
        ("1e9", 0),
        ("1234567", 0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
        ("\u0665", 0),
    ],
)
def test_only_seconds_are_understood(value: str, seconds: float) -> None:
    assert asked({"retry-after": value}) == seconds


def test_names_of_headers_have_no_case() -> None:
    assert asked(httpx.Headers({"Retry-After": "7"})) == 7
    assert asked({}) == 0
