"""What officers record about an application or a decision, as forms on its page while the procedure waits for it."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.customs_decisions.messages.applying import NotPossible
from douane.applications.customs_decisions.messages.words import NoHearing
from douane.author import Fault
from douane.author.pages import Act, Entry, Option


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a step was not recorded."""
    if type != NotPossible.__name__:
        return ()
    told = msgspec.json.decode(body, type=NotPossible) if body else NotPossible("", "", "")
    return (Fault("/", "92", f"{told.reason} ({told.article})"),)


_REFERENCE: Final = {"reference": "reference"}
_REASONS: Final = Entry("reasons")
_DECIDING: Final = frozenset({("deciding", "decide")})
_UNHEARD: Final = Entry(
    "no_hearing",
    options=(Option("", "The person is heard"), *(Option(each.value, f"UCC art. 22(6)({each})") for each in NoHearing)),
)

ACTS: Final = (
    Act(
        "customs_decisions.judge_acceptance", "Judge the acceptance",
        (Entry("accepted", options=(Option("true", "Accepted"), Option("false", "Not accepted"))), _REASONS),
        _REFERENCE, refused,
    ),
    Act(
        "customs_decisions.ask_information", "Ask for information",
        (Entry("text"), Entry("days")), _REFERENCE, refused, tasks=frozenset({("deciding", "examine"), *_DECIDING}),
    ),
    Act(
        "customs_decisions.extend_limit", "Extend the time limit", (Entry("days"), _REASONS), _REFERENCE,
        refused, tasks=_DECIDING,
    ),
    Act(
        "customs_decisions.decide", "Decide on the application",
        (Entry("granted", options=(Option("true", "Granted"), Option("false", "Refused"))), _REASONS, _UNHEARD,
         Entry("unheard_for"),
         Entry("effect_on"), Entry("shown"), Entry("exceptional"), Entry("valid_until"), Entry("formalities")),
        _REFERENCE, refused, tasks=frozenset({*_DECIDING, ("deciding", "conclude")}),
    ),
    Act(
        "customs_decisions.conclude_reassessment", "Conclude the re-assessment", (Entry("result"),), _REFERENCE,
        refused,
    ),
)  # fmt: skip
"""The forms of officers."""
