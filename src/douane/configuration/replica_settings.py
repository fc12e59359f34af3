"""Settings of a replica: one file, judged whole before anything is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import msgspec

from douane.standards.transparency_log.note import Key, parse_key
from douane.vocabulary.errors import DeclarationFault, DouaneError

_EXAMPLE: Final = "docs/replication.md shows a file with every setting."
_RELATIVE = re.compile(r"\Asqlite:(?!/)")


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


@dataclass(frozen=True, slots=True)
class ReplicaSettings:
    """Where a replica reads, who it is, whom it believes, where it keeps what, and for how long it answers alone.

    every_seconds: between readings. oldest_answer_seconds: it answers nothing that it read longer ago; 0: it always
    answers, and says as of when.
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
        found.oldest_answer_seconds,
    )  # fmt: skip
