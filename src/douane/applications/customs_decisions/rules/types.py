"""The types of decision as declared data. What the sources do not say is absent; what follows from others is derived.

No type has code of its own: handlers and other rules read this table. Data elements stand in ``tables/annex_a.jsonl``.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from douane.applications.customs_decisions.messages.words import ActKind, ConsultationKind, DecisionType
from douane.author import Length

T = DecisionType


class Competent(enum.Enum):
    """By what the competent authority is found."""

    ACCOUNTS = "the place where the main accounts for customs purposes are held or accessible"
    BEGINS = "the Member State where the operations begin"
    ENDS = "the Member State where the operations end"
    LOADED = "the Member State where the goods are first loaded"
    ANY = "any authority of the applicant's choice"


class Silence(enum.Enum):
    """What it means that a consulted authority does not answer in time."""

    FULFILLED = "the criteria are deemed fulfilled; the authority still decides"
    AGREED = "agreement"
    NOTHING = "nothing: a person is called"


class Register(enum.Enum):
    """Which register answers whether a decision may be used."""

    AUTHORISATIONS = "authorisations"
    OPERATORS = "authorised economic operators"
    RULINGS = "binding tariff information"


@dataclass(frozen=True, slots=True)
class Consultation:
    """How other authorities are consulted.

    article, days: None where the deciding authority sets them. sent, disputed: days within which a draft is
    communicated, and after which what is disputed is not granted.
    """

    kind: ConsultationKind
    article: str
    silence: Silence
    days: int | None = None
    sent: int = 0
    disputed: int = 0


class Effect(enum.Enum):
    """What the end or suspension of a decision means for one that rests on it. Nothing changes by itself."""

    MUST_SUSPEND = "must be suspended"
    MUST_REASSESS = "must be re-assessed"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A decision rests on another."""

    on: frozenset[DecisionType]
    effect: Effect
    article: str
    derived: bool = False


MANAGED: Final = frozenset(
    {ActKind.AMEND, ActKind.SUSPEND, ActKind.LIFT, ActKind.REVOKE, ActKind.ANNUL, ActKind.RESTORE, ActKind.COMMENCE}
)


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the law says of a type.

    column: of Annex A. criteria: of UCC art. 39 and further conditions, each with its article. one_state: it holds in
    the Member State alone that grants it. longest: validity at most; longest_sensitive: for goods of Annex 71-02.
    managed: acts that are taken on it.
    no_hearing: why nobody is ever heard; empty where the person is. on_request: its holder may give it back.
    """

    title: str
    legal: str
    column: str
    competent: Competent = Competent.ACCOUNTS
    competent_by: str = "UCC art. 22(1)"
    criteria: tuple[str, ...] = ()
    consulted: tuple[Consultation, ...] = ()
    rests_on: tuple[Dependency, ...] = ()
    one_state: bool = False
    longest: Length | None = None
    longest_by: str = ""
    longest_sensitive: Length | None = None
    longest_sensitive_by: str = ""
    managed: frozenset[ActKind] = MANAGED
    no_hearing: str = ""
    on_request: bool = True
    register: Register = Register.AUTHORISATIONS
    monitoring: str = "UCC art. 23(5): always; closely in the first year of an operator established for less than three"


_BY_CRITERIA: Final = Consultation(ConsultationKind.CRITERIA, "IA 2015/2447 art. 14", Silence.FULFILLED)
_SPECIAL: Final = (
    Consultation(ConsultationKind.DRAFT, "IA 2015/2447 art. 260", Silence.AGREED, 30, 30, 60), _BY_CRITERIA,
)  # fmt: skip
_AEO_CRITERIA: Final = Consultation(ConsultationKind.CRITERIA, "IA 2015/2447 art. 31(2), (3)", Silence.NOTHING, 80)
_AEOC: Final = frozenset({T.AEOC, T.AEOF})
_AEO_LOST: Final = (Dependency(_AEOC, Effect.MUST_SUSPEND, "DA 2015/2446 art. 30(1)"),)
_A, _B, _D = "UCC art. 39(a)", "UCC art. 39(b)", "UCC art. 39(d)"
_ESTABLISHED: Final = "UCC art. 95(1)(a)"
_PROCESSING: Final = (
    "UCC art. 211(3)(a): established in the Union", "UCC art. 211(3)(b): assurance of the proper conduct",
    "UCC art. 211(3)(c): guarantee", "UCC art. 211(4)(a): supervision is proportionate",
)  # fmt: skip
_TRANSIT: Final = (
    "DA 2015/2446 art. 191: established", "DA 2015/2446 art. 191: regular use", _A, _B, _D,
    "DA 2015/2446 art. 191: supervision is possible",
)  # fmt: skip

_PROCESS: Final = TypeFacts(
    "", "UCC art. 211(1)(a)", "", criteria=_PROCESSING, consulted=_SPECIAL, rests_on=_AEO_LOST,
    longest=Length(years=5), longest_by="DA 2015/2446 art. 173(1)",
    longest_sensitive=Length(years=3), longest_sensitive_by="DA 2015/2446 art. 173(2)",
)  # fmt: skip
_WAREHOUSE: Final = TypeFacts(
    "", "UCC art. 211(1)(b)", "CWx", criteria=_PROCESSING, consulted=_SPECIAL, rests_on=_AEO_LOST
)
_AEO: Final = TypeFacts(
    "", "UCC art. 38", "AEO", consulted=(_AEO_CRITERIA,), register=Register.OPERATORS,
    monitoring="IA 2015/2447 art. 35: reported by every Member State; closely in the first year (UCC art. 23(5))",
)  # fmt: skip
_PLAIN: Final = TypeFacts("", "", "", consulted=(_BY_CRITERIA,))

TYPES: Final[Mapping[DecisionType, TypeFacts]] = {
    T.AEOC: replace(
        _AEO, title="authorised economic operator, customs simplifications", legal="UCC art. 38(2)(a)",
        criteria=(_A, _B, "UCC art. 39(c)", _D),
    ),
    T.AEOS: replace(
        _AEO, title="authorised economic operator, security and safety", legal="UCC art. 38(2)(b)",
        criteria=(_A, _B, "UCC art. 39(c)", "UCC art. 39(e)"),
    ),
    T.AEOF: replace(
        _AEO, title="authorised economic operator, both", legal="UCC art. 38(3)",
        criteria=(_A, _B, "UCC art. 39(c)", _D, "UCC art. 39(e)"),
    ),
    T.BTI: TypeFacts(
        "binding tariff information", "UCC art. 33", "BTI", Competent.ANY, "DA 2015/2446 art. 19",
        longest=Length(years=3), longest_by="UCC art. 33(3)",
        managed=frozenset({ActKind.REVOKE, ActKind.ANNUL, ActKind.RESTORE}), no_hearing="UCC art. 22(6)(a)",
        on_request=False, register=Register.RULINGS,
    ),
    T.CVA: replace(
        _PLAIN, title="simplified customs value", legal="UCC art. 73", column="CVA",
        criteria=(_A, "DA 2015/2446 art. 71"),
    ),
    T.CGU: replace(
        _PLAIN, title="comprehensive guarantee", legal="UCC art. 95", column="CGU",
        criteria=(_ESTABLISHED, _A, "UCC art. 95(1)(c): regular user, or competence", "DA 2015/2446 art. 84"),
    ),
    T.DPO: replace(_PLAIN, title="deferred payment", legal="UCC art. 110", column="DPO",
                   criteria=("UCC art. 110: guarantee",)),
    T.TST: TypeFacts(
        "temporary storage facility", "UCC art. 148", "TST",
        criteria=("UCC art. 148(2)(a): established", "UCC art. 148(2)(b): assurance of the proper conduct",
                  "UCC art. 148(2)(c): guarantee", "DA 2015/2446 art. 117"),
        consulted=(Consultation(ConsultationKind.DRAFT, "IA 2015/2447 art. 191", Silence.AGREED, 30, 30, 60),
                   _BY_CRITERIA),
        rests_on=_AEO_LOST,
    ),
    T.RSS: TypeFacts(
        "regular shipping service", "DA 2015/2446 art. 120", "RSS", criteria=(_A, "DA 2015/2446 art. 120(2)"),
        consulted=(Consultation(ConsultationKind.CRITERIA, "IA 2015/2447 art. 195", Silence.FULFILLED, 15),),
    ),
    T.ACP: replace(
        _PLAIN, title="authorised issuer of proof of status", legal="DA 2015/2446 art. 128", column="ACP",
        competent=Competent.LOADED, competent_by="DA 2015/2446 art. 128", criteria=(_A, _B, _D),
    ),
    T.SDE: replace(_PLAIN, title="simplified declaration", legal="UCC art. 166(2)", column="SDE",
                   criteria=(_A, "DA 2015/2446 art. 145"), rests_on=_AEO_LOST),
    T.CCL: TypeFacts(
        "centralised clearance", "UCC art. 179", "CCL", criteria=("UCC art. 179(2): AEOC",),
        consulted=(Consultation(ConsultationKind.DRAFT, "IA 2015/2447 art. 229", Silence.AGREED, 45, 45, 90),
                   _BY_CRITERIA),
        rests_on=_AEO_LOST,
    ),
    T.EIR: replace(_PLAIN, title="entry in the declarant's records", legal="UCC art. 182", column="EIR",
                   criteria=(_A, _B, _D, "DA 2015/2446 art. 150"), rests_on=_AEO_LOST),
    T.SAS: replace(
        _PLAIN, title="self-assessment", legal="UCC art. 185", column="SAS", criteria=("UCC art. 185(2): AEOC, EIR",),
        rests_on=(*_AEO_LOST, Dependency(frozenset({T.EIR}), Effect.MUST_REASSESS, "DA 2015/2446 art. 15")),
    ),
    T.AWB: replace(_PLAIN, title="authorised weigher of bananas", legal="DA 2015/2446 art. 155", column="AWB",
                   criteria=(_A, "DA 2015/2446 art. 155")),
    T.IPO: replace(_PROCESS, title="inward processing", column="IPO",
                   criteria=(*_PROCESSING, "UCC art. 211(4)(b): economic conditions (DA art. 166, 167)")),
    T.OPO: replace(_PROCESS, title="outward processing", column="OPO"),
    T.EUS: replace(_PROCESS, title="end-use", column="EUS"),
    T.TEA: replace(_PROCESS, title="temporary admission", column="TEA"),
    T.CWP: replace(_WAREHOUSE, title="private customs warehouse"),
    T.CW1: replace(_WAREHOUSE, title="public customs warehouse type I"),
    T.CW2: replace(_WAREHOUSE, title="public customs warehouse type II"),
    T.ACT: replace(
        _PLAIN, title="authorised consignee, TIR", legal="UCC art. 230", column="ACT", competent=Competent.ENDS,
        competent_by="DA 2015/2446 art. 186", criteria=("DA 2015/2446 art. 187", _A, _B, _D), one_state=True,
    ),
    T.ACR: replace(
        _PLAIN, title="authorised consignor, Union transit", legal="UCC art. 233(4)(a)", column="ACR",
        competent=Competent.BEGINS, competent_by="DA 2015/2446 art. 192",
        criteria=(*_TRANSIT, "DA 2015/2446 art. 193: comprehensive guarantee or waiver"), one_state=True,
        rests_on=(Dependency(frozenset({T.CGU}), Effect.MUST_REASSESS, "DA 2015/2446 art. 15, 193"),),
    ),
    T.ACE: replace(
        _PLAIN, title="authorised consignee, Union transit", legal="UCC art. 233(4)(b)", column="ACE",
        competent=Competent.ENDS, competent_by="DA 2015/2446 art. 194", criteria=_TRANSIT, one_state=True,
    ),
    T.SSE: replace(_PLAIN, title="seals of a special type", legal="UCC art. 233(4)(c)", column="SSE",
                   criteria=(*_TRANSIT, "DA 2015/2446 art. 197(1): the seals are approved"), one_state=True),
    T.TRD: replace(_PLAIN, title="transit declaration with reduced data", legal="UCC art. 233(4)(d)", column="TRD",
                   criteria=(*_TRANSIT, "DA 2015/2446 art. 198")),
    T.ETD: TypeFacts(
        "electronic transport document", "UCC art. 233(4)(e)", "ETD",
        criteria=(*_TRANSIT, "DA 2015/2446 art. 199, 200"),
        consulted=(Consultation(ConsultationKind.CRITERIA, "IA 2015/2447 art. 319, 320", Silence.FULFILLED, 45),),
    ),
}  # fmt: skip
"""Every type that is applied for and decided here."""

PLANNED: Final[Mapping[str, str]] = {
    "REP": "repayment (UCC art. 116): needs a customs debt",
    "REM": "remission (UCC art. 116): needs a customs debt",
    "BOI": "binding origin information (UCC art. 33)",
    "BVI": "binding valuation information (UCC art. 35)",
}
"""Types whose data elements are known here and that are not decided yet, with what is missing."""


def consultation(type: DecisionType, kind: ConsultationKind) -> Consultation | None:
    """How other authorities are consulted about such an application; None where they are not, in this way."""
    return next((each for each in TYPES[type].consulted if each.kind is kind), None)


def resting_on(lost: DecisionType) -> Mapping[DecisionType, Dependency]:
    """The types of decision that rest on one of this type."""
    return {type: dependency for type, facts in TYPES.items() for dependency in facts.rests_on if lost in dependency.on}
