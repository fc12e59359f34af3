"""Documents that say what is open to a caller at a door: kept by what they follow from, charged to who asks.

To write the OpenAPI document of a trader takes 70 ms, and 1 MB goes out; both follow from the operations that exist for
him alone. So it is written once for each such set, beside the event loop, and only its octets cost whoever asks again.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from douane.runtime.door.decoding import Decoding
from douane.runtime.turns.spending import Asker, Charged, Spending

MOST: Final = 64
"""Documents that are kept; there are about as many sets of operations as there are kinds of callers."""
MOST_OCTETS: Final = 64 * 1024 * 1024


class Describing:
    """The documents of one door. spending: what they may cost; without it nobody is charged."""

    def __init__(self, spending: Spending | None = None, decoding: Decoding | None = None) -> None:
        self._spending, self._decoding = spending, decoding or Decoding()
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self.octets = 0
        """Of all that are kept."""

    @property
    def documents(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def written(self, asker: Asker, write: Callable[[], bytes]) -> bytes:
        """A document that is written at once, because it takes little. Raises TooMany, Overloaded."""
        return write() if self._spending is None else self._spending.answered(asker, write, len)

    async def kept(self, asker: Asker, names: Callable[[], Iterable[str]], write: Callable[[], bytes]) -> bytes:
        """The document that follows from these names, written beside the event loop unless it is kept; askers in turn.
        Raises TooMany, Overloaded."""
        key = self.written(asker, lambda: hashlib.sha256("\n".join(names()).encode()).digest())
        found = self._kept.get(key)
        if found is None:
            found = await self._made(asker, key, write)
        else:
            self._kept.move_to_end(key)
        if self._spending is not None:
            self._spending.answered(asker, lambda: found, len, begun=True)
        return found

    async def _made(self, asker: Asker, key: bytes, write: Callable[[], bytes]) -> bytes:
        """Made once, also where several ask for it at the same time."""

        def work() -> bytes:
            known = self._kept.get(key)
            return write() if known is None else known

        if self._spending is None:
            made = await self._decoding.beside(asker.name, work)
            self._keep(key, made)
            return made
        writing = Charged(self._spending, asker, work, partial(self._keep, key))
        return await self._decoding.beside(asker.name, writing, writing.may, writing.ended)

    def _keep(self, key: bytes, made: bytes) -> None:
        if key in self._kept:
            return
        self._kept[key] = made
        self.octets += len(made)
        while self._kept and (len(self._kept) > MOST or self.octets > MOST_OCTETS):
            self.octets -= len(self._kept.popitem(last=False)[1])
