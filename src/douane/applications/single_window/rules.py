"""The ledger of a certificate: what a use needs, and where the quantity of each line is. Pure.

Of each line: granted = available + reserved + written off, none below zero, whatever is asked in whatever order. A use
is known by its reference, and asking twice changes nothing the second time.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from douane.applications.single_window.contract import Decision
from douane.applications.single_window.messages import (
    CertificateChanged,
    CertificateIssued,
    CertificateLine,
    CertificateQuestion,
    CustomsDecision,
    Reason,
)

NOTHING = Decimal(0)


class Line(Struct, frozen=True, array_like=True):
    """One line of a certificate."""

    line: int
    commodity: str
    unit: str
    granted: Decimal
    reserved: Decimal = NOTHING
    written_off: Decimal = NOTHING

    @property
    def available(self) -> Decimal:
        """What may still be reserved."""
        return self.granted - self.reserved - self.written_off


class Hold(Struct, frozen=True, array_like=True):
    """What one use holds of a line: reserved, or written off for good."""

    line: int
    quantity: Decimal
    written_off: bool = False


class Terms(Struct, frozen=True, array_like=True):
    """For whom and when a certificate holds."""

    holder: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    withdrawn: bool = False


Lines = tuple[Line, ...]


def granted(lines: tuple[CertificateLine, ...]) -> Lines:
    """Fresh lines, nothing used."""
    return tuple(Line(each.line, each.commodity, each.unit, each.quantity) for each in lines)


def terms_of(m: CertificateIssued | CertificateChanged) -> Terms:
    """For whom and when a delivered certificate holds."""
    return Terms(m.holder, m.valid_from, m.valid_to, getattr(m, "withdrawn", False))


def doubled(lines: tuple[CertificateLine, ...]) -> bool:
    """Whether a line number stands twice."""
    return len({each.line for each in lines}) < len(lines)


def regranted(lines: Lines, new: tuple[CertificateLine, ...]) -> Lines | None:
    """The lines of a later version, with what is used of them; None where it would leave less than is used.

    A line in use keeps commodity and unit: its quantities would mean something else.
    """
    known = {each.line: each for each in lines}
    found = []
    for fresh in granted(new):
        old = known.pop(fresh.line, None)
        used = old.reserved + old.written_off if old else NOTHING
        if old is not None and used:
            if used > fresh.granted or (old.commodity, old.unit) != (fresh.commodity, fresh.unit):
                return None
            fresh = replace(old, granted=fresh.granted)
        found.append(fresh)
    if any(each.reserved or each.written_off for each in known.values()):
        return None
    return tuple(found)


def faults(terms: Terms, lines: Lines, hold: Hold | None, use: CertificateQuestion) -> tuple[Reason, ...]:
    """Every reason against a use; what it holds already counts as available to it."""
    found = [Reason.WITHDRAWN] if terms.withdrawn else []
    if use.day < terms.valid_from:
        found.append(Reason.NOT_YET_VALID)
    if terms.valid_to is not None and use.day > terms.valid_to:
        found.append(Reason.EXPIRED)
    if use.holder != terms.holder:
        found.append(Reason.OTHER_HOLDER)
    line = next((each for each in lines if each.line == use.line), None)
    if line is None:
        return (*found, Reason.UNKNOWN_LINE)
    if not use.commodity.startswith(line.commodity):
        found.append(Reason.OTHER_COMMODITY)
    if use.unit != line.unit:
        found.append(Reason.OTHER_UNIT)
    elif use.quantity > line.available + (hold.quantity if hold is not None else NOTHING):
        found.append(Reason.NOT_ENOUGH)
    return tuple(found)


def reserved(lines: Lines, hold: Hold | None, use: CertificateQuestion) -> tuple[Lines, Hold]:
    """Ledger and hold after a use that has no faults; a use that is reserved or written off stays as it is."""
    if hold is not None:
        return lines, hold
    return _moved(lines, use.line, reserved=use.quantity), Hold(use.line, use.quantity)


def decided(lines: Lines, hold: Hold | None, m: CustomsDecision) -> tuple[Lines, Hold | None]:
    """Ledger and hold after a decision; one about a use that holds nothing changes nothing.

    Released: the used quantity, at most what was reserved, is written off and the rest is free. Everything else frees
    what is held, of an invalidated declaration also what was written off (DA art. 148).
    """
    if hold is None:
        return lines, None
    if m.decision is Decision.RELEASED:
        if hold.written_off:
            return lines, hold
        used = min(m.quantity, hold.quantity)
        return _moved(lines, hold.line, reserved=-hold.quantity, written_off=used), Hold(hold.line, used, True)
    if hold.written_off and m.decision is not Decision.INVALIDATED:
        return lines, hold
    if hold.written_off:
        return _moved(lines, hold.line, written_off=-hold.quantity), None
    return _moved(lines, hold.line, reserved=-hold.quantity), None


def _moved(lines: Lines, number: int, *, reserved: Decimal = NOTHING, written_off: Decimal = NOTHING) -> Lines:
    return tuple(
        replace(each, reserved=each.reserved + reserved, written_off=each.written_off + written_off)
        if each.line == number
        else each
        for each in lines
    )
