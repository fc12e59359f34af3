"""Settings of a replica: one file, judged whole before anything is opened."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import msgspec

from douane.standards.transparency_log.note import Key, parse_key
from douane.vocabulary.errors import DeclarationFault, DouaneError

_EXAMPLE: Final = "docs/replication.md shows a file with every setting."
_LOOPBACK: Final = ("127.0.0.1", "[::1]")
_RELATIVE = re.compile(r"\Asqlite:(?!/)")


class _Pushed(msgspec.Struct, forbid_unknown_fields=True):
    follower: Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{2}\Z")]
    address: Annotated[str, msgspec.Meta(pattern=r"\Ahttps?://[^\s/]+/[^\s?#]*\Z")]
    listen: Annotated[str, msgspec.Meta(pattern=r"\A[^\s]+:[0-9]{1,5}\Z")]
    key: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{43}\Z")]
    certificate: str = ""
    private_key: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    centre: Annotated[str, msgspec.Meta(pattern=r"\Ahttps://[^\s/]+/?\Z")]
    certificate: str
    private_key: str
    trusted_root: str
    signed_by: str
    store: Annotated[str, msgspec.Meta(pattern=r"\A(sqlite:|postgresql://)[^\s]+\Z")]
    views: Annotated[dict[str, str], msgspec.Meta(min_length=1, max_length=64)]
    every_seconds: Annotated[float, msgspec.Meta(ge=0.2, le=86_400)] = 5.0
    oldest_answer_seconds: Annotated[int, msgspec.Meta(ge=0)] = 0
    pushed: _Pushed | None = None


@dataclass(frozen=True, slots=True)
class PushedTo:
    """Where a replica is pushed to.

    follower: the administration that it is of; ``EU``: the Commission. address: as the centre calls it; plain HTTP is
    for tests on one machine. host, port: where it listens. key: the public half of the key by which the centre signs
    webhooks (``douane partner key``, the field ``x``). certificate, private_key: of the door.
    """

    follower: str
    address: str
    host: str
    port: int
    key: bytes
    certificate: Path
    private_key: Path


@dataclass(frozen=True, slots=True)
class ReplicaSettings:
    """Where a replica reads, who it is, whom it believes, where it keeps what, and for how long it answers alone.

    every_seconds: between readings. oldest_answer_seconds: it answers nothing that it read longer ago; 0: it always
    answers, and says as of when. pushed: where it is pushed to; None: it reads.
    """

    centre: str
    certificate: Path
    private_key: Path
    trusted_root: Path
    signed_by: Key
    store: str
    views: Mapping[str, str]
    every_seconds: float
    oldest_answer_seconds: int
    pushed: PushedTo | None = None


def read_replica_settings(path: Path) -> ReplicaSettings:
    """The settings in a file; paths are relative to its folder. Raises DeclarationFault with what is wrong."""
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_File)
        key = parse_key(found.signed_by)
    except msgspec.MsgspecError as problem:
        raise DeclarationFault(f"{path}: {problem}", remedy=_EXAMPLE) from problem
    except DouaneError as problem:
        raise DeclarationFault(
            f"{path}: signed_by: {problem.text}", remedy="douane audit prove prints it."
        ) from problem
    folder = path.resolve().parent
    certificate, private_key, trusted_root = (
        folder / each for each in (found.certificate, found.private_key, found.trusted_root)
    )
    for each in (certificate, private_key, trusted_root):
        if not each.is_file():
            raise DeclarationFault(f"{path}: there is no file {each}.", remedy=_EXAMPLE)
    store = _RELATIVE.sub(lambda _: f"sqlite:{folder}/", found.store)
    return ReplicaSettings(
        found.centre.rstrip("/"), certificate, private_key, trusted_root, key, store, found.views, found.every_seconds,
        found.oldest_answer_seconds, _pushed_to(path, folder, found.pushed) if found.pushed is not None else None,
    )  # fmt: skip


def _pushed_to(path: Path, folder: Path, found: _Pushed) -> PushedTo:
    host, _, port = found.listen.rpartition(":")
    plain = found.address.startswith("http:")
    certificate, private_key = folder / found.certificate, folder / found.private_key
    for each in () if plain else (certificate, private_key):
        if not each.is_file():
            raise DeclarationFault(f"{path}: pushed: there is no file {each}.", remedy=_EXAMPLE)
    if plain and host not in _LOOPBACK:
        raise DeclarationFault(
            f"{path}: pushed: {found.address} is not encrypted.", remedy="Listen on 127.0.0.1, or write https://."
        )
    return PushedTo(
        found.follower,
        found.address,
        host.strip("[]"),
        int(port),
        base64.urlsafe_b64decode(found.key + "="),
        certificate,
        private_key,
    )
