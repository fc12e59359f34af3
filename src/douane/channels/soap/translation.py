"""From values of the runtime to the structs of the SOAP channel, and from refusals to faults."""

from __future__ import annotations

import base64
from typing import Final

from douane.model.web_services import Collected, Collection, Problem, ProblemFault, Receipt
from douane.runtime.delivery.recent import Item
from douane.runtime.store.envelope import Receipt as Kept
from douane.runtime.store.origin import Media
from douane.shared_services.web.answers import Response, error_headers, status_of, title_of
from douane.standards.soap.addressing import FAULT_ACTION, Addressing
from douane.standards.soap.envelope import Version, envelope_text, fault_text
from douane.standards.xml_schema.binding import writer_of
from douane.standards.xml_schema.parts import Element, Schema
from douane.standards.xml_schema.structs import group_of
from douane.vocabulary.clocks import Machine, machine
from douane.vocabulary.errors import DouaneError, NotUnderstood, SenderFault

FAULTS: Final = "https://douane.example/faults/v1"
PROBLEM: Final = f"{{{FAULTS}}}problem"
_GROUP = group_of(Problem)
FAULT_SCHEMA: Final = Schema(FAULTS, (Element("problem", _GROUP.type),), "Refusals")
_write_problem = writer_of(_GROUP)
_OF_THE_TRANSPORT = frozenset({401, 403, 404, 405, 408, 413, 415, 429, 503})
"""Statuses that say something to the HTTP client itself; for the rest SOAP has its own."""


def to_millisecond(value: int) -> Machine:
    """An instant of the machine, in UTC."""
    return machine(value // 1000 * 1000)


def receipt(kept: Kept) -> Receipt:
    """A receipt as its sender gets it."""
    return Receipt(
        kept.id, f"{kept.position:x}", f"{kept.subject:016x}", to_millisecond(kept.received), kept.digest.hex(),
        kept.leaf.hex(), base64.b64encode(kept.promise).decode(),
    )  # fmt: skip


def collection(items: list[Item], after: str) -> Collection:
    """A page of an inbox or feed."""
    return Collection(after, tuple(_collected(each) for each in items))


def _collected(item: Item) -> Collected:
    row = item.row
    media = "application/json" if row.content.media == Media.JSON else "application/xml"
    return Collected(
        f"{item.position:x}", row.type, row.id, row.correlation, f"{row.subject:016x}", row.passed_on_for,
        to_millisecond(row.at), row.content.digest.hex(), media, item.body.decode(),
    )  # fmt: skip


def problem_of(error: DouaneError) -> Problem:
    """A refusal with every fault: the same list that the other channels give."""
    faults = tuple(ProblemFault(f.pointer, f.code, f.remedy, f.rule, f.value, f.line, f.column) for f in error.faults)
    return Problem(
        error.code, title_of(error), error.outside[0], error.whose, error.retry.value, error.outside[1], faults
    )


def refusal(error: DouaneError, version: Version, addressing: Addressing) -> Response:
    """An error as a SOAP fault: whose fault it is as the fault code, everything else in the detail."""
    detail = f'<problem xmlns="{FAULTS}">{_write_problem(problem_of(error))}</problem>'
    code = version.sender if isinstance(error, SenderFault) else version.receiver
    if isinstance(error, NotUnderstood):
        code = "MustUnderstand" if "header" in error.text else "VersionMismatch"
    body = fault_text(version, code, " ".join(error.outside).strip(), detail)
    status = status_of(error)
    if status not in _OF_THE_TRANSPORT:
        status = 400 if version is Version.SOAP12 and code == version.sender else 500
    content = envelope_text(version, body, addressing.answer(FAULT_ACTION))
    return Response(status, content, version.media, error_headers(error), close=status in {408, 413})
