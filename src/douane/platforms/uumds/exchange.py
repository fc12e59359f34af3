"""What a token is granted for: one's own business, a principal's, or, by token exchange (RFC 8693), another client's.

On behalf: client A names in its token who may act on its behalf (``may_act``); that client, B, brings the token and is
given one of its own. These hold. (1) A must have named B, and B must hold a delegation of A's party that holds today;
where A itself acts for a principal, A's must hold, too. (2) The new token opens nothing that the old one does not: not
another platform, not a role more, not a second longer. (3) It is bound to a key of B, whatever the old one was bound
to, and names nobody who could exchange it again. (4) Doors ask the register for the whole chain with each call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from douane.identity.register import Client, Register
from douane.identity.tokens import TokenIssuer, TokenVerifier
from douane.vocabulary.errors import NotAuthenticated, SenderFault

CREDENTIALS: Final = "client_credentials"
EXCHANGE: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS: Final = "urn:ietf:params:oauth:token-type:access_token"


class Refusal(SenderFault):
    """A refusal in OAuth's words; ``error`` is its code, the text says what to do."""

    def __init__(self, error: str, text: str, *, remedy: str = "", status: int = 400) -> None:
        super().__init__(text, remedy=remedy)
        self.error, self.status = error, status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a client that proved who it is. ``bound``: whether its token will be bound to a key of its own."""

    client: Client
    audience: str
    form: Mapping[str, str]
    now: int
    bound: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """What a token is made for. ``until``: when it ends at the latest (seconds); ``said``: more that is answered."""

    audience: str
    roles: frozenset[str]
    acting_for: str = ""
    through: tuple[str, ...] = ()
    may_act: str = ""
    until: int | None = None
    said: Mapping[str, str] = field(default_factory=dict)


def own(register: Register, asked: Asked) -> Granted:
    """For a client in its own name, or for a principal. Raises NotAuthenticated, Refusal."""
    acting_for, may_act = asked.form.get("acting_for", ""), asked.form.get("may_act", "")
    roles, said = _scoped(asked, register.roles(asked.client, acting_for, asked.now))
    if may_act and register.client(may_act) is None:
        raise Refusal("invalid_request", "No client has the name in may_act.", remedy="Name one that is registered.")
    return Granted(asked.audience, roles, acting_for, may_act=may_act, said=said)


def exchanged(register: Register, issuer: TokenIssuer, asked: Asked) -> Granted:
    """For a client on behalf of another, whose token it brings. Raises Refusal."""
    form = asked.form
    if form.get("subject_token_type") != ACCESS or "actor_token" in form or "acting_for" in form or "may_act" in form:
        raise Refusal("invalid_request", "This service exchanges access tokens, for who brings them.",
                      remedy=f"Send subject_token and subject_token_type={ACCESS} only.")  # fmt: skip
    if not asked.bound:
        raise Refusal("invalid_request", "A token on behalf of another is bound to a key of its holder.",
                      remedy="Ask over your certificate, or with a proof of possession (the header DPoP).")  # fmt: skip
    check = TokenVerifier(issuer=issuer.issuers, audience=asked.audience, jwks=issuer.jwks())
    try:
        claims = check.brought(form.get("subject_token", ""), now=asked.now)
        if claims.may_act.get("sub") != asked.client.id:
            raise NotAuthenticated("The token does not name you as who may act by it.")
        holder = register.client(claims.client_id)
        if holder is None or holder.id == asked.client.id:
            raise NotAuthenticated("The token is of a client that is not registered, or your own.")
        through = claims.chain if claims.act is not None else ()
        whose = claims.acting_for or holder.party[1]
        held = register.chained((asked.client.id, *through), whose, asked.now)
    except NotAuthenticated as fault:
        raise Refusal("invalid_grant", fault.text, remedy="Ask its holder for one that names you (may_act).") from fault
    roles, said = _scoped(asked, held & claims.roles)
    return Granted(
        asked.audience, roles, whose, through, until=claims.exp, said={"issued_token_type": ACCESS, **said}
    )  # fmt: skip


def _scoped(asked: Asked, roles: frozenset[str]) -> tuple[frozenset[str], dict[str, str]]:
    """The roles that a token is to have, and what is said of them; all where none are named.

    Raises Refusal for one that there is not: who asks for more is told so, and given nothing.
    """
    if "scope" not in asked.form:
        return roles, {}
    wanted = frozenset(asked.form["scope"].split())
    if not wanted or not wanted <= roles:
        raise Refusal("invalid_scope", "The scope names a role that you do not have here, or none.",
                      remedy="Name roles that you have, or leave the scope out.")  # fmt: skip
    return wanted, {"scope": " ".join(sorted(wanted))}
