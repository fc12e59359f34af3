"""A trader asks on the page of his cases to see here where a case stands that began at the door of its keeper."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.case_files.messages import CaseLines
from douane.applications.case_files.messages.following import FollowRefused
from douane.author import Fault
from douane.author.pages import Act, Block, Entry, Given, Option, Situation, forms, outcome

FOLLOW: Final = ("case_files", "follow")
_KINDS: Final = (
    Option("mrn", "MRN at the office of departure or declaration"),
    Option("arrival", "MRN at the office of destination"),
    Option("passage", "MRN at an office of transit"),
    Option("leaving", "MRN at the office of exit"),
    Option("grn", "Reference number of a guarantee"),
    Option("customs decision", "Reference of a decision"),
)


def situation(_answer: CaseLines, given: Given) -> Situation:
    """A party asks in its own name; an officer has his own cases anyway."""
    return Situation(frozenset({FOLLOW}) if given.own and not given.by else frozenset())


def offered(given: Given) -> tuple[Block, ...]:
    """The form, and what became of the last one."""
    return (*outcome(given), *forms(given))


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a case is not shown."""
    if type != FollowRefused.__name__ or not body:
        return ()
    told = msgspec.json.decode(body, type=FollowRefused)
    return (Fault("/reference", told.code, told.reason),)


ACTS: Final = (
    Act(
        "case_files.follow_case", "See a case here that began at the door of its administration",
        (Entry("kind", options=_KINDS), Entry("reference"), Entry("country"),
         Entry("following", options=(Option("true", "Yes"), Option("false", "No, no more")))),
        {}, refused, path="/cases", tasks=frozenset({FOLLOW}),
    ),
)  # fmt: skip
"""What is asked from the list of cases."""
