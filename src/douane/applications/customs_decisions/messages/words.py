"""Words that messages of customs decisions share: types, kinds and grounds of acts, exceptions from the hearing."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.author import DecisionReference, DecisionType, Eori

__all__ = [
    "ActKind", "ConsultationKind", "Consulted", "Criterion", "Days", "DecisionType", "ElementFault", "ElementNumber",
    "ElementValue", "Ground", "MemberState", "Moment", "NoHearing", "Office", "OwnReference", "Person", "Reasons",
    "Reference", "State", "Text", "Verdict",
]  # fmt: skip


class ActKind(enum.StrEnum):
    """What an act does. The first two end the procedure on an application, the others manage what was granted."""

    GRANT = "grant"
    REFUSE = "refuse"
    AMEND = "amend"
    SUSPEND = "suspend"
    LIFT = "lift"  # ends a suspension
    REVOKE = "revoke"
    ANNUL = "annul"
    RESTORE = "restore"  # after an appeal
    COMMENCE = "commence"  # the formalities were completed that the effect of the grant waited for


class Ground(enum.StrEnum):
    """Why an act of management is taken; the article of each stands in the rules."""

    DOUBT = "doubt"  # conditions may be not fulfilled any more, or the decision was wrong
    INFRINGEMENT = "infringement"  # a serious infringement is suspected: until it is established
    REMEDY = "remedy"  # the holder is to take measures within a time
    REQUEST = "request"  # the holder asks for it
    CONDITIONS = "conditions"  # one or more were or are no longer fulfilled
    OBLIGATION = "obligation"  # the holder failed to fulfil an obligation imposed under the decision
    MEASURES = "measures"  # the holder did not take the measures in time
    INCORRECT = "incorrect"  # granted on incorrect or incomplete information
    LAW = "law"  # the decision does not conform with the legislation
    SETTLED = "settled"  # the ground of a suspension is gone
    APPEAL = "appeal"
    DEPENDENCE = "dependence"  # the decision rests on one that is lost
    FORMALITIES = "formalities"  # the holder completed them


class Criterion(enum.StrEnum):
    """The criterion of UCC art. 39 that alone is lost, by which an authorisation of both kinds falls apart."""

    COMPETENCE = "d"  # practical standards of competence: customs simplifications are lost
    SECURITY = "e"  # security and safety standards: security and safety is lost


class NoHearing(enum.StrEnum):
    """Why a person is not heard before an adverse act: the points of UCC art. 22(6), second subparagraph."""

    BINDING_INFORMATION = "a"
    QUOTA = "b"
    SECURITY = "c"
    IMPLEMENTATION = "d"
    INVESTIGATION = "e"
    DELEGATED = "f"  # the cases of DA art. 10


class ConsultationKind(enum.StrEnum):
    """What other authorities are asked about; the two are never one."""

    CRITERIA = "criteria"  # IA art. 14, 31(2), 195, 319: whether conditions are fulfilled there
    DRAFT = "draft"  # IA art. 191, 229, 260: whether they agree to a draft


class Verdict(enum.StrEnum):
    """What a consulted authority says."""

    AGREES = "agrees"  # criteria are fulfilled; or agreement to the draft
    OBJECTS = "objects"
    MORE_TIME = "more time"  # IA art. 14(2)


class State(enum.StrEnum):
    """Where an application, or the decision that came of it, stands; what people read in English."""

    LODGED = "lodged"
    COMPLETED = "information awaited"
    NOT_ACCEPTED = "not accepted"
    ACCEPTED = "accepted"
    HEARING = "applicant heard"
    NOTIFIED = "decision notified"
    GRANTED = "granted, not yet in effect"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Consulted(enum.StrEnum):
    """Where the question of another authority stands at the one that is asked."""

    ASKED = "opinion asked"
    GIVEN = "opinion given"
    SILENT = "limit passed"


Reference = Annotated[
    str, Meta(pattern=rf"\A{DecisionReference.shape}\Z", title="Reference of the application or decision",
              extra={"element": "31 06 000 001"}),
]  # fmt: skip
OwnReference = Annotated[str, Meta(pattern=r"\A[!-~]{1,35}\Z", title="The applicant's own reference")]
Person = Annotated[
    str, Meta(pattern=rf"\A{Eori.shape}\Z", title="EORI of the applicant", extra={"element": "33 02 000 229"})
]
Office = Annotated[
    str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{6}\Z", title="Customs office", extra={"element": "31 07 000 301"})
]
MemberState = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Member State", extra={"code_list": "CL010"})]
Text = Annotated[str, Meta(max_length=2560, title="Text", extra={"confidential": True})]
Reasons = Annotated[str, Meta(min_length=1, max_length=2560, title="Reasons", extra={"confidential": True})]
Days = Annotated[int, Meta(ge=1, le=3650, title="Days")]
ElementNumber = Annotated[
    str, Meta(pattern=r"\A[0-9]{2} [0-9]{2} [0-9]{3} [0-9]{3}\Z", title="Number of the data element")
]
Moment = Annotated[dt.datetime, Meta(tz=True)]


class ElementValue(Struct, frozen=True):
    """The value of one data element of Annex A. n: of which occurrence of its class; m: of which of its part."""

    element: ElementNumber
    value: Annotated[str, Meta(min_length=1, max_length=9999, title="Value", extra={"confidential": True})]
    n: Annotated[int, Meta(ge=1, le=9999, title="Occurrence")] = 1
    m: Annotated[int, Meta(ge=1, le=9999, title="Occurrence within it")] = 1


class ElementFault(Struct, frozen=True):
    """What is wrong with one data element, and how to mend it."""

    element: str
    remedy: str
    article: str
    value: Annotated[str, Meta(extra={"confidential": True})] = ""
