"""The forms of officers name tasks that exist, fields that their messages have, and see when they are refused."""

from __future__ import annotations

from typing import Any

import msgspec

from douane.applications.transit.handlers import departure, destination, journey, passage, recovery
from douane.applications.transit.handlers.after_release import leaving
from douane.applications.transit.messages import DeskRefusal
from douane.applications.transit.screens.desk import ACTS, refused
from douane.author.run import Process
from douane.standards.bpmn.definition import Kind

PROCESSES: dict[str, Process[Any]] = {
    "departure": departure.departure,
    "destination": destination.destination,
    "collecting": journey.collecting,
    "verifying": journey.verifying,
    "enquiry": journey.enquiry,
    "journey": journey.journey,
    "leaving": leaving.leaving,
    "passage": passage.passage,
    "recovery": recovery.recovery,
}


WHILE_WAITING = {("prolong-answer", "await_answer"): "prolonged"}
"""Acts that end no task: the message that the procedure waits for there."""


def test_an_act_ends_user_tasks_of_the_procedures() -> None:
    for act in ACTS:
        for process, task in act.tasks:
            nodes = {node.id: node for each in PROCESSES[process].versions.values() for node in each.definition.nodes}
            if message := WHILE_WAITING.get((act.name, task)):
                assert nodes[task].kind is Kind.EVENT_GATEWAY
                assert nodes[message].kind is Kind.CATCH_MESSAGE
            else:
                assert nodes[task].kind is Kind.USER, (act.name, task)


def test_no_form_lets_its_sender_say_who_he_is_or_which_case_it_is() -> None:
    for act in ACTS:
        assert not {"officer", "mrn"} & {each.name for each in act.entries}
        assert act.fixed == {"mrn": "reference"}


def test_a_decision_that_cannot_be_recorded_is_seen_whether_its_answer_can_still_be_read_or_not() -> None:
    body = msgspec.json.encode(DeskRefusal("26FR005350000001J9", "92", "The movement is elsewhere."))
    (fault,) = refused("DeskRefusal", body)
    assert (fault.code, fault.remedy) == ("92", "The movement is elsewhere.")
    assert [each.code for each in refused("DeskRefusal", b"")] == ["92"]
    assert refused("CC029C", b"<x/>") == ()
