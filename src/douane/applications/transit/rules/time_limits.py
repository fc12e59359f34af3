"""Time limits of transit, each with the article that sets it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.vocabulary.limits import Length, LimitKind, Silence, Start, TimeLimit

_DEPARTURE, _DESTINATION = "office of departure", "office of destination"

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
    text="Control results reach the office of departure; else it asks for them.",
    start=Start("the arrival is told to the office of departure"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
REPLY: Final = TimeLimit(
    id="TRA-REPLY", article="IA 2015/2447 art. 310(4)", kind=LimitKind.ACT, length=Length(days=28),
    text="The office of destination answers an enquiry.",
    start=Start("the enquiry is sent"), place=_DESTINATION, silence=Silence.NEXT_STEP,
)  # fmt: skip
ANSWER: Final = TimeLimit(
    id="TRA-ANSWER", article="IA 2015/2447 art. 310(5)", kind=LimitKind.ACT, length=Length(days=28),
    text="The holder of the procedure answers an enquiry.",
    start=Start("the holder is asked"), place=_DEPARTURE, silence=Silence.NEXT_STEP,
)  # fmt: skip
DISCREPANCY: Final = TimeLimit(
    id="TRA-DISCREPANCY", article="IA 2015/2447 art. 310(5), by analogy", kind=LimitKind.ACT, length=Length(days=28),
    text="The office of departure decides about discrepancies that destination found.",
    start=Start("the control results arrive"), place=_DEPARTURE, silence=Silence.ESCALATES,
)  # fmt: skip


def date_accepted(declared: dt.date | None, release: dt.date) -> dt.date | None:
    """The date for the journey that a declaration names, where the office can accept it: it is not past."""
    return declared if declared is not None and declared >= release else None
