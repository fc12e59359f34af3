"""What documents have to say, held against the product: how long sessions last, and every way to prove oneself."""

from __future__ import annotations

import pytest

from douane.identity.principals import ProofKind
from douane.identity.sessions import ENTRANCE, IDLE, LONGEST, MINUTE, WARNING
from tests.architecture.tree import REPOSITORY

NUMBERS = {5: "Five", 10: "ten"}
SAID = {
    ProofKind.CERTIFICATE: ("circles.md", "Each kind of party with a certificate that holds"),
    ProofKind.NONE: ("circles.md", "| none | 401 |"),
    ProofKind.TOKEN: ("tokens.md", "| `client_id`, `client_secret` | who asks"),
    ProofKind.BOUND_TOKEN: ("circles.md", "a token that is bound to another certificate"),
    ProofKind.QUEUE: ("queues.md", "the user of the connection; the broker refuses any other"),
    ProofKind.FOLDER: ("edifact.md", "with the rights that only this program and the node may use"),
    ProofKind.SESSION: ("sign-in.md", "its persons sign in by passkey"),
}


def _text(name: str) -> str:
    return (REPOSITORY / "docs" / name).read_text()


def test_how_long_a_session_lasts_is_said() -> None:
    """A figure that changes in the product is changed where people read it."""
    text = " ".join(_text("pages.md").split())
    assert f"ends after {IDLE // MINUTE} minutes without a request" in text
    assert f"after {LONGEST // MINUTE // 60} hours in any case" in text
    assert f"{NUMBERS[WARNING // MINUTE]} minutes before it ends" in text
    assert f"lets this client in once, within {NUMBERS[ENTRANCE // MINUTE]} minutes" in text


def test_every_way_to_prove_oneself_is_said() -> None:
    assert SAID.keys() == set(ProofKind)


@pytest.mark.parametrize("kind", ProofKind, ids=lambda each: each.value)
def test_a_way_to_prove_oneself_stands_where_it_is_looked_for(kind: ProofKind) -> None:
    name, words = SAID[kind]
    assert words in _text(name)
