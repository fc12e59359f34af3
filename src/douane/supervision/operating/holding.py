"""The followed files of a node, as its store says that they hold: the first ones, and what two persons approved."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from douane.configuration.partners import FILE as AGREEMENTS
from douane.identity.operators import FILE as OPERATORS
from douane.model.caller import OPERATOR
from douane.model.circles import Platform
from douane.runtime.core.commands import Act, HoldFirst, Holds
from douane.runtime.core.node import Node
from douane.runtime.door.link import Link
from douane.runtime.door.unasked import nothing_handed
from douane.runtime.store import keys
from douane.runtime.store.decided import Approved, approvals
from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.files import write_durably
from douane.supervision.operating.lodging import lodge, lodged
from douane.supervision.operating.outcome import Asked
from douane.trust.development_identity import CLIENTS_FILE
from douane.trust.holding import Digests, Holding, digest_of
from douane.trust.known import KnownClients
from douane.trust.providers import PROVIDERS
from douane.vocabulary.errors import BadSignature, DouaneError, StoreUnavailable

EVERY_SECONDS, PATIENCE = 1.0, 5.0
HANDED = frozenset({CLIENTS_FILE, PROVIDERS, AGREEMENTS})
"""What hosts without a core go by; who operates is asked at the core alone."""
FIRST = "files.first"
"""How the leaf of the files that stood there when a node first began names itself; no act of anybody."""


def followed(data: Path, identity: Path) -> tuple[Path, ...]:
    """The files that hold only as they were approved."""
    return (identity / CLIENTS_FILE, identity / OPERATORS, identity / PROVIDERS, data / AGREEMENTS)


def digests(reader: Reader, partitions: Sequence[int]) -> Mapping[str, tuple[str, ...]]:
    """Which octets hold, by the name of the file; nothing before the node first began."""
    return {name: (each.digest,) for name, each in approvals(reader, partitions).items()}


async def begin(node: Node, reader: Reader, data: Path, identity: Path, holding: Holding) -> None:
    """Keep what stands there where the node begins for the first time, else judge it. Raises DeclarationFault.

    The first files hold as they are, with a leaf that names their digests: there is nobody yet who could agree.
    """
    files = followed(data, identity)
    await _first(node, reader, data, files)
    holding.take(digests(reader, [owner.partition for owner in node.owners]))
    for path in files:
        holding.must_hold(path)


async def _first(node: Node, reader: Reader, data: Path, files: Sequence[Path]) -> None:
    """Let the files that stand there hold, where nothing was decided yet and this process may write it down: a worker
    has no partition before it claimed one."""
    ours = next((owner for owner in node.owners if not owner.ended and owner.partition not in node.away), None)
    if ours is None or approvals(reader, [owner.partition for owner in node.owners]):
        return
    now = ours.ports.clock.now()
    found = {path.name: lodge(data, path.read_bytes() if path.is_file() else b"") for path in files}
    facts = msgspec.json.encode(found)
    said = Asked(FIRST, sha256(facts).hexdigest()[:32], "", facts.decode())
    act = Act(said.id, msgspec.json.encode(said).decode(), OPERATOR)
    holds = tuple(Holds(name, Approved(now, digest)) for name, digest in found.items())
    await node.command(HoldFirst(keys.log_position(ours.partition, 0), act, holds))


async def follow(node: Node, reader: Reader, data: Path, identity: Path, holding: Holding) -> None:
    """Go on by what was decided in any process of the node, until cancelled; a file that somebody wrote in its place is
    written anew."""
    files = followed(data, identity)
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        with contextlib.suppress(StoreUnavailable):  # told by whoever commits; what held holds
            if not holding.known():
                await _first(node, reader, data, files)
            holding.take(digests(reader, [owner.partition for owner in node.owners]))


async def first_told(known: KnownClients, failed: Callable[[BaseException], None]) -> None:
    """Come back, on a host that was never told which files hold, once a core said so and they are read; while none
    answers after ``PATIENCE`` seconds, when nobody comes in yet."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while known.holding.unknown():  # noqa: ASYNC110 - the file may be another process's
                await asyncio.sleep(0.05)
    await known.look(failed)  # it may have been told since the files were read first


def handing(data: Path, holding: Holding) -> Callable[[Platform, str, str], bytes]:
    """How a core hands followed files to hosts that have none: in the octets that hold now, and in no others; that of
    providers, with the secrets in it, over the link of UUM&DS alone, by which the sign-in pages come."""

    def handed(platform: Platform, name: str, digest: str) -> bytes:
        theirs = name in HANDED and (name != PROVIDERS or platform is Platform.UUMDS)
        if not theirs or digest not in holding.known().get(name, ()):
            return nothing_handed(platform, name, digest)
        return lodged(data, digest)

    return handed


def taken_over(data: Path, identity: Path, *, pages: bool) -> tuple[Path, ...]:
    """The files that a host without a core goes by. pages: whether persons come in there."""
    wanted = HANDED if pages else HANDED - {PROVIDERS}
    return tuple(each for each in followed(data, identity) if each.name in wanted)


async def follow_approved(link: Link, holding: Holding, files: Sequence[Path] = ()) -> None:
    """Go on, beside no store, by what a core says that holds, until cancelled; while none answers what held holds.

    files: those of this host that are written anew where they are in other octets than hold.
    """
    while True:
        with contextlib.suppress(DouaneError):
            if found := await link.approved():
                with contextlib.suppress(DouaneError):  # then the file is told to be another one than holds
                    await _put_in_place(link, holding, found, files if holding.needed else ())
                holding.take(found)
        await asyncio.sleep(EVERY_SECONDS)


async def _put_in_place(link: Link, holding: Holding, found: Digests, files: Sequence[Path]) -> None:
    """Write what was agreed on. Meanwhile both hold, so that a start in between finds its files in octets that do.
    Raises DouaneError."""
    come = dict[Path, bytes]()
    for path in files:
        wanted = found.get(path.name, ())
        if wanted and digest_of(path) not in wanted:
            octets = await link.handed(path.name, [*wanted][-1])
            if sha256(octets).hexdigest() not in wanted:  # whoever answers, the digest is what two persons agreed on
                raise BadSignature(f"The core handed over another {path.name} than it says that holds.")
            come[path] = octets
    if not come:
        return
    before = holding.known()
    holding.take({name: (*before.get(name, ()), *each) for name, each in found.items()})
    for path, octets in come.items():
        write_durably(path, octets)
