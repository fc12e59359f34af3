"""What is known of an entry of a register: yes, no, or not known since an instant, and whose system cannot be asked.

A node that does not keep an entry, and cannot ask who keeps it, knows nothing of it. That is no "no": a number that is
not found there may be registered since yesterday. Every query of a register answers with this one value, and it is no
truth value: where it decides a right or a refusal, all three answers are matched (``assert_never``).
"""

from __future__ import annotations

import enum
from typing import Annotated, Final, NoReturn

import msgspec
from msgspec import Meta

from douane.vocabulary.clocks import Machine
from douane.vocabulary.errors import PartnerUnreachable


class Says(enum.StrEnum):
    """What a register says of an entry."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


class Why(enum.StrEnum):
    """Why a register does not know, or how far its answer is to be believed."""

    ELSEWHERE = "kept elsewhere"  # this node keeps no such entries, and asks nobody for them
    NO_WAY = "no way leads there"  # the node names no way to the system that keeps them
    UNREACHABLE = "cannot be reached"
    REFUSED = "does not answer"  # it refuses the question, or does not answer as declared
    SET_BACK = "was set back"  # its system stands behind where it was
    CLAIMED_TWICE = "claimed by several"  # two systems keep it, and say different things


WhomText = Annotated[str, Meta(max_length=40, title="Administration whose system keeps it")]


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a register says of an entry.

    whom: the administration whose system keeps it, where that one could not be asked or is not to be believed; several
    with spaces between. since: the machine's instant since which that is so; none where nobody was asked. A ``yes``
    that names a reason is the answer of a system that stands behind where it was. stands: how far the log of whoever
    answers is, as a partition and its leaves; a node tells the centre, which tells nobody.
    """

    says: Says
    whom: WhomText = ""
    since: Annotated[Machine, Meta(tz=True, title="Since when it cannot be asked")] | None = None
    why: Why | None = None
    stands: Annotated[str, Meta(pattern=r"\A([0-9]{1,4}:[0-9]{1,18})?\Z", title="How far its log is")] = ""

    def __bool__(self) -> NoReturn:
        """Raise TypeError: there are three answers."""
        raise TypeError("what is known is no truth value; match what it says")


YES: Final = Known(says=Says.YES)
NO: Final = Known(says=Says.NO)


def yes_or_no(there: bool) -> Known:
    """What whoever keeps an entry says of it."""
    return YES if there else NO


def not_known(whom: str, why: Why, since: Machine | None = None) -> Known:
    """What is said of an entry whose keeper is not asked, or gives no answer that holds."""
    return Known(says=Says.NOT_KNOWN, whom=whom, why=why, since=since)


def in_words(what: Known) -> str:
    """The same in English, as rules and refusals say it: ``not known since 05:21, AT (cannot be reached)``."""
    since = f" since {what.since:%Y-%m-%d %H:%M} UTC" if what.since is not None else ""
    whose = f", {what.whom}" if what.whom else ""
    reason = f" ({what.why.value})" if what.why is not None else ""
    return f"{what.says.value}{since}{whose}{reason}"


def cannot_say(_question: object, what: Known) -> NoReturn:
    """Raise PartnerUnreachable: a contract that others published has no answer for what is not known."""
    raise PartnerUnreachable(
        f"The answer is {in_words(what)}.", remedy="Ask again shortly, or ask that administration."
    )  # fmt: skip
