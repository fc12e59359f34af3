"""The payloads of a backup: each in pieces, read and written as streams, its digest proven on both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.runtime.store.ports import PayloadDraft
from douane.runtime.store.ports import Payloads as PayloadStore
from douane.shared_services.archiving.segment import Row
from douane.vocabulary.errors import Damaged

PIECE: Final = 1 << 20
_DIGEST: Final = 32


class Payloads:
    """Those that a backup writes. ``known``: digests that the backup before holds already."""

    def __init__(self, found: Mapping[str, Path], known: frozenset[str]) -> None:
        self._new = {digest: path for digest, path in sorted(found.items()) if digest not in known}
        self.kept = set(known)
        """Digests that this backup holds once ``rows`` were taken."""

    def rows(self) -> Iterator[Row]:
        """The pieces of every new payload. Raises Damaged for one that is not what its name says."""
        for digest, path in self._new.items():
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue  # nothing referred to it: it was collected meanwhile
            found, number = sha256(), 0
            with file:
                while (piece := file.read(PIECE)) or not number:
                    found.update(piece)
                    yield bytes.fromhex(digest) + number.to_bytes(4, "big"), piece
                    number += 1
            if found.hexdigest() != digest:
                raise Damaged(f"The payload {path} is not what its name says.", remedy="Bring it back from a backup.")
            self.kept.add(digest)


def bring_back(rows: Iterable[Row], store: PayloadStore) -> int:
    """Write payloads from the rows of a backup into a payload store; how many. Raises Damaged, StoreUnavailable."""
    count, digest, number = 0, b"", 0
    draft: PayloadDraft | None = None
    for key, piece in rows:
        assert isinstance(key, bytes)
        if key[:_DIGEST] != digest:
            count += _publish(draft, digest)
            draft, digest, number = store.draft(), key[:_DIGEST], 0
        if int.from_bytes(key[_DIGEST:], "big") != number or draft is None:
            raise Damaged(f"A piece of payload {digest.hex()} is missing in the backup.")
        draft.write(piece)
        number += 1
    return count + _publish(draft, digest)


def _publish(draft: PayloadDraft | None, digest: bytes) -> int:
    if draft is None:
        return 0
    found = draft.publish()
    if found.digest != digest.hex():
        raise Damaged(f"The backup holds another content for payload {digest.hex()}.")
    return 1
