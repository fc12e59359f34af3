"""Time limits of transit, each with the article that sets it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.author import Length, LimitKind, Silence, Start, TimeLimit

_DEPARTURE, _DESTINATION = "office of departure", "office of destination"
_RECOVERY = "authority of recovery"

PRESENTATION: Final = TimeLimit(
    id="TRA-PRESENTATION", article="UCC art. 171", kind=LimitKind.ACT, length=Length(days=30),
    text="The goods of a declaration that was lodged before are presented.",
    start=Start("the declaration is lodged"), place=_DEPARTURE, silence=Silence.LAPSES,
)  # fmt: skip
AMENDMENT: Final = TimeLimit(
    id="TRA-AMENDMENT", article="IA 2015/2447 art. 247(1)", kind=LimitKind.ACT, length=Length(days=30),
    text="The holder remedies the want of a valid guarantee, before the release is refused (UCC art. 198(1)(b)(iii)).",
    start=Start("the holder is told that a guarantee is not valid"), place=_DEPARTURE, silence=Silence.REFUSED,
)  # fmt: skip
JOURNEY: Final = TimeLimit(
    id="TRA-JOURNEY", article="IA 2015/2447 art. 297", kind=LimitKind.DATE, length=Length(days=8),
    text="The goods are presented at the office of destination; eight days where nobody names a date.",
    start=Start("the goods are released"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
ENQUIRY: Final = TimeLimit(
    id="TRA-ENQUIRY", article="IA 2015/2447 art. 310(2)(a), (3)", kind=LimitKind.ACT, length=Length(days=7),
    text="The office of departure asks where the goods are, of which no arrival was told.",
    start=Start("the limit for the journey ends"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
INSPECTION: Final = TimeLimit(
    id="TRA-INSPECTION", article="IA 2015/2447 art. 309(1)", kind=LimitKind.ACT, length=Length(days=3),
    text="The office of destination sends its control results.",
    start=Start("the goods are presented at destination"), place=_DESTINATION, silence=Silence.ESCALATES,
)  # fmt: skip
INSPECTION_AT_CONSIGNEE: Final = TimeLimit(
    id="TRA-INSPECTION-CONSIGNEE", article="IA 2015/2447 art. 309(2)", kind=LimitKind.ACT, length=Length(days=6),
    text="The office of destination sends its control results of goods that an authorised consignee received.",
    start=Start("the goods are received by the authorised consignee"), place=_DESTINATION, silence=Silence.ESCALATES,
)  # fmt: skip
RESULTS: Final = TimeLimit(
    id="TRA-RESULTS", article="IA 2015/2447 art. 309, 310(2)(b)", kind=LimitKind.ACT, length=Length(days=6),
    text="Control results reach the office of departure; else it requests them at once (IA art. 310(1)).",
    start=Start("the arrival is told to the office of departure"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
RESULTS_REQUESTED: Final = TimeLimit(
    id="TRA-RESULTS-REQUESTED", article="IA 2015/2447 art. 310(2)(b), (3)", kind=LimitKind.ACT, length=Length(days=7),
    text="The office of departure begins an enquiry where control results that it requested do not come.",
    start=Start("the limit for control results ends"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
REPLY: Final = TimeLimit(
    id="TRA-REPLY", article="IA 2015/2447 art. 310(4)", kind=LimitKind.ACT, length=Length(days=28),
    text="The office of destination answers an enquiry.",
    start=Start("the enquiry is sent"), place=_DESTINATION, silence=Silence.NEXT_STEP,
)  # fmt: skip
HOLDER_ASKED: Final = TimeLimit(
    id="TRA-HOLDER-ASKED", article="IA 2015/2447 art. 310(5)", kind=LimitKind.ACT, length=Length(days=35),
    text="The holder of the procedure is asked, where destination did not say enough to discharge it.",
    start=Start("the enquiry is sent"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
ANSWER: Final = TimeLimit(
    id="TRA-ANSWER", article="IA 2015/2447 art. 310(5)", kind=LimitKind.ACT, length=Length(days=28),
    text="The holder of the procedure answers an enquiry.",
    start=Start("the holder is asked"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
ANSWER_PROLONGED: Final = TimeLimit(
    id="TRA-ANSWER-PROLONGED", article="IA 2015/2447 art. 280(5)", kind=LimitKind.ACT, length=Length(days=28),
    text="The holder of a TIR carnet answers an enquiry, for which he asked for more time.",
    start=Start("his first 28 days end"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
INFORMATION: Final = TimeLimit(
    id="TRA-INFORMATION", article="IA 2015/2447 art. 310(6)", kind=LimitKind.ACT, length=Length(days=40),
    text="The office involved answers a request for supplementary information.",
    start=Start("the request is sent"), place=_DESTINATION, silence=Silence.NEXT_STEP,
)  # fmt: skip
PLACE: Final = TimeLimit(
    id="TRA-PLACE", article="DA 2015/2446 art. 77(a)", kind=LimitKind.ACT, length=Length(months=7),
    text="The place where the customs debt is incurred is established; else it is that of departure (UCC art. 87(2)).",
    start=Start("the goods should have been presented at destination"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
PLACE_TRANSFER: Final = TimeLimit(
    id="TRA-PLACE-TRANSFER", article="DA 2015/2446 art. 77(a)", kind=LimitKind.ACT, length=Length(months=8),
    text="The same, a month more at most, where another authority was asked to recover within the seven months.",
    start=Start("the goods should have been presented at destination"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
PLACE_TIR: Final = TimeLimit(
    id="TRA-PLACE-TIR", article="DA 2015/2446 art. 78", kind=LimitKind.ACT, length=Length(months=7),
    text="The same, of goods under a TIR carnet: no other period ends it before.",
    start=Start("the goods should have been presented at destination"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
PLACE_UNANSWERED: Final = TimeLimit(
    id="TRA-PLACE-UNANSWERED", article="DA 2015/2446 art. 77(b)", kind=LimitKind.ACT, length=Length(months=1),
    text="The place of the debt is established where no arrival was told and the holder said nothing sufficient.",
    start=Start("the holder's time to answer ends"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
TRANSFER: Final = TimeLimit(
    id="TRA-TRANSFER", article="IA 2015/2447 art. 311(2)", kind=LimitKind.ACT, length=Length(days=28),
    text="The authority that is asked to recover says whether it is competent; else the enquiry is resumed.",
    start=Start("the request is sent"), place=_RECOVERY, silence=Silence.NEXT_STEP,
)  # fmt: skip
ENTRY: Final = TimeLimit(
    id="TRA-ENTRY", article="UCC art. 105(3)", kind=LimitKind.ACT, length=Length(days=14),
    text="The amount of duty is determined and entered in the accounts.",
    start=Start("the place of the debt is known"), place=_DEPARTURE, silence=Silence.ESCALATES,
)  # fmt: skip
PAYMENT: Final = TimeLimit(
    id="TRA-PAYMENT", article="UCC art. 108(1)", kind=LimitKind.ACT, length=Length(days=10),
    text="The debtor pays the duty; else it is enforced (UCC art. 113).",
    start=Start("the debt is notified"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
GUARANTOR: Final = TimeLimit(
    id="TRA-GUARANTOR", article="DA 2015/2446 art. 85(1), (3)", kind=LimitKind.ACT, length=Length(months=9),
    text="The guarantor is told that the procedure was not discharged.",
    start=Start("the goods should have been presented at destination"), place=_DEPARTURE,
    silence=Silence.GUARANTOR_RELEASED,
)  # fmt: skip
GUARANTOR_CALLED: Final = TimeLimit(
    id="TRA-GUARANTOR-CALLED", article="DA 2015/2446 art. 85(2), (3)", kind=LimitKind.ACT, length=Length(years=3),
    text="The guarantor is told that he is or may be required to pay.",
    start=Start("the declaration is accepted"), place=_DEPARTURE, silence=Silence.GUARANTOR_RELEASED,
)  # fmt: skip
UNLOADING: Final = TimeLimit(
    id="TRA-UNLOADING", article="IA 2015/2447 art. 315(1)(d)", kind=LimitKind.ACT, length=Length(days=3),
    text="The authorised consignee sends his unloading remarks.",
    start=Start("the permission to unload is given"), place=_DESTINATION, silence=Silence.NEXT_STEP,
)  # fmt: skip
DISCREPANCY: Final = TimeLimit(
    id="TRA-DISCREPANCY", article="IA 2015/2447 art. 310(5), by analogy", kind=LimitKind.ACT, length=Length(days=28),
    text="The office of departure decides about discrepancies that destination found.",
    start=Start("the control results arrive"), place=_DEPARTURE, silence=Silence.ESCALATES,
)  # fmt: skip


def date_accepted(declared: dt.date | None, release: dt.date) -> dt.date | None:
    """The date for the journey that a declaration names, where the office can accept it: it is not past."""
    return declared if declared is not None and declared >= release else None
