"""What a node needs to identify itself and others, made at first start for development.

Authorities, certificates, secrets and the register are written into a folder beside the place and renamed into it once
complete and synced, so that a start that was cut off leaves nothing half made. A later start finds the folder and
changes nothing. Nothing is printed. The keys of the authorities lie in a folder beside it: whoever gets hold of what a
door reads cannot issue a certificate with it.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from douane.identity.authorities import (
    Credential,
    Period,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
    issue_server,
    issue_stamper,
)
from douane.identity.certificates import CertificateChecker, moment, thumbprint_of
from douane.identity.register import LEAST, Client, Register, SecretHash
from douane.identity.revocations import RevocationList, authority_of, key_identifier, of_others, read_lists
from douane.identity.signers import Signers, read_signers
from douane.identity.tokens import TokenKey
from douane.model.circles import ActorKind, Circle
from douane.trust.demo import DemoClient, demo_clients
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable

YEARS = 365
AUTHORITY_DAYS, CLIENT_DAYS = 10 * YEARS, 2 * YEARS
HOSTS = ("localhost", "127.0.0.1", "::1")
CLIENTS_FILE = "clients.toml"
DEVELOPMENT = "Douane development"
"""Begins the name of every authority that a node made for itself."""
Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class ClientFiles:
    """The files of one client: certificate chain, key, and its secret where it has one."""

    certificate: Path
    key: Path
    secret: Path | None


@dataclass(frozen=True, slots=True)
class DevelopmentIdentity:
    """Where everything is. Files have mode 600, folders 700."""

    folder: Path

    @property
    def development(self) -> bool:
        """Whether a node made any of this for itself; its certificates say so, however the files came here."""
        return any(map(_made_by_a_node, (self.root, self.server_certificate, *self.client_authorities)))

    @property
    def authorities(self) -> Path:
        """The folder of the authorities' keys, beside what doors read; in development only."""
        return self.folder.with_name(f"{self.folder.name}.authorities")

    def authority_key(self, circle: Circle) -> Path:
        """The key of the issuing authority of a circle; in development only."""
        return self.authorities / f"{circle.value}.key"

    @property
    def root(self) -> Path:
        """The root certificate: what clients trust."""
        return self.folder / "root.pem"

    @property
    def root_revocations(self) -> Path:
        """The revocation list of the root: of issuing authorities. An older folder has none."""
        return self.folder / "root.revoked.pem"

    @property
    def stamp_certificate(self) -> Path:
        """Chain of the development authority for time-stamps. An older folder has none."""
        return self.folder / "stamps.pem"

    @property
    def stamp_key(self) -> Path:
        """Its key."""
        return self.authorities / "stamps.key"

    @property
    def server_certificate(self) -> Path:
        """Chain of the listeners' certificate."""
        return self.folder / "server.pem"

    @property
    def server_key(self) -> Path:
        """Key of the listeners' certificate."""
        return self.folder / "server.key"

    @property
    def token_key(self) -> Path:
        """The key with which UUM&DS signs tokens."""
        return self.folder / "tokens.key"

    @property
    def next_token_key(self) -> Path:
        """The key with which it will sign next, where one is published ahead."""
        return self.folder / "tokens.next.key"

    @property
    def token_keys(self) -> Path:
        """The public keys of UUM&DS (JWK set): all that a door needs to check tokens."""
        return self.folder / "tokens.jwks"

    @property
    def register(self) -> Path:
        """The register of clients."""
        return self.folder / CLIENTS_FILE

    @property
    def registered(self) -> Path:
        """Clients that the store knows: programs of traders, with their certificates. The core writes it anew."""
        return self.folder / "registered.toml"

    @property
    def signers(self) -> Path:
        """The register of those who sign messages; absent where nobody is registered for that alone."""
        return self.folder / "signers.toml"

    @property
    def signer_authorities(self) -> Path:
        """The authorities that vouch for signers; absent where none is declared."""
        return self.folder / "signers.pem"

    def signer_files(self) -> list[Path]:
        """Everything that signers are judged by."""
        lists = (*self.revocation_files, *sorted(self.lists.glob("*.none")))
        return [self.signers, self.signer_authorities, *lists]

    def authority(self, circle: Circle) -> Path:
        """The issuing authority of a circle."""
        return self.folder / f"{circle.value}.pem"

    @property
    def client_authorities(self) -> tuple[Path, ...]:
        """The issuing authorities of all circles, for the listeners' handshakes."""
        return tuple(self.authority(circle) for circle in Circle)

    @property
    def lists(self) -> Path:
        """The folder of the authorities' revocation lists: ``KEY.pem`` for each, by its key identifier."""
        return self.folder / "revoked"

    def revocations(self, authority: x509.Certificate) -> Path:
        """The revocation list of an authority."""
        return self.lists / f"{key_identifier(authority)}.pem"

    def unlisted(self, authority: x509.Certificate) -> Path:
        """A file whose presence declares that an authority publishes no revocation list."""
        return self.lists / f"{key_identifier(authority)}.none"

    @property
    def revocation_files(self) -> tuple[Path, ...]:
        """Every file of lists that is there; a folder of an older release has one for each circle beside the others."""
        older = (self.folder / f"{circle.value}.revoked.pem" for circle in Circle)
        return (*sorted(self.lists.glob("*.pem")), *(path for path in older if path.exists()))

    def client(self, id: str) -> ClientFiles:
        """The files of a client."""
        folder = self.folder / "clients"
        secret = folder / f"{id}.secret"
        return ClientFiles(folder / f"{id}.pem", folder / f"{id}.key", secret if secret.exists() else None)

    def load_clients(self) -> Register:
        """The register of clients as it stands in its file now."""
        return Register.load(self.register)

    def load_register(self) -> Register:
        """The same with the programs that the store knows; where both name one, the file of clients holds."""
        return self.with_programs(self.load_clients())

    def with_programs(self, clients: Register) -> Register:
        """These with the programs that the store knows. Raises DeclarationFault for a file of programs that names
        anybody else: for them nobody answers as two persons do for the file of clients."""
        try:
            programs = Register.load(self.registered)
        except FileNotFoundError:
            return clients
        if (other := next((each.id for each in programs if not _is_program(each)), "")) != "":
            raise DeclarationFault(
                f"{self.registered} names {other}, which is no program of a trader that proves itself by certificate.",
                remedy="Remove the file: the core writes it anew. Register others in clients.toml (docs/four-eyes.md).",
            )
        more = [each for each in programs if clients.client(each.id) is None
                and not any(clients.holder(thumb) for thumb in each.certificates)]  # fmt: skip
        return Register([*clients, *more])

    def load_authorities(self) -> dict[Circle, list[x509.Certificate]]:
        """The issuing authorities of each circle as they stand in the files now."""
        return {circle: x509.load_pem_x509_certificates(self.authority(circle).read_bytes()) for circle in Circle}

    def load_lists(self, authorities: Iterable[x509.Certificate]) -> list[RevocationList]:
        """The lists of these as they stand in the files now; that of one that has left may lie beside them."""
        known, found = tuple(authorities), []
        for path in self.revocation_files:
            try:
                found += [each for each in read_lists(path.read_bytes()) if not of_others(each, known)]
            except DeclarationFault as problem:
                raise DeclarationFault(f"{path}: {problem.text}", remedy=problem.remedy) from problem
        return found

    def load_certificates(self) -> CertificateChecker:
        """A checker of the authorities and revocation lists as they stand in the files now."""
        authorities = self.load_authorities()
        lists = self.load_lists(each for several in authorities.values() for each in several)
        unlisted = {path.stem for path in self.lists.glob("*.none")}
        return CertificateChecker(authorities, lists, unlisted=unlisted)

    def load_signers(self) -> Signers:
        """Who signs messages for whom, and who vouches for them, as it stands in the files now."""
        known = read_signers(self.signers.read_text("utf-8")) if self.signers.exists() else ()
        authorities: list[x509.Certificate] = []
        if self.signer_authorities.exists():
            try:
                authorities = x509.load_pem_x509_certificates(self.signer_authorities.read_bytes())
            except ValueError as problem:
                raise DeclarationFault(f"{self.signer_authorities} cannot be read.",
                                       remedy="Give certificates in PEM form.") from problem  # fmt: skip
        unlisted = [authority_of(each) for each in authorities if self.unlisted(each).exists()]
        return Signers(known, authorities, self.load_lists(authorities), unlisted)

    def load_token_key(self) -> TokenKey:
        """The signing key of UUM&DS."""
        return TokenKey(self.token_key.read_bytes())

    def load_token_keys(self) -> dict[str, list[dict[str, str]]]:
        """The public keys of UUM&DS, from their own file; a folder of an older release has the signing key only."""
        if self.token_keys.exists():
            found: dict[str, list[dict[str, str]]] = json.loads(self.token_keys.read_bytes())
            return found
        return {"keys": [self.load_token_key().jwk()]}


def prepare(
    folder: Path,
    *,
    now: int,
    random: Random,
    clients: Sequence[DemoClient] | None = None,
    hosts: Sequence[str] = HOSTS,
    authority: str = DEVELOPMENT,
) -> DevelopmentIdentity:
    """The development identity in a folder, made if it is not there yet. StoreUnavailable when it cannot be written.

    ``authority``: begins the name of each authority.
    """
    made = DevelopmentIdentity(folder)
    half_made = folder.with_name(f"{folder.name}.new")
    try:
        if folder.exists():
            _take_out_keys(made)
            return made
        for each in (half_made, made.authorities):
            shutil.rmtree(each, ignore_errors=True)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in (half_made, made.authorities):
            each.mkdir(mode=0o700)
        maker = _Maker(half_made, made.authorities, now, random, authority)
        maker.make(demo_clients() if clients is None else clients, hosts)
        for each in (made.authorities, half_made):
            _sync_folder(each)
        half_made.rename(folder)
        _sync_folder(folder.parent)
    except OSError as error:
        raise StoreUnavailable(
            f"The development identity cannot be written to {folder}.", remedy="Make room there, or name another place."
        ) from error
    return made


def _is_program(client: Client) -> bool:
    """Whether a client is what the core writes of the programs that traders registered, and nothing more."""
    made = Client(client.id, ActorKind.TRADER, client.eori[:2], client.eori, roles=client.roles,
                  certificates=client.certificates[:1])  # fmt: skip
    return client == made and len(client.certificates) == 1


def _take_out_keys(identity: DevelopmentIdentity) -> None:
    """Move the keys of authorities out of a folder that an earlier release made."""
    names = ("root", *(circle.value for circle in Circle), "servers", "stamps")
    inside = [path for name in names if (path := identity.folder / f"{name}.key").is_file()]
    if not inside or not identity.development:
        return
    identity.authorities.mkdir(mode=0o700, exist_ok=True)
    for path in inside:
        path.rename(identity.authorities / path.name)
    _sync_folder(identity.authorities)
    _sync_folder(identity.folder)


def _made_by_a_node(path: Path) -> bool:
    """Whether one of the certificates in a file was issued by an authority that a node made for itself."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return False
    names = [name for each in found for name in each.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)]
    return any(str(name.value).startswith(DEVELOPMENT) for name in names)


def write_synced(path: Path, content: bytes) -> None:
    """Replace a file as a whole: synced beside the place, then renamed. StoreUnavailable where it cannot be."""
    made = path.with_name(f"{path.name}.new")
    try:
        made.unlink(missing_ok=True)
        _write(made, content)
        made.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written.", remedy="Make room there, or mend its rights.") from error


class _Maker:
    """Makes and writes everything once."""

    def __init__(self, folder: Path, keys: Path, now: int, random: Random, authority: str) -> None:
        self._folder, self._keys, self._random, self._now = folder, keys, random, moment(now)
        self._authority = authority
        self._long, self._short = Period.days(self._now, AUTHORITY_DAYS), Period.days(self._now, CLIENT_DAYS)

    def make(self, clients: Iterable[DemoClient], hosts: Sequence[str]) -> None:
        root = create_root(f"{self._authority} root", period=self._long, serial=self._serial())
        self._write("root.pem", root.certificate_pem())
        _write(self._keys / "root.key", root.key_pem())
        self._write("root.revoked.pem", issue_revocations([], issuer=root, period=self._long))
        issuers = {circle: self._issuer(circle.value, root) for circle in Circle}
        (self._folder / "revoked").mkdir(mode=0o700)
        for issuer in issuers.values():
            name = key_identifier(issuer.certificate)
            self._write(f"revoked/{name}.pem", issue_revocations([], issuer=issuer, period=self._long))
        _sync_folder(self._folder / "revoked")
        servers = self._issuer("servers", root)
        server = issue_server(hosts, issuer=servers, period=self._short, serial=self._serial())
        self._write("server.pem", server.certificate_pem() + servers.certificate_pem())
        self._write("server.key", server.key_pem())
        stamps = issue_stamper(f"{self._authority} time-stamps", issuer=root, period=self._long, serial=self._serial())
        self._write("stamps.pem", stamps.certificate_pem() + root.certificate_pem())
        _write(self._keys / "stamps.key", stamps.key_pem())
        token_key = TokenKey.generate_pem()
        self._write("tokens.key", token_key)
        self._write("tokens.jwks", json.dumps({"keys": [TokenKey(token_key).jwk()]}).encode())
        (self._folder / "clients").mkdir(mode=0o700)
        register = Register(self._client(each, issuers[each.kind.circle]) for each in clients)
        _sync_folder(self._folder / "clients")
        self._write(CLIENTS_FILE, register.toml().encode())

    def _issuer(self, name: str, root: Credential) -> Credential:
        issuer = create_issuer(f"{self._authority} {name}", root=root, period=self._long, serial=self._serial())
        self._write(f"{name}.pem", issuer.certificate_pem())
        _write(self._keys / f"{name}.key", issuer.key_pem())
        return issuer

    def _client(self, wanted: DemoClient, issuer: Credential) -> Client:
        card = issue_client(wanted.id, issuer=issuer, period=self._short, serial=self._serial(), country=wanted.country)
        self._write(f"clients/{wanted.id}.pem", card.certificate_pem() + issuer.certificate_pem())
        self._write(f"clients/{wanted.id}.key", card.key_pem())
        secret = None
        if wanted.secret:
            text = base64.urlsafe_b64encode(self._random(30)).decode()
            self._write(f"clients/{wanted.id}.secret", text.encode())
            # Nobody guesses 240 random bits, so the least cost will do; the first use hashes it as others are.
            secret = SecretHash.of(text, salt=self._random(16), cost=LEAST)
        return Client(
            id=wanted.id,
            kind=wanted.kind,
            country=wanted.country,
            eori=wanted.eori,
            administration=wanted.administration,
            roles=wanted.roles,
            secret=secret,
            certificates=(thumbprint_of(card.certificate),),
            delegations=wanted.delegations,
            person=wanted.person,
        )

    def _serial(self) -> int:
        """A positive serial number of at most 20 octets (RFC 5280, 4.1.2.2)."""
        return int.from_bytes(b"\x01" + self._random(15), "big")

    def _write(self, name: str, content: bytes) -> None:
        _write(self._folder / name, content)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
