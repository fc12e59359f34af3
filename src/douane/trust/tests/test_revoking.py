"""Lists of several authorities in a folder: whatever is loaded, laid there or declared, revoked stays revoked."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.configuration.ports import SystemIds
from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    issue_client,
    issue_revocations,
    read_credential,
)
from douane.identity.certificates import CertificateChecker
from douane.identity.revocations import key_identifier
from douane.model.circles import Circle
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.trust.following import Followed
from douane.trust.known import KnownClients
from douane.trust.revoking import REASONS, Proof, State, cards, declare_unlisted, load, revoke, vouching
from douane.vocabulary.errors import DeclarationFault, DouaneError, NotAuthenticated, NotFound, StaleEvidence

TIME = dt.datetime.now(dt.UTC).replace(microsecond=0)
NOW = int(TIME.timestamp()) * 1_000_000
PERIOD = Period.days(TIME, 365)
NUMBERS = (1, 2, 3)


class Several:
    """A folder and three more authorities of the untrusted circle, each with three cards and as many lists."""

    def __init__(self, folder: Path) -> None:
        self.identity = prepare(folder, now=NOW, random=SystemIds().random, clients=())
        root = read_credential(self.identity.root.read_bytes(), (self.identity.authorities / "root.key").read_bytes())
        self.authorities = [create_issuer(f"G{n}", root=root, period=PERIOD, serial=50 + n) for n in range(3)]
        self.cards = [
            [issue_client(f"c{s}", issuer=each, period=PERIOD, serial=s) for s in (1, 2, 3)]
            for each in self.authorities
        ]
        self.lists = {
            (n, number): issue_revocations(
                [Revocation(serial + 1, TIME) for serial in range(number)], issuer=each, period=PERIOD, number=number
            )
            for n, each in enumerate(self.authorities)
            for number in NUMBERS
        }

    def anchor(self, present: set[int]) -> None:
        """Let these authorities be the untrusted circle's beside its own."""
        own = self.identity.authority(Circle.UNTRUSTED)
        first = own.read_bytes().partition(b"-----END CERTIFICATE-----\n")
        extra = b"".join(self.authorities[n].certificate_pem() for n in sorted(present))
        own.write_bytes(first[0] + first[1] + extra)


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Several:
    return Several(tmp_path_factory.mktemp("union") / "identity")


@contextlib.contextmanager
def copied(union: Several) -> Iterator[DevelopmentIdentity]:
    """The folder as it was made, to do things in."""
    with tempfile.TemporaryDirectory() as place:
        former, union.identity = union.identity, DevelopmentIdentity(Path(place) / "identity")
        for whole, copy in (
            (former.folder, union.identity.folder), (former.authorities, union.identity.authorities),
        ):  # fmt: skip
            shutil.copytree(whole, copy)
        try:
            yield union.identity
        finally:
            union.identity = former


def good(identity: DevelopmentIdentity, *cards: Credential) -> list[bool]:
    """Whether each of these opens a door, as the folder is now."""
    try:
        checker = identity.load_certificates()
    except DeclarationFault:
        return [False for _ in cards]
    return [_opens(checker, card) for card in cards]


def _opens(checker: CertificateChecker, card: Credential) -> bool:
    try:
        checker.check(card.certificate.public_bytes(Encoding.DER), NOW)
    except (NotAuthenticated, StaleEvidence):
        return False
    return True


def look(part: Followed[Any], told: list[BaseException]) -> bool:
    return asyncio.run(part.look(told.append))


WHICH = st.tuples(st.integers(0, 2), st.sampled_from(NUMBERS))
STEP = st.one_of(
    st.tuples(st.just("load"), st.lists(WHICH, min_size=1, max_size=3)),
    st.tuples(st.just("lay"), st.lists(WHICH, min_size=1, max_size=2)),
    st.tuples(st.just("declare"), st.integers(0, 2)),
    st.tuples(st.just("authorities"), st.sets(st.integers(0, 2))),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=8))
def test_a_revoked_certificate_never_becomes_good(union: Several, steps: list[tuple[str, object]]) -> None:
    """Commands and files in any order; a card that a list taken once revoked is refused from then on."""
    gone: set[tuple[int, int]] = set()
    with copied(union) as identity:
        union.anchor({0, 1, 2})
        for number, (what, which) in enumerate(steps):
            if what in ("load", "lay"):
                assert isinstance(which, list)
                pem = b"".join(union.lists[each] for each in which)
                try:
                    if what == "load":
                        load(identity, pem)
                    else:
                        (identity.lists / f"laid-{number}.pem").write_bytes(pem)
                    gone |= {(n, serial) for n, count in which for serial in range(count)}
                except DeclarationFault:
                    pass  # older than what holds, or of nobody here: nothing was taken
            elif what == "declare":
                assert isinstance(which, int)
                with contextlib.suppress(DouaneError):
                    declare_unlisted(identity, key_identifier(union.authorities[which].certificate))
            else:
                assert isinstance(which, set)
                union.anchor(which)
            assert not any(good(identity, *(union.cards[n][serial] for n, serial in gone)))


def test_the_list_of_a_second_authority_does_not_touch_that_of_the_first(union: Several) -> None:
    """A roll-over: both authorities stand side by side, each with its list; the second has no list at first."""
    with copied(union) as identity:
        union.anchor({0})
        load(identity, union.lists[0, 2])
        union.anchor({0, 1})
        assert good(identity, *(union.cards[n][2] for n in (0, 1))) == [True, False]
        load(identity, union.lists[1, 1])
        assert good(identity, *(union.cards[n][0] for n in (0, 1))) == [False, False]
        assert good(identity, *(union.cards[n][2] for n in (0, 1))) == [True, True]
        with pytest.raises(DeclarationFault, match=r"CN=G0 has number 1; number 2 holds"):
            load(identity, union.lists[1, 2] + union.lists[0, 1])
        found = {each.name: each.number for each in vouching(identity, NOW)}
        assert (found["CN=G0"], found["CN=G1"]) == (2, 1), "one of a file was taken and the other was not"
        union.anchor({1})
        assert good(identity, union.cards[0][2]) == [False]
        assert good(identity, union.cards[1][2]) == [True], "the list that an authority left behind is in nobody's way"


def test_a_folder_of_an_older_release_has_a_list_for_each_circle_and_loads(union: Several) -> None:
    with copied(union) as identity:
        union.anchor({0})
        made = {circle: identity.revocations(several[0]) for circle, several in identity.load_authorities().items()}
        for circle, path in made.items():
            path.rename(identity.folder / f"{circle.value}.revoked.pem")
        identity.lists.rmdir()
        old = identity.folder / "untrusted.revoked.pem"
        old.write_bytes(old.read_bytes() + union.lists[0, 2])
        assert good(identity, *union.cards[0]) == [False, False, True]
        load(identity, union.lists[0, 3])
        assert not any(good(identity, *union.cards[0]))
        with pytest.raises(DeclarationFault, match="number 3 holds"):
            load(identity, union.lists[0, 2])


def test_an_authority_without_a_list_may_be_declared_to_have_none(union: Several) -> None:
    with copied(union) as identity:
        union.anchor({2})
        key = key_identifier(union.authorities[2].certificate)
        assert good(identity, union.cards[2][0]) == [False]
        assert {each.proof for each in vouching(identity, NOW) if each.key == key} == {Proof.MISSING}
        (identity.folder / "clients" / "third.pem").write_bytes(union.cards[2][0].certificate_pem())
        assert [card.state for card in cards(identity, NOW) if card.client == "third"] == [State.UNPROVEN]
        assert declare_unlisted(identity, key).name == "CN=G2"
        assert good(identity, union.cards[2][0]) == [True]
        load(identity, union.lists[2, 1])
        assert not identity.unlisted(union.authorities[2].certificate).exists()
        with pytest.raises(DeclarationFault, match="List 1 of CN=G2 holds"):
            declare_unlisted(identity, key)
        with pytest.raises(NotFound, match="has the key"):
            declare_unlisted(identity, "00")


def test_a_certificate_is_revoked_on_the_list_of_its_own_authority_whose_key_must_lie_here(union: Several) -> None:
    with copied(union) as identity:
        union.anchor({0})
        load(identity, union.lists[0, 1])
        (identity.folder / "clients" / "second.pem").write_bytes(union.cards[0][2].certificate_pem())
        with pytest.raises(DeclarationFault, match=r"key of the authority CN=G0 is not in"):
            revoke(identity, "second", reason=REASONS["superseded"], now=NOW)
        identity.authority_key(Circle.UNTRUSTED).write_bytes(union.authorities[0].key_pem())
        done = revoke(identity, "second", reason=REASONS["superseded"], now=NOW)
        assert (done.authority, done.number, done.entries, done.added) == ("CN=G0", 2, 2, 1)
        assert good(identity, union.cards[0][2]) == [False]
        assert [card.state for card in cards(identity, NOW) if card.client == "second"] == [State.REVOKED]
        numbers = {each.name: each.number for each in vouching(identity, NOW)}
        assert numbers["CN=Douane development untrusted"] == 1


def test_what_could_not_be_read_once_is_read_again_and_no_older_list_holds(
    union: Several, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No descriptor was free when a revocation came: it takes effect at the next look; an older file never does."""
    with copied(union) as identity:
        union.anchor({0})
        load(identity, union.lists[0, 1])
        known, told = KnownClients(identity), list[BaseException]()
        certificates = known._parts[1]
        load(identity, union.lists[0, 2])

        def out_of_descriptors(_: object) -> None:
            raise OSError(24, "Too many open files")

        with monkeypatch.context() as without:
            without.setattr(Path, "read_bytes", out_of_descriptors)
            for _ in range(3):
                assert not look(certificates, told)
        assert len(told) == 1, "the operator is told once of one change"
        assert look(certificates, told)
        identity.revocations(union.authorities[0].certificate).write_bytes(union.lists[0, 1])
        assert not look(certificates, told)
        assert "older than one that held here" in str(told[-1])
        identity.revocations(union.authorities[0].certificate).unlink()
        assert look(certificates, told)
        identity.revocations(union.authorities[0].certificate).write_bytes(union.lists[0, 1])
        assert not look(certificates, told), "nor after it was missing for a while"


def test_a_register_that_cannot_be_read_keeps_no_revocation_from_taking_effect(union: Several) -> None:
    with copied(union) as identity:
        union.anchor({0})
        load(identity, union.lists[0, 1])
        known, told = KnownClients(identity), list[BaseException]()
        identity.register.write_text("[[client]\n")
        load(identity, union.lists[0, 3])
        assert [look(part, told) for part in known._parts] == [False, True, False]
        assert len(told) == 1
        with pytest.raises(NotAuthenticated, match="revoked"):
            known.value.certificates.check(union.cards[0][2].certificate.public_bytes(Encoding.DER), NOW)
