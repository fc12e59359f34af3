"""Time-stamps over the log: its signed checkpoint, shown now and then to somebody who is not the operator.

One token over a checkpoint dates every leaf under it, so a node asks seldom and every pack is dated. Tokens lie as
files in the folder ``stamps`` of the node, ``PARTITION-SIZE.json``; the setting ``time_stamps`` says who is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.runtime.store import keys
from douane.runtime.store.ports import Clock, Reader
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.auditing.log import newest_checkpoint
from douane.shared_services.auditing.pack_verifier.report import Refused
from douane.shared_services.auditing.pack_verifier.stamps import open_stamp
from douane.shared_services.auditing.proving import audit_prefix
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Patience, Request, answer_to
from douane.standards.time_stamp.tokens import (
    ANSWER_MEDIA,
    LARGEST,
    NONCE_BYTES,
    REQUEST_MEDIA,
    Authority,
    request,
    token_of,
)
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint
from douane.standards.transparency_log.note import Key
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault, DouaneError, PartnerUnreachable, ProofFailed

FOLDER: Final = "stamps"
OWN: Final = "own"
PATIENCE: Final = Patience(connect_seconds=10.0, idle_seconds=30.0, whole_seconds=30.0)
Ask = Callable[[bytes], Awaitable[bytes]]
"""Sends a question to a time-stamp authority; its answer. Raises PartnerUnreachable."""


class Stamped(NamedTuple):
    """A checkpoint of the log, and the token over its octets."""

    checkpoint: str
    token: bytes


def stamp_over(data: Path, partition: int, index: int) -> Stamped | None:
    """The earliest time-stamp of a node that covers a leaf; None where there is none yet."""
    covering = sorted(size for size in _sizes(data, partition) if size > index)
    if not covering:
        return None
    return _read(data, partition, covering[0])


def stamp_before(data: Path, partition: int, index: int) -> Stamped | None:
    """The latest time-stamp of a node over its log without a leaf; None where there is none."""
    lacking = [size for size in _sizes(data, partition) if size <= index]
    return _read(data, partition, max(lacking)) if lacking else None


def stamped(data: Path, partition: int, key: Key) -> list[Checkpoint]:
    """The states of a log that were dated by somebody else; files that hold none are passed over."""
    found = []
    for size in _sizes(data, partition):
        with contextlib.suppress(DouaneError, OSError, ValueError, KeyError):
            found.append(open_checkpoint(_read(data, partition, size).checkpoint, key.name, [key]))
    return found


def _read(data: Path, partition: int, size: int) -> Stamped:
    content = json.loads((data / FOLDER / f"{partition}-{size}.json").read_bytes())
    return Stamped(content["checkpoint"], b64decode(content["token"]))


async def stamp(settings: NodeSettings, reader: Reader, clock: Clock, ask: Ask | None = None) -> int:
    """Ask for a time-stamp over the log of each partition that grew since its last one; how many came.

    Raises DeclarationFault where the node names no authority, PartnerUnreachable and PartnerRefused for what the
    authority did, ProofFailed for a token that does not hold.
    """
    asked, taken = ask or _asking(settings, clock), 0
    folder = make_folder(settings.data / FOLDER)
    for key, _ in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1_024):
        partition = int.from_bytes(key[1:3], "big")
        signer = log_signer(settings, partition)
        newest = newest_checkpoint(reader.read, signer.key.name, signer.key, prefix=audit_prefix(partition))
        if newest is None or newest[1].size in _sizes(settings.data, partition):
            continue
        nonce = SystemIds().random(NONCE_BYTES)
        octets = newest[0].encode()
        token = token_of(await asked(request(octets, nonce)), octets, nonce)
        try:
            found = open_stamp(token, octets)
        except (Refused, ValueError, IndexError, KeyError) as problem:
            raise ProofFailed(f"The time-stamp that came does not hold: {problem}") from problem
        content = {"checkpoint": newest[0], "token": b64encode(token).decode(), "at": found.at.isoformat(),
                   "by": found.chain[0].subject.rfc4514_string()}  # fmt: skip
        write_durably(folder / f"{partition}-{newest[1].size}.json", json.dumps(content, indent=1).encode())
        taken += 1
    return taken


async def keep_stamping(
    settings: NodeSettings, reader: Reader, clock: Clock, failed: Callable[[BaseException], None]
) -> None:
    """In a running node: ask every so many minutes; an authority that is away is asked again then."""
    while True:
        try:
            await stamp(settings, reader, clock)
        except (DouaneError, OSError) as problem:
            failed(problem)
        await asyncio.sleep(settings.time_stamp_minutes * 60)


def _sizes(data: Path, partition: int) -> list[int]:
    """Of which sizes of the log there are time-stamps."""
    return [int(each.stem.partition("-")[2]) for each in (data / FOLDER).glob(f"{partition}-*.json")]


def _asking(settings: NodeSettings, clock: Clock) -> Ask:
    """Who is asked: an authority behind an address, or the development authority of the node itself."""
    where = settings.time_stamps
    if where == OWN:
        authority = _own(settings)

        async def answer(question: bytes) -> bytes:
            at = dt.datetime.fromtimestamp(clock.now() / 1e6, dt.UTC)
            return authority.answer(question, at, int.from_bytes(SystemIds().random(NONCE_BYTES), "big"))

        return answer
    if where.startswith(("http://", "https://")):
        return lambda question: _post(where, question)
    raise DeclarationFault(
        "This node names no time-stamp authority.", remedy='Set time_stamps = "https://..." (RFC 3161), or "own".'
    )


def _own(settings: NodeSettings) -> Authority:
    identity = DevelopmentIdentity(settings.identity_folder)
    if not identity.stamp_key.is_file():
        raise DeclarationFault(
            f"{identity.folder} holds no key for time-stamps.",
            remedy="Make the development identity anew, or name one.",
        )
    key = load_pem_private_key(identity.stamp_key.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Authority(key, x509.load_pem_x509_certificates(identity.stamp_certificate.read_bytes()))


async def _post(where: str, question: bytes) -> bytes:
    """One question by HTTP (RFC 3161, 3.4), over a connection of its own. Raises PartnerUnreachable."""
    sender = HttpSender()
    try:
        request = Request("POST", where, {"content-type": REQUEST_MEDIA}, question, PATIENCE)
        answer = await answer_to(sender, request, LARGEST)
    finally:
        await sender.close()
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != 200 or media != ANSWER_MEDIA:
        raise PartnerUnreachable(f"The time-stamp authority gave no time-stamp: {answer.status} {media[:60]}.")
    return answer.body
