"""Signing out together with a provider: what it says behind the browser, and where it is asked to do the same."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from douane.identity.federating.federation import issuer_of
from douane.identity.federating.leaving import EVENT
from douane.runtime.door.outgoing import Answered
from douane.vocabulary.errors import DouaneError, NotAuthenticated, PartnerFault
from tests.journeys.test_federation import ISSUER, NOW, SECOND, Ground

HERE = NOW // SECOND
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def notice(ground: Ground, change: Change = lambda _: None, key: Any = None, alg: str = "ES256") -> str:
    """A logout token as the provider writes it."""
    own = ground.provider._keys[0]
    claims = {
        "iss": ISSUER, "sub": "anne", "aud": "uumds", "iat": HERE, "exp": HERE + 120, "jti": "n1",
        "events": {EVENT: {}},
    }  # fmt: skip
    change(claims)
    return jwt.encode({"alg": alg, "kid": str(own.kid), "typ": "logout+jwt"}, claims, key or own, algorithms=[alg])


def told(ground: Ground, token: str) -> tuple[str, str]:
    provider, subject = asyncio.run(ground.federation.leaving.told(token, issuer_of(token)))
    return provider.issuer, subject


def test_a_notice_says_whom_the_provider_signed_out_and_holds_once(ground: Ground) -> None:
    token = notice(ground)
    assert told(ground, token) == (ISSUER, "anne")
    with pytest.raises(NotAuthenticated, match="taken before"):
        told(ground, token)
    assert told(ground, notice(ground, lambda c: c.update(jti="n2"))) == (ISSUER, "anne")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(iss="https://elsewhere.example"), lambda c: c.update(aud="another"),
        lambda c: c.update(aud=["another"]), lambda c: c.update(iat=HERE - 10_000), lambda c: c.update(iat=HERE + 600),
        lambda c: c.update(exp=HERE - 600), lambda c: c.pop("iat"), lambda c: c.update(iat="now"),
        lambda c: c.pop("events"), lambda c: c.update(events={}), lambda c: c.update(events={EVENT: 1}),
        lambda c: c.update(events=[EVENT]), lambda c: c.update(nonce="n"), lambda c: c.pop("jti"),
        lambda c: c.update(jti=""), lambda c: c.update(jti="x" * 300), lambda c: c.pop("sub"),
        lambda c: c.update(sub=""),
    ],
)  # fmt: skip
def test_what_is_no_notice_of_now_and_for_us_ends_nothing(ground: Ground, change: Change) -> None:
    with pytest.raises(NotAuthenticated):
        told(ground, notice(ground, change))


def test_a_notice_by_another_key_or_by_none_ends_nothing(ground: Ground) -> None:
    with pytest.raises(NotAuthenticated):
        told(ground, notice(ground, key=ECKey.generate_key("P-256")))
    head, body, _ = notice(ground).split(".")
    for token in ("", "x", "a.b.c", f"{head}.{body}.", f"eyJhbGciOiJub25lIn0.{body}."):
        with pytest.raises(NotAuthenticated):
            told(ground, token)


def test_a_statement_of_a_sign_in_signs_nobody_out(ground: Ground) -> None:
    asked = ground.begin()
    answer = ground.answer(asked)
    code = next(iter(ground.provider._codes.values()))
    assert answer["code"]
    with pytest.raises(NotAuthenticated, match="no sign-out"):
        told(ground, ground.provider.statement(code))


def test_a_provider_that_is_down_is_not_believed(ground: Ground) -> None:
    ground.line.down = True
    with pytest.raises(PartnerFault):
        told(ground, notice(ground))


def unknown(ground: Ground, number: int) -> None:
    """A token that names a key which nobody has."""
    _, body, signature = notice(ground).split(".")
    head = base64.urlsafe_b64encode(msgspec.json.encode({"alg": "ES256", "kid": f"k{number}"})).decode().rstrip("=")
    with pytest.raises(DouaneError):
        told(ground, f"{head}.{body}.{signature}")


def test_a_stranger_who_names_keys_that_nobody_has_makes_us_ask_the_provider_once_a_minute(ground: Ground) -> None:
    assert told(ground, notice(ground)) == (ISSUER, "anne")
    ground.clocks(2)
    ground.line.asked.clear()
    for number in range(20):
        unknown(ground, number)
        ground.clocks(2)
    assert ground.line.asked == ["/.well-known/openid-configuration", "/jwks"]
    ground.line.key, ground.line.header = ECKey.generate_key("P-256"), {"kid": "newer"}
    with pytest.raises(NotAuthenticated):
        ground.finish(ground.answer(ground.begin()))
    assert ground.line.asked.count("/jwks") == 2, "who signs in has a turn of his own"
    ground.clocks(61)
    unknown(ground, 99)
    assert ground.line.asked.count("/jwks") == 3


def test_of_many_who_come_at_once_one_asks_the_provider(ground: Ground) -> None:
    at_once = 30

    async def come() -> None:
        await asyncio.gather(*(ground.federation.leaving_at(ground.known["FR"]) for _ in range(at_once)))

    asyncio.run(come())
    assert ground.line.asked == ["/.well-known/openid-configuration", "/jwks"]


def test_a_provider_that_publishes_what_cannot_be_used_is_not_asked_again_for_a_while(ground: Ground) -> None:
    for wrong in ({"/jwks": Answered(200, b"{}")}, {"/jwks": Answered(500, b"")}):
        ground.line.instead = dict(wrong)
        ground.line.asked.clear()
        for _ in range(10):
            with pytest.raises(PartnerFault):
                told(ground, notice(ground))
        assert ground.line.asked.count("/jwks") == 1
        ground.clocks(10)
    ground.line.instead = {}
    assert told(ground, notice(ground)) == (ISSUER, "anne")


def leave(ground: Ground) -> str:
    return asyncio.run(ground.federation.leave(ground.known["FR"], "", "https://uumds.example/signed-out"))


def published(ground: Ground, at: str) -> None:

    found = {**ground.provider.metadata, "end_session_endpoint": at}
    ground.line.instead["/.well-known/openid-configuration"] = Answered(200, msgspec.json.encode(found))


def test_who_signs_out_here_is_led_to_where_his_provider_signs_him_out(ground: Ground) -> None:
    published(ground, f"{ISSUER}/leave?x=1")
    at = urlsplit(leave(ground))
    assert f"{at.scheme}://{at.netloc}{at.path}" == f"{ISSUER}/leave"
    assert parse_qs(at.query) == {
        "x": ["1"], "client_id": ["uumds"], "post_logout_redirect_uri": ["https://uumds.example/signed-out"],
    }  # fmt: skip


def test_nobody_is_led_to_a_provider_that_offers_nothing_is_down_or_has_no_tls(ground: Ground) -> None:
    ground.line.down = True
    assert leave(ground) == ""
    ground.line.down = False
    assert leave(ground) == ""
    ground.clocks(3_600)
    published(ground, "http://id.example.fr/leave")
    assert leave(ground) == ""
