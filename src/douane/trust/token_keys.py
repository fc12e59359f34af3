"""Rolling over the key by which UUM&DS signs tokens, without a refused request: publish the next, use it, retire.

``tokens.key`` signs, ``tokens.next.key`` will, ``tokens.jwks`` are the public keys that doors accept. Each step takes
only what every door has had the time to learn; done twice it changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from douane.identity.tokens import LIFETIME, SKEW, TokenKey
from douane.runtime.store.ports import SECOND, Instant
from douane.trust.development_identity import DevelopmentIdentity, write_synced
from douane.trust.known import EFFECTIVE
from douane.vocabulary.errors import DeclarationFault


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key that doors accept. ``use``: what UUM&DS does with it: ``signs``, ``next``, or ``former``."""

    kid: str
    use: str


def published(identity: DevelopmentIdentity) -> list[PublishedKey]:
    """Every key that doors accept."""
    uses = {_kid(identity.next_token_key): "next", _kid(identity.token_key): "signs"}
    return [PublishedKey(each["kid"], uses.get(each["kid"], "former")) for each in _keys(identity)]


def add(identity: DevelopmentIdentity) -> list[PublishedKey]:
    """Make the next key and publish it: doors accept it, nothing is signed by it yet."""
    if not identity.next_token_key.exists():
        write_synced(identity.next_token_key, TokenKey.generate_pem())
    following = TokenKey(identity.next_token_key.read_bytes())
    if following.kid not in {each["kid"] for each in _keys(identity)}:
        _publish(identity, [*_keys(identity), following.jwk()])
    return published(identity)


def use(identity: DevelopmentIdentity, now: Instant) -> list[PublishedKey]:
    """Sign by the next key. Raises DeclarationFault where there is none, or doors may not have read of it yet."""
    if not identity.next_token_key.exists():
        raise DeclarationFault("There is no next key for tokens.", remedy="Publish one: douane tokens add.")
    if _kid(identity.next_token_key) not in {each["kid"] for each in _keys(identity)}:
        raise DeclarationFault("The next key for tokens is not published.", remedy="Publish it: douane tokens add.")
    _must_rest(identity.token_keys, EFFECTIVE, now, "Doors may not have read of the next key yet")
    write_synced(identity.token_key, identity.next_token_key.read_bytes())
    identity.next_token_key.unlink()
    return published(identity)


def retire(identity: DevelopmentIdentity, now: Instant) -> list[PublishedKey]:
    """Publish the former keys no more. Raises DeclarationFault while a token that one signed may still hold."""
    kept = {each.kid for each in published(identity) if each.use != "former"}
    if len(kept) < len(_keys(identity)):
        _must_rest(identity.token_key, LIFETIME + SKEW + EFFECTIVE, now, "Tokens of the former key may still hold")
        _publish(identity, [each for each in _keys(identity) if each["kid"] in kept])
    return published(identity)


def _keys(identity: DevelopmentIdentity) -> list[dict[str, str]]:
    return identity.load_token_keys()["keys"]


def _publish(identity: DevelopmentIdentity, keys: list[dict[str, str]]) -> None:
    write_synced(identity.token_keys, json.dumps({"keys": keys}).encode())


def _kid(path: Path) -> str:
    return TokenKey(path.read_bytes()).kid if path.exists() else ""


def _must_rest(path: Path, seconds: float, now: Instant, why: str) -> None:
    """A file must be so old, or DeclarationFault."""
    left = seconds - (now / SECOND - path.stat().st_mtime)
    if left > 0:
        raise DeclarationFault(f"{why}.", remedy=f"Try again in {left:.0f} seconds.")
