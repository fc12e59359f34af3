"""What officers record about a movement, as forms on its page while the procedure waits for it."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.transit.messages import DeskRefusal, Proof
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
_PROOFS: Final = tuple(Option(each.value, each.value.capitalize()) for each in Proof)

ACTS: Final = (
    Act(
        "transit.decide_control", frozenset({("departure", "control_goods")}), "Decide on the release",
        (Entry("satisfactory", options=(Option("true", "Satisfactory: release the goods"),
                                        Option("false", "Not satisfactory: do not release"))),
         Entry("described", options=(Option("false", "By seals"), Option("true", "By description, without seals"))),
         _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.judge_guarantee", frozenset({("departure", "judge_guarantee")}), "Judge the guarantee",
        (Entry("accepted", options=(Option("true", "It covers the movement, or none is required"),
                                    Option("false", "It does not: do not release"))), Entry("proof"), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.record_passage", frozenset({("passage", "record_passage")}), "Record the passage",
        (Entry("office", "office"), Entry("passed_on", "today")), _MRN, refused,
    ),
    Act(
        "transit.request_passage", frozenset({("passage", "record_passage")}), "Goods at another office",
        (Entry("office"),), _MRN, refused,
    ),
    Act(
        "transit.record_exit", frozenset({("leaving", "record_exit")}), "Record the exit",
        (Entry("office", "office"), Entry("passed_on", "today")), _MRN, refused,
    ),
    Act(
        "transit.request_exit", frozenset({("leaving", "record_exit")}), "Goods at another office",
        (Entry("office"),), _MRN, refused,
    ),
    Act(
        "transit.record_inspection", frozenset({("destination", "inspect")}), "Record the control results",
        (Entry("code", options=(Option("A1", "A1: satisfactory"), Option("A2", "A2: considered satisfactory"),
                                Option("A5", "A5: minor discrepancies"),
                                Option("B1", "B1: not satisfactory"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.dispose_of_goods", frozenset({("destination", "dispose_of_goods")}), "Decide on the goods",
        (Entry("measure", options=(Option("regularised", "Regularised: release them"),
                                   Option("confiscated", "Confiscated (UCC art. 198)"),
                                   Option("destroyed", "Destroyed (UCC art. 197)"),
                                   Option("abandoned", "Abandoned to the State (UCC art. 199)"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.begin_enquiry", frozenset({("journey", "begin_enquiry")}), "Begin the enquiry",
        (Entry("grounds"),), _MRN, refused,
    ),
    Act(
        "transit.ask_holder", frozenset({("enquiry", "judge_reply")}), "Ask the holder", (), _MRN, refused,
    ),
    Act(
        "transit.close_enquiry",
        frozenset({("enquiry", "close_enquiry"), ("journey", "resolve_discrepancies"),
                   ("departure", "close_enquiry"), ("departure", "resolve_discrepancies")}),
        "Close the enquiry",
        (Entry("discharged", options=(Option("true", "Goods found: discharge"),
                                      Option("false", "Goods not found: recover"))), Entry("amount"), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.inform_office", frozenset({("enquiry", "close_enquiry")}), "Ask the office involved once more",
        (Entry("text"),), _MRN, refused,
    ),
    Act(
        "transit.hand_over_recovery", frozenset({("enquiry", "close_enquiry")}), "Hand the recovery over",
        (Entry("authority"), Entry("grounds")), _MRN, refused,
    ),
    Act(
        "transit.accept_proof",
        frozenset({("enquiry", "judge_reply"), ("enquiry", "close_enquiry"), ("collecting", "determine_duty")}),
        "Accept another proof", (Entry("proof", options=_PROOFS), Entry("document"), _REMARKS), _MRN, refused,
    ),
    Act(
        "transit.determine_duty", frozenset({("collecting", "determine_duty")}), "Determine the duty",
        (Entry("amount"), Entry("basis")), _MRN, refused,
    ),
    Act(
        "transit.tell_guarantor", frozenset({("enquiry", "close_enquiry"), ("collecting", "determine_duty")}),
        "Tell the guarantor", (Entry("guarantor"),), _MRN, refused,
    ),
    Act(
        "transit.decide_recovery", frozenset({("recovery", "decide_recovery")}), "Answer the request",
        (Entry("accepted", options=(Option("true", "This authority recovers"),
                                    Option("false", "This authority is not competent"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.record_collection", frozenset({("recovery", "collect")}), "Record the collection",
        (Entry("collected_on", "today"), _REMARKS), _MRN, refused,
    ),
)  # fmt: skip
"""The forms of officers."""
