"""Whose identity a node has, whether its files are whole and fit, and whether a key lies there that must not."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.identity.operators import FILE as OPERATORS
from douane.identity.operators import parse
from douane.identity.tokens import TokenKey
from douane.model.circles import Circle, Platform
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault, DouaneError

WAYS = (
    'Name the folder of one that your authorities issued: identity = "FOLDER" (docs/certificates.md). '
    "To try the platform on this machine: --development."
)


LARGEST_FILE: Final = 1_000_000
"""Bytes of a file that is looked through for keys."""
_PRIVATE = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)


def there(settings: NodeSettings) -> Iterator[Said]:
    """Whether there is an identity, and whether it is of the kind that the settings say."""
    folder = settings.identity_folder
    made = DevelopmentIdentity(folder)
    if not folder.is_dir():
        if settings.identity is not None:
            yield fault(f"The identity folder {folder} does not exist.",
                        "Mount it, or name the right one: nothing is made in its place.")  # fmt: skip
        elif not settings.development:
            yield fault("This node has no identity.", WAYS)
    elif made.development and not settings.development:
        yield fault(f"{folder} holds a development identity: anybody may have its keys.", WAYS)
    elif settings.development and not made.development:
        yield fault(f"{folder} holds an identity that was issued, and the node is started for development.",
                    "Leave --development (or development = true) out.")  # fmt: skip


def routes(settings: NodeSettings) -> Iterator[Said]:
    """The cards by which this node reaches other nodes; doors reach their core only."""
    if not settings.has_core:
        return
    for name, route in settings.routes.items():
        if not route.identity.is_dir():
            yield fault(
                f"The identity folder {route.identity} of {name} does not exist.", "Mount it, or mend its name."
            )
            continue
        files = DevelopmentIdentity(route.identity)
        card = files.client(route.client)
        yield from _missing(name, [files.root, card.certificate, card.key])
        yield from _pair(f"the client {route.client} of {name}", card.certificate, card.key)


def authorities(settings: NodeSettings) -> Iterator[Said]:
    """No key of an authority lies where doors read: who captures a door could issue certificates with it."""
    if settings.development:
        return  # its authorities are its own, and their keys are moved out before it starts
    made = DevelopmentIdentity(settings.identity_folder)
    folders = {made.folder: "Every door of this node reads", settings.data / "as4": "The access point reads"}
    folders |= {route.identity: f"{name} reads" for name, route in settings.routes.items()}
    for folder, who in folders.items():
        for path in keys_of_authorities(folder):
            yield fault(f"{path} holds the private key of an authority. {who} that folder.",
                        "Move it to where certificates are issued, and revoke what it may have issued.")  # fmt: skip
    if made.authorities.is_dir():
        yield warning(f"{made.authorities} holds keys of authorities beside the identity of a node.",
                      "Keep them on another machine.")  # fmt: skip


def keys_of_authorities(folder: Path) -> list[Path]:
    """The files of a folder that hold the private key of an authority whose certificate lies there too.

    A key behind a passphrase tells nothing; then its name counts.
    """
    trusted = {f"{circle.value}.pem" for circle in Circle} | {"root.pem"}
    public, private = set(), []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        content = path.read_bytes() if path.is_file() and path.stat().st_size < LARGEST_FILE else b""
        own = _privates(content)
        sealed = f"{path.stem}.pem" in trusted and b"PRIVATE KEY-----" in content and not own
        private.append((path, sealed, own))
        public |= {_public(each.public_key()) for each in _certificates(content)
                   if path.name in trusted or _is_authority(each)}  # fmt: skip
    return [path for path, sealed, own in private if sealed or own & public]


def _certificates(content: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(content) if b"-----BEGIN CERTIFICATE" in content else []
    except ValueError:
        return []


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def _privates(content: bytes) -> set[bytes]:
    """The public halves of the private keys in a file: any number of them as PEM, or one as DER."""
    found = set()
    for pem in _PRIVATE.findall(content):
        with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):  # damaged, or sealed by a passphrase
            found.add(_public(load_pem_private_key(pem, None).public_key()))
    if content.startswith(b"\x30"):
        with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):
            found.add(_public(load_der_private_key(content, None).public_key()))
    return found


def _public(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined,no-any-return] # every public key of the library has it


def files(settings: NodeSettings) -> Iterator[Said]:
    """Whether everything that doors and core read is there, can be read and fits together."""
    made = DevelopmentIdentity(settings.identity_folder)
    if not made.folder.is_dir():
        return
    needed = [made.root, made.server_certificate, made.server_key, made.register, *made.client_authorities]
    if Platform.UUMDS.value in settings.platforms and settings.role in ("node", "doors"):
        needed.append(made.token_key)
    gone = list(_missing("The identity", needed))
    yield from gone
    if gone:
        return
    yield from _pair("the listeners", made.server_certificate, made.server_key)
    loads = {
        "register of clients": made.load_register, "authorities and revocation lists": made.load_certificates,
        "public keys of tokens": made.load_token_keys,
    }  # fmt: skip
    for what, load in loads.items():
        try:
            load()
        except (DouaneError, OSError, ValueError, KeyError, TypeError) as problem:
            remedy = problem.remedy if isinstance(problem, DouaneError) else ""
            yield fault(
                f"The {what} in {made.folder} cannot be read: {_text(problem)}", remedy or "Put it right there."
            )


def tokens(settings: NodeSettings) -> Iterator[Said]:
    """Whether doors can check what UUM&DS signs, by its key and by the one that it will sign with next."""
    made = DevelopmentIdentity(settings.identity_folder)
    for path in (made.token_key, made.next_token_key):
        if not path.is_file():
            continue
        try:
            own = TokenKey(path.read_bytes()).jwk()
            published = made.load_token_keys()["keys"]
        except (DouaneError, OSError, ValueError, KeyError, TypeError) as problem:
            yield fault(
                f"The keys of tokens in {made.folder} cannot be read: {_text(problem)}", "Put them right there."
            )
            return
        if own not in published:
            yield fault(f"{made.token_keys} lacks the public key of {path}: doors would refuse its tokens.",
                        "Add the public key, or take the key back that belongs to the file.")  # fmt: skip


def links(settings: NodeSettings) -> Iterator[Said]:
    """The cards of doors and pages that reach their core over TLS, also from other processes of its own host."""
    apart = settings.processes > 1 if settings.role == "node" else not settings.has_core
    if not apart or not any(each.startswith("tls:") for each in settings.links):
        return
    made = DevelopmentIdentity(settings.identity_folder)
    pages = settings.role == "pages" or settings.pages is not None  # the sign-in pages reach it by that of UUM&DS
    alone = {Platform.OPERATIONS.value} | (set() if pages else {Platform.UUMDS.value})
    for name in settings.platforms:
        if name in alone:
            continue
        card = made.client(f"link.{name.replace('_', '-')}")
        yield from _missing(f"The link of {name}", [card.certificate, card.key])
        yield from _pair(f"the link of {name}", card.certificate, card.key)


def operators(settings: NodeSettings) -> Iterator[Said]:
    """Whether the file of operators can be read: what stands there when a node first starts holds, and a slip of the
    pen in it would keep everybody out."""
    path = settings.identity_folder / OPERATORS
    if path.is_file():
        try:
            parse(path.read_text("utf-8"))
        except DeclarationFault as problem:
            yield fault(f"{path}: {problem.text}", f"{problem.remedy} Or take it away: douane operator voucher.")


def audit(settings: NodeSettings) -> Iterator[Said]:
    """The seeds of keys that the node makes for itself."""
    for name in ("audit.key", "webhook.key"):
        path = settings.data / name
        if path.is_file() and path.stat().st_size != 32:
            yield fault(f"{path} is no key: it has {path.stat().st_size} bytes, not 32.", "Take it from a backup.")


def reached(settings: NodeSettings) -> Iterator[Said]:
    """Whether the certificate of the listeners names hosts, as clients demand."""
    made = DevelopmentIdentity(settings.identity_folder)
    found = _certificates(made.server_certificate.read_bytes()) if made.server_certificate.is_file() else []
    if not found:
        return
    try:
        named = bool(list(found[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value))
    except (x509.ExtensionNotFound, ValueError):
        named = False
    if not named:
        yield warning(f"{made.server_certificate} names no host: clients refuse it.", "Have one issued with its names.")


def _missing(whose: str, paths: list[Path]) -> Iterator[Said]:
    gone = [str(path) for path in paths if not path.is_file()]
    if gone:
        yield fault(f"{whose} lacks {', '.join(gone)}.", "Put the files there, or name the right folder.")


def _pair(whose: str, certificate: Path, key: Path) -> Iterator[Said]:
    if not (certificate.is_file() and key.is_file()):
        return
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())[0].public_key()
        private = load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as problem:
        yield fault(f"The certificate or key of {whose} cannot be read: {_text(problem)}",
                    f"Write PEM without a passphrase into {certificate} and {key}.")  # fmt: skip
        return
    if _public(found) != _public(private.public_key()):
        yield fault(f"{key} is not the key of {certificate}.", "Put the pair there that was issued together.")


def _text(problem: BaseException) -> str:
    if isinstance(problem, DouaneError):
        return problem.text
    first = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
    return f"{first.rstrip('.')}."


STARTING = (
    Check("identity.there", there),
    Check("identity.routes", routes),
    Check("identity.authorities", authorities),
    Check("identity.operators", operators),
)
"""What ends a start."""
CHECKS = (
    *STARTING,
    Check("identity.files", files),
    Check("identity.tokens", tokens),
    Check("identity.links", links),
    Check("identity.reached", reached),
    Check("keys.audit", audit),
)
