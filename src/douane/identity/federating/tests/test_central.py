"""The central account: made by whom an administration invited, proven by his device, and by nobody else's."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from douane.identity.federating.answers import Answers
from douane.identity.federating.central import (
    INVITED,
    ISSUER,
    MOST,
    Central,
    Invitation,
    challenge_of,
    invite,
    withdraw,
)
from douane.identity.federating.providers import OPEN, SECOND, MemberStateType, Provider, Statement, Wish
from douane.identity.federating.tests.test_sealing import sealing
from douane.identity.kept import Kept, digest
from douane.standards.webauthn.tests.test_ceremonies import Authenticator
from douane.vocabulary.errors import NotAuthenticated

NOW = 1_795_000_000 * SECOND
SITE, ORIGIN = "signin.localhost", "http://signin.localhost:8440"
WISH = Wish("economic operator", "LV")


def text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


class Ground:
    """The central accounts of a node for two countries."""

    def __init__(self, folder: Path) -> None:
        self.now, self.count = NOW, 0
        self.known = {each: Provider(each, "Central", ISSUER, type=MemberStateType.CENTRAL) for each in ("LV", "MT")}
        self.kept, self.keys = Kept(folder / "passing", self.random), Kept(folder / "identity", self.random)
        self.answers = Answers(lambda: self.known, sealing(lambda: self.now, self.random), lambda: self.now)
        self.central = Central(self.answers, self.kept, self.keys, at=lambda: ORIGIN, now=lambda: self.now)

    def random(self, size: int) -> bytes:
        """Octets that never come twice."""
        self.count += 1
        return hashlib.shake_128(b"%d" % self.count).digest(size)

    def invite(self, subject: str) -> str:
        """The secret in a link that holds."""
        once = self.kept.secret()
        invite(self.kept, digest(once), Invitation("LV", subject, self.now))
        return once

    def make(self, device: Authenticator, subject: str = "janis", once: str = "") -> dict[str, str]:
        """What a device answers to an invitation."""
        once = once or self.invite(subject)
        made = device.make(challenge=text(challenge_of(once)), origin=ORIGIN)
        return {"once": once, **{name: text(value) for name, value in made.items()}}

    def begin(self, country: str = "LV", browser: str = "b", wish: Wish = WISH) -> str:
        """The name of a sign-in that waits."""
        return self.central.begin(self.known[country], wish, browser).partition("flow=")[2]

    def prove(self, device: Authenticator, flow: str) -> dict[str, str]:
        """What a device answers to a sign-in."""
        said = device.prove(challenge=text(challenge_of(flow)), origin=ORIGIN)
        return {"flow": flow, "id": text(device.id), **{name: text(value) for name, value in said.items()}}

    def sign_in(self, device: Authenticator, country: str = "LV", browser: str = "b") -> Statement:
        """The whole way."""
        flow = self.begin(country, browser)
        return self.answers.redeem(self.central.answer(self.prove(device, flow), browser), browser)[2]

    def refuses(self, form: Mapping[str, str], browser: str = "b") -> str:
        """Why a proof is refused."""
        with pytest.raises(NotAuthenticated) as raised:
            self.central.answer(form, browser)
        return raised.value.text


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def device(name: str = "one") -> Authenticator:
    return Authenticator(id=name.encode(), name=SITE)


def test_whom_an_administration_invited_signs_in_by_his_device(ground: Ground) -> None:
    own = device()
    ground.central.make(ground.make(own))
    assert ground.sign_in(own) == Statement("janis", NOW // SECOND, "passkey")
    assert ground.sign_in(own).subject == "janis", "and again"
    kept = b"".join(each.read_bytes() for each in ground.keys.files("passkeys"))
    assert b"janis" in kept
    assert all(each.stat().st_mode & 0o077 == 0 for each in ground.keys.files("passkeys"))


def test_nobody_makes_a_passkey_without_an_invitation_or_twice_by_one(ground: Ground) -> None:
    form = ground.make(device())
    ground.central.make(form)
    late = ground.make(device("late"))
    ground.now += INVITED + 1
    strange = ground.make(device("strange"), once="never-given")
    for each in (form, late, strange):
        with pytest.raises(NotAuthenticated, match="was used, is older than a day, or never was"):
            ground.central.make(each)
    again = ground.make(device())
    with pytest.raises(NotAuthenticated, match="kept already"):
        ground.central.make(again)
    borrowed = {**ground.make(device("x")), "once": ground.invite("eve")}
    with pytest.raises(NotAuthenticated, match="another challenge"):
        ground.central.make(borrowed)
    assert len(list(ground.keys.files("passkeys"))) == 1


def test_a_proof_is_for_one_sign_in_in_its_browser_and_by_a_key_that_is_known(ground: Ground) -> None:
    own, other, stranger = device(), device("two"), device("three")
    ground.central.make(ground.make(own))
    ground.central.make(ground.make(other, "zane"))
    flow = ground.begin()
    honest = ground.prove(own, flow)
    assert "another browser" in ground.refuses(honest, "c")
    assert "another browser" in ground.refuses(honest, "")
    assert "not known" in ground.refuses(ground.prove(stranger, flow))
    assert "does not hold" in ground.refuses({**ground.prove(own, flow), "id": text(other.id)}), "another's name"
    assert "challenge" in ground.refuses({**ground.prove(own, ground.begin()), "flow": flow})
    assert "No passkey came" in ground.refuses({"flow": flow})
    word = ground.central.answer(ground.prove(own, flow), "b")
    assert "used before" in ground.refuses(ground.prove(own, flow)), "it is used up"
    with pytest.raises(NotAuthenticated):
        ground.answers.redeem(word, "c")
    flow = ground.begin()
    ground.now += OPEN + 1
    assert "is over" in ground.refuses(ground.prove(own, flow))


def test_a_persons_passkey_is_worth_nothing_in_another_country(ground: Ground) -> None:
    own = device()
    ground.central.make(ground.make(own))
    assert "not known" in ground.refuses(ground.prove(own, ground.begin("MT")))
    del ground.known["LV"]
    flow = ground.begin("MT")
    assert "not known" in ground.refuses(ground.prove(own, flow))


def test_what_was_signed_before_or_copied_is_noticed(ground: Ground) -> None:
    own = device()
    ground.central.make(ground.make(own))
    copy = Authenticator(key=own.key, id=own.id, name=SITE, count=own.count)
    ground.sign_in(own)
    assert "copied" in ground.refuses(ground.prove(copy, ground.begin()))


def test_a_person_has_some_passkeys_and_they_are_taken_away_at_once(ground: Ground) -> None:
    devices = [device(f"d{n}") for n in range(MOST)]
    for each in devices:
        ground.central.make(ground.make(each))
    with pytest.raises(NotAuthenticated, match=f"{MOST} passkeys already"):
        ground.central.make(ground.make(device("more")))
    ground.central.make(ground.make(device("hers"), "zane"))
    flow = ground.begin()
    assert withdraw(ground.keys, "LV", "janis") == MOST
    assert "not known" in ground.refuses(ground.prove(devices[0], flow))
    assert len(list(ground.keys.files("passkeys"))) == 1
