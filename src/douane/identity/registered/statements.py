"""Statements of UUM&DS on persons: made where it lets them in, for whom what his browser holds at a platform proves.

Whoever brings that could act as the person anyhow, so it is all the proof that is asked: a captured process of pages
gets statements on those who use it, while they are signed in there, and on nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from douane.identity.asker_statements import Askers
from douane.identity.registered.accounts import Register
from douane.identity.registered.sessions import RegisteredSessions
from douane.identity.sessions import SIGN_IN_AGAIN
from douane.model.circles import Platform
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.errors import NotAuthenticated

AT: Final = "/statement"
"""Where the sign-in pages give statements to programs: the pages of other processes."""


@dataclass(frozen=True, slots=True)
class StatementsOnPersons:
    """Makes them, over the link of UUM&DS."""

    sessions: RegisteredSessions
    accounts: Register
    askers: Askers

    async def of(self, held: str, case: AskedCase) -> str:
        """The statement that a trader asks about a case now, as he stands in the register of accounts now. held: what
        his browser holds at SPEED2. Raises NotAuthenticated, NotAuthorised."""
        session = (await self.sessions.find(Platform.SPEED2, held, use=False)).session
        who = await self.accounts.caller(session) if session is not None else None
        if who is None:
            raise NotAuthenticated("Nobody is signed in by this.", remedy=SIGN_IN_AGAIN)
        return self.askers.state(who, case)
