"""What a message has to be before a door hands it over, beyond its form: said in a role, and with what it may carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.model.declare import Operation, Status
from douane.runtime.store.origin import Attachment
from douane.standards.mime.kinds import Taken
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import Fault, NotAuthorised, NotValid, Retired
from douane.vocabulary.faults import first_of

YOURS: Final = "your administration"
NOBODY: Final = "nobody: it is declared with the operation"
"""Who could grant what is missing."""


def check_role(caller: Caller, roles: frozenset[str], operation: Operation, message: Any) -> None:
    """An officer acts in the role that the message is for, and at an office of his own. Raises NotAuthorised."""
    role = operation.in_role(message) if operation.in_role is not None else ""
    if role and caller.kind is ActorKind.OFFICER and role not in roles:
        raise NotAuthorised(
            f"{caller.id} does not have the role {role}.",
            remedy="Ask your administration for it, or leave it.",
        ).because(f"{operation.qualified}: in which role it is done", role, YOURS)
    office = operation.in_office(message) if operation.in_office is not None else ""
    if caller.kind is ActorKind.OFFICER and office and not caller.works_at((office,)):
        raise NotAuthorised(
            f"{caller.id} does not work at the office {office[:8]}.",
            remedy="Say at which of your offices it is, or ask an officer of that one.",
        ).because("offices of officers", f"the office {office[:8]}", YOURS)


def check_attached(attachments: Sequence[Attachment], taken: Taken) -> None:
    """What is durable already (a file of a draft) is of a kind that is taken with it, by what was told of it when it
    came. Raises NotValid with each that is not."""
    told = ((each.name, taken.wrong(each.name, each.media_type, None)) for each in attachments)
    faults = [Fault("/attachments", PLATFORM.wrong, remedy, value=name[:100]) for name, remedy in told if remedy]
    if faults:
        raise NotValid("An attachment is of a kind, or has a name, that is not taken.", faults=first_of(faults))


def refuse_retired(operation: Operation) -> None:
    """Raise Retired for an operation that is served no more; the remedy names what follows it."""
    if operation.status is Status.RETIRED:
        successor = operation.ending.successor if operation.ending is not None else ""
        remedy = f"Call {operation.service}.{successor}." if successor else "GET /openapi.json lists what is offered."
        raise Retired(f"{operation.qualified} is retired.", remedy=remedy)
