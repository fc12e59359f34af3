"""What runs out: certificates and lists of the identity and of the ways to other nodes, and hashes of secrets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from cryptography import x509

from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.identity.certificates import moment
from douane.identity.register import COST
from douane.runtime.store.ports import SECOND
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.revoking import Proof, vouching
from douane.vocabulary.errors import DouaneError

SOON_DAYS: Final = 30
LOAD: Final = "Load the next one: douane certificate load FILE"
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_LIST = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)


def certificates(settings: NodeSettings) -> Iterator[Said]:
    """The listeners' chain, the authorities, the cards of links and of the ways to other nodes."""
    made = DevelopmentIdentity(settings.identity_folder)
    paths = [made.root, made.server_certificate, *made.client_authorities]
    paths += sorted((made.folder / "clients").glob("link.*.pem"))
    routes = [*settings.peers.values(), *([settings.uplink] if settings.uplink is not None else [])]
    paths += [DevelopmentIdentity(each.identity).client(each.client).certificate for each in routes]
    for path in dict.fromkeys(paths):
        for found in _certificates(path):
            who = f"{found.subject.rfc4514_string()} ({path})"
            yield from _judged(f"The certificate of {who}", found.not_valid_after_utc, "Have it renewed")
            if found.not_valid_before_utc > _now():
                yield fault(f"The certificate of {who} holds from {found.not_valid_before_utc:%Y-%m-%d} on only.",
                            "Look at the clock of this machine, or wait.")  # fmt: skip


def lists(settings: NodeSettings) -> Iterator[Said]:
    """Revocation lists: without one, or past its next update, everybody is refused whom its authority vouches for."""
    made = DevelopmentIdentity(settings.identity_folder)
    if not all(path.is_file() for path in made.client_authorities):
        return  # identity.files says so
    for each in vouching(made, SystemClock().now()):
        if each.proof is Proof.MISSING:
            yield warning(
                f"There is no revocation list of {each.name}: doors refuse whom it vouches for.",
                f"Load it: douane certificate load FILE; if it publishes none: douane certificate unlisted {each.key}",
            )
        elif each.proof is not Proof.UNLISTED:
            until = moment(each.until * SECOND)
            yield from _judged(f"The revocation list of {each.name}", until, LOAD)
    for pem in _LIST.findall(_read(made.root_revocations)):
        due = x509.load_pem_x509_crl(pem).next_update_utc
        if due is not None:
            yield from _judged(f"The list of the root ({made.root_revocations})", due, "Put the next one there")


def secrets(settings: NodeSettings) -> Iterator[Said]:
    """Secrets that are kept by a hash which is cheaper to guess at than is advised now."""
    made = DevelopmentIdentity(settings.identity_folder)
    if settings.development or not made.register.is_file():
        return
    try:
        register = made.load_register()
    except (DouaneError, OSError, ValueError):
        return  # identity.files says so
    old = sorted(each.id for each in register if each.secret is not None and each.secret.cost < COST)
    if old:
        yield warning(
            f"The secrets of {len(old)} clients are kept by a hash that is too cheap by now: {', '.join(old[:5])}"
            f"{' and others' if len(old) > 5 else ''}.",
            f"Let UUM&DS own {made.register}, which hashes each anew when it comes, or give them new ones.",
        )


def _judged(what: str, until: dt.datetime, remedy: str) -> Iterable[Said]:
    days = (until - _now()).days
    if until < _now():
        yield fault(f"{what} ran out on {until:%Y-%m-%d}.", f"{remedy}.")
    elif days < SOON_DAYS:
        yield warning(f"{what} runs out in {days} days, on {until:%Y-%m-%d}.", f"{remedy} before that day.")


def _certificates(path: Path) -> list[x509.Certificate]:
    return [x509.load_pem_x509_certificate(pem) for pem in _CERTIFICATE.findall(_read(path))]


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _now() -> dt.datetime:
    return moment(SystemClock().now())


CHECKS = (
    Check("expiry.certificates", certificates),
    Check("expiry.lists", lists),
    Check("expiry.secrets", secrets),
)
