"""Published conditions and rules of messages that are sent which nothing evaluates, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_ANOTHER = "compares with another message of the movement, which is not at hand where messages are judged"
_REGISTER = "asks registers of operators; their numbers were judged when the declaration was"
_UNPUBLISHED = "names a list that is not published"
_NOT_YET = "not written yet"
_AT_THE_DOOR = "is judged of the question, before it is answered"


def _all(ids: str, why: str) -> dict[str, str]:
    return dict.fromkeys(ids.split(), why)


NOT_ASKED: Mapping[str, str] = {
    **_all("C0004 C0009 C0014 C0025 C0353 C0844 R0054 R0055 R0871 R0910 R0912", _ANOTHER),
    **_all("C0250 C0904 R0850 R0851 R0860", _REGISTER),
    **_all("C0461 C0511 C0716", _UNPUBLISHED),
    **_all("C0060 C0505 R0020 R0060 R0107 R0221 R0223 R0364 R0909 R0911", _NOT_YET),
    **_all("C0029 C0233 C0251 C0333 C0339 C0349 C0455 C0489 C0715 C0813 C0816 C0872 C0908 R0023", _NOT_YET),
    **_all("R0263 R0705", _AT_THE_DOOR),
    "C0137": "concerns messages to customs; a decision goes to a trader",
    "C0232": "concerns TIR vouchers; none is kept",
    "C0569": "judged of records; elsewhere the group has no address to be judged",
    "C0810": "judged where the results are made, against the record (row 25 of the scenarios)",
    "R0004": "judged of the declaration, when it is lodged",
    "R0008": "the correlation is taken from the message that is answered",
    "R0100": "names a register of seals that is not published",
    "R0102": "a truth value has no other values",
    "R0106": "judged of records; elsewhere the group has no address to be judged",
    "R0267": "the ledger refuses another currency than euro",
    "R0318": "judged of IE201 to IE205; a credit names what was used",
    "R0352": "the reference of an authorisation is asked of its register",
    "R0410": "the MRN is made by it (rules/mrn_series.py)",
    "R0448": "judged of declarations and records",
    "R0028": "the MRN is allocated here, with its check digit",
}
"""Rule to reason."""
