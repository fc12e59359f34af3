"""Messages for a bench to send: a sample made new for each use, so that no message is taken for a repetition."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from douane.runtime.store.ports import Clock, Ids
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import NotWellFormed

_IDENTIFICATION: Final = re.compile(rb"(<messageIdentification>)[^<]*")
_LRN: Final = re.compile(rb"(<LRN>)[^<]*")
_PREPARED: Final = re.compile(rb"(<preparationDateAndTime>)[^<]*")
_ROOT: Final = re.compile(rb"<(?:\w+:)?(\w+)[^>?!]*PhaseID")


@dataclass(frozen=True, slots=True)
class Sample:
    """A message of NCTS as XML; each call gives it a new identification, local reference number and time."""

    text: bytes
    ids: Ids
    clock: Clock

    def __call__(self) -> bytes:
        """The next one."""
        now = dt.datetime.fromtimestamp(self.clock.now() // 1_000_000, dt.UTC).replace(tzinfo=None)
        made = _IDENTIFICATION.sub(rb"\g<1>BN" + self.ids.random(12).hex().encode(), self.text, count=1)
        made = _LRN.sub(rb"\g<1>BN-" + self.ids.random(8).hex().upper().encode(), made, count=1)
        return _PREPARED.sub(rb"\g<1>" + now.isoformat().encode(), made, count=1)


def type_of(text: bytes) -> str:
    """The type of a message: its root element. Raises NotWellFormed where there is none."""
    found = _ROOT.search(text)
    if found is None:
        raise NotWellFormed("The sample is no message of NCTS.", remedy="Give XML with a PhaseID, such as a CC928C.")
    return found[1].decode()


def acknowledgement(holder: str, clock: Clock) -> bytes:
    """The smallest message of customs to a trader: a CC928C, declaration received."""
    now = dt.datetime.fromtimestamp(clock.now() // 1_000_000, dt.UTC).replace(tzinfo=None)
    return p5.write(
        p5.CC928C(
            message_sender="NTA.FR", message_recipient=holder, preparation_date_and_time=now,
            message_identification="BENCH", message_type="CC928C", correlation_identifier="BENCH",
            transit_operation=p5.TransitOperation26(lrn="BENCH"),
            customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
            holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure08(identification_number=holder),
            phase_id="NCTS5.1",
        )
    )  # fmt: skip
