"""Under which host which issuer answers, and which one a token may name."""

from __future__ import annotations

import pytest

from douane.identity.issuers import Issuers

TWO = Issuers(("https://uumds.example", "https://inside.example:8445"))
HERE = Issuers((), here=True)


@pytest.mark.parametrize(
    ("host", "issuer"),
    [("uumds.example", "https://uumds.example"), ("UUMDS.example:443", "https://uumds.example"),
     ("inside.example:8445", "https://inside.example:8445"), ("inside.example", ""), ("uumds.example:8445", ""),
     ("localhost", ""), ("127.0.0.1:8445", ""), ("", ""), ("uumds.example.evil.example", ""), ("[::1", ""),
     ("uumds.example:99999", "")],
)  # fmt: skip
def test_each_address_that_is_named_is_an_issuer_and_no_other(host: str, issuer: str) -> None:
    assert TWO.at(host) == issuer


def test_a_token_may_name_each_address_and_no_other() -> None:
    assert all(map(TWO.believes, TWO.named))
    assert not any(map(TWO.believes, ("", "https://uumds.example/", "http://uumds.example", "https://localhost:8445")))
    assert not any(map(Issuers(()).believes, ("", "https://localhost", "https://uumds.example")))


@pytest.mark.parametrize("host", ["localhost:8445", "127.0.0.1:8445", "[::1]:8445", "uumds.localhost"])
def test_a_node_for_development_is_asked_by_any_name_of_this_machine(host: str) -> None:
    assert HERE.at(host) == f"https://{host}"
    assert HERE.believes(f"https://{host}")
    assert HERE.believes(HERE.usual)


@pytest.mark.parametrize("host", ["uumds.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "192.0.2.1"])
def test_and_by_no_name_of_another(host: str) -> None:
    assert HERE.at(host) == ""
    assert not HERE.believes(f"https://{host}")
    assert not HERE.believes(f"http://localhost/{host}")
