"""Backups of a node on disk: where its store, its keys and its other files are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from douane.configuration import discovery
from douane.configuration.access_point import FOLDER as AS4_FOLDER
from douane.configuration.artefacts import release
from douane.configuration.keys import log_name
from douane.configuration.payloads import payload_store
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.retaining import ARCHIVE_FOLDER
from douane.configuration.settings import NodeSettings, settings_text
from douane.examination.inspecting import KEPT as INSPECTION_FILE
from douane.examination.inspecting import Looking
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.backup_restore.backup import Source, back_up
from douane.shared_services.backup_restore.deletions import Deletions, noted, read_deletions, write_deletions
from douane.shared_services.backup_restore.holding import RELEASE_FILE
from douane.shared_services.backup_restore.manifest import LAST_BACKUP, Manifest, finished, read_manifest
from douane.standards.transparency_log.note import Signer
from douane.trust.trusting import FOLDER as TRUST_FOLDER
from douane.vocabulary.errors import NotFound, WrongKey

SETTINGS_FILE: Final = "douane.toml"
LOOK_SECONDS: Final = 0.5
"""For how long a store is looked at in one state."""
_NOT_KEPT: Final = frozenset({"node.lock", "node.log", RELEASE_FILE, SETTINGS_FILE, INSPECTION_FILE, LAST_BACKUP})
"""Files of the data folder that belong to the process, not to the node; the settings are written as they hold."""


def source_of(settings: NodeSettings) -> Source:
    """A node on disk as a backup sees it; it may be running. Raises NotFound where there is none."""
    seed = settings.data / "audit.key"
    if not seed.is_file():
        raise NotFound(f"{settings.data} holds no node.", remedy="Name the data folder of a node: --data DIR.")
    return Source(
        node=settings.name,
        release=release(),
        reader=lambda: discovery.open_reader(settings.store_address),
        signer=Signer.from_seed(log_name(settings), seed.read_bytes()),
        clock=SystemClock(),
        ids=SystemIds(),
        log_name=lambda partition: log_name(settings, partition),
        files=_files(settings),
        payloads=lambda: {each.digest: each.path for each in payload_store(settings).published()},
        archive={each.name: each for each in sorted((settings.data / ARCHIVE_FOLDER).glob("*.segment"))},
    )


def take_backup(settings: NodeSettings, repository: Path, key: SealingKey, *, incremental: bool = False) -> Manifest:
    """A backup of a node into a folder; incremental: what changed since the newest one there."""
    source, before = source_of(settings), finished(repository)
    if incremental and not before:
        raise NotFound(f"{repository} holds no backup to go on from.", remedy="Take a full one first.")
    previous = read_manifest(before[-1], source.signer.key) if before else None
    if incremental and previous and previous.key_id != key.id:
        raise WrongKey(f"Backup {previous.id} was sealed under key {previous.key_id}.", remedy="Take a full backup.")
    made = back_up(source, repository, key, previous=previous, incremental=incremental)
    write_durably(settings.data / LAST_BACKUP, f"{made.id}\n".encode())
    note_deletions(settings, repository)
    return made


def differing(settings: NodeSettings, manifest: Manifest) -> Iterator[tuple[int, Finding]]:
    """What is not as the log of the node says, by partition: of the rows that a backup took anew, and of the state.

    The backup is there whatever is found: a node with one damaged row needs it more than others.
    """
    for each in manifest.partitions:
        first, entries = (each.since, False) if manifest.parent else (0, True)
        looking = Looking.at(settings, each.number, first=first, entries=entries)
        while not looking.walk.done:
            yield from ((each.number, found) for found in looking.slice(LOOK_SECONDS))


def note_deletions(settings: NodeSettings, repository: Path) -> Deletions:
    """Note in a folder of backups what is gone from final data: seldom much since the last note."""
    source = source_of(settings)
    discovery.behaviour()  # it knows which records are final
    before, reader = read_deletions(repository, source.signer.key), source.reader()
    found = noted(reader, range(settings.partitions), before, source.clock.now())
    make_folder(repository)
    write_deletions(repository, found, source.signer)
    return found


def _files(settings: NodeSettings) -> dict[str, bytes]:
    """What the node needs beside its store: keys, identity, the connection to the centre, settings."""
    own = (path for path in sorted(settings.data.glob("*")) if path.is_file() and not path.is_symlink())
    found = {path.name: path.read_bytes() for path in own if path.name not in _NOT_KEPT and path.suffix != ".part"}
    for path in sorted(settings.identity_folder.rglob("*")):
        if path.is_file():
            found[f"identity/{path.relative_to(settings.identity_folder).as_posix()}"] = path.read_bytes()
    for name in (TRUST_FOLDER, AS4_FOLDER):
        for path in sorted((settings.data / name).rglob("*")):
            if path.is_file():
                found[path.relative_to(settings.data).as_posix()] = path.read_bytes()
    if settings.uplink is not None:
        folder, client = settings.uplink.identity, settings.uplink.client
        for name in ("root.pem", f"clients/{client}.pem", f"clients/{client}.key"):
            if (folder / name).is_file():
                found[f"uplink/{name}"] = (folder / name).read_bytes()
    found[SETTINGS_FILE] = settings_text(settings).encode()
    return found
