"""Tasks of officers, by the process that draws them; written by ``douane model tasks`` from the processes."""

from __future__ import annotations

from typing import Final

from douane.author import TaskRef


class Collecting:
    """Tasks of the process ``collecting``."""

    determine_duty: Final = TaskRef("collecting", "determine_duty")


class Departure:
    """Tasks of the process ``departure``."""

    close_enquiry: Final = TaskRef("departure", "close_enquiry")
    control_goods: Final = TaskRef("departure", "control_goods")
    judge_guarantee: Final = TaskRef("departure", "judge_guarantee")
    resolve_discrepancies: Final = TaskRef("departure", "resolve_discrepancies")


class Destination:
    """Tasks of the process ``destination``."""

    dispose_of_goods: Final = TaskRef("destination", "dispose_of_goods")
    inspect: Final = TaskRef("destination", "inspect")


class Enquiry:
    """Tasks of the process ``enquiry``."""

    close_enquiry: Final = TaskRef("enquiry", "close_enquiry")
    judge_reply: Final = TaskRef("enquiry", "judge_reply")


class Journey:
    """Tasks of the process ``journey``."""

    begin_enquiry: Final = TaskRef("journey", "begin_enquiry")
    resolve_discrepancies: Final = TaskRef("journey", "resolve_discrepancies")


class Leaving:
    """Tasks of the process ``leaving``."""

    record_exit: Final = TaskRef("leaving", "record_exit")


class Passage:
    """Tasks of the process ``passage``."""

    record_passage: Final = TaskRef("passage", "record_passage")


class Recovery:
    """Tasks of the process ``recovery``."""

    collect: Final = TaskRef("recovery", "collect")
    decide_recovery: Final = TaskRef("recovery", "decide_recovery")


class Verifying:
    """Tasks of the process ``verifying``."""

    settle_identity: Final = TaskRef("verifying", "settle_identity")
