"""The gate of one platform's door: authentication and policy together, as the runtime's door asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from douane.identity.authentication import Authenticator, token_of
from douane.identity.policy import admit, reaches
from douane.identity.possession import Proofs
from douane.identity.principals import THE_PUBLIC, Presented, Principal
from douane.identity.taken import Taken
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Operation
from douane.runtime.door.door import Authenticated
from douane.runtime.door.proof import NONE, Possession
from douane.vocabulary.errors import NotAuthenticated

MOST_REMEMBERED = 10_000


class PlatformGate:
    """Who may enter by a platform and call what. ``authenticator`` may be replaced while it runs.

    legacy: the services that declare a queue interface; only they are carried by CCN/CSI. taken: which proofs of
    possession the processes of this platform's doors have seen.
    """

    def __init__(
        self,
        platform: Platform,
        *,
        authenticator: Authenticator,
        now: Callable[[], int],
        legacy: Collection[str] = (),
        taken: Taken | None = None,
    ) -> None:
        self.authenticator = authenticator
        self._platform, self._now, self._legacy = platform, now, frozenset(legacy)
        self._proofs = Proofs(taken)
        self._reaches: dict[tuple[ActorKind, str], bool] = {}
        self._admitted: set[tuple[ActorKind, Circle, frozenset[str], str]] = set()

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Principal:
        """Who is calling. Raises NotAuthenticated or WrongCircle, each with what to do."""
        now = self._now()
        if not possession.proof:
            return self.authenticator.authenticate(Presented(certificate, authorization), now)
        shown = self._proofs.read(possession, now, token_of(authorization))
        caller = self.authenticator.authenticate(Presented(certificate, authorization, shown.key), now)
        self._proofs.take(shown, caller.id, now)
        return caller

    def still(self, caller: Authenticated) -> None:
        """Silent where whoever was let in a while ago is let in now, as the same. Raises NotAuthenticated, WrongCircle.

        Large messages come for an hour, and pages of an inbox are waited for. Where a gate has the same judge, nothing
        was revoked since; a proof of possession is not asked for twice.
        """
        if not isinstance(caller, Principal) or caller.shown is None or caller.judge is self.authenticator:
            return
        if self.authenticator.authenticate(caller.shown, self._now()) != caller:
            raise NotAuthenticated(
                f"What {caller.id} may do was changed meanwhile.", remedy="Send it again: what holds now is asked then."
            )

    def public(self) -> Principal:
        """The public: whoever shows no proof at all."""
        return THE_PUBLIC

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        """Silent when the caller may call it here. Raises WrongCircle or NotAuthorised with the reason.

        Callers alike in all that the policy looks at are admitted alike, so a yes is remembered; a no is told anew.
        """
        alike = (caller.kind, caller.circle, caller.roles, operation.qualified)
        if alike in self._admitted:
            return
        admit(
            caller, self._platform, operation.qualified, operation.by, legacy_queue=operation.service in self._legacy
        ).enforce()
        if len(self._admitted) < MOST_REMEMBERED:
            self._admitted.add(alike)

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        """Whether the operation exists at this platform for this kind of party; the role is asked for later."""
        key = (caller.kind, operation.qualified)
        known = self._reaches.get(key)
        if known is None:
            legacy = operation.service in self._legacy
            verdict = reaches(caller.kind, self._platform, operation.qualified, operation.by, legacy_queue=legacy)
            known = self._reaches[key] = verdict.allowed
        return known
