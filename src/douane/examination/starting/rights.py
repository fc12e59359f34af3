"""Who else on this machine could read or change what the node keeps.

What lies in a folder that others may not enter is safe, whatever its own mode; keys must be closed by themselves, since
they are copied about. A data folder may be open, as service managers make it: then each thing in it must be closed.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from douane.configuration.settings import NodeSettings
from douane.examination.starting.finding import Check, Said, fault
from douane.trust.development_identity import DevelopmentIdentity

OTHERS: Final = 0o077
ENTER: Final = 0o011
CHANGE: Final = 0o022
SECRETS: Final = (".key", ".secret")
BY_HAND: Final = ".toml"
"""Settings and agreements are written by an administrator, whose group may read them."""


def data(settings: NodeSettings) -> Iterator[Said]:
    """Store, payloads, archive, logs in the data folder, and a store elsewhere; others tell of keys and identity."""
    folder, store = settings.data, settings.store_address
    found = [each for each in _below(folder) if _mode(each) & OTHERS] if _mode(folder) & ENTER else []
    exposed = [each for each in found if each.suffix not in (BY_HAND, *SECRETS) and each != settings.identity_folder]
    exposed += [each for each in _elsewhere(store, folder) if _mode(each) & OTHERS]
    if exposed:
        yield fault(f"Other users of this machine can get at what the node keeps: {_named(exposed)}.",
                    f"Close it: chmod -R go= {_quoted(exposed)}")  # fmt: skip


def _elsewhere(store: str, folder: Path) -> list[Path]:
    """The files of a store outside the data folder, where others can reach them."""
    kind, _, name = store.partition(":")
    path = Path(name)
    if kind not in ("sqlite", "files") or path.is_relative_to(folder):
        return []
    if kind == "files":
        return _below(path) if _mode(path) & ENTER else []
    beside = (path, Path(f"{path}-wal"), Path(f"{path}-shm"))
    return [each for each in beside if each.is_file()] if _mode(path.parent) & ENTER else []


def changed(settings: NodeSettings) -> Iterator[Said]:
    """Folders in which others could put something in the place of what lies there."""
    folders = [settings.data, settings.identity_folder, DevelopmentIdentity(settings.identity_folder).lists]
    open_ones = [each for each in folders if _mode(each) & CHANGE]
    open_ones += [each for each in _below(settings.data) if each.suffix == BY_HAND and _mode(each) & CHANGE]
    if open_ones:
        yield fault(f"Other users of this machine can change what the node goes by: {_named(open_ones)}.",
                    f"Close it: chmod go-w {_quoted(open_ones)}")  # fmt: skip


def keys(settings: NodeSettings) -> Iterator[Said]:
    """Keys, secrets, and the register with the hashes of secrets."""
    wide = [each for each in sorted(set(_secrets(settings))) if _too_wide(each)]
    if wide:
        yield fault(f"Other users of this machine can read keys or secrets: {_named(wide)}.",
                    f"Close them: chmod go= {_quoted(wide)}")  # fmt: skip


def place(settings: NodeSettings) -> Iterator[Said]:
    """Whether the node can write where it keeps everything."""
    wrong = not_writable(settings.data)
    if wrong:
        yield fault(wrong, "Give it to the user of the node, or name another place: --data DIR.")


def not_writable(folder: Path) -> str:
    """Why this user cannot write in a folder, or make it; empty where it can."""
    there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), Path("/"))
    if not there.is_dir():
        return f"{folder} cannot be made: {there} is no folder."
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written by this user."


def _secrets(settings: NodeSettings) -> Iterator[Path]:
    """Files that only the node may read."""
    identity = settings.identity_folder
    folders = [identity, identity.with_name(f"{identity.name}.authorities"), settings.data / "as4"]
    yield from (each for each in _below(settings.data) if each.suffix in SECRETS)
    for folder in folders:
        yield from (each for each in folder.rglob("*") if each.suffix in SECRETS)
    yield from (each.identity / "clients" / f"{each.client}.key" for each in settings.routes.values())
    yield identity / "clients.toml"
    if settings.pages is not None and settings.pages.key is not None:
        yield settings.pages.key


def _too_wide(path: Path) -> bool:
    """Whether others may read a secret. A group may read one of root's: so an administrator gives it to a service."""
    try:
        found = path.stat()
    except OSError:
        return False
    given = stat.S_IRGRP if found.st_uid == 0 and os.geteuid() != 0 else 0
    return bool(stat.S_IMODE(found.st_mode) & OTHERS & ~given)


def _mode(path: Path) -> int:
    """The mode of a file; 0 where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def _below(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _named(paths: list[Path]) -> str:
    return ", ".join(str(each) for each in paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _quoted(paths: Iterable[Path]) -> str:
    return " ".join(shlex.quote(str(each)) for each in paths)


CHECKS = (
    Check("rights.place", place),
    Check("rights.data", data),
    Check("rights.changed", changed),
    Check("rights.keys", keys),
)
