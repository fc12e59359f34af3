"""Published conditions and rules of messages that are sent which nothing evaluates, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_ANOTHER = "compares with another message of the movement, which is not at hand where messages are judged"
_EXPORT = "concerns rejections of messages of export alone (IE040, IE042, IE048, IE190, IE191)"


def _all(ids: str, why: str) -> dict[str, str]:
    return dict.fromkeys(ids.split(), why)


NOT_ASKED: Mapping[str, str] = {
    **_all("C0004 C0009 C0014 C0025 C0333 C0844 C0904 R0871 R0910", _ANOTHER),
    "C0716": _EXPORT,
    "C0810": "judged where the results are made, against the record (row 25 of the scenarios)",
    "R0004": "says when a declared value counts; a declaration is judged by it, and is passed on as it is",
    "R0008": "the correlation is taken from the message that is answered",
    "R0060": "needs the TARIC nomenclature, which is no code list",
    "R0100": "says in which language customs write; there is nothing in the message to refuse",
    "R0102": "a truth value has no other values",
    "R0352": "the reference of an authorisation is asked of its register",
    "R0851": "says whose numbers can be looked up; there is nothing in the message to refuse",
}
"""Rule to reason."""
