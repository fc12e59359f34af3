"""What officers record about a movement, as forms on its page while the procedure waits for it."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.transit.messages import DeskRefusal
from douane.pages.blocks import Option
from douane.pages.screens import Act, Entry
from douane.vocabulary.errors import Fault


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why an officer's decision was not recorded."""
    if type != DeskRefusal.__name__:
        return ()
    told = msgspec.json.decode(body, type=DeskRefusal) if body else DeskRefusal("", "92", "")
    return (Fault("/", told.code, told.reason),)


_MRN: Final = {"mrn": "reference"}
_REMARKS: Final = Entry("remarks")

ACTS: Final = (
    Act(
        "transit.decide_control", frozenset({("departure", "control_goods")}), "Decide on the release",
        (Entry("satisfactory", options=(Option("true", "Satisfactory: release the goods"),
                                        Option("false", "Not satisfactory: do not release"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.record_passage", frozenset({("passage", "record_passage")}), "Record the passage",
        (Entry("office", "office"), Entry("passed_on", "today")), _MRN, refused,
    ),
    Act(
        "transit.record_inspection", frozenset({("destination", "inspect")}), "Record the control results",
        (Entry("code", options=(Option("A1", "A1: satisfactory"), Option("A2", "A2: considered satisfactory"),
                                Option("B1", "B1: not satisfactory"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.close_enquiry", frozenset({("departure", "close_enquiry"), ("departure", "resolve_discrepancies")}),
        "Close the enquiry",
        (Entry("discharged", options=(Option("true", "Goods found: discharge"),
                                      Option("false", "Goods not found: recover"))), _REMARKS),
        _MRN, refused,
    ),
)  # fmt: skip
"""The forms of officers."""
