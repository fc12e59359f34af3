"""What an offer must keep: a name of its own, an address that may be called, a contract that can be judged by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from douane.applications.service_bus.messages.registry import (
    Content,
    Form,
    OfferedOperation,
    Pattern,
    ServiceOffer,
    Steps,
)
from douane.author import DouaneError, Length, LimitKind, Silence, Start, TimeLimit
from douane.standards.content_schema.checking import check_schema, read_json
from douane.standards.content_schema.translation import Constant, Move, Translation
from douane.standards.internet.addresses import read_endpoint

SEEN: Final = TimeLimit(
    id="BUS-SEEN", article="ours: decision 0055", kind=LimitKind.BACKWARD, length=Length(days=90),
    text="A version whose consumers were seen since then is not retired.",
    start=Start("the version is to be retired"), place="administration that offers it", silence=Silence.CEASES,
)  # fmt: skip
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~\-/]{0,200})?")
_LOOPBACK: Final = re.compile(r"http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?(/[A-Za-z0-9._~\-/]{0,200})?")


def faults_of(offer: ServiceOffer, declared: Iterable[str], known: Callable[[str], bool]) -> Iterator[str]:
    """What is wrong with an offer by itself; each sentence says what to do.

    declared: names of services that the centre declares. known: whether a message type exists.
    """
    if offer.service in declared:
        yield f"The service {offer.service} is the centre's; choose another name."
    yield from address_faults(offer.address)
    names = [each.name for each in offer.operations]
    yield from (f"The operation {name} stands {names.count(name)} times; name each once."
                for name in sorted({n for n in names if names.count(n) > 1}))  # fmt: skip
    if offer.served_by and offer.served_by <= offer.version:
        yield f"Version {offer.version} cannot be served by {offer.served_by}; name a later version."
    for operation in offer.operations:
        yield from _operation_faults(operation, offer.served_by, known)


def address_faults(address: str) -> Iterator[str]:
    """Addresses are HTTPS; plain HTTP is for the loopback, and is called only where the operator names that network."""
    if address and not (_spelled(address) and (_ADDRESS.fullmatch(address) or _LOOPBACK.fullmatch(address))):
        yield f"{address[:80]!r} is no address on the bus; write https://HOST[:PORT]/PATH."


def _spelled(address: str) -> bool:
    """Whether the host has its one plain spelling."""
    try:
        read_endpoint(address)
    except DouaneError:
        return False
    return True


def translation_of(steps: Steps) -> Translation:
    """The translation that these steps describe. Raises DeclarationFault or NotWellFormed."""
    return Translation(
        tuple(Move(each.old, each.new) for each in steps.moves),
        tuple(Constant(each.at, read_json(each.value)) for each in steps.constants),
    )


def same_contract(one: ServiceOffer, other: ServiceOffer) -> bool:
    """Whether two providers offer the same operations with the same contents."""
    return _shape(one) == _shape(other)


def _shape(offer: ServiceOffer) -> dict[str, tuple[Pattern, Content, Content | None]]:
    return {each.name: (each.pattern, each.takes, each.answers) for each in offer.operations}


def _operation_faults(operation: OfferedOperation, served_by: int, known: Callable[[str], bool]) -> Iterator[str]:
    match operation.pattern:
        case Pattern.REQUEST if operation.answers is None:
            yield f"{operation.name} is a request without an answer; say what answers it."
        case Pattern.PUBLISH if operation.answers is not None or served_by:
            yield f"{operation.name} is published: it has no answer, and no other version serves it."
        case _:
            pass
    for content in (operation.takes, operation.answers):
        if content is not None:
            yield from _content_faults(operation.name, content, known)
    for steps in (operation.request_steps, operation.answer_steps):
        yield from _step_faults(operation, steps, served_by)


def _content_faults(name: str, content: Content, known: Callable[[str], bool]) -> Iterator[str]:
    if content.message and content.schema:
        yield f"{name} has both a schema and a message type; keep one."
    if content.message and not known(content.message):
        yield f"{name} names the message {content.message}, which the platform does not know."
    if content.schema:
        try:
            check_schema(content.form.value, content.schema)
        except DouaneError as problem:
            yield f"{name}: {problem.text} {problem.remedy}".strip()


def _step_faults(operation: OfferedOperation, steps: Steps, served_by: int) -> Iterator[str]:
    if not steps.moves and not steps.constants:
        return
    if not served_by:
        yield f"{operation.name} has a translation, but no later version serves it; name it in served_by."
    if operation.takes.form is not Form.JSON:
        yield f"{operation.name} is translated, which only JSON is."
    try:
        translation_of(steps)
    except DouaneError as problem:
        yield f"{operation.name}: {problem.text} {problem.remedy}".strip()
