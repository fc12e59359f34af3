"""What an officer enters at the desk of his administration, passed on to the centre that keeps the programme."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.programme.messages.steps import PassedOn
from douane.author.run import Work

CENTRE: Final = "EU"


def passed_on(work: Work, operation: Any, message: Any) -> bool:
    """Pass a message on where this is not the centre: in the name of the administration that it is about."""
    if work.administration == CENTRE:
        return False
    work.ask(operation, message, administration=CENTRE, waits=None)
    work.reply(PassedOn(CENTRE))
    return True
