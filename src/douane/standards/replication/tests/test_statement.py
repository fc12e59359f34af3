"""What is signed is read back exactly, and nothing else is."""

from __future__ import annotations

import pytest

from douane.standards.replication.statement import (
    Root,
    Row,
    SignedPage,
    SignedState,
    digest_of,
    open_page,
    open_state,
)
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import DouaneError, NotWellFormed, ProofFailed

SIGNER = Signer.from_seed("centre.example/p0", bytes(32))
OTHER = Signer.from_seed("centre.example/p0", bytes(range(32)))
ROWS = (Row(3, 5, bytes(32), b"\1" * 32), Row(4, 6, b"\2" * 32, b""))
PAGE = SignedPage("economic_operators", "full", 0, "changes", "2", 4, False, digest_of(ROWS), 9)
HELD = (Root(0, 4, 1, b"\3" * 32), Root(1, 9, 2, b"\4" * 32))
STATE = SignedState("economic_operators", "full", 9, HELD, "NTA.DE", HELD)


def test_what_was_signed_is_read_back() -> None:
    assert open_page(SIGNER.sign(PAGE.text()), SIGNER.key) == PAGE
    assert open_state(SIGNER.sign(STATE.text()), SIGNER.key) == STATE
    begin = PAGE._replace(after="")
    assert open_page(SIGNER.sign(begin.text()), SIGNER.key) == begin
    anonymous = STATE._replace(asked_by="", presented=())
    assert open_state(SIGNER.sign(anonymous.text()), SIGNER.key) == anonymous


def test_only_equal_roots_are_equal() -> None:
    assert STATE.equal
    assert STATE._replace(presented=HELD[::-1]).equal
    assert not STATE._replace(presented=()).equal
    assert not STATE._replace(presented=HELD[:1]).equal
    assert not STATE._replace(presented=(HELD[0], HELD[1]._replace(position=8))).equal


def test_another_key_a_changed_text_and_another_kind_of_text_are_refused() -> None:
    note = SIGNER.sign(STATE.text())
    with pytest.raises(ProofFailed):
        open_state(note, OTHER.key)
    with pytest.raises(DouaneError):
        open_state(note.replace("held 0 4", "held 0 5"), SIGNER.key)
    with pytest.raises(NotWellFormed):
        open_page(note, SIGNER.key)
    with pytest.raises(NotWellFormed):
        open_state(SIGNER.sign("centre.example/p0\n1\nAAAA\n"), SIGNER.key)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("equal yes", "equal no"),
        ("equal yes\n", ""),
        ("set economic_operators", "set two words"),
        ("at 9", "at 09"),
        ("held 0 4 1", "held 0 4"),
        ("presented 0 4", "presented 0 5"),
        ("view full\n", ""),
        ("asked-by NTA.DE", "asked-by NTA.DE\nmore"),
    ],
)
def test_a_state_has_one_form(part: str, instead: str) -> None:
    text = STATE.text()
    assert part in text
    with pytest.raises(NotWellFormed):
        open_state(SIGNER.sign(text.replace(part, instead, 1)), SIGNER.key)


def test_the_digest_of_a_page_depends_on_every_entry_and_their_order() -> None:
    whole = digest_of(ROWS)
    assert len({whole, digest_of(ROWS[::-1]), digest_of(ROWS[:1]), digest_of((ROWS[0]._replace(at=6), ROWS[1]))}) == 4
