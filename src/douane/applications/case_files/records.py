"""What case files keep in a case: the letters written in it. All else is the runtime's, or the application's."""

from __future__ import annotations

from douane.author.run import Value, record


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


class Shown(Value, frozen=True, array_like=True):
    """That a case was shown at another node: when (microseconds since 1970), to which account, for which party; by:
    the delegate, where one acted; person: the natural person."""

    at: int
    account: str
    party: str
    by: str
    person: str
    roles: tuple[str, ...]


@record(200)
class ShownKept(Value, frozen=True):
    """To whom a case was shown at other nodes, the latest last. It stands beside the case, in one of its own: else
    who looks often would push what was said out of the file."""

    shown: tuple[Shown, ...]


def local_of(number: int) -> bytes:
    """Under which part of its case a letter is kept."""
    return number.to_bytes(2, "big")
