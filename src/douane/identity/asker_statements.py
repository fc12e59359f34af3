"""Who asks the keeper of a case about it: a statement that UUM&DS signs, good for one minute, for one case, once.

A keeper believes no other node about a person; it believes the key by which UUM&DS signs tokens. The statement is a JWT
of a type of its own, so that no token stands for it, nor it for a token. Who may see what in the case, the keeper
judges by its own parties; the statement says who asks, and for whom. That it holds once is seen by whoever keeps its
``jti``: the core of the keeper, which writes it down with what it showed (decision 0360).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.identity.issuers import Issuers
from douane.identity.principals import Principal
from douane.identity.tokens import SECOND, SKEW, PublishedKeys, TokenKey
from douane.model.circles import ActorKind
from douane.vocabulary.askers import AskedCase, AskerStatement
from douane.vocabulary.errors import NotAuthenticated, NotAuthorised

TYPE: Final = "douane-asker+jwt"
MINUTE: Final = 60
"""Seconds for which a statement holds."""
ASK: Final = "Ask UUM&DS for a statement about this case, and show it once, within a minute."


@dataclass(frozen=True, slots=True)
class Askers:
    """Signs statements. key: that signs now. random: as many random octets as are asked for; now: of the real clock
    (microseconds)."""

    issuers: Issuers
    key: Callable[[], TokenKey]
    now: Callable[[], int]
    random: Callable[[int], bytes]

    def state(self, who: Principal, case: AskedCase) -> str:
        """A statement that somebody asks about a case now. Raises NotAuthorised for who is no trader."""
        if who.kind is not ActorKind.TRADER:
            raise NotAuthorised("Statements speak of traders alone.", remedy="Ask at your own system.").because(
                "statements on who asks", "to be a trader", "nobody: administrations ask their own systems"
            )
        caller, seconds = who.caller, self.now() // SECOND
        said = AskerStatement(
            iss=self.issuers.usual, aud=case.keeper, sub=caller.id, party=caller.party.identifier,
            roles=tuple(sorted(who.roles)), country=case.country, reference=case.reference, iat=seconds,
            exp=seconds + MINUTE, jti=self.random(16).hex(), by=caller.by, person=caller.person,
        )  # fmt: skip
        return self.key().sign(msgspec.to_builtins(said), TYPE)


class AskerVerifier:
    """Checks statements by the keys that UUM&DS publishes. New keys make a new verifier."""

    def __init__(self, issuers: Issuers, jwks: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
        self._issuers, self._keys = issuers, PublishedKeys(jwks)

    def verify(self, statement: str, now: int) -> AskerStatement:
        """What a statement says, where it holds now (microseconds). Raises NotAuthenticated."""
        try:
            said = msgspec.convert(self._keys.opened(statement, TYPE), AskerStatement)
        except msgspec.ValidationError as error:
            raise NotAuthenticated("The statement lacks what one says.", remedy=ASK) from error
        seconds = now // SECOND
        if not self._issuers.believes(said.iss):
            raise NotAuthenticated("The statement comes from another issuer.", remedy=ASK)
        if said.exp - said.iat > MINUTE or not said.iat - SKEW <= seconds < said.exp + SKEW:
            raise NotAuthenticated("The statement does not hold now.", remedy=ASK)
        return said
