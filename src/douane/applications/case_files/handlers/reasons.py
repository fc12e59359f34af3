"""Why something was refused, or not done: read from the message that says so, whichever service sent it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from douane.applications.case_files.messages import FaultFound
from douane.author import DouaneError
from douane.author.run import Media, SentRow
from douane.standards.ncts import phase5

_REFUSALS: Final = frozenset({"CC056C", "CC057C", "CC906C", "CD906C"})
_EXPLAINED: Final = frozenset({"CC055C", "CC051C", "CC009C"})
"""Messages of the family that refuse nothing that was sent, and say why something is not as it was wanted."""


class _Fault(msgspec.Struct, frozen=True):
    pointer: str
    code: str
    remedy: str = ""
    value: str = ""
    rule: str = ""


class _Refusal(msgspec.Struct, frozen=True):
    """What refusals of our own have in common: their faults."""

    faults: tuple[_Fault, ...] = ()


class _Explained(msgspec.Struct, frozen=True):
    """What letters on something that is not granted have in common: their reasons, and by which article."""

    reasons: str = ""
    reason: str = ""
    article: str = ""


def is_refusal(row: SentRow) -> bool:
    """Whether a message that was sent refuses what it answers."""
    return bool(faults_of(row))


def faults_of(row: SentRow) -> tuple[FaultFound, ...]:
    """The faults that a refusal names: of a published family its functional errors, of ours what it calls so; none
    where its body is no longer read as one."""
    if row.content.media is Media.JSON:
        told = _json(row, _Refusal)
        return tuple(FaultFound(e.pointer, e.code, e.rule, e.value, e.remedy) for e in told.faults) if told else ()
    errors = getattr(_family(row, _REFUSALS), "functional_error", ())
    return tuple(
        FaultFound(e.error_pointer, e.error_code, _rule(e.error_reason), e.original_attribute_value or "")
        for e in errors
    )


def reasons_of(row: SentRow) -> tuple[FaultFound, ...]:
    """Why something is not as it was wanted, where a message that is no refusal says it: which guarantee, which
    decision, by which code and in which words."""
    if row.content.media is Media.JSON:
        told = _json(row, _Explained)
        text = (told.reasons or told.reason) if told is not None else ""
        return (FaultFound("/", "", told.article, "", text),) if told is not None and text else ()
    return tuple(_explained(_family(row, _EXPLAINED)))


def _explained(message: Any) -> Iterator[FaultFound]:
    if isinstance(message, phase5.CC055C):
        for each in message.guarantee_reference:
            for reason in each.invalid_guarantee_reason:
                at = f"/CC055C/GuaranteeReference[{each.sequence_number}]"
                yield FaultFound(at, reason.code, "", each.grn, reason.text or "")
    elif isinstance(message, phase5.CC051C):
        said = message.transit_operation
        yield FaultFound("/CC051C/TransitOperation", said.no_release_motivation_code, "", "",
                         said.no_release_motivation_text)  # fmt: skip
    elif isinstance(message, phase5.CC009C) and message.invalidation.justification:
        yield FaultFound("/CC009C/Invalidation", "", "", "", message.invalidation.justification)


def _family(row: SentRow, types: frozenset[str]) -> Any:
    """A message of the published family, where it is of one of these types and can be read; else None."""
    if row.type not in types or row.content.media is not Media.FAMILY:
        return None
    try:
        return phase5.read(row.content.octets)
    except DouaneError:
        return None


def _json(row: SentRow, type: type[Any]) -> Any:
    try:
        return msgspec.json.decode(row.content.octets, type=type)
    except (msgspec.DecodeError, DouaneError):
        return None


def _rule(reason: str | None) -> str:
    """The rule that a fault names; the families write N/A where a code list or a layout was broken."""
    return "" if reason in (None, "N/A") else str(reason)
