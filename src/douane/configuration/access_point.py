"""The AS4 access point of a node, from a folder: ``as4.toml``, own certificates with keys, partners' certificates.

``own/NAME.pem`` is a chain, own certificate first, ``own/NAME.key`` its key; ``partners/PARTY/*.pem`` are chains of a
partner. Where it pushes, ``tls.pem`` and ``tls.key`` are its client certificate, ``roots.pem`` whom it trusts. A node
without the folder has no access point, and nothing of its channel is loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from douane.configuration.ports import SystemIds
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.door import Door
from douane.runtime.store.envelope import OFFERED
from douane.runtime.store.ports import Clock
from douane.runtime.store.transmission import Keep
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4 import names
from douane.standards.as4.matching import ANY
from douane.vocabulary.errors import DeclarationFault, NoAgreement

if TYPE_CHECKING:
    from cryptography import x509

    from douane.channels.as4.binding import AccessPoint, As4
    from douane.channels.as4.certificates import CertificateRegister
    from douane.channels.as4.client import As4Transport
    from douane.standards.as4.pmodes import PMode

FOLDER: Final = "as4"


@dataclass(frozen=True, slots=True)
class Point:
    """An access point and the legs of each partner."""

    point: AccessPoint
    legs: tuple[tuple[PMode, str], ...]
    folder: Path
    party: str

    def channel(self, door: Door) -> As4:
        """AS4 over a door."""
        from douane.channels.as4.binding import As4

        return As4(door, self.point)

    def transport(self, keep: Keep = Keep.EVERYTHING) -> As4Transport | None:
        """What pushes to partners that have an address; None where nobody has. ``keep``: of which receipts stay."""
        from douane.channels.as4.client import As4Transport, Route, correspond, tls_context

        certificate, key, roots = (
            path if (path := self.folder / name).exists() else None for name in ("tls.pem", "tls.key", "roots.pem")
        )
        tls = tls_context(roots=roots, certificate=certificate, key=key)

        pushed: dict[str, list[PMode]] = {}
        for mode, party in self.legs:
            if mode.address and mode.binding != names.PULL and self.party in {p.value for p in mode.sender.parties}:
                pushed.setdefault(party, []).append(mode)
        routes = {
            f"{OFFERED}as4:{party}": Route(correspond(self.point, party, tls), functools.partial(leg_of, modes))
            for party, modes in pushed.items()
        }
        return As4Transport(self.point, routes, keep=keep is not Keep.NOTHING) if routes else None


def access_point(
    data: Path, catalogue: Catalogue, clock: Clock, *, sweep: bool, payloads: FilePayloads | None = None,
    largest: int = 0,
) -> Point | None:  # fmt: skip
    """The access point of a data folder; None without one. Raises DeclarationFault that says what is wrong.

    sweep: whether this process removes what a former one left of payloads. payloads: the payload store, where it is
    open already. largest: octets of a business message; 0: as many as the channel takes by itself.
    """
    folder = data / FOLDER
    path = folder / "as4.toml"
    if not path.exists():
        return None
    from douane.channels.as4 import agreements
    from douane.channels.as4.binding import BODY, AccessPoint

    ids = SystemIds()
    file = agreements.read(path.read_text(), str(path))
    found = agreements.legs(file, catalogue.operations.values(), lambda name: (folder / name).read_bytes())
    modes = [mode for mode, _ in found]
    certificates = _certificates(folder)
    for mode, party in found:
        ours = file.party.value in {each.value for each in mode.sender.parties}
        if ours and (missing := certificates.lacking(mode, party)):
            raise DeclarationFault(
                f"The agreement with {party}, {mode.id}: {missing}",
                remedy=f"Put it into {folder}/own or {folder}/partners.",
            )
    kept = payloads or FilePayloads(data / "payloads", ids.random, sweep=sweep)
    point = AccessPoint(file.host, modes, certificates, kept, clock, ids, largest or BODY)
    return Point(point, found, folder, file.party.value)


def _certificates(folder: Path) -> CertificateRegister:
    from douane.channels.as4.certificates import CertificateRegister, OwnCertificate, PrivateKeys

    own = []
    for path in sorted((folder / "own").glob("*.pem")):
        chain, key = _chain(path), _key(path.with_suffix(".key"))
        if not isinstance(key, PrivateKeys):
            raise DeclarationFault(
                f"The key of {path.name} neither signs nor decrypts.", remedy="Use RSA, EC or EdDSA."
            )
        if chain[0].public_key() != key.public_key():
            raise DeclarationFault(
                f"{path.with_suffix('.key')} is not the key of {path.name}.",
                remedy="Put the own certificate first, and its key beside it.",
            )
        own.append(OwnCertificate(chain, key))
    partners = {
        each.name: [_chain(path) for path in sorted(each.glob("*.pem"))]
        for each in sorted((folder / "partners").glob("*"))
        if each.is_dir()
    }
    return CertificateRegister(own, partners)


def _chain(path: Path) -> tuple[x509.Certificate, ...]:
    from cryptography import x509

    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as problem:
        raise DeclarationFault(f"{path} is no certificate: {problem}.", remedy="Write a chain in PEM.") from problem


def _key(path: Path) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise DeclarationFault(
            f"{path} is no key.", remedy="Write a private key in PEM, without a password."
        ) from problem


def leg_of(modes: Sequence[PMode], type_name: str) -> PMode:
    """The leg by which a message type is pushed: its own, else the one for every type. Raises NoAgreement."""
    found = [mode for mode in modes if mode.action == type_name] or [mode for mode in modes if mode.action == ANY]
    if not found:
        raise NoAgreement(f"No leg pushes {type_name}.", remedy="Agree on one, or let the partner collect it.")
    return found[0]
