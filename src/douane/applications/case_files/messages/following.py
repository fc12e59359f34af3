"""A party asks at the centre to see a case that another system keeps, or to see it no more."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from douane.applications.case_files.messages import ISSUED, NAMES, Country


class FollowCase(msgspec.Struct, frozen=True, kw_only=True):
    """A party asks to see at the centre where a case of its own stands, or to see it there no more. It sends this at
    the centre, which passes it on to the keeper of the case. kind, reference: a name of the case that customs gave.
    following: false ends it, where the case did not begin at the centre. country: of the administration whose case it
    is."""

    kind: Annotated[str, Meta(pattern=rf"\A({'|'.join(NAMES + ISSUED)})\Z", title="Kind of the reference",
                              description="mrn for an MRN at departure, arrival for one at destination.")]  # fmt: skip
    reference: Annotated[str, Meta(pattern=r"\A[!-~]{1,80}\Z", title="Reference of the case")]
    following: Annotated[bool, Meta(title="Show it at the centre")] = True
    country: Country = ""


class CaseFollowed(msgspec.Struct, frozen=True, kw_only=True):
    """The keeper of the case noted it: it tells the centre where the case stands from now on, or no more."""

    reference: str
    following: bool


class FollowRefused(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing changed. code: 90 where there is no such case or the sender has no part in it, which is told alike."""

    reference: str
    code: str
    reason: str
