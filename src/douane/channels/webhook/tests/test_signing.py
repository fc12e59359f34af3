"""What signs a webhook, and what a receiver refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.webhook.signing import Signed, WebhookKey, thumbprint, verify
from douane.vocabulary.errors import NotAuthenticated

KEY = WebhookKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEYS = {KEY.id: KEY.public}
BODY = b"<CC029C/>"


def now() -> int:
    return int(dt.datetime.now(dt.UTC).timestamp()) * 1_000_000


def signed(at: int | None = None, body: bytes = BODY) -> Signed:
    headers = {
        "content-type": "application/xml",
        "douane-message": "M1",
        "douane-type": "CC029C",
        "douane-sequence": "7",
    }
    request = Signed("POST", "https://customs.vauban.example/douane", headers)
    KEY.sign(request, body, at=now() if at is None else at)
    return request


def test_what_the_key_signed_is_taken() -> None:
    request = signed()
    verify(request, BODY, KEYS)
    assert 'tag="douane-webhook"' in request.headers["Signature-Input"]
    assert KEY.jwk()["kid"] == KEY.id == thumbprint(KEY.public)


@pytest.mark.parametrize("header", ["douane-message", "douane-type", "douane-sequence", "content-type"])
def test_a_changed_header_is_refused(header: str) -> None:
    request = signed()
    request.headers[header] = "8"
    with pytest.raises(NotAuthenticated):
        verify(request, BODY, KEYS)


def test_a_changed_body_another_address_and_a_stranger_are_refused() -> None:
    with pytest.raises(NotAuthenticated):
        verify(signed(), b"<CC051C/>", KEYS)
    moved = signed()
    moved.url = "https://elsewhere.example/douane"
    with pytest.raises(NotAuthenticated):
        verify(moved, BODY, KEYS)
    with pytest.raises(NotAuthenticated):
        verify(signed(), BODY, {})
    other = WebhookKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(NotAuthenticated):
        verify(signed(), BODY, {KEY.id: other.public})


def test_an_old_signature_is_refused() -> None:
    with pytest.raises(NotAuthenticated):
        verify(signed(at=now() - 3_600_000_000), BODY, KEYS)


def test_a_request_without_signature_is_refused() -> None:
    with pytest.raises(NotAuthenticated):
        verify(Signed("POST", "https://customs.vauban.example/", {}), BODY, KEYS)
