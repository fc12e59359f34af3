"""Sessions begin by a link that holds once, belong to one platform, and end."""

from __future__ import annotations

import hashlib
import itertools
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from douane.identity.register import Client
from douane.identity.sessions import ENTRANCE, IDLE, LONGEST, MINUTE, Sessions, principal_of
from douane.model.caller import Strength
from douane.model.circles import ActorKind, Circle, Platform
from douane.vocabulary.errors import NotAuthenticated, StoreUnavailable


@dataclass
class Desk:
    """Sessions in a folder, with a clock that is set; the times of files follow it."""

    folder: Path
    at: int = 1_795_000_000_000_000
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.folder, now=lambda: self.at, random=self.random)

    def random(self, size: int) -> bytes:
        return hashlib.shake_128(str(next(self.numbers)).encode()).digest(size)

    def used(self, path: Path) -> None:
        os.utime(path, ns=(self.at * 1000, self.at * 1000))

    def enter(self, platform: Platform = Platform.SPEED2) -> str:
        name = self.sessions.enter(platform, self.sessions.invite("trader", platform, to="/cases")).name
        for path in self.folder.rglob("*"):
            self.used(path)
        return name


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "sessions")


def test_a_link_lets_its_person_in_once(desk: Desk) -> None:
    secret = desk.sessions.invite("trader", Platform.SPEED2, to="/cases")
    entered = desk.sessions.enter(Platform.SPEED2, secret)
    assert (entered.session.client, entered.to) == ("trader", "/cases")
    found = desk.sessions.find(Platform.SPEED2, entered.name)
    assert found == entered.session
    with pytest.raises(NotAuthenticated, match="has been used"):
        desk.sessions.enter(Platform.SPEED2, secret)


@pytest.mark.parametrize("secret", ["", "x", "../speed2/x", "a" * 5_000, "\0"])
def test_a_secret_that_nobody_gave_lets_nobody_in(desk: Desk, secret: str) -> None:
    desk.sessions.invite("trader", Platform.SPEED2)
    with pytest.raises(NotAuthenticated):
        desk.sessions.enter(Platform.SPEED2, secret)


def test_a_link_holds_for_ten_minutes_and_not_before_it_was_given(desk: Desk) -> None:
    for later in (ENTRANCE + 1, -1):
        secret = desk.sessions.invite("trader", Platform.SPEED2)
        desk.at += later
        with pytest.raises(NotAuthenticated):
            desk.sessions.enter(Platform.SPEED2, secret)


def test_a_link_for_one_platform_is_spent_at_another(desk: Desk) -> None:
    secret = desk.sessions.invite("trader", Platform.SPEED2)
    for platform in (Platform.CCN2, Platform.SPEED2):
        with pytest.raises(NotAuthenticated):
            desk.sessions.enter(platform, secret)


def test_a_session_is_found_at_its_own_platform_alone(desk: Desk) -> None:
    name = desk.enter()
    assert desk.sessions.find(Platform.SPEED2, name) is not None
    assert [desk.sessions.find(each, name) for each in Platform if each is not Platform.SPEED2] == [None] * 5
    assert desk.sessions.find(Platform.SPEED2, "") is None


def test_what_lies_in_the_folder_makes_no_cookie(desk: Desk) -> None:
    name = desk.enter()
    for path in (each for each in desk.folder.rglob("*") if each.is_file()):
        assert name not in path.name
        assert name.encode() not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert desk.sessions.find(Platform.SPEED2, path.name) is None


def test_a_session_ends_without_use_after_a_day_of_work_and_when_it_is_ended(desk: Desk) -> None:
    idle, long, left = desk.enter(), desk.enter(), desk.enter()
    desk.sessions.end(Platform.SPEED2, left)
    assert desk.sessions.find(Platform.SPEED2, left) is None
    for _ in range(LONGEST // (IDLE - MINUTE)):
        desk.at += IDLE - MINUTE
        assert desk.sessions.find(Platform.SPEED2, long) is not None
    assert desk.sessions.find(Platform.SPEED2, idle) is None
    desk.at += IDLE - MINUTE
    assert desk.sessions.find(Platform.SPEED2, long) is None


def test_sessions_that_are_over_are_swept_when_somebody_enters(desk: Desk) -> None:
    desk.sessions.invite("trader", Platform.SPEED2)
    desk.enter()
    desk.at += LONGEST + 1
    desk.enter()
    assert sum(path.is_file() for path in desk.folder.rglob("*")) == 1


def test_a_damaged_file_is_no_session(desk: Desk) -> None:
    name = desk.enter()
    for path in (each for each in desk.folder.rglob("*") if each.is_file()):
        path.write_bytes(b'{"client": 7}')
    assert desk.sessions.find(Platform.SPEED2, name) is None


def test_a_folder_that_cannot_be_written_is_said(desk: Desk) -> None:
    desk.folder.parent.mkdir(exist_ok=True)
    desk.folder.write_text("a file")
    with pytest.raises(StoreUnavailable):
        desk.sessions.invite("trader", Platform.SPEED2)


def test_the_caller_of_a_session_is_its_client_as_registered_now(desk: Desk) -> None:
    session = desk.sessions.enter(Platform.SPEED2, desk.sessions.invite("trader", Platform.SPEED2)).session
    caller = principal_of(session, Client("trader", ActorKind.TRADER, "FR", "FR1", roles=frozenset({"holder"})))
    assert (caller.id, caller.circle, caller.roles) == ("trader", Circle.UNTRUSTED, frozenset({"holder"}))
    assert caller.caller.strength is Strength.SESSION
    assert session.token not in caller.proof.value
