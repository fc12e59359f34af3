"""The register of clients: who may prove to be whom, with which secret or certificate, in which roles, acting for whom.

It is data (TOML), frozen once read; reading it again makes a new value that ``assembly`` swaps in::

    [[client]]
    id = "trader.fr.lesquin"
    kind = "trader"
    country = "FR"
    eori = "FR40123456700017"
    roles = ["HOLDER_OF_PROCEDURE"]
    secret = "scrypt$131072$8$1$...$..."
    certificates = ["x5t#S256 thumbprint"]

    [[client.delegation]]
    principal = "FR99999999900013"
    roles = ["HOLDER_OF_PROCEDURE"]
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

import msgspec

from douane.identity.principals import Delegation
from douane.model.caller import PARTY_KINDS, PartyKind
from douane.model.circles import ActorKind, Circle
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.vocabulary.calendars import built_in
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated
from douane.vocabulary.identifiers import Country, Eori
from douane.vocabulary.time import Instant

COST: Final = 2**17
"""scrypt's n for new hashes, with r=8 and p=1: OWASP Password Storage Cheat Sheet, 2024. A check takes 128 MB."""
LEAST: Final = 2**14
"""The least n that is still checked; what was kept by it is hashed anew when its secret comes."""
_BLOCK, _LANES, _LENGTH = 8, 1, 32
_MEMORY: Final = 132 * 1024 * 1024
THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_PERSON = re.compile(r"[a-z]{2}\.[a-z0-9][a-z0-9._-]{0,60}\Z")


@dataclass(frozen=True, slots=True, repr=False)
class SecretHash:
    """A client secret as it is kept: scrypt, with its own salt and cost."""

    cost: int
    block: int
    lanes: int
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, secret: str, *, salt: bytes, cost: int = COST) -> SecretHash:
        """Hash a secret with a fresh salt of at least 16 bytes; takes as long as a check."""
        digest = _scrypt(secret, salt, cost, _BLOCK, _LANES, _LENGTH)
        return cls(cost, _BLOCK, _LANES, salt, digest)

    @classmethod
    def parse(cls, text: str) -> SecretHash:
        """Read the form that ``text`` writes; refuses costs that would stall the node."""
        try:
            name, cost, block, lanes, salt, digest = text.split("$")
            found = cls(int(cost), int(block), int(lanes), base64.b64decode(salt), base64.b64decode(digest))
        except (ValueError, binascii.Error) as error:
            raise DeclarationFault("A client secret is not in the form scrypt$n$r$p$salt$hash.") from error
        a_power = found.cost & (found.cost - 1) == 0
        in_bounds = LEAST <= found.cost <= COST and a_power and found.block == _BLOCK and found.lanes == _LANES
        if name != "scrypt" or not in_bounds or len(found.salt) < 16 or len(found.digest) != _LENGTH:
            raise DeclarationFault(
                "A client secret has scrypt parameters outside the bounds.",
                remedy=f"Use n={COST}, r={_BLOCK}, p={_LANES}, 16 bytes salt.",
            )
        return found

    @property
    def text(self) -> str:
        """``scrypt$n$r$p$salt$hash`` with base64 parts."""
        salt, digest = base64.b64encode(self.salt).decode(), base64.b64encode(self.digest).decode()
        return f"scrypt${self.cost}${self.block}${self.lanes}${salt}${digest}"

    def matches(self, secret: str) -> bool:
        """Whether this is the secret; takes half a second by design, so never call it on the event loop."""
        found = _scrypt(secret, self.salt, self.cost, self.block, self.lanes, len(self.digest))
        return hmac.compare_digest(found, self.digest)


@dataclass(frozen=True, slots=True)
class Client:
    """A registered client system or person."""

    id: str
    kind: ActorKind
    country: str = ""
    eori: str = ""
    administration: str = ""
    roles: frozenset[str] = frozenset()
    secret: SecretHash | None = None
    certificates: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    bound: bool = False
    """Whether it is given only tokens that are bound to a key of its own, by certificate or by proof."""
    person: str = ""
    """The account of the officer whose own it is: by it or signed in he is the same person."""

    @property
    def circle(self) -> Circle:
        """The circle this client is registered for; its certificate's authority must agree."""
        return self.kind.circle

    @property
    def party(self) -> tuple[PartyKind, str]:
        """Whose inbox it collects: several clients of an administration or a trader share one."""
        kind = PARTY_KINDS[self.kind]
        return kind, self.administration if kind is PartyKind.ADMINISTRATION else self.eori or self.id


class Register:
    """All clients, by id and by certificate. Frozen; a change is a new register."""

    __slots__ = ("_by_certificate", "_by_id", "_by_party", "_roles")

    def __init__(self, clients: Iterable[Client]) -> None:
        by_id: dict[str, Client] = {}
        by_certificate: dict[str, Client] = {}
        for client in clients:
            _check(client)
            if client.id in by_id:
                _refuse(client.id, "stands twice", "Give every client an id of its own.")
            by_id[client.id] = client
            for thumb in client.certificates:
                other = by_certificate.setdefault(thumb, client)
                if other is not client:
                    _refuse(client.id, f"shares a certificate with {other.id}", "Issue one certificate per client.")
        self._by_id: Mapping[str, Client] = MappingProxyType(by_id)
        self._by_party: Mapping[str, tuple[Client, ...]] = MappingProxyType(_parties(by_id.values()))
        self._by_certificate: Mapping[str, Client] = MappingProxyType(by_certificate)
        self._roles: Mapping[str, frozenset[str]] = MappingProxyType(_effective(by_id.values()))

    @classmethod
    def parse(cls, text: str) -> Register:
        """Read the TOML form. DeclarationFault names the client and what is wrong with it."""
        try:
            document = msgspec.convert(tomllib.loads(text), _Document)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise DeclarationFault(f"The register of clients cannot be read: {error}.") from error
        return cls(entry.client() for entry in document.client)

    @classmethod
    def load(cls, path: Path) -> Register:
        """Read a register file."""
        return cls.parse(path.read_text("utf-8"))

    def __iter__(self) -> Iterator[Client]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def client(self, id: str) -> Client | None:
        """The client of this id."""
        return self._by_id.get(id)

    def holder(self, thumbprint: str) -> Client | None:
        """The client to which a certificate is bound."""
        return self._by_certificate.get(thumbprint)

    def roles(self, client: Client, acting_for: str = "", now: int = 0) -> frozenset[str]:
        """The roles a client has, in its own name or acting for somebody (``now``: microseconds since 1970).

        Who has every role that a client of the party has sees the party's whole inbox, too. A delegate has the roles
        that its delegation names, at most those of the principal where it is registered here. NotAuthenticated where no
        delegation says so.
        """
        if not acting_for:
            return self._roles[client.id]
        today = built_in().at(acting_for).date(Instant(now))
        held = [each for each in client.delegations if each.principal == acting_for]
        granted = next((each.roles for each in held if each.until is None or today <= each.until), None)
        principals = self._by_party.get(acting_for, ())
        if granted is None or any(each.circle is not client.circle for each in principals):
            raise NotAuthenticated(
                f"Client {client.id} holds no delegation from {acting_for}.",
                remedy="Ask the principal to create the delegation in UUM&DS, or act in your own name.",
            )
        if not principals:
            return granted
        return granted & frozenset({INBOX_ROLE}.union(*(each.roles for each in principals)))

    def chained(self, chain: Sequence[str], acting_for: str, now: int) -> frozenset[str]:
        """The roles that the first of a chain of clients has, each of whom acts on behalf of the next.

        The last acts in its own name, or for ``acting_for``: what one of them lacks, none before it has.
        NotAuthenticated where a delegation of the chain does not hold.
        """
        found: frozenset[str] | None = None
        for id, behind in zip(chain, (*chain[1:], ""), strict=True):
            client, principal = self.client(id), self.client(behind)
            if client is None or (behind and principal is None):
                raise NotAuthenticated(f"Client {id} or {behind} is not registered.", remedy="Ask for a new token.")
            for_whom = principal.party[1] if principal is not None else acting_for
            roles = self.roles(client, for_whom, now)
            found = roles if found is None else found & roles
        return found or frozenset()

    def toml(self) -> str:
        """The file form; reading it gives an equal register."""
        return "\n".join(_entry(client) for client in self._by_id.values())


class _DelegationEntry(msgspec.Struct, forbid_unknown_fields=True):
    principal: str
    roles: frozenset[str]
    until: dt.date | None = None


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    kind: ActorKind
    country: str = ""
    eori: str = ""
    administration: str = ""
    roles: frozenset[str] = frozenset()
    secret: str = ""
    certificates: tuple[str, ...] = ()
    delegation: tuple[_DelegationEntry, ...] = ()
    person: str = ""
    bound: bool = False

    def client(self) -> Client:
        return Client(
            id=self.id,
            kind=self.kind,
            country=self.country,
            eori=self.eori,
            administration=self.administration,
            roles=self.roles,
            secret=SecretHash.parse(self.secret) if self.secret else None,
            certificates=self.certificates,
            delegations=tuple(Delegation(each.principal, each.roles, each.until) for each in self.delegation),
            person=self.person,
            bound=self.bound,
        )


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    client: tuple[_Entry, ...] = ()


def _parties(clients: Iterable[Client]) -> dict[str, tuple[Client, ...]]:
    """Clients by id and by EORI: several systems or employees of a trader share one."""
    parties: dict[str, tuple[Client, ...]] = {}
    for client in clients:
        for name in {client.id, client.eori} - {""}:
            parties[name] = (*parties.get(name, ()), client)
    return parties


def _effective(clients: Iterable[Client]) -> dict[str, frozenset[str]]:
    """The roles of each client: those of its entry, and that for inboxes where no colleague has one that it has not."""
    known = tuple(clients)
    whole: dict[tuple[PartyKind, str], frozenset[str]] = {}
    for client in known:
        whole[client.party] = whole.get(client.party, frozenset()) | client.roles
    return {
        client.id: client.roles | {INBOX_ROLE} if client.roles >= whole[client.party] else client.roles
        for client in known
    }


def _refuse(client: str, what: str, remedy: str) -> NoReturn:
    raise DeclarationFault(f"Client {client!r} of the register {what}.", remedy=remedy)


def _check(client: Client) -> None:
    """What a registration must say, by kind of client."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", client.id):
        _refuse(client.id, "has a bad id", "Use 1 to 64 of a-z, 0-9, dot, underscore, hyphen.")
    if client.kind is ActorKind.TRADER and not client.eori:
        _refuse(client.id, "is a trader without EORI", "State its eori.")
    if client.eori and not Eori.accepts(client.eori):
        _refuse(client.id, "has a bad EORI", Eori.remedy)
    needs_administration = client.circle is Circle.TRUSTED or client.kind is ActorKind.THIRD_COUNTRY
    if needs_administration and not Country.accepts(client.administration):
        _refuse(client.id, "names no administration", "State its administration: a country code, or EU.")
    if client.country and not Country.accepts(client.country):
        _refuse(client.id, "has a bad country", "Use two capital letters.")
    if client.person and (PARTY_KINDS[client.kind] is not PartyKind.STAFF or not _PERSON.match(client.person)):
        _refuse(client.id, "names a person wrongly", "State the account (fr.luc.bernard) of an officer, or none.")
    if client.secret is not None and client.circle is not Circle.UNTRUSTED:
        _refuse(client.id, "has a secret outside the untrusted circle", "The trusted prove themselves by certificate.")
    if not client.secret and not client.certificates:
        _refuse(client.id, "has neither secret nor certificate", "Register at least one proof.")
    for thumb in client.certificates:
        if not THUMBPRINT.match(thumb):
            _refuse(client.id, "has a bad certificate thumbprint", "Use x5t#S256: 43 characters of base64url.")


def _scrypt(secret: str, salt: bytes, cost: int, block: int, lanes: int, length: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=block, p=lanes, dklen=length, maxmem=_MEMORY)


def _entry(client: Client) -> str:
    lines = ["[[client]]", f"id = {_quoted(client.id)}", f"kind = {_quoted(client.kind.value)}"]
    lines += [
        f"{name} = {_quoted(value)}"
        for name in ("country", "eori", "administration", "person")
        if (value := getattr(client, name))
    ]
    lines += ["bound = true"] if client.bound else []
    if client.roles:
        lines.append(f"roles = {_listed(client.roles)}")
    if client.secret:
        lines.append(f"secret = {_quoted(client.secret.text)}")
    if client.certificates:
        lines.append(f"certificates = {_listed(client.certificates)}")
    for each in client.delegations:
        lines += [
            "",
            "[[client.delegation]]",
            f"principal = {_quoted(each.principal)}",
            f"roles = {_listed(each.roles)}",
            *([f"until = {each.until.isoformat()}"] if each.until is not None else []),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's."""
    return msgspec.json.encode(text).decode()


def _listed(texts: Iterable[str]) -> str:
    return msgspec.json.encode(sorted(texts)).decode()
