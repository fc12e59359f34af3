"""Programs of traders that the store knows, told to the doors: written where each process reads who may come in.

The records are the truth; the file is made of them, anew after each commit that touches one, at each start, and where
another worker may have committed. So what is withdrawn is out at every door within ``EFFECTIVE`` seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from douane.configuration.supplies import supplier_of, supply_of
from douane.identity.register import Client, Register
from douane.model.circles import ActorKind
from douane.model.needs import REGISTERED_KEYS
from douane.runtime.core.tick import Tick
from douane.runtime.store.queries import View
from douane.trust.development_identity import DevelopmentIdentity, write_synced
from douane.vocabulary.errors import StoreUnavailable

EVERY_SECONDS, ALONE_SECONDS = 2.0, 60.0
"""How often a worker asks what others committed, and one that is alone what ran out."""
QUIET: Final = frozenset({"mark_read", "keep_list", "forget_list", "prefer"})
"""What persons do all day, and what changes nobody's rights."""


class Registering:
    """Keeps the file as the records are. reread: has the doors of this process read it now."""

    def __init__(
        self, identity: DevelopmentIdentity, view: Callable[[], View], reread: Callable[[], None] = lambda: None
    ) -> None:
        self._identity, self._view, self._reread = identity, view, reread
        self._service = supplier_of(REGISTERED_KEYS)

    def load(self) -> None:
        """Write the file, where it is not as the records are. Raises StoreUnavailable where it cannot be written."""
        load = supply_of(REGISTERED_KEYS)
        if load is None:
            return
        found = [
            Client(each.client, ActorKind.TRADER, each.eori[:2], each.eori, roles=each.roles,
                   certificates=(each.thumbprint,))
            for each in sorted(load(self._view()))
        ]  # fmt: skip
        text, path = Register(found).toml().encode(), self._identity.registered
        if (path.read_bytes() if path.exists() else b"") == text:
            return
        write_synced(path, text)  # the same in each process: who writes last changes nothing
        self._reread()

    def watch(self, tick: Tick) -> None:
        """After a commit in which somebody's keys or rights may have changed."""
        for _, row in tick.overlay.rows:
            service, _, name = row.operation.partition(".")
            if service == self._service and name not in QUIET:
                with contextlib.suppress(StoreUnavailable):  # ``follow`` tries again, and says why it cannot
                    self.load()
                return

    async def follow(self, *, alone: bool) -> None:
        """Until cancelled: what other workers committed, and what ran out."""
        while True:
            self.load()
            await asyncio.sleep(ALONE_SECONDS if alone else EVERY_SECONDS)
