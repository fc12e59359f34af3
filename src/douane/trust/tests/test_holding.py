"""In production a followed file holds in the octets that two persons approved, and in no others."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from douane.identity.principals import Delegation
from douane.identity.register import LEAST, Client, Register, SecretHash
from douane.model.circles import ActorKind
from douane.trust import holding as judging
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.trust.holding import FILE, Holding, digest_of
from douane.trust.known import KnownClients
from douane.vocabulary.errors import DeclarationFault


def test_a_file_in_other_octets_does_not_hold(tmp_path: Path) -> None:
    path, holding = tmp_path / "clients.toml", Holding(tmp_path, needed=True)
    path.write_text("as approved")
    holding.must_hold(path)  # before the node first began, whatever stands there
    holding.take({path.name: (digest_of(path),)})
    holding.must_hold(path)
    path.write_text("by hand")
    with pytest.raises(DeclarationFault, match="was changed by nobody"):
        holding.must_hold(path)
    Holding(tmp_path, needed=False).must_hold(path)
    path.unlink()
    with pytest.raises(DeclarationFault):
        holding.must_hold(path)


def test_doors_of_another_process_go_by_what_the_core_wrote_down_and_a_core_by_nothing_else(tmp_path: Path) -> None:
    path, core, doors = tmp_path / "partners.toml", Holding(tmp_path, needed=True), Holding(tmp_path, needed=True)
    path.write_text("as approved")
    core.take({path.name: (digest_of(path),), "providers.toml": (sha256(b"").hexdigest(),)})
    doors.must_hold(path)
    doors.must_hold(tmp_path / "providers.toml")
    path.write_text("by hand")
    (tmp_path / FILE).write_text(f'{{"partners.toml": ["{digest_of(path)}"]}}')
    with pytest.raises(DeclarationFault):
        core.must_hold(path)
    core.take({path.name: (sha256(b"as approved").hexdigest(),)})
    with pytest.raises(DeclarationFault):
        doors.must_hold(path)
    (tmp_path / FILE).write_text("nonsense")
    with pytest.raises(DeclarationFault, match="cannot be read"):
        doors.must_hold(path)


def test_a_file_that_is_replaced_as_agreed_while_it_is_judged_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The core writes what holds after the file, and a door has read the file before that: it reads it once more."""
    path, core, doors = tmp_path / "operators.toml", Holding(tmp_path, needed=True), Holding(tmp_path, needed=True)
    path.write_text("one operator")
    core.take({path.name: (digest_of(path),)})
    read, next_one = judging._octets, sha256(b"two operators").hexdigest()

    def replaced(each: Path) -> bytes | None:
        found = read(each)
        path.write_text("two operators")
        core.take({path.name: (next_one,)})
        return found

    monkeypatch.setattr(judging, "_octets", replaced)
    assert doors.octets(path) == b"two operators"


def test_what_was_judged_is_what_is_read_whatever_stands_there_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes another file as soon as the octets were read: of two reads the second one would find it."""
    path, holding = tmp_path / "partners.toml", Holding(tmp_path, needed=True)
    path.write_text("as approved")
    holding.take({path.name: (digest_of(path),)})
    read = judging._octets

    def swapped(each: Path) -> bytes | None:
        found = read(each)
        path.write_text("by hand")
        return found

    monkeypatch.setattr(judging, "_octets", swapped)
    assert holding.reading(path, str)() == "as approved"
    assert path.read_text() == "by hand"
    with pytest.raises(DeclarationFault):
        holding.reading(path, str)()
    path.unlink()
    monkeypatch.setattr(judging, "_octets", read)
    with pytest.raises(DeclarationFault):
        holding.octets(path)
    assert Holding(tmp_path, needed=False).octets(path) is None


THUMB = "A" * 43
PROGRAM = Client("lesquin.billing", ActorKind.TRADER, "FR", "FR40123456700017", certificates=(THUMB,))


def test_the_file_of_programs_takes_in_programs_of_traders_with_a_certificate_and_nobody_else(tmp_path: Path) -> None:
    identity = DevelopmentIdentity(tmp_path)
    identity.register.write_text("")
    identity.registered.write_text(Register([PROGRAM]).toml())
    assert list(identity.load_register()) == [PROGRAM]
    second = replace(PROGRAM, id="another", certificates=("B" * 43,))
    for evil in (
        Client("eu.publisher", ActorKind.COMMISSION, administration="EU", roles=frozenset({"CODE_LIST_PUBLISHER"}),
               certificates=(THUMB,)),
        Client("nta.fr", ActorKind.MEMBER_STATE, administration="FR", certificates=(THUMB,)),
        replace(PROGRAM, delegations=(Delegation("FR99999999900013", frozenset({"DECLARANT"})),)),
        replace(PROGRAM, secret=SecretHash.of("known", salt=b"s" * 16, cost=LEAST)),
        replace(PROGRAM, certificates=(), secret=SecretHash.of("known", salt=b"s" * 16, cost=LEAST)),
        replace(PROGRAM, certificates=(THUMB, "C" * 43)),
        replace(PROGRAM, country="BE"),
    ):  # fmt: skip
        identity.registered.write_text(Register([second, evil]).toml())
        with pytest.raises(DeclarationFault, match="no program of a trader"):
            identity.load_register()


def test_a_door_keeps_who_was_known_where_somebody_writes_himself_into_the_file_of_programs(tmp_path: Path) -> None:
    identity = prepare(tmp_path / "identity", now=1_795_000_000_000_000, random=os.urandom, clients=())
    identity.registered.write_text(Register([PROGRAM]).toml())
    known, told = KnownClients(identity), list[BaseException]()
    evil = Client("eu.publisher", ActorKind.COMMISSION, administration="EU", certificates=("D" * 43,))
    identity.registered.write_text(Register([PROGRAM, evil]).toml())
    asyncio.run(known._parts[0].look(told.append))
    assert [str(type(each).__name__) for each in told] == ["DeclarationFault"]
    assert [each.id for each in known.value.register] == [PROGRAM.id]
