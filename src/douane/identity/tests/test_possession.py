"""A proof of possession is worth something once, now, for one request, one token and one key."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from douane.identity import possession
from douane.identity.possession import WINDOW, Proofs, hash_of
from douane.runtime.door.proof import Possession
from douane.vocabulary.errors import NotAuthenticated, TooMany

NOW, SECOND = 1_772_366_400_000_000, 1_000_000
URL = "https://speed2.example:8443/v1/messages"
ANY = JWSRegistry(algorithms=["ES256", "EdDSA", "Ed25519", "HS256", "RS256"])
KEY, EDWARDS = ECKey.generate_key("P-256"), OKPKey.generate_key("Ed25519")


@dataclass
class Holder:
    """Who holds a key, and makes proofs with it."""

    key: Any = field(default_factory=lambda: KEY)
    algorithm: str = "ES256"
    header: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def proof(self, token: str = "", **claims: Any) -> Possession:
        """A proof for a POST of now; ``claims``: what it says otherwise."""
        self.count += 1
        said = {"jti": f"proof-{self.count:04d}", "htm": "POST", "htu": URL, "iat": NOW // SECOND}
        said |= {"ath": hash_of(token)} if token else {}
        head = {"alg": self.algorithm, "typ": "dpop+jwt", "jwk": self.key.as_dict(private=False), **self.header}
        text = jwt.encode(head, {name: value for name, value in {**said, **claims}.items() if value is not None},
                          self.key, registry=ANY)  # fmt: skip
        return Possession(text, "POST", URL)


def taken(proofs: Proofs, possession: Possession, now: int, token: str = "", *, client: str = "trader") -> str:
    """The key of a proof that holds and was not seen before."""
    shown = proofs.read(possession, now, token)
    proofs.take(shown, client, now)
    return shown.key


@pytest.mark.parametrize(("key", "algorithm"), [(KEY, "ES256"), (EDWARDS, "Ed25519")])
def test_a_proof_names_its_key_by_thumbprint(key: Any, algorithm: str) -> None:
    assert taken(Proofs(), Holder(key, algorithm).proof(), NOW) == key.thumbprint()


def test_a_proof_is_taken_once_and_forgotten_only_when_its_time_is_over() -> None:
    proofs, holder = Proofs(), Holder()
    shown = holder.proof(iat=NOW // SECOND + WINDOW)
    taken(proofs, shown, NOW)
    for later in range(0, 2 * WINDOW + 1, 5):
        with pytest.raises(NotAuthenticated, match="used before"):
            taken(proofs, shown, NOW + later * SECOND)
    with pytest.raises(NotAuthenticated, match="just now"):
        taken(proofs, shown, NOW + (2 * WINDOW + 1) * SECOND)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"htm": "GET"}, "another request"), ({"htu": "https://speed2.example:8443/v1/inbox"}, "another request"),
        ({"htu": "https://ccn2.example:8443/v1/messages"}, "another request"),
        ({"htu": "http://speed2.example:8443/v1/messages"}, "another request"), ({"htu": "https://x:y"}, "no address"),
        ({"iat": NOW // SECOND - WINDOW - 1}, "just now"), ({"iat": NOW // SECOND + WINDOW + 1}, "just now"),
        ({"jti": None}, "does not hold"), ({"jti": "short"}, "no name of its own"), ({"iat": None}, "does not hold"),
        ({"jti": "x" * 129}, "no name of its own"), ({"iat": "now"}, "does not hold"),
        ({"ath": None}, "another token"), ({"ath": hash_of("other")}, "another token"),
    ],
    ids=str,
)  # fmt: skip
def test_a_proof_for_something_else_is_refused(claims: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAuthenticated, match=why):
        taken(Proofs(), Holder().proof("token", **claims), NOW, "token")


@pytest.mark.parametrize("padding", ["=", "==", "===="])
@pytest.mark.parametrize("part", [0, 1, 2], ids=["header", "claims", "signature"])
def test_a_proof_with_padding_is_refused(part: int, padding: str) -> None:
    """RFC 7515, 2: base64url without padding; one proof must not have several spellings."""
    shown = Holder().proof()
    parts = shown.proof.split(".")
    parts[part] += padding
    with pytest.raises(NotAuthenticated, match="does not hold"):
        taken(Proofs(), replace(shown, proof=".".join(parts)), NOW)


def test_an_address_counts_without_its_query_and_in_any_spelling_of_its_host() -> None:
    for url in (f"{URL}?type=CC015C", "https://SPEED2.example:8443/v1/messages#x"):
        assert taken(Proofs(), Holder().proof(htu=url), NOW)


@pytest.mark.parametrize(
    ("holder", "why"),
    [
        (Holder(header={"typ": "JWT"}), "another type"),
        (Holder(OctKey.generate_key(), "HS256"), "another type"),
        (Holder(RSAKey.generate_key(2048), "RS256"), "another type"),
        (Holder(header={"jwk": KEY.as_dict(private=True)}), "must not"),
        (Holder(header={"jwk": ECKey.generate_key("P-256").as_dict(private=False)}), "does not hold"),
        (Holder(header={"jwk": EDWARDS.as_dict(private=False)}), "does not hold"),
        (Holder(header={"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}), "does not hold"),
        (Holder(header={"jwk": {"kty": "oct", "k": "AA"}}), "does not hold"),
    ],
    ids=["type", "symmetric", "rsa", "private", "another key", "another kind", "no point", "no kind"],
)
def test_a_proof_by_another_key_or_algorithm_is_refused(holder: Holder, why: str) -> None:
    with pytest.raises(NotAuthenticated, match=why):
        taken(Proofs(), holder.proof(), NOW)


def test_an_unsigned_proof_is_refused() -> None:
    honest = Holder().proof().proof
    head = json.loads(base64.urlsafe_b64decode(honest.split(".")[0] + "=="))
    for change in ({"alg": "none"}, {}, {"jwk": None}):
        made = base64.urlsafe_b64encode(json.dumps({**head, **change}).encode()).decode().rstrip("=")
        with pytest.raises(NotAuthenticated):
            taken(Proofs(), Possession(f"{made}.{honest.split('.')[1]}.", "POST", URL), NOW)


HONEST = Holder().proof("token")


@given(st.integers(0, len(HONEST.proof)), st.text("abcXYZ019-_.=", max_size=3), st.integers(0, 3))
def test_whatever_is_changed_a_proof_names_no_other_key(at: int, put: str, cut: int) -> None:
    changed = HONEST.proof[:at] + put + HONEST.proof[at + cut :]
    try:
        found = taken(Proofs(), replace(HONEST, proof=changed), NOW, "token")
    except NotAuthenticated:
        return
    assert found == KEY.thumbprint()


def test_more_proofs_than_can_be_remembered_are_refused_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(possession, "MOST", 3)
    proofs, holder = Proofs(), Holder()
    for _ in range(3):
        taken(proofs, holder.proof(), NOW)
    with pytest.raises(TooMany):
        taken(proofs, holder.proof(), NOW)
    later = NOW + (2 * WINDOW + 1) * SECOND
    assert taken(proofs, holder.proof(iat=later // SECOND), later)


def test_who_sends_very_many_proofs_leaves_room_for_those_who_send_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few clients at their full rate would have every other one told that too many came."""
    for name, value in {"MOST": 12, "SHARED": 8, "FEW": 2}.items():
        monkeypatch.setattr(possession, name, value)
    proofs, holder = Proofs(), Holder()
    for n in range(8):
        taken(proofs, holder.proof(), NOW, client="greedy" if n % 2 else "another")
    for greedy in ("greedy", "another"):
        with pytest.raises(TooMany):
            taken(proofs, holder.proof(), NOW, client=greedy)
    for _ in range(2):
        taken(proofs, holder.proof(), NOW, client="quiet")
    with pytest.raises(TooMany):
        taken(proofs, holder.proof(), NOW, client="quiet")
    later = NOW + (2 * WINDOW + 1) * SECOND
    assert taken(proofs, holder.proof(iat=later // SECOND), later, client="greedy"), "what is over counts no more"
