"""What the doors of a process judge callers by, kept up to date: register, authorities, revocation lists, token keys.

They stand in the identity folder. A change there is noticed within ``LOOK`` seconds, so a revocation, a new client, a
new authority or a renewed certificate needs no restart. Each part is followed by itself: a register that cannot be read
does not keep a revocation from taking effect.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from douane.configuration.ports import monotonic
from douane.identity.asker_statements import AskerVerifier
from douane.identity.certificates import CertificateChecker
from douane.identity.issuers import Issuers
from douane.identity.register import Register, SecretHash
from douane.identity.revocations import Authority
from douane.identity.tokens import TokenVerifier
from douane.platforms.uumds.entry import JwkSet, Known
from douane.trust.development_identity import DevelopmentIdentity, write_synced
from douane.trust.following import Followed
from douane.trust.holding import Holding
from douane.vocabulary.askers import AskerStatement
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable

T = TypeVar("T")
LOOK: Final = 1.0
"""Seconds between two looks at the files."""
EFFECTIVE: Final = 5.0
"""Seconds after which every door that reads the folder refuses a certificate that was revoked: the promise of ours."""
UNREAD: Final = 30.0
"""Seconds after which a process says that it is not ready, since it judges callers by what may not hold any more."""


class KnownClients:
    """The present value, who wants to hear of the next one, and what else is read again when its files change."""

    def __init__(self, identity: DevelopmentIdentity, holding: Holding | None = None) -> None:
        self._identity = identity
        self.holding = holding or Holding(identity.folder, needed=False)
        self._followers: list[Callable[[Known], None]] = []
        self._seen: dict[Authority, tuple[int, float]] = {}
        self.changed: tuple[str, ...] = ()
        """The files that the last look found changed, and that hold."""
        self._wake, self._anew = asyncio.Event(), False
        self._parts: list[Followed[Any]] = [
            Followed(
                lambda: [identity.register, identity.registered, *self.holding.files],
                self._register,
                self._swap_register,
                "clients",
            ),
            Followed(self._certificate_files, self._certificates, self._swap_certificates, "revocations"),
            Followed(lambda: [identity.token_keys], self._tokens, self._swap_tokens, "keys of tokens"),
        ]
        some = (
            identity.token_keys.exists() or identity.token_key.exists()
        )  # a core whose doors are elsewhere needs none
        tokens: JwkSet = self._tokens() if some else {"keys": []}
        self.value = Known(self._register(), self._certificates(), tokens)
        self._remember()

    def follow(self, told: Callable[[Known], None]) -> None:
        """Hand every later value to a part of a door; it has the present one."""
        self._followers.append(told)

    def add(self, part: Followed[T]) -> Followed[T]:
        """Follow something else too."""
        self._parts.append(part)
        return part

    def reread(self) -> None:
        """Read everything again now, changed or not: in a look of its own, after one that is under way."""
        self._anew = True
        self._wake.set()

    def renew_secret(self, _client: str, former: SecretHash, new: SecretHash) -> None:
        """Keep a dearer hash of a secret in the register, in place of a former one; the rest of the file stays.

        Only in a file that is this process's own and closed to others: another one is for its owner to write.
        """
        if self.holding.needed:  # two persons answer for its octets: a program does not change them
            return
        path = self._identity.register
        with contextlib.suppress(OSError, StoreUnavailable):  # it is tried again when the secret comes again
            facts, text = path.stat(), path.read_text("utf-8")
            changed = text.replace(former.text, new.text)
            own = facts.st_uid == os.geteuid() and not facts.st_mode & 0o077
            if own and changed != text and path.stat().st_mtime_ns == facts.st_mtime_ns:
                write_synced(path, changed.encode())

    def unread(self) -> tuple[float, str]:
        """For how many seconds the part of trust has not been read that waits longest, and which it is."""
        now = monotonic()
        return max((now - part.seen, part.what) for part in self._parts if part.what)

    def stale(self) -> str:
        """What is wrong for readiness: what was not read for longer than ``UNREAD``; empty where all was."""
        if self.holding.unknown():
            return "no core has said which files hold"
        seconds, what = self.unread()
        return f"{what}: not read for {seconds:.0f} seconds" if seconds > UNREAD else ""

    async def mind(self, told: Callable[[float, bool], None]) -> None:
        """Until cancelled: tell for how many seconds trust was not read, and whether that is too long.

        Apart from ``watch``, which stands still where the files do.
        """
        while True:
            told(self.unread()[0], bool(self.stale()))
            await asyncio.sleep(LOOK)

    async def watch(self, failed: Callable[[BaseException], None], *, swapped: Callable[[Sequence[str]], None]) -> None:
        """Until cancelled: notice, read, swap, and say which files. ``failed`` is told once of each change that cannot
        be read."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK)
            if await self.look(failed):
                swapped(self.changed)

    async def look(self, failed: Callable[[BaseException], None]) -> bool:
        """Read what changed, or all of it where somebody asked for that; whether anything did."""
        self._wake.clear()
        if self._anew:
            self._anew = False
            for part in self._parts:
                part.forget()
        hold = [part for part in self._parts if await part.look(failed)]
        beside = {str(each) for each in self.holding.files}  # which says what holds, and changes with each of them
        found = dict.fromkeys(path for part in hold for path in part.changed)
        self.changed = tuple(sorted(found, key=beside.__contains__))
        return bool(hold)

    # --- the parts

    def _register(self) -> Register:
        path = self._identity.register
        if (octets := self.holding.octets(path)) is None:
            raise FileNotFoundError(path)
        return self._identity.with_programs(Register.parse(octets.decode()))

    def _certificate_files(self) -> list[Path]:
        own = self._identity
        return [*own.client_authorities, *own.revocation_files, *sorted(own.lists.glob("*.none"))]

    def _certificates(self) -> CertificateChecker:
        """What certificates are checked by. A list that is older than one that held here is no next one."""
        made = self._identity.load_certificates()
        for authority, held in made.lists.items():
            if held.order < self._seen.get(authority, held.order):
                raise DeclarationFault(
                    f"List {held.number} of {held.name} is older than one that held here.",
                    remedy="Load its present list: douane certificate load FILE.",
                )
        return made

    def _tokens(self) -> JwkSet:
        found = self._identity.load_token_keys()
        TokenVerifier(issuer="", audience="", jwks=found)  # refuses what is no key
        return found

    def _swap_register(self, register: Register) -> None:
        self._tell(replace(self.value, register=register))

    def _swap_certificates(self, certificates: CertificateChecker) -> None:
        self._tell(replace(self.value, certificates=certificates))
        self._remember()

    def _swap_tokens(self, tokens: JwkSet) -> None:
        self._tell(replace(self.value, tokens=tokens))

    def _remember(self) -> None:
        self._seen |= {authority: held.order for authority, held in self.value.certificates.lists.items()}

    def _tell(self, value: Known) -> None:
        self.value = value
        for told in self._followers:
            told(value)


def judge_askers(
    known: KnownClients, issuers: Issuers, judge: Callable[[Callable[[str, int], AskerStatement]], object]
) -> None:
    """Have statements on who asks judged by the keys of UUM&DS that are known, now and later. judge: is handed what
    checks a statement at an instant."""

    def swap(value: Known) -> None:
        judge(AskerVerifier(issuers, value.tokens).verify)

    swap(known.value)
    known.follow(swap)
