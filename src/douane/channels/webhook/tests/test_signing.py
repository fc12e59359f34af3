"""What signs a webhook, and what a receiver refuses."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from hypothesis import example, given
from hypothesis import strategies as st

from douane.channels.webhook.signing import COVERED, LABEL, TAG, Signed, WebhookKey, _Keys, thumbprint, verify
from douane.standards.internet.addresses import read_endpoint
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated

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
    assert 'tag="douane-webhook"' in request.headers["signature-input"]
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
    with pytest.raises(NotAuthenticated, match="by a known key: the signature is wrong"):
        verify(signed(), BODY, {KEY.id: other.public})


def test_an_old_signature_is_refused() -> None:
    with pytest.raises(NotAuthenticated):
        verify(signed(at=now() - 3_600_000_000), BODY, KEYS)


def test_a_request_without_signature_is_refused() -> None:
    with pytest.raises(NotAuthenticated):
        verify(Signed("POST", "https://customs.vauban.example/", {}), BODY, KEYS)


VALUE = st.from_regex(r"[!-~]([ -~]{0,20}[!-~])?", fullmatch=True)
ADDRESS = st.from_regex(
    r"https?://([A-Za-z0-9-]{1,8}\.){0,2}[A-Za-z][A-Za-z0-9]{0,5}(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,9})?"
    r"(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,9})?",
    fullmatch=True,
)


def seen(url: str) -> str:
    """An address as its receiver puts it together from what was sent: a query of nothing is not."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}{'?' + parts.query if parts.query else ''}"


@example("http://a.example?", ("0", "0", "0", "0"), b"", 0)
@example("https://A.example:0443??", ("0", "0", "0", "0"), b"", 0)
@given(ADDRESS, st.tuples(VALUE, VALUE, VALUE, VALUE), st.binary(max_size=40), st.integers(0, 4_000_000_000))
def test_what_is_signed_is_what_a_library_signs(
    url: str, values: tuple[str, str, str, str], body: bytes, at: int
) -> None:
    """For every address that may be called and header that may be sent: the same octets, so the same signature."""
    try:
        read_endpoint(url)
    except DeclarationFault:
        return
    given_ = dict(zip(("content-type", "douane-message", "douane-type", "douane-sequence"), values, strict=True))
    ours, theirs = Signed("POST", url, dict(given_)), Signed("POST", seen(url), dict(given_))
    KEY.sign(ours, body, at=at * 1_000_000)
    keys = _Keys({KEY.id: ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))})
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys).sign(
        theirs, key_id=KEY.id, created=dt.datetime.fromtimestamp(at, dt.UTC), label=LABEL, tag=TAG,
        covered_component_ids=COVERED, body=body,
    )  # fmt: skip
    assert ours.headers == {name.lower(): value for name, value in theirs.headers.items()}
