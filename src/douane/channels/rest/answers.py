"""What this channel answers with, as types: OpenAPI publishes them, and tests hold every answer of it against them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from douane.model.web_services import Collected, Receipt
from douane.vocabulary.clocks import Machine

State = Literal["waiting", "handled", "set aside", "refused"]


class InboxItem(Collected, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message that waits. ``body``: XML or JSON as text, as ``media`` says."""

    origin_kind: str
    administration: str


class InboxPage(Struct, frozen=True, forbid_unknown_fields=True):
    """Messages that wait, the oldest first; ``after``: the cursor of what comes next."""

    items: tuple[InboxItem, ...]
    after: str


class AnswerShown(InboxItem, frozen=True, kw_only=True):
    """A message that answers. ``body`` is left out once the time is over in which it can be read again."""

    delivery: str
    body: str | UnsetType = UNSET  # type: ignore[assignment]  # a struct of ours may leave out what its base has


class FaultShown(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing wrong with a message that was accepted and then refused."""

    pointer: str
    code: str
    rule: str
    value: str
    remedy: str


class Status(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a message that you sent."""

    message: str
    operation: str
    received: Machine
    state: State
    faults: tuple[FaultShown, ...]
    answers: tuple[AnswerShown, ...]
    after: str


class ProblemFault(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing wrong with a message; what is not known of it is left out."""

    pointer: str = ""
    code: str = ""
    rule: str = ""
    value: str = ""
    remedy: str = ""
    line: int = 0
    column: int = 0


class Why(Struct, frozen=True, forbid_unknown_fields=True):
    """By which rule something is refused, for want of what, and who could grant it."""

    rule: str
    missing: str
    grants: str


class Problem(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A refusal (RFC 9457): what is wrong, whose fault it is, what to do, and every fault of the message."""

    type: str
    title: str
    status: int
    detail: str
    code: Annotated[str, Meta(pattern=r"^DOU-[0-9]{4}$", examples=["DOU-1003"])]
    retry: Literal["never", "later", "fresh"]
    whose: Literal["sender", "us", "partner"]
    remedy: str = ""
    instance: str = ""
    why: Why | UnsetType = UNSET
    faults: tuple[ProblemFault, ...] = ()


class Later(Struct, frozen=True, forbid_unknown_fields=True):
    """An exchange without an end yet, and where that will be found."""

    reference: str
    stage: str
    location: str


DESCRIBED: Final = (Receipt, InboxPage, Status, Problem, Later)
"""Every answer of the channel that no operation declares."""
