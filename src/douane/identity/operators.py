"""Operators as persons: who runs a node, how each proves who he is, and who has an act done.

An operator is known by an account, as traders and officers are, and never by the user of a machine: two users may be
one person, and one user may be ten. Whoever compares who proposed something with who agrees compares accounts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.vocabulary.errors import DeclarationFault

FILE: Final = "operators.toml"
"""In the identity folder: who is an operator. It is followed as all trust is."""
USER: Final = "uid "
"""Begins the name of a user of this machine, whom a command names: nobody knows which person that is."""
MOST: Final = 100
"""Operators of one node, and passkeys of one operator."""
_REMEDY: Final = "See the example in docs/console.md."


class PublicKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The public half of a passkey, as the page that made it shows it: its name and its key, both base64url."""

    id: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{8,1400}\Z")]
    key: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{16,4000}\Z")]


class Operator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person who runs the node. He proves who he is by a passkey, or as ``subject`` of the provider ``issuer``."""

    account: Annotated[str, Meta(pattern=r"\A[a-z]{2}\.[a-z0-9][a-z0-9._-]{0,60}\Z")]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    issuer: Annotated[str, Meta(max_length=200)] = ""
    subject: Annotated[str, Meta(max_length=255)] = ""
    passkey: Annotated[tuple[PublicKey, ...], Meta(max_length=8)] = ()


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    operator: Annotated[tuple[Operator, ...], Meta(max_length=MOST)] = ()


@dataclass(frozen=True, slots=True)
class Operators:
    """Every operator of a node, by account."""

    accounts: Mapping[str, Operator] = field(default_factory=dict)

    def by_subject(self, issuer: str, subject: str) -> Operator | None:
        """Whom a provider authenticated; None for nobody here."""
        wanted = (issuer, subject)
        if not all(wanted):
            return None
        return next((each for each in self.accounts.values() if (each.issuer, each.subject) == wanted), None)

    def by_passkey(self, id: str) -> tuple[Operator, PublicKey] | None:
        """Whose passkey this is, and the key itself."""
        found = ((each, key) for each in self.accounts.values() for key in each.passkey if key.id == id)
        return next(found, None)


def parse(text: str) -> Operators:
    """Read the file of operators. Raises DeclarationFault; two of one account, or of one proof, are none."""
    try:
        document = msgspec.convert(tomllib.loads(text), _Document)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise DeclarationFault(f"The operators cannot be read: {problem}.", remedy=_REMEDY) from problem
    for each in document.operator:
        if bool(each.issuer) is not bool(each.subject) or not (each.issuer or each.passkey):
            raise DeclarationFault(
                f"{each.account} could not sign in.", remedy="State a passkey, or issuer and subject, of each operator."
            )
    _once([each.account for each in document.operator], "account")
    _once([f"{each.issuer} {each.subject}" for each in document.operator if each.issuer], "subject")
    _once([key.id for each in document.operator for key in each.passkey], "passkey")
    return Operators({each.account: each for each in document.operator})


def _once(names: Sequence[str], what: str) -> None:
    doubled = sorted({each for each in names if names.count(each) > 1})
    if doubled:
        raise DeclarationFault(
            f"Two operators have one {what}: {doubled[0][:80]}.",
            remedy="One person is one operator: leave one of them.",
        )


class Doer(msgspec.Struct, frozen=True):
    """Who has an act done.

    account: of the operator who signed in, a person; empty where nobody did. user: of this machine, who gave a command.
    named: the account that the command says is his, which has confirmed nothing yet. alone: he acts under break glass.
    vouched: he comes by a voucher of the host, and is no operator yet: he proposes himself, and agrees to nothing.
    """

    account: str = ""
    user: str = ""
    named: str = ""
    alone: bool = False
    vouched: bool = False

    @property
    def name(self) -> str:
        """As whom the audit log knows him: the person; the user of the machine where none signed in, and for whom."""
        return self.account or (f"{self.user} for {self.named}" if self.named else self.user)

    @property
    def is_person(self) -> bool:
        """Whether a person proved that it is he, and counts as one of two: neither a user of the machine does, who is
        nobody in particular, nor whoever broke the glass or comes by a voucher."""
        proved = bool(self.account) and not self.account.startswith(USER)
        return proved and not self.alone and not self.vouched

    def may_agree_with(self, account: str) -> bool:
        """Whether he may be the second person beside the one who proposed, ``account``."""
        return self.is_person and account != self.account


__all__ = ["FILE", "USER", "Doer", "Operator", "Operators", "PublicKey", "parse"]
