"""Messages of the register of rulings: what authorities state, what everybody finds."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.author import DecisionReference, Eori, Known

RulingReference = Annotated[
    str, Meta(pattern=rf"\A{DecisionReference.shape}\Z", title="Reference of the ruling",
              extra={"element": "31 06 000 001"}),
]  # fmt: skip
Holder = Annotated[
    str,
    Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI", extra={"element": "33 02 000 229"}),
]
CODE_SHAPE = r"[0-9]{2,10}"
_SECRET = {"confidential": True}


class RulingState(enum.StrEnum):
    """Where a ruling stands in the register, in which it is from its application on (IA art. 21(5))."""

    APPLIED = "applied for"
    VALID = "valid"
    CLOSED = "not granted"
    REVOKED = "revoked"
    ANNULLED = "annulled"


class Goods(Struct, frozen=True, kw_only=True):
    """Goods by the parts of their description that are no secret (35 01 020 321 to 324)."""

    appearance: Annotated[str, Meta(max_length=2560, title="Physical description")] = ""
    use: Annotated[str, Meta(max_length=2560, title="Function or use")] = ""
    composition: Annotated[str, Meta(max_length=2560, title="Composition")] = ""
    ingredients: Annotated[str, Meta(max_length=2560, title="Ingredients")] = ""


class RulingStated(Struct, frozen=True, kw_only=True):
    """An authority states an application, or what became of it; each ``version`` takes the place of the one before.

    reference: of the application, under which the register knows it. ruling: of the decision, once it is granted.
    code: of the nomenclature (35 01 010). since, until: its first and last day. Nothing here is the confidential part.
    """

    reference: RulingReference
    version: Annotated[int, Meta(ge=1, le=9999)]
    state: RulingState
    holder: Holder
    goods: Goods
    ruling: Annotated[str, Meta(pattern=rf"\A({DecisionReference.shape})?\Z")] = ""
    code: Annotated[str, Meta(pattern=rf"\A({CODE_SHAPE})?\Z", title="Nomenclature code")] = ""
    justification: Annotated[str, Meta(max_length=2560, title="Justification of the classification")] = ""
    keywords: Annotated[tuple[Annotated[str, Meta(max_length=70)], ...], Meta(max_length=99, title="Keywords")] = ()
    since: dt.date | None = None
    until: dt.date | None = None


class RulingKept(Struct, frozen=True):
    """The register has it in this version."""

    reference: str
    version: int


class RulingNotKept(Struct, frozen=True):
    """Nothing is kept, and why."""

    reference: str
    reason: str


class RulingSearch(Struct, frozen=True, kw_only=True):
    """Search valid rulings by words of their description, keywords and justification, and by how their code begins."""

    words: Annotated[str, Meta(max_length=200, title="Words")] = ""
    code: Annotated[str, Meta(pattern=r"\A[0-9]{0,10}\Z", title="Nomenclature code begins with")] = ""
    country: Annotated[str, Meta(pattern=r"\A([A-Z]{2})?\Z", title="Issuing Member State")] = ""
    ended: Annotated[bool, Meta(title="Also those that have ended")] = False
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,100}\Z")] = ""


class RulingLine(Struct, frozen=True):
    """A ruling in a list."""

    ruling: str
    code: str
    appearance: str
    since: dt.date | None
    until: dt.date | None


class RulingsFound(Struct, frozen=True):
    """A part of what is found; ``after``: where the search goes on, also where this part holds nothing."""

    lines: tuple[RulingLine, ...]
    after: str


class RulingQuery(Struct, frozen=True):
    """Show a ruling as it is published."""

    ruling: RulingReference


class RulingShown(Struct, frozen=True, kw_only=True):
    """A ruling as everybody may know it (DA art. 19(2)): never its holder, and nothing of the confidential part."""

    ruling: str
    issued_in: str
    state: str
    code: str
    goods: Goods
    justification: str
    keywords: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None


class AlikeQuery(Struct, frozen=True, kw_only=True):
    """Has this person applied for a ruling on these goods, or holds one, at any office (UCC art. 33(1))?"""

    holder: Holder
    goods: Goods
    but: Annotated[str, Meta(max_length=35)] = ""


class AlikeFound(Struct, frozen=True):
    """The references of such applications and rulings; none where there is nothing. known: whether one is there."""

    known: Known
    references: tuple[str, ...] = ()
