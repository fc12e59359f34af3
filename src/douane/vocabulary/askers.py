"""Who asks about one case that another system keeps, as UUM&DS states it to the keeper of that case."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Text = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Code of an administration")]


class AskedCase(msgspec.Struct, frozen=True):
    """A case at the system that keeps it. keeper: the administration whose system that is; country: the one whose case
    it is; reference: by which the party knows it."""

    keeper: Code
    country: Code
    reference: Annotated[str, Meta(min_length=1, max_length=35, title="Reference of the case")]


class AskerStatement(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement says. sub: the account, or the client, that asks. party: for whom (an EORI). by: the delegate,
    where one acts; person: the natural person. roles: in which. aud: whose system is asked. Times in seconds."""

    iss: str
    aud: str
    sub: Text
    party: Text
    roles: Annotated[tuple[Text, ...], Meta(max_length=100)]
    country: str
    reference: str
    iat: int
    exp: int
    jti: Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    by: Text = ""
    person: Text = ""

    @property
    def case(self) -> AskedCase:
        """The case that it is about."""
        return AskedCase(self.aud, self.country, self.reference)
