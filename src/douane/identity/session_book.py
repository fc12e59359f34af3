"""Every session that the pages of a process find: those of persons in the register of accounts, and a few kept here.

Kept here, in files of this node alone: those of operators, whose console works while the core is away; and those of
clients, at a node for development. Nobody else is signed in by what lies in a folder.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from douane.identity.registered.sessions import RegisteredSessions, is_registered
from douane.identity.sessions import Entered, Found, Sessions
from douane.model.circles import Platform
from douane.vocabulary.errors import NotAuthenticated


@dataclass(frozen=True, slots=True)
class SessionBook:
    """The sessions of a process. here: those that are kept here, at the platforms ``at`` alone.

    registered: those of persons, by the platform whose link they are asked over.
    """

    here: Sessions
    at: Collection[Platform]
    registered: Mapping[Platform, RegisteredSessions] = field(default_factory=dict)

    def now(self) -> int:
        """The real clock (microseconds since 1970)."""
        return self.here.now()

    def secret(self) -> str:
        """A name that nobody guesses."""
        return self.here.secret()

    async def find(self, platform: Platform, held: str, *, use: bool = True) -> Found:
        """What stands behind what a browser holds. ``use``: whether asking counts as use. Raises what a link raises."""
        if platform in self.registered and is_registered(held):
            return await self.registered[platform].find(platform, held, use=use)
        return self.here.found(platform, held, use=use) if platform in self.at else Found()

    async def end(self, platform: Platform, held: str) -> None:
        """End a session, and what its person opened from the same sign-in on other platforms."""
        if platform in self.registered and is_registered(held):
            await self.registered[platform].end(platform, held)
        elif platform in self.at:
            self.here.end(platform, held)

    async def unbound(self, platform: Platform, secret: str) -> bool:
        """Whether an entrance is a person's, of whose browser nobody has vouched yet."""
        return platform in self.registered and await self.registered[platform].unbound(secret)

    async def enter(self, platform: Platform, secret: str, held: str = "") -> Entered:
        """Use an entrance. ``held``: what the browser holds, to which a person's is bound. Raises NotAuthenticated."""
        if platform in self.registered and is_registered(secret):
            return await self.registered[platform].enter(platform, secret, held)
        if platform not in self.at:
            raise NotAuthenticated("This link leads nowhere.", remedy="Sign in.")
        return self.here.enter(platform, secret)
