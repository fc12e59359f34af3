"""What case files keep in a case: the letters written in it. All else is the runtime's, or the application's."""

from __future__ import annotations

from douane.runtime.store.records import Value, record


@record(199, indexes={"by_addressee": ("to", "answered_at", "answer_by")}, later=("by_addressee",))
class LetterKept(Value, frozen=True):
    """A letter, and what was answered. number: within the case, from 1. Times in microseconds since 1970, 0 for none;
    answer_by: the instant at which the time for an answer is over."""

    number: int
    template: str
    to: str
    office: str
    grounds: str
    documents: str
    by: str
    at: int
    answer_by: int = 0
    answer: str = ""
    answered_at: int = 0
    answered_by: str = ""


def local_of(number: int) -> bytes:
    """Under which part of its case a letter is kept."""
    return number.to_bytes(2, "big")
