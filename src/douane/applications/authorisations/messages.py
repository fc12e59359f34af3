"""Messages of the register of authorisations, and the types of decision that it keeps, as data with their source.

An authorisation is told by its acts. Each states the whole authorisation for a period of its own, and is known from an
instant on: that makes the register bitemporal, and a correction never overwrites what was believed before.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta, Struct

from douane.author import YES, DecisionReference, DecisionType, Eori, Known, Machine, Statutory


class Territory(enum.StrEnum):
    """Where an authorisation may be used, as far as the law limits its type."""

    UNION = "union"  # UCC art. 26: in the whole Union, where the authorisation names no Member States
    BEGINS = "begins"  # IA art. 313(1): operations that begin in the Member State where it was granted
    ENDS = "ends"  # IA art. 313(2): operations that end in the Member State where it was granted
    STATED = "stated"  # IA art. 313(3): in the Member States that it names, and nowhere where it names none


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the law says of a type. document: the code under which a declaration names it (Annex B, 12 12 002 000)."""

    title: str
    legal: str
    document: str
    territory: Territory = Territory.UNION
    limited_by: str = "UCC art. 26"


TYPES: Final[Mapping[DecisionType, TypeFacts]] = {
    DecisionType.CVA: TypeFacts("simplified customs value", "UCC art. 73", "C504"),
    DecisionType.CGU: TypeFacts("comprehensive guarantee", "UCC art. 95", "C505"),
    DecisionType.DPO: TypeFacts("deferred payment", "UCC art. 110", "C506"),
    DecisionType.TST: TypeFacts("temporary storage facility", "UCC art. 148", "C509"),
    DecisionType.RSS: TypeFacts("regular shipping service", "DA art. 120", "C510"),
    DecisionType.ACP: TypeFacts("authorised issuer of proof of status", "DA art. 128", "C511"),
    DecisionType.SDE: TypeFacts("simplified declaration", "UCC art. 166(2)", "C512"),
    DecisionType.CCL: TypeFacts("centralised clearance", "UCC art. 179", "C513"),
    DecisionType.EIR: TypeFacts("entry in the declarant's records", "UCC art. 182", "C514"),
    DecisionType.SAS: TypeFacts("self-assessment", "UCC art. 185", "C515"),
    DecisionType.AWB: TypeFacts("authorised weigher of bananas", "DA art. 155", "C526"),
    DecisionType.IPO: TypeFacts("inward processing", "UCC art. 211(1)(a)", "C601"),
    DecisionType.OPO: TypeFacts("outward processing", "UCC art. 211(1)(a)", "C019"),
    DecisionType.EUS: TypeFacts("end-use", "UCC art. 211(1)(a)", "N990"),
    DecisionType.TEA: TypeFacts("temporary admission", "UCC art. 211(1)(a)", "C516"),
    DecisionType.CWP: TypeFacts("private customs warehouse", "UCC art. 211(1)(b)", "C517"),
    DecisionType.CW1: TypeFacts("public customs warehouse type I", "UCC art. 211(1)(b)", "C518"),
    DecisionType.CW2: TypeFacts("public customs warehouse type II", "UCC art. 211(1)(b)", "C519"),
    DecisionType.ACT: TypeFacts("authorised consignee, TIR", "UCC art. 230", "C520"),
    DecisionType.ACR: TypeFacts(
        "authorised consignor, Union transit", "UCC art. 233(4)(a)", "C521", Territory.BEGINS, "IA art. 313(1)"
    ),
    DecisionType.ACE: TypeFacts(
        "authorised consignee, Union transit", "UCC art. 233(4)(b)", "C522", Territory.ENDS, "IA art. 313(2)"
    ),
    DecisionType.SSE: TypeFacts(
        "seals of a special type", "UCC art. 233(4)(c)", "C523", Territory.BEGINS, "IA art. 313(1)"
    ),
    DecisionType.TRD: TypeFacts("transit declaration with reduced data", "UCC art. 233(4)(d)", "C524"),
    DecisionType.ETD: TypeFacts(
        "electronic transport document", "UCC art. 233(4)(e)", "C525", Territory.STATED, "IA art. 313(3)"
    ),
}
"""Every type with its legal basis, document code and territorial limit."""

TYPE_OF_DOCUMENT: Final[Mapping[str, DecisionType]] = {facts.document: each for each, facts in TYPES.items()}
"""From the code under which a declaration names an authorisation to its type: C521 is ACR."""


class State(enum.StrEnum):
    """What an act makes of an authorisation (UCC art. 22, 27, 28; DA art. 16)."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"  # given back by its holder


ENDED: Final = frozenset({State.REVOKED, State.ANNULLED, State.WITHDRAWN})
"""States in which an authorisation is over; only an appeal brings it back."""


class Standing(enum.StrEnum):
    """Whether an authorisation may be used for an operation, and if not, why."""

    USABLE = "usable"
    UNKNOWN = "unknown"  # nobody granted it, as far as was known
    NOT_IN_FORCE = "not in force"  # no act covers the instant: not yet, or no more
    SUSPENDED = "suspended"
    ENDED = "ended"  # revoked, annulled or withdrawn
    OUTSIDE = "outside"  # it does not hold in the Member State where the operation begins or ends


ReferenceText = Annotated[
    str,
    Meta(pattern=rf"\A{DecisionReference.shape}\Z", title="Reference of the authorisation",
         extra={"element": "31 01 000 001"}),
]  # fmt: skip
HolderText = Annotated[str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI of the holder",
                                 extra={"element": "33 02 000 229"})]  # fmt: skip
CountryText = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", extra={"code_list": "CL010"})]
AnyCountryText = Annotated[str, Meta(pattern=r"\A(?:[A-Z]{2})?\Z", extra={"code_list": "CL010"})]
"""A country, or none: whichever."""
Moment = Annotated[dt.datetime, Meta(tz=True)]


class Condition(Struct, frozen=True, array_like=True):
    """One condition of an authorisation: the number of its data element (Annex A), and its value."""

    element: Annotated[
        str, Meta(pattern=r"\A[0-9]{2} [0-9]{2} [0-9]{3} [0-9]{3}\Z", title="Number of the data element")
    ]
    value: Annotated[str, Meta(max_length=2560, extra={"confidential": True})]


class AuthorisationStated(Struct, frozen=True, kw_only=True):
    """An act of the competent authority: what holds of the authorisation from one instant on, or for a period.

    number: of the act, counted from 1 for each authorisation. effect_from: when it takes effect, for its holder on
    receipt (UCC art. 22(4)). effect_to: the first instant at which it no longer holds; without one it stays. What
    earlier acts say holds again then. member_states: where it may be used; empty where the law alone decides.
    """

    reference: ReferenceText
    number: Annotated[int, Meta(ge=1, le=9999)]
    holder: HolderText
    state: State = State.VALID
    effect_from: Moment
    effect_to: Moment | None = None
    member_states: Annotated[tuple[CountryText, ...], Meta(max_length=27)] = ()
    conditions: Annotated[tuple[Condition, ...], Meta(max_length=99)] = ()
    ground: Annotated[str, Meta(max_length=512, title="Article and reason")] = ""


class AuthorisationActKept(Struct, frozen=True):
    """The act is kept and answers from now on."""

    reference: str
    number: int


class AuthorisationActNotKept(Struct, frozen=True):
    """Nothing is kept; each reason says what to mend."""

    reference: str
    number: int
    reasons: tuple[str, ...]


class AuthorisationQuestion(Struct, frozen=True, kw_only=True):
    """May an authorisation be used for an operation?

    valid_at: the decisive date of the operation (by default the statutory present); known_at: by what the register knew
    then, by the clock of the machine (by default all). begins_in,
    ends_in: the Member States where the operation begins and ends, as far as it has come.
    """

    reference: ReferenceText
    valid_at: Moment | None = None
    known_at: Moment | None = None
    begins_in: AnyCountryText = ""
    ends_in: AnyCountryText = ""


class AuthorisationAnswer(Struct, frozen=True, kw_only=True):
    """How it stands, and where it is known whose it is, of which type, by whose act and on which conditions. known:
    whether there is such an authorisation; where that is not known its standing is ``unknown``."""

    reference: str
    known: Known
    standing: Standing
    type: DecisionType | None = None
    holder: str = ""
    authority: str = ""
    number: int = 0
    effect_from: Statutory | None = None
    effect_to: Statutory | None = None
    member_states: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limited_by: str = ""
    """The article that keeps it from being used there."""


class OwnAuthorisationsQuery(Struct, frozen=True, kw_only=True):
    """What was granted to me? country: whose authority did. after: where the page before ended."""

    country: CountryText
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,200}\Z", title="Where the next page begins")] = ""


class AuthorisationLine(Struct, frozen=True, kw_only=True):
    """An authorisation in a list: how it stands now, by the act that holds. effect_to: without one it has no end."""

    reference: str
    type: DecisionType
    title: str
    standing: Standing
    effect_from: Statutory | None = None
    effect_to: Statutory | None = None


class AuthorisationLines(Struct, frozen=True, kw_only=True):
    """A page of authorisations; ``after``: where the next one begins, empty at the end."""

    lines: tuple[AuthorisationLine, ...]
    after: str = ""
    known: Known = YES


class AuthorisationHistoryQuery(Struct, frozen=True):
    """Show every act of an authorisation."""

    reference: ReferenceText


class AuthorisationAct(Struct, frozen=True, kw_only=True):
    """One act as it is kept, and since when it is known."""

    number: int
    state: State
    effect_from: Statutory
    effect_to: Statutory | None
    known_at: Machine
    member_states: tuple[str, ...]
    ground: str


class AuthorisationHistory(Struct, frozen=True, kw_only=True):
    """An authorisation with all that was ever stated about it, in the order in which it became known."""

    reference: str
    type: DecisionType
    holder: str
    authority: str
    acts: tuple[AuthorisationAct, ...]
