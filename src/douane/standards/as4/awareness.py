"""Reception awareness: the states of a message on either side as a table, when to repeat, and what an answer means.

A *repeat* has the same id and octets. It is neither a *resend* (an operator's, with a new id) nor a *reprocessing*.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from douane.standards.as4.errors import EMPTY_CHANNEL, RETRYABLE
from douane.standards.as4.messages import ErrorSignal, Message, Receipt, UserMessage
from douane.vocabulary.errors import DeclarationFault


class Sent(enum.Enum):
    """States of a message at its sender."""

    QUEUED = "queued"
    SENDING = "sending"
    AWAITING_RECEIPT = "awaiting receipt"
    AWAITING_RETRY = "awaiting retry"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    EXPIRED = "expired"
    READY_TO_PULL = "ready to pull"
    CLAIMED = "claimed"
    PULLED = "pulled"


class Happening(enum.Enum):
    """What happens to a message at its sender."""

    TAKEN = "taken"  # an attempt begins
    GONE_OUT = "gone out"  # the request is written
    UNANSWERED = "unanswered"  # transport failure, retryable or unproven error
    RECEIPTED = "receipted"  # a valid receipt
    REFUSED = "refused"  # a proven error that no repetition mends
    WINDOW_ENDED = "window ended"
    OFFERED = "offered"  # put on a channel for the partner to pull
    PULLED = "pulled"
    CLAIM_ENDED = "claim ended"


_OPEN: Final = (Sent.QUEUED, Sent.SENDING, Sent.AWAITING_RECEIPT, Sent.AWAITING_RETRY)
_PULLING: Final = (Sent.READY_TO_PULL, Sent.CLAIMED, Sent.PULLED)
SENDER: Final[dict[tuple[Sent, Happening], Sent]] = {
    (Sent.QUEUED, Happening.TAKEN): Sent.SENDING,
    (Sent.QUEUED, Happening.OFFERED): Sent.READY_TO_PULL,
    (Sent.SENDING, Happening.GONE_OUT): Sent.AWAITING_RECEIPT,
    (Sent.SENDING, Happening.UNANSWERED): Sent.AWAITING_RETRY,
    (Sent.AWAITING_RECEIPT, Happening.UNANSWERED): Sent.AWAITING_RETRY,
    (Sent.AWAITING_RECEIPT, Happening.REFUSED): Sent.FAILED,
    (Sent.AWAITING_RETRY, Happening.TAKEN): Sent.SENDING,
    (Sent.READY_TO_PULL, Happening.TAKEN): Sent.CLAIMED,
    (Sent.CLAIMED, Happening.PULLED): Sent.PULLED,
    (Sent.CLAIMED, Happening.CLAIM_ENDED): Sent.READY_TO_PULL,
    (Sent.PULLED, Happening.CLAIM_ENDED): Sent.READY_TO_PULL,
    (Sent.PULLED, Happening.REFUSED): Sent.FAILED,
    **{(state, Happening.RECEIPTED): Sent.ACKNOWLEDGED for state in (*_OPEN, *_PULLING)},
    **{(state, Happening.WINDOW_ENDED): Sent.FAILED for state in _OPEN},
    **{(state, Happening.WINDOW_ENDED): Sent.EXPIRED for state in _PULLING},
    # A receipt that comes late reconciles; what was refused or acknowledged stays so.
    (Sent.FAILED, Happening.RECEIPTED): Sent.ACKNOWLEDGED,
    (Sent.EXPIRED, Happening.RECEIPTED): Sent.ACKNOWLEDGED,
    **{(Sent.ACKNOWLEDGED, each): Sent.ACKNOWLEDGED for each in Happening},
    **{(Sent.FAILED, each): Sent.FAILED for each in (Happening.UNANSWERED, Happening.REFUSED, Happening.WINDOW_ENDED)},
    **{(Sent.EXPIRED, each): Sent.EXPIRED for each in (Happening.CLAIM_ENDED, Happening.WINDOW_ENDED)},
}


def step(state: Sent, happening: Happening) -> Sent:
    """The next state. Raises DeclarationFault for what cannot happen in a state: a fault of the caller."""
    try:
        return SENDER[state, happening]
    except KeyError as problem:
        raise DeclarationFault(f"A message that is {state.value} cannot be {happening.value}.") from problem


@dataclass(frozen=True, slots=True)
class Retry:
    """When a message is repeated. ``first``, ``longest`` and ``window`` in microseconds; factor 1 means constant.

    count: repetitions after the first attempt. window: from the first attempt; afterwards the message failed.
    """

    first: int
    factor: float
    count: int
    window: int
    longest: int = 3_600_000_000

    def next_attempt(self, began: int, attempts: int, now: int) -> int | None:
        """When to try again after so many attempts; None when none is left (MissingReceipt)."""
        if attempts > self.count:
            return None
        at = now + min(self.longest, int(self.first * self.factor ** max(0, attempts - 1)))
        return at if at <= began + self.window else None


class Verdict(enum.Enum):
    """What an answer to a message means for it."""

    RECEIPT = "receipt"  # to be checked against what was sent
    EMPTY = "empty"  # nothing waits on the channel
    MESSAGE = "message"  # a pulled message
    AGAIN = "again"  # try again: transport failure, or an error that may pass
    REFUSED = "refused"  # a proven error that the same octets will meet again


def judge(answer: Message | None, *, proven: bool) -> Verdict:
    """What an answer means. None: no ebMS message came (no connection, HTML, an empty body, whatever the status).

    proven: the answer is signed by the partner. An unsigned error is a hint only, and repetitions go on; an unsigned
    receipt is none.
    """
    match answer:
        case Receipt() if proven:
            return Verdict.RECEIPT
        case UserMessage() if proven:
            return Verdict.MESSAGE
        case ErrorSignal(errors=errors):
            failures = [e.code.upper() for e in errors if e.fails]
            if any(e.code.upper() == EMPTY_CHANNEL for e in errors) and not failures:
                return Verdict.EMPTY
            if proven and failures and not RETRYABLE.intersection(failures):
                return Verdict.REFUSED
    return Verdict.AGAIN
