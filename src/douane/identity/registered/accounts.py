"""The register of accounts as pages ask it over their links: who somebody is, and what he may do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from douane.identity.federating.providers import Provider
from douane.identity.principals import Principal
from douane.identity.sessions import Person as SignedIn
from douane.identity.sessions import Session, Standing, person_of
from douane.model.caller import UUMDS
from douane.model.circles import ActorKind, Platform
from douane.model.declare import SIGN_IN
from douane.model.needs import IDENTIFY, RIGHTS, Need
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link, Question
from douane.vocabulary.errors import NotAuthenticated, NotAuthorised


@dataclass(frozen=True, slots=True)
class Register:
    """The register of accounts behind a link: of UUM&DS, or of the platform whose persons it is asked about."""

    link: Link
    catalogue: Catalogue

    async def identify(self, keeper: str, provider: Provider, subject: str) -> str:
        """The account of a person of a provider; empty where there is none."""
        found = await self._ask(
            IDENTIFY, keeper, country=provider.country, provider=provider.issuer, subject=subject
        )  # fmt: skip
        return str(found.account)

    async def standing(self, person: SignedIn) -> Standing:
        """What a person may do now. Raises NotAuthenticated for no account, NotAuthorised without a delegation."""
        found = await self._ask(
            RIGHTS, person.keeper, account=person.account, principal=person.acting_for, through=person.through
        )  # fmt: skip
        if not found.known:
            raise NotAuthenticated("Your account is closed.", remedy="Ask the administration that vouched for you.")
        if found.refused:
            refusal = NotAuthorised(
                found.refused, remedy=f"{person.acting_for} gives a delegation, and you accept it; or act for yourself."
            )
            missing = f"a delegation of {person.acting_for} that holds today"
            refusal.why = "delegations: nothing known is nothing allowed", missing, person.acting_for
            raise refusal
        return Standing(
            name=found.name, kind=ActorKind(found.kind.value), country=found.country, eori=found.eori,
            roles=frozenset(found.roles), delegate=found.delegate,
            principals=tuple((each.principal, each.through) for each in found.principals),
        )  # fmt: skip

    async def caller(self, session: Session) -> Principal | None:
        """The caller of a session of a person: at UUM&DS itself everybody is there for himself, and whose account is
        closed is nobody there, so that another person can sign in. Raises NotAuthenticated, NotAuthorised."""
        assert session.person is not None
        if session.platform != Platform.UUMDS.value:
            return person_of(session, await self.standing(session.person))
        person = msgspec.structs.replace(session.person, acting_for="", through="")
        try:
            return person_of(msgspec.structs.replace(session, person=person), await self.standing(person))
        except NotAuthenticated:
            return None

    async def _ask(self, need: Need, keeper: str, **said: str) -> Any:
        operation = self.catalogue.filled(need)
        request = operation.request(keeper=keeper, **said)
        return await self.link.ask(Question(operation.qualified, keeper, UUMDS, frozenset({SIGN_IN}), request))
